"""Ratings in force, what numbers suggest, and what controls cannot justify."""

from datetime import date

import pytest

from tests.support import there
from tests.unit.analysis.risk_project import project, rated
from workbench.analysis.hazard_log import LogCache
from workbench.analysis.lint.linter import check
from workbench.analysis.risk import Ratings, consequences_of, hazards_behind, level_of
from workbench.analysis.risk_controls import Standings, unjustified
from workbench.analysis.risk_findings import of_subject
from workbench.analysis.risk_suggestion import category_of, suggest
from workbench.analysis.scheme_check import check_scheme
from workbench.commands.schemes import PRESETS, preset
from workbench.export.log_sheet import log_sheet
from workbench.model.base import Record
from workbench.model.elements import Gate, Guard, Link
from workbench.model.judgement import RiskAcceptance, RiskScheme
from workbench.model.runs import Evidence, Run
from workbench.store.store import Store

MIL = {
    "A": "High High Serious Medium",
    "B": "High High Serious Medium",
    "C": "High Serious Medium Low",
    "D": "Serious Medium Medium Low",
    "E": "Medium Medium Medium Low",
    "F": "Eliminated Eliminated Eliminated Eliminated",
}
"""MIL-STD-882E, table III, by severity 1 to 4."""
BOUNDS = (("A", 1.0, None), ("B", 0.1, 1.0), ("C", 0.01, 0.1), ("D", 0.001, 0.01), ("E", None, 0.001))


def bounded(store: Store) -> Store:
    scheme = there(store.find("scheme", RiskScheme))
    named = {c.code: c for c in scheme.frequencies}
    frequencies = [
        named[code].model_copy(update={"low": low, "high": high, "unit": "per_year"}) for code, low, high in BOUNDS
    ]
    with store.transaction("Bounds") as tx:
        tx.put(scheme.replace(frequencies=tuple(frequencies)))
    return store


def test_the_standards_matrix_is_the_published_one() -> None:
    scheme = preset("mil-std-882e")
    for letter, row in MIL.items():
        assert [level_of(scheme, str(n), letter)[0] for n in range(1, 5)] == row.split()
    borrowed = preset("hsc-2022")
    for letter in "ABCDE":
        assert [borrowed.cells[f"{n}{letter}"] for n in range(1, 5)] == MIL[letter].split()
    assert "MIL-STD-882E" in borrowed.source


@pytest.mark.parametrize("name", PRESETS)
def test_presets_have_nothing_wrong_with_them(name: str) -> None:
    assert check_scheme(preset(name)) == []


def test_a_hazard_without_a_rating_shows_the_worst_of_its_consequences_so_marked() -> None:
    store = project(rated("e1", "initial", "2B"), rated("e2", "initial", "3A"))
    found = there(Ratings(store).of("h", "initial"))
    assert (found.index, found.level, found.inherited, found.subject) == ("2B", "High", True, "e1")
    with store.transaction("Rate") as tx:
        tx.put(rated("h", "initial", "4E"))
    own = there(Ratings(store).of("h", "initial"))
    assert (own.index, own.inherited) == ("4E", False)
    assert Ratings(store).of("h", "residual") is None


def test_a_consequence_nobody_rated_again_keeps_its_rating_in_the_worst_of_all() -> None:
    store = project(rated("e1", "initial", "1A"), rated("e2", "initial", "3A"), rated("e2", "residual", "3E"))
    found = there(Ratings(store).of("h", "residual"))
    assert (found.index, found.carried, found.subject) == ("1A", True, "e1")


def test_dimensions_are_rated_apart_and_fall_back_on_the_rating_for_all() -> None:
    store = project(
        rated("h", "initial", "3C"),
        rated("h", "initial", "1A", dimension="social"),
        h={"impact_dimensions": ("technical", "social")},
    )
    ratings = Ratings(store)
    assert there(ratings.of("h", "initial")).index == "1A"
    assert there(ratings.of("h", "initial", "social")).index == "1A"
    assert there(ratings.of("h", "initial", "technical")).index == "3C"
    assert ratings.of("h", "initial", "economic") is None


