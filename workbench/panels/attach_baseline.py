"""What a metric is held against: people, another model, an earlier run, or a constant."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.analysis.words import number
from workbench.commands.errors import CommandError
from workbench.commands.evidence_runs import check_baseline
from workbench.model.runs import Baseline, BaselineKind, Metric
from workbench.panels.attach_base import AskDialog, Choice, WrongField, form_grid, labelled, parsed
from workbench.panels.common import Label, button, clear_layout, column
from workbench.render.characters import brief

KINDS: Final[tuple[tuple[str, BaselineKind], ...]] = (
    ("People on the same items", "human"),
    ("Another model", "model"),
    ("An earlier run", "previous_run"),
    ("A constant", "constant"),
)
KIND_WORD: Final[dict[str, str]] = {
    "human": "People",
    "model": "Another model",
    "previous_run": "An earlier run",
    "constant": "Constant",
}


class BaselineForm(QWidget):
    """Kind, value, n and source of one baseline."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = column(self, 0, 0)
        grid = form_grid()
        outer.addLayout(grid)
        self.kind = Choice("Baseline", KINDS)
        self.kind.changed.connect(self.changed)
        self.value = self._line("Such as 72 %")
        self.n = self._line("Not known")
        self.source = self._line("Such as a study and its table")
        labelled(grid, 0, 0, "Baseline", self.kind)
        labelled(grid, 0, 1, "Baseline value", self.value)
        labelled(grid, 1, 0, "Items behind the baseline", self.n)
        labelled(grid, 1, 1, "Source of the baseline", self.source)

    def _line(self, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(hint)
        made.setAccessibleDescription(brief(hint))
        made.textChanged.connect(lambda _text: self.changed.emit())
        return made

    def clear(self) -> None:
        """Begin anew."""
        self.kind.setCurrentIndex(-1)
        for field in (self.value, self.n, self.source):
            field.clear()

    def baseline(self, metric: Metric) -> Baseline | None:
        """The baseline; None where nothing is entered.

        Raises:
            CommandError: something is missing. WrongField: something cannot be read.
        """
        value = parsed(self.value, "number")
        n = parsed(self.n, "whole")
        if n is not None and n < 1:
            raise WrongField(self.n, "Items behind the baseline: enter 1 or more, or nothing where not known.")
        if value is None and n is None and not self.source.text().strip() and not self.kind.is_chosen:
            return None
        if not self.kind.is_chosen:
            raise CommandError("Say whose figure the baseline is.")
        successes = value * n if n is not None and value is not None and metric.unit == "proportion" else None
        made = Baseline(
            kind=self.kind.value(), value=value, n=n, successes=successes, source=self.source.text().strip()
        )
        check_baseline(made, unit=metric.unit)
        return made


def baseline_words(baseline: Baseline, unit: str) -> str:
    """A baseline in a line: whose, value, n or that it is a constant, source."""
    value = number(baseline.value, unit) if baseline.value is not None else "no value"
    size = f"n = {baseline.n:,}" if baseline.n is not None else "no n, taken as a constant"
    return " · ".join((KIND_WORD[baseline.kind], value, size, baseline.source))


class BaselinesDialog(AskDialog):
    """All baselines of one metric."""

    def __init__(self, metric: Metric, name: str, parent: QWidget | None = None) -> None:
        super().__init__("Baselines", "Keep", parent)
        self._metric = metric
        self._baselines = list(metric.baselines)
        self.setMinimumWidth(480)
        self.add_head(f"Baselines of {name}", "A baseline without n is a constant, and is labelled so.")
        holder = QWidget()
        self._rows = column(holder, 0, 4)
        self.body.addWidget(holder)
        self.form = BaselineForm()
        self.form.changed.connect(self.refresh)
        self.body.addWidget(self.form)
        self.add = button("Add baseline", self._add)
        self.body.addWidget(self.add)
        self.body.addStretch(1)
        self._list()
        self.refresh()
        self.form.kind.setFocus()

    def read(self) -> tuple[Baseline, ...]:
        """The baselines, with the one that is being entered."""
        entered = self.form.baseline(self._metric)
        return (*self._baselines, *((entered,) if entered is not None else ()))

    def _add(self) -> None:
        answer = self.answer()
        if answer is not None and len(answer) > len(self._baselines):
            self._baselines = list(answer)
            self.form.clear()
            self._list()
            self.refresh()

    def _remove(self, index: int) -> None:
        del self._baselines[index]
        self._list()
        self.refresh()

    def _list(self) -> None:
        clear_layout(self._rows)
        if not self._baselines:
            self._rows.addWidget(Label("None yet", dim=True))
        for index, baseline in enumerate(self._baselines):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            text = baseline_words(baseline, self._metric.unit)
            line.addWidget(Label(text, wrap=True), 1)
            remove = button("Remove", partial(self._remove, index), look="flat")
            remove.setAccessibleName(brief(f"Remove baseline {text}"))
            line.addWidget(remove)
            self._rows.addWidget(row)
