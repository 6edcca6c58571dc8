"""lm-evaluation-harness: tasks, filters and groups; figures with and without their samples."""

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from tests.unit.evidence.logs import write_lines
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson

STAMP = "2026-02-03T04-05-06.789012"


def stderr(p: float, n: int) -> float:
    return math.sqrt(p * (1 - p) / (n - 1))


def config(task: str, **extra: Any) -> dict[str, Any]:
    return {
        "task": task,
        "dataset_path": "lab/set",
        "num_fewshot": 2,
        "metric_list": [{"metric": "acc", "aggregation": "mean", "higher_is_better": True}],
        "repeats": 1,
        "metadata": {"version": 1.0},
    } | extra


def results(**changes: Any) -> dict[str, Any]:
    """A results file as 0.4.9 writes it: two tasks of a group, of 10 and 30 items."""
    log = {
        "results": {
            "a": {"alias": "a", "acc,none": 0.4, "acc_stderr,none": stderr(0.4, 10)},
            "b": {"alias": "b", "acc,none": 0.8, "acc_stderr,none": "N/A", "acc,strict": 0.5, "acc_stderr,strict": 0.1},
            "g": {"alias": "g", "acc,none": 0.7, "acc_stderr,none": 0.05, " ": " "},
        },
        "groups": {"g": {"alias": "g", "acc,none": 0.7, "acc_stderr,none": 0.05}},
        "group_subtasks": {"g": ["a", "b"], "a": [], "b": []},
        "configs": {"a": config("a"), "b": config("b")},
        "versions": {"a": 1.0, "b": 2.0, "g": "N/A"},
        "n-shot": {"a": 2, "b": 2, "g": 2},
        "higher_is_better": {"a": {"acc": True}, "b": {"acc": False}, "g": {"acc": None}},
        "n-samples": {"a": {"original": 10, "effective": 10}, "b": {"original": 50, "effective": 30}},
        "config": {"model": "hf", "model_args": "pretrained=lab/m-1,revision=v2,dtype=float16", "limit": 30.0},
        "git_hash": "abc123",
        "date": 1_770_000_000.5,
        "lm_eval_version": "0.4.9",
        "task_hashes": {},
        "model_name": "junk",
        "total_evaluation_time_seconds": "60.5",
    }
    return log | changes


def sample(index: int, score: Any, filter: str = "none", metric: str = "acc", **doc: Any) -> dict[str, Any]:
    return {
        "doc_id": index,
        "doc": {"question": f"q{index}", **doc},
        "target": "1",
        "arguments": {},
        "resps": [["answer"]],
        "filtered_resps": ["answer"],
        "filter": filter,
        "metrics": [metric],
        "doc_hash": f"d{index}",
        "prompt_hash": f"p{index}",
        "target_hash": f"t{index}",
        metric: score,
    }


def write(folder: Path, value: Any) -> Path:
    path = folder / f"results_{STAMP}.json"
    path.write_text(json.dumps(value, indent=2))
    return path


def write_samples(folder: Path, task: str, rows: list[Any], stamp: str = STAMP) -> Path:
    return write_lines(folder / f"samples_{task}_{stamp}.jsonl", *rows)


def by_task(path: Path, *beside: Path) -> dict[str, Any]:
    return {imported.run.task.name: imported for imported in read_run(path, beside=beside)}


def named(imported: Any) -> dict[tuple[str, str], Any]:
    return {(metric.name, metric.scorer): metric for metric in imported.metrics if not metric.strata}


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


def test_a_run_for_each_task_and_group(tmp_path):
    read = by_task(write(tmp_path, results()))
    assert list(read) == ["a", "b", "g"]
    run = read["a"].run
    assert (run.model.name, run.model.version, run.task.version) == ("lab/m-1", "v2", "1.0")
    assert (run.dataset.name, run.code_revision.commit, run.status, run.verified) == (
        "lab/set",
        "abc123",
        "success",
        True,
    )
    assert (run.library.name, run.library.version, run.format_version) == ("lm-evaluation-harness", "0.4.9", "0.4")
    assert (run.started_at, run.completed_at) == ("2026-02-02T02:40:00.500000+00:00", "2026-02-02T02:41:01+00:00")
    assert run.provenance.settings["num_fewshot"] == "2"
    assert len({imported.run.id for imported in read.values()}) == 3


