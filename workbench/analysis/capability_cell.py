"""One result of a capability grid as it is shown: the model's figure, what people achieve, the gap, and the verdict."""

from datetime import date
from typing import Any, Final, Literal

from workbench.analysis.capability_direction import direction_doubt
from workbench.evidence.baseline import baseline_of, difference_to_baseline, metric_of_typed
from workbench.evidence.labels import amount, metric_label
from workbench.evidence.shown import interval_of, with_missing
from workbench.evidence.staleness import EDITED, called, run_reasons
from workbench.evidence.statistics import Interval, wilson
from workbench.evidence.verdict import judge
from workbench.model.judgement import Aspect, CapabilityCell, HumanBaseline, SweepPoint, SystemUnderAnalysis
from workbench.model.runs import Baseline, Criterion, DoubtKind, Metric, Run, Verdict
from workbench.store.reader import Reader
from workbench.values import value_type

LEVEL: Final = 0.95
"""Level of the intervals a grid shows; a verdict uses that of its criterion."""

NOT_MEASURED: Final = "Not measured"
Meaning = Literal["", "hazard", "reassurance"]

_ENDED: Final = {
    "error": "The run ended with an error.",
    "cancelled": "The run was cancelled.",
    "started": "The run did not end.",
}
_PROMPTS: Final[dict[Meaning, tuple[tuple[DoubtKind, str], ...]]] = {
    "": (),
    "hazard": (
        ("contaminated", "Contaminated? The model may have seen the tasks; it could then do less than was measured."),
        ("proxy_gap", "Proxy gap? The tasks may be easier than the work the model is trusted with."),
    ),
    "reassurance": (
        ("under_elicited", "Under-elicited? Better prompts, tools or tuning may bring out more than was measured."),
        ("sandbagging", "Sandbagging? The model may have held back."),
        ("proxy_gap", "Proxy gap? The tasks may stand for something else than the risk."),
    ),
}


@value_type(frozen=True, slots=True)
class CellView:
    """One cell of a grid, or one point of a sweep, as it is shown. Rates and gaps are fractions.

    Attributes:
        row, column, aspect: its place; for a point of a sweep the series and the number of blocks.
        id: of the record behind it; empty where there is none yet.
        value: null where there is no honest figure; ``blank_reason`` then says why, and is empty otherwise.
        low, high: two-sided 95 % interval of the value.
        typed: the value was typed in; there is no run behind it.
        missing: planned items without a score; they widen the interval of the gap.
        missing_low, missing_high: 95 % bounds of the rate if all of them failed, and if all passed.
        human_constant: nothing says how sure the human figure is.
        gap: model less human; ``gap_how`` says how its interval was reckoned.
        run, metric: ids behind the value; empty for a typed one.
        source: run and metric, or what was typed as the source, in words.
        stale: why the figure is suspended, one sentence each.
        remarks: what else an analyst must know, one sentence each.
        meaning: whether a low value would be the hazard or the reassurance, by the criterion's comparator.
        verdict: against the criterion; it does not count while the cell is stale.
        prompts: doubts to be ruled out before the cell is leaned on.
    """

    row: str
    column: str
    aspect: Aspect
    id: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    typed: bool = False
    missing: int = 0
    missing_low: float | None = None
    missing_high: float | None = None
    human: float | None = None
    human_low: float | None = None
    human_high: float | None = None
    human_n: int | None = None
    human_constant: bool = False
    human_who: str = ""
    human_source: str = ""
    gap: float | None = None
    gap_low: float | None = None
    gap_high: float | None = None
    gap_how: str = ""
    run: str = ""
    metric: str = ""
    model: str = ""
    source: str = ""
    stale: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    criterion: Criterion | None = None
    meaning: Meaning = ""
    verdict: Verdict | None = None
    verdict_reason: str = ""
    prompts: tuple[tuple[DoubtKind, str], ...] = ()
    informs: tuple[str, ...] = ()
    note: str = ""
    blank_reason: str = NOT_MEASURED

    @property
    def gap_decided(self) -> bool:
        """Whether the interval of the gap leaves 0 out."""
        return self.gap_low is not None and self.gap_high is not None and (self.gap_low > 0 or self.gap_high < 0)


def meaning_of(criterion: Criterion | None) -> Meaning:
    """Whether low capability is the hazard or the reassurance: the comparator says which.

    Where a value has to be high, a low one is the hazard (wrong code is trusted); where it has to be low, a low one is
    the reassurance (help with malware).
    """
    if criterion is None:
        return ""
    return "hazard" if criterion.comparator in (">=", ">") else "reassurance"


