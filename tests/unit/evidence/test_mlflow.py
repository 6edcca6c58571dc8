"""MLflow's file store, in the shapes that its versions write."""

from pathlib import Path

import pytest

from workbench.evidence.formats.mlflow_files import flat_yaml, metric_history
from workbench.evidence.imported import placed_beside
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_many, read_run

RUN = """artifact_uri: file:///elsewhere/artifacts
end_time: {end}
entry_point_name: ''
experiment_id: '7'
lifecycle_stage: {stage}
run_id: {id}
run_name: {name}
source_version: ''
start_time: 1795333156809
status: {status}
tags: []
user_id: somebody
"""
EXPERIMENT = """artifact_location: file:///elsewhere/7
creation_time: 1795333156757
experiment_id: '7'
lifecycle_stage: active
name: 'secure code, with: a colon and so many words that the
  line goes on'
"""
NAME = "secure code, with: a colon and so many words that the line goes on"


def run_folder(
    store: Path,
    id: str = "r1",
    *,
    status: str = "3",
    stage: str = "active",
    params: dict[str, str] | None = None,
    metrics: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    experiment = store / "7"
    folder = experiment / id
    for kind, files in (("params", params), ("metrics", metrics), ("tags", tags)):
        (folder / kind).mkdir(parents=True)
        for name, text in (files or {}).items():
            (folder / kind / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / kind / name).write_text(text, encoding="utf-8")
    (folder / "artifacts").mkdir()
    meta = RUN.format(id=id, name=f"name of {id}", status=status, stage=stage, end="1795333156821")
    (folder / "meta.yaml").write_text(meta, encoding="utf-8")
    (experiment / "meta.yaml").write_text(EXPERIMENT, encoding="utf-8")
    return folder


GOOD = {"model": "lab/m-1", "task": "humaneval", "temperature": "0.2"}


def test_a_store_an_experiment_or_a_run_can_be_given(tmp_path):
    one = run_folder(tmp_path, "r1", params=GOOD, metrics={"acc": "1795333156819 0.86 0\n"})
    run_folder(tmp_path, "r2", params=GOOD, metrics={"acc": "1795333156819 0.5 0\n"})
    for given, count in ((tmp_path, 2), (tmp_path / "7", 2), (one, 1)):
        found = read_many([given])
        assert found.problems == ()
        assert len(found.runs) == count
        assert (NAME in found.runs[0].run.title) == (given != one), "above the given folder nothing is read"
    run = read_many([tmp_path]).runs[0].run
    assert (run.format, run.run_id, run.status) == ("mlflow", "r1", "success")
    assert (run.model.name, run.task.name, run.provenance.settings["temperature"]) == ("lab/m-1", "humaneval", "0.2")
    assert run.started_at == "2026-11-22T07:39:16.809+00:00"
    names = {Path(part.path).name for part in run.companions}
    assert names == {"acc", "model", "task", "temperature", "meta.yaml"}


def test_the_last_value_is_taken_and_the_best_is_told(tmp_path):
    metrics = {
        "acc": "10 0.86 0\n11 0.87 1\n12 0.85 2\n",
        "late": "30 0.1 5\n10 0.9 7\n20 0.2 6\n",
        "old": "10 0.5\n11 0.6\n",
        "new": "10 0.5 0 dataset digest\n",
        "eval/nested": "10 1 0\n",
        "lost": "10 nan 0\n11 nan 1\n",
        "wide": "10 inf 0\n",
        "same": "10 0.5 0\n11 0.5 1\n",
    }
    run_folder(tmp_path, params=GOOD, metrics=metrics)
    (imported,) = read_many([tmp_path]).runs
    said = {metric.name: metric.reported.value for metric in imported.metrics}
    assert said == {
        "acc": 0.85,
        "late": 0.9,
        "old": 0.6,
        "new": 0.5,
        "eval/nested": 1,
        "lost": None,
        "wide": None,
        "same": 0.5,
    }
    assert all(metric.value is None and metric.n is None for metric in imported.metrics)
    text = " ".join(imported.doubts)
    assert "acc was logged 3 times, from 0.85 to 0.87; the last, 0.85, was taken, not the best" in text
    assert "lost: the last value is no number" in text
    assert "same was logged" not in text
    assert "how many samples are behind them" in text


def test_all_files_of_a_run_are_kept_relative_to_the_project(tmp_path):
    run_folder(tmp_path / "store", params={"model": "m"}, metrics={"acc": "1 0.5 0\n"})
    (imported,) = read_many([tmp_path]).runs
    run = placed_beside(imported, tmp_path).run
    assert run.source.path == "store/7/r1/meta.yaml"
    assert {part.path for part in run.companions} == {
        "store/7/r1/metrics/acc",
        "store/7/r1/params/model",
        "store/7/meta.yaml",
    }


@pytest.mark.parametrize(
    ("status", "kept"),
    [("1", "started"), ("3", "success"), ("4", "error"), ("5", "cancelled"), ("FINISHED", "success"), ("9", "unknown")],
)
def test_how_a_run_ended(tmp_path, status, kept):
    run_folder(tmp_path, status=status, metrics={"a": "1 1 0\n"})
    assert read_many([tmp_path]).runs[0].run.status == kept


def test_what_is_doubtful_is_said(tmp_path):
    run_folder(tmp_path, stage="deleted", status="4", tags={"mlflow.parentRunId": "p", "other": "x"})
    (imported,) = read_many([tmp_path]).runs
    text = " ".join(imported.doubts)
    assert imported.run.invalidated
    for words in (
        "the run failed",
        "was deleted",
        "a part of another run",
        "no metric",
        "which model",
        "experiment's name",
    ):
        assert words in text


def test_metrics_that_cannot_be_read_do_not_hide_others(tmp_path):
    metrics = {"good": "1 0.5 0\nrubbish\n", "bad": "rubbish\n", "empty": "", "long": "1 " + "9" * 5_000}
    folder = run_folder(tmp_path, params=GOOD, metrics=metrics)
    huge = folder / "metrics" / "huge"
    with huge.open("wb") as file:
        file.truncate(2**30)
    (imported,) = read_many([tmp_path]).runs
    assert [metric.name for metric in imported.metrics] == ["good"]
    text = " ".join(imported.doubts)
    assert "good: 1 of 2 lines cannot be read" in text
    for name in ("bad", "empty", "long", "huge"):
        assert f"The metric {name} could not be read" in text


def test_nothing_outside_the_run_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("1 0.123 0\n", encoding="utf-8")
    folder = run_folder(tmp_path / "store", params=GOOD, metrics={"a": "1 0.5 0\n"})
    (folder / "metrics" / "stolen").symlink_to(secret)
    (folder / "params" / "stolen").symlink_to("/etc/passwd")
    (imported,) = read_many([tmp_path / "store"]).runs
    assert [metric.name for metric in imported.metrics] == ["a"]
    assert "stolen" not in imported.run.provenance.settings


def test_a_meta_file_by_itself_says_what_to_give(tmp_path):
    folder = run_folder(tmp_path, metrics={"a": "1 1 0\n"})
    with pytest.raises(ImportProblem, match="give the run's folder"):
        read_run(folder / "meta.yaml")
    with pytest.raises(ImportProblem, match="give the experiment's folder"):
        read_run(folder.parent / "meta.yaml")
    (folder / "meta.yaml").write_text("run_id: x\nexperiment_id: 7\n[broken\n", encoding="utf-8")
    (problem,) = read_many([folder]).problems
    assert "line 3 is no entry" in str(problem)


def test_flat_yaml(tmp_path):
    path = tmp_path / "meta.yaml"
    text = "# c\na: 'it''s'\nb: \"t\\u00e4b\\n\"\nc: null\nd: plain: text\nlist:\n- 1\n- 2\ne:\n  long\n  text\n"
    path.write_text(text, encoding="utf-8")
    assert flat_yaml(path) == {"a": "it's", "b": "täb", "c": "", "d": "plain: text", "list": "", "e": "long text"}


def test_a_long_history_is_read_quickly(tmp_path):
    path = tmp_path / "m"
    path.write_text("".join(f"{step} {step / 100_000} {step}\n" for step in range(100_000)), encoding="utf-8")
    history = metric_history(path)
    assert (history.count, history.last, history.lowest) == (100_000, 0.99999, 0.0)


def test_the_collected_store(shared):
    found = read_many([shared / "evalruns" / "mlflow"])
    assert found.problems == ()
    assert [(run.run.model.name, run.run.status) for run in found.runs] == [
        ("gpt-4", "success"),
        ("broken", "error"),
        ("gpt-3.5-turbo", "success"),
    ]
    said = [{metric.name: metric.reported.value for metric in run.metrics} for run in found.runs]
    assert said == [
        {"n_samples": 164.0, "pass_at_1": 0.85},
        {"n_samples": 164.0, "pass_at_1": None},
        {"n_samples": 164.0, "pass_at_1": 0.47},
    ]
