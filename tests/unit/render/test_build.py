"""What one diagram shows: places, roles, ratings, verdicts, signs, hanging and collapsed parts."""

from math import degrees

import pytest

from tests.unit.render.support import DIAGRAM, FixedMeasure, place, project, records
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Cause, DegradationFactor, Gate, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import Assessment
from workbench.model.review import Comment
from workbench.model.runs import Criterion, Evidence
from workbench.render.build import PictureBuilder, Touched
from workbench.render.build_parts import belongs_id
from workbench.render.picture import Badge, Chip, DiagramPicture
from workbench.store.store import Store


def shown(*more: object, without: tuple[str, ...] = (), **changes: dict[str, object]) -> DiagramPicture:
    made = [r.replace(**changes[r.id]) if r.id in changes else r for r in records() if r.id not in without]
    return PictureBuilder(Store([*made, *more]), DIAGRAM, FixedMeasure()).picture  # type: ignore[list-item]


def test_every_placed_element_is_drawn_where_it_stands() -> None:
    picture = shown()
    assert set(picture.nodes) == {"h", "t", "c1", "c2", "e1", "d1", "g1", "n1"}
    assert (picture.nodes["c1"].box.x, picture.nodes["c1"].box.y) == (-464, 100)
    assert picture.nodes["c1"].box.shape == "pentagon"
    assert picture.bars["b5"].free
    assert (picture.title, picture.notation) == ("Sheet", "bow_tie")


def test_a_line_is_drawn_where_both_ends_stand_and_nobody_hides_it() -> None:
    picture = shown()
    assert {"l1", "l2", "l3", "ld", "ln", belongs_id("t")} == set(picture.links)
    assert "l1" not in shown(Route.of(DIAGRAM, "l1").replace(hidden=True)).links
    assert "l1" not in shown(without=(Placement.at(DIAGRAM, "c1").id,)).links


def test_bars_stand_on_their_line_in_order_and_it_opens_there() -> None:
    picture = shown()
    line = picture.links["l1"]
    assert line.bars == ("gd1", "gd2")
    first, second = picture.bars["gd1"], picture.bars["gd2"]
    assert first.x < second.x < picture.nodes["t"].box.x
    assert first.y == second.y == 100
    assert [pytest.approx(line.path[0][0] + gap) for gap in line.gaps] == [first.x, second.x]


def test_a_line_bends_once_beside_the_focus() -> None:
    assert len(shown().links["l1"].path) == 3
    assert len(shown(dg={"focus": None}).links["l1"].path) == 2
    assert shown(Route.of(DIAGRAM, "l1").replace(points=((1, 2), (3, 4)))).links["l1"].path[1:3] == ((1, 2), (3, 4))


def test_roles_are_seen_from_the_top_event() -> None:
    picture = shown()
    assert {picture.bars[id].role for id in ("gd1", "gd2", "gd3")} == {"preventive"}
    assert picture.bars["gd4"].role == "mitigative"
    assert picture.bars["gd5"].role == "degradation"


def test_a_chained_top_event_is_seen_from_the_focus() -> None:
    chain = (
        TopEvent(id="t0"),
        place("t0", -800, 0),
        Link(id="lc", source="t0", target="t"),
        Guard(id="gc", control="b1", subject="lc"),
        Link(id="lg", source="t0", target="g1"),
        Guard(id="gg", control="b1", subject="lg"),
    )
    before = shown(*chain)
    assert before.bars["gc"].role == "preventive"
    assert before.bars["gg"].role == "mitigative"
    assert shown(*chain, Link(id="lt", source="g1", target="t")).bars["gg"].role == "preventive"


def test_own_stations_count_from_the_outer_end() -> None:
    moved = shown(place("gd3", station=60.0), place("gd4", station=60.0))
    left, right = moved.nodes["c2"].box.right, moved.nodes["e1"].box.left
    assert moved.bars["gd3"].x == pytest.approx(left + 60)
    assert moved.bars["gd4"].x == pytest.approx(right - 60)


def test_shared_and_planned_controls() -> None:
    picture = shown()
    assert picture.bars["gd2"].shared == picture.bars["gd3"].shared == 2
    assert picture.bars["gd4"].planned
    assert not picture.bars["gd1"].planned
    assert shown(b1={"status": "retired"}).bars["gd1"].retired


def test_controls_that_wait_are_listed_beneath_their_element() -> None:
    assert shown().nodes["h"].listed == ("B-5 Awareness training",)


def test_a_factor_hangs_below_its_bar_with_its_control_across_the_stem() -> None:
    picture = shown()
    bar, factor, across = picture.bars["gd1"], picture.nodes["d1"], picture.bars["gd5"]
    stem = picture.links["ld"]
    assert factor.box.x == bar.x
    assert factor.box.top == bar.y + 24 + 48
    assert stem.dashed
    assert stem.path == ((bar.x, factor.box.top), (bar.x, bar.y + 24))
    assert bar.y + 24 < across.y < factor.box.top
    assert across.x == bar.x
    assert bar.hanging
    assert {picture.bars[id].label_above for id in ("gd1", "gd2")} == {True}
    assert not picture.bars["gd3"].label_above


