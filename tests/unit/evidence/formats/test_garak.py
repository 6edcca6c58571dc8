"""garak reports: each attempt once, counts of the tool beside ours, a run without an end is no finished run."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from workbench.evidence.criterion import parse_criterion
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson
from workbench.evidence.verdict import judge

SETUP = {
    "entry_type": "start_run setup",
    "_config.version": "0.14.0",
    "run.generations": 2,
    "run.seed": 7,
    "plugins.target_type": "openai.OpenAIGenerator",
    "plugins.target_name": "model-1",
    "plugins.probe_spec": "dan",
}
INIT = {"entry_type": "init", "garak_version": "0.14.0", "start_time": "2026-01-01T10:00:00", "run": "R1"}
END = {"entry_type": "completion", "end_time": "2026-01-01T10:05:00", "run": "R1"}


def message(text: str) -> dict[str, Any]:
    return {"turns": [{"role": "user", "content": {"text": text, "lang": "en"}}]}


def attempt(seq: int, scores: list[Any] | None, probe: str = "dan.Dan", detector: str = "d.D", **extra: Any) -> Any:
    return {
        "entry_type": "attempt",
        "uuid": f"{probe}-{seq}",
        "seq": seq,
        "status": 1 if scores is None else 2,
        "probe_classname": probe,
        "prompt": message(f"prompt {seq}"),
        "outputs": [{"text": "x"}] * (2 if scores is None else len(scores)),
        "detector_results": {} if scores is None else {detector: scores},
    } | extra


def evaluation(passed: int, total: int, probe: str = "dan.Dan", detector: str = "d.D", **extra: Any) -> Any:
    return {"entry_type": "eval", "probe": probe, "detector": detector, "passed": passed, "total_evaluated": total} | {
        "fails": total - passed,
        "nones": 0,
        **extra,
    }


def write(folder: Path, *entries: Any) -> Path:
    path = folder / "x"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    return path


def one(path: Path) -> Any:
    (imported,) = read_run(path)
    return imported


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


GOOD = [
    SETUP,
    INIT,
    *(attempt(i, None) for i in range(4)),
    *(attempt(i, [0.0, 1.0 if i < 1 else 0.0]) for i in range(4)),
    evaluation(7, 8, confidence_lower=0.01, confidence_upper=0.4),
    END,
]


def test_a_finished_run(tmp_path):
    imported = one(write(tmp_path, *GOOD))
    (rate,) = imported.metrics
    assert (rate.name, rate.scorer, rate.successes, rate.n, rate.missing) == ("pass_rate", "dan.Dan/d.D", 7, 8, 0)
    assert (rate.clusters, rate.estimate.method) == (4, "wilson-clustered")
    assert rate.tool_says_higher_is_better is True
    assert (rate.reported.value, rate.reported.low, rate.reported.high) == (7 / 8, 0.6, 0.99)
    run = imported.run
    assert (run.status, run.model.name, run.task.name, run.run_id) == ("success", "model-1", "dan", "R1")
    assert (run.started_at, run.completed_at) == ("2026-01-01T10:00:00", "2026-01-01T10:05:00")
    assert (run.counts.attempted, run.counts.scored, run.counts.unscored, run.counts.clusters) == (8, 8, 0, 4)
    assert run.provenance.settings["generations"] == "2"
    assert {item.item for item in imported.items[rate.id]} == {f"dan.Dan/{i}" for i in range(4)}
    assert all(item.digest for item in imported.items[rate.id])
    assert says(imported, "turned round")


def test_a_run_without_an_end(tmp_path):
    imported = one(write(tmp_path, *GOOD[:8], attempt(4, None)))
    assert imported.run.status == "started"
    assert imported.run.counts.planned is None
    assert says(imported, "no completion entry")
    rate = imported.metrics[0]
    assert rate.missing == 6  # two judged attempts of five, two answers each
    assert rate.reported.value is None
    assert judge(rate, imported.run, parse_criterion(">= 0.1")).verdict == "inconclusive"


def test_a_finished_run_in_which_nothing_was_judged(tmp_path):
    imported = one(write(tmp_path, SETUP, INIT, attempt(0, [None, None], outputs=[None, None]), END))
    assert (imported.run.status, imported.run.counts.errors, imported.run.counts.scored) == ("error", 2, 0)
    assert imported.metrics[0].value is None


def test_answers_that_could_not_be_judged_are_missing(tmp_path):
    entries = [SETUP, INIT, attempt(0, [0.0, None]), attempt(1, [1.0, float("nan")]), evaluation(1, 2, nones=2), END]
    rate = one(write(tmp_path, *entries)).metrics[0]
    assert (rate.successes, rate.n, rate.missing) == (1, 2, 2)


def test_only_the_tools_counts(tmp_path):
    imported = one(write(tmp_path, SETUP, INIT, evaluation(30, 40, nones=3), evaluation(4, 4, detector="e.E"), END))
    rate = imported.metrics[0]
    assert (rate.successes, rate.n, rate.missing) == (30, 40, 3)
    assert (rate.estimate.low, rate.estimate.high) == wilson(30, 40)
    assert len(imported.metrics) == 2
    assert says(imported, "holds no attempts")
    assert says(imported, "too narrow")


def test_counts_of_the_tool_that_differ_hold(tmp_path):
    attempts = [attempt(i, [0.4, 0.6]) for i in range(3)]
    other = one(write(tmp_path, SETUP, INIT, *attempts, evaluation(6, 6), END))
    assert (other.metrics[0].successes, says(other, "the tool's counts were taken")) == (6, True)
    fewer = one(write(tmp_path, SETUP, INIT, *attempts, evaluation(50, 60), END))
    assert (fewer.metrics[0].n, says(fewer, "fewer or more judged answers")) == (60, True)
    same = one(write(tmp_path, SETUP, INIT, *attempts, evaluation(3, 6), END))
    assert (same.metrics[0].successes, says(same, "0.5 (the default) was taken")) == (3, True)
    told = one(write(tmp_path, SETUP | {"run.eval_threshold": 0.7}, INIT, *attempts, evaluation(6, 6), END))
    assert (told.metrics[0].successes, says(told, "default")) == (6, False)


@pytest.mark.parametrize("odd", [{"passed": 9}, {"passed": "7", "fails": None}, {"total_evaluated": -1, "fails": None}])
def test_counts_that_contradict_each_other_give_no_rate(tmp_path, odd):
    imported = one(write(tmp_path, SETUP, INIT, evaluation(7, 8) | odd, END))
    assert imported.metrics[0].value is None
    assert says(imported, "missing or contradict each other")


def test_the_shape_of_2023(tmp_path):
    config = {"model_type": "huggingface", "model_name": "gpt2", "generations": 5, "entry_type": "config"}
    init = {"entry_type": "init", "garak_version": "0.9.0.7", "start_time": "2023-09-01T10:00:00", "run": "R"}
    row = {"entry_type": "eval", "probe": "dan.Dan", "detector": "detector.d.D", "passed": 3, "total": 4}
    old = [attempt(i, [0.0 if i else 1.0], prompt=f"p {i}", outputs=["x"]) for i in range(4)]
    imported = one(write(tmp_path, config, init, *old, row))
    assert (imported.run.status, imported.run.model.name, imported.run.verified) == ("unknown", "gpt2", True)
    assert (imported.metrics[0].scorer, imported.metrics[0].successes, imported.metrics[0].n) == ("dan.Dan/d.D", 3, 4)
    assert says(imported, "as old as this one")


def test_a_report_put_together_from_several(tmp_path):
    init = INIT | {"orig_start_time": "2025-01-01T00:00:00", "orig_uuid": "R0"}
    twice = [evaluation(3, 4), evaluation(1, 4)]
    imported = one(write(tmp_path, SETUP | {"aggregation": ["a", "b"]}, init, *twice))
    assert (imported.run.status, imported.run.started_at, imported.run.run_id) == (
        "unknown",
        "2025-01-01T00:00:00",
        "R0",
    )
    assert (imported.metrics[0].successes, imported.metrics[0].n) == (4, 8)


def test_intents_are_strata(tmp_path):
    attempts = [attempt(i, [0.0], intent="S001" if i < 3 else "S002") for i in range(5)]
    imported = one(write(tmp_path, SETUP, INIT, *attempts, evaluation(5, 5), END))
    assert {m.strata.get("intent"): m.n for m in imported.metrics} == {None: 5, "S001": 3, "S002": 2}


def test_unknown_versions_are_unverified(tmp_path):
    for version in ("1.2.0", "0.44.0", None):
        imported = one(write(tmp_path, SETUP | {"_config.version": version}, INIT | {"garak_version": version}, END))
        assert imported.run.verified is False
        assert says(imported, "none this importer was written for")


@pytest.mark.parametrize("line", ["3", "[]", '{"entry_type": 3}', '{"entry_type": "attempt"', "{}"])
def test_lines_that_are_no_entries(tmp_path, line):
    path = write(tmp_path, SETUP, INIT)
    path.write_text(path.read_text() + line)
    with pytest.raises(ImportProblem):
        read_run(path)


def test_wrong_types_at_every_place(tmp_path):
    before = (json.dumps(SETUP) + "\n" + json.dumps(INIT) + "\n").encode()
    for entry in (SETUP, INIT, attempt(0, [0.5], intent="a"), evaluation(1, 2, confidence_lower=0.1), END):
        fuzz.wrong_everywhere(tmp_path / "x", entry, before)


def test_broken_files(tmp_path):
    fuzz.broken_variants(tmp_path / "x", "\n".join(map(json.dumps, GOOD)).encode())


@settings(max_examples=fuzz.rounds(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_mutated_bytes(tmp_path, seed):
    path = tmp_path / "x"
    path.write_bytes(fuzz.mutated("\n".join(map(json.dumps, GOOD)).encode(), seed))
    fuzz.holds(path)


FIELDS = sorted(set(attempt(0, [0.0])) | set(evaluation(1, 2)) - {"entry_type"})


@settings(max_examples=fuzz.rounds(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["attempt", "eval", "init", "completion"]),
            st.dictionaries(st.sampled_from(FIELDS), fuzz.junk),
        ),
        max_size=5,
    )
)
def test_junk_in_the_shape_of_entries(tmp_path, made):
    path = write(tmp_path, SETUP, *(entry | {"entry_type": kind} for kind, entry in made))
    fuzz.holds(path)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
@pytest.mark.parametrize(
    ("name", "scorer", "n", "model"),
    [
        ("quack", "lmrc.QuackMedicine/lmrc.QuackMedicine", 1, "test"),
        ("report_test", "test.Test/always.Pass", 8, "qwen2"),
        ("test", "test.Test/always.Pass", 8, "test"),
    ],
)
def test_real_files(name, scorer, n, model):
    path = fuzz.SHARED / f"garak/{name}.report.jsonl"
    assert set(fuzz.claims(path)) - {"table"} == {"garak"}
    imported = one(path)
    (rate,) = imported.metrics
    assert (rate.scorer, rate.successes, rate.n, rate.missing) == (scorer, n, n, 0)
    assert (imported.run.status, imported.run.model.name) == ("success", model)
    assert imported.run.counts.attempted == n
