"""Opening, saving and closing the document of one window."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from workbench.app.settings import with_recent
from workbench.files.errors import SaveError
from workbench.files.project import save_project
from workbench.panels.messages import ask_unsaved, confirm, show_error

if TYPE_CHECKING:
    from workbench.app.application import Application
    from workbench.app.window import MainWindow

ENDING: Final = ".hazard.json"
FILTER: Final = "Hazard Workbench projects (*.hazard.json);;All files (*)"


def now() -> str:
    """The time of day as it is stored with what somebody judged: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Documents:
    """What the file menu does, for one window."""

    def __init__(self, app: "Application", window: "MainWindow") -> None:
        """Speak for one window."""
        self._app = app
        self._window = window

    def new(self) -> None:
        """Show the start page, where templates are chosen."""
        self._window.windows.welcome()

    def open(self) -> None:
        """Ask for a project and open it."""
        folder = str(self._window.session.path.parent) if self._window.session.path else ""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open project", folder, FILTER)
        if chosen:
            self._app.open(Path(chosen), self._window)

    def save(self) -> bool:
        """Write the document to its file, asking for one where it has none."""
        path = self._window.session.path
        return self.save_as() if path is None else self._write(path)

    def save_as(self) -> bool:
        """Ask for a file and write the document there."""
        session = self._window.session
        start = str(session.path) if session.path else f"untitled{ENDING}"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save project as", start, FILTER)
        if not chosen:
            return False
        path = Path(chosen)
        if not path.name.endswith(".json"):
            named = path.with_name(path.name + ENDING)
            if named.exists() and not confirm(
                self._window, "Replace file", f"{named.name} exists already. Replace it?", "Replace"
            ):
                return False
            path = named
        return self._write(path)

    def _write(self, path: Path) -> bool:
        window = self._window
        window.commit_edits()
        session = window.session
        if session.store.read_only and path == session.path:
            show_error(window, "Not saved", f"{session.store.read_only} Use Save as to write a copy.")
            return False
        known = window.content_hash if path == session.path else None
        if known is not None and not self._unchanged_on_disk(path, known):
            return False
        try:
            saved = save_project(session.store, path, window.header)
        except SaveError as problem:
            show_error(window, "Not saved", str(problem))
            return False
        window.content_hash = saved.content_hash
        session.mark_saved(path)
        window.status.saved()
        session.notice.emit(f"Saved {path.name}")
        self._app.change_settings(with_recent(self._app.settings, path))
        return True

    def _unchanged_on_disk(self, path: Path, known: str) -> bool:
        """Whether the file is still what was read, or the user agrees to replace what another program wrote."""
        try:
            current = self._app.hash_of(path)
        except OSError:
            return True
        if current == known:
            return True
        return confirm(
            self._window,
            "File changed outside",
            f"{path.name} was changed by another program since it was opened. Replace it with what is in this window? "
            "Cancel and use Save as to keep both.",
            "Replace",
        )

    def export(self) -> None:
        """Show the export dialog."""
        self._window.commit_edits()
        self._window.exporting.show_dialog()

    def attach_run(self) -> None:
        """Ask for the file of an evaluation run and attach it to what is selected."""
        self._window.attaching.ask_for_file()

    def close(self) -> None:
        """Close the window."""
        self._window.close()

    def quit(self) -> None:
        """Close every window; one that keeps its work open ends it."""
        self._app.quit()

    def may_close(self) -> bool:
        """Ask about unsaved work; False where the user wants to stay."""
        session = self._window.session
        if not session.modified:
            return True
        answer = ask_unsaved(self._window, self._window.document_name())
        if answer == "save":
            return self.save()
        return answer == "discard"