def test_a_factor_on_all_lines_of_a_control_hangs_where_it_was_put() -> None:
    link = Link(id="lx", kind="degrades", source="dx", target="b2")

    hung = shown(DegradationFactor(id="dx"), link, place("dx", hangs_on="gd3"))
    assert hung.links["lx"].path[-1][0] == hung.bars["gd3"].x
    free = shown(DegradationFactor(id="dx"), link, place("dx", 0, 900))
    assert free.links["lx"].path[-1][1] == free.bars["gd2"].y + 24


def test_several_factors_of_one_bar_stand_side_by_side() -> None:

    picture = shown(DegradationFactor(id="d2"), place("d2", hangs_on="gd1"))
    one, other = picture.nodes["d1"].box, picture.nodes["d2"].box
    assert one.right <= other.left or other.right <= one.left


def test_ratings_come_from_the_scheme_initial_before_residual() -> None:
    picture = shown()
    assert picture.nodes["h"].chips == (Chip("High", 4, "1B High"), Chip("Serious", 3, "1D Serious"))
    assert picture.nodes["e1"].chips == (Chip("Medium", 2, "2D Medium"),)
    worse = Assessment.of("e1", "residual", "social").replace(severity="1", frequency="A")
    assert shown(worse).nodes["e1"].chips == (Chip("High", 4, "1A High"),)
    assert shown(project={"risk_scheme": None}).nodes["h"].chips == ()


def test_meta_rows_say_how_often() -> None:
    picture = shown()
    assert picture.nodes["c1"].meta == "B Probable"
    assert picture.nodes["c2"].meta == "0.01"


def test_gates_carry_their_sign() -> None:
    assert shown().nodes["g1"].sign == "2/n"
    assert shown(Link(id="lx", source="c1", target="g1")).nodes["g1"].sign == "2/1"
    signs = {shown(g1={"operator": operator}).nodes["g1"].sign for operator in ("and", "or", "not", "xor")}
    assert signs == {"&", "≥1", "1", "=1"}


def test_verdicts_of_line_and_control_speak_together_worst_first() -> None:
    picture = shown()
    assert picture.nodes["c1"].badge == Badge("refutes")
    assert picture.bars["gd3"].badge == Badge("supports")
    assert picture.bars["gd2"].badge == Badge("inconclusive", count=2)
    assert picture.bars["gd1"].badge is None


def test_an_analyst_who_differs_is_seen() -> None:
    assert shown(ev1={"analyst_verdict": "supports"}).nodes["c1"].badge == Badge("supports", analyst=True)


def test_old_evidence_is_stale_by_the_newest_day_of_the_project() -> None:
    old = Criterion(comparator="<=", threshold=0.1, max_age_days=30)
    newer = Evidence(id="ev9", subject="h", attached_at="2026-06-01T00:00:00Z")
    assert shown(ev1={"criterion": old}).nodes["c1"].badge == Badge("refutes")
    assert shown(newer, ev1={"criterion": old}).nodes["c1"].badge == Badge("stale")


def test_any_record_s_date_makes_the_newest_day() -> None:
    old = Criterion(comparator="<=", threshold=0.1, max_age_days=30)
    store = Store([r.replace(criterion=old) if isinstance(r, Evidence) and r.id == "ev1" else r for r in records()])
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    assert builder.picture.nodes["c1"].badge == Badge("refutes")
    store.changed.connect(lambda change: builder.apply(change.diff))
    with store.transaction("Comment") as tx:
        tx.put(Comment(id="k1", subject="c1", text="Old by now?", at="2026-06-01T00:00:00Z"))
    assert builder.picture.nodes["c1"].badge == Badge("stale")


def test_a_refuted_rating_marks_what_it_rates() -> None:
    store = Store(records())
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    store.changed.connect(lambda change: builder.apply(change.diff))
    before = builder.picture.nodes["e1"].badge
    assert before is None or before.verdict != "refutes"
    rating = Assessment.of("e1", "residual")
    with store.transaction("Rate") as tx:
        tx.put(rating)
    with store.transaction("Refute") as tx:
        tx.put(Evidence(id="ev7", subject=rating.id, kind="incident", analyst_verdict="refutes"))
    assert builder.picture.nodes["e1"].badge == Badge("refutes", by_hand=True)
    assert PictureBuilder(store, DIAGRAM, FixedMeasure()).picture.nodes["e1"].badge == Badge("refutes", by_hand=True)


def test_a_claim_about_a_line_marks_the_line() -> None:
    store = Store(records())
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    store.changed.connect(lambda change: builder.apply(change.diff))

    def badges() -> list[Badge | None]:
        return [builder.picture.links[id].badge for id in ("l1", "ld")]

    assert badges() == [None, None]
    with store.transaction("Refute") as tx:
        tx.put(Evidence(id="ev8", subject="l1", kind="incident", analyst_verdict="refutes"))
        tx.put(Evidence(id="ev9", subject="ld", kind="incident", analyst_verdict="supports"))
    assert badges() == [Badge("refutes", by_hand=True), Badge("supports", by_hand=True)]
    with store.transaction("Take it back") as tx:
        tx.remove("ev8")
    assert badges() == [None, Badge("supports", by_hand=True)]


