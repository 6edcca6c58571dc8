"""What the parts of a window may ask of the running program and of the window itself."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtWidgets import QWidget

from workbench.app.lost_work import LostWork
from workbench.app.settings import Settings
from workbench.files.project import LoadedProject
from workbench.session.session import Session

if TYPE_CHECKING:
    from workbench.files.journal import Journal


class Host(Protocol):
    """The running program."""

    settings: Settings
    lost_work: LostWork

    @property
    def theme_name(self) -> Literal["light", "dark"]:
        """The theme in force."""

    def change_settings(self, settings: Settings) -> None:
        """Take other settings and store them."""

    def open(self, path: Path, asking: QWidget | None = None) -> QWidget | None:
        """Open a project in a window, or say why not."""

    def open_copy(self, path: Path, asking: QWidget | None = None) -> QWidget | None:
        """Open a sample as a new document."""

    def show_read_only(self, loaded: LoadedProject, name: str, reason: str) -> QWidget:
        """Show a document that lies in no file of its own, in a window where it cannot be changed."""

    def new(self, template: str = "empty", asking: QWidget | None = None) -> QWidget:
        """Open a new document made from a template."""

    def open_files(self, but: QWidget) -> list[Path]:
        """The files of all windows but one."""

    def leave(self, window: QWidget) -> None:
        """Close a window the user does not want after all; the last one gives way to the start page."""

    def part_with(self, journal: "Journal | None", name: str) -> None:
        """Close the journal of a window that is closed, without waiting for a disk that hangs."""

    def forget(self, window: object) -> None:
        """A window was closed."""

    def quit(self) -> None:
        """Close every window."""


class Frame(Protocol):
    """The window as its parts see it."""

    @property
    def session(self) -> Session:
        """The document and the user's place in it."""

    @property
    def widget(self) -> QWidget:
        """The window itself, as the parent of dialogs."""

    def commit_edits(self) -> None:
        """Let a text being typed become part of the document."""

    def document_name(self) -> str:
        """What the document is called in sentences."""
