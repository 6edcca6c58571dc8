"""How long the linter takes on ten thousand elements.

An edit may take one frame (16 ms), the whole project a second. Wall clocks of a busy machine prove nothing, so the
tests compare: an edit with the whole check, and the whole check with a loop that does nothing but add.
"""

import gc
from itertools import count
from time import process_time
from typing import Any

import pytest

from tests.generator import make_project
from tests.unit.analysis.risk_project import rated
from workbench.analysis.lint.linter import Linter, check
from workbench.commands.schemes import preset
from workbench.model.elements import Cause, Control, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import Assessment
from workbench.store.store import Store

EDITS: dict[str, tuple[Any, str]] = {
    "cause": (Cause, "title"),
    "control": (Control, "owner"),
    "guard": (Guard, "note"),
    "top event": (TopEvent, "title"),
    "assessment": (Assessment, "rationale"),
    "hazard": (Hazard, "title"),
}


@pytest.fixture(scope="module")
def store():
    return Store(make_project())


@pytest.fixture(scope="module")
def linter(store):
    made = Linter(store)
    made.work()
    return made


def least(run, times=5):
    """The least time of several runs, seconds of the processor: another program's work is not ours."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            began = process_time()
            run()
            best = min(best, process_time() - began)
    finally:
        gc.enable()
    return best


def plain_loop():
    """A million additions: some 30 ms where the whole check takes a second."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def test_whole_project(benchmark, store):
    benchmark.pedantic(check, (store,), rounds=3)


@pytest.mark.parametrize("what", EDITS)
def test_one_edit(benchmark, store, linter, what):
    cls, field = EDITS[what]
    record = next(store.all(cls))
    numbers = count()

    def edit():
        with store.transaction("Edit") as tx:
            tx.patch(record.id, **{field: f"Word {next(numbers)}"})
        diff = store.history.last_diff
        return (diff,), {}

    def follow(diff):
        linter.follow(diff)
        linter.work()

    benchmark.pedantic(follow, setup=edit, rounds=20)


def test_an_edit_costs_a_fraction_of_the_whole(store, linter):
    whole = least(lambda: check(store), 2)
    for cls, field in EDITS.values():
        record = next(store.all(cls))
        best = float("inf")
        for number in range(5):
            with store.transaction("Edit") as tx:
                tx.patch(record.id, **{field: f"Text {number}"})
            diff = store.history.last_diff
            assert diff is not None
            began = process_time()
            linter.follow(diff)
            linter.work()
            best = min(best, process_time() - began)
        assert best < whole / 60, field
    with store.transaction("Remove") as tx:
        tx.remove(next(store.all(Link)).id)
    diff = store.history.last_diff
    assert diff is not None
    linter.follow(diff)
    assert linter.waiting < 100
    linter.work()
    assert linter.all() == check(store)


def test_a_rated_hazard_over_everything_is_not_walked_by_every_edit():
    records = [record for record in make_project() if not isinstance(record, Assessment)]
    hazard = next(record for record in records if isinstance(record, Hazard))
    store = Store([
        *(record.replace(hazard=hazard.id) if isinstance(record, TopEvent) else record for record in records),
        preset("hsc-2022"),
        rated(hazard.id, "initial", "1B"),
        rated(hazard.id, "residual", "3D"),
    ])  # fmt: skip
    linter = Linter(store)
    linter.work()
    whole = least(lambda: check(store), 2)
    for cls, field in EDITS.values():
        record = next(store.all(cls))
        best = float("inf")
        for number in range(5):
            with store.transaction("Edit") as tx:
                tx.patch(record.id, **{field: f"Text {number}"})
            diff = store.history.last_diff
            assert diff is not None
            began = process_time()
            linter.follow(diff)
            linter.work()
            best = min(best, process_time() - began)
        assert best < whole / 40, cls
    assert linter.all() == check(store)


def test_the_whole_costs_no_more_than_counting(store):
    assert least(lambda: check(store), 2) < 30 * least(plain_loop)
