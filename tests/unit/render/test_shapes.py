"""Every kind has a silhouette of its own, and no text leaves its silhouette."""

from collections.abc import Iterable
from dataclasses import replace
from math import cos, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.unit.render.support import FixedMeasure
from workbench.layout.geometry import Box, default_size
from workbench.render.badges import badge_ops
from workbench.render.fonts import qt_measure
from workbench.render.icons import ICON_NAMES, icon_ops
from workbench.render.ops import Ellipse, Lines, Op, PathOp, Polygon, RoundRect, TextOp, bounds, flatten
from workbench.render.picture import Badge, BarPicture, Chip, LinkPicture, NodePicture
from workbench.render.shapes import (
    bar_extent,
    bar_ops,
    extent,
    finding_spot,
    link_ops,
    natural_size,
    node_ops,
)
from workbench.render.shapes_links import badge_spot
from workbench.render.silhouettes import clip_convex
from workbench.render.text import Measure
from workbench.render.theme import THEME_NAMES, load_theme

MEASURE = FixedMeasure()
LIGHT = load_theme("light")
BODIES = ("hazard", "top_event", "cause", "consequence", "degradation_factor", "note")
CHIPS = (Chip("High", 4, "1B High"), Chip("Serious", 3, "1D Serious"))
titles = st.text(st.sampled_from("abcdefgh   -中W\n"), max_size=200)


def node(kind: str, title: str = "Title of it", measure: Measure = MEASURE, **more: object) -> NodePicture:
    chips = CHIPS if kind in ("hazard", "consequence") else ()
    w, h = natural_size(kind, title, measure, chips=bool(chips))
    picture = NodePicture(
        "x", kind, Box(0, 0, w, h, default_size(kind)[2]), title, f"{kind[0].upper()}-12", chips=chips
    )
    return replace(picture, **more)  # type: ignore[arg-type]


def bar(**more: object) -> BarPicture:
    picture = BarPicture("g", "b", "preventive", 0, 0, 0.0, "Static analysis gate in CI", "B-2")
    return replace(picture, **more)  # type: ignore[arg-type]


def texts(ops: Iterable[Op]) -> list[TextOp]:
    return [op for op, _, _ in flatten(ops) if isinstance(op, TextOp)]


def box_of(op: TextOp, measure: Measure) -> tuple[float, float, float, float]:
    width = measure.width(op.text, op.size, op.weight)
    left = op.x - {"start": 0.0, "middle": width / 2, "end": width}[op.anchor]
    return left, op.y - op.size * 0.68, left + width, op.y + op.size * 0.2


def inside(picture: NodePicture, op: TextOp, measure: Measure) -> bool:
    left, top, right, bottom = box_of(op, measure)
    return all(picture.box.contains((x, y)) for x in (left, right) for y in (top, bottom))


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("name", THEME_NAMES)
@settings(max_examples=25, deadline=None)
@given(title=titles)
def test_text_stays_in_its_silhouette(kind: str, name: str, title: str) -> None:
    picture = node(kind, title, meta="B Probable" if kind == "cause" else "")
    for op in texts(node_ops(picture, load_theme(name), MEASURE)):
        assert inside(picture, op, MEASURE) or len(op.text) < 3, op


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("name", ["light", "projector"])
def test_text_stays_in_its_silhouette_with_the_real_typeface(kind: str, name: str, qtbot: QtBot) -> None:
    measure = qt_measure()
    for title in (
        "Vulnerable suggestion accepted into the code base",
        "Supercalifragilistic " * 9,
        "模型" * 40,
        "AW" * 90,
    ):
        picture = node(kind, title, measure, meta="B Probable")
        for op in texts(node_ops(picture, load_theme(name), measure)):
            assert inside(picture, op, measure), op


@pytest.mark.parametrize("kind", ["cause", "consequence", "hazard", "top_event"])
@given(title=titles)
def test_a_body_grows_until_its_title_is_whole_or_the_limit_is_reached(kind: str, title: str) -> None:
    _, height = natural_size(kind, title, MEASURE, chips=kind == "hazard")
    shown = texts(node_ops(node(kind, title), LIGHT, MEASURE))
    if any(op.text.endswith("…") and op.size >= 14 for op in shown):
        assert height > (195 if kind == "top_event" else 140)


def outline(ops: Iterable[Op]) -> list[tuple[object, ...]]:
    """Shapes without colours."""
    found: list[tuple[object, ...]] = []
    for op, _, _ in flatten(ops):
        if isinstance(op, RoundRect):
            found.append(("rect", round(op.w), round(op.h), op.r > 0, bool(op.dash)))
        elif isinstance(op, Ellipse):
            found.append(("ellipse", round(op.rx)))
        elif isinstance(op, Polygon):
            found.append(("polygon", len(op.points), tuple(round(x) for x, _ in op.points)))
        elif isinstance(op, Lines):
            found.append(("lines", len(op.segments)))
        elif isinstance(op, PathOp):
            found.append(("path", *((c[0], *(round(float(v)) for v in c[1:])) for c in op.commands)))
    return found