def test_counts_follow_where_rate_error_and_n_prove_them(tmp_path):
    read = by_task(write(tmp_path, results()))
    acc = named(read["a"])["acc", ""]
    assert (acc.value, acc.successes, acc.n, acc.missing) == (0.4, 4, 10, 0)
    assert (acc.estimate.low, acc.estimate.high) == wilson(4, 10)
    assert (acc.reported.value, acc.tool_says_higher_is_better) == (0.4, True)
    assert says(read["a"], "The file holds no items; the counts of acc follow from the rate")


def test_other_figures_stay_the_tool_s(tmp_path):
    read = by_task(write(tmp_path, results()))
    plain, strict = named(read["b"])["acc", ""], named(read["b"])["acc", "strict"]
    assert (plain.value, plain.reported.value, plain.reported.stderr, plain.n) == (None, 0.8, None, 30)
    assert (strict.value, strict.reported.stderr, strict.tool_says_higher_is_better) == (None, 0.1, False)
    assert says(read["b"], "Only 30 of the data set's 50 items were run")
    assert read["b"].run.limit == "30.0"


def test_a_group_repeats_its_tasks(tmp_path):
    group = by_task(write(tmp_path, results()))["g"]
    assert says(group, "This is a group of tasks (a, b)")
    assert (group.run.counts.planned, named(group)["acc", ""].value) == (40, None)
    both = results()
    both["results"]["b"]["acc_stderr,none"] = stderr(0.8, 30)
    known = named(by_task(write(tmp_path, both))["g"])["acc", ""]
    assert (known.successes, known.n, known.value, known.reported.value) == (28, 40, 0.7, 0.7)


def test_samples_beside_the_results(tmp_path):
    rows_a = [sample(i, float(i < 4), level="easy" if i % 2 else "hard") for i in range(10)]
    rows_b = [sample(i, i < 24) for i in range(30)] + [sample(i, float(i < 15), "strict") for i in range(30)]
    digest = hashlib.sha256("".join(f"d{i}p{i}t{i}" for i in range(10)).encode()).hexdigest()
    path = write(tmp_path, results(task_hashes={"a": digest, "b": "other"}))
    files = (write_samples(tmp_path, "a", rows_a), write_samples(tmp_path, "b", rows_b))
    read = by_task(path, *files)
    acc = named(read["a"])["acc", ""]
    assert (acc.successes, acc.n, acc.missing, acc.reported.value) == (4, 10, 0, 0.4)
    assert [item.item for item in read["a"].items[acc.id]] == [str(i) for i in range(10)]
    assert read["a"].items[acc.id][3].digest == "d3"
    levels = {metric.strata["level"]: (metric.successes, metric.n) for metric in read["a"].metrics if metric.strata}
    assert levels == {"easy": (2, 5), "hard": (2, 5)}
    assert (named(read["b"])["acc", ""].successes, named(read["b"])["acc", ""].n) == (24, 30)  # 60 rows, 2 filters
    assert (named(read["b"])["acc", "strict"].successes, named(read["b"])["acc", "strict"].n) == (15, 30)
    assert [source.path for source in read["b"].run.companions] == [str(files[1])]
    assert not says(read["a"], "hash")
    assert says(read["b"], "do not match the hash")
    group = named(read["g"])["acc", ""]
    assert (group.successes, group.n, group.reported.value) == (28, 40, 0.7)
    parts = {metric.strata["subtask"]: metric.n for metric in read["g"].metrics if metric.strata}
    assert parts == {"a": 10, "b": 30}
    assert len(read["g"].run.companions) == 2


def test_samples_of_another_run_are_left_alone(tmp_path):
    other = write_samples(tmp_path, "a", [sample(0, 1.0)], "2025-01-01T00-00-00.000000")
    (tmp_path / "deeper").mkdir()
    deeper = write_samples(tmp_path / "deeper", "a", [sample(0, 1.0)])
    read = by_task(write(tmp_path, results()), other, deeper)
    assert read["a"].run.companions == ()


