"""The linter follows changes: what it says is always what a check of the whole would say."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.generator import make_project
from tests.unit.analysis.lint_projects import BREACHES, clean, store_of
from tests.unit.analysis.risk_project import project, rated
from workbench.analysis.lint.linter import Linter, check
from workbench.commands.answers import (
    answer_of,
    answer_rule,
    set_severity,
    set_threshold,
    set_words,
    switch_rule,
    withdraw_answer,
)
from workbench.commands.delete import delete_everywhere
from workbench.commands.errors import CommandError
from workbench.commands.geometry import move
from workbench.model.drawing import Placement
from workbench.model.elements import Cause, Control, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import Project, SystemUnderAnalysis
from workbench.model.runs import Evidence
from workbench.store.store import Store


def followed(store):
    """A linter that has checked everything and listens from then on."""
    linter = Linter(store)
    store.changed.connect(lambda change: linter.follow(change.diff))
    linter.work()
    return linter


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_made_by_editing_is_found_as_in_a_file(rule):
    before, after = clean(), {record.id: record for record in store_of(BREACHES[rule][0]).records.values()}
    store = Store(before.values())
    linter = followed(store)
    with store.transaction("Break") as tx:
        for id, record in after.items():
            if before.get(id) != record:
                tx.put(record)
        for id in before.keys() - after.keys():
            if id in tx.records:
                tx.remove(id)
    linter.work()
    assert linter.all() == check(store)
    assert rule in {finding.rule for finding in linter.all()}
    store.undo()
    linter.work()
    assert linter.all() == []


def edit(tx, store, r):
    """One edit somebody might make."""
    pick = {cls: r.choice(list(store.all(cls))) for cls in (Cause, Control, Guard, Link, TopEvent, Hazard, Evidence)}
    titles = ["Training", "", "Lack of review", pick[Control].title, pick[TopEvent].title, "Loss of life"]
    kind = r.randrange(11)
    if kind < 3:
        one = pick[r.choice((Cause, Control, TopEvent, Hazard))]
        tx.patch(one.id, title=r.choice(titles), status=r.choice(("draft", "agreed", "retired")))
    elif kind == 3:
        tx.patch(pick[Control].id, owner=r.choice(("", "A", "A; B")), state=r.choice(("proposed", "verified")))
    elif kind == 4:
        delete_everywhere(tx, [pick[r.choice((Guard, Link, Cause, Control))].id])
    elif kind == 5:
        tx.patch(pick[Cause].id, code=pick[Control].code)
    elif kind == 6:
        tx.patch(pick[Guard].id, alternative_to=r.choice(("", "x")))
    elif kind == 7:
        answer = r.choice(("yes", "no", "suppressed"))
        answer_rule(tx, "control-full", pick[Control].id, answer, reason="r", by="", at="")
    elif kind == 8:
        one = r.choice(list(store.all(Link)))
        target = r.choice((pick[Cause].id, pick[TopEvent].id))
        tx.put(one.replace(id=f"new{r.random()}", source=pick[Cause].id, target=target))
    elif kind == 9:
        tx.patch("project", system=SystemUnderAnalysis(model=r.choice(("", "model/example", "other"))))
    else:
        tx.patch(pick[Evidence].id, criterion=None)


def edits(store: Store, r: random.Random, count: int) -> Iterator[int]:
    """Edit a project at random, each fifth time by taking a step back; the number of each once it is made."""
    for step in range(count):
        if step % 5 == 4:
            store.undo()
        else:
            with store.transaction("Edit") as tx:
                edit(tx, store, r)
        yield step


def test_any_edits_in_any_order_leave_what_a_full_check_says():
    r = random.Random(5)
    store = Store(make_project(300))
    linter = followed(store)
    for step in edits(store, r, 60):
        linter.work()
        assert linter.all() == check(store), step


def test_checking_in_small_portions_comes_to_the_same():
    store = Store(make_project(300))
    linter = Linter(store)
    turns = 1
    while not linter.work(0.0):
        turns += 1
    assert turns > 3
    assert linter.all() == check(store)
    assert not linter.busy


def test_an_edit_while_the_first_check_is_under_way():
    store = Store(make_project(300))
    linter = Linter(store)
    store.changed.connect(lambda change: linter.follow(change.diff))
    assert not linter.work(0.0)
    cause = next(store.all(Cause))
    with store.transaction("Rename") as tx:
        tx.patch(cause.id, title="Training")
        tx.remove(next(store.all(Link)).id)
    linter.work()
    assert linter.all() == check(store)


def test_of_several_that_say_the_same_the_one_named_does_not_depend_on_what_was_edited_when():
    store = Store([
        Cause(id="c", code="C-1", title="Blade runs"),
        TopEvent(id="t1", code="T-1", title="Another"),
        TopEvent(id="t2", code="T-2", title="Blade runs"),
    ])  # fmt: skip
    linter = followed(store)
    with store.transaction("Rename") as tx:
        tx.patch("t1", title="Blade runs")
    linter.work()
    (told,) = [one.message for one in linter.of("c") if one.rule == "chain"]
    assert "the top event T-1 say the same" in told
    assert linter.all() == check(store)


def known_of(linter):
    while not linter.known:
        linter.work(0.0)
    return linter


def test_everything_is_known_before_the_linter_has_learnt_what_matters_to_what():
    store = Store(make_project(300))
    linter = Linter(store)
    changed = linter.watch()
    known_of(linter)
    assert linter.busy
    assert linter.all() == check(store)
    assert linter.counts() == {word: sum(one.severity == word for one in check(store)) for word in linter.counts()}
    assert changed == linter.watch() == {finding.element for finding in linter.all()}
    told = linter.revision
    linter.work()
    assert (linter.revision, linter.all()) == (told, check(store)), "nothing else is found with notes"


def test_an_edit_before_that_is_checked_first_and_follows_nothing_stale():
    store = Store(make_project(300))
    linter = known_of(Linter(store))
    store.changed.connect(lambda change: linter.follow(change.diff))
    cause = next(store.all(Cause))
    with store.transaction("Rename") as tx:
        tx.patch(cause.id, title="Training")
    linter.work(0.0)
    assert linter.busy
    assert "cause-category" in {finding.rule for finding in linter.of(cause.id)}
    linter.work()
    assert linter.all() == check(store)


def test_somebody_who_edits_all_the_time_is_told_all_the_same():
    store = Store(make_project(300))
    linter = Linter(store)
    store.changed.connect(lambda change: linter.follow(change.diff))
    cause = next(store.all(Cause))
    for number in range(500):
        with store.transaction("Type") as tx:
            tx.patch(cause.id, title=f"Training {number}")
        if linter.work(0.002):
            break
    assert not linter.busy
    assert linter.all() == check(store)


def test_one_edit_asks_only_a_few_records_again():
    store = Store(make_project(2_000))
    linter = followed(store)
    for cls in (Cause, Control, TopEvent, Guard, Link, Hazard):
        with store.transaction("Edit") as tx:
            record = next(store.all(cls))
            if cls is Link:
                tx.remove(record.id)
            else:
                tx.patch(record.id, **({"order": "zz"} if cls is Guard else {"title": "Training"}))
        assert 0 < linter.waiting < 100, cls
        linter.work()
    subject = next(p for p in store.all(Placement) if p.station is None and p.hangs_on is None).subject
    with store.transaction("Move") as tx:
        move(tx, next(store.all(Placement)).diagram, {subject: (5.0, 5.0)})
    assert linter.waiting == 0, "no rule looks at places"


def test_the_project_may_say_otherwise_at_any_time():
    store = store_of(BREACHES["hazard-wording"][0])
    linter = followed(store)
    assert [finding.rule for finding in linter.all()] == ["hazard-wording"]

    def after(command, *args, **kwargs):
        with store.transaction("Options") as tx:
            command(tx, *args, **kwargs)
        linter.work()
        return [(finding.rule, finding.severity) for finding in linter.all()]

    assert after(switch_rule, "hazard-wording", on=False) == []
    assert after(switch_rule, "hazard-wording", on=True) == [("hazard-wording", "warning")]
    assert after(set_severity, "hazard-wording", "error", "warning") == [("hazard-wording", "error")]
    assert after(set_words, "events", ["loss"], ["crash"]) == []
    assert after(set_words, "events", ["crash"], ["crash"]) == [("hazard-wording", "error")]
    assert after(set_threshold, "hazard_words", 9, 3)[-1] == ("hazard-context", "note")
    assert after(set_threshold, "hazard_words", 3, 3) == [("hazard-wording", "error")]
    project = store.find("project", Project)
    assert project is not None
    assert project.lint.words == {}
    assert project.lint.thresholds == {}


def test_answers_need_a_reason_and_can_be_taken_back():
    store = store_of(BREACHES["control-idle"][0])
    linter = followed(store)
    with pytest.raises(CommandError, match="Say why"), store.transaction("Suppress") as tx:
        answer_rule(tx, "control-idle", "x", "suppressed", reason=" ", by="", at="")
    with pytest.raises(CommandError, match="no longer exists"), store.transaction("Suppress") as tx:
        answer_rule(tx, "control-idle", "gone", "suppressed", reason="r", by="", at="")
    with store.transaction("Suppress") as tx:
        answer_rule(tx, "control-idle", "x", "suppressed", reason="Kept for the record", by="Ann", at="2026-01-01")
    linter.work()
    assert [(one.open, one.suppressed) for one in linter.all()] == [(False, "Kept for the record")]
    answer = answer_of(store, "control-idle", "x")
    assert answer is not None
    assert (answer.by, answer.at) == ("Ann", "2026-01-01")
    with store.transaction("Take back") as tx:
        assert withdraw_answer(tx, "control-idle", "x")
    linter.work()
    assert [one.open for one in linter.all()] == [True]
    store.undo()
    linter.work()
    assert [one.open for one in linter.all()] == [False]


def test_a_suppression_of_what_is_gone_is_told_and_can_be_taken_back():
    store = store_of(BREACHES["hazard-context"][0])
    linter = followed(store)
    with store.transaction("Suppress") as tx:
        answer_rule(
            tx, "hazard-context", "h", "suppressed", reason="Said elsewhere", by="Ann", at="2026-01-02T08:00:00"
        )
    linter.work()
    assert [(one.rule, one.open) for one in linter.all()] == [("hazard-context", False)]
    with store.transaction("Say it") as tx:
        tx.patch("h", title="Generated code runs in the payment service")
    linter.work()
    (told,) = linter.all()
    assert (told.rule, told.element, told.open) == ("suppression-idle", "h", True)
    assert "Ann on 2026-01-02" in told.message
    assert linter.all() == check(store)
    with store.transaction("Leave out") as tx:
        switch_rule(tx, "hazard-context", on=False)
    linter.work()
    assert linter.all() == check(store) == [], "of a rule that is not asked nothing is known"
    store.undo()
    with store.transaction("Take back") as tx:
        withdraw_answer(tx, "hazard-context", "h")
    linter.work()
    assert linter.all() == check(store) == []


@pytest.mark.parametrize(
    "rule", ["link-kind", "link-to-itself", "link-twice", "hazard-with-top-event", "reference-kind"]
)
def test_a_finding_about_a_line_follows_the_words_of_its_ends(rule):
    records: list[Any] = [
        Hazard(id="h", title="Hazard"),
        TopEvent(id="t", title="Event", hazard="h"),
        Control(id="b", title="Words before"),
        Cause(id="c", title="Words before"),
    ]
    breach: dict[str, list[Any]] = {
        "link-kind": [Link(id="l", source="c", target="b")],
        "link-to-itself": [Link(id="l", source="c", target="c")],
        "link-twice": [Link(id="l", source="c", target="t"), Link(id="m", source="c", target="t")],
        "hazard-with-top-event": [Link(id="l", source="c", target="h")],
        "reference-kind": [Cause(id="d", title="Other", likelihood_from="b")],
    }
    store = Store(records + breach[rule])
    linter = followed(store)
    linter.work()
    assert any(finding.rule == rule for finding in linter.all())
    for id in ("h", "b", "c"):
        with store.transaction("Reword") as tx:
            tx.patch(id, title=f"Words after {id}")
        linter.work()
    assert linter.all() == check(store)
    assert any(finding.rule == rule and "Words after" in finding.message for finding in linter.all())


def test_a_rating_that_is_borne_out_is_not_asked_again_by_every_edit_on_its_pathways():
    store = project(rated("h", "initial", "1B"), rated("h", "residual", "3D"))
    linter = Linter(store)
    linter.work()
    store.changed.connect(lambda change: linter.follow(change.diff))
    with store.transaction("Rename") as tx:
        tx.patch("b3", title="Another name")
    assert "h" not in linter._waiting, "what bears the rating out is another control"
    asked = []
    for control in ("b1", "b2", "b3"):
        with store.transaction("Retire") as tx:
            tx.patch(control, precedence="procedures_training")
        asked.append("h" in linter._waiting)
        linter.work()
        assert linter.all() == check(store)
    assert asked.count(True) == len(asked), "each was the one that bore the rating out"
    assert "residual-only-procedures" in {finding.rule for finding in linter.of("h")}
    store.undo()
    linter.work()
    assert "residual-only-procedures" not in {finding.rule for finding in linter.of("h")}