def test_every_kind_is_recognised_without_colour() -> None:
    same = Box(0, 0, 168, 84)
    bodies = {
        kind: outline(
            node_ops(node(kind, "", box=replace(same, shape=default_size(kind)[2]), code="", chips=()), LIGHT, MEASURE)
        )
        for kind in BODIES
    }
    bars = {
        role: outline(bar_ops(bar(role=role, title=""), LIGHT, MEASURE))
        for role in ("preventive", "mitigative", "degradation")
    }
    for signs in ("&", "≥1", "1", "=1"):
        bodies[f"gate {signs}"] = outline(node_ops(node("gate", "", sign=signs), LIGHT, MEASURE))
    shapes = [str(shape) for shape in (*bodies.values(), *bars.values())]
    assert len(set(shapes)) == len(shapes)


def test_verdicts_differ_by_silhouette() -> None:
    shapes = set()
    for verdict in ("supports", "refutes", "inconclusive", "stale"):
        shapes.add(str(outline(bar_ops(bar(title="", badge=Badge(verdict)), LIGHT, MEASURE))))
    assert len(shapes) == 4


def test_a_person_who_differs_has_another_sign_than_one_who_judges_alone() -> None:
    signs = [person_sign(analyst, by_hand) for analyst, by_hand in ((False, False), (False, True), (True, False))]
    assert signs[0] == ()
    assert len(signs[1]) != len(signs[2])
    assert signs[2] == person_sign(True, True)


def person_sign(analyst: bool, by_hand: bool) -> tuple[object, ...]:
    plain = badge_ops(Badge("supports"), LIGHT)
    return badge_ops(Badge("supports", analyst=analyst, by_hand=by_hand), LIGHT)[len(plain) :]


def test_a_planned_control_is_dashed_and_an_analyst_has_a_sign() -> None:
    assert not any(getattr(op, "dash", ()) for op in bar_ops(bar(), LIGHT, MEASURE))
    assert any(getattr(op, "dash", ()) for op in bar_ops(bar(planned=True), LIGHT, MEASURE))
    alone = bar_ops(bar(badge=Badge("supports")), LIGHT, MEASURE)
    with_person = bar_ops(bar(badge=Badge("supports", analyst=True)), LIGHT, MEASURE)
    assert len(with_person) > len(alone)


def test_a_shared_control_says_on_how_many_lines_it_stands() -> None:
    assert "7" in [op.text for op in texts(bar_ops(bar(shared=7), LIGHT, MEASURE))]
    assert "1" not in [op.text for op in texts(bar_ops(bar(shared=1), LIGHT, MEASURE))]


def test_labels_stand_below_above_or_beside() -> None:
    half = 24
    assert all(op.y > half for op in texts(bar_ops(bar(), LIGHT, MEASURE)))
    assert all(op.y < -half for op in texts(bar_ops(bar(label_above=True), LIGHT, MEASURE)))
    assert all(op.x > half for op in texts(bar_ops(bar(angle=pi / 2), LIGHT, MEASURE)))
    assert all(op.x > 18 for op in texts(bar_ops(bar(role="degradation"), LIGHT, MEASURE)))


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_a_bar_stands_across_a_steep_line(degrees: int) -> None:
    angle = degrees * pi / 180
    first = bar_ops(bar(angle=angle), LIGHT, MEASURE)[0]
    steep = abs(cos(angle)) < cos(30.5 * pi / 180)
    assert isinstance(first, Polygon) == steep
    if isinstance(first, Polygon):
        (ax, ay), (bx, by) = first.points[1], first.points[2]  # the long edge
        assert abs((bx - ax) * cos(angle) + (by - ay) * sin(angle)) < 1e-6


@settings(max_examples=60, deadline=None)
@given(title=titles, kind=st.sampled_from((*BODIES, "gate")), listed=st.integers(0, 6), hidden=st.booleans())
def test_the_extent_holds_everything_drawn(title: str, kind: str, listed: int, hidden: bool) -> None:
    picture = node(kind, title, listed=("Some control",) * listed, badge=Badge("refutes"))
    if hidden:
        picture = replace(picture, hidden=3, hidden_text="3 causes")
    ops = node_ops(picture, LIGHT, MEASURE)
    left, top, right, bottom = bounds(ops)
    for op in texts(ops):
        x1, y1, x2, y2 = box_of(op, MEASURE)
        left, top, right, bottom = min(left, x1), min(top, y1), max(right, x2), max(bottom, y2)
    l2, t2, r2, b2 = extent(picture)
    assert (l2 <= left, t2 <= top, r2 >= right, b2 >= bottom) == (True,) * 4


