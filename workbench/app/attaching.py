"""Attaching evaluation runs: choose or drop files, read them off the UI thread, choose metric and criterion.

Importers and dialogs are loaded when first used.
"""

from collections.abc import Callable, Container, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from workbench.analysis.words import guard_name, name_of, short_name
from workbench.app.asking import FileAsking
from workbench.app.ports import Frame, Host
from workbench.commands.attach import attach_evidence, carries_evidence
from workbench.commands.errors import CommandError
from workbench.commands.names import describe
from workbench.model.codes import natural_key
from workbench.model.elements import Element, Guard, Link
from workbench.model.judgement import PROJECT_ID, Assessment, Project
from workbench.model.runs import Evidence
from workbench.panels.messages import show_error

if TYPE_CHECKING:
    from workbench.evidence.imported import ImportedRun
    from workbench.panels.attach_criterion import Basis
    from workbench.panels.attach_dialog import AttachRequest

FILTER = "Evaluation runs (*.eval *.json *.jsonl *.csv *.tsv *.xml *.sarif *.parquet *.yaml);;All files (*)"


def now() -> str:
    """The time, ISO 8601 UTC."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


class Attaching:
    """The way from result files to a claim on an element, for one window.

    Attributes:
        attached: told the id of each new claim; whoever shows claims sets it.
    """

    def __init__(self, host: Host, frame: Frame, asking: FileAsking) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame
        self._asking = asking
        self.attached: Callable[[str], None] = lambda _claim: None

    def ask_for_file(self) -> None:
        """Ask for result files for what is selected."""
        subject = self.subject()
        if subject is not None:
            self.ask_for_file_on(subject)

    def subject(self) -> str | None:
        """What evidence should speak of: what is selected, else what the user chooses; None where they cancelled."""
        store = self._frame.session.store
        record = store.get(self._frame.session.primary or "")
        if isinstance(record, Evidence):
            return record.subject
        if carries_evidence(record):
            return self._frame.session.primary
        return self.ask_subject("Attach evidence", "What does the evidence speak of?", "Continue")

    def ask_subject(self, title: str, question: str, verb: str, *, without: Container[str] = ()) -> str | None:
        """Ask for an element, a control on a line, a line or a rating; None where the user cancelled."""
        from workbench.panels.attach_choose import ChooseDialog

        store = self._frame.session.store
        rows: list[tuple[str, str]] = []
        for kind in (Element, Guard, Link, Assessment):
            of_kind = [
                (record.id, name_of(store, record.id))
                for record in store.records.values()
                if isinstance(record, kind) and carries_evidence(record) and record.id not in without
            ]
            rows += sorted(of_kind, key=lambda row: natural_key(row[1]))
        if not rows:
            self._frame.session.notice.emit("Draw the element or control that the evidence speaks of first.")
            return None
        answer: str | None = ChooseDialog(title, question, verb, rows, self._frame.widget).show_modal()
        return answer

    def ask_for_file_on(self, subject: str) -> None:
        """Ask for result files for one subject."""
        chosen = self.ask_for_files("Attach evaluation run")
        if chosen:
            self.attach_files(chosen, subject)

    def ask_for_files(self, title: str) -> list[Path]:
        """Ask for result files."""
        return self._asking.open_several("run", title, FILTER)

    def attach_files(self, paths: Sequence[Path], subject: str | None) -> None:
        """Read result files and folders, and attach one metric of what they hold to a subject."""
        widget, session = self._frame.widget, self._frame.session
        if session.store.read_only:
            show_error(widget, "Not attached", session.store.read_only)
            return
        if subject is None or not carries_evidence(session.store.get(subject)):
            subject = self.ask_subject("Attach evidence", "What do these files speak of?", "Continue")
        if subject is None:
            return
        runs = self.read(paths)
        if runs:
            self.choose(runs, subject)

    def read(self, paths: Sequence[Path]) -> "list[ImportedRun]":
        """The runs of files and folders; asks where a format leaves something open, says what could not be read."""
        from workbench.panels.attach_reading import read_asking

        return read_asking(paths, self._frame.widget)

    def choose(self, runs: "Sequence[ImportedRun]", subject: str) -> bool:
        """Ask for run, metric and criterion, and attach them; False where the user attached nothing."""
        from workbench.panels.attach_dialog import AttachDialog

        session = self._frame.session
        guard = session.store.find(subject, Guard)
        shared = guard is not None and len(session.store.referrers(guard.control, Guard, "control")) > 1
        told = describe(session.store, subject)
        if guard is not None and shared:
            told = guard_name(session.store, guard)

        attached = False

        def attach(request: "AttachRequest") -> bool:
            nonlocal attached
            done = self._attach(request, guard.control if guard is not None and request.everywhere else subject)
            attached = attached or done
            return done

        request = AttachDialog.ask(
            runs,
            told,
            self._frame.widget,
            shared=shared,
            basis=self.basis(),
            can_copy="" if session.path is not None else "Save the project first; the copy is put beside it.",
            attach=attach,
        )
        if request is not None:
            attach(request)
        return attached

    def basis(self) -> "Basis":
        """What a verdict is reckoned against today."""
        from workbench.panels.attach_criterion import Basis

        project = self._frame.session.store.find(PROJECT_ID, Project)
        return Basis(datetime.now(UTC).date(), project.system if project is not None else None)

    def _attach(self, request: "AttachRequest", subject: str) -> bool:
        """Attach what was chosen; False (said) where that was refused."""
        from workbench.commands.evidence_runs import note_copy
        from workbench.evidence.imported import placed_beside, records_for

        session = self._frame.session
        at = now()
        imported = request.imported
        copied = self.copy(Path(imported.run.source.path), imported.run.source.sha256) if request.copy else ""
        folder = session.path.parent if session.path is not None else None
        placed = placed_beside(imported, folder) if folder is not None and imported.run.source.path else imported
        try:
            with session.store.transaction(f"Attach evidence to {short_name(session.store, subject)}") as tx:
                claim = attach_evidence(
                    tx,
                    subject,
                    records_for(placed, imported_at=at),
                    request.metric.id,
                    request.criterion,
                    title=request.title,
                    by=self._host.settings.author,
                    at=at,
                    baselines=(request.baseline,) if request.baseline is not None else (),
                )
                if copied:
                    note_copy(tx, imported.run.id, copied)
        except CommandError as problem:
            show_error(self._frame.widget, "Not attached", str(problem))
            return False
        session.select([subject])
        self.attached(claim)
        where = f"; a copy lies at {copied}" if copied else ""
        session.notice.emit(f"Attached to {describe(session.store, subject)}{where}")
        return True

    def copy(self, source: Path, sha256: str) -> str:
        """Copy a source file beside the project; its path relative to the project's folder, or empty (said) if not."""
        from workbench.files.beside import copy_beside
        from workbench.files.errors import SaveError

        project = self._frame.session.path
        if project is None:
            show_error(self._frame.widget, "Not copied", "Save the project first; the copy is put beside it.")
            return ""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return copy_beside(source, project, sha256)
        except SaveError as problem:
            refused = str(problem)
        finally:
            QGuiApplication.restoreOverrideCursor()
        show_error(self._frame.widget, "Not copied", refused)
        return ""
