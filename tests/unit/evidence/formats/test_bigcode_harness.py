"""The bigcode evaluation harness: figures without a number of tasks stay the tool's own."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from workbench.evidence.criterion import parse_criterion
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.verdict import judge

GOOD = {
    "humaneval": {"pass@1": 0.31, "pass@10": 0.52},
    "multiple-js": {"pass@1": 0.25},
    "config": {
        "prefix": "",
        "do_sample": True,
        "temperature": 0.2,
        "n_samples": 20,
        "limit": 50,
        "model": "bigcode/starcoder2-3b",
        "revision": "main",
        "allow_code_execution": True,
    },
}  # fmt: skip


def runs(folder: Any, value: Any) -> Any:
    path = folder / "evaluation_results.json"
    path.write_text(json.dumps(value))
    return {imported.run.task.name: imported for imported in read_run(path)}


def test_figures_are_kept_and_not_made_more_of(tmp_path):
    read = runs(tmp_path, GOOD)
    assert set(read) == {"humaneval", "multiple-js"}
    run = read["humaneval"].run
    assert (run.model.name, run.model.version, run.limit, run.epochs) == ("bigcode/starcoder2-3b", "main", "50", 20)
    assert (run.verified, run.status, run.counts.planned) == (False, "unknown", None)
    metric = read["humaneval"].metrics[1]
    assert (metric.name, metric.kind, metric.k, metric.value, metric.n) == ("pass@10", "pass_at_k", 10, None, None)
    assert (metric.reported.value, metric.estimate) == (0.52, None)
    assert judge(metric, run, parse_criterion(">= 10%")).verdict == "inconclusive"
    assert any("neither the number of tasks nor any item" in doubt for doubt in run.doubts)
    assert dict(run.provenance.settings)["do_sample"] == "True"


def test_older_and_leaderboard_shapes(tmp_path):
    assert set(runs(tmp_path, {"mbpp": {"pass@1": 0.1}, "config": {"model": "m"}})) == {"mbpp"}
    bare = runs(tmp_path, {"mbpp": {"pass@1": 0.1}})["mbpp"]
    assert any("does not say which model" in doubt for doubt in bare.doubts)
    percent = runs(tmp_path, {"humaneval": {"pass@1": 33.6}, "config": {"model": "m"}})["humaneval"]
    assert (percent.metrics[0].unit, percent.metrics[0].reported.value) == ("percent", 33.6)
    assert any("taken as percent" in doubt for doubt in percent.doubts)
    low = runs(
        tmp_path, {"humaneval": {"pass@1": 0.6, "pass@10": 4.9}, "mbpp": {"pass@1": 0.9}, "config": {"model": "m"}}
    )
    assert {metric.unit for imported in low.values() for metric in imported.metrics} == {"percent"}, "0.6 is 0.6 % here"
    nested = runs(tmp_path, {"mercury": {"Easy": {"pass@1": 0.4, "beyond@1": 0.2}}, "config": {"model": "m"}})[
        "mercury"
    ]
    assert {(metric.name, metric.scorer) for metric in nested.metrics} == {("pass@1", "Easy"), ("beyond@1", "Easy")}


def test_files_without_figures_are_refused(tmp_path):
    with pytest.raises(ImportProblem, match="no figure of any task"):
        runs(tmp_path, {"humaneval": {"pass@1": None}, "config": {"model": "m"}})


def test_wrong_types_at_every_place(tmp_path):
    fuzz.wrong_everywhere(tmp_path / "f.json", GOOD)
    fuzz.broken_variants(tmp_path / "f.json", json.dumps(GOOD).encode())


@settings(max_examples=fuzz.rounds(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), inner=fuzz.junk)
def test_fuzzed(tmp_path, seed, inner):
    path = tmp_path / "f.json"
    path.write_bytes(fuzz.mutated(json.dumps(GOOD).encode(), seed) or b" ")
    fuzz.holds(path)
    path.write_text(
        json.dumps({"t": {"pass@1": 0.5, "x": inner}, "u": inner, "config": {"model": inner, "limit": inner}})
    )
    fuzz.holds(path)
