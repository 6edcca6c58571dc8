"""Opening, saving and closing the document of one window."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from workbench.app.asking import FileAsking
from workbench.app.document_state import DocumentState
from workbench.app.ports import Frame, Host
from workbench.app.safekeeping import Safekeeping
from workbench.app.settings import with_recent
from workbench.files.errors import SaveError
from workbench.files.header import Header
from workbench.files.project import save_project
from workbench.panels.messages import ask, ask_unsaved, confirm, show_error

ENDING: Final = ".hazard.json"
FILTER: Final = "Hazard Workbench projects (*.hazard.json);;All files (*)"


class Documents:
    """What the file menu does, for one window.

    Attributes:
        header: what the file says beside its records, as it was read; None for a new document.
        content_hash: SHA-256 of the file as it was last read or written by this window; None for a new document.
    """

    def __init__(
        self,
        host: Host,
        frame: Frame,
        header: Header | None,
        content_hash: str | None,
        *,
        state: DocumentState,
        asking: FileAsking,
        welcome: Callable[[], None],
        export: Callable[[], None],
        attach: Callable[[], None],
        saved: Callable[[], None],
        safekeeping: Safekeeping,
    ) -> None:
        """Speak for one window; the functions are those of its other parts."""
        self._host = host
        self._frame = frame
        self.header = header
        self.content_hash = content_hash
        self._state = state
        self._asking = asking
        self._dropped = False
        self._welcome = welcome
        self._export = export
        self._attach = attach
        self._saved = saved
        self._safekeeping = safekeeping

    def new(self) -> None:
        """Show the start page, where templates are chosen."""
        self._welcome()

    def open(self) -> None:
        """Ask for a project and open it."""
        chosen = self._asking.open("project", "Open project", FILTER)
        if chosen is not None:
            self._host.open(chosen, self._frame.widget)

    def save(self) -> bool:
        """Write the document to its file, asking for one where it has none."""
        path = self._frame.session.path
        return self.save_as() if path is None else self.write(path)

    def save_as(self) -> bool:
        """Ask for a file and write the document there."""
        path = self._frame.session.path
        name = path.name if path is not None else f"untitled{ENDING}"
        folder = path.parent if path is not None else None
        target = self._asking.save("project", "Save project as", name, FILTER, folder)
        if target is None:
            return False
        if target.suffix != ".json":
            target = target.with_name(target.name + ENDING)
            question = f"{target.name} exists already. Replace it?"
            if target.exists() and not confirm(self._frame.widget, "Replace file", question, "Replace"):
                return False
        return self.write(target)

    def write(self, path: Path) -> bool:
        """Write the document to ``path``; says why not where it cannot, and False."""
        self._frame.commit_edits()
        session, widget = self._frame.session, self._frame.widget
        same = path == session.path
        if session.store.read_only and same:
            show_error(widget, "Not saved", f"{session.store.read_only} Use Save as to write a copy.")
            return False
        self._state.look_again()
        if same and self._state.protected:
            question = f"{path.name} is write-protected. Save under another name?"
            return confirm(widget, "Read-only file", question, "Save as…") and self.save_as()
        if same and self._changed_on_disk(path):
            return self._save_over_changes(path)
        return self._write(path)

    def _write(self, path: Path) -> bool:
        session, widget = self._frame.session, self._frame.widget
        try:
            saved = save_project(session.store, path, self.header)
        except SaveError as problem:
            show_error(widget, "Not saved", f"{problem} {self._safekeeping.assurance()}")
            return False
        self.content_hash = saved.content_hash
        self._safekeeping.saved(path, saved.content_hash)
        session.mark_saved(path)
        self._saved()
        session.notice.emit(f"Saved {path.name}")
        self._host.change_settings(with_recent(self._host.settings, path))
        return True

    def _changed_on_disk(self, path: Path) -> bool:
        """Whether another program wrote the file since it was read or written here."""
        try:
            return self.content_hash is not None and self._host.hash_of(path) != self.content_hash
        except OSError:
            return False

    def _save_over_changes(self, path: Path) -> bool:
        """Ask what becomes of the file that another program wrote."""
        save_as, reload, replace = "Save as…", "Reload", "Replace"
        answer = ask(
            self._frame.widget,
            "File changed outside",
            f"{path.name} was changed by another program since it was opened. Save as keeps both; Reload shows the "
            "file and drops what was changed in this window; Replace overwrites the file with what is in this window.",
            (save_as, reload, replace),
        )
        if answer == save_as:
            return self.save_as()
        if answer == reload:
            self._host.open(path, self._frame.widget, anew=True)
            return False
        return answer == replace and self._write(path)

    def drop_changes(self) -> None:
        """Let the window close without a question: its document is opened anew."""
        self._dropped = True

    def export(self) -> None:
        """Show the export dialog."""
        self._frame.commit_edits()
        self._export()

    def attach_run(self) -> None:
        """Ask for the file of an evaluation run and attach it to what is selected."""
        self._attach()

    def close(self) -> None:
        """Close the window."""
        self._frame.widget.close()

    def quit(self) -> None:
        """Close every window; one whose user wants to stay ends it."""
        self._host.quit()

    def may_close(self) -> bool:
        """Ask about unsaved work; False where the user wants to stay."""
        if self._dropped or not self._frame.session.modified:
            return True
        answer = ask_unsaved(self._frame.widget, self._frame.document_name())
        return self.save() if answer == "save" else answer == "discard"