def test_pathways_are_followed_through_gates_and_end_at_loops() -> None:
    store = project(
        Gate(id="g", operator="or"), Link(id="l5", source="t", target="g"), Link(id="l6", source="g", target="t"),
        Link(id="l7", source="g", target="e2"), l4={"source": "c1"},
    )  # fmt: skip
    assert set(consequences_of(store, "h")) == {"e1", "e2"}
    assert hazards_behind(store, "e2") == ["h"]


def test_causes_are_added_up_and_thinned_by_what_stands_between() -> None:
    store = bounded(project())
    before = there(suggest(store, "h", "initial"))
    assert there(before.figure).value == pytest.approx(0.3)
    assert before.frequency == "B"
    after = there(suggest(store, "h", "residual"))
    assert there(after.figure).value == pytest.approx(0.2 * 0.1 + 0.1 * 0.5)
    assert after.frequency == "C"
    harm = there(suggest(store, "e1", "residual"))
    assert there(harm.figure).value == pytest.approx(0.07 * 0.01)
    assert harm.frequency == "E"
    causes, controls, _ = harm.why
    assert causes == "Causes: C-1 0.2 a year (judged); C-2 0.1 a year (judged)."
    assert [told[:11] for told in controls.split(": ")[1].split("; ")] == ["B-1 works 9", "B-2 works 5", "B-3 works 9"]


def test_a_control_that_does_not_stand_is_not_counted_and_the_reason_says_so() -> None:
    store = bounded(project(b1={"state": "proposed"}))
    found = there(suggest(store, "h", "residual"))
    assert there(found.figure).value == pytest.approx(0.2 + 0.05)
    assert any("B-1 proposed" in sentence for sentence in found.why)


def test_nothing_is_suggested_without_bounds_or_through_a_gate_that_needs_cut_sets() -> None:
    store = project()
    found = there(suggest(store, "h", "initial"))
    assert found.frequency == ""
    assert "sets no bounds" in found.why[-1]
    gated = bounded(project(Gate(id="g", code="G-1", operator="and"), Link(id="lg", source="g", target="t"),
                            l1={"target": "g"}, l2={"target": "g"}))  # fmt: skip
    assert "G-1" in there(suggest(gated, "h", "initial")).why[0]
    silent = project(c1={"likelihood": None}, c2={"likelihood": None})
    assert suggest(silent, "h", "initial") is None


def test_a_bound_belongs_to_the_category_it_begins() -> None:
    scheme = there(bounded(project()).find("scheme", RiskScheme))
    found = [there(category_of(scheme, value, "per_year")).code for value in (0.1, 0.0999, 1.0, 0.0)]
    assert found == ["B", "C", "A", "E"]
    assert category_of(scheme, 0.5, "per_use") is None


def rules(store: Store, subject: str = "h") -> list[str]:
    return [one.rule for one in unjustified(store, subject, Ratings(store), Standings(store))]


BETTER = (rated("h", "initial", "1B"), rated("h", "residual", "1D"))


def test_a_better_residual_rests_on_controls_that_stand() -> None:
    assert rules(project(*BETTER)) == []
    planned = {"state": "proposed"}
    assert rules(project(*BETTER, b1=planned, b2=planned, b3=planned)) == ["residual-only-proposed"]
    training = {"precedence": "procedures_training"}
    assert rules(project(*BETTER, b1=training, b2=training, b3=training)) == ["residual-only-procedures"]
    assert rules(project(*BETTER, b1=training, b2=training)) == []


def test_controls_that_evidence_refutes_carry_nothing() -> None:
    against = [
        Evidence(id=f"x{n}", subject=f"b{n}", analyst_verdict="refutes", analyst_reason="Failed in the field")
        for n in (1, 2)
    ]
    found = unjustified(s := project(*BETTER, *against, b3={"state": "proposed"}), "h", Ratings(s), Standings(s))
    assert [one.rule for one in found] == ["residual-no-standing"]
    assert "B-1, B-2 refuted" in found[0].message


