"""EvalPerf: speed over the tasks that were timed, passes from percents."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from workbench.evidence.reading import read_run

BRIEF = {
    "date": "2024-10-27 18:01",
    "config": {"n_samples": 10, "temperature": 1.0, "min_correct": 2, "max_profile": 4},
    "summary": {"dps": 70.0, "dps_norm": 60.0, "pass@1": 40.0},
    "eval": {
        "HumanEval/0": {"dps": 80.0, "dps_norm": 70.0, "pass@1": 90.0, "profiled": [{"solution": "x"}]},
        "HumanEval/1": {"dps": 60.0, "dps_norm": 50.0, "pass@1": 30.0, "profiled": []},
        "HumanEval/2": {"dps": None, "dps_norm": None, "pass@1": 0.0, "profiled": []},
    },
}  # fmt: skip
FULL = {
    "date": "2024-10-27 18:01",
    "n_samples": 2,
    "temperature": 1.0,
    "min_correct": 1,
    "max_profile": 2,
    "eval": {
        task: {
            "task_id": task,
            "results": [{"solution": "x", "pass": passed, "profiled": passed, "dps": None} for passed in passes],
            "ref": [{"solution": "y", "score": 50.0, "_num_cpu_instructions": None}],
            "dps": 50.0 if any(passes) else None,
            "dps_norm": 50.0 if any(passes) else None,
            "pass@1": 100 * sum(passes) / 2,
            "n_profiled": sum(passes),
        }
        for task, passes in {"HumanEval/0": [True, False], "HumanEval/1": [False, False]}.items()
    },
}


def one(path: Any) -> Any:
    (imported,) = read_run(path)
    return imported, {metric.name: metric for metric in imported.metrics}


def test_the_brief_file(tmp_path):
    path = tmp_path / "lab--M-1_vllm_temp_1.0_evalperf_results.brief.json"
    path.write_text(json.dumps(BRIEF))
    imported, metrics = one(path)
    assert (metrics["dps"].value, metrics["dps"].n, metrics["dps"].missing, metrics["dps"].unit) == (
        70.0,
        2,
        1,
        "percent",
    )
    assert (metrics["pass_rate"].successes, metrics["pass_rate"].n, metrics["pass_rate"].clusters) == (12, 30, 3)
    assert (metrics["pass@1"].value, metrics["pass@1"].reported.value) == (pytest.approx(0.4), 0.4)
    assert (imported.run.model.name, imported.run.format, imported.run.status) == ("lab/M-1", "evalperf", "unknown")
    assert dict(imported.run.provenance.settings)["min_correct"] == "2"
    assert any("1 of 3 tasks were not timed" in doubt for doubt in imported.doubts)


def test_the_full_file(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(FULL))
    imported, metrics = one(path)
    assert (metrics["pass_rate"].successes, metrics["pass_rate"].n) == (1, 4)
    assert (metrics["pass@2"].value, metrics["dps"].n) == (0.5, 1)
    assert any("x.json" in doubt for doubt in imported.doubts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"config": {"min_correct": 2}}, "How many answers passed cannot be told"),
        ({"config": {"n_samples": 7, "min_correct": 2}}, "does not fit 7 answers"),
        ({"config": {"n_samples": 2**52, "min_correct": 2}}, "How many answers passed cannot be told"),
    ],
)
def test_passes_that_cannot_be_told_are_not_guessed(tmp_path, change, words):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(BRIEF | change))
    imported, metrics = one(path)
    assert "pass_rate" not in metrics
    assert (metrics["pass@1"].value, metrics["pass@1"].reported.value) == (None, 40.0)
    assert any(words in doubt for doubt in imported.doubts)


def test_wrong_types_at_every_place(tmp_path):
    fuzz.wrong_everywhere(tmp_path / "f.json", BRIEF)
    fuzz.wrong_everywhere(tmp_path / "f.json", FULL)
    fuzz.broken_variants(tmp_path / "f.json", json.dumps(BRIEF).encode())


@settings(max_examples=fuzz.rounds(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), inner=fuzz.junk)
def test_fuzzed(tmp_path, seed, inner):
    path = tmp_path / "f.json"
    for value in (BRIEF, FULL):
        path.write_bytes(fuzz.mutated(json.dumps(value).encode(), seed) or b" ")
        fuzz.holds(path)
    path.write_text(json.dumps(BRIEF | {"eval": inner, "summary": inner}))
    fuzz.holds(path)
    path.write_text(json.dumps(BRIEF | {"eval": {"a": {"pass@1": inner, "dps": inner, "results": inner}}}))
    fuzz.holds(path)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_the_real_file():
    (path,) = (fuzz.SHARED / "evalplus").glob("*evalperf*")
    tasks = list(json.loads(path.read_text())["eval"].values())
    timed = [task["dps"] for task in tasks if task["dps"] is not None]
    assert fuzz.claims(path) == {"evalperf": 88}
    imported, metrics = one(path)
    assert (metrics["dps"].n, metrics["dps"].missing) == (len(timed), len(tasks) - len(timed)) == (87, 31)
    assert metrics["dps"].value == pytest.approx(metrics["dps"].reported.value)
    assert metrics["pass_rate"].successes == sum(task["pass@1"] for task in tasks) == 5156
    assert metrics["pass@1"].value == pytest.approx(metrics["pass@1"].reported.value)
    assert imported.run.model.name == "meta-llama/Meta-Llama-3-8B-Instruct"
