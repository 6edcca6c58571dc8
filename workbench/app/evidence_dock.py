"""What actions and the canvas ask of the evidence dock of one window; nothing of it is made before its time."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication

from workbench.app.attaching import Attaching, now
from workbench.app.ports import Frame, Host
from workbench.app.settings import view_state
from workbench.commands.attach import carries_evidence
from workbench.commands.errors import CommandError
from workbench.commands.names import describe
from workbench.model.runs import Evidence, Metric, Run
from workbench.panels.messages import show_error
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError

if TYPE_CHECKING:
    from workbench.app.menus import Menus
    from workbench.evidence.imported import ImportedRun
    from workbench.panels.evidence_panel import EvidencePanel


class EvidenceDock:
    """What the ``EvidenceDock`` port of the actions is, for one window.

    Attributes:
        show_dock: brings the dock to the front; the window sets it.
    """

    def __init__(self, host: Host, frame: Frame, attaching: Attaching) -> None:
        """Speak for one window, whose dock comes later."""
        self._host = host
        self._frame = frame
        self._attaching = attaching
        self._panel: EvidencePanel | None = None
        self.show_dock: Callable[[], None] = lambda: None
        attaching.attached = self.expect

    def wire(self, panel: "EvidencePanel", menus: "Menus") -> None:
        """The dock has been made: let its rows offer their menus, and take the order its tables had last time."""
        self._panel = panel
        window = self._frame.widget
        refresh = QTimer(window)
        refresh.setSingleShot(True)
        refresh.setInterval(0)
        refresh.timeout.connect(menus.refresh)
        panel.chosen.connect(refresh.start)

        def menu(at: QPoint, context: str) -> None:
            menus.context_menu(window, context).popup(at)

        panel.menu_asked.connect(menu)
        panel.take_view_state(view_state(self._host.settings.evidence))

    def state(self) -> str:
        """Order and columns of the tables, for the settings."""
        return json.dumps(self._panel.view_state()) if self._panel is not None else self._host.settings.evidence

    # what actions ask

    def show(self, which: Literal["claims", "runs"]) -> None:
        """Show the claims, or the runs, and let the keyboard work on them."""
        self.show_dock()
        if self._panel is not None and self._panel.filled:
            self._panel.body.show_list(which)
            self._panel.body.take_focus()

    def has_row(self) -> bool:
        """Whether a claim or a run is chosen."""
        return self._panel is not None and self._panel.filled and bool(self._chosen())

    def has_run(self) -> bool:
        """Whether a run is chosen, or a claim that leans on one."""
        return self._panel is not None and self._panel.filled and bool(self._panel.body.run_id())

    def history(self) -> None:
        """Show how the metric of what is chosen went over all runs."""
        if self.has_run() and self._panel is not None:
            self.show_dock()
            self._panel.body.turn("history")
            self._panel.body.side.history.plot.setFocus()

    def compare(self) -> None:
        """Compare two runs item by item: the two chosen, or those asked for."""
        from workbench.panels.run_compare_dialog import CompareDialog

        body = self._panel.body if self._panel is not None and self._panel.filled else None
        ids = [*(body.run_ids() if body is not None else []), "", ""]
        metric = body.metric_id() if body is not None else ""
        dialog = CompareDialog(self._frame.session, ids[0], ids[1], metric, self._frame.widget)
        dialog.show()

    def expect(self, claim: str) -> None:
        """Put the cursor on a claim that was made just now, as soon as it has been judged."""
        if self._panel is not None:
            self._panel.expect(claim)

    def attach(self) -> None:
        """Attach what is chosen to what is selected, asking where nothing is."""
        ids = self._chosen()
        if not ids:
            return
        session = self._frame.session
        store = session.store
        own = {claim.subject for id in ids if (claim := store.find(id, Evidence)) is not None}
        subject = session.primary or ""
        if not subject or subject in own or not carries_evidence(store.get(subject)):
            question = "What should it speak of? Select an element first to skip this question."
            subject = self._attaching.ask_subject("Attach", question, "Continue", without=own) or ""
        if subject:
            self.attach_to(ids, subject)

    def copy_provenance(self) -> None:
        """Put where the run comes from on the clipboard."""
        from workbench.panels.run_facts import facts_text, run_facts

        if self._panel is None or not self._panel.filled:
            return
        store, body = self._frame.session.store, self._panel.body
        run = store.find(body.run_id(), Run)
        if run is not None:
            QGuiApplication.clipboard().setText(facts_text(run_facts(store, run, body.run_source(run.id))))
            self._frame.session.notice.emit("Copied the provenance of the run.")

    # attaching

    def attach_to(self, ids: Sequence[str], subject: str) -> None:
        """Let runs, metrics or copies of claims speak of a subject: runs and metrics by the dialog, claims at once."""
        session = self._frame.session
        store = session.store
        if store.read_only:
            show_error(self._frame.widget, "Not attached", store.read_only)
            return
        claims = [claim for id in ids if (claim := store.find(id, Evidence)) is not None]
        if claims:
            self._copy_claims(claims, subject)
        runs = self._imported(ids)
        if runs:
            self._attaching.choose(runs, subject)

    def _copy_claims(self, claims: Sequence[Evidence], subject: str) -> None:
        from workbench.commands.evidence_edit import copy_claim

        session = self._frame.session
        named = describe(session.store, subject)
        new = [claim for claim in claims if claim.subject != subject]
        if not new:
            session.notice.emit(f"The claim speaks of {named} already.")
            return
        try:
            with session.store.transaction("Copy claim" if len(new) == 1 else "Copy claims") as tx:
                by, at = self._host.settings.author, now()
                made = [copy_claim(tx, claim.id, subject, by=by, at=at) for claim in new]
        except (CommandError, ReadOnlyError, IntegrityError) as problem:
            show_error(self._frame.widget, "Not attached", str(problem))
            return
        session.select([subject])
        self.expect(made[0])
        session.notice.emit(f"The same figures speak of {named} now too; judge whether the criterion fits there.")

    def _imported(self, ids: Sequence[str]) -> "list[ImportedRun]":
        """Runs of the project as the attach dialog takes them; where a metric is meant, it comes first."""
        from workbench.evidence.imported import ImportedRun

        store = self._frame.session.store
        wanted = {id: metric.run for id in ids if (metric := store.find(id, Metric)) is not None}
        runs = dict.fromkeys(run.id for id in ids if (run := store.find(wanted.get(id, id), Run)) is not None)
        made = []
        for id in runs:
            run = store.find(id, Run)
            metrics = sorted(store.referrers(id, Metric, "run"), key=lambda m: (m.id not in wanted, bool(m.strata)))
            if run is not None and metrics:
                made.append(ImportedRun(run, tuple(metrics)))
        return made

    # helpers

    def _chosen(self) -> list[str]:
        """Ids of the claims or the runs chosen."""
        if self._panel is None or not self._panel.filled:
            return []
        body = self._panel.body
        table = body.table if body.which == "claims" else body.runs
        return table.chosen_ids()