def test_a_better_residual_without_any_control_is_told() -> None:
    store = project(*BETTER)
    with store.transaction("Remove") as tx:
        for guard in ("g1", "g2", "g3"):
            tx.remove(guard)
    assert rules(store) == ["residual-no-control"]
    with store.transaction("On the hazard") as tx:
        tx.put(Guard(id="g9", control="b1", subject="h"))
    assert rules(store) == []


def test_eliminated_takes_a_control_that_eliminates() -> None:
    claimed = (rated("h", "initial", "1B"), rated("h", "residual", "1F"))
    assert rules(project(*claimed, scheme="mil-std-882e")) == ["residual-eliminated"]
    assert rules(project(*claimed, scheme="mil-std-882e", b1={"precedence": "eliminate"})) == []


def found_in(store: Store, day: date | None = None, subject: str = "h") -> list[tuple[str, str, str]]:
    return of_subject(store, subject, Ratings(store), Standings(store, day), day)


def test_acceptance_is_missing_expired_or_of_another_level() -> None:
    def accepted(**fields: object) -> list[str]:
        record = RiskAcceptance(id="a", subject="h", date="2026-01-01").replace(**fields)
        store = project(*BETTER, record)
        return [rule for rule, _, _ in found_in(store, date(2026, 6, 1)) if rule.startswith("acceptance")]

    store = project(*BETTER)
    assert "acceptance-missing" in [rule for rule, _, _ in found_in(store)]
    assert accepted(level="Serious") == []
    assert accepted(level="Serious", expires="2026-06-01") == []
    assert accepted(level="Serious", expires="2026-05-31") == ["acceptance-expired"]
    assert accepted(level="Medium") == ["acceptance-level"]


def test_an_acceptance_of_the_worst_consequence_runs_out_too() -> None:
    record = RiskAcceptance(id="a", subject="h", level="Medium", date="2026-01-01", expires="2026-02-01")
    effects = (rated("e1", "initial", "2B"), rated("e1", "residual", "2D"))
    assert [rule for rule, _, _ in found_in(project(*effects, record), date(2026, 6, 1))] == ["acceptance-expired"]
    assert found_in(project(*effects), date(2026, 6, 1)) == []
    store = project(*effects, record, RiskAcceptance(id="b", subject="e1", name="A", date="2026-06-01"))
    told = {(one.rule, one.element) for one in check(store) if one.rule.startswith("acceptance")}
    assert told == {("acceptance-expired", "h")}


def test_ratings_outside_the_scheme_are_found() -> None:
    assert [rule for rule, _, _ in found_in(project(rated("h", "initial", "5A")))] == ["rating-outside-scheme"]


def test_the_log_says_who_accepted_what_is_left_and_follows() -> None:
    store = project(rated("e1", "initial", "2B"), rated("e1", "residual", "2D"))
    cache = LogCache(store)

    def accepted() -> str:
        return there(cache.row("h")).accepted

    assert accepted() == "Missing"
    record = RiskAcceptance(
        id="a", subject="e1", level="Medium", authority="Head of safety", name="A. B.", date="2026-01-01",
        expires="2026-06-30", conditions="Reviewed each quarter",
    )  # fmt: skip

    def change(*records: Record) -> None:
        with store.transaction("Change") as tx:
            for one in records:
                tx.put(one)
        cache.follow(there(store.history.done[-1]).diff)

    change(record)
    told = "Medium, Head of safety, A. B., 2026-01-01, until 2026-06-30, Reviewed each quarter"
    assert accepted() == told
    change(Run(id="run", started_at="2026-07-01T00:00:00Z"))
    assert accepted() == f"Expired: {told}"
    change(record.replace(expires="", level="High", conditions=""))
    assert accepted() == "Another level: High, Head of safety, A. B., 2026-01-01"
    change(rated("e1", "residual", "2E"), rated("h", "residual", "1D"))
    assert accepted() == "Missing"
    sheet = log_sheet(store)
    assert sheet.rows[0][sheet.columns.index("accepted")].text == "Missing"
