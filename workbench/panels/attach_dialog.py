"""Choosing what of a run to attach: metric, claim and criterion, with the verdict shown as it is set."""

from typing import Final, get_args

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from workbench.evidence.criterion import CriterionProblem, check_meant
from workbench.evidence.imported import ImportedRun
from workbench.evidence.intervals import shown_interval
from workbench.evidence.labels import amount, metric_label
from workbench.evidence.verdict import judge
from workbench.model.runs import Comparator, Criterion, Metric
from workbench.panels.claim_card import Badge
from workbench.panels.claims import run_name
from workbench.panels.common import Label, column
from workbench.panels.fields import Combo, restyle
from workbench.panels.parsing import BadValueError, parse
from workbench.panels.signs import VERDICT_WORD
from workbench.panels.style import TITLE_PX, figure_font, ui_font
from workbench.panels.words import plain_error, word
from workbench.values import value_type

_COMPARATORS: Final[tuple[Comparator, ...]] = get_args(Comparator)
_BEFORE: Final[tuple[tuple[str, bool | None], ...]] = (("Not said", None), ("Yes", True), ("No", False))
_LEVEL: Final = 0.95
_DOUBTS_SHOWN: Final = 4


@value_type(frozen=True, slots=True)
class AttachRequest:
    """What the analyst chose; the caller commits it.

    Attributes:
        criterion: None to attach without a verdict.
        title: the claim in words.
    """

    imported: ImportedRun
    metric: Metric
    criterion: Criterion | None
    title: str


