"""Actions that are late, or nobody's; and those that are neither."""

import pytest

from tests.support import there
from tests.unit.analysis.lint_projects import add, store_of
from workbench.analysis.lint.linter import Linter, check
from workbench.commands.meeting import close_action
from workbench.model.review import ActionItem

AT = "2026-01-02T09:00:00Z"


def action(**fields):
    told = {"subject": "h", "text": "Renew", "owner": "Ann", "due": "2026-01-01", "at": AT}
    return add(ActionItem(id="ai", **{**told, **fields}))


def found(change):
    return [(one.rule, one.message) for one in check(store_of(change))]


@pytest.mark.parametrize(
    "fields",
    [
        {"due": "2026-01-02"},
        {"due": "2026-02-01"},
        {"state": "done"},
        {"state": "dropped", "owner": "", "due": ""},
        {"due": "some day"},
    ],
)
def test_nothing_is_held_against_what_is_in_time_or_done(fields):
    assert found(action(**fields)) == []


def test_what_is_missing_is_named():
    ((rule, message),) = found(action(owner=" ", due=""))
    assert rule == "action-assigned"
    assert message.startswith("The action “Renew” on hazard H-1 ")
    assert message.endswith(" has no owner and no due day; agree on who does it by when.")


def test_a_late_action_of_nobody_is_both():
    assert [rule for rule, _ in found(action(owner=""))] == ["action-overdue", "action-assigned"]


def test_an_action_that_is_done_ends_the_finding_at_once():
    store = store_of(action())
    linter = Linter(store)
    linter.work()
    assert [one.rule for one in linter.all()] == ["action-overdue"]
    with store.transaction("Done") as tx:
        close_action(tx, "ai", at="2026-01-03T09:00:00Z")
    linter.follow(there(store.history.last_diff))
    linter.work()
    assert linter.all() == []


def test_a_day_that_passes_makes_an_action_late():
    store = store_of(action(due="2026-01-05"))
    linter = Linter(store)
    linter.work()
    assert linter.all() == []
    with store.transaction("Later") as tx:
        tx.put(ActionItem(id="other", text="Next", owner="Ann", due="2026-02-01", at="2026-01-06T09:00:00Z"))
    linter.follow(there(store.history.last_diff))
    linter.work()
    assert [one.rule for one in linter.all()] == ["action-overdue"]


def test_hostile_words_stay_one_sentence():
    (one,) = found(action(text="<b>\n" + "x" * 9_000, owner="=1+1"))
    assert len(one[1]) < 300
    assert "\n" not in one[1]
