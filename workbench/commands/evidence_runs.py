"""Changing runs: typed in, withdrawn, superseded, given baselines, copied beside the project."""

from typing import Any, Final

from workbench.commands.errors import CommandError
from workbench.commands.evidence_edit import check_day
from workbench.evidence.dates import dated_ahead
from workbench.evidence.imported import ImportedRun
from workbench.evidence.statistics import wilson
from workbench.model.ids import new_id
from workbench.model.runs import Baseline, Counts, Estimate, Metric, MetricUnit, Named, Reported, Run, Withdrawal
from workbench.store.transaction import Transaction
from workbench.values import value_type

_LEVEL: Final = 0.95
_ROUNDED: Final = 0.000_5
"""A rate typed as percent with one decimal may be off by this much."""


@value_type(frozen=True, slots=True)
class Figures:
    """What a person types in of a run that has no file.

    Attributes:
        metric: name of the figure, such as ``vulnerable rate``.
        unit: ``proportion`` for a rate (a fraction here), else ``count`` or ``other``.
        value: needed where ``successes`` is not given.
        successes: items that count towards a rate.
        n: items with a score; without it there is no interval, and no verdict.
        missing: items that gave no score; None where not known.
        date: day of the measurement, ISO 8601; empty where not known.
        source: where the figures come from, such as a report and its page.
    """

    metric: str
    unit: MetricUnit = "proportion"
    value: float | None = None
    successes: int | None = None
    n: int | None = None
    missing: int | None = None
    title: str = ""
    task: str = ""
    dataset: str = ""
    model: str = ""
    model_version: str = ""
    date: str = ""
    source: str = ""
    note: str = ""


def _check(figures: Figures) -> None:
    if not figures.metric.strip():
        raise CommandError("Name the figure, such as vulnerable rate.")
    if not figures.source.strip():
        raise CommandError("Say where the figures come from.")
    check_day(figures.date)
    value, successes, n = figures.value, figures.successes, figures.n
    if value is None and successes is None:
        raise CommandError("Give the value, or how many of n counted.")
    if any(count is not None and count < 0 for count in (successes, n, figures.missing)):
        raise CommandError("A count cannot be negative.")
    if n == 0:
        raise CommandError("n is 0: nothing was measured.")
    if figures.unit != "proportion":
        if value is None:
            raise CommandError("Give the value.")
        return
    if value is not None and not 0 <= value <= 1:
        raise CommandError("A rate lies between 0 and 1; write 5 % as 0.05 or 5 %.")
    if successes is not None:
        if n is None:
            raise CommandError("A number of items needs the n it is out of.")
        if successes > n:
            raise CommandError(f"{successes:,} of {n:,} is more than all of them.")
        if value is not None and abs(value - successes / n) > 0.5 / n:
            raise CommandError(
                f"{successes:,} of {n:,} is {successes / n:.4g}, not {value:.4g}; leave one of them out."
            )


def check_not_ahead(day: str, today: str) -> None:
    """See that a measurement was not made after today.

    Raises:
        CommandError: it was; one sentence.
    """
    if dated_ahead(day, today):
        raise CommandError(f"The day {day.strip()} lies ahead; give the day on which it was measured.")


def typed_run(figures: Figures) -> ImportedRun:
    """A run made from figures a person typed in, marked so; nothing is stored.

    Raises:
        CommandError: they do not make a figure; one sentence.
    """
    _check(figures)
    doubts = ["The figures were typed in; there is no file to check them against."]
    if figures.n is None:
        doubts.append("How many items are behind it is not known, so it has no interval.")
    elif figures.missing is None:
        doubts.append("Whether items are missing is not known.")
    if figures.unit == "proportion" and figures.n and not _counted(figures, figures.n).is_integer():
        doubts.append("No whole number of items gives this rate; it may be weighted or rounded.")
    if not figures.date.strip():
        doubts.append("The day of the measurement is not known.")
    run = Run(
        id=new_id("run"),
        title=figures.title.strip(),
        format="typed",
        origin="typed",
        task=Named(name=figures.task.strip()),
        dataset=Named(name=figures.dataset.strip()),
        model=Named(name=figures.model.strip(), version=figures.model_version.strip()),
        completed_at=figures.date.strip(),
        counts=Counts(scored=figures.n),
        doubts=tuple(doubts),
        note="\n".join(part for part in (f"Source: {figures.source.strip()}", figures.note.strip()) if part),
    )
    fields: dict[str, Any] = {"kind": "proportion" if figures.unit == "proportion" else "other"}
    fields["value"] = figures.value
    if figures.unit == "proportion" and figures.n:
        counted = _counted(figures, figures.n)
        low, high = wilson(counted, figures.n, _LEVEL)
        fields |= {"value": counted / figures.n, "successes": counted}
        fields["estimate"] = Estimate(low=low, high=high, level=_LEVEL, method="wilson", n_effective=float(figures.n))
    metric = Metric(
        id=new_id("metric"),
        run=run.id,
        name=figures.metric.strip(),
        unit=figures.unit,
        n=figures.n,
        missing=figures.missing,
        reported=Reported(value=figures.value),
        **fields,
    )
    return ImportedRun(run, (metric,))


