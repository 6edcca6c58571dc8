"""Which claim, run or subject an action about evidence means: what all such actions of one window share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbench.actions.evidence_state import claims_in_reach, runs_in_reach
from workbench.analysis.words import short_name
from workbench.app.attaching import Attaching
from workbench.app.ports import Frame, Host
from workbench.app.steps import carry_out
from workbench.model.runs import Evidence, Run
from workbench.panels.messages import show_error
from workbench.session.session import Session
from workbench.store.store import Store
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from workbench.evidence.imported import ImportedRun


class EvidenceChoosing:
    """Finds what is meant, asking where there are several, and carries out commands."""

    def __init__(self, host: Host, frame: Frame, attaching: Attaching) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame
        self._attaching = attaching

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
        return carry_out(self._frame, label, command)

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
        from workbench.analysis.claims import told_apart

        name = told_apart(self._store.all(Run))[run.id]
        return " · ".join(part for part in (name, run.completed_at[:10]) if part)
