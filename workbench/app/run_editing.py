"""Changing runs in one window: asks with a dialog, commits one command, says what happened.

Dialogs are loaded when first used.
"""

from functools import partial
from pathlib import Path

from workbench.app.attaching import now
from workbench.app.evidence_choosing import EvidenceChoosing
from workbench.model.runs import Run
from workbench.panels.messages import show_error
from workbench.store.transaction import Transaction


class RunEditing(EvidenceChoosing):
    """What actions do to runs. Every method takes the id of the run that is meant; without it, the one in reach."""

    def replace_run(self, run: str = "") -> None:
        """Ask for the run that takes another's place."""
        from workbench.commands.evidence_replace import replace_run
        from workbench.evidence.imported import placed_beside
        from workbench.panels.replace_dialog import ReplaceDialog, Replacement

        old = self._run(run, "Which run is replaced?", "Continue")
        if old is None:
            return
        read = partial(self._read_run, "Read the new run")
        decided: Replacement | None = ReplaceDialog(
            self._store, old.id, self._frame.widget, read_file=read
        ).show_modal()
        if decided is None:
            return
        path = self._session.path
        fresh = decided.new.run.id not in self._store and bool(decided.new.run.source.path)
        new = placed_beside(decided.new, path.parent) if fresh and path is not None else decided.new
        told: list[str] = []

        def command(tx: Transaction) -> None:
            changes = replace_run(
                tx,
                old.id,
                new,
                at=now() if fresh else "",
                system_follows=decided.system_follows,
                supersede=decided.supersede,
            )
            changed = sum(change.changed for change in changes)
            told.append(f"Run replaced; {changed} of {len(changes)} verdicts changed")

        if self._change("Replace run", command):
            self._session.notice.emit(told[0])

    def withdraw_run(self, run: str = "") -> None:
        """Ask why a run no longer counts."""
        from workbench.commands.evidence_replace import claims_of_run
        from workbench.commands.evidence_runs import withdraw_run
        from workbench.panels.attach_choose import WithdrawDialog

        found = self._run(run, "Which run is withdrawn?", "Continue")
        if found is None:
            return
        count = len(claims_of_run(self._store, found.id))
        why: str | None = WithdrawDialog(self._run_words(found), count, self._frame.widget).show_modal()
        if why is not None:
            self._change("Withdraw run", lambda tx: withdraw_run(tx, found.id, why, by=self._author, at=now()))

    def reinstate_run(self, run: str = "") -> None:
        """Let a withdrawn run count again."""
        from workbench.commands.evidence_runs import reinstate_run

        found = self._run(run, "Which run counts again?", "Let it count", withdrawn=True)
        if found is not None:
            self._change("Let run count again", lambda tx: reinstate_run(tx, found.id))

    def supersede_run(self, run: str = "") -> None:
        """Ask which later run speaks in place of one."""
        from workbench.commands.evidence_runs import supersede_run

        found = self._run(run, "Which run is superseded?", "Continue")
        if found is None:
            return
        others = [other for other in self._store.all(Run) if other.id != found.id]
        rows = [("", "None: it speaks for itself")] if found.superseded_by is not None else []
        rows += [(other.id, self._run_words(other)) for other in others]
        later = self._choose("Supersede run", f"Which run speaks in place of {self._run_words(found)}?",
                             "Supersede", rows, chosen=found.superseded_by or "")  # fmt: skip
        if later is not None:
            self._change("Supersede run", lambda tx: supersede_run(tx, found.id, later or None))

    def copy_source(self, run: str = "") -> None:
        """Copy the file of a run beside the project."""
        from workbench.commands.evidence_runs import note_copy
        from workbench.evidence.standing import source_paths

        found = self._run(run, "Whose source file is copied?", "Copy")
        if found is None:
            return
        if not found.source.path:
            show_error(self._frame.widget, "Not copied", "This run has no file: its figures were typed in.")
            return
        project = self._session.path
        places = source_paths(found, project.parent if project is not None else None)
        source = next((place for place in places if place.is_file()), places[0] if places else Path(found.source.path))
        copied = self._attaching.copy(source, found.source.sha256)
        if copied and self._change("Copy source file", lambda tx: note_copy(tx, found.id, copied)):
            self._session.notice.emit(f"A copy lies at {copied}")
