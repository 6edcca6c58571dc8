"""OpenAI evals logs: lines in any order, runs that broke off, models that grade."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from tests.unit.evidence.logs import write_lines
from workbench.evidence.criterion import parse_criterion
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson
from workbench.evidence.verdict import judge


def spec(**changes: Any) -> dict[str, Any]:
    config = {
        "completion_fns": ["gpt-x"],
        "eval_spec": {
            "cls": "evals.elsuite.basic.match:Match",
            "args": {"samples_jsonl": "sums/samples.jsonl"},
            "key": "sums.dev.v2",
        },
        "seed": 7,
        "max_samples": None,
    }
    fields = {
        "completion_fns": ["gpt-x"],
        "eval_name": "sums.dev.match-v2",
        "base_eval": "sums",
        "split": "dev",
        "run_config": config,
        "created_by": "",
        "run_id": "R1",
        "created_at": "2026-01-02 03:04:05.678901",
    }
    return {"spec": fields | changes}


def event(index: int, kind: str, data: Any, sample: str = "", run: str = "R1") -> dict[str, Any]:
    return {
        "run_id": run,
        "event_id": index,
        "sample_id": sample or f"sums.dev.{index}",
        "type": kind,
        "data": data,
        "created_by": "",
        "created_at": f"2026-01-02 03:05:{index % 60:02}.000001+00:00",
    }


def match(index: int, correct: Any, sample: str = "") -> dict[str, Any]:
    return event(index, "match", {"correct": correct, "expected": "1", "picked": "1"}, sample)


def report(run: str = "R1", **figures: Any) -> dict[str, Any]:
    return {"final_report": figures, "run_id": run}


def one(folder: Path, *lines: Any) -> Any:
    (imported,) = read_run(write_lines(folder / "log.jsonl", *lines))
    return imported, {metric.name: metric for metric in imported.metrics}


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


MATCHES = [match(i, i < 6) for i in range(8)]


def test_matches_in_any_order(tmp_path):
    end = report(accuracy=0.75, boostrap_std=0.21)
    first = one(tmp_path, spec(), end, *MATCHES)
    for lines in ([spec(), *MATCHES, end], [*MATCHES, end, spec()], [end, *MATCHES[4:], spec(), *MATCHES[:4]]):
        imported, metrics = one(tmp_path, *lines)
        assert metrics["accuracy"].value == first[1]["accuracy"].value == 0.75
        assert imported.run.status == "success"
        assert imported.run.model.name == "gpt-x"
    imported, metrics = first
    accuracy = metrics["accuracy"]
    assert (accuracy.successes, accuracy.n, accuracy.missing, accuracy.scorer) == (6, 8, 0, "match")
    assert (accuracy.estimate.low, accuracy.estimate.high) == wilson(6, 8)
    assert (accuracy.reported.value, accuracy.reported.stderr) == (0.75, 0.21)
    run = imported.run
    assert (run.run_id, run.task.name, run.task.version) == ("R1", "sums", "v2")
    assert (run.dataset.name, run.dataset.version) == ("sums/samples.jsonl", "dev")
    assert (run.started_at, run.completed_at) == (
        "2026-01-02T03:04:05.678901+00:00",
        "2026-01-02T03:05:07.000001+00:00",
    )
    assert [item.item for item in imported.items[accuracy.id]][:2] == ["sums.dev.0", "sums.dev.1"]
    assert says(imported, "samples of half the size")
    assert says(imported, "does not state the tool's version")


def test_without_a_final_report_the_run_broke_off(tmp_path):
    imported, metrics = one(tmp_path, spec(), *MATCHES)
    assert (imported.run.status, imported.run.completed_at) == ("started", "")
    assert says(imported, "has no final report")
    assert metrics["accuracy"].n == 8
    assert judge(metrics["accuracy"], imported.run, parse_criterion(">= 1%")).verdict == "inconclusive"


def test_a_report_without_scores_is_no_success(tmp_path):
    lines = [event(i, "sampling", {"prompt": "p", "sampled": ["x"]}) for i in range(3)]
    imported, metrics = one(tmp_path, spec(), *lines, report(accuracy=float("nan")))
    assert (imported.run.status, imported.run.counts.unscored, metrics) == ("error", 3, {})


def test_errors_and_samples_without_a_score_are_missing(tmp_path):
    lines = [
        *MATCHES,
        event(8, "error", {"type": "RateLimitError", "message": "x"}),
        event(9, "sampling", {"sampled": "answer", "model": "gpt-x-0613"}),
        match(10, None),
    ]
    imported, metrics = one(tmp_path, spec(), *lines, report(accuracy=0.75))
    counts = imported.run.counts
    assert (counts.attempted, counts.scored, counts.errors, counts.unscored, counts.planned) == (11, 8, 1, 2, None)
    assert (metrics["accuracy"].n, metrics["accuracy"].missing) == (8, 3)
    assert (imported.run.model.name, imported.run.model.version) == ("gpt-x", "gpt-x-0613")
    assert says(imported, "1 of 11 samples ended in an error")
    assert says(imported, "2 of 11 samples were not scored")


def test_fuzzy_matches_report_their_own_accuracy(tmp_path):
    lines = [event(i, "metrics", {"accuracy": float(i < 2), "f1_score": i / 4}, f"s{i}") for i in range(4)]
    lines += [match(10 + i, i < 3, f"s{i}") for i in range(4)]
    imported, metrics = one(tmp_path, spec(), *lines, report(accuracy=0.5, f1_score=0.375, boostrap_std=0.1))
    assert (metrics["accuracy"].value, metrics["accuracy"].scorer, metrics["accuracy"].reported.value) == (0.5, "", 0.5)
    assert (metrics["f1_score"].value, metrics["f1_score"].kind) == (0.375, "mean")
    assert (metrics["match"].successes, metrics["match"].reported.value) == (3, None)
    assert not says(imported, "the tool reports")


def test_a_model_that_grades(tmp_path):
    graded = ["Yes", "Yes", "No", "__invalid__"]
    lines = [
        event(i, "metrics", {"choice": choice, "score": None if i == 3 else float(i < 2)})
        for i, choice in enumerate(graded)
    ]
    told = spec(completion_fns=["gpt-x", "gpt-judge"])
    told["spec"]["run_config"]["eval_spec"]["cls"] = "evals.elsuite.modelgraded.classify:ModelBasedClassify"
    said: dict[str, Any] = {"counts/Yes": 3, "counts/No": 1, "score": 0.6, "usage_total_tokens": 12}
    imported, metrics = one(tmp_path, told, *lines, report(**said))
    assert (metrics["score"].successes, metrics["score"].n, metrics["score"].missing) == (2, 3, 1)
    assert (metrics["choice Yes"].successes, metrics["choice Yes"].n, metrics["choice Yes"].missing) == (2, 3, 1)
    assert set(metrics) == {"score", "choice Yes", "choice No"}
    assert (imported.run.model.name, imported.run.provenance.judges) == ("gpt-x", ("gpt-judge",))
    assert says(imported, "judgement of a model (gpt-judge)")
    assert says(imported, "no usable judgement 1 times")
    assert says(imported, "The report counts 3 x Yes, the events 2.")
    assert says(imported, "score: the tool reports 60 %, the scored items give 66.7 %")
    own, _ = one(tmp_path, spec(), *lines, report())
    assert says(own, "gpt-x graded its own answers")
    nobody, _ = one(tmp_path, *lines, report())
    assert says(nobody, "judgement of a model (not named)")
    assert not says(nobody, "graded its own")


def test_repeats_are_clusters_and_limits_are_said(tmp_path):
    told = spec()
    told["spec"]["run_config"]["max_samples"] = 4
    lines = [match(i, i < 4, f"s{i % 4}") for i in range(8)]
    imported, metrics = one(tmp_path, told, *lines, report(accuracy=0.5))
    assert (metrics["accuracy"].n, metrics["accuracy"].clusters, imported.run.limit) == (8, 4, "4")
    assert says(imported, "At most 4 samples were run")
    assert says(imported, "Samples were scored several times")


def test_figures_of_the_report_alone(tmp_path):
    imported, metrics = one(tmp_path, spec(), report(accuracy=0.5, mean_turns=7.5, note="x"))
    assert (metrics["accuracy"].value, metrics["accuracy"].reported.value) == (None, 0.5)
    assert (metrics["mean_turns"].value, metrics["mean_turns"].reported.value) == (None, 7.5)
    assert says(imported, "holds no events")


def test_logs_of_older_versions_and_without_a_spec(tmp_path):
    old = spec(model_name="text-davinci-003")
    del old["spec"]["completion_fns"]
    imported, _ = one(tmp_path, old, *MATCHES, report(accuracy=0.75))
    assert imported.run.model.name == "text-davinci-003"
    imported, metrics = one(tmp_path, *MATCHES, report(accuracy=0.75))
    assert (metrics["accuracy"].n, imported.run.model.name) == (8, "")
    assert says(imported, "has no spec")


def test_two_runs_in_a_file_stay_apart(tmp_path):
    other = [event(i, "match", {"correct": True}, run="R2") for i in range(2)]
    path = write_lines(tmp_path / "x.jsonl", spec(), spec(run_id="R2"), *MATCHES, *other, report("R2", accuracy=1.0))
    first, second = read_run(path)
    assert (first.run.status, first.metrics[0].n, second.run.status, second.metrics[0].n) == (
        "started",
        8,
        "success",
        2,
    )
    assert first.run.id != second.run.id


def test_empty_answers_and_strange_lines_are_said(tmp_path):
    lines = [event(i, "sampling", {"sampled": [""]}) for i in range(8)]
    odd = {"run_id": "R1", "hello": 1}
    imported, _ = one(tmp_path, spec(), *lines, *MATCHES, odd, report(accuracy=0.75))
    assert says(imported, "8 of 8 samples have only empty answers")
    assert says(imported, "1 lines are neither")


def test_other_specs_are_refused(tmp_path):
    with pytest.raises(ImportProblem, match="no run file this version reads"):
        read_run(write_lines(tmp_path / "x.jsonl", {"spec": {"name": "pod"}}))


GOOD = [spec(), match(0, True), event(1, "metrics", {"choice": "Yes", "score": 1.0}), report(accuracy=1.0)]
TEXT = b"\n".join(json.dumps(line).encode() for line in GOOD)


def test_wrong_types_at_every_place(tmp_path):
    path = tmp_path / "f.jsonl"
    for index, line in enumerate(GOOD):
        others = b"\n".join(json.dumps(other).encode() for other in GOOD[:index] + GOOD[index + 1 :]) + b"\n"
        fuzz.wrong_everywhere(path, line, others)
    fuzz.wrong_everywhere(path, GOOD[0])
    fuzz.broken_variants(path, TEXT)


@settings(max_examples=fuzz.rounds(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), inner=fuzz.junk)
def test_fuzzed(tmp_path, seed, inner):
    path = tmp_path / "f.jsonl"
    path.write_bytes(fuzz.mutated(TEXT, seed) or b" ")
    fuzz.holds(path)
    lines = [spec(), spec(completion_fns=inner, run_config=inner, run_id=inner), event(0, "match", inner)]
    lines += [event(1, "metrics", {"choice": inner, "x": inner}), event(2, "sampling", {"sampled": inner}), inner]
    write_lines(
        path, *lines, {"final_report": inner, "run_id": "R1"}, {"final_report": {"accuracy": inner, "y": inner}}
    )
    fuzz.holds(path)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_the_real_log():
    (path,) = (fuzz.SHARED / "openai_evals" / "generated").glob("*.jsonl")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    right = [line["data"]["correct"] for line in lines if line.get("type") == "match"]
    assert fuzz.claims(path) == {"openai-evals": 92}
    (imported,) = read_run(path)
    (metric,) = imported.metrics
    assert (metric.name, metric.successes, metric.n) == ("accuracy", sum(right), len(right)) == ("accuracy", 0, 3)
    assert (imported.run.status, imported.run.model.name, imported.run.run_id) == (
        "success",
        "dummy",
        "261122073655KYVLIRX6",
    )
