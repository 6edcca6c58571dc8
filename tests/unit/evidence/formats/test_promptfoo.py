"""promptfoo: tests without assertions prove nothing, errors are missing, repeats are one test, one run a prompt."""

import csv
import json
from typing import Any

import pytest

from tests.unit.evidence.formats import fuzz
from tests.unit.evidence.formats.promptfoo_files import (
    FOUR,
    RATE,
    cells,
    one,
    row,
    says,
    table,
    version_3,
    write,
    write_lines,
)
from workbench.evidence.criterion import parse_criterion
from workbench.evidence.intake import MIB
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.verdict import judge


def counts(imported: Any) -> tuple[Any, ...]:
    c = imported.run.counts
    return (c.planned, c.scored, c.errors, c.unscored, c.clusters)


def test_what_is_counted(tmp_path):
    rows = [*(row(i, i % 2 == 0) for i in range(8)), row(8, True, tested=False), row(9, error="API error: 500")]
    imported = one(write(tmp_path, version_3(rows)))
    rate = imported.metrics[0]
    assert (rate.name, rate.successes, rate.n, rate.missing) == (RATE, 4, 8, 1)
    assert counts(imported) == (10, 8, 1, 1, None)
    assert rate.reported.value == 0.5  # 5 passes of 10 results
    assert says(imported, "without assertions: 1 of 10")
    assert says(imported, "errors instead of answers: 1 of 10")
    run = imported.run
    assert (run.model.name, run.run_id, run.started_at) == ("lab:model-1", "eval-1", "2026-01-01T00:00:00Z")
    assert (run.format_version, run.library.version, run.task.name) == ("3", "0.120.0", "a test")
    assert run.provenance.settings == {"temperature": "0.2", "prompt": "Do {{task}}"}
    assert "secret" not in run.model_dump_json()


def test_only_tests_without_assertions_are_no_evidence(tmp_path):
    imported = one(write(tmp_path, version_3([row(i, True, tested=False) for i in range(5)])))
    rate = imported.metrics[0]
    assert (rate.value, rate.n, rate.reported.value) == (None, 0, 1.0)
    assert judge(rate, imported.run, parse_criterion(">= 0.5")).verdict == "inconclusive"


def test_repeats_are_told_by_variables_and_description(tmp_path):
    rows = [row(i, True, task=f"t{i // 3}") for i in range(9)]  # --repeat 3 raises testIdx all the same
    imported = one(write(tmp_path, version_3(rows)))
    assert (imported.metrics[0].n, imported.metrics[0].clusters) == (9, 3)
    assert counts(imported)[4] == 3
    assert says(imported, "9 results of 3 tests")
    bare = [row(i, True, vars={}, testCase={"assert": [{"type": "equals"}]}) for i in range(4)]
    assert one(write(tmp_path, version_3(bare))).metrics[0].clusters is None  # nothing tells them apart but testIdx


def test_one_run_for_each_provider_and_prompt(tmp_path):
    rows = [
        row(i, (i + p) % 3 > 0, promptIdx=p, provider={"id": "x", "label": f"model-{p}"})
        for i in range(6)
        for p in (1, 0)
    ]
    first, second = read_run(write(tmp_path, version_3(rows, prompts=2)))
    assert [run.run.model.name for run in (first, second)] == ["model-0", "model-1"]
    assert [run.metrics[0].successes for run in (first, second)] == [4, 4]
    assert first.run.id != second.run.id
    items = [{item.item: item.score for item in run.items[run.metrics[0].id]} for run in (first, second)]
    assert set(items[0]) == set(items[1])
    assert items[0] != items[1]


def test_empty_answers_are_missing(tmp_path):
    rows = [row(0, True), row(1, False, response={"output": " "}), row(2, False, response={"output": None})]
    path = write(tmp_path, version_3(rows))
    assert counts(one(path)) == (3, 1, 2, 0, None)
    assert says(one(path), "Empty answers that did not pass: 2 of 3")
    assert one(path, empty_answers_fail=True).metrics[0].n == 3


def test_red_team_rows(tmp_path):
    rows = [
        row(
            i,
            i % 3 == 0,
            metadata={"pluginId": "pii" if i < 4 else "shell", "strategyId": "basic"},
            kind="hard" if i % 2 else "easy",
        )
        for i in range(8)
    ]
    imported = one(write(tmp_path, version_3(rows)))
    parts = {tuple(m.strata.items()): (m.successes, m.n) for m in imported.metrics if m.strata and m.name == RATE}
    assert parts == {
        (("pluginId", "pii"),): (2, 4),
        (("pluginId", "shell"),): (1, 4),
        (("severity", "hard"),): (1, 4),
        (("severity", "easy"),): (2, 4),
    }
    assert says(imported, "the attack did not succeed")


