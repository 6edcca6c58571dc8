"""The running program: its windows, its settings, its theme."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from workbench.app import loading
from workbench.app.lost_work import LostWork
from workbench.app.parting import Parting
from workbench.app.settings import Settings, load_settings, save_settings, with_recent, without_recent
from workbench.app.window import MainWindow
from workbench.commands.renew import renewed
from workbench.files.errors import ProjectFileError
from workbench.files.header import Header
from workbench.files.project import LoadedProject, load_project
from workbench.panels.messages import show_error
from workbench.panels.style import apply_theme, system_theme
from workbench.paths import resource
from workbench.render.theme import load_theme
from workbench.session.session import Session
from workbench.store.collector import collector_paused
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.files.journal import Journal
    from workbench.files.recovery import Recovered

TEMPLATES = ("empty", "simple", "bow-tie", "code-synthesis")


class Application:
    """Composition root of the window side.

    Attributes:
        windows: every window open, in order of opening.
        lost_work: what windows that crashed left behind.
        parting: journals of windows that were closed, where the disk has not let go of them.
    """

    def __init__(self, qt: QApplication) -> None:
        """Read the settings and dress the program in its theme."""
        self.qt = qt
        self.settings: Settings = load_settings()
        self.windows: list[MainWindow] = []
        self._quitting = False
        self.parting = Parting()
        self.lost_work = LostWork(self.show_recovered, self._retire)
        self._dress()
        qt.styleHints().colorSchemeChanged.connect(self._on_system_theme)

    # theme

    @property
    def theme_name(self) -> Literal["light", "dark"]:
        """``light`` or ``dark``, as chosen or as the system asks."""
        wanted = system_theme() if self.settings.theme == "system" else self.settings.theme
        return "dark" if wanted == "dark" else "light"

    def _dress(self) -> None:
        apply_theme(self.qt, load_theme(self.theme_name))
        for window in self.windows:
            window.set_theme(self.theme_name)

    def _on_system_theme(self, _: object) -> None:
        if self.settings.theme == "system":
            self._dress()

    # settings

    def change_settings(self, settings: Settings) -> None:
        """Take other settings and store them."""
        before, self.settings = self.settings, settings
        if settings == before:
            return
        problem = save_settings(settings)
        if settings.theme != before.theme:
            self._dress()
        for window in self.windows:
            window.take_settings(settings)
            if problem:
                window.session.notice.emit(problem)

    # documents

    def open(self, path: Path, asking: QWidget | None = None) -> MainWindow | None:
        """Open a project in a window of its own, or say why not; an untouched empty window gives way to it."""
        path = path.absolute()
        for window in self.windows:
            if window.session.path is not None and window.session.path.resolve() == path.resolve():
                window.raise_()
                window.activateWindow()
                return window
        try:
            with collector_paused():
                loaded = load_project(path)
                window = self._show(Session(loaded.store, path), loaded.header, loaded.content_hash)
                loading.keep_loaded()
        except ProjectFileError as problem:
            if not path.exists():
                self.change_settings(without_recent(self.settings, str(path)))
            return self._open_damaged(path, str(problem), asking)
        for sentence in (loaded.read_only, *loaded.notes):
            if sentence:
                window.session.notice.emit(sentence)
        self._retire(asking)
        self.change_settings(with_recent(self.settings, path))
        return window

    def _open_damaged(self, path: Path, problem: str, asking: QWidget | None) -> MainWindow | None:
        """Offer what can be saved of a file that does not open, as a document without a file; else say why not."""
        from workbench.app.salvaging import ask_for_salvage, session_of  # noqa: PLC0415 - few files are damaged

        saved = ask_for_salvage(asking, path, problem)
        if saved is None:
            return None
        window = self._show(session_of(saved, path), saved.header, None)
        window.session.notice.emit(f"What could be saved of {path.name}. Save it under a new name.")
        self._retire(asking)
        return window

    def show_read_only(self, loaded: LoadedProject, name: str, reason: str) -> MainWindow:
        """Show a document that lies in no file of its own, in a window where it cannot be changed."""
        session = Session(loaded.store)
        session.store.read_only = loaded.read_only or reason
        session.called = name
        window = self._show(session, loaded.header, None)
        session.notice.emit(session.store.read_only)
        return window

    def new(self, template: str = "empty", asking: QWidget | None = None) -> MainWindow:
        """Open a new document made from a template."""
        path = resource("templates", f"{template}.hazard.json")
        loaded = load_project(path)
        window = self._show(Session(Store(renewed(loaded.store.records.values()))), None, None)
        self._retire(asking)
        return window

    def open_copy(self, path: Path, asking: QWidget | None = None) -> MainWindow | None:
        """Open a sample as a new document, so that saving asks for a place of the user's own."""
        try:
            loaded = load_project(path)
        except ProjectFileError as problem:
            show_error(asking, "Not opened", str(problem))
            return None
        window = self._show(Session(loaded.store), loaded.header, None)
        self._retire(asking)
        return window

    def show_recovered(self, recovered: "Recovered") -> MainWindow:
        """Open a window on a document that was brought back; one that shows its file as it is gives way to it."""
        path = recovered.path
        session = Session(recovered.store, path)
        session.mark_modified()
        as_it_is = [
            window
            for window in self.windows
            if path is not None and window.session.path == path and not window.session.store.history.done
        ]
        window = self._show(session, recovered.header, recovered.base or None, recovered)
        for other in as_it_is:
            other.close()
        session.notice.emit(recovered.note or "Your work is back, with its undo steps; nothing is saved yet.")
        return window

    def start_page(self) -> MainWindow:
        """Open a window that shows the start page."""
        window = self.new()
        window.windows.welcome()
        return window

    def _show(
        self,
        session: Session,
        header: Header | None,
        content_hash: str | None,
        recovered: "Recovered | None" = None,
    ) -> MainWindow:
        window = MainWindow(self, session, header, content_hash, recovered)
        self.windows.append(window)
        window.show()
        QTimer.singleShot(0, window, window.settle)
        return window

    def _retire(self, asking: QWidget | None) -> None:
        """Close the window the user came from if nothing was ever done in it."""
        if isinstance(asking, MainWindow) and asking in self.windows and asking.is_pristine():
            asking.close()

    def open_files(self, but: QWidget) -> list[Path]:
        """The files of all windows but one."""
        return [window.session.path for window in self.windows if window is not but and window.session.path is not None]

    def leave(self, window: QWidget) -> None:
        """Close a window the user does not want after all; the last one gives way to the start page."""
        if len(self.windows) == 1:
            self.start_page()
        window.close()

    def part_with(self, journal: "Journal | None", name: str) -> None:
        """Close the journal of a window that is closed, without waiting for a disk that hangs."""
        told = self.parting.remove(journal, name) if journal is not None else ""
        for window in self.windows if told else ():
            window.session.notice.emit(told)

    def forget(self, window: object) -> None:
        """A window was closed."""
        self.windows = [other for other in self.windows if other is not window]
        loading.let_go()

    def quit(self) -> None:
        """Close every window; stops where the user wants to stay."""
        for window in tuple(self.windows):
            if not window.close():
                return
