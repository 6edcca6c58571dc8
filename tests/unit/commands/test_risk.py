"""Another risk scheme re-maps every rating in one step and says how; residual risks are accepted."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import there
from tests.unit.analysis.risk_project import project, rated
from workbench.analysis.risk import DIMENSIONS, PHASES, Ratings
from workbench.analysis.scheme_check import check_scheme
from workbench.commands.errors import CommandError
from workbench.commands.risk import accept_risk, proposed, rate, remapping, set_scheme, withdraw_acceptance
from workbench.commands.schemes import PRESETS, preset
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause, ImpactDimension, Likelihood
from workbench.model.judgement import Assessment, Category, Phase, RiskAcceptance, RiskLevel, RiskScheme
from workbench.store.store import Store


def scheme(store: Store) -> RiskScheme:
    return there(store.find("scheme", RiskScheme))


def with_levels(*colours: tuple[str, int, str]) -> RiskScheme:
    levels = tuple(RiskLevel(name=name, steps=steps, colour=colour) for name, steps, colour in colours)
    return preset("hsc-2022").replace(levels=levels)


def test_counterparts_are_those_of_the_same_name_then_of_the_same_code_in_order() -> None:
    hsc, five, mil = preset("hsc-2022"), preset("five-by-five"), preset("mil-std-882e")
    assert proposed(hsc.severities, mil.severities) == {"1": "1", "2": "2", "3": "3", "4": "4"}
    assert proposed(mil.frequencies, hsc.frequencies)["F"] == ""
    to_five = proposed(hsc.severities, five.severities)
    assert to_five == {"1": "1", "2": "2", "3": "3", "4": "4"}, "no two become one, and the ranks keep their order"
    assert proposed(five.severities, hsc.severities) == {**to_five, "5": ""}


def test_counterparts_of_a_name_go_before_those_of_a_code() -> None:
    hsc = preset("hsc-2022").severities
    worse = (Category(code="1", name="Beyond"), *(c.model_copy(update={"code": str(int(c.code) + 1)}) for c in hsc))
    assert proposed(hsc, worse) == {"1": "2", "2": "3", "3": "4", "4": "5"}


def test_another_scheme_remaps_in_one_step_and_tells_what_changed() -> None:
    store = project(
        rated("h", "initial", "1F", rationale="Blade removed"),
        rated("e1", "initial", "2D"),
        scheme="mil-std-882e",
        c1={"likelihood": Likelihood(category="F")},
    )
    steps = len(store.history.done)
    hsc = preset("hsc-2022")
    expected = remapping(store, hsc)
    with store.transaction("Change risk scheme") as tx:
        changed = set_scheme(tx, hsc)
    assert changed == [one for one in expected if one.changed]
    assert [one.named for one in expected if not one.changed] == ["Initial rating of E-1 Injury"]
    assert [(one.record, one.lost) for one in changed] == [
        (Assessment.of("h", "initial").id, True),
        ("c1", True),
    ]
    lost = there(store.find(Assessment.of("h", "initial").id, Assessment))
    assert (lost.severity, lost.frequency) == ("1", "")
    assert lost.rationale == "Blade removed\nWas 1F Eliminated under MIL-STD-882E, which has no counterpart."
    assert "2 ratings" in tx.notices[0]
    assert len(store.history.done) == steps + 1
    assert scheme(store).name == hsc.name
    store.undo()
    assert scheme(store).name == "MIL-STD-882E"
    assert there(Ratings(store).of("h", "initial")).index == "1F"
    assert there(there(store.find("c1", Cause)).likelihood).category == "F"


def test_a_category_of_another_name_is_told_even_where_index_and_level_stay() -> None:
    found = remapping(project(rated("e1", "initial", "3B"), rated("e2", "initial", "2D")), preset("mil-std-882e"))
    assert [(one.before, one.after, one.changed) for one in found] == [
        ("3B Serious (Major, Probable)", "3B Serious (Marginal, Probable)", True),
        ("2D Medium", "2D Medium", False),
    ]


def test_a_scheme_of_ones_own_survives_the_file(tmp_path: Path) -> None:
    store = project(rated("e1", "initial", "2D"))
    own = scheme(store)
    bounds = Category(code="Z", name="Never", definition="Not seen", low=0.0, high=1e-6, unit="per_year")
    own = own.replace(
        frequencies=(*own.frequencies, bounds),
        levels=(*own.levels[:-1], own.levels[-1].model_copy(update={"colour": "#C7EABD"})),
        cells={**own.cells, **{f"{n}Z": "Low" for n in range(1, 5)}},
    )
    with store.transaction("Edit") as tx:
        assert set_scheme(tx, own, None, None) == []
    path = tmp_path / "own.hazard.json"
    save_project(store, path)
    again = load_project(path).store
    assert scheme(again) == scheme(store)
    assert scheme(again).frequencies[-1].high == 1e-6


def test_a_renamed_category_takes_its_ratings_along_and_levels_that_change_are_told() -> None:
    store = project(rated("e1", "initial", "2D"))
    own = scheme(store)
    severities = (own.severities[0], own.severities[1].model_copy(update={"code": "II"}), *own.severities[2:])
    cells = {key.replace("2", "II"): level for key, level in own.cells.items()} | {"IID": "High"}
    with store.transaction("Edit") as tx:
        changed = set_scheme(tx, own.replace(severities=severities, cells=cells), {"2": "II"}, {"D": "D"})
    assert [(one.before, one.after, one.lost) for one in changed] == [("2D Medium", "IID High", False)]
    assert there(Ratings(store).of("e1", "initial")).level == "High"


def test_a_rating_outside_the_scheme_is_kept_and_fits_once_its_category_is_added() -> None:
    store = project(rated("e1", "initial", "5A"), c1={"likelihood": Likelihood(category="Z")})
    own = scheme(store)
    fifth = Category(code="5", name="Trifle", definition="Nothing to speak of")
    cells = {**own.cells, **{f"5{letter}": "Low" for letter in "ABCDE"}}
    with store.transaction("Edit") as tx:
        changed = set_scheme(tx, own.replace(severities=(*own.severities, fifth), cells=cells))
    assert [(one.before, one.after, one.lost) for one in changed] == [
        ("5A (Frequent)", "5A Low (Trifle, Frequent)", False)
    ]
    assert there(Ratings(store).of("e1", "initial")).level == "Low"
    assert there(there(store.find("c1", Cause)).likelihood).category == "Z"


CODES = st.sampled_from(["", *"12345", *"ABCDEFZ"])
GIVEN = st.tuples(st.sampled_from(["h", "e1", "e2"]), st.sampled_from(PHASES), st.sampled_from([None, *DIMENSIONS]))


@settings(max_examples=40, deadline=None)
@given(
    given=st.dictionaries(GIVEN, st.tuples(CODES, CODES, st.text(max_size=20)), max_size=12),
    others=st.lists(st.sampled_from(PRESETS), min_size=1, max_size=4),
    extra=st.dictionaries(st.sampled_from(["later_a", "later_b"]), st.integers(0, 9), max_size=2),
)
def test_ratings_survive_any_change_of_scheme_and_its_undo(
    given: dict[tuple[str, Phase, ImpactDimension | None], tuple[str, str, str]],
    others: list[str],
    extra: dict[str, int],
) -> None:
    ratings = [
        Assessment.model_validate(
            {**a.__dict__, "severity": severity, "frequency": frequency, "rationale": why, **extra}
        )
        for key, (severity, frequency, why) in given.items()
        for a in (Assessment.of(*key),)
    ]
    store = project(*ratings)
    before = dict(store.records)
    for name in others:
        said = remapping(store, preset(name))
        was = {a.id: a for a in store.all(Assessment)}
        with store.transaction("Change risk scheme") as tx:
            changed = set_scheme(tx, preset(name))
        assert changed == [one for one in said if one.changed]
        told = {one.record for one in changed}
        for now in store.all(Assessment):
            old = was.pop(now.id)
            assert now == old or now.id in told, "a rating changed that nobody was told of"
            assert (now.model_extra or {}) == extra
            assert now.rationale.startswith(old.rationale)
            lost = (old.severity and not now.severity) or (old.frequency and not now.frequency)
            assert bool(lost) == (f"Was {old.severity}{old.frequency}" in now.rationale[len(old.rationale) :])
        assert not was
    for _ in others:
        store.undo()
    assert dict(store.records) == before


@given(st.dictionaries(st.sampled_from(["later_a", "later_b"]), st.text(max_size=9), min_size=1, max_size=2))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fields_of_a_newer_version_survive_the_file(tmp_path: Path, extra: dict[str, str]) -> None:
    plain = preset("hsc-2022").model_dump()
    newer = RiskScheme.model_validate(
        {
            **plain,
            "id": "scheme",
            **extra,
            "severities": [{**one, **extra} for one in plain["severities"]],
            "levels": [{**one, **extra} for one in plain["levels"]],
        }
    )
    rating = Assessment.model_validate({**rated("h", "initial", "2B").__dict__, **extra})
    store = project(rating)
    with store.transaction("Newer") as tx:
        tx.put(newer)
    path = tmp_path / "newer.hazard.json"
    save_project(store, path)
    again = load_project(path).store
    assert again.get("scheme") == newer
    assert again.get(rating.id) == rating
    with again.transaction("Edit") as tx:
        set_scheme(tx, newer.replace(name="Renamed"))
    assert scheme(again) == newer.replace(name="Renamed")


def test_a_scheme_with_an_error_is_refused_and_nothing_changes() -> None:
    store = project()
    broken = preset("hsc-2022").replace(cells={})
    before = scheme(store)
    with pytest.raises(CommandError, match="20 cells have no level"), store.transaction("Edit") as tx:
        set_scheme(tx, broken)
    assert scheme(store) == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"severities": ()}, "no severity category"),
        ({"levels": (RiskLevel(name="High", steps=4),)}, "does not list"),
        ({"frequencies": (Category(code="A", definition="x", low=1.0, unit=""),)}, "without a unit"),
        (
            {"frequencies": tuple(Category(code=c, definition="x", low=lo, high=hi, unit="per_year")
                                  for c, lo, hi in (("A", 0.1, 1.0), ("B", 0.05, 0.2)))},
            "overlap",
        ),
    ],
)  # fmt: skip
def test_faults_of_a_scheme_are_told(change: dict[str, object], message: str) -> None:
    found = check_scheme(preset("hsc-2022").replace(**change))
    assert any(message in fault.message and fault.severity == "error" for fault in found)


def test_colours_are_checked_for_reading_grey_print_and_colour_blindness() -> None:
    def messages(*colours: tuple[str, int, str]) -> str:
        return " ".join(f.message for f in check_scheme(with_levels(*colours)) if f.where == "colours")

    red_green = messages(("High", 4, "#C05050"), ("Low", 1, "#7E7E3A"))
    assert "look alike with" in red_green or "equally grey" in red_green
    assert "no #rrggbb" in messages(("High", 4, "red"))
    assert messages(("High", 4, "#750618"), ("Serious", 3, "#B45702"), ("Medium", 2, "#ECB401")) == ""
    assert "equally grey" in messages(("High", 4, "#9A5050"), ("Low", 1, "#50709A"))


def test_a_worse_cell_may_not_have_a_lower_level_unseen() -> None:
    own = preset("hsc-2022")
    found = check_scheme(own.replace(cells={**own.cells, "1A": "Low"}))
    assert any("1B is a higher risk than 1A" in fault.message for fault in found)


def test_a_residual_risk_is_accepted_changed_and_withdrawn() -> None:
    store = project(rated("h", "residual", "1D"))
    with store.transaction("Accept") as tx:
        id = accept_risk(tx, "h", authority="Head of safety", name="A. B.", date="2026-01-02", expires="2027-01-02")
    record = there(store.find(id, RiskAcceptance))
    assert (record.level, record.expires) == ("Serious", "2027-01-02")
    with store.transaction("Change") as tx:
        again = accept_risk(tx, "h", authority="", name="C. D.", date="2026-02-02", record=id)
    assert again == id
    assert store.count("risk_acceptance") == 1
    with store.transaction("Withdraw") as tx:
        withdraw_acceptance(tx, id)
    assert store.count("risk_acceptance") == 0
    store.undo()
    assert there(store.find(id, RiskAcceptance)).name == "C. D."


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "", "authority": ""}, "who accepted"),
        ({"date": ""}, "which day"),
        ({"date": "tomorrow"}, "is no day"),
        ({"expires": "2025-01-01"}, "ends before it begins"),
    ],
)
def test_an_acceptance_needs_a_person_and_days(fields: dict[str, str], message: str) -> None:
    store = project(rated("h", "residual", "1D"))
    given = {"authority": "Head", "name": "A", "date": "2026-01-02", **fields}
    with pytest.raises(CommandError, match=message), store.transaction("Accept") as tx:
        accept_risk(tx, "h", **given)


def test_nothing_is_accepted_that_nobody_rated() -> None:
    store = project()
    with pytest.raises(CommandError, match="Rate the residual risk first"), store.transaction("Accept") as tx:
        accept_risk(tx, "h", authority="Head", name="A", date="2026-01-02")


def test_a_rating_says_who_gave_it_and_when():
    store = project()
    key = Assessment.of("h", "residual", "social")
    with store.transaction("Rate") as tx:
        rate(tx, key, by="Ada", at="2026-05-01T10:00:00Z", severity="2")
    given = there(store.find(key.id, Assessment))
    assert (given.severity, given.by, given.at) == ("2", "Ada", "2026-05-01T10:00:00Z")
    with store.transaction("The same again") as tx:
        rate(tx, key, by="Bob", at="2026-06-01T10:00:00Z", severity="2")
    assert store.find(key.id, Assessment) == given
    with store.transaction("By nobody known") as tx:
        rate(tx, key, at="2026-07-01T10:00:00Z", frequency="B")
    assert (there(store.find(key.id, Assessment)).by, there(store.find(key.id, Assessment)).at[:10]) == (
        "",
        "2026-07-01",
    )
    with store.transaction("Take away") as tx:
        rate(tx, key, by="Ada", at="2026-08-01T10:00:00Z", severity="", frequency="")
    assert key.id not in store
    store.undo()
    assert there(store.find(key.id, Assessment)).frequency == "B"
