import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation  # noqa: TID253 - what is written is read by another's reader
from pptx.enum.shapes import MSO_SHAPE_TYPE  # noqa: TID253 - as above

from tests.unit.export.figures import bow_tie, titled
from tests.unit.export.test_graphs import HOSTILE, SAMPLES, expected
from workbench.cli.opening import open_for_reading
from workbench.export.errors import ExportError
from workbench.export.facts import diagrams_in_order
from workbench.export.options import ExportOptions
from workbench.export.slides import export_each_slide, export_slides, slides_bytes
from workbench.model.drawing import Diagram, Route
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.render.picture import DiagramPicture
from workbench.store.store import Store

NEAR = 3 * 12_700
"""EMU: three points."""


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def deck_of(store: Store) -> Any:
    return opened(slides_bytes(store, diagrams_in_order(store)))


def picture_of(store: Store, diagram: Diagram) -> DiagramPicture:
    return PictureBuilder(store, diagram.id, qt_measure(), None).picture


def drawn(slide: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Bodies and controls, dots at bends, connectors."""
    free = [shape for shape in slide.shapes if not shape.is_placeholder]
    lines = [shape for shape in free if shape.shape_type == MSO_SHAPE_TYPE.LINE]
    bodies = [shape for shape in free if shape.shape_type != MSO_SHAPE_TYPE.LINE]
    dots = [shape for shape in bodies if shape.name.startswith("Bend ")]
    return [shape for shape in bodies if shape not in dots], dots, lines


def plain(text: str) -> str:
    return re.sub(r"[\s\v]+", "", text)


def ends(line: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """The shapes and joints a connector is glued to; fails where it is not."""
    found = {}
    for tag in ("stCxn", "endCxn"):
        (one,) = line._element.xpath(f".//a:{tag}")
        found[tag] = (int(one.get("id")), int(one.get("idx")))
    return found["stCxn"], found["endCxn"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_has_a_shape_for_each_body_and_control_and_glued_connectors_between_them(path):
    store = open_for_reading(str(path)).store
    deck = deck_of(store)
    sheets = diagrams_in_order(store)
    assert len(deck.slides) == len(sheets)
    for slide, diagram in zip(deck.slides, sheets, strict=True):
        picture = picture_of(store, diagram)
        ids, lines = expected(store, diagram)
        bodies, dots, connectors = drawn(slide)
        assert slide.shapes.title.text == diagram.title
        assert len(bodies) == len(ids)
        titles = [node.title for node in picture.nodes.values()] + [bar.title for bar in picture.bars.values()]
        texts = sorted(plain(shape.text_frame.text) for shape in bodies)
        for title in titles:
            assert any(plain(title) in text for text in texts)
        joined = {shape.shape_id for shape in (*bodies, *dots)}
        pairs = [ends(line) for line in connectors]
        assert all(end[0] in joined for pair in pairs for end in pair)
        assert len(connectors) == len(lines) + len(dots)


def test_each_text_is_that_of_its_shape():
    store = bow_tie()
    (slide,) = deck_of(store).slides
    shapes = {shape.name: shape for shape in drawn(slide)[0]}
    assert shapes["Cause C-2"].text_frame.text.split("\n")[1] == "Prompt leaves out the security requirement"
    assert shapes["Cause C-2"].text_frame.text.startswith("C-2 · A Frequent")
    assert plain("Static analysis gate in CI") in plain(shapes["Control B-2"].text_frame.text)
    assert shapes["Hazard H-1"].text_frame.text.split("\n")[1] == "1B High → 1D Serious"
    assert "✗ Refutes" in shapes["Cause C-1"].text_frame.text


def site(shape: Any, index: int) -> tuple[float, float]:
    """Where a joint of a shape is on the slide, EMU, by the definitions of ECMA-376 for the presets used."""
    geometry = shape._element.spPr
    presets = geometry.xpath("./a:prstGeom/@prst")
    w, h = shape.width, shape.height
    if not presets:
        names = geometry.xpath(f"./a:custGeom/a:cxnLst/a:cxn[{index + 1}]/a:pos")[0]
        guides = {gd.get("name"): gd.get("fmla").split() for gd in geometry.xpath("./a:custGeom/a:gdLst/a:gd")}
        values = []
        for axis, whole in (("x", w), ("y", h)):
            _, times, _, over = guides[names.get(axis)]
            values.append(int(times) * whole / int(over))
        return shape.left + values[0], shape.top + values[1]
    half = ((w / 2, 0), (0, h / 2), (w / 2, h), (w, h / 2))
    if presets[0] == "homePlate":
        assert index in (1, 3)
    if presets[0] == "ellipse":
        k = 0.5 - 0.5**1.5
        spots = ((0.5, 0), (k, k), (0, 0.5), (k, 1 - k), (0.5, 1), (1 - k, 1 - k), (1, 0.5), (1 - k, k))
        return shape.left + w * spots[index][0], shape.top + h * spots[index][1]
    return shape.left + half[index][0], shape.top + half[index][1]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_connectors_end_at_the_joints_they_are_glued_to(path):
    for slide in deck_of(open_for_reading(str(path)).store).slides:
        bodies, dots, connectors = drawn(slide)
        by_id = {shape.shape_id: shape for shape in (*bodies, *dots)}
        for line in connectors:
            (first, a), (last, b) = ends(line)
            for (x, y), (id, joint) in (
                ((line.begin_x, line.begin_y), (first, a)),
                ((line.end_x, line.end_y), (last, b)),
            ):
                there = site(by_id[id], joint)
                assert abs(there[0] - x) < NEAR
                assert abs(there[1] - y) < NEAR


def test_shapes_stand_as_on_the_diagram_and_on_the_slide():
    store = bow_tie()
    deck = deck_of(store)
    picture = picture_of(store, diagrams_in_order(store)[0])
    shapes = {shape.name: shape for shape in drawn(deck.slides[0])[0]}
    hazard, top = picture.nodes["h1"].box, picture.nodes["t1"].box
    scale = shapes["Hazard H-1"].width / hazard.w
    down = (shapes["Top event T-1"].top - shapes["Hazard H-1"].top) / scale
    assert down == pytest.approx(top.top - hazard.top, abs=0.1)
    for shape in shapes.values():
        assert shape.left >= 0
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top >= 0
        assert shape.top + shape.height <= deck.slide_height


def test_a_line_led_around_something_keeps_its_bends():
    store = bow_tie()
    with store.transaction("Bend") as tx:
        tx.put(Route.of("sheet-1", "l-c4").replace(points=((-100.0, 400.0), (0.0, 420.0))))
    dots = drawn(deck_of(store).slides[0])[1]
    before = drawn(deck_of(bow_tie()).slides[0])[1]
    assert len(dots) >= len(before) + 1


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_text(title):
    store = titled(title)
    (shape,) = drawn(deck_of(store).slides[0])[0]
    for word in re.findall(r"[A-Za-z]{4,200}", title[:200]):
        assert word in shape.text_frame.text
    assert shape.text_frame.text.startswith("C-1")


def test_a_title_from_right_to_left_says_so():
    (shape,) = drawn(deck_of(titled("حادث في النظام")).slides[0])[0]
    assert shape._element.xpath(".//a:pPr[@rtl='1']")


def test_the_same_project_gives_the_same_bytes_and_no_date_of_today():
    first = slides_bytes(bow_tie(), diagrams_in_order(bow_tie()))
    assert first == slides_bytes(bow_tie(), diagrams_in_order(bow_tie()))
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    facts = opened(first).core_properties
    assert facts.created.isoformat() == "2026-11-20T09:00:00+00:00" or facts.created.year == 2026
    assert facts.author == "R. Adeyemi, L. Brandt"


def test_notes_hold_the_description():
    store = Store((Diagram(id="d", title="A", description="Say <b>this</b> first."),))
    (slide,) = deck_of(store).slides
    assert slide.notes_slide.notes_text_frame.text == "Say <b>this</b> first."


def test_letters_are_in_the_font_of_the_deck():
    data = slides_bytes(bow_tie(), diagrams_in_order(bow_tie()))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        slide = file.read("ppt/slides/slide1.xml").decode()
    assert "<a:latin" not in slide


def test_large_diagrams_get_larger_slides():
    many = titled(*(f"Cause {i}" for i in range(60)))
    deck = deck_of(many)
    assert deck.slide_height > 6_858_000
    sizes = [int(size) for size in deck.slides[0].shapes._spTree.xpath(".//a:rPr/@sz")]
    assert min(sizes) >= 100


def test_a_dark_deck_has_a_dark_ground():
    data = slides_bytes(bow_tie(), diagrams_in_order(bow_tie()), ExportOptions(theme="dark"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert "<p:bg>" in file.read("ppt/slides/slide1.xml").decode()


def test_files_are_written_one_and_all(tmp_path):
    store = bow_tie(sheets=3)
    export_slides(store, tmp_path / "all.pptx")
    export_slides(store, tmp_path / "one.pptx", diagram="Sheet 2")
    assert [len(opened((tmp_path / name).read_bytes()).slides) for name in ("all.pptx", "one.pptx")] == [3, 1]
    written = export_each_slide(store, tmp_path / "each", "pptx")
    assert [path.name for path in written][1:] == ["Sheet 2.pptx", "Sheet 3.pptx"]


def test_options_of_figures_are_refused(tmp_path):
    with pytest.raises(ExportError, match=r"--width is for figures; leave it out with \.pptx"):
        export_slides(bow_tie(), tmp_path / "a.pptx", options=ExportOptions(width=300))
    with pytest.raises(ExportError, match=r"written as \.pptx"):
        export_slides(bow_tie(), Path(tmp_path / "a.odp"))