def test_named_scores_and_the_weighted_score(tmp_path):
    rows = [row(i, True, score=0.5 + i / 10, namedScores={"tone": i / 4, "safe": 1}) for i in range(4)]
    rows += [row(4, error="x", namedScores={})]
    imported = one(write(tmp_path, version_3(rows, named={"tone": 1.5, "safe": 4})))
    found = {(m.name, m.scorer): m for m in imported.metrics}
    assert found["score", ""].value == pytest.approx(0.65)
    assert (found["tone", "named score"].value, found["tone", "named score"].kind) == (0.375, "mean")
    assert found["tone", "named score"].reported.value == 0.375
    assert (found["safe", "named score"].successes, found["safe", "named score"].missing) == (4, 1)  # row 4 asks for it


def test_judging_models_are_named(tmp_path):
    rows = [row(0, True, testCase={"vars": {"a": 1}, "assert": [{"type": "llm-rubric", "value": "nice"}]})]
    imported = one(write(tmp_path, version_3(rows)))
    assert imported.run.provenance.scorer == "llm-rubric"
    assert says(imported, "judged by a model (llm-rubric)")


def old_row(task: str, success: bool, **extra: Any) -> dict[str, Any]:
    prompt = {"raw": f"Do {task}", "display": "Do {{task}}"}
    return {"prompt": prompt, "vars": {"task": task}, "response": {"output": "x"}, "success": success} | extra


def test_version_1_does_not_say_what_was_tested(tmp_path):
    rows = [old_row("a", True), old_row("b", True), old_row("c", False), old_row("d", False, response={"error": "500"})]
    log = {"version": 1, "results": rows, "stats": {"successes": 2, "failures": 2}, "table": {}}
    imported = one(write(tmp_path, log))
    rate = imported.metrics[0]
    assert (rate.value, rate.n, rate.reported.value) == (None, None, 0.5)
    assert counts(imported) == (4, 1, 1, 2, None)
    assert says(imported, "may have had no assertion at all: 2 of 4")
    assert judge(rate, imported.run, parse_criterion(">= 0.1")).verdict == "inconclusive"


def test_version_2_takes_the_assertions_from_its_configuration(tmp_path):
    rows = [old_row("a", True, score=1), old_row("b", True, score=1), old_row("c", False, score=0)]
    tests = [{"vars": {"task": "a"}, "assert": [{"type": "equals"}]}, {"vars": {"task": "b"}}, {"vars": {"task": "c"}}]
    config = {"providers": ["lab:model-2"], "tests": tests}
    inner = {
        "version": 2,
        "results": rows,
        "stats": {"successes": 2, "failures": 1},
        "table": {"head": {"prompts": []}},
    }
    imported = one(write(tmp_path, {"results": inner, "config": config}))
    assert (imported.metrics[0].successes, imported.metrics[0].n) == (1, 2)
    assert imported.run.model.name == "lab:model-2"
    everything = config | {"defaultTest": {"assert": [{"type": "contains"}]}}
    assert one(write(tmp_path, {"results": inner, "config": everything})).metrics[0].n == 3


def node(passed: int, failed: int, errors: int = 0, *, bare: bool = True) -> dict[str, Any]:
    metrics = {"testPassCount": passed, "testFailCount": failed, "testErrorCount": errors}
    tests = [{"vars": {"a": 1}}, {"vars": {"a": 2}, "assert": [{"type": "javascript"}]}]
    return {
        "_resultsLoaded": False,
        "createdAt": 1758065695513,
        "id": "eval-9",
        "config": {"tests": tests if bare else tests[1:], "providers": ["p", None]},
        "results": [],
        "prompts": [{"raw": "r", "label": "r", "provider": "p", "metrics": metrics}],
        "persisted": True,
        "vars": ["a"],
    }


def test_the_object_of_the_node_api_holds_totals(tmp_path):
    imported = one(write(tmp_path, node(3, 1)))
    rate = imported.metrics[0]
    assert (rate.successes, rate.n, rate.reported.value) == (1, 2, 0.75)  # two of the three passes asserted nothing
    assert (imported.run.verified, imported.run.started_at) == (True, "2025-09-16T23:34:55+00:00")
    assert says(imported, "holds totals and no results")
    unknown = one(write(tmp_path, node(2, 1, 1)))  # which of the four ended in the error is not known
    assert unknown.metrics[0].value is None
    assert one(write(tmp_path, node(2, 1, 1, bare=False))).metrics[0].missing == 1


def test_the_object_of_the_node_api_with_its_results(tmp_path):
    rows = [row(i, i > 0) for i in range(3)]
    imported = one(write(tmp_path, node(2, 1) | {"results": rows}))
    assert (imported.metrics[0].successes, imported.metrics[0].n) == (2, 3)


def test_json_lines(tmp_path):
    imported = one(write_lines(tmp_path, *FOUR))
    assert counts(imported) == (4, 2, 1, 1, None)
    assert imported.run.model.name == "lab:model-1"


def test_the_wide_table(tmp_path):
    first, second = read_run(table(tmp_path, *cells()))
    assert [run.run.model.name for run in (first, second)] == ["lab:a", "lab:b"]
    assert counts(first) == (5, 3, 1, 1, 4)
    assert counts(second) == (4, 4, 0, 0, 3)  # one test was not run with it
    found = {(m.name, m.scorer): m for m in first.metrics if not m.strata}
    assert (found[RATE, ""].successes, found[RATE, ""].n, found[RATE, ""].missing) == (2, 3, 1)
    assert found["safe", "named score"].n == 2
    parts = {m.strata.get("pluginId"): m.n for m in first.metrics if m.name == RATE}
    assert parts == {None: 3, "pii": 1, "shell": 2}