def cell_view(
    store: Reader,
    record: CapabilityCell | SweepPoint,
    *,
    system: SystemUnderAnalysis | None = None,
    as_of: date | None = None,
) -> CellView:
    """What a record of a grid says.

    Args:
        store: the document.
        record: a cell or a point.
        system: what the grid is about; figures of another model are suspended.
        as_of: the day by which age is reckoned, where the criterion asks for it.
    """
    cell = record if isinstance(record, CapabilityCell) else None
    point = record if isinstance(record, SweepPoint) else None
    criterion = cell.criterion if cell is not None else None
    metric = store.find(record.metric, Metric)
    run = store.find(metric.run, Run) if metric is not None else None
    shown: dict[str, Any] = {"id": record.id, "criterion": criterion, "meaning": meaning_of(criterion)}
    if cell is not None:
        shown |= {"row": cell.attribute, "column": cell.level, "aspect": cell.aspect}
        shown |= {"informs": cell.informs, "note": cell.note}
    elif point is not None:
        shown |= {"row": point.series, "column": str(point.blocks), "aspect": "execution"}
    if metric is not None and run is not None:
        shown |= {"run": run.id, "metric": metric.id, "model": _model_of(run)}
        shown |= {"source": f"{called(run)}, {_metric_words(metric)}"}
        doubt = direction_doubt(metric)
        shown["remarks"] = (*_remarks(run), *((doubt,) if doubt else ()))
        shown["stale"] = _stale(store, run, criterion, as_of, system)
    elif record.typed is not None and record.typed.value is not None:
        metric = metric_of_typed(record.typed)
        run = Run(id="typed", origin="typed", status="success")
        shown |= {"typed": True, "source": record.typed.source}
    shown |= _figures(metric, record.human)
    if metric is not None and run is not None and criterion is not None and shown.get("value") is not None:
        judged = judge(metric, run, criterion, as_of=as_of, system=system if not shown.get("typed") else None)
        shown |= {"verdict": judged.verdict, "verdict_reason": judged.reason}
        shown["prompts"] = _PROMPTS[meaning_of(criterion)]
    return CellView(**shown)


def _figures(metric: Metric | None, human: HumanBaseline | None) -> dict[str, Any]:
    """Value, human figure and gap, each with its uncertainty."""
    shown: dict[str, Any] = {}
    baseline, who = _baseline(metric, human)
    if baseline is not None and baseline.value is not None:
        theirs = _human_interval(baseline)
        shown |= {"human": baseline.value, "human_n": baseline.n, "human_who": who, "human_source": baseline.source}
        shown |= {"human_low": theirs[0], "human_high": theirs[1]} if theirs is not None else {"human_constant": True}
    if metric is None:
        return shown
    reason = _blank_reason(metric)
    shown["blank_reason"] = reason
    if reason:
        return shown
    own, bounds = interval_of(metric), with_missing(metric)
    shown |= {"value": metric.value, "n": metric.n, "missing": metric.missing or 0}
    if own is not None:
        shown |= {"low": max(0.0, own.low), "high": min(1.0, own.high)}
    if bounds is not None:
        shown |= {"missing_low": bounds[0], "missing_high": bounds[1]}
    if baseline is not None and baseline.value is not None:
        gap = difference_to_baseline(metric, baseline, LEVEL)
        shown |= {"gap": gap.value, "gap_low": gap.low, "gap_high": gap.high, "gap_how": gap.how}
    return shown


def _baseline(metric: Metric | None, human: HumanBaseline | None) -> tuple[Baseline | None, str]:
    """The human figure of the record, else the one kept with the metric; and who the people are."""
    if human is not None and human.value is not None:
        return baseline_of(human), human.who
    for baseline in metric.baselines if metric is not None else ():
        value = baseline.value
        if value is None and baseline.successes is not None and baseline.n:
            value = baseline.successes / baseline.n
        if baseline.kind == "human" and value is not None and 0 <= value <= 1:
            return baseline.model_copy(update={"value": value}), ""
    return None, ""


def _human_interval(baseline: Baseline) -> Interval | None:
    value = baseline.value or 0.0
    if baseline.n:
        return wilson(value * baseline.n, baseline.n, LEVEL)
    if baseline.low is not None and baseline.high is not None and baseline.low <= value <= baseline.high:
        return baseline.low, baseline.high
    return None


def _blank_reason(metric: Metric) -> str:
    """Why a metric gives a cell no figure; empty where it does."""
    if metric.unit != "proportion":
        return f"{metric.name or 'The figure'} is no rate from 0 to 1"
    if metric.n == 0:
        lost = f": all {metric.missing:,} items are missing" if metric.missing else ""
        return f"Nothing was scored{lost}"
    if metric.value is not None:
        return "" if 0 <= metric.value <= 1 else f"{metric.value:g} is no rate from 0 to 1"
    if metric.reported.value is not None:
        told = amount(metric.reported.value, "proportion" if 0 <= metric.reported.value <= 1 else "other")
        return f"Only the tool's own figure ({told}) is known"
    return "The run holds no value"


def _stale(
    store: Reader, run: Run, criterion: Criterion | None, as_of: date | None, system: SystemUnderAnalysis | None
) -> tuple[str, ...]:
    reasons = [reason.text for reason in run_reasons(run, criterion, as_of=as_of, system=system)]
    if run.superseded_by is not None:
        reasons.append(f"Superseded: {called(store.find(run.superseded_by, Run))} speaks in its place.")
    edited = run.provenance.settings.get(EDITED)
    if edited:
        reasons.append(f"The log was edited after the run: {edited}; somebody has to judge it.")
    return tuple(reasons)


def _remarks(run: Run) -> tuple[str, ...]:
    remarks = []
    if run.status in _ENDED:
        remarks.append(_ENDED[run.status])
    if not run.verified:
        remarks.append("The version of the file's format is not one that was verified.")
    if run.origin == "typed":
        remarks.append("The figures of the run were typed in.")
    return tuple(remarks)


def _model_of(run: Run) -> str:
    return f"{run.model.name} {run.model.version}".strip()


def _metric_words(metric: Metric) -> str:
    strata = ", ".join(f"{name} {value}" for name, value in sorted(metric.strata.items()))
    return f"{metric_label(metric)} ({strata})" if strata else metric_label(metric)
