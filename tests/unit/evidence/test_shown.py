"""The interval that is shown is of the scored items, wherever it is shown; missing items stand beside it."""

import os
from pathlib import Path

import pytest

from workbench.analysis.claim_words import by_hand, verdict_sentence
from workbench.analysis.claims import row_of
from workbench.evidence.claim import Claim
from workbench.evidence.estimate import of_values
from workbench.evidence.imported import ImportedRun
from workbench.evidence.intervals import deciding_interval, shown_interval
from workbench.evidence.reading import read_run
from workbench.evidence.report import metric_as_data, run_as_text
from workbench.evidence.shown import interval_of, interval_words, missing_words, with_missing
from workbench.evidence.staleness import Reason
from workbench.evidence.verdict import judge
from workbench.model.runs import Criterion, Evidence, Metric, Run
from workbench.store.store import Store

SHARED = Path(os.environ.get("HAZARD_SHARED", ""))
SECURE_CODE = SHARED / "evalruns/inspect/generated/zstd_secure_code_40x3.eval"
needs_shared = pytest.mark.skipif(not SECURE_CODE.is_file(), reason="HAZARD_SHARED does not name the collected runs")


def measured(values, *, missing=0, items=None):
    fields = of_values(values, items if items is not None else range(len(values)), bounded=True)
    return Metric(id="m", run="r", name="accuracy", missing=missing, **fields)


SAMPLES = {
    "rate": measured([1.0] * 30 + [0.0] * 10, missing=6),
    "rate with repeats": measured([1.0, 1.0, 0.0] * 20, missing=9, items=[i // 3 for i in range(60)]),
    "mean": measured([1.0, 0.5, 0.0, 0.5] * 8, missing=6),
    "mean of ones": measured([1.0] * 34, missing=6).model_copy(update={"kind": "mean", "successes": None}),
    "nothing missing": measured([1.0, 0.5, 0.0, 0.5] * 8),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_stored_and_the_computed_interval_are_one(name):
    metric = SAMPLES[name]
    stored = (metric.estimate.low, metric.estimate.high)
    assert shown_interval(metric, 0.95) == pytest.approx(stored)
    whole = metric.model_copy(update={"missing": 0})
    assert shown_interval(metric, 0.95) == shown_interval(whole, 0.95)


@pytest.mark.parametrize("name", SAMPLES)
def test_missing_items_stand_beside_it_and_decide(name):
    metric = SAMPLES[name]
    data = metric_as_data(metric)
    if not metric.missing:
        assert with_missing(metric) is None
        assert missing_words(metric) == ""
        assert data["interval_with_missing"] is None
        return
    assert with_missing(metric) == deciding_interval(metric, 0.95).interval == data["interval_with_missing"]
    bounds, shown = with_missing(metric), interval_of(metric)
    assert bounds is not None
    assert shown is not None
    low, high = bounds
    assert low < shown.low
    assert high >= shown.high
    assert missing_words(metric).startswith(f"{metric.missing} missing: ")


def test_an_interval_of_a_tool_at_another_level_says_so():
    metric = Metric.model_validate(
        {"id": "m", "run": "r", "name": "score", "value": 0.5, "estimate": {"low": 0.4, "high": 0.6, "level": 0.9}}
    )
    assert interval_words(metric).endswith(" (at 90 %)")


def test_the_report_has_a_column_for_them_only_where_some_are_missing():
    run = Run(id="r", title="Run", format="inspect", status="success")
    some, none = (run_as_text(ImportedRun(run, (SAMPLES[n],)), (SAMPLES[n],)) for n in ("mean", "nothing missing"))
    assert "With the missing" in some
    assert f"6 missing: {missing_words(SAMPLES['mean']).partition(': ')[2]}" in some
    assert "With the missing" not in none


@needs_shared
def test_every_metric_of_a_real_run_is_reported_from_its_scored_items():
    (imported,) = read_run(SECURE_CODE)
    said = {(m.scorer, m.reducer): (interval_words(m), missing_words(m)) for m in imported.metrics}
    assert said["func_secure/functional", "pass_at_2"] == ("51 % to 82.3 %", "6 missing: 43.3 % to 85 %")
    for metric in imported.metrics:
        assert metric_as_data(metric)["interval"] == pytest.approx(shown_interval(metric, 0.95))


def test_where_the_value_is_blank_only_the_interval_with_the_missing_is_shown():
    passes_only = measured([1.0] * 150, missing=14)
    blank = passes_only.model_copy(update={"value": None})
    bounds = with_missing(blank)
    assert bounds == pytest.approx((0.861, 1.0), abs=1e-3)
    assert shown_interval(blank, 0.95) == bounds
    whole = interval_of(blank)
    assert whole is not None
    assert (whole.low, whole.high) == bounds
    assert shown_interval(passes_only, 0.95) != bounds

    store = Store([Run(id="r"), blank])
    criterion = Criterion(comparator=">=", threshold=0.85)
    for held in (criterion, None):
        claim = Evidence(id="e", subject="c", metric="m", criterion=held)
        judged = judge(blank, Run(id="r"), held) if held is not None else None
        row = row_of(store, Claim(claim, blank, Run(id="r"), judged))
        assert (row.low, row.high) == pytest.approx(bounds)
        assert row.counts == "150 of 164 scored, 14 missing"
        assert row.interval == "95 % interval with the missing 86.1 % to 100 %"
        assert "failures" not in row.reason


def test_what_a_claim_says_of_a_suspended_verdict_by_hand_is_said_once():
    evidence = Evidence(id="e", subject="c", analyst_verdict="supports", analyst_reason="Seen by eye.")
    claim = Claim(evidence, None, None, None, (Reason("age", "It is too old."),))
    row = row_of(Store([]), claim)
    words = verdict_sentence(row, claim) + by_hand(row, claim)
    assert words.count("Seen by eye.") == 1
    assert verdict_sentence(row, claim) == "Suspended. It is too old. Nothing is computed: nothing was measured."
