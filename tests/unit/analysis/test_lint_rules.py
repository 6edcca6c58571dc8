"""Every rule of the linter: a project that breaks it, one that does not, and its fixes through undo."""

import pytest

from tests.unit.analysis.lint_projects import BREACHES, answered, both, clean, patch, store_of
from workbench.analysis.lint.linter import Linter, check
from workbench.analysis.lint.registry import BY_ID, RULES
from workbench.commands.lint_fix import apply_fix, fixable, fixes_for
from workbench.store.store import Store

ELSEWHERE = {
    rule.id for rule in RULES if rule.id.startswith(("residual-", "rating-", "acceptance-", "impact-", "odd-"))
}
COMPANIONS = {
    "link-kind": {"dead-end"},
    "link-to-itself": {"path-barrier", "dead-end"},
    "loop": {"path-barrier"},
    "reference-kind": {"one-top-event"},
    "evidence-stale": set(),
}
"""Findings that cannot but come with another."""


def test_a_clean_project_has_no_findings():
    assert check(store_of()) == []


def test_every_rule_is_tried_here():
    assert {rule.id for rule in RULES} - ELSEWHERE == set(BREACHES)
    assert len(RULES) == len(BY_ID)
    for rule in RULES:
        assert rule.explanation
        assert rule.source
        assert "wikipedia" not in rule.source.casefold(), "an auditor takes no such source"
        assert bool(rule.question) == (rule.kind == "declared")


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_is_found_and_nothing_else(rule):
    change, element, words = BREACHES[rule]
    findings = check(store_of(change))
    assert (rule, element) in {(one.rule, one.element) for one in findings}
    assert {one.rule for one in findings} <= {rule} | COMPANIONS.get(rule, set())
    message = next(one.message for one in findings if one.rule == rule)
    assert words in message
    assert message.endswith(".")
    assert "\n" not in message
    assert {one.severity for one in findings if one.rule == rule} == {BY_ID[rule].severity}


@pytest.mark.parametrize("rule", [rule for rule in BREACHES if fixable(rule)])
def test_each_fix_mends_the_finding_and_can_be_undone(rule):
    change, element, _ = BREACHES[rule]
    count = len(fixes_for(store_of(change), rule, element))
    assert count
    for place in range(count):
        store = store_of(change)
        before = dict(store.records)
        linter = Linter(store)
        linter.work()
        fix = fixes_for(store, rule, element)[place]
        with store.transaction(fix.title) as tx:
            apply_fix(tx, fix)
        assert store.history.last_diff is not None
        linter.follow(store.history.last_diff)
        linter.work()
        left = linter.all()
        assert (rule, element) not in {(one.rule, one.element) for one in left}, fix.title
        assert left == check(store)
        assert not {one.rule for one in left if one.severity == "error"} - {rule}
        assert store.undo()
        assert dict(store.records) == before
        linter.follow(store.history.undone[-1].diff.reverse())
        linter.work()
        assert rule in {one.rule for one in linter.all()}
        assert store.redo()
        assert (rule, element) not in {(one.rule, one.element) for one in check(store)}


def test_a_fix_of_something_gone_is_refused():
    assert fixes_for(store_of(), "control-idle", "gone") == []
    assert fixes_for(store_of(), "hazard-wording", "h") == []


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.kind == "declared" and rule.id in BREACHES])
def test_a_question_ends_with_yes(rule):
    change, element, _ = BREACHES[rule]
    assert check(store_of(both(change, answered(rule, element, "yes")))) == []


@pytest.mark.parametrize("rule", ["layers", "cause-sufficient", "control-detect", "factor-not-cause"])
def test_no_stays_a_finding_that_says_what_to_do(rule):
    change, element, _ = BREACHES[rule]
    (finding,) = check(store_of(both(change, answered(rule, element, "no"))))
    assert finding.rule == rule
    assert "declared" in finding.message


def test_a_safeguard_is_no_barrier():
    declared = both(patch("b", status="agreed"), answered("control-full", "b", "no"))
    (finding,) = check(store_of(declared))
    assert (finding.rule, finding.element) == ("path-barrier", "c")
    assert "only a safeguard" in finding.message


@pytest.mark.parametrize("rule", BREACHES)
def test_what_is_suppressed_says_so_and_is_not_open(rule):
    change, element, _ = BREACHES[rule]
    findings = check(store_of(both(change, answered(rule, element, "suppressed"))))
    mine = [one for one in findings if (one.rule, one.element) == (rule, element)]
    assert mine
    assert {one.suppressed for one in mine} == {"Because"}
    assert not any(one.open for one in mine)


def test_a_rule_can_be_left_out_and_count_otherwise():
    broken = BREACHES["hazard-wording"][0]
    assert check(store_of(both(broken, patch("project", lint={"off": ("hazard-wording",)})))) == []
    (finding,) = check(store_of(both(broken, patch("project", lint={"severities": {"hazard-wording": "error"}}))))
    assert finding.severity == "error"


def test_words_and_thresholds_are_the_projects_own():
    words = patch("project", lint={"words": {"events": ("runs",)}})
    (finding,) = check(store_of(words))
    assert finding.rule == "hazard-wording"
    assert "“runs”" in finding.message
    crowd = BREACHES["factor-crowd"][0]
    assert check(store_of(both(crowd, patch("project", lint={"thresholds": {"factors_per_control": 4}})))) == []
    drafts = check(store_of(patch("project", lint={"thresholds": {"ask_drafts": 1}})))
    assert {one.rule for one in drafts} == {"cause-sufficient", "control-full", "factor-not-cause"}


def test_a_long_title_and_strange_signs_are_taken():
    project = clean()
    project["h"] = project["h"].replace(title="\u202e<b>crash</b> " + "x" * 1_900)
    (finding,) = check(Store(project.values()))
    assert len(finding.message) < 400
