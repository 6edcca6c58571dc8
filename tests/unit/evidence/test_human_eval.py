"""human-eval results and their relatives: above all, what an empty answer is worth."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.evidence.logs import write_lines
from workbench.evidence.imported import ImportedRun
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import clopper_pearson, wilson


def result(index: int, passed: bool, answer: str = "return 1", **extra: Any) -> dict[str, Any]:
    outcome = "passed" if passed else "failed: AssertionError"
    return {"task_id": f"HumanEval/{index}", "completion": answer, "result": outcome, "passed": passed} | extra


def one(path: Path, **options: Any) -> Any:
    (imported,) = read_run(path, **options)
    return imported


def by_name(imported: ImportedRun) -> Any:
    return {metric.name: metric for metric in imported.metrics}


def test_plain_results(tmp_path):
    imported = one(write_lines(tmp_path / "r.txt", *(result(i, i < 141) for i in range(164))))
    metrics = by_name(imported)
    assert set(metrics) == {"pass_rate", "pass@1"}
    rate = metrics["pass_rate"]
    assert (rate.successes, rate.n, rate.missing, rate.clusters) == (141, 164, 0, None)
    assert (rate.estimate.low, rate.estimate.high) == wilson(141, 164)
    assert imported.run.task.name == "HumanEval"
    assert imported.run.status == "unknown"
    assert any("does not say which model" in doubt for doubt in imported.doubts)


@pytest.mark.parametrize(
    ("field", "yes", "no"),
    [
        ("is_solved", True, False),
        ("status", "passed", "failed: x"),
        ("result", "passed", "timed out"),
        ("passed", 1, 0),
    ],
)
def test_relatives_call_it_something_else(tmp_path, field, yes, no):
    lines = [{"name": f"mbpp_{i}", "solution": "x", field: yes if i < 3 else no} for i in range(5)]
    rate = by_name(one(write_lines(tmp_path / "r.jsonl", *lines)))["pass_rate"]
    assert (rate.successes, rate.n) == (3, 5)


def test_a_run_of_empty_answers_is_no_weak_model(tmp_path):
    lines = [{"task_id": f"HumanEval/{i}", "solution": "x" if i < 42 else "", "is_solved": i < 42} for i in range(164)]
    imported = one(write_lines(tmp_path / "r.jsonl", *lines))
    counts, rate = imported.run.counts, by_name(imported)["pass_rate"]
    assert (counts.planned, counts.scored, counts.errors) == (164, 42, 122)
    assert (rate.n, rate.successes, rate.missing) == (42, 42, 122)
    assert rate.value is None  # neither 26 % nor 100 %
    assert (rate.estimate.low, rate.estimate.high) == (clopper_pearson(42, 164)[0], 1.0)
    assert any("122 of 164 rows hold no answer" in doubt and "25.6 %" in doubt for doubt in imported.doubts)
    assert any("says 42 of 164" in doubt for doubt in imported.doubts)


def test_some_empty_answers_among_real_failures_leave_a_rate(tmp_path):
    lines = [result(i, i < 60, "" if i >= 90 else "x") for i in range(100)]
    imported = one(write_lines(tmp_path / "r.jsonl", *lines))
    metrics = by_name(imported)
    assert (metrics["pass_rate"].value, metrics["pass_rate"].n, metrics["pass_rate"].missing) == (60 / 90, 90, 10)
    assert "pass@1" not in metrics


def test_the_analyst_may_say_that_empty_means_failed(tmp_path):
    lines = [result(i, i < 6, "x" if i < 6 else " \n") for i in range(10)]
    path = write_lines(tmp_path / "r.jsonl", *lines)
    told = one(path, empty_answers_fail=True)
    assert (by_name(told)["pass_rate"].successes, by_name(told)["pass_rate"].n) == (6, 10)
    assert any("4 of 10 rows hold no answer; they are counted as failures" in doubt for doubt in told.doubts)
    assert told.run.id != one(path).run.id


def test_repeats_widen_the_interval_and_give_pass_at_k(tmp_path):
    lines = [result(task, task < 10, n=n) for task in range(20) for n in range(5)]
    imported = one(write_lines(tmp_path / "r.jsonl", *lines))
    metrics = by_name(imported)
    rate = metrics["pass_rate"]
    assert (rate.n, rate.successes, rate.clusters) == (100, 50, 20)
    assert rate.estimate.n_effective == pytest.approx(19)
    assert rate.estimate.low < wilson(50, 100)[0]
    assert {"pass@1", "pass@2", "pass@3", "pass@5"} <= set(metrics)
    assert "pass@10" not in metrics
    assert (metrics["pass@5"].value, metrics["pass@5"].kind, metrics["pass@5"].k) == (0.5, "pass_at_k", 5)
    assert any("100 answers to 20 tasks" in doubt for doubt in imported.doubts)


def test_pass_at_k_stops_at_the_fewest_answers(tmp_path):
    lines = [result(task, n == 0) for task in range(4) for n in range(2 if task == 3 else 3)]
    assert set(by_name(one(write_lines(tmp_path / "r.jsonl", *lines)))) == {"pass_rate", "pass@1", "pass@2"}


def test_rows_without_a_clear_result_are_missing(tmp_path):
    lines = [result(0, True), result(1, False), {"task_id": "HumanEval/2", "completion": "x", "status": "sandbox down"}]
    imported = one(write_lines(tmp_path / "r.jsonl", *lines))
    assert (imported.run.counts.unscored, by_name(imported)["pass_rate"].missing) == (1, 1)
    assert any("sandbox down" in doubt for doubt in imported.doubts)


def test_timeouts_and_contradictions_are_said(tmp_path):
    lines = [result(0, True), result(1, False, result="timed out"), result(2, True, result="failed: x")]
    doubts = one(write_lines(tmp_path / "r.jsonl", *lines)).doubts
    assert any("1 of 3 answers timed out" in doubt for doubt in doubts)
    assert any("1 of 3 rows contradict themselves" in doubt for doubt in doubts)


def test_samples_without_results_are_refused_with_the_way_on(tmp_path):
    path = write_lines(tmp_path / "s.jsonl", {"task_id": "HumanEval/0", "completion": "x"})
    with pytest.raises(ImportProblem, match="no results; run the tool's evaluation step"):
        read_run(path)


def test_columns_can_be_named(tmp_path):
    path = write_lines(tmp_path / "r.jsonl", *({"prompt": str(i), "safe": i < 2, "code": "x"} for i in range(4)))
    with pytest.raises(ImportProblem, match="nobody has said what its columns mean"):
        read_run(path)
    rate = by_name(one(path, columns={"item": "prompt", "passed": "safe", "answer": "code"}))["pass_rate"]
    assert (rate.successes, rate.n) == (2, 4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"task_id": "a", "passed": true}\n{"task_id": "b", "pas', "line 2 is cut off"),
        (b'{"task_id": "a", "passed": true}\n[1]\n', "line 2 is no JSON object"),
        (b'{"task_id": "a", "passed": true}\n\xff\xfe\n', "line 2 is not UTF-8"),
    ],
)
def test_broken_lines_are_named(tmp_path, content, words):
    (tmp_path / "r.jsonl").write_bytes(content)
    with pytest.raises(ImportProblem, match=words):
        read_run(tmp_path / "r.jsonl")