def test_part_of_the_samples_does_not_replace_the_whole(tmp_path):
    path = write(tmp_path, results())
    some = by_task(path, write_samples(tmp_path, "a", [sample(i, 0.0) for i in range(3)]))["a"]
    assert (named(some)["acc", ""].successes, named(some)["acc", ""].n) == (4, 10)
    assert says(some, "hold 3 of 10 items")
    some = by_task(path, write_samples(tmp_path, "b", [sample(i, 1.0) for i in range(3)]))["b"]
    assert (named(some)["acc", ""].n, named(some)["acc", ""].missing) == (3, 27)


def test_scores_that_are_no_numbers(tmp_path):
    log = results()
    log["configs"]["a"]["metric_list"].append({"metric": "f1", "aggregation": "f1", "higher_is_better": True})
    log["results"]["a"] |= {"f1,none": 0.6, "f1_stderr,none": float("nan"), "ppl,none": float("nan")}
    rows = [sample(i, float("nan") if i == 0 else 1.0) | {"metrics": ["acc", "f1"], "f1": [1, 0]} for i in range(10)]
    read = by_task(write(tmp_path, log), write_samples(tmp_path, "a", rows))["a"]
    metrics = named(read)
    assert (metrics["acc", ""].n, metrics["acc", ""].missing) == (9, 1)
    assert (metrics["f1", ""].value, metrics["f1", ""].reported.value) == (None, 0.6)
    assert (metrics["ppl", ""].value, metrics["ppl", ""].reported.value) == (None, None)
    assert says(read, "1 of 10 rows have no number for acc")
    assert says(read, "could not compute f1_stderr,none, ppl,none")
    assert says(read, "acc: the tool reports 40 %, the scored items give 100 %")


def test_empty_answers_are_said(tmp_path):
    rows = [sample(i, 0.0) | {"resps": [[""]]} for i in range(10)]
    read = by_task(write(tmp_path, results()), write_samples(tmp_path, "a", rows))["a"]
    assert says(read, "10 of 10 rows hold empty answers only")


def test_a_samples_file_alone(tmp_path):
    rows = [sample(i, float(i < 6), name, cwe=f"CWE-{i % 2}") for name in ("none", "loose") for i in range(8)]
    (imported,) = read_run(write_samples(tmp_path, "sec_gen", rows))
    metrics = named(imported)
    assert {key: (metric.successes, metric.n) for key, metric in metrics.items()} == {
        ("acc", ""): (6, 8),
        ("acc", "loose"): (6, 8),
    }
    assert (imported.run.task.name, imported.run.completed_at) == ("sec_gen", "2026-02-03T04:05:06.789012")
    assert (imported.run.status, imported.run.counts.planned, imported.run.counts.attempted) == ("unknown", None, 8)
    assert says(imported, "states neither the model")


