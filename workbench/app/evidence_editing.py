"""Changing claims in one window: asks with a dialog, commits one command, says what happened.

Dialogs are loaded when first used.
"""

from functools import partial
from typing import TYPE_CHECKING

from workbench.app.attaching import Attaching, now
from workbench.app.evidence_dock import EvidenceDock
from workbench.app.ports import Frame, Host
from workbench.app.run_editing import RunEditing
from workbench.commands.attach import detach_evidence
from workbench.commands.names import describe
from workbench.model.runs import Metric, Run
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable


class EvidenceEditing(RunEditing):
    """What the ``EvidenceWork`` port of the actions is, for one window.

    Every method takes the id of the claim or run that is meant; without it, the one in reach of the selection, asking
    where there are several.
    """

    def __init__(self, host: Host, frame: Frame, attaching: Attaching) -> None:
        """Speak for one window."""
        super().__init__(host, frame, attaching)
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
        TypedRunDialog.ask(
            lambda figures: self._attaching.choose([typed_run(figures)], subject),
            self._frame.widget,
            today=self._today,
        )

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
