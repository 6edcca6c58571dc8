"""Opening, saving and closing the document of one window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from workbench.app.asking import FileAsking
from workbench.app.document_state import DocumentState
from workbench.app.file_records import FileRecords
from workbench.app.outside import KEEP, MERGE, SAVE_AS, Outside
from workbench.app.ports import Frame, Host
from workbench.app.safekeeping import Safekeeping
from workbench.app.settings import with_recent
from workbench.app.sharing import Sharing
from workbench.files.errors import NoTemporaryFileError, ProjectFileError
from workbench.files.header import Header
from workbench.files.project import SavedFile, copy_project, save_project
from workbench.panels.common import become_editable
from workbench.panels.messages import ask_unsaved, confirm, show_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.model.base import Record

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
        report: Callable[[], None],
        printing: Callable[[], None],
        attach: Callable[[], None],
        saved: Callable[[], None],
        safekeeping: Safekeeping,
        sharing: Sharing,
        put_bar: Callable[[QWidget], None],
    ) -> None:
        """Speak for one window; the functions are those of its other parts."""
        self._host = host
        self._frame = frame
        self.header = header
        self.content_hash = content_hash
        self._held = FileRecords(frame.session.store)
        self._state = state
        self._asking = asking
        self._welcome = welcome
        self._export = export
        self._report = report
        self._printing = printing
        self._attach = attach
        self._saved = saved
        self._safekeeping = safekeeping
        self._sharing = sharing
        self.outside = Outside(frame, self, safekeeping, put_bar, state.changed.emit)

    @property
    def base(self) -> "Mapping[str, Record]":
        """The records the file held when it was last read or written."""
        return self._held.records

    @base.setter
    def base(self, records: "Mapping[str, Record]") -> None:
        self._held.keep(records)

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
        """Ask for a file and write the document there; one that has none is called by its title."""
        from workbench.export.names import safe_name  # noqa: PLC0415 - not before the first picture

        session = self._frame.session
        path = session.path
        name = path.name if path is not None else f"{safe_name(self._state.name, 'untitled')}{ENDING}"
        folder = path.parent if path is not None else session.folder
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
            return self._save_elsewhere(f"{session.store.read_only} Save as writes it to another file.")
        self._state.look_again()
        if same and self._state.protected:
            question = f"{path.name} is write-protected. Save under another name?"
            return confirm(widget, "Read-only file", question, "Save as…") and self.save_as()
        if same and not self.outside.look_now(path):
            return False
        if same and self.outside.changed:
            return self._save_over_changes(path)
        if not same and not self._sharing.may_write(path):
            return False
        return self._write(path)

    def _write(self, path: Path) -> bool:
        session = self._frame.session
        try:
            other = self._put_aside(path)
            saved = self._saved_file(path)
        except ProjectFileError as problem:
            return self._save_elsewhere(f"{problem} {self._safekeeping.assurance()}")
        if saved is None:
            return False
        self.content_hash = saved.content_hash
        self.base = session.store.snapshot()
        self._safekeeping.saved(path, saved.content_hash)
        self.outside.saved()
        self._sharing.saved(path)
        self._allow_changes()
        session.mark_saved(path)
        self._saved()
        session.notice.emit(f"Saved {path.name}" + (f"; what another program wrote lies in {other}" if other else ""))
        self._host.change_settings(with_recent(self._host.settings, path))
        return True

    def _save_elsewhere(self, why: str) -> bool:
        """Say why the file was not written, and offer another one."""
        return show_error(self._frame.widget, "Not saved", why, "Save as…") and self.save_as()

    def _put_aside(self, path: Path) -> Path | None:
        """Keep what another program wrote where the user said that the file is to be written over."""
        if not self.outside.keeps_mine or path != self._frame.session.path:
            return None
        from workbench.files.aside import put_aside  # noqa: PLC0415 - seldom needed

        return put_aside(path)

    def _allow_changes(self) -> None:
        """What was read-only because of its file may be changed in one of its own, unless this program is too old."""
        store = self._frame.session.store
        if store.read_only and not self._too_new:
            store.read_only = ""
            become_editable(self._frame.widget)

    @property
    def _too_new(self) -> bool:
        return self.header is not None and self.header.newer_major

    def _put(self, path: Path, in_place: Path | None = None) -> SavedFile:
        """Write the file, as it was read where a later version wrote it.

        Raises:
            ProjectFileError: it cannot be written.
        """
        session = self._frame.session
        if not self._too_new:
            return save_project(session.store, path, self.header, in_place=in_place)
        if session.path is None:
            raise ProjectFileError(session.store.read_only)
        return copy_project(session.path, path, self.content_hash or "", in_place=in_place)

    def _saved_file(self, path: Path) -> SavedFile | None:
        """Write the file; None where the user does not want it written in the only way there is.

        Raises:
            ProjectFileError: it cannot be written.
        """
        widget = self._frame.widget
        try:
            return self._put(path)
        except NoTemporaryFileError as problem:
            from workbench.files.aside import kept_folder  # noqa: PLC0415 - seldom needed

            question = (
                f"{problem} The file itself may be written over. That is less safe: a power failure meanwhile can "
                f"leave neither the old file nor the new one, so a copy is kept in {kept_folder()} until it is done."
            )
            if not confirm(widget, "No room for a new file", question, "Write over the file", careful=True):
                return None
            return self._put(path, kept_folder() / path.name)

    def _save_over_changes(self, path: Path) -> bool:
        """Ask what becomes of what another program wrote."""
        answer = self.outside.ask()
        if answer == SAVE_AS:
            return self.save_as()
        if answer == MERGE:
            return self.outside.merge() == 0 and self._write(path)
        self.outside.settle(answer)
        return answer == KEEP and self._write(path)

    @property
    def changed_outside(self) -> bool:
        """Whether another program wrote the file and nobody has said yet what becomes of that."""
        return self.outside.changed

    def settle_outside(self) -> None:
        """Ask what becomes of what another program wrote, and do it."""
        answer = self.outside.ask()
        if answer:
            self.outside.settle(answer)

    def export(self) -> None:
        """Show the export dialog."""
        self._frame.commit_edits()
        self._export()

    def export_report(self) -> None:
        """Ask where to, and write the report of the project."""
        self._frame.commit_edits()
        self._report()

    def print_diagram(self) -> None:
        """Ask for a printer, and print the current diagram."""
        self._frame.commit_edits()
        self._printing()

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
        if not self._frame.session.modified:
            return True
        answer = ask_unsaved(self._frame.widget, self._frame.document_name())
        return self.save() if answer == "save" else answer == "discard"
