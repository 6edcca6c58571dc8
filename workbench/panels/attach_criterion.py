"""The criterion of a claim as a form: asked for, not defaulted, with the verdict it gives."""

from datetime import date
from typing import Final, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workbench.analysis.claims import former_lines
from workbench.analysis.words import VERDICT_WORD, word
from workbench.commands.errors import CommandError
from workbench.commands.evidence_edit import same_demand
from workbench.evidence.criterion import check_meant, format_criterion
from workbench.evidence.verdict import Judgement, judge
from workbench.model.judgement import SystemUnderAnalysis
from workbench.model.runs import Comparator, Criterion, Evidence, Metric, Run
from workbench.panels.attach_base import AskDialog, Choice, VerdictBox, WrongField, form_grid, labelled, parsed
from workbench.panels.common import Label
from workbench.panels.criterion_when import AFTER, SAID, WHEN_WORDS, when_of
from workbench.panels.parsing import display
from workbench.values import value_type

COMPARATORS: Final[tuple[Comparator, ...]] = get_args(Comparator)
_LEAST_LEVEL: Final = 0.5
WARNING_AFTER: Final = (
    "A criterion set after the results were seen is no test of them: anything passes where the bar is put last. "
    "The claim says so wherever it is shown."
)


@value_type(frozen=True, slots=True)
class Basis:
    """What a verdict is reckoned against, beside metric and criterion.

    Attributes:
        as_of: the day by which age is reckoned; ``system``: the system under analysis.
    """

    as_of: date | None = None
    system: SystemUnderAnalysis | None = None

    def judge(self, metric: Metric, run: Run, criterion: Criterion) -> Judgement:
        """The verdict as it would be."""
        return judge(metric, run, criterion, as_of=self.as_of, system=self.system)


