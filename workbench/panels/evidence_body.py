"""What the evidence dock shows once there is evidence: claims and runs under one search, and what is chosen beside."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from workbench.analysis.claims import ClaimRow
from workbench.evidence.dates import newest_day
from workbench.evidence.standing import Claim, subject_verdicts
from workbench.model.elements import Guard
from workbench.model.judgement import Assessment
from workbench.model.runs import Run
from workbench.panels.common import EmptyState, allow_change, column
from workbench.panels.evidence_bar import EvidenceBar, Which
from workbench.panels.evidence_filter import CLAIM_CHIPS, RUN_CHIPS
from workbench.panels.evidence_judging import Judging
from workbench.panels.evidence_page import ListPage
from workbench.panels.evidence_side import Page, Side
from workbench.panels.evidence_table import ClaimTable
from workbench.panels.run_rows import RunRow, RunRows, RunSource
from workbench.panels.run_sources import SourceStates
from workbench.panels.run_table import RunTable
from workbench.session.session import Session

_NARROW: Final = 720
_NO_CLAIMS: Final = "No claim yet. Choose a run, then attach it to the element it speaks of, or drag it there."
_NO_RUNS: Final = "No run yet. Claims here rest on documents and judgement; add an evaluation run to measure."


class EvidenceBody(QWidget):
    """The tables and the side.

    Attributes:
        add_requested: the user wants to add an evaluation run.
        expected: id of a claim to be shown once all are judged; empty where none is waited for.
        chosen: another row is under the cursor, or other rows are chosen.
        menu_asked: emits where the context menu should open, and ``claim`` or ``run``.
    """

    add_requested = Signal()
    chosen = Signal()
    menu_asked = Signal(QPoint, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.store = session.store
        self._judging = Judging(self.store, self)
        self._judging.progressed.connect(self._progressed)
        self._judging.ended.connect(self._judged)
        self._runs = RunRows(self.store)
        self._run_rows: dict[str, RunRow] = {}
        self._side_shows: tuple[object, ...] = ()
        self._quiet = False
        self.expected = ""
        self.which: Which = "claims"
        self.sources = SourceStates(self)
        self.sources.changed.connect(self._sources_changed)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._build()

    # building

    def _build(self) -> None:
        layout = column(self, 8, 6)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(5)
        layout.addWidget(self.split)
        left = QWidget()
        tables = column(left, 0, 6)
        self.table = ClaimTable(self.sources)
        self.runs = RunTable(self.sources)
        self.claim_page = ListPage(
            self.table, CLAIM_CHIPS, lambda row: row.found_by, self._claim_source, ("claim", "claims")
        )
        self.run_page = ListPage(self.runs, RUN_CHIPS, lambda row: row.found_by, self._run_source, ("run", "runs"))
        no_claims = EmptyState(_NO_CLAIMS, "Show the runs")
        no_claims.pressed.connect(lambda: self.show_list("runs"))
        self.claim_page.set_empty(no_claims)
        no_runs = EmptyState(_NO_RUNS, "Add evaluation run…")
        no_runs.pressed.connect(self.add_requested)
        self.run_page.set_empty(no_runs)
        self.bar = EvidenceBar({"claims": self.claim_page.chips, "runs": self.run_page.chips})
        self.bar.list_chosen.connect(self.show_list)
        self.bar.search.textChanged.connect(self._search)
        self.bar.left.connect(self.take_focus)
        self.bar.columns_asked.connect(self._columns_menu)
        self.bar.add_asked.connect(self.add_requested)
        self.search = self.bar.search
        tables.addWidget(self.bar)
        self._pages = QStackedWidget()
        for page in (self.claim_page, self.run_page):
            page.clear_asked.connect(self.clear_filter)
            page.filtered.connect(self._filtered)
            self._pages.addWidget(page)
        tables.addWidget(self._pages, 1)
        self.split.addWidget(left)
        self.side = Side(self.store)
        self.side.turned.connect(lambda _page: self._show_side())
        self.side.told.connect(self.session.notice.emit)
        self.side.run_opened.connect(self.show_run)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([1040, 520])
        for table, kind in ((self.table, "claim"), (self.runs, "run")):
            table.chosen.connect(self._chosen)
            table.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
            table.menu_asked.connect(partial(self._menu_at, kind))
            table.columns_asked.connect(self._columns_menu_at)
        self.table.opened.connect(self._reveal)
        self.table.clicked.connect(lambda _index: self._select_subject())
        self.runs.opened.connect(self._open_run)

    # the document

    def refresh(self) -> None:
        """Show the document as it is now; what has to be judged anew is judged in slices."""
        runs = self._runs.all()
        self._run_rows = {row.id: row for row in runs}
        folder = self.session.path.parent if self.session.path is not None else None
        self.sources.look(self.store.all(Run), folder)
        allow_change(self.bar.add, self.store.read_only)
        self.run_page.take_rows(runs)
        self._judging.begin(self.sources.known())

    def look_again(self) -> None:
        """Look for the files of all runs once more: one may have been put there, or taken away."""
        folder = self.session.path.parent if self.session.path is not None else None
        self.sources.look(self.store.all(Run), folder, again=True)

    def _progressed(self, done: int) -> None:
        self.bar.show_progress(done, self.store.count("evidence"))
        self._show_claims()

    def _judged(self) -> None:
        self.bar.show_progress(0, 0)
        self._show_claims()
        expected, self.expected = self.expected, ""
        if expected and expected in self.store:
            self.show_claim(expected)
        else:
            self.follow_selection()

    def _show_claims(self) -> None:
        rows = self._judging.rows()
        if rows != self.claim_page.rows:
            self.claim_page.take_rows(rows)
        elif not rows:
            self.claim_page.filter()
        self._show_side()

    def _sources_changed(self) -> None:
        if not self._judging.busy:
            self._judging.begin(self.sources.known())
        self.claim_page.recount()
        self.run_page.recount()
        self._show_side()

    def _claim_source(self, row: ClaimRow) -> RunSource:
        return self.sources.state(row.run_id) if row.run_id else "no file"

    def _run_source(self, row: RunRow) -> RunSource:
        return row.source or self.sources.state(row.id)

    # what is shown

    def show_list(self, which: Which) -> None:
        """Show the claims or the runs."""
        self.which = which
        page = self.claim_page if which == "claims" else self.run_page
        page.search(self.search.text())
        self._pages.setCurrentWidget(page)
        self.bar.show_list(which)
        self.side.offer(claims=which == "claims")
        self._filtered()
        self.chosen.emit()

    def _search(self, text: str) -> None:
        (self.claim_page if self.which == "claims" else self.run_page).search(text)

    def clear_filter(self) -> None:
        """Show every row of both lists."""
        self.search.clear()
        self.claim_page.set_chip("")
        self.run_page.set_chip("")

    def _filtered(self) -> None:
        self.bar.show_count("claims", self.store.count("evidence"))  # also those that are not judged yet
        self.bar.show_count("runs", len(self.run_page.rows))
        table = self.table if self.which == "claims" else self.runs
        if not table.selectionModel().hasSelection() and table.rows_model.rows:
            self._quiet = True
            table.go_to(table.current_id() or table.rows_model.id_at(0))
            self._quiet = False
        self._show_side()

    def show_claim(self, id: str) -> None:
        """Show a claim in full, whatever the filter hid."""
        self._judging.finish()
        self.show_list("claims")
        if not self.table.go_to(id):
            self.clear_filter()
            self.table.go_to(id)
        self.side.turn("claim")
        self._show_side()

    def show_claims_on(self, id: str) -> None:
        """Show the worst claim about something in full, if there is one."""
        self._judging.finish()
        about = self._about(id)
        worst = next((row for row in self.claim_page.rows if row.subject in about), None)
        if worst is not None:
            self.show_claim(worst.id)

    def show_run(self, id: str) -> None:
        """Show where a run comes from, whatever the filter hid."""
        self.show_list("runs")
        if not self.runs.go_to(id):
            self.clear_filter()
            self.runs.go_to(id)
        self.side.turn("run")
        self._show_side()

    def turn(self, page: Page) -> None:
        """Show a page of the side."""
        self.side.turn(page)
        self._show_side()

    def _show_side(self) -> None:
        run, metric = self.run_id(), ""
        row = self.table.current() if self.which == "claims" else None
        self.side.setVisible(bool(run or row is not None))
        folder = self.session.path.parent if self.session.path is not None else None
        source = self.run_source(run)
        shows = (self.side.page, run, row, source, folder, self.store.revision)
        if shows == self._side_shows:
            return
        self._side_shows = shows
        if self.side.page == "claim" and row is not None:
            self.side.claim.show_claim(row, self.store.find(run, Run), source, self._claim_of(row), folder)
        elif self.side.page == "run":
            self.side.run.show_run(run, source, self._run_rows.get(run))
        elif self.side.page == "history":
            metric = row.metric_id if row is not None else ""
            self.side.history.plot.folder = folder
            self.side.history.show_run(run, metric)

    def _claim_of(self, row: ClaimRow) -> Claim | None:
        """The claim of a row with its doubts, judged for its card only."""
        today = newest_day(self.store)
        claims = subject_verdicts(self.store, row.subject, as_of=today, sources=self._judging.sources)
        return next((claim for claim in claims if claim.evidence.id == row.id), None)

    # what is chosen

    def claim_id(self) -> str:
        """The claim under the cursor; empty where runs are listed."""
        return self.table.current_id() if self.which == "claims" else ""

    def run_id(self) -> str:
        """The run under the cursor, or behind the claim under it; empty where there is none."""
        if self.which == "runs":
            return self.runs.current_id()
        row = self.table.current()
        return row.run_id if row is not None else ""

    def metric_id(self) -> str:
        """The metric behind the claim under the cursor, or chosen in the history; empty where there is none."""
        row = self.table.current() if self.which == "claims" else None
        if row is not None:
            return row.metric_id
        return self.side.history.metric_id() if self.side.page == "history" else ""

    def run_ids(self) -> list[str]:
        """The runs chosen, or behind the claims chosen, each once."""
        if self.which == "runs":
            return self.runs.chosen_ids()
        rows = {row.id: row.run_id for row in self.table.rows_model.rows} if self.table.chosen_ids() else {}
        return list(dict.fromkeys(rows[id] for id in self.table.chosen_ids() if rows.get(id)))

    def run_source(self, run: str) -> RunSource:
        """Whether a run's file is here."""
        row = self._run_rows.get(run)
        return self._run_source(row) if row is not None else ""

    def _chosen(self, _id: str) -> None:
        self._show_side()
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.session.evidence = self.claim_id() or self.run_id()
        self.chosen.emit()

    def _select_subject(self) -> None:
        row = self.table.current()
        if row is None:
            return
        rating = self.store.find(row.subject, Assessment)
        self._quiet = True
        self.session.select([rating.subject if rating is not None else row.subject])
        self._quiet = False

    def _reveal(self, _id: str) -> None:
        self._select_subject()
        if self.session.primary is not None:
            self.session.reveal.emit((self.session.primary,))

    def _open_run(self, _id: str) -> None:
        self.turn("run")
        self.side.run.facts.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _about(self, id: str) -> set[str]:
        """What the badge of something speaks of: itself and its ratings; of a guard also its control."""
        guard = self.store.find(id, Guard)
        ratings = (rating.id for rating in self.store.referrers(id, Assessment, "subject"))
        return {id, *ratings, *((guard.control,) if guard is not None else ())}

    def follow_selection(self) -> None:
        """Put the cursor on a claim about what is selected, unless it stands on one already."""
        primary = self.session.primary
        if primary is None or self._quiet:
            return
        about, current = self._about(primary), self.table.current()
        if current is not None and current.subject in about:
            return
        for row in self.table.rows_model.rows:
            if row.subject in about:
                self.table.go_to(row.id)
                return

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Say which row the user is on while they work here; dialogs and menus opened from here change nothing."""
        if now is not None and self.isAncestorOf(now):
            self._say_row()
        elif now is not None and self.session.evidence and isinstance(now.window(), QMainWindow | QDockWidget):
            self.session.evidence = ""
            self.chosen.emit()

    def _say_row(self) -> None:
        here = self.claim_id() or self.run_id()
        if here != self.session.evidence:
            self.session.evidence = here
            self.chosen.emit()

    # menus, keys, room

    def _menu_at(self, kind: str, at: QPoint) -> None:
        self.menu_asked.emit(at, kind)

    def _columns_menu(self) -> None:
        under = self.bar.columns
        self._columns_menu_at(under.mapToGlobal(QPoint(0, under.height())))

    def _columns_menu_at(self, at: QPoint) -> None:
        (self.table if self.which == "claims" else self.runs).columns_menu(self).popup(at)

    def take_focus(self) -> None:
        """Let the keyboard work on the rows."""
        (self.table if self.which == "claims" else self.runs).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 120)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow dock stands its card below the table."""
        narrow = self.width() < _NARROW
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.split.orientation() != way:
            self.split.setOrientation(way)
            self.split.setSizes([3, 2] if narrow else [2 * self.width() // 3, self.width() // 3])
        self.bar.make_narrow(narrow=narrow)
        super().resizeEvent(event)

    # how it was left

    def view_state(self) -> dict[str, Any]:
        """Order, columns and list, for the settings."""
        return {"list": self.which, "claims": self.table.view_state(), "runs": self.runs.view_state()}

    def take_view_state(self, state: Mapping[str, Any]) -> None:
        """Order, columns and list as they were left; what is not understood is left as it is."""
        for name, table in (("claims", self.table), ("runs", self.runs)):
            part = state.get(name)
            if isinstance(part, dict):
                table.take_view_state(part)
        if state.get("list") == "runs":
            self.show_list("runs")
