"""A text that the canvas shows whole is whole in every theme, in the largest letter that does it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.render.support import FixedMeasure
from workbench.layout.geometry import Box, default_size
from workbench.render.lettering import letter
from workbench.render.ops import TextOp, flatten
from workbench.render.picture import BarPicture, Chip, LabelRoom, NodePicture
from workbench.render.shapes import bar_ops, natural_size, node_ops
from workbench.render.shapes_bars import fit_label, label_height
from workbench.render.shapes_boxes import lettering
from workbench.render.text import ELLIPSIS
from workbench.render.theme import load_theme, stage_theme

MEASURE = FixedMeasure()
LIGHT, PROJECTOR = load_theme("light"), load_theme("projector")
AFAR = (PROJECTOR, stage_theme(dark=True))
KINDS = ("hazard", "top_event", "cause", "consequence", "degradation_factor", "note", "gate")
titles = st.lists(st.text("abilmwz", min_size=1, max_size=13), min_size=1, max_size=14).map(" ".join)


def node(kind: str, title: str, w: float | None = None, h: float | None = None, **more: Any) -> NodePicture:
    width, height = natural_size(kind, title, MEASURE, w)
    return NodePicture("n", kind, Box(0, 0, width, h or height, default_size(kind)[2]), title, "X-1", **more)


def cut(ops) -> bool:
    return any(isinstance(op, TextOp) and op.text.endswith(ELLIPSIS) for op, _, _ in flatten(ops))


def sizes(ops) -> set[int]:
    return {op.size for op, _, _ in flatten(ops) if isinstance(op, TextOp)}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(KINDS), titles, st.sampled_from((None, 120.0, 200.0)), st.sampled_from((None, 48.0, 120.0)))
def test_what_the_canvas_shows_whole_no_theme_cuts(kind, title, w, h):
    one = node(kind, title, w if kind != "top_event" else None, h if kind != "top_event" else None)
    if not cut(node_ops(one, LIGHT, MEASURE)):
        for theme in AFAR:
            assert not cut(node_ops(one, theme, MEASURE))


@settings(max_examples=200, deadline=None)
@given(
    titles,
    st.sampled_from(("preventive", "mitigative", "degradation")),
    st.sampled_from((0.0, 0.8, 1.5)),
    st.sampled_from((None, LabelRoom(64.0, 4, 10.0), LabelRoom(150.0, 1))),
)
def test_what_the_canvas_shows_whole_of_a_label_no_theme_cuts_or_sets_much_higher(title, role, angle, room):
    bar = BarPicture("g", "k", role, 0, 0, angle, title, room=room)
    small = fit_label(bar, LIGHT, MEASURE)
    for theme in AFAR:
        large = fit_label(bar, theme, MEASURE)
        assert large.fitted.elided == small.fitted.elided
        assert len(large.lines) <= len(small.lines)
        assert label_height(len(large.lines), large.size) <= label_height(len(small.lines), small.size) + 6.0


def test_a_short_title_has_the_letter_of_the_theme_and_a_long_one_a_smaller_one():
    short, long = node("degradation_factor", "Fog"), node("degradation_factor", "Sandbox lifted in time")
    assert lettering(short, PROJECTOR, MEASURE).size == PROJECTOR.type.control_label
    assert lettering(long, PROJECTOR, MEASURE).size < PROJECTOR.type.control_label
    assert lettering(long, LIGHT, MEASURE).size == min(sizes(node_ops(long, LIGHT, MEASURE)))
    assert not cut(node_ops(long, PROJECTOR, MEASURE))


def test_a_larger_letter_breaks_no_word_that_the_canvas_leaves_whole():
    word = "confirmations"  # 91 wide at 14, 104 at 16
    room = (95.0, 3)
    found = letter(word, lambda _: room, size=16, least=14, weight=400, measure=MEASURE)
    assert found.lines == (word,)
    assert found.size == 14


def test_counts_and_lists_beside_a_body_are_whole_from_afar():
    one = node("cause", "Fog", hidden=9, hidden_text="6 controls · 2 factors", listed=("Lamp at the edge", "Bell"))
    assert not cut(node_ops(one, LIGHT, MEASURE))
    assert not cut(node_ops(one, PROJECTOR, MEASURE))


@pytest.mark.parametrize("chips", [(), (Chip("High", 4, "1A High"),)])
def test_on_the_canvas_nothing_is_set_smaller(chips):
    one = node("hazard", "A hazard with a long title that takes three lines or so", chips=chips)
    assert LIGHT.type.title in sizes(node_ops(one, LIGHT, MEASURE))
    assert sizes(bar_ops(BarPicture("g", "k", "preventive", 0, 0, 0, "A b " * 40), LIGHT, MEASURE)) == {14}


def test_the_letter_of_a_label_does_not_go_by_which_of_its_bars_is_drawn_first():
    room, theme = LabelRoom(60.0, 3), load_theme("projector")
    title = "Separate reviewer approves every generated change"
    beside = BarPicture("a", "c", "preventive", 0, 0, 1.2, title, room=room)
    across = BarPicture("b", "c", "degradation", 0, 0, 0.0, title, room=room)
    drawn = []
    for first, second in ((beside, across), (across, beside)):
        measure = FixedMeasure()
        letters = {bar.id: fit_label(bar, theme, measure).size for bar in (first, second)}
        drawn.append(letters)
    assert drawn[0] == drawn[1]
    assert drawn[0]["a"] > drawn[0]["b"], "each goes down to its own letter on the canvas"
