"""HELM run folders: n from the instances, perturbations and splits apart, failed requests."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import there
from tests.unit.evidence.formats import fuzz
from workbench.evidence.formats.helm import main_file
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_many, read_run
from workbench.evidence.statistics import wilson

TYPOS = {"name": "typos", "robustness": True, "fairness": False, "computed_on": "perturbed", "prob": 0.1}


def stat(name: str, mean: float | None, split: str = "test", changed: Any = None, **extra: Any) -> dict[str, Any]:
    label = {"name": name, "split": split} | ({"perturbation": changed} if changed else {})
    if mean is None:
        return {"name": label, "count": 0, "sum": 0, "sum_squared": 0}
    return {"name": label, "count": 1, "sum": mean, "sum_squared": mean * mean, "mean": mean, "variance": 0.0} | extra


def row(instance: int, score: float | None, split: str = "test", changed: Any = None, trial: int = 0) -> dict[str, Any]:
    stats = [stat("num_references", 4, split, changed), stat("exact_match", score, split, changed)]
    fields: dict[str, Any] = {"instance_id": f"id{instance}", "train_trial_index": trial, "stats": stats}
    return fields | ({"perturbation": changed} if changed else {})


def state(instance: int, success: bool = True, **extra: Any) -> dict[str, Any]:
    result = {
        "success": success,
        "completions": [{"text": " B"}],
        "cached": False,
        "request_datetime": 1_750_000_000 + instance,
    }
    return {"instance": {"id": f"id{instance}", "split": "test"}, "result": result, **extra}


SPEC: dict[str, Any] = {
    "name": "mmlu:subject=law,model=lab_m-1",
    "scenario_spec": {"class_name": "helm.benchmark.scenarios.mmlu_scenario.MMLUScenario", "args": {"subject": "law"}},
    "adapter_spec": {
        "method": "multiple_choice_joint",
        "model": "lab/m-1",
        "temperature": 0.0,
        "max_eval_instances": 100,
    },
    "metric_specs": [{"class_name": "helm.Basic", "args": {"names": ["exact_match"]}}],
}
SCENARIO = {"name": "mmlu", "description": "x", "tags": ["knowledge"], "definition_path": "y"}


def write(folder: Path, **files: Any) -> tuple[Path, tuple[Path, ...]]:
    """A run's folder of ten instances, three right; the main file and the others."""
    folder.mkdir(exist_ok=True)
    values = {
        "run_spec": SPEC,
        "scenario": SCENARIO,
        "scenario_state": {"adapter_spec": SPEC["adapter_spec"], "request_states": [state(i) for i in range(10)]},
        "stats": [stat("exact_match", 0.3), stat("num_instances", 10.0)],
        "per_instance_stats": [row(i, float(i < 3)) for i in range(10)],
    } | files
    for name, value in values.items():
        if value is not None:
            (folder / f"{name}.json").write_text(json.dumps(value, indent=2))
    main = main_file(folder) or folder / "run_spec.json"
    return main, tuple(path for path in folder.iterdir() if path != main)


def one(folder: Path, **files: Any) -> Any:
    main, beside = write(folder, **files)
    (imported,) = read_run(main, beside=beside)
    return imported, {(metric.name, tuple(metric.strata.values())): metric for metric in imported.metrics}


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


def test_a_run_folder(tmp_path):
    imported, metrics = one(tmp_path)
    assert set(metrics) == {("exact_match", ())}  # num_references and num_instances are about effort
    metric = metrics["exact_match", ()]
    assert (metric.successes, metric.n, metric.missing, metric.reported.value) == (3, 10, 0, 0.3)
    assert (metric.estimate.low, metric.estimate.high) == wilson(3, 10)
    assert metric.reported.stderr is None  # HELM's deviation is over one trial
    run = imported.run
    assert (run.model.name, run.task.name, run.dataset.name, run.limit) == (
        "lab/m-1",
        "mmlu:subject=law",
        "mmlu",
        "100",
    )
    assert (run.status, run.counts.planned, run.counts.scored, run.counts.errors) == ("success", 10, 10, 0)
    assert (run.started_at, run.completed_at) == ("2025-06-15T15:06:40+00:00", "2025-06-15T15:06:49+00:00")
    assert len(run.companions) == 4
    assert imported.items[metric.id][2].item == "id2"
    assert not says(imported, "At most 100 instances")
    assert says(imported, "does not state its version")


