"""Labels of a crowded line stand in their rooms in what is written for other programs."""

import xml.etree.ElementTree as ET
from itertools import combinations

from tests.property.test_label_rooms import LEADS, TITLES, line_of, picture_of
from tests.unit.render.support import FixedMeasure
from workbench.export.drawio import write_drawio
from workbench.export.pptx_bars import bar_outline, bar_text
from workbench.export.pptx_xml import EMU
from workbench.layout.clearance import overlap
from workbench.render.picture import BarPicture
from workbench.render.shapes_bars import bar_half, fit_label, label_height, label_rect
from workbench.render.theme import load_theme

MEASURE, PROJECTOR = FixedMeasure(), load_theme("projector")
NAMES = TITLES[2:]


def crowded() -> list[BarPicture]:
    picture = picture_of(line_of(NAMES, -(74.0 + 60.0 + 84.0 + LEADS + 24.0 * 5), 0.0))
    bars = list(picture.bars.values())
    assert any(bar.room is not None and bar.room.dy for bar in bars), "some stand in a further row"
    assert {bar.label_above for bar in bars} == {True, False}
    return bars


def test_slides_write_every_label_within_its_shape_where_the_figure_has_it():
    words = []
    for bar in crowded():
        found = bar_outline(bar, 1.0)
        (run,), body = bar_text(bar, PROJECTOR, MEASURE, 1.0)
        frame = found.frame
        assert frame is not None
        assert run.size == fit_label(bar, PROJECTOR, MEASURE).size * EMU
        left, top, right, bottom = (inset / EMU for inset in body.insets)
        assert left + right < frame.w, "no two programs agree on insets beyond a shape"
        assert top + bottom < frame.h
        drawn = label_rect(bar, PROJECTOR, MEASURE)
        middle = (frame.left + left + frame.right - right) / 2
        assert abs(middle - (drawn[0] + drawn[2]) / 2) < 0.5
        edge = frame.bottom - bottom if body.anchor == "b" else frame.top + top
        assert abs(edge - (drawn[3] if body.anchor == "b" else drawn[1])) < 0.5
        lines = fit_label(bar, PROJECTOR, MEASURE)
        high = label_height(len(lines.lines), lines.size)
        y = edge - high if body.anchor == "b" else edge
        half = (drawn[2] - drawn[0]) / 2
        words.append((bar.x + middle - half, bar.y + y, bar.x + middle + half, bar.y + y + high))
    assert not any(overlap(a, b) for a, b in combinations(words, 2))


def test_slides_draw_the_hair_line_to_a_label_in_a_further_row():
    for bar in crowded():
        paths = bar_outline(bar, 1.0).xml.count("<a:moveTo>")
        assert paths == (2 if bar.room is not None and bar.room.dy else 1)
        assert bar_half(bar)[0] == 6.0


def test_draw_io_moves_labels_the_same_way():
    picture = picture_of(line_of(NAMES, -(74.0 + 60.0 + 84.0 + LEADS + 24.0 * 5), 0.0))
    root = ET.fromstring(write_drawio(picture, PROJECTOR, MEASURE))
    styles = {}
    for one in root.iter("object"):
        cell = one.find("mxCell")
        if one.get("kind") == "control" and cell is not None:
            parts = (part.partition("=") for part in cell.get("style", "").split(";"))
            styles[one.get("id")] = {name: value for name, _, value in parts}
    for bar in picture.bars.values():
        style = next(value for key, value in styles.items() if key and key.endswith(bar.id))
        assert (style["verticalLabelPosition"] == "top") == bar.label_above
        if bar.room is not None and bar.room.dy:
            assert float(style["spacingBottom" if bar.label_above else "spacingTop"]) == bar.room.dy
