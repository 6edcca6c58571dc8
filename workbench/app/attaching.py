"""Attaching evaluation runs: choose or drop a file, read it off the UI thread, choose metric and criterion.

Importers and dialogs are loaded when first used.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from workbench.app.ports import Frame, Host
from workbench.commands.attach import attach_evidence
from workbench.commands.errors import CommandError
from workbench.commands.names import describe
from workbench.panels.messages import show_error

if TYPE_CHECKING:
    from workbench.evidence.imported import ImportedRun

FILTER = "Evaluation runs (*.eval *.json *.jsonl);;All files (*)"


class Attaching:
    """The way from a result file to a claim on an element, for one window."""

    def __init__(self, host: Host, frame: Frame) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame

    def ask_for_file(self) -> None:
        """Ask for a result file for what is selected."""
        subject = self._frame.session.primary
        if subject is None:
            self._frame.session.notice.emit("Select the element or control that the run speaks of first.")
            return
        self.ask_for_file_on(subject)

    def ask_for_file_on(self, subject: str) -> None:
        """Ask for a result file for one subject."""
        chosen, _ = QFileDialog.getOpenFileNames(self._frame.widget, "Attach evaluation run", "", FILTER)
        if chosen:
            self.attach_files([Path(name) for name in chosen], subject)

    def attach_files(self, paths: Sequence[Path], subject: str | None) -> None:
        """Read result files and attach one metric of each to a subject."""
        from workbench.panels.run_reader import read_runs

        widget, session = self._frame.widget, self._frame.session
        if subject is None:
            show_error(widget, "Not attached", "Drop the result file on the element, control or line it speaks of.")
            return
        if session.store.read_only:
            show_error(widget, "Not attached", session.store.read_only)
            return
        for path in paths:
            runs = read_runs(path, widget)
            for imported in runs:
                self._choose(imported, subject)

    def _choose(self, imported: "ImportedRun", subject: str) -> None:
        from workbench.evidence.imported import placed_beside, records_for
        from workbench.panels.attach_dialog import AttachDialog

        session = self._frame.session
        request = AttachDialog.ask(imported, describe(session.store, subject), self._frame.widget)
        if request is None:
            return
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        folder = session.path.parent if session.path is not None else None
        placed = placed_beside(imported, folder) if folder is not None else imported
        try:
            with session.store.transaction("Attach evidence") as tx:
                attach_evidence(
                    tx,
                    subject,
                    records_for(placed, imported_at=at),
                    request.metric.id,
                    request.criterion,
                    title=request.title,
                    by=self._host.settings.author,
                    at=at,
                )
        except CommandError as problem:
            show_error(self._frame.widget, "Not attached", str(problem))
            return
        session.select([subject])
        session.notice.emit(f"Attached to {describe(session.store, subject)}")