def test_the_folder_is_read_as_one_run(tmp_path):
    main, _ = write(tmp_path / "run")
    assert main.name == "run_spec.json"
    reading = read_many([tmp_path / "run"])
    assert len(reading.runs) == 1
    assert not reading.problems
    assert main_file(tmp_path) is None
    (tmp_path / "run" / "run_spec.json").write_text("")
    assert there(main_file(tmp_path / "run")).name == "stats.json"
    (tmp_path / "run" / "stats.json").write_text("[]")
    assert there(main_file(tmp_path / "run")).name == "per_instance_stats.json"


def test_failed_requests_are_missing_not_wrong(tmp_path):
    requests = [state(i, success=i not in (8, 9)) for i in range(10)]
    imported, metrics = one(tmp_path, scenario_state={"adapter_spec": {}, "request_states": requests})
    metric = metrics["exact_match", ()]
    assert (metric.successes, metric.n, metric.missing) == (3, 8, 2)
    assert (imported.run.counts.errors, imported.run.counts.scored) == (2, 8)
    assert says(imported, "Requests of 2 instances failed")
    assert says(imported, "exact_match: the tool reports 30 %, the scored items give 37.5 %")


def test_values_without_a_number_and_rows_left_out_are_missing(tmp_path):
    rows = [row(i, None if i == 0 else 1.0) for i in range(8)]
    _, metrics = one(tmp_path, per_instance_stats=rows)
    assert (metrics["exact_match", ()].n, metrics["exact_match", ()].missing) == (7, 3)


def test_perturbations_are_apart(tmp_path):
    rows = [row(i, float(i < 6)) for i in range(10)] + [row(i, float(i % 2), changed=TYPOS) for i in range(10)]
    worst = {"name": "robustness", "robustness": True, "fairness": False, "computed_on": "worst"}
    fair = {"name": "fairness", "robustness": False, "fairness": True, "computed_on": "worst"}
    stats = [stat("exact_match", 0.6), stat("exact_match", 0.5, changed=TYPOS)]
    stats += [stat("exact_match", 0.3, changed=worst), stat("exact_match", 0.6, changed=fair)]
    stats += [stat("exact_match", 0.3, changed=TYPOS | {"computed_on": "worst"})]
    stats += [stat("exact_match", 0.6, changed=TYPOS | {"computed_on": "original"})]
    imported, metrics = one(tmp_path, stats=stats, per_instance_stats=rows)
    figures = {strata: (metric.successes, metric.n, metric.reported.value) for (_, strata), metric in metrics.items()}
    assert figures == {
        (): (6, 10, 0.6),
        ("typos",): (5, 10, 0.5),
        ("robustness", "worst"): (3, 10, 0.3),
        ("typos", "worst"): (3, 10, 0.3),
    }
    assert says(imported, "the lowest value as the worst")
    assert says(imported, "no instance was changed")
    assert not says(imported, "the tool reports")


def test_splits_are_apart(tmp_path):
    rows = [row(i, 1.0, "valid") for i in range(4)] + [row(10 + i, 0.0, "test") for i in range(6)]
    stats = [stat("exact_match", 1.0, "valid"), stat("exact_match", 0.0, "test")]
    _, metrics = one(tmp_path, stats=stats, per_instance_stats=rows)
    assert {strata: (metric.successes, metric.n) for (_, strata), metric in metrics.items()} == {
        ("valid",): (4, 4),
        ("test",): (0, 6),
    }


def test_trials_are_repeats(tmp_path):
    rows = [row(i, float(i < 3), trial=trial) for trial in range(3) for i in range(10)]
    imported, metrics = one(tmp_path, per_instance_stats=rows)
    metric = metrics["exact_match", ()]
    assert (metric.n, metric.clusters, metric.missing) == (30, 10, 0)
    assert (imported.run.counts.attempted, imported.run.counts.clusters) == (30, 10)


def test_a_count_of_one_is_no_n(tmp_path):
    imported, metrics = one(tmp_path, per_instance_stats=None)
    metric = metrics["exact_match", ()]
    assert (metric.value, metric.n, metric.reported.value, imported.run.status) == (None, None, 0.3, "unknown")
    assert says(imported, "counts trials, not instances")


def test_the_limit_and_what_was_odd_about_requests(tmp_path):
    spec = SPEC | {
        "adapter_spec": SPEC["adapter_spec"] | {"max_eval_instances": 10},
        "annotators": [{"class_name": "x.Judge"}],
    }
    requests = [state(i, prompt_truncated=i == 0) for i in range(10)]
    requests[1]["result"]["cached"] = True
    requests[2]["result"]["completions"] = [{"text": ""}]
    imported, _ = one(tmp_path, run_spec=spec, scenario_state={"adapter_spec": {}, "request_states": requests})
    assert imported.run.provenance.judges == ("x.Judge",)
    for words in (
        "At most 10 instances",
        "1 of 10 prompts were cut",
        "1 of 10 answers came from a cache",
        "in part perhaps",
    ):
        assert says(imported, words)
    assert says(imported, "1 of 10 answers are empty")