def test_the_samples_of_0_4_0_name_no_filter_and_are_a_list(tmp_path):
    kept = ("doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "acc")
    rows = [{name: sample(i, float(i < 2))[name] for name in kept} for i in range(5)]
    path = tmp_path / "pretrained__lab__m_a.jsonl"
    path.write_text(json.dumps(rows + rows, indent=2))
    (imported,) = read_run(path)
    assert {key: (metric.successes, metric.n) for key, metric in named(imported).items()} == {
        ("acc", ""): (2, 5),
        ("acc", "filter 2"): (2, 5),
    }
    assert says(imported, "The rows name no filter")
    old = {
        name: results()[name] for name in ("results", "groups", "configs", "versions", "n-shot", "config", "git_hash")
    }
    del old["results"]["b"], old["results"]["g"]
    read = by_task(write(tmp_path, old), path)["a"]
    assert (named(read)["acc", ""].successes, named(read)["acc", ""].n) == (2, 5)
    assert says(read, "does not state the tool's version; its layout is that of 0.4")


def test_the_layout_of_0_3(tmp_path):
    log = {
        "results": {"piqa": {"acc": 0.5, "acc_stderr": stderr(0.5, 100)}, "lambada": {"ppl": 20.5, "ppl_stderr": 1.5}},
        "versions": {"piqa": 0, "lambada": 0},
        "config": {"model": "gpt2", "model_args": "pretrained=EleutherAI/pythia-1b", "num_fewshot": 5, "limit": None},
    }
    read = by_task(write(tmp_path, log))
    acc = named(read["piqa"])["acc", ""]
    assert (acc.value, acc.n, acc.missing, acc.reported.value) == (None, None, None, 0.5)
    run = read["piqa"].run
    assert (run.format_version, run.started_at, run.counts.planned, run.model.name) == (
        "0.3",
        "",
        None,
        "EleutherAI/pythia-1b",
    )
    assert says(read["piqa"], "does not say how many items")
    assert says(read["piqa"], "fit these numbers of items: acc 100")
    assert says(read["piqa"], "does not say when")
    assert run.provenance.settings["num_fewshot"] == "5"


def test_sample_count_and_sample_len_of_0_4_13(tmp_path):
    log = results(lm_eval_version="0.4.13", **{"n-samples": {}})
    log["results"]["a"] |= {"name": "a", "sample_len": 10}
    log["results"]["g"]["sample_count"] = {"acc,none": 40}
    read = by_task(write(tmp_path, log))
    assert (named(read["a"])["acc", ""].n, named(read["g"])["acc", ""].n) == (10, None)
    assert {name for name, _ in named(read["g"])} == {"acc"}


@pytest.mark.parametrize(
    ("change", "model", "words"),
    [
        ({"config": {"model": "dummy", "model_args": {}}, "model_name": "vqvnukgg"}, "dummy", "no real model"),
        ({"config": {"model": "hf", "model_args": {"pretrained": "lab/x"}}}, "lab/x", ""),
        ({"config": {"model": "local-chat-completions", "model_args": "base_url=http://h,model=q-7b"}}, "q-7b", ""),
        ({"config": {"model": "hf", "model_args": ""}, "model_name": "lab/y"}, "lab/y", "tool's label"),
        ({"config": {"model": "hf-causal"}, "model_name": None}, "hf-causal", "not the model itself"),
        ({"config": {}, "model_name": None}, "", "does not say which model"),
    ],
)
def test_which_model(tmp_path, change, model, words):
    read = by_task(write(tmp_path, results(**change)))["a"]
    assert read.run.model.name == model
    assert not words or says(read, words)


def test_other_versions_are_unverified(tmp_path):
    read = by_task(write(tmp_path, results(lm_eval_version="1.0.0")))["a"]
    assert not read.run.verified
    assert says(read, "written by version 1.0.0")


def test_groups_that_hold_each_other_end(tmp_path):
    log = results(group_subtasks={"g": ["h", "a"], "h": ["g"]})
    assert says(by_task(write(tmp_path, log))["g"], "(a)")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"results": {}, "configs": {}}, "no figure of any task"),
        ({"results": {"a": {"alias": "a"}}, "configs": {}}, "no figure of any task"),
        ({"results": [1], "configs": {}, "n-shot": {}}, "no figure of any task"),
    ],
)
def test_files_without_figures_are_refused(tmp_path, value, words):
    with pytest.raises(ImportProblem, match=words):
        read_run(write(tmp_path, value))


def test_samples_without_scores_are_refused(tmp_path):
    with pytest.raises(ImportProblem, match="no scores"):
        read_run(write_samples(tmp_path, "t", [{"doc_id": 1, "resps": [], "doc": {}}]))


SMALL = {name: results()[name] for name in ("results", "group_subtasks", "configs", "n-samples", "config", "date")}
ROWS = [sample(i, float(i < 2), level="x") for i in range(3)]


def test_wrong_types_at_every_place(tmp_path):
    beside = (write_samples(tmp_path, "a", ROWS),)
    path = write(tmp_path, SMALL)
    fuzz.wrong_everywhere(path, SMALL, beside=beside)
    fuzz.broken_variants(path, json.dumps(SMALL).encode(), beside=beside)
    write(tmp_path, SMALL)
    fuzz.wrong_everywhere(beside[0], ROWS[1], json.dumps(ROWS[0]).encode() + b"\n")
    fuzz.broken_variants(beside[0], b"\n".join(json.dumps(row).encode() for row in ROWS))


