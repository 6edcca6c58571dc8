"""Typing in a run that has no file: figures out of a report, marked so wherever they are shown."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.commands.evidence_runs import Figures, check_not_ahead, typed_run
from workbench.evidence.labels import amount
from workbench.model.runs import MetricUnit
from workbench.panels.attach_base import DAY_HINT, AskDialog, VerdictBox, WrongField, form_grid, labelled, parsed
from workbench.panels.common import rule

_UNITS: Final[tuple[tuple[str, MetricUnit], ...]] = (
    ("A rate: so many of n", "proportion"),
    ("A count", "count"),
    ("Another number", "other"),
)


class TypedRunDialog(AskDialog):
    """Asks for the figures of a run and where they come from."""

    def __init__(self, parent: QWidget | None = None, *, today: str = "") -> None:
        super().__init__("Type in a run", "Continue", parent)
        self._today = today
        self.setMinimumWidth(560)
        self.add_head(
            "Figures of a run without a file",
            "They are marked as typed in. The criterion is asked for next.",
        )
        figures = form_grid()
        self.figure = self.line("Name of the figure", "Such as vulnerable rate")
        self.unit = self.choice("What it is", _UNITS)
        self.counted = self.line("How many counted", "Such as 3")
        self.n = self.line("Out of n scored items", "Such as 120")
        self.value = self.line("Or its value", "Such as 2.5 %")
        self.missing = self.line("Items without a score", "Not known")
        labelled(figures, 0, 0, "Name of the figure", self.figure)
        labelled(figures, 0, 1, "What it is", self.unit)
        labelled(figures, 1, 0, "How many counted", self.counted)
        labelled(figures, 1, 1, "Out of n scored items", self.n)
        labelled(figures, 2, 0, "Or its value", self.value)
        labelled(figures, 2, 1, "Items without a score", self.missing)
        self.body.addLayout(figures)
        self.body.addWidget(rule())
        about = form_grid()
        self.model = self.line("Model", "Such as gpt-4")
        self.model_version = self.line("Model version", "Such as 0613")
        self.task = self.line("Task", "What the model was asked to do")
        self.dataset = self.line("Data set", "Such as SALLM")
        self.date = self.line("Day of the measurement", DAY_HINT)
        self.source = self.line("Source of the figures", "Such as report 7, table 2")
        self.note = self.text_box("Note", "Anything else a reader should know", lines=2)
        labelled(about, 0, 0, "Model", self.model)
        labelled(about, 0, 1, "Model version", self.model_version)
        labelled(about, 1, 0, "Task", self.task)
        labelled(about, 1, 1, "Data set", self.dataset)
        labelled(about, 2, 0, "Day of the measurement", self.date)
        labelled(about, 2, 1, "Source of the figures", self.source)
        labelled(about, 3, 0, "Note", self.note, 2)
        self.body.addLayout(about)
        self.preview = VerdictBox()
        self.body.addWidget(self.preview)
        self.body.addStretch(1)
        self.figure.setFocus()
        self.refresh()

    @staticmethod
    def ask(go_on: Callable[[Figures], bool], parent: QWidget | None = None, *, today: str = "") -> None:
        """Show the dialog, as it was left where the user comes back from what follows, until that is done or cancelled.

        Args:
            go_on: what follows with the figures; False where the user came back from it.
            parent: the window.
            today: ISO 8601; a measurement after it is refused.
        """
        dialog = TypedRunDialog(parent, today=today)
        dialog.fit_screen()
        while dialog.exec() == QDialog.DialogCode.Accepted and not go_on(dialog.read()):
            dialog.figure.setFocus()
        dialog.deleteLater()

    @override
    def read(self) -> Figures:
        """The figures."""
        if not self.figure.text().strip():
            raise CommandError("Name the figure, such as vulnerable rate.")
        if not self.unit.is_chosen:
            raise CommandError("Say whether it is a rate, a count or another number.")
        figures = Figures(
            metric=self.figure.text().strip(),
            unit=self.unit.value(),
            value=parsed(self.value, "number"),
            successes=self._count("counted"),
            n=self._count("n"),
            missing=self._count("missing"),
            task=self.task.text().strip(),
            dataset=self.dataset.text().strip(),
            model=self.model.text().strip(),
            model_version=self.model_version.text().strip(),
            date=self.date.text().strip(),
            source=self.source.text().strip(),
            note=self.note.toPlainText().strip(),
        )
        try:
            check_not_ahead(figures.date, self._today)
        except CommandError as problem:
            raise WrongField(self.date, str(problem)) from None
        typed_run(figures)
        return figures

    def _count(self, name: str) -> int | None:
        field = {"counted": self.counted, "n": self.n, "missing": self.missing}[name]
        value: int | None = parsed(field, "whole")
        if value is not None and value < 0:
            raise WrongField(field, f"{field.accessibleName()}: enter 0 or more.")
        return value

    @override
    def refresh(self) -> None:
        rate = self.unit.value() in (None, "proportion")
        self.counted.setEnabled(rate)
        super().refresh()
        figures = self.answer()
        self.preview.setVisible(figures is not None)
        if figures is None:
            return
        metric = typed_run(figures).metrics[0]
        value = amount(metric.value, metric.unit) if metric.value is not None else "no value"
        estimate = metric.estimate
        if estimate is None or estimate.low is None or estimate.high is None:
            self.preview.show_verdict("none", f"{value}, without an interval: no verdict can rest on it.")
            return
        ends = f"{amount(estimate.low, metric.unit)} to {amount(estimate.high, metric.unit)}"
        self.preview.show_verdict("none", f"{value}, n = {metric.n:,}; 95 % interval {ends}.")