def _counted(figures: Figures, n: int) -> float:
    """Items that count towards a typed rate: a whole number where one gives the rate as typed."""
    if figures.successes is not None:
        return float(figures.successes)
    exact = (figures.value or 0.0) * n
    return float(round(exact)) if abs(round(exact) - exact) <= _ROUNDED * n else exact


def run_of(tx: Transaction, run: str) -> Run:
    """The run with this id.

    Raises:
        CommandError: there is none.
    """
    record = tx.find(run, Run)
    if record is None:
        raise CommandError("This run does not exist any more.")
    return record


def withdraw_run(tx: Transaction, run: str, reason: str, *, by: str = "", at: str = "") -> None:
    """Say that a run no longer counts; claims on it are suspended, none is removed.

    Raises:
        CommandError: no such run, or no reason is given.
    """
    run_of(tx, run)
    if not reason.strip():
        raise CommandError("Say why the run no longer counts.")
    tx.patch(run, withdrawn=Withdrawal(reason=reason.strip(), by=by, at=at))


def reinstate_run(tx: Transaction, run: str) -> None:
    """Let a withdrawn run count again."""
    run_of(tx, run)
    tx.patch(run, withdrawn=None)


def supersede_run(tx: Transaction, run: str, by_run: str | None) -> None:
    """Say that a later run speaks in place of this one; None takes that back.

    Raises:
        CommandError: no such run, or the runs would supersede each other.
    """
    run_of(tx, run)
    later = tx.find(by_run, Run)
    if by_run is not None and later is None:
        raise CommandError("This run does not exist any more.")
    seen: set[str] = set()  # a file made by hand may hold runs that supersede each other
    while later is not None and later.id not in seen:
        if later.id == run:
            raise CommandError("A run cannot be superseded by itself, nor by one that it supersedes.")
        seen.add(later.id)
        later = tx.find(later.superseded_by, Run)
    tx.patch(run, superseded_by=by_run)


def set_baselines(tx: Transaction, metric: str, baselines: tuple[Baseline, ...]) -> None:
    """Set what a metric may be held against.

    Raises:
        CommandError: no such metric, or a baseline has no value, no source, or more successes than items.
    """
    measured = tx.find(metric, Metric)
    if measured is None:
        raise CommandError("This metric does not exist any more.")
    for baseline in baselines:
        check_baseline(baseline, unit=measured.unit)
    tx.patch(metric, baselines=baselines)


def check_baseline(baseline: Baseline, *, unit: MetricUnit = "proportion") -> None:
    """See that a baseline can be used.

    Raises:
        CommandError: it cannot; one sentence.
    """
    if baseline.value is None:
        raise CommandError("Give the baseline’s value.")
    if unit == "proportion" and not 0 <= baseline.value <= 1:
        raise CommandError("A baseline of a rate lies between 0 and 1; write 72 % as 0.72 or 72 %.")
    if not baseline.source.strip():
        raise CommandError("Say where the baseline comes from.")
    if baseline.n is not None and baseline.successes is not None and baseline.successes > baseline.n:
        raise CommandError("A baseline cannot have more successes than items.")


def note_copy(tx: Transaction, run: str, path: str) -> None:
    """Remember where a copy of the run's file lies; ``path`` is relative to the project's folder."""
    run_of(tx, run)
    tx.patch(run, copied_to=path)