def test_simple_notation_has_arrows() -> None:
    assert not shown().links["l1"].arrow
    assert shown(dg={"notation": "simple"}).links["l1"].arrow


def test_collapse_hides_what_is_reachable_only_through_it_and_says_so() -> None:
    more = (
        Cause(id="c3"),
        Link(id="l5", source="c3", target="c1"),
        Guard(id="gd7", control="b4", subject="l5"),
        place("c3", -800, 100),
        Evidence(id="ev5", subject="gd7", metric="m1", criterion=Criterion(comparator="<=", threshold=0.1)),
    )
    open_ = shown(*more)
    assert "c3" in open_.nodes
    assert open_.bars["gd7"].badge == Badge("refutes")
    collapsed = [r for r in records() if r.id not in (Placement.at(DIAGRAM, "c1").id, "ev1")]
    store = Store([*collapsed, *more, place("c1", -464, 100, collapsed=True)])
    picture = PictureBuilder(store, DIAGRAM, FixedMeasure()).picture
    assert "c3" not in picture.nodes
    assert "l5" not in picture.links
    assert "gd7" not in picture.bars
    assert {"c1", "c2", "t", "e1"} <= picture.nodes.keys()
    assert picture.nodes["c1"].hidden == 1
    assert picture.nodes["c1"].hidden_text == "1 control · 1 cause"
    assert picture.nodes["c1"].badge == Badge("refutes")


def test_bars_on_steep_lines_know_the_direction() -> None:
    picture = shown(
        Gate(id="g2"),
        place("g2", -464, 800),
        Link(id="lv", source="g1", target="g2"),
        Guard(id="gv", control="b1", subject="lv"),
    )
    assert degrees(picture.bars["gv"].angle) == pytest.approx(90)


def test_a_diagram_that_is_gone_shows_nothing() -> None:
    store = project()
    builder = PictureBuilder(store, "nowhere", FixedMeasure())
    assert not builder.picture.nodes
    sheet = PictureBuilder(store, DIAGRAM, FixedMeasure())
    store.changed.connect(lambda change: sheet.apply(change.diff))
    with store.transaction("Remove") as tx:
        tx.remove(DIAGRAM)
    assert not sheet.picture.nodes
    assert not sheet.picture.links


def test_one_edit_reports_only_what_it_touches() -> None:
    store = project()
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    reports = []
    store.changed.connect(lambda change: reports.append(builder.apply(change.diff)))
    with store.transaction("Retitle") as tx:
        tx.put(store.records["b2"].replace(title="Other"))
    assert reports[-1] == Touched(bars=frozenset(("gd2", "gd3")))
    with store.transaction("Move") as tx:
        tx.put(place("c2", -464, 330))
    assert reports[-1] == Touched(frozenset(("c2",)), frozenset(("gd3",)), frozenset(("l2",)))
    with store.transaction("Elsewhere") as tx:
        tx.put(Diagram(id="other", title="Other sheet"))
        tx.put(Placement.at("other", "c2", 5, 5))
        tx.put(Hazard(id="h9"))
    assert not reports[-1]
    with store.transaction("Notation") as tx:
        tx.put(store.records[DIAGRAM].replace(notation="simple"))
    assert reports[-1].everything


def test_a_preview_slides_a_guard_along_its_line() -> None:
    builder = PictureBuilder(project(), DIAGRAM, FixedMeasure())
    before = builder.picture.bars["gd3"]
    _, bars, links = builder.preview({"gd3": (-60.0, 35.0)})
    assert bars["gd3"].x == pytest.approx(before.x - 60)
    assert bars["gd3"].y == before.y
    assert links["l2"].gaps != builder.picture.links["l2"].gaps
    assert builder.picture.bars["gd3"] == before


def chips(builder: PictureBuilder) -> list[Chip]:
    return list(builder.picture.nodes["h"].chips)


def test_a_hazard_nobody_rated_shows_the_worst_of_its_consequences_and_follows_them() -> None:
    store = Store([r for r in records() if not (isinstance(r, Assessment) and r.subject == "h")])
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    assert chips(builder) == [Chip("Medium", 2, "2D Medium", inherited=True)]
    store.changed.connect(lambda change: touched.append(builder.apply(change.diff)))
    touched: list[Touched] = []
    with store.transaction("Rate") as tx:
        tx.put(Assessment.of("e1", "residual", "social").replace(severity="1", frequency="A"))
    assert chips(builder)[-1] == Chip("High", 4, "1A High", inherited=True)
    assert touched[-1].nodes == {"h", "e1"}
    with store.transaction("Part them") as tx:
        tx.remove(next(link.id for link in store.all(Link) if link.target == "e1"))
    assert not chips(builder)
    store.undo()
    assert chips(builder)