@settings(max_examples=60, deadline=None)
@given(
    title=titles,
    role=st.sampled_from(("preventive", "mitigative", "degradation")),
    angle=st.floats(-3.2, 3.2),
    above=st.booleans(),
    shared=st.sampled_from((1, 2, 150)),
)
def test_the_extent_of_a_bar_holds_everything_drawn(
    title: str, role: str, angle: float, above: bool, shared: int
) -> None:
    picture = bar(
        title=title, role=role, angle=angle, label_above=above, shared=shared, badge=Badge("stale", analyst=True)
    )
    ops = bar_ops(picture, LIGHT, MEASURE)
    left, top, right, bottom = bounds(ops)
    for op in texts(ops):
        x1, y1, x2, y2 = box_of(op, MEASURE)
        left, top, right, bottom = min(left, x1), min(top, y1), max(right, x2), max(bottom, y2)
    l2, t2, r2, b2 = bar_extent(picture)
    assert (l2 <= left, t2 <= top, r2 >= right, b2 >= bottom) == (True,) * 4


def line(**more: object) -> LinkPicture:
    picture = LinkPicture("l", "leads_to", "a", "b", ((0.0, 0.0), (100.0, 0.0), (160.0, 80.0)))
    return replace(picture, **more)  # type: ignore[arg-type]


def test_a_line_opens_at_its_bars() -> None:
    (whole,) = link_ops(line(), LIGHT)
    (opened,) = link_ops(line(gaps=(50.0,)), LIGHT)
    assert isinstance(whole, Lines)
    assert isinstance(opened, Lines)
    assert len(whole.segments) == 2
    assert [segment[2] for segment in opened.segments[:1]] == [42.0]
    assert opened.segments[1][0] == pytest.approx(58.0)


def test_the_verdict_on_a_line_stands_in_its_longest_free_stretch() -> None:
    refuted = line(badge=Badge("refutes"), gaps=(50.0, 60.0))
    x, y = badge_spot(refuted)
    station = 60.0 + (200.0 - 60.0) / 2
    assert (x, y) == pytest.approx((100 + 60 * (station - 100) / 100, 80 * (station - 100) / 100))
    plain, signed = link_ops(line(gaps=(50.0, 60.0)), LIGHT), link_ops(refuted, LIGHT)
    assert signed[: len(plain)] == plain
    assert len(signed) > len(plain)


def test_simple_notation_has_arrowheads_and_bow_ties_have_none() -> None:
    assert not any(isinstance(op, Polygon) for op in link_ops(line(), LIGHT))
    heads = [op for op in link_ops(line(arrow=True), LIGHT) if isinstance(op, Polygon)]
    assert [head.points[0] for head in heads] == [(160.0, 80.0)]


def test_a_lit_line_has_a_ribbon_and_no_wide_pen() -> None:
    ops = link_ops(line(), LIGHT, lit=True)
    assert any(isinstance(op, Polygon) and op.fill == LIGHT.canvas.ribbon for op in ops)
    assert all(getattr(op, "width", 1.0) <= 1.0 for op in ops)


def test_detail_leaves_away_but_moves_nothing() -> None:
    for kind in BODIES:
        full = {(op.text, op.x, op.y) for op in texts(node_ops(node(kind, "A title"), LIGHT, MEASURE))}
        less = {(op.text, op.x, op.y) for op in texts(node_ops(node(kind, "A title"), LIGHT, MEASURE, detail="titles"))}
        assert less <= full
        assert any("title" in text for text, _, _ in less)


def test_a_retired_element_is_struck_and_grey() -> None:
    ops = node_ops(node("cause", retired=True), LIGHT, MEASURE)
    assert any(op.struck for op in texts(ops))
    assert LIGHT.kind.cause.border not in {getattr(op, "stroke", None) for op in ops}


def test_findings_stand_at_the_left_where_no_verdict_is() -> None:
    assert all(finding_spot(node(kind))[0] < 0 for kind in BODIES)


def test_icons_stay_on_their_grid() -> None:
    for name in ICON_NAMES:
        left, top, right, bottom = bounds(icon_ops(name, 0, 0, "#000000"))
        assert left >= -0.5
        assert top >= -0.5
        assert right <= 14.5
        assert bottom <= 14.5


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=6))
def test_clipping_leaves_nothing_outside(points: list[tuple[float, float]]) -> None:
    window = ((-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0))
    assert all(abs(x) <= 10.001 and abs(y) <= 10.001 for x, y in clip_convex(tuple(points), window))


@pytest.mark.parametrize("picture", [bar(title=""), bar(title="", role="degradation"), node("gate", "")])
def test_what_stands_by_itself_says_that_it_has_no_title(picture: BarPicture | NodePicture) -> None:
    kind = "control" if isinstance(picture, BarPicture) else "gate"
    pale = [op for op in texts(drawn(picture)) if op.colour == LIGHT.text.secondary]
    assert " ".join(op.text for op in pale) == f"Untitled {kind}"
    assert not any("Untitled" in op.text for op in texts(drawn(replace(picture, title="Named"))))


def drawn(picture: BarPicture | NodePicture) -> Iterable[Op]:
    if isinstance(picture, BarPicture):
        return bar_ops(picture, LIGHT, MEASURE)
    return node_ops(picture, LIGHT, MEASURE)
