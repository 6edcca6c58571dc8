"""Changing claims and runs in one window: asks with a dialog, commits one command, says what happened.

Dialogs are loaded when first used.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.actions.evidence_state import claims_in_reach, runs_in_reach
from workbench.app.attaching import Attaching, now
from workbench.app.evidence_dock import EvidenceDock
from workbench.app.ports import Frame, Host
from workbench.commands.attach import detach_evidence
from workbench.commands.errors import CommandError
from workbench.commands.names import describe
from workbench.model.runs import Evidence, Metric, Run
from workbench.panels.messages import show_error
from workbench.panels.words import short_name
from workbench.session.session import Session
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError, Store
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from workbench.evidence.imported import ImportedRun


class EvidenceEditing:
    """What the ``EvidenceWork`` port of the actions is, for one window.

    Every method takes the id of the claim or run that is meant; without it, the one in reach of the selection, asking
    where there are several.
    """

    def __init__(self, host: Host, frame: Frame, attaching: Attaching) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame
        self._attaching = attaching
        self.dock = EvidenceDock(host, frame, attaching)

    def do(self, verb: str, id: str) -> None:
        """Do what a panel asks for by name, such as ``judge``, to a claim, a run or a subject."""
        methods: dict[str, Callable[[str], None]] = {
            "judge": self.judge,
            "criterion": self.criterion,
            "doubts": self.doubts,
            "baselines": self.baselines,
            "edit": self.edit,
            "move": self.move,
            "copy": self.copy,
            "detach": self.detach,
            "replace": self.replace_run,
            "withdraw": self.withdraw_run,
            "reinstate": self.reinstate_run,
            "supersede": self.supersede_run,
            "copy_source": self.copy_source,
            "type_in": self.type_in,
            "document": self.add_document,
        }
        methods[verb](id)

    # entering

    def type_in(self, subject: str = "") -> None:
        """Ask for the figures of a run without a file, then for the criterion, and attach them."""
        from workbench.commands.evidence_runs import typed_run
        from workbench.panels.typed_run_dialog import TypedRunDialog

        subject = subject or self._attaching.subject() or ""
        if not subject or self._is_read_only():
            return
        figures = TypedRunDialog.ask(self._frame.widget)
        if figures is not None:
            self._attaching.choose([typed_run(figures)], subject)

    def add_document(self, subject: str = "") -> None:
        """Ask for evidence that is no measurement, and attach it."""
        from workbench.commands.evidence_edit import attach_document
        from workbench.panels.document_dialog import Document, DocumentDialog

        subject = subject or self._attaching.subject() or ""
        if not subject or self._is_read_only():
            return
        told = describe(self._store, subject)
        entered: Document | None = DocumentDialog(told, self._author, self._today, self._frame.widget).show_modal()
        if entered is None:
            return

        made: list[str] = []

        def command(tx: Transaction) -> None:
            claim = attach_document(
                tx,
                subject,
                entered.kind,
                entered.title,
                link=entered.link,
                quotation=entered.quotation,
                date=entered.date,
                note=entered.note,
                verdict=entered.verdict,
                reason=entered.reason,
                reviewed_by=entered.reviewed_by,
                reviewed_at=entered.reviewed_at,
                by=self._author,
                at=now(),
            )
            made.append(claim)

        if self._change("Attach evidence", command):
            self._session.select([subject])
            self._attaching.attached(made[0])
            self._session.notice.emit(f"Attached to {told}")

    # claims

    def judge(self, claim: str = "") -> None:
        """Ask for a person's verdict."""
        from workbench.commands.evidence_edit import set_analyst_verdict
        from workbench.evidence.standing import subject_verdicts
        from workbench.panels.document_dialog import VerdictDialog

        found = self._claim(claim, "Which claim do you judge?", "Judge")
        if found is None:
            return
        standing = next(c for c in subject_verdicts(self._store, found.subject) if c.evidence.id == found.id)
        judged = standing.judgement
        dialog = VerdictDialog(
            found.title,
            judged.verdict if judged is not None else None,
            judged.reason if judged is not None else "",
            self._author,
            self._today,
            self._frame.widget,
            suspended=" ".join(standing.stale),
            now=found.analyst_verdict,
            reason=found.analyst_reason,
            by=found.reviewed_by,
            at=found.reviewed_at,
        )
        answer = dialog.show_modal()
        if answer is not None:
            verdict, by, at, reason = answer
            self._change(
                "Judge claim",
                lambda tx: set_analyst_verdict(tx, found.id, verdict, by=by, at=at, reason=reason),
            )

    def criterion(self, claim: str = "") -> None:
        """Ask for another criterion."""
        from workbench.commands.evidence_edit import set_criterion
        from workbench.panels.attach_criterion import CriterionDialog

        found = self._claim(claim, "Which claim’s criterion?", "Change", measured=True)
        metric = self._store.find(found.metric, Metric) if found is not None else None
        run = self._store.find(metric.run, Run) if metric is not None else None
        if found is None or metric is None or run is None:
            return
        answer = CriterionDialog(found, metric, run, self._attaching.basis(), self._frame.widget).show_modal()
        if answer is not None:
            criterion, why, before = answer
            said = partial(set_criterion, evidence=found.id, criterion=criterion, reason=why, stood_before=before)
            self._change("Change criterion", partial(said, by=self._author, at=now()))

    def doubts(self, claim: str = "") -> None:
        """Ask about doubts and gaps."""
        from workbench.commands.evidence_edit import set_doubts
        from workbench.panels.attach_doubts import DoubtsDialog

        found = self._claim(claim, "Which claim is in doubt?", "Continue")
        if found is None:
            return
        answer = DoubtsDialog(found, found.title, self._author, now(), self._frame.widget).show_modal()
        if answer is not None:
            defeaters, deficits = answer
            self._change("Edit doubts", lambda tx: set_doubts(tx, found.id, defeaters, deficits))

    def baselines(self, claim: str = "") -> None:
        """Ask what the claim's metric is held against."""
        from workbench.commands.evidence_runs import set_baselines
        from workbench.panels.attach_baseline import BaselinesDialog

        found = self._claim(claim, "Which claim’s baselines?", "Continue", measured=True)
        metric = self._store.find(found.metric, Metric) if found is not None else None
        if found is None or metric is None:
            return
        answer = BaselinesDialog(metric, found.title, self._frame.widget).show_modal()
        if answer is not None:
            self._change("Edit baselines", lambda tx: set_baselines(tx, metric.id, answer))

    def edit(self, claim: str = "") -> None:
        """Show a claim in the inspector."""
        found = self._claim(claim, "Which claim?", "Edit")
        if found is not None:
            self._session.select([found.id])

    def move(self, claim: str = "") -> None:
        """Ask what else a claim should speak of."""
        from workbench.commands.evidence_edit import move_claim

        found = self._claim(claim, "Which claim moves?", "Continue")
        target = self._ask_subject("Move claim", "What should the claim speak of?", "Move", found)
        if found is not None and target and self._change("Move claim", lambda tx: move_claim(tx, found.id, target)):
            self._session.select([target])

    def copy(self, claim: str = "") -> None:
        """Ask what a copy of a claim should speak of."""
        from workbench.commands.evidence_edit import copy_claim

        found = self._claim(claim, "Which claim is copied?", "Continue")
        target = self._ask_subject("Copy claim", "What should the same figures speak of too?", "Copy", found)
        if found is None or not target:
            return
        if self._change("Copy claim", lambda tx: copy_claim(tx, found.id, target, by=self._author, at=now())):
            self._session.select([target])

    def detach(self, claim: str = "") -> None:
        """Remove a claim."""
        found = self._claim(claim, "Which claim is removed?", "Remove")
        if found is not None:
            self._change("Remove evidence", lambda tx: detach_evidence(tx, found.id))

    # runs

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

    # helpers

    @property
    def _session(self) -> Session:
        return self._frame.session

    @property
    def _store(self) -> Store:
        return self._frame.session.store

    @property
    def _author(self) -> str:
        return self._host.settings.author

    @property
    def _today(self) -> str:
        return f"{datetime.now(UTC):%Y-%m-%d}"

    def _is_read_only(self) -> bool:
        if self._store.read_only:
            show_error(self._frame.widget, "Not changed", self._store.read_only)
        return bool(self._store.read_only)

    def _change(self, label: str, command: Callable[[Transaction], object]) -> bool:
        """Carry out a command as one step; says why where it refuses."""
        try:
            with self._store.transaction(label) as tx:
                command(tx)
        except (CommandError, ReadOnlyError, IntegrityError) as problem:
            show_error(self._frame.widget, "Not changed", str(problem))
            return False
        return True

    def _choose(
        self, title: str, question: str, verb: str, rows: list[tuple[str, str]], *, chosen: str = ""
    ) -> str | None:
        """Ask which one; None where the user cancelled."""
        from workbench.panels.attach_choose import ChooseDialog

        answer: str | None = ChooseDialog(title, question, verb, rows, self._frame.widget, chosen=chosen).show_modal()
        return answer

    def _claim(self, id: str, question: str, verb: str, *, measured: bool = False) -> Evidence | None:
        """The claim meant: the one given, the only one in reach, or the one chosen."""
        if self._is_read_only():
            return None
        reach = [claim for claim in claims_in_reach(self._session) if claim.metric is not None or not measured]
        if not id and len(reach) == 1:
            id = reach[0].id
        if not id and reach:
            rows = [(claim.id, f"{claim.title} · {short_name(self._store, claim.subject)}") for claim in reach]
            id = self._choose("Choose a claim", question, verb, rows) or ""
        elif not id:
            self._session.notice.emit("There is no claim here yet; attach evidence first.")
        return self._store.find(id, Evidence)

    def _run(self, id: str, question: str, verb: str, *, withdrawn: bool = False) -> Run | None:
        """The run meant: the one given, the only one in reach, or the one chosen."""
        if self._is_read_only():
            return None
        reach = [run for run in runs_in_reach(self._session) if run.withdrawn is not None or not withdrawn]
        if not id and len(reach) == 1:
            id = reach[0].id
        if not id and reach:
            rows = [(run.id, self._run_words(run)) for run in reach]
            id = self._choose("Choose a run", question, verb, rows) or ""
        elif not id:
            self._session.notice.emit("There is no run here yet; attach an evaluation run first.")
        return self._store.find(id, Run)

    def _ask_subject(self, title: str, question: str, verb: str, claim: Evidence | None) -> str:
        """Ask for an element, a control on a line or a line; empty where the user cancelled."""
        if claim is None:
            return ""
        return self._attaching.ask_subject(title, question, verb, without={claim.subject}) or ""

    def _read_run(self, title: str) -> "list[ImportedRun]":
        paths = self._attaching.ask_for_files(title)
        return self._attaching.read(paths) if paths else []

    def _run_words(self, run: Run) -> str:
        from workbench.panels.claims import told_apart

        name = told_apart(self._store.all(Run))[run.id]
        return " · ".join(part for part in (name, run.completed_at[:10]) if part)