@settings(max_examples=fuzz.rounds(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), inner=fuzz.junk)
def test_fuzzed(tmp_path, seed, inner):
    beside = write_samples(tmp_path, "a", ROWS)
    good = beside.read_bytes()
    path = write(tmp_path, SMALL)
    path.write_bytes(fuzz.mutated(path.read_bytes(), seed) or b" ")
    fuzz.holds(path, beside=(beside,))
    write(tmp_path, SMALL | {"results": {"a": inner, "b": {"acc,none": inner}}, "group_subtasks": {"a": inner}})
    fuzz.holds(path, beside=(beside,))
    write(tmp_path, SMALL | {"configs": inner, "n-samples": {"a": inner}, "config": inner})
    beside.write_bytes(fuzz.mutated(good, seed) or b" ")
    fuzz.holds(path, beside=(beside,))
    fuzz.holds(beside)
    write_lines(
        beside, ROWS[0], {"doc_id": inner, "filter": inner, "metrics": inner, "acc": inner, "doc": inner}, inner
    )
    fuzz.holds(beside)


real = pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)


@real
def test_the_real_results_of_0_4_13_with_their_samples():
    folder = fuzz.SHARED / "lm_eval" / "generated"
    (path,), files = folder.glob("results*"), sorted(folder.glob("samples*"))
    assert fuzz.claims(path) == {"lm-eval": 90}
    rows = [json.loads(line) for line in files[1].read_text().splitlines()]
    read = by_task(path, *files)
    assert set(read) == {"sec_mc", "sec_gen", "sec_group"}
    metrics = named(read["sec_mc"])
    assert sum(row["acc"] for row in rows) == metrics["acc", ""].successes == 30
    assert sum(row["acc_norm"] for row in rows) == metrics["acc_norm", ""].successes == 35
    assert all(metric.n == 60 for metric in metrics.values())
    assert {key: metric.n for key, metric in named(read["sec_gen"]).items()} == {
        ("exact_match", "strict-match"): 60,
        ("exact_match", "flexible-extract"): 60,
    }
    group = named(read["sec_group"])["acc", ""]
    assert (group.successes, group.n) == (30, 60)
    for imported in read.values():
        assert imported.run.model.name == "dummy"
        assert not says(imported, "hash")
        assert not says(imported, "reports")
    alone = by_task(path)
    assert named(alone["sec_mc"])["acc_norm", ""].successes == 35  # proved by the figures themselves


@real
def test_the_real_results_of_0_4_9():
    folder = fuzz.SHARED / "lm_eval"
    (path,), files = folder.glob("results*"), list(folder.glob("samples*"))
    read = by_task(path, *files)
    assert {
        task: (named(run)["exact_match", ""].successes, named(run)["exact_match", ""].n) for task, run in read.items()
    } == {
        "math_perturbed_full": (0, 5000),
        "math_rephrased_full": (2, 5000),
    }
    assert says(read["math_perturbed_full"], "hold 10 of 5000 items")
    assert read["math_perturbed_full"].run.model.name.startswith("RylanSchaeffer/mem_Qwen3-93M")
    assert fuzz.claims(files[0]) == {"lm-eval": 88}
    (alone,) = read_run(files[0])
    assert (named(alone)["exact_match", ""].successes, named(alone)["exact_match", ""].n) == (0, 10)


@real
def test_the_real_results_of_0_3():
    path = fuzz.SHARED / "lm_eval" / "12b_step0.json"
    assert fuzz.claims(path) == {"lm-eval": 90}
    read = by_task(path)
    raw = json.loads(path.read_text())["results"]
    assert len(read) == len(raw) == 87
    for task, imported in read.items():
        said = {metric.name: metric.reported.value for metric in imported.metrics}
        assert said == {name: value for name, value in raw[task].items() if not name.endswith("_stderr")}
        assert all(metric.value is None and metric.n is None for metric in imported.metrics)
    assert says(read["hendrycksTest-philosophy"], "acc 311, acc_norm 311")