class AttachDialog(QDialog):
    """Metrics of one run, claim and criterion for one subject."""

    def __init__(self, imported: ImportedRun, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imported = imported
        self._own_title = True
        self.setWindowTitle("Attach evidence")
        self.resize(640, 600)
        layout = column(self, 16, 10)
        head = Label(f"Evidence on {subject}", wrap=True)
        head.setFont(ui_font(TITLE_PX, strong=True))
        layout.addWidget(head)
        layout.addWidget(Label(self._about(), dim=True, wrap=True))
        layout.addWidget(self._metrics())
        layout.addLayout(self._claim())
        layout.addLayout(self._criterion())
        self._error = Label("", wrap=True)
        self._error.setProperty("wrong", True)
        layout.addWidget(self._error)
        verdict = QHBoxLayout()
        self._badge = Badge()
        verdict.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self.sentence = Label("", wrap=True)
        self.sentence.setMinimumHeight(36)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self.sentence, 1)
        layout.addLayout(verdict)
        choices = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        buttons = QDialogButtonBox(choices)
        self._attach = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._attach.setText("Attach")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        if imported.metrics:
            self.table.setCurrentCell(0, 0)
        self._refresh()
        self.threshold.setFocus()

    @staticmethod
    def ask(imported: ImportedRun, subject: str, parent: QWidget | None = None) -> AttachRequest | None:
        """Show the dialog; None where the user cancelled."""
        dialog = AttachDialog(imported, subject, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        request = dialog.request() if accepted else None
        dialog.deleteLater()
        return request

    # building

    def _about(self) -> str:
        run = self._imported.run
        counts = run.counts
        known = (
            ("planned", counts.planned),
            ("scored", counts.scored),
            ("errors", counts.errors),
            ("unscored", counts.unscored),
            ("refused", counts.refused),
        )
        figures = ", ".join(f"{count:,} {name}" for name, count in known if count is not None)
        first = " · ".join(
            part for part in (run_name(run), run.format, run.completed_at[:10], run.status, figures) if part
        )
        doubts = self._imported.doubts
        lines = [f"• {doubt}" for doubt in doubts[:_DOUBTS_SHOWN]]
        if len(doubts) > _DOUBTS_SHOWN:
            lines.append(f"and {len(doubts) - _DOUBTS_SHOWN} more doubts, kept with the run")
        return "\n".join([first, *lines])

    def _metrics(self) -> QTableWidget:
        metrics = self._imported.metrics
        self.table = QTableWidget(len(metrics), 4)
        self.table.setAccessibleName("Metrics of the run")
        self.table.setHorizontalHeaderLabels(["Metric", "Value", "n", "95 % interval"])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for index, metric in enumerate(metrics):
            value = amount(metric.value, metric.unit) if metric.value is not None else "no value"
            interval = shown_interval(metric, _LEVEL)
            ends = " to ".join(amount(end, metric.unit) for end in interval) if interval is not None else "not known"
            count = f"{metric.n:,}" if metric.n is not None else "not known"
            for place, text in enumerate((metric_label(metric), value, count, ends)):
                item = QTableWidgetItem(text)
                if place:
                    item.setFont(figure_font())
                self.table.setItem(index, place, item)
        self.table.setColumnWidth(3, 160)
        self.table.currentItemChanged.connect(lambda _now, _before: self._refresh())
        return self.table

    def _claim(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        self.title = QLineEdit()
        self.title.setMaxLength(2_000)
        self.title.textEdited.connect(self._title_typed)
        _labelled(grid, 0, 0, "Claim", self.title)
        return grid

    def _criterion(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        self.comparator = Combo()
        self.comparator.addItems([word(sign) for sign in _COMPARATORS])
        self.comparator.currentIndexChanged.connect(lambda _index: self._refresh())
        self.threshold = QLineEdit()
        self.threshold.setPlaceholderText("Such as 10 %")
        self.level = QLineEdit("95 %")
        self.min_n = QLineEdit()
        self.min_n.setPlaceholderText("Any")
        self.before = Combo()
        self.before.addItems([text for text, _ in _BEFORE])
        for field in (self.threshold, self.level, self.min_n):
            field.textChanged.connect(lambda _text: self._refresh())
        rows = (
            ("The value must be", self.comparator),
            ("Threshold", self.threshold),
            ("Confidence level", self.level),
            ("Least n", self.min_n),
            ("Set before the results", self.before),
        )
        for place, (text, widget) in enumerate(rows):
            _labelled(grid, 0, place, text, widget)
        return grid

    # what is chosen

    def chosen_metric(self) -> Metric | None:
        """The metric under the cursor."""
        row = self.table.currentRow()
        metrics = self._imported.metrics
        return metrics[row] if 0 <= row < len(metrics) else None

    def request(self) -> AttachRequest | None:
        """What the dialog says now; None where it cannot be attached so."""
        metric = self.chosen_metric()
        if metric is None:
            return None
        try:
            criterion = self._read_criterion(metric)
        except (BadValueError, CriterionProblem, ValidationError):
            return None
        return AttachRequest(self._imported, metric, criterion, self.title.text().strip())

    def _read_criterion(self, metric: Metric) -> Criterion | None:
        if not self.threshold.text().strip():
            return None
        criterion = Criterion(
            comparator=_COMPARATORS[self.comparator.currentIndex()],
            threshold=parse("number", self.threshold.text()),
            level=parse("probability", self.level.text(), optional=False),
            min_n=parse("whole", self.min_n.text()),
            set_before_results=_BEFORE[self.before.currentIndex()][1],
        )
        check_meant(criterion, metric)
        return criterion

    def _title_typed(self, text: str) -> None:
        self._own_title = not text.strip()

    def _refresh(self) -> None:
        metric = self.chosen_metric()
        reason = "" if metric is not None else "This run holds no metric."
        criterion = None
        if metric is not None:
            if self._own_title:
                self.title.setText(metric_label(metric))
            try:
                criterion = self._read_criterion(metric)
            except (BadValueError, CriterionProblem) as bad:
                reason = str(bad)
            except ValidationError as error:
                reason = plain_error(error)
        self._error.setText(reason)
        self._error.setVisible(bool(reason))
        self.threshold.setProperty("wrong", bool(reason) and metric is not None)
        restyle(self.threshold)
        self._attach.setEnabled(not reason)
        if reason or metric is None:
            self._badge.set_sign("none")
            self.sentence.setText("")
        elif criterion is None:
            self._badge.set_sign("none")
            self.sentence.setText("Without a threshold it is attached without a verdict.")
        else:
            judged = judge(metric, self._imported.run, criterion)
            self._badge.set_sign(judged.verdict)
            self.sentence.setText(f"{VERDICT_WORD[judged.verdict]}. {judged.reason}")


def _labelled(grid: QGridLayout, row: int, place: int, text: str, field: QWidget) -> None:
    label = Label(text, dim=True)
    label.setBuddy(field)
    field.setAccessibleName(text)
    grid.addWidget(label, row * 2, place)
    grid.addWidget(field, row * 2 + 1, place)