def test_parts_alone(tmp_path):
    write(tmp_path)
    (alone,) = read_run(tmp_path / "per_instance_stats.json")
    assert (alone.metrics[0].n, alone.run.model.name) == (10, "")
    assert says(alone, "do not say which model")
    for name in ("run_spec", "scenario", "scenario_state"):
        with pytest.raises(ImportProblem, match="part of a HELM run without its results; read the run's folder"):
            read_run(tmp_path / f"{name}.json")
    with pytest.raises(ImportProblem, match="no figure about the answers"):
        one(tmp_path / "x", stats=[stat("num_instances", 1.0)], per_instance_stats=None)


def test_files_of_another_folder_are_left_alone(tmp_path):
    first, _ = write(tmp_path / "a", stats=None, per_instance_stats=None)
    _, other = write(tmp_path / "b")
    with pytest.raises(ImportProblem, match="without its results"):
        read_run(first, beside=other)


def test_a_broken_state_costs_only_what_it_would_tell(tmp_path):
    main, beside = write(tmp_path)
    (tmp_path / "scenario_state.json").write_text('{"adapter_spec": ')
    (imported,) = read_run(main, beside=beside)
    assert imported.metrics[0].n == 10
    assert says(imported, "scenario_state.json could not be read")
    (tmp_path / "stats.json").write_text("[{")
    with pytest.raises(ImportProblem, match="stats"):
        read_run(main, beside=beside)


def test_wrong_types_at_every_place(tmp_path):
    rows = [row(0, 1.0), row(0, 0.0, changed=TYPOS)]
    stats = [stat("exact_match", 0.3), stat("exact_match", 0.3, changed=TYPOS | {"computed_on": "worst"})]
    main, beside = write(
        tmp_path,
        stats=stats,
        per_instance_stats=rows,
        scenario_state={"request_states": [state(0)], "adapter_spec": {}},
    )
    for path in (main, *beside):
        good = path.read_bytes()
        value = json.loads(good)
        for at in fuzz.places(value):
            for new in fuzz.WRONG:
                path.write_text(json.dumps(fuzz.with_put(value, at, new)))
                fuzz.holds(main, beside=beside)
        for variant in (good[:-5], b"[]", b"{}", b"null", b"\xff", b" ", b"[" * 100_000):
            path.write_bytes(variant)
            fuzz.holds(main, beside=beside)
        path.write_bytes(good)
        fuzz.broken_variants(tmp_path / "other.json", good)
        (tmp_path / "other.json").unlink()


@settings(max_examples=fuzz.rounds(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), inner=fuzz.junk)
def test_fuzzed(tmp_path, seed, inner):
    main, beside = write(tmp_path)
    for path in (main, *beside):
        good = path.read_bytes()
        path.write_bytes(fuzz.mutated(good, seed) or b" ")
        fuzz.holds(main, beside=beside)
        fuzz.holds(path)
        path.write_bytes(good)
    stats = [
        stat("x", 1.0) | {"name": inner},
        {"name": {"name": "x", "split": inner, "perturbation": inner}, "mean": inner},
    ]
    main, beside = write(tmp_path, stats=stats, per_instance_stats=[{"instance_id": inner, "stats": stats}, inner])
    fuzz.holds(main, beside=beside)
    main, beside = write(
        tmp_path, run_spec=SPEC | {"adapter_spec": inner}, scenario=inner, scenario_state={"request_states": inner}
    )
    fuzz.holds(main, beside=beside)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_the_real_run():
    (folder,) = (fuzz.SHARED / "helm").iterdir()
    assert {path.name: list(fuzz.claims(path)) for path in folder.iterdir()} == {
        path.name: ["helm"] for path in folder.iterdir()
    }
    reading = read_many([folder])
    (imported,) = reading.runs
    rows = json.loads((folder / "per_instance_stats.json").read_text())
    means = [stat["mean"] for row in rows for stat in row["stats"] if stat["name"]["name"] == "exact_match"]
    metric = imported.metrics[0]
    assert (metric.name, metric.successes, metric.n, metric.reported.value) == (
        "exact_match",
        sum(means),
        len(means),
        0.3,
    )
    assert (metric.successes, metric.n) == (3, 10)
    assert (imported.run.model.name, imported.run.status, imported.run.limit) == (
        "eleutherai/pythia-1b-v0",
        "success",
        "10",
    )
    assert len(imported.run.companions) == 4