class CriterionForm(QWidget):
    """Direction, threshold, level, least n, largest share missing, greatest age, and when it was set."""

    changed = Signal()

    def __init__(self, criterion: Criterion | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        grid = form_grid()
        column.addLayout(grid)
        now = criterion
        self.comparator = Choice(
            "The value must be",
            [(word(sign), sign) for sign in COMPARATORS],
            chosen=now.comparator if now is not None else None,
        )
        self.threshold = self._line("Such as 10 %", display("number", now.threshold) if now is not None else "")
        self.level = self._line("Such as 95 %", f"{(now.level if now is not None else 0.95) * 100:g} %")
        self.min_n = self._line("Any", display("whole", now.min_n) if now is not None else "")
        self.max_error_rate = self._line("Any", _percent(now.max_error_rate) if now is not None else "")
        self.max_age = self._line("Any", display("whole", now.max_age_days) if now is not None else "")
        self.before = Choice("Criterion was set", WHEN_WORDS, chosen=when_of(now))
        labelled(grid, 0, 0, "The value must be", self.comparator)
        labelled(grid, 0, 1, "Threshold", self.threshold)
        labelled(grid, 1, 0, "Confidence level", self.level)
        labelled(grid, 1, 1, "Least n", self.min_n)
        labelled(grid, 2, 0, "Largest share missing", self.max_error_rate)
        labelled(grid, 2, 1, "Greatest age, in days", self.max_age)
        labelled(grid, 3, 0, "This criterion was set", self.before, 2)
        self.warning = Label(WARNING_AFTER, wrap=True)
        self.warning.setProperty("wrong", True)
        column.addWidget(self.warning)
        for choice in (self.comparator, self.before):
            choice.changed.connect(self._on_change)
        self.warning.setVisible(self.before.value() == AFTER)

    def _line(self, hint: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setPlaceholderText(hint)
        made.setAccessibleDescription(hint)
        made.textChanged.connect(lambda _text: self._on_change())
        return made

    def _on_change(self) -> None:
        self.warning.setVisible(self.before.value() == AFTER)
        self.changed.emit()

    def criterion(self, metric: Metric) -> Criterion | None:
        """The criterion as far as it is said; None without a threshold.

        Raises:
            CommandError: the direction is missing. WrongField: something cannot be read. CriterionProblem: it cannot
                be meant for this metric.
        """
        threshold = parsed(self.threshold, "number")
        level = parsed(self.level, "probability")
        rest = {
            "min_n": self._count(self.min_n),
            "max_error_rate": parsed(self.max_error_rate, "probability"),
            "max_age_days": self._count(self.max_age),
        }
        if threshold is None:
            return None
        if level is None or not _LEAST_LEVEL <= level < 1:
            raise WrongField(self.level, "The confidence level lies from 50 % to below 100 %; 95 % is usual.")
        if not self.comparator.is_chosen:
            raise CommandError("Say whether the value must be at most or at least the threshold.")
        said = SAID.get(self.before.value())
        criterion = Criterion(
            comparator=self.comparator.value(), threshold=threshold, level=level, set_before_results=said, **rest
        )
        check_meant(criterion, metric)
        return criterion

    def finished(self, metric: Metric) -> Criterion | None:
        """Like ``criterion``, with everything asked for answered.

        Raises:
            CommandError: something is not said yet. WrongField, CriterionProblem: as ``criterion``.
        """
        criterion = self.criterion(metric)
        if criterion is not None and not self.before.is_chosen:
            raise CommandError("Say whether this criterion was set before the results were seen.")
        return criterion

    def _count(self, field: QLineEdit) -> int | None:
        value: int | None = parsed(field, "whole")
        if value is not None and value < 0:
            raise WrongField(field, f"{field.accessibleName()}: enter 0 or more.")
        return value


def _percent(value: float | None) -> str:
    return f"{round(value * 100, 6):g} %" if value is not None else ""


def show_preview(box: VerdictBox, metric: Metric, run: Run, criterion: Criterion | None, basis: Basis) -> None:
    """Show in ``box`` what the criterion makes of a metric."""
    if criterion is None:
        box.show_verdict("none", "Without a threshold it is attached without a verdict.")
        return
    judged = basis.judge(metric, run, criterion)
    box.show_verdict(
        "stale" if judged.stale else judged.verdict,
        f"{VERDICT_WORD[judged.verdict]}. {judged.reason}",
        " ".join(["Suspended.", *judged.stale]) if judged.stale else "",
    )


class CriterionDialog(AskDialog):
    """Changes the criterion of a claim; a change after the result was seen asks for its reason."""

    def __init__(self, claim: Evidence, metric: Metric, run: Run, basis: Basis, parent: QWidget | None = None) -> None:
        super().__init__("Change criterion", "Change", parent)
        self._claim, self._metric, self._run, self._basis = claim, metric, run, basis
        self.setMinimumWidth(460)
        self._first = claim.first_criterion or claim.criterion
        first = f"First set: {format_criterion(self._first, metric.unit)}." if self._first is not None else ""
        self.add_head(claim.title or metric.name, first)
        self.form = CriterionForm(claim.criterion)
        self._followed = self.form.before.value()
        self.body.addWidget(self.form)
        grid = form_grid(1)
        hint = "Such as: the threshold of the policy was mistyped"
        self.why = self.text_box("Why it changed", hint, lines=2)
        labelled(grid, 0, 0, "Why it changed after the result was seen", self.why)
        self.body.addLayout(grid)
        for line in former_lines(claim, metric.unit):
            self.body.addWidget(Label(line, dim=True, wrap=True))
        self.verdict = VerdictBox()
        self.body.addWidget(self.verdict)
        self.form.changed.connect(self.refresh)
        self.form.threshold.setFocus()
        self.refresh()

    def read(self) -> tuple[Criterion | None, str, bool]:
        """The criterion, why it changed, and whether the analyst says that it stood before the results all the same."""
        criterion = self.form.finished(self._metric)
        if criterion is None and self._first is None:
            raise CommandError("Give a threshold.")
        why = self.why.toPlainText().strip()
        if self._first is not None and not why:
            if not same_demand(criterion, self._claim.criterion):
                raise CommandError("The result has been seen: say why the criterion changes.")
            if self._says_before_anew(criterion):
                raise CommandError("The criterion was changed: say why it stood before the results all the same.")
        return criterion, why, criterion is not None and criterion.set_before_results is True

    def _says_before_anew(self, criterion: Criterion | None) -> bool:
        """Whether a criterion that was changed is now said to have stood before the results."""
        now = self._claim.criterion
        anew = criterion is not None and now is not None and now.set_before_results is not True
        return bool(self._claim.first_criterion) and anew and bool(criterion and criterion.set_before_results)

    def _follow_change(self, criterion: Criterion | None) -> None:
        """Unless the analyst says when, a changed criterion was set after the results."""
        if self._first is None or criterion is None or self.form.before.value() != self._followed:
            return
        same = next((one for one in (self._claim.criterion, self._first) if same_demand(criterion, one)), None)
        when = when_of(same) if same is not None else AFTER
        if self._followed != when:
            self._followed = when
            self.form.before.choose(when)

    def refresh(self) -> None:
        """Show the verdict the criterion would give."""
        super().refresh()
        try:
            criterion = self.form.criterion(self._metric)
            self._follow_change(criterion)
        except (CommandError, WrongField, ValueError):
            self.verdict.show_verdict("none", "No verdict yet.")
            return
        show_preview(self.verdict, self._metric, self._run, criterion, self._basis)
