"""Records of Every Eval Ever, of several schema versions, with and without their samples."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.evidence.logs import header, rows, write_eval
from workbench.evidence.eee_export import eee_record
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_many, read_run
from workbench.evidence.statistics import wilson


def result(name: str = "gsm8k", score: float = 0.75, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "evaluation_result_id": f"{name}-acc",
        "evaluation_name": name,
        "source_data": {
            "dataset_name": f"{name} set",
            "source_type": "hf_dataset",
            "hf_repo": "x/y",
            "samples_number": 8,
        },
        "metric_config": {
            "metric_name": "Accuracy",
            "metric_kind": "accuracy",
            "metric_unit": "proportion",
            "lower_is_better": False,
            "score_type": "continuous",
            "min_score": 0.0,
            "max_score": 1.0,
        },
        "score_details": {
            "score": score,
            "uncertainty": {"standard_error": {"value": 0.15, "method": "analytic"}, "num_samples": 8},
        },
        "generation_config": {"generation_args": {"temperature": 0.2, "max_tokens": 64}},
    }
    return made | changes


def record(*results: dict[str, Any], **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "schema_version": "0.3.0",
        "evaluation_id": "gsm8k/lab_model/1",
        "evaluation_timestamp": "1770682486",
        "retrieved_timestamp": "1770682486.6",
        "source_metadata": {
            "source_type": "evaluation_run",
            "source_organization_name": "Lab",
            "evaluator_relationship": "third_party",
        },
        "eval_library": {"name": "inspect_ai", "version": "0.3.1"},
        "model_info": {"name": "Model", "id": "lab/model", "developer": "Lab", "additional_details": {}},
        "evaluation_results": list(results) or [result()],
    }
    return made | changes


def sample(item: str, score: float | None, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "schema_version": "0.3.0",
        "evaluation_id": "gsm8k/lab_model/1",
        "model_id": "lab/model",
        "evaluation_name": "gsm8k",
        "evaluation_result_id": "gsm8k-acc",
        "sample_id": item,
        "sample_hash": f"h{item}",
        "interaction_type": "single_turn",
        "input": {"raw": "q", "reference": ["a"]},
        "output": {"raw": ["x"]},
        "answer_attribution": [],
        "evaluation": {"score": score, "is_correct": bool(score)},
        "error": None,
        "metadata": {"level": "hard" if item < "e" else "easy"},
    }
    return made | changes


def write(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def lines(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def one(path: Path) -> Any:
    (imported,) = read_run(path)
    return imported


def test_a_record(tmp_path):
    imported = one(write(tmp_path / "r.json", record()))
    run, metric = imported.run, imported.metrics[0]
    assert (run.format, run.format_version, run.verified) == ("every-eval-ever", "0.3.0", True)
    assert (run.model.name, run.provenance.developer, run.task.name, run.dataset.name) == (
        "lab/model",
        "Lab",
        "gsm8k",
        "gsm8k set",
    )
    assert (run.library.name, run.library.version, run.relationship, run.status) == (
        "inspect_ai",
        "0.3.1",
        "third_party",
        "unknown",
    )
    assert run.completed_at == "2026-02-10T00:14:46+00:00"
    assert run.provenance.settings["temperature"] == "0.2"
    assert (metric.name, metric.value, metric.n, metric.successes) == ("Accuracy", 0.75, 8, 6)
    assert (metric.estimate.low, metric.estimate.high) == wilson(6, 8)
    assert (metric.reported.value, metric.reported.stderr) == (0.75, 0.15)
    assert metric.tool_says_higher_is_better is True
    assert (run.counts.planned, run.counts.scored) == (8, None)


def test_each_evaluation_is_a_run(tmp_path):
    runs = read_run(write(tmp_path / "r.json", record(result("a"), result("b", 0.5))))
    assert [run.run.task.name for run in runs] == ["a", "b"]
    assert len({run.run.id for run in runs}) == 2


@pytest.mark.parametrize(
    ("config", "score", "unit", "reported", "value"),
    [
        ({"metric_unit": "percent"}, 75.0, "proportion", 0.75, 0.75),
        ({"metric_unit": None, "min_score": 0, "max_score": 100}, 75, "proportion", 0.75, 0.75),
        ({"metric_unit": "points", "max_score": 10}, 7.5, "other", 7.5, None),
        ({"metric_unit": None, "min_score": "-Infinity", "max_score": "Infinity"}, 1203.5, "other", 1203.5, None),
        ({"metric_kind": "f1", "metric_name": "F1"}, 0.75, "proportion", 0.75, None),
        ({"metric_parameters": {"k": 5}, "metric_name": "pass_rate@5"}, 0.75, "proportion", 0.75, None),
    ],
)
def test_units_and_what_is_recomputed(tmp_path, config, score, unit, reported, value):
    entry = result(score=score)
    entry["metric_config"] |= config
    metric = one(write(tmp_path / "r.json", record(entry))).metrics[0]
    assert (metric.unit, metric.reported.value, metric.value) == (unit, pytest.approx(reported), value)


def test_a_rounded_score_is_no_count(tmp_path):
    entry = result(score=0.449)
    entry["score_details"]["uncertainty"]["num_samples"] = 5410
    metric = one(write(tmp_path / "r.json", record(entry))).metrics[0]
    assert (metric.value, metric.n, metric.reported.value) == (None, 5410, 0.449)


def test_unknown_and_unmeasured(tmp_path):
    entry = result(score=-1)
    entry["metric_config"] |= {"score_type": "levels", "level_names": ["a"], "has_unknown_level": True}
    imported = one(write(tmp_path / "r.json", record(entry, schema_version="9.9.9")))
    assert imported.run.verified is False
    assert any("9.9.9" in doubt for doubt in imported.doubts)
    assert imported.metrics[0].reported.value is None
    assert any("has no score" in doubt for doubt in imported.doubts)
    judged = result()
    judged["metric_config"]["llm_scoring"] = {"judges": [{"model_info": {"id": "lab/judge"}}], "input_prompt": "?"}
    copied = record(judged, source_metadata={"source_type": "documentation", "source_name": "A board"})
    imported = one(write(tmp_path / "d.json", copied))
    assert imported.run.provenance.judges == ("lab/judge",)
    assert any("copied from a publication (A board)" in doubt for doubt in imported.doubts)


def test_samples_beside_the_record_are_what_counts(tmp_path):
    scores = {"a": 1, "b": 1, "c": 0, "d": 1, "e": 0, "f": 1}
    rows_ = [sample(item, score) for item, score in scores.items()]
    rows_ += [sample("g", None, error="timeout"), sample("h", 1, evaluation_id="other")]
    detailed = lines(tmp_path / "r_samples.jsonl", *rows_)
    digest = hashlib.sha256(detailed.read_bytes()).hexdigest()
    about = {"format": "jsonl", "file_path": "data/x/r_samples.jsonl", "hash_algorithm": "sha256", "checksum": digest}
    path = write(tmp_path / "r.json", record(detailed_evaluation_results=about | {"total_rows": 8}))
    found = read_many([tmp_path])
    (imported,) = found.runs
    assert found.problems == ()
    metric = imported.metrics[0]
    assert (metric.n, metric.successes, metric.missing, metric.reported.value) == (6, 4, 1, 0.75)
    assert [m.strata for m in imported.metrics[1:]] == [{"level": "easy"}, {"level": "hard"}]
    assert (imported.run.counts.errors, imported.run.counts.planned) == (1, 8)
    assert [Path(part.path).name for part in imported.run.companions] == ["r_samples.jsonl"]
    assert imported.items[metric.id][0].digest == "ha"
    text = " ".join(imported.doubts)
    assert "1 samples are of another evaluation" in text
    assert "the record says 0.75, its samples give 0.6667" in text
    assert "checksum differs" not in text
    detailed.write_text(detailed.read_text(encoding="utf-8") + json.dumps(sample("i", 1)) + "\n", encoding="utf-8")
    text = " ".join(read_many([path, detailed]).runs[0].doubts)
    assert "checksum differs" in text
    assert "speaks of 8 samples; their file holds 9" in text
    assert "it was not given" in " ".join(one(path).doubts)


def test_broken_samples_do_not_hide_the_record(tmp_path):
    (tmp_path / "r_samples.jsonl").write_text("{broken", encoding="utf-8")
    path = write(tmp_path / "r.json", record())
    found = read_many([path, tmp_path / "r_samples.jsonl"])
    assert "were not read" in " ".join(found.runs[0].doubts)
    assert len(found.problems) == 1


def test_samples_by_themselves(tmp_path):
    path = lines(tmp_path / "s.jsonl", *(sample(item, item < "c") for item in "abcd"), sample("a", 1.0))
    imported = one(path)
    assert (imported.run.task.name, imported.run.model.name) == ("gsm8k", "lab/model")
    metric = imported.metrics[0]
    assert (metric.name, metric.n, metric.successes, metric.clusters) == ("score", 5, 3, 4)
    assert any("without their record" in doubt for doubt in imported.doubts)


def test_many_records_one_a_line(tmp_path):
    path = lines(tmp_path / "aggregate.jsonl", record(), record(evaluation_id="two"))
    assert [run.run.run_id for run in read_run(path)] == ["gsm8k/lab_model/1", "two"]


@pytest.mark.parametrize("results", [[], None, "x", [3]])
def test_a_record_without_results_is_refused(tmp_path, results):
    with pytest.raises(ImportProblem, match="no evaluation results"):
        read_run(write(tmp_path / "r.json", record() | {"evaluation_results": results}))


def test_what_is_exported_is_read_again(tmp_path):
    (first,) = read_run(write_eval(tmp_path / "a.eval", header(), rows("C", "I", "C", "I")))
    exported, _ = eee_record(first.run, first.metrics)
    imported = one(write(tmp_path / "r.json", exported))
    assert (imported.run.model.name, imported.run.task.name) == ("lab/model-1", "secure_code")
    assert imported.run.completed_at == "2026-03-01T10:05:00+00:00"
    metric = imported.metrics[0]
    assert (metric.name, metric.value, metric.n, metric.successes) == ("accuracy · match", 0.5, 4, 2)


def test_the_collected_record(shared):
    folder = shared / "evalruns" / "every_eval_ever"
    runs = read_run(folder / "98ea850e-7019-4728-a558-8b1819ec47c2.json")
    assert [run.run.task.name for run in runs] == ["IFEval", "BBH", "MATH Level 5", "GPQA", "MUSR", "MMLU-PRO"]
    first = runs[0]
    assert (first.run.format_version, first.run.verified) == ("0.2.0", True)
    assert first.run.model.name == "TencentARC/LLaMA-Pro-8B-Instruct"
    assert (first.metrics[0].value, first.metrics[0].reported.value) == (None, 0.4486)
    assert any("copied from a publication (HF Open LLM v2)" in doubt for doubt in first.doubts)
    for name in ("eval.schema.json", "instance_level_eval.schema.json"):
        with pytest.raises(ImportProblem, match="no run file"):
            read_run(folder / name)
