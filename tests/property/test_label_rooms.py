"""Labels of controls keep clear of each other, of bars and of boxes, however short the line; texts stay whole."""

from collections.abc import Sequence
from math import hypot

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.labels import cut_texts, label_clashes
from tests.unit.render.support import DIAGRAM, FixedMeasure, place
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, DegradationFactor, Guard, Link, TopEvent
from workbench.render.build import PictureBuilder
from workbench.render.label_rooms import place_labels
from workbench.render.picture import BarPicture, DiagramPicture
from workbench.render.theme import load_theme
from workbench.store.store import Store

MEASURE = FixedMeasure()
THEMES = (load_theme("light"), load_theme("projector"))
TITLES = (
    "Sandbox",
    "Training",
    "Peer review",
    "Exceptions end after 14 days",
    "Static analysis of all code",
    "Sandbox lifted for lower latency",
    "Rate limit that locks odd accounts",
    "Developer confirms each tool call",
)
titles = st.lists(st.sampled_from(TITLES), min_size=1, max_size=6, unique=True)
WHOLE = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LEADS = 48.0
"""Of the level part of a line, what lies before its first control and after its last."""
ROOMY = 30.0
"""Distance of controls from which there is room for the labels of six; nearer ones are drawn as well as may be."""


def line_of(names: Sequence[str], x: float, y: float, *, knee: bool = True) -> list[Record]:
    """A cause whose controls stand on its line to a top event at the origin; level up to a knee, or straight."""
    records: list[Record] = [
        Diagram(id=DIAGRAM, title="Sheet", focus="t" if knee else None),
        TopEvent(id="t", title="Top event", code="T-1"),
        Cause(id="c", title="Cause", code="C-1"),
        Link(id="l", kind="leads_to", source="c", target="t"),
        place("t"),
        place("c", x, y),
    ]
    for i, name in enumerate(names):
        records.append(Control(id=f"k{i}", title=name, code=f"B-{i}", state="in_place"))
        records.append(Guard(id=f"g{i}", control=f"k{i}", subject="l", order="abcdef"[i]))
    return records


def picture_of(records: Sequence[Record]) -> DiagramPicture:
    return PictureBuilder(Store(records), DIAGRAM, MEASURE).picture


def sound(picture: DiagramPicture) -> None:
    for theme in THEMES:
        assert not label_clashes(picture, theme, MEASURE), theme.name
        assert not cut_texts(picture, theme, MEASURE), theme.name


@WHOLE
@given(titles, st.floats(0, 500), st.floats(-300, 300))
def test_labels_on_a_level_line_lie_on_nothing(names, spare, y):
    level = LEADS + ROOMY * (len(names) - 1) + spare  # from the box to the knee, 60 beside the circle of 148
    sound(picture_of(line_of(names, -(74.0 + 60.0 + 84.0 + level), y)))


@WHOLE
@given(titles, st.floats(-500, 500), st.floats(-500, 500))
def test_labels_on_a_straight_line_of_any_slope_lie_on_nothing(names, x, y):
    assume(len(names) <= 3)
    assume(hypot(x, y) > 200.0 + 60.0 * len(names))
    sound(picture_of(line_of(names, x, y, knee=False)))


@WHOLE
@given(st.lists(st.sampled_from(TITLES), min_size=1, max_size=3, unique=True), st.floats(0, 90))
def test_labels_on_a_stem_lie_on_nothing(names, spare):
    records = line_of(("Peer review",), -500.0, 0.0)
    height = 20.0 + 34.0 * len(names) + spare
    records += [
        DegradationFactor(id="f", title="Factor", code="D-1"),
        Link(id="s", kind="degrades", source="f", target="g0"),
        Placement.at(DIAGRAM, "f", 0.0, 24.0 + height + 22.0).replace(hangs_on="g0"),
    ]
    for i, name in enumerate(names):
        records.append(Control(id=f"d{i}", title=name, code=f"B-9{i}", state="in_place"))
        records.append(Guard(id=f"e{i}", control=f"d{i}", subject="s", order="abc"[i]))
    picture = picture_of(records)
    assert sum(bar.role == "degradation" for bar in picture.bars.values()) == len(names)
    sound(picture)


def test_where_there_is_no_room_at_all_labels_stand_as_usual():
    bars = [BarPicture(f"g{i}", f"k{i}", "preventive", 3.0 * i, 0.0, 0.0, TITLES[-1]) for i in range(6)]
    assert next(bar.room for bar in place_labels(bars, (), MEASURE)) is None


@pytest.mark.parametrize("gap", [116.0, 300.0])
def test_a_line_with_room_is_left_as_it_is(gap):
    bars = [BarPicture(f"g{i}", f"k{i}", "preventive", gap * i, 0.0, 0.0, TITLES[-1]) for i in range(4)]
    assert place_labels(bars, (), MEASURE) == bars
