"""EvalPlus and BigCodeBench: base and plus, statuses that say nothing, several answers to a task."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import clopper_pearson, pass_at_k, wilson


def row(task: str, base: Any, plus: Any = None, **extra: Any) -> dict[str, Any]:
    return {
        "task_id": task,
        "solution": "def f(): return 1",
        "base_status": base,
        "plus_status": plus,
        "base_fail_tests": [],
        "plus_fail_tests": [],
    } | extra


def log(rows: list[dict[str, Any]], **extra: Any) -> dict[str, Any]:
    tasks: dict[str, list[dict[str, Any]]] = {}
    for entry in rows:
        tasks.setdefault(entry["task_id"], []).append(entry)
    return {"date": "2025-03-01 10:20", "hash": "cafe", "eval": tasks} | extra


def write(folder: Path, value: Any, name: str = "x_eval_results.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(value))
    return path


def one(path: Path, **options: Any) -> Any:
    (imported,) = read_run(path, **options)
    return imported


def named(imported: Any) -> dict[tuple[str, str], Any]:
    return {(metric.name, metric.scorer): metric for metric in imported.metrics}


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


def test_plus_needs_base_and_plus(tmp_path):
    rows = [
        row(f"HumanEval/{i}", "pass" if i < 8 else "fail", "pass" if i < 5 or i == 9 else "fail") for i in range(10)
    ]
    imported = one(write(tmp_path, log(rows)))
    metrics = named(imported)
    base, plus = metrics["pass_rate", "base"], metrics["pass_rate", "plus"]
    assert (base.successes, base.n, base.missing) == (8, 10, 0)
    assert (plus.successes, plus.n, plus.missing) == (5, 10, 0)
    assert (plus.estimate.low, plus.estimate.high) == wilson(5, 10)
    assert says(imported, "1 of 10 answers pass the plus tests but fail the base tests")
    run = imported.run
    assert (run.format, run.task.name, run.dataset.name, run.dataset.version) == (
        "evalplus", "HumanEval", "HumanEval+", "cafe",
    )  # fmt: skip
    assert (run.started_at, run.status, run.model.name) == ("2025-03-01T10:20", "unknown", "")
    assert says(imported, "HumanEval+ has 164 tasks; this file holds 10.")
    assert says(imported, "x_eval_results.json")
    assert [item.item for item in imported.items[plus.id]] == [f"HumanEval/{i}" for i in range(10)]


def test_the_layout_of_version_0_1(tmp_path):
    tasks = {
        "HumanEval/0": {"nfiles": 2, "base": [["success", [True]], ["failed", [False]]], "plus": [["success", []]] * 2},
        "HumanEval/1": {"nfiles": 2, "base": [["timed out", []], ["success", []]], "plus": [["failed", []]] * 2},
    }
    imported = one(write(tmp_path, {"date": "2023-05-02 10:00", "hash": "h", "eval": tasks}))
    metrics = named(imported)
    assert (metrics["pass_rate", "base"].successes, metrics["pass_rate", "base"].n) == (2, 4)
    assert (metrics["pass_rate", "plus"].successes, metrics["pass_rate", "plus"].clusters) == (1, 2)
    assert metrics["pass@2", "base"].value == 1.0
    assert says(imported, "EvalPlus 0.1")
    assert says(imported, "holds no answers")
    assert says(imported, "1 of 4 answers timed out")


def test_base_only_runs_have_no_plus_figure(tmp_path):
    imported = one(write(tmp_path, log([row("Mbpp/2", "pass"), row("Mbpp/3", "timeout")])))
    assert {scorer for _, scorer in named(imported)} == {"base"}
    assert says(imported, "Only the base tests were run")
    old = {"eval": {"Mbpp/2": {"nfiles": 1, "base": [["success", []]], "plus": []}}, "date": "x"}
    assert {scorer for _, scorer in named(one(write(tmp_path, old)))} == {"base"}


def test_null_statuses_are_missing_not_failed(tmp_path):
    rows = [row(f"HumanEval/{i}", "pass" if i else None, "pass" if i > 1 else None) for i in range(4)]
    imported = one(write(tmp_path, log(rows, pass_at_k={"base": {"pass@1": 0.75}, "plus": {"pass@1": 0.5}})))
    metrics = named(imported)
    assert (metrics["pass_rate", "base"].n, metrics["pass_rate", "base"].missing) == (3, 1)
    assert (metrics["pass_rate", "plus"].n, metrics["pass_rate", "plus"].missing) == (2, 2)
    reported = metrics["pass@1", "base"]
    assert (reported.value, reported.reported.value, reported.kind, reported.k) == (None, 0.75, "pass_at_k", 1)
    assert (imported.run.counts.scored, imported.run.counts.unscored) == (3, 1)
    assert says(imported, "1 of 4 answers have no result of the base tests; they count as missing")


def test_empty_answers_are_no_failures(tmp_path):
    rows = [
        row(f"HumanEval/{i}", "pass" if i < 4 else "fail", "fail", solution="x" if i < 4 else " ") for i in range(10)
    ]
    path = write(tmp_path, log(rows))
    imported = one(path)
    base = named(imported)["pass_rate", "base"]
    assert (base.value, base.n, base.missing, imported.run.counts.errors) == (None, 4, 6, 6)
    assert base.estimate.low == clopper_pearson(4, 10)[0]
    assert named(imported)["pass_rate", "plus"].value == 0.0  # failures among the answers that are there
    told = named(one(path, empty_answers_fail=True))["pass_rate", "base"]
    assert (told.successes, told.n, told.missing) == (4, 10, 0)


def test_tests_that_never_ran_are_no_failures(tmp_path):
    imported = one(write(tmp_path, log([row(f"HumanEval/{i}", "timeout", "timeout") for i in range(5)])))
    assert imported.run.status == "error"
    assert says(imported, "Every answer timed out")


def test_several_answers_to_a_task_are_one_cluster(tmp_path):
    rows = [
        row(f"HumanEval/{i}", "pass" if n < i else "fail", "pass" if n + 1 < i else "fail")
        for i in range(6)
        for n in range(5)
    ]
    said = {"base": {"pass@1": 0.5, "pass@10": 0.9}, "plus": {"pass@1": 0.4}}
    imported = one(write(tmp_path, log(rows, pass_at_k=said)))
    metrics = named(imported)
    rate = metrics["pass_rate", "base"]
    assert (rate.n, rate.successes, rate.clusters) == (30, 15, 6)
    assert rate.estimate.method == "wilson-clustered"
    assert metrics["pass@2", "base"].value == pytest.approx(sum(pass_at_k(5, i, 2) for i in range(6)) / 6)
    assert metrics["pass@1", "base"].reported.value == 0.5
    assert (metrics["pass@10", "base"].value, metrics["pass@10", "base"].reported.value) == (None, 0.9)
    assert says(imported, "30 answers to 6 tasks")
    assert says(imported, "pass@1 · plus: the tool reports 40 %, the scored items give 33.3 %")


def test_bigcodebench(tmp_path):
    rows: list[dict[str, Any]] = [
        {"task_id": f"BigCodeBench/{i}", "solution": "x", "status": "pass" if i < 3 else "fail", "details": {}}
        for i in range(4)
    ]
    value = {"date": "2025-01-02 03:04", "eval": {entry["task_id"]: [entry] for entry in rows}}
    name = "lab--Coder-7B--bigcodebench-instruct--vllm-0-1-sanitized_calibrated_eval_results.json"
    path = write(tmp_path, value, name)
    alone = one(path)
    assert (alone.run.format, alone.run.library.name, alone.run.model.name) == (
        "bigcodebench",
        "bigcodebench",
        "lab/Coder-7B",
    )
    assert says(alone, "taken from the file's name")
    said = {
        "pass@1": 0.75,
        "model": "lab--Coder-7B",
        "split": "instruct",
        "subset": "hard",
        "calibrated": True,
        "gt_pass_rate": 0.9,
    }
    beside = write(tmp_path, said, name.replace("eval_results", "pass_at_k"))
    both = one(path, beside=(beside,))
    assert (named(both)["pass@1", ""].value, named(both)["pass@1", ""].reported.value) == (0.75, 0.75)
    assert [source.path for source in both.run.companions] == [str(beside)]
    assert dict(both.run.provenance.settings) == {"split": "instruct", "subset": "hard", "calibrated": "True"}
    assert says(both, "Only 90 % of the reference solutions passed")
    beside.write_text("{", encoding="utf-8")
    broken = one(path, beside=(beside,))
    assert (named(broken)["pass_rate", ""].successes, broken.run.companions) == (3, ())
    assert says(broken, "pass_at_k.json beside the results could not be read: is cut off or broken")


def test_the_name_that_the_tool_gives_its_files_states_the_model(tmp_path):
    name = "mistralai--Codestral-22B_hf_temp_0.0_eval_results.json"
    run = one(write(tmp_path, log([row("Mbpp/2", "pass", "pass")]), name)).run
    assert run.model.name == "mistralai/Codestral-22B"
    assert dict(run.provenance.settings) == {"backend": "hf", "temperature": "0.0"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"date": "x", "eval": {}}, "holds no results"),
        ({"date": "x", "eval": [1, 2]}, "holds no results"),
        ({"date": "x", "eval": {"a": [{"task_id": "a"}], "b": 3}}, "no row with the status"),
    ],
)
def test_files_without_results_are_refused(tmp_path, value, words):
    with pytest.raises(ImportProblem, match=words):
        read_run(write(tmp_path, value))


GOOD = log(
    [row("HumanEval/0", "pass", "fail"), row("HumanEval/0", "fail", None), row("HumanEval/1", "timeout", "pass")],
    pass_at_k={"base": {"pass@1": 0.25}, "plus": {"pass@1": 0.0}},
)


def test_wrong_types_at_every_place(tmp_path):
    fuzz.wrong_everywhere(tmp_path / "f.json", GOOD)
    old = {
        "date": "x",
        "hash": "y",
        "eval": {"T/1": {"nfiles": 1, "base": [["success", [True]]], "plus": [["failed", []]]}},
    }
    fuzz.wrong_everywhere(tmp_path / "f.json", old)
    fuzz.broken_variants(tmp_path / "f.json", json.dumps(GOOD).encode())


@settings(max_examples=fuzz.rounds(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), inner=fuzz.junk)
def test_fuzzed(tmp_path, seed, inner):
    path = tmp_path / "f.json"
    path.write_bytes(fuzz.mutated(json.dumps(GOOD).encode(), seed) or b" ")
    fuzz.holds(path)
    write(tmp_path, {"date": "x", "hash": "y", "eval": inner}, "f.json")
    fuzz.holds(path)
    write(tmp_path, {"date": inner, "eval": {"HumanEval/0": [row("HumanEval/0", inner, inner)], "b": inner}}, "f.json")
    fuzz.holds(path)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_the_real_file():
    (path,) = (fuzz.SHARED / "evalplus").glob("*humaneval_eval_results.json")
    rows = [entry for task in json.loads(path.read_text())["eval"].values() for entry in task]
    assert fuzz.claims(path) == {"evalplus": 85}
    metrics = named(one(path))
    assert sum(entry["base_status"] == "pass" for entry in rows) == metrics["pass_rate", "base"].successes == 119
    assert sum(entry["base_status"] == entry["plus_status"] == "pass" for entry in rows) == 104
    assert (metrics["pass_rate", "plus"].successes, metrics["pass_rate", "plus"].n) == (104, 164)
