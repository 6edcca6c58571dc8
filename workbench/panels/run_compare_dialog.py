"""The window that compares two runs item by item, beside the user interface, with progress and Cancel."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from workbench.model.runs import Metric, Run
from workbench.panels.common import EmptyState, Label, button, column, rule
from workbench.panels.fields import Combo
from workbench.panels.icons import icon
from workbench.panels.run_compare_result import ResultPage
from workbench.panels.run_comparison import (
    Choice,
    Compared,
    NotComparable,
    as_text,
    compare,
    figure_of,
    metric_words,
    shared_metrics,
)
from workbench.panels.run_rows import SOURCE_WORD, RunRow, RunRows, RunSource
from workbench.panels.run_sources import SourceStates
from workbench.panels.run_worker import Work
from workbench.panels.style import TITLE_PX, ui_font
from workbench.render.characters import single_line
from workbench.session.session import Session

_STEPS: Final = 1_000


class CompareDialog(QDialog):
    """Two runs, one metric, the result."""

    def __init__(
        self, session: Session, run_a: str = "", run_b: str = "", metric: str = "", parent: QWidget | None = None
    ) -> None:
        """Begin with two runs where they are given, else with the first two that share a figure."""
        super().__init__(parent)
        self.setWindowTitle("Compare two runs")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 700)
        self._session = session
        self._store = session.store
        self._folder = session.path.parent if session.path is not None else None
        self._runs: list[RunRow] = sorted(RunRows(self._store).all(), key=lambda row: row.name.casefold())
        self._found: dict[str, Path] = {}
        self._pairs: list[tuple[Metric, Metric]] = []
        self._asked_metric = metric
        self._work: Work[Compared] | None = None
        self._sources = SourceStates(self)
        self._sources.changed.connect(self._show_states)
        layout = column(self, 16, 10)
        layout.addLayout(self._build_choice())
        layout.addWidget(rule())
        self._stack = QStackedWidget()
        self._said = EmptyState("Choose two runs of the same task.")
        self._stack.addWidget(self._said)
        self._stack.addWidget(self._build_wait())
        self.result_page = ResultPage()
        self.result_page.plot.folder = self._folder
        self.result_page.plot.told.connect(self._session.notice.emit)
        self._stack.addWidget(self.result_page)
        self._stack.addWidget(self._build_refused())
        layout.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        self._copy = button("Copy result", self.copy)
        self._copy.setIcon(icon("copy"))
        foot.addWidget(self._copy)
        foot.addStretch(1)
        foot.addWidget(button("Close", self.reject))
        layout.addLayout(foot)
        self._sources.look(self._store.all(Run), self._folder)
        self._begin(run_a, run_b)

    # building

    def _build_choice(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.combos: list[Combo] = []
        self._states: list[Label] = []
        self._find: list[QPushButton] = []
        for place, letter in enumerate("AB"):
            head = Label(letter)
            head.setFont(ui_font(TITLE_PX, strong=True))
            combo = Combo()
            combo.setAccessibleName(f"Run {letter}")
            for row in self._runs:
                parts = (row.name, row.model if row.model not in row.name else "", row.when if row.day else "")
                combo.addItem(single_line(" · ".join(part for part in parts if part and part != "–")), row.id)
            combo.currentIndexChanged.connect(self._runs_chosen)
            state = Label("", dim=True)
            state.setMinimumWidth(96)
            find = button("Find file…", partial(self._ask_file, place))
            find.setAccessibleName(f"Find the file of run {letter}")
            for at, widget in enumerate((head, combo, state, find)):
                grid.addWidget(widget, place, at)
            self.combos.append(combo)
            self._states.append(state)
            self._find.append(find)
        swap = button("Swap A and B", self._swap)
        grid.addWidget(Label("Metric"), 2, 0)
        self.figure = Combo()
        self.figure.setAccessibleName("Metric")
        self.figure.currentIndexChanged.connect(self._start)
        grid.addWidget(self.figure, 2, 1)
        grid.addWidget(swap, 2, 2, 1, 2)
        return grid

    def _build_wait(self) -> QWidget:
        page = QWidget()
        layout = column(page, 24, 10)
        layout.addStretch(1)
        layout.addWidget(Label("Reading the items of both runs…"))
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        layout.addWidget(self._bar)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = button("Cancel", self._cancel_work)
        row.addWidget(self.cancel)
        layout.addLayout(row)
        layout.addStretch(1)
        return page

    def _build_refused(self) -> QWidget:
        page = QWidget()
        layout = column(page, 24, 10)
        layout.addStretch(1)
        head = Label("Not compared")
        head.setFont(ui_font(TITLE_PX, strong=True))
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(head)
        self.refused = Label("", wrap=True)
        self.refused.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.refused.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.refused)
        self._again = button("Try again", self._start)
        layout.addWidget(self._again, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return page

    # choosing

    def _begin(self, run_a: str, run_b: str) -> None:
        ids = [row.id for row in self._runs]
        if run_b not in ids or run_b == run_a:
            run_a, run_b = self._partners(run_a, ids)
        for combo, id in zip(self.combos, (run_a, run_b), strict=True):
            combo.blockSignals(True)
            combo.setCurrentIndex(ids.index(id) if id in ids else -1)
            combo.blockSignals(False)
        self._runs_chosen()

    def _partners(self, run_a: str, ids: list[str]) -> tuple[str, str]:
        """The run given, if possible, and another one with the same figure; the first two where there are none."""
        for one in (run_a, *(id for id in ids if id != run_a)):
            figures = {figure_of(metric) for metric in self._store.referrers(one, Metric, "run")} if one else set()
            for other in ids:
                theirs = self._store.referrers(other, Metric, "run") if other != one and figures else []
                if any(figure_of(metric) in figures for metric in theirs):
                    return one, other
        return (ids[0] if ids else ""), (ids[1] if len(ids) > 1 else "")

    def run_ids(self) -> tuple[str, str]:
        """The two runs chosen."""
        first, second = (str(combo.currentData() or "") for combo in self.combos)
        return first, second

    def _runs_chosen(self) -> None:
        run_a, run_b = self.run_ids()
        self._pairs = shared_metrics(self._store, run_a, run_b) if run_a and run_b and run_a != run_b else []
        self.figure.blockSignals(True)
        self.figure.clear()
        for one, _ in self._pairs:
            self.figure.addItem(single_line(metric_words(one)))
        asked = [place for place, pair in enumerate(self._pairs) if self._asked_metric in (pair[0].id, pair[1].id)]
        if asked:
            self.figure.setCurrentIndex(asked[0])
        self.figure.blockSignals(False)
        self._show_states()
        self._start()

    def _swap(self) -> None:
        first, second = (combo.currentIndex() for combo in self.combos)
        for combo, place in zip(self.combos, (second, first), strict=True):
            combo.blockSignals(True)
            combo.setCurrentIndex(place)
            combo.blockSignals(False)
        self._runs_chosen()

    def _state(self, run: str) -> RunSource:
        if run in self._found:
            return "at hand"
        row = next((row for row in self._runs if row.id == run), None)
        return (row.source if row is not None else "") or self._sources.state(run)

    def _show_states(self) -> None:
        for run, label, find in zip(self.run_ids(), self._states, self._find, strict=True):
            state = self._state(run)
            label.setText(SOURCE_WORD[state])
            find.setVisible(state in ("not at hand", "changed"))

    def _ask_file(self, place: int) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, f"Find the file of run {'AB'[place]}", "", "All files (*)")
        if chosen:
            self.use_file(place, Path(chosen))

    def use_file(self, place: int, path: Path) -> None:
        """Read a run from where the user found its file; it must be the same file, told by its SHA-256."""
        self._found[self.run_ids()[place]] = path
        self._show_states()
        self._start()

    # comparing

    def _start(self) -> None:
        self._drop_work()
        self.result_page.compared = None
        self._copy.setEnabled(False)
        run_a, run_b = self.run_ids()
        one, other = self._store.find(run_a, Run), self._store.find(run_b, Run)
        place = self.figure.currentIndex()
        if one is None or other is None or one is other:
            self._refuse("Choose two different runs.", again=False)
            return
        if not 0 <= place < len(self._pairs):
            self._refuse("The two runs share no metric, so there is nothing to compare.", again=False)
            return
        pair = self._pairs[place]
        found = self._found.get(run_a), self._found.get(run_b)
        choice = Choice(one, other, pair[0], pair[1], self._folder, found[0], found[1])
        self._bar.setValue(0)
        self.cancel.setEnabled(True)
        self._stack.setCurrentIndex(1)
        work = self._work = Work(partial(compare, choice), self, self._done, progress=self._show_share)
        work.start()

    def _show_share(self, share: float) -> None:
        self._bar.setValue(round(share * _STEPS))

    def _drop_work(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.drop()

    def _cancel_work(self) -> None:
        self._drop_work()
        self._refuse("Cancelled before both files were read.", again=True)

    def _done(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        if work.result is not None and not work.result.refused:
            self._show_result(work.result)
        elif work.result is not None:
            self._refuse(work.result.refused, again=False)
        elif isinstance(work.error, NotComparable):
            self._refuse(str(work.error), again=True)
        else:
            self._refuse(
                f"The runs could not be compared ({type(work.error).__name__}); this is a fault of the program.",
                again=True,
            )

    def _refuse(self, reason: str, *, again: bool) -> None:
        self.refused.setText(reason)
        self._again.setVisible(again)
        self._stack.setCurrentIndex(3)

    def names(self) -> tuple[str, str]:
        """What the two runs are called."""
        by_id = {row.id: row.name for row in self._runs}
        first, second = (by_id.get(id, "") for id in self.run_ids())
        return first, second

    def _show_result(self, compared: Compared) -> None:
        self.result_page.show_result(compared, *self.names())
        self._stack.setCurrentIndex(2)
        self._copy.setEnabled(True)

    def copy(self) -> None:
        """Put the result with all items on the clipboard."""
        compared = self.result_page.compared
        if compared is not None:
            QGuiApplication.clipboard().setText(as_text(compared, *self.names()))
            self._session.notice.emit("Copied the comparison.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the part that has the focus, never for the window."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    @override
    def done(self, result: int) -> None:
        self._drop_work()
        super().done(result)
