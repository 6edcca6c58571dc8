"""The linter's rules about risk and the operational design domain: broken in a file and by editing."""

import pytest

from tests.support import there
from tests.unit.analysis.lint_projects import _measured, add, both, clean, patch, placed, store_of
from tests.unit.analysis.test_lint_rules import ELSEWHERE
from tests.unit.analysis.test_linter import followed
from workbench.analysis.lint.linter import check
from workbench.commands.lint_fix import apply_fix, fixable, fixes_for
from workbench.model.elements import Hazard
from workbench.model.judgement import (
    Assessment,
    Category,
    OddCategory,
    OddConsideration,
    RiskAcceptance,
    RiskLevel,
    RiskScheme,
)
from workbench.store.store import Store

SCHEME = RiskScheme(
    id="rs",
    severities=(Category(code="1", name="Critical"),),
    frequencies=tuple(Category(code=code, name=code) for code in "ABF"),
    levels=(RiskLevel(name="High", steps=4), RiskLevel(name="Medium", steps=2), RiskLevel(name="Eliminated", steps=0)),
    cells={"1A": "High", "1B": "Medium", "1F": "Eliminated"},
)


def rated(initial, residual="", subject="h"):
    """A subject rated before and after."""
    given = [Assessment.of(subject, "initial").replace(severity="1", frequency=initial)]
    if residual:
        given.append(Assessment.of(subject, "residual").replace(severity="1", frequency=residual))
    return both(add(SCHEME, *given), patch("project", risk_scheme="rs"))


def accepted(level, expires=""):
    """Somebody accepted the residual risk."""
    return add(RiskAcceptance(id="ra", subject="h", level=level, name="Ann", date="2026-01-01", expires=expires))


def standing(**fields):
    """The controls of the pathways, further than proposed."""
    ready = {"state": "in_place", "owner": "Line manager", "control_type": "passive", **fields}
    return both(patch("b", **ready), patch("b2", **{**ready, "owner": "Release manager"}))


ENTRY = OddCategory(id="oc", group="Vector", name="Data")
CASES = {
    "rating-outside-scheme": rated("Z"),
    "residual-worse": both(rated("B", "A"), accepted("High")),
    "residual-no-control": both(
        placed(Hazard(id="h2", code="H-2", title="Tools run with the rights of the developer")), rated("A", "B", "h2")
    ),
    "residual-only-proposed": both(rated("A", "B"), accepted("Medium")),
    "residual-no-standing": both(
        standing(),
        rated("A", "B"),
        accepted("Medium"),
        _measured(60),
        patch("ev", subject="b"),
        lambda project: project.update({"ev2": project["ev"].replace(id="ev2", subject="b2")}),
    ),
    "residual-only-procedures": both(standing(precedence="procedures_training"), rated("A", "B"), accepted("Medium")),
    "residual-eliminated": both(standing(), rated("A", "F")),
    "acceptance-missing": both(standing(), rated("A", "B")),
    "acceptance-expired": both(
        standing(),
        rated("A", "B"),
        accepted("Medium", "2026-02-01"),
        patch("c", tags=("t",)),
        add(Assessment.of("e", "initial").replace(at="2026-03-01")),
    ),
    "acceptance-level": both(standing(), rated("A", "B"), accepted("High")),
    "odd-not-considered": add(ENTRY),
    "odd-contradiction": both(
        add(ENTRY, OddConsideration.of("oc").replace(state="judged_none", reason="None")), patch("h", odd=("oc",))
    ),
    "odd-reason": add(ENTRY, OddConsideration.of("oc").replace(state="judged_none")),
    "impact-dimension": patch("h", impact_dimensions=("technical",)),
}


def test_every_rule_is_tried_here():
    assert set(CASES) == ELSEWHERE


@pytest.mark.parametrize("rule", CASES)
def test_found_in_a_file_and_by_editing(rule):
    whole = store_of(CASES[rule])
    findings = check(whole)
    assert rule in {finding.rule for finding in findings}
    assert all(finding.message.endswith(".") for finding in findings)
    store = Store(clean().values())
    linter = followed(store)
    for id, record in whole.records.items():
        if store.get(id) != record and not set(_targets(record)) - set(store.records):
            with store.transaction("Edit") as tx:
                tx.put(record)
            linter.work()
            assert linter.all() == check(store)
    with store.transaction("Rest") as tx:
        for record in whole.records.values():
            tx.put(record)
    linter.work()
    assert linter.all() == findings
    while store.undo():
        linter.work()
        assert linter.all() == check(store)
    assert linter.all() == []


def _targets(record):
    from workbench.model.records import references

    return [target for _, target in references(record)]


def test_a_rating_that_its_controls_carry_is_no_finding():
    assert check(store_of(both(standing(), rated("A", "B"), accepted("Medium")))) == []


def test_another_scheme_asks_every_rating_again():
    store = store_of(both(standing(), rated("A", "B"), accepted("Medium")))
    linter = followed(store)
    with store.transaction("Other scheme") as tx:
        tx.put(SCHEME.replace(id="rs2", cells={"1A": "High"}))
        tx.patch("project", risk_scheme="rs2")
    linter.work()
    assert "rating-outside-scheme" in {finding.rule for finding in linter.all()}
    with store.transaction("Mend the scheme") as tx:
        tx.patch("rs2", cells=SCHEME.cells)
    linter.work()
    assert linter.all() == []


def findings_of(store, rule):
    return [one for one in check(store) if one.rule == rule]


def test_one_cell_outside_the_scheme_is_told_once_whatever_the_phase():
    store = store_of(rated("Z"))
    ids = [record.id for record in store.all(Assessment)]
    with store.transaction("The same after the controls") as tx:
        for phase in ("initial", "residual"):
            tx.put(there(store.find(ids[0], Assessment)).replace(id=f"as_{phase}", phase=phase))
    assert len(findings_of(store, "rating-outside-scheme")) == 1


def test_what_has_a_fix():
    thought = {"acceptance-missing", "acceptance-expired", "acceptance-level", "odd-not-considered", "impact-dimension"}
    assert {rule for rule in CASES if not fixable(rule)} == thought, "only a person's decision ends these"


@pytest.mark.parametrize("rule", [rule for rule in CASES if fixable(rule)])
def test_each_fix_mends_the_finding_and_can_be_undone(rule):
    (finding,) = findings_of(store_of(CASES[rule]), rule)
    count = len(fixes_for(store_of(CASES[rule]), rule, finding.element))
    assert count
    for place in range(count):
        store = store_of(CASES[rule])
        before = dict(store.records)
        linter = followed(store)
        linter.work()
        fix = fixes_for(store, rule, finding.element)[place]
        with store.transaction(fix.title) as tx:
            apply_fix(tx, fix)
        linter.work()
        left = linter.all()
        assert left == check(store)
        assert rule not in {one.rule for one in left}, fix.title
        assert "error" not in {one.severity for one in left}
        assert store.undo()
        assert dict(store.records) == before
        linter.work()
        assert finding in linter.all()
        assert store.redo()
        assert not findings_of(store, rule)
