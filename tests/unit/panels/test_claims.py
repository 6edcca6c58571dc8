"""Claims as rows."""

from datetime import date
from typing import Any

import pytest

from workbench.analysis.claims import ClaimRows, claims_on, matches
from workbench.commands.create import add_element
from workbench.model.judgement import Project
from workbench.model.runs import Criterion, Evidence, Metric, Named, Run, Source
from workbench.panels.run_rows import RunRows
from workbench.store.store import Store


@pytest.fixture
def store():
    return Store([Project(id="project", title="P")])


def add_claim(
    store: Store, subject: str, name: str, successes: int, n: int, criterion: Criterion | None, **fields: Any
) -> None:
    with store.transaction("Attach") as tx:
        run = tx.put(Run(id=f"r_{name}", title=f"run {name}", status="success", completed_at="2026-01-02"))
        metric = tx.put(
            Metric(
                id=f"m_{name}", run=run.id, name=name, kind="proportion", value=successes / n, n=n, successes=successes
            )
        )
        tx.put(Evidence(id=f"e_{name}", subject=subject, metric=metric.id, title=name, criterion=criterion, **fields))


@pytest.fixture
def cause(store):
    with store.transaction("x") as tx:
        return add_element(tx, "cause", "C")


def test_worst_comes_first(store, cause):
    limit = Criterion(comparator="<=", threshold=0.1)
    add_claim(store, cause, "good", 0, 500, limit)
    add_claim(store, cause, "open", 1, 12, limit)
    add_claim(store, cause, "bad", 90, 100, limit)
    assert [row.claim for row in ClaimRows(store).all()] == ["bad", "open", "good"]
    assert [row.sign for row in claims_on(store, cause)] == ["refutes", "inconclusive", "supports"]


def test_a_row_says_what_the_analyst_needs(store, cause):
    add_claim(store, cause, "rate", 90, 100, Criterion(comparator="<=", threshold=0.1))
    (row,) = claims_on(store, cause)
    assert (row.on, row.n, row.criterion) == ("C-1", "100", "≤ 10\u202f%")
    assert row.estimate == "90.0\u202f%"
    assert row.low is not None
    assert row.high is not None
    assert row.low < 0.9 < row.high
    assert row.age(date(2026, 1, 12)) == "10 d"
    assert "10 %" in row.reason
    assert matches(row, "RATE")
    assert matches(row, "refutes")
    assert not matches(row, "nothing like it")


def test_a_person_may_judge_otherwise(store, cause):
    criterion = Criterion(comparator="<=", threshold=0.1)
    add_claim(store, cause, "rate", 90, 100, criterion, analyst_verdict="supports", analyst_reason="Wrong data set.")
    (row,) = claims_on(store, cause)
    assert row.sign == "supports"
    assert row.analyst
    assert "Wrong data set." in row.reason


def test_runs_of_one_name_are_told_apart_by_model_else_file_and_found_by_file(store, cause):
    for name, model, path in (("a", "gpt-4", "/x/one.json"), ("b", "o1", "/x/two.json"), ("c", "o1", "/x/three.json")):
        add_claim(store, cause, name, 1, 9, None)
        with store.transaction("x") as tx:
            tx.patch(f"r_{name}", title="HumanEval", model=Named(name=model), source=Source(path=path))
    rows = {row.claim: row for row in ClaimRows(store).all()}
    called = {"a": "HumanEval (gpt-4)", "b": "HumanEval (two.json)", "c": "HumanEval (three.json)"}
    assert {name: row.run for name, row in rows.items()} == called
    assert {row.id[2:]: row.name for row in RunRows(store).all()} == called
    assert [name for name, row in rows.items() if matches(row, "x/two.json")] == ["b"]
    kept = ClaimRows(store)
    kept.all()
    with store.transaction("x") as tx:
        tx.patch("r_b", title="Else")
    assert {row.claim: row.run for row in kept.all()} == {"a": "HumanEval (gpt-4)", "b": "Else", "c": "HumanEval (o1)"}


def test_without_a_criterion_there_is_no_verdict(store, cause):
    add_claim(store, cause, "rate", 90, 100, None)
    (row,) = claims_on(store, cause)
    assert (row.sign, row.criterion) == ("none", "")


def test_rows_are_kept_until_what_they_rest_on_changes(store, cause):
    add_claim(store, cause, "rate", 90, 100, Criterion(comparator="<=", threshold=0.1))
    rows = ClaimRows(store)
    (before,) = rows.all()
    with store.transaction("x") as tx:
        tx.patch(cause, title="Reworded")
    assert rows.all()[0] is before
    with store.transaction("x") as tx:
        tx.patch(cause, code="C-77")
    assert rows.all()[0].on == "C-77"
    with store.transaction("x") as tx:
        tx.patch("e_rate", criterion=Criterion(comparator=">=", threshold=0.1))
    assert rows.all()[0].sign == "supports"