def test_tables_of_2024(tmp_path):
    header = ["task", '{"label":"Do {{task}}","provider":"lab:a","metrics":{}}', "[lab:b] Do\n{{task}}"]
    good = "[PASS] (1.00, safe: 0.50)\n\ntext\n\nPass Reason: All assertions passed"
    bare = "[PASS] (1.00)\n\ntext\n\nReason: No assertions"
    failed = "[FAIL] (0.00)\n\nwhy\n---\ntext\n\nFail Reason: why"
    broken = "[FAIL] (0.00)\n\nAPI error: 500\n---\nAPI error: 500"  # as 0.91 writes an error
    blank = "[FAIL] (0.00)\n\nno\n---\nno\n\nFail Reason: no"  # and an empty answer
    rows = [["a", good, bare], ["b", failed, good], ["c", bare, "[ERROR] (0.00) x"], ["d", broken, blank]]
    first, second = read_run(table(tmp_path, header, *rows))
    assert [run.run.model.name for run in (first, second)] == ["lab:a", "lab:b"]
    assert (counts(first)[1:4], counts(second)[1:4]) == ((2, 1, 1), (1, 2, 1))
    assert {m.name: m.value for m in first.metrics} == {RATE: 0.5, "safe": 0.5}
    assert says(first, "may mark an error as a failure")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (version_3([]) | {"results": {"version": 3, "results": 7}}, "results are no list"),
        (version_3([3]), "result 1 is no result"),
        (version_3([row(0, True) | {"success": "yes"}]), "result 1 is no result"),
        (version_3([]), "no results"),
    ],
)
def test_refusals(tmp_path, value, words):
    with pytest.raises(ImportProblem, match=words):
        read_run(write(tmp_path, value))


def test_refused_tables(tmp_path):
    header, *rows = cells()
    with pytest.raises(ImportProblem, match="row 3 has 2 cells"):
        read_run(table(tmp_path, header, rows[0], ["a", "b"]))
    path = table(tmp_path, header, rows[0])
    path.write_bytes(path.read_bytes() + b'"' + b"x" * (5 * MIB))
    with pytest.raises(ImportProblem, match="no readable CSV"):
        read_run(path)


def test_a_long_answer_in_a_table_is_read_whatever_was_read_before(tmp_path):
    header, first, *rows = cells()
    csv.field_size_limit(131_072)  # as the csv module begins
    long = [*first[:2], "x" * 200_000, *first[3:]]
    assert counts(read_run(table(tmp_path, header, long, *rows))[0]) == (5, 3, 1, 1, 4)


def test_unknown_versions_are_unverified(tmp_path):
    log = version_3([row(0, True)])
    log["results"]["version"] = 9
    imported = one(write(tmp_path, log))
    assert imported.run.verified is False
    assert says(imported, "version 9")


REAL = [
    ("simple-test_output_v1.json", [(2, 0, 0, 2)] * 2, [None] * 2),
    ("llama4-scout_output_v2.json", [(5, 0, 0, 5)] * 2, [None] * 2),
    ("simple-cli_output_v3.json", [(4, 0, 0, 4)] * 2, [None] * 2),
    ("simple-cli_output.csv", [(4, 0, 0, 4)] * 2, [None] * 2),
    ("generated/echo_run.json", [(8, 6, 0, 2)] * 2 + [(8, 4, 2, 2)] * 2, [4, 4, 2, 2]),
    ("generated/echo_run.csv", [(8, 6, 0, 2)] * 2 + [(8, 4, 2, 2)] * 2, [4, 4, 2, 2]),
    ("generated/echo_run.jsonl", [(8, 6, 0, 2)] * 2 + [(8, 4, 2, 2)] * 2, [4, 4, 2, 2]),
]


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
@pytest.mark.parametrize(("name", "expected", "successes"), REAL)
def test_real_files(name, expected, successes):
    path = fuzz.SHARED / "promptfoo" / name
    assert set(fuzz.claims(path)) - {"table"} == {"promptfoo"}
    runs = read_run(path)
    assert [counts(run)[:4] for run in runs] == expected
    assert [run.metrics[0].successes for run in runs] == successes


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_three_exports_of_one_run_agree():
    folder = fuzz.SHARED / "promptfoo/generated"
    seen = []
    for name in ("echo_run.json", "echo_run.csv", "echo_run.jsonl"):
        runs = {(run.run.model.name, run.run.provenance.settings["prompt"]): run for run in read_run(folder / name)}
        seen.append({key: sorted(run.items[run.metrics[0].id], key=lambda i: i.item) for key, run in runs.items()})
    plain = [{key: [(i.item, i.score, i.state) for i in items] for key, items in runs.items()} for runs in seen]
    assert plain[0] == plain[1] == plain[2]
    assert json.loads((folder / "echo_run.json").read_text())["results"]["stats"]["successes"] == 20
