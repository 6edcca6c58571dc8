import re
import unicodedata
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.unit.export.figures import CAUSES, CONSEQUENCES, CONTROLS, bow_tie, titled
from workbench.export.api import render_bytes
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.paper import whole
from workbench.export.sheet import Sheet
from workbench.export.svg import num, write_svg
from workbench.render.ops import Group, Lines, PathOp, TextOp
from workbench.store.store import Store

SVG = "{http://www.w3.org/2000/svg}"


def parsed(store: Store, **options: Any) -> ET.Element:
    return ET.fromstring(render_bytes(store, None, ExportOptions("svg", **options)))


def texts(root: ET.Element) -> str:
    return " ".join(element.text or "" for element in root.iter(f"{SVG}text"))


def test_every_title_is_there_as_text_and_as_name_of_its_group():
    root = parsed(bow_tie())
    shown = texts(root).replace(" ", "").replace("-", "")
    names = {element.text or "" for element in root.iter(f"{SVG}title")}
    for title in (*(row[1] for row in (*CAUSES, *CONSEQUENCES)), *CONTROLS.values()):
        assert title.replace(" ", "").replace("-", "") in shown
    for _, title, *_ in (*CAUSES, *CONSEQUENCES):
        assert any(name.endswith(title) for name in names)


def test_groups_carry_id_and_kind():
    root = parsed(bow_tie())
    groups = {group.get("id"): group.get("class") for group in root.iter(f"{SVG}g") if group.get("id")}
    assert groups["c1"] == "cause"
    assert groups["t1"] == "top_event"
    assert groups["g-c1-static"] == "control preventive"
    assert groups["g-e1-sandbox"] == "control mitigative"
    assert groups["l-c1"] == "link leads_to"
    assert groups["l-d1"] == "link degrades"


def test_the_file_is_small_plain_and_refers_to_nothing():
    text = render_bytes(bow_tie(), None, ExportOptions("svg")).decode()
    assert len(text) < 40_000
    for forbidden in ("<image", "<script", "href", "url(", "<foreignObject", "<style"):
        assert forbidden not in text
    assert set(re.findall(r'"(https?:[^"]*)"', text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r'\d\.\d{3}|\de[-+]?\d|-0[ ",]', text)


HOSTILE = (
    "<script>alert(1)</script>",
    "</text></g></svg><image href='file:///etc/passwd'/>",
    "Tom & Jerry \"quoted\" 'single' &amp; ]]> <!-- -->",
    "control \x00\x01\x08\x0b\x1b\x7f\x85 characters \ufffe",
    "שלום עולם, version 12",
    "مرحبا بالعالم",
    "漢字かな交じり文のとても長いタイトル",
    "emoji 🙂 👩‍👩‍👧 🇩🇪",
    "a\u202eb bidi",
    "two  blanks   kept",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_what_was_typed_is_text_and_nothing_else(title):
    text = render_bytes(titled(title), None, ExportOptions("svg")).decode()
    root = ET.fromstring(text)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "g", "rect", "text", "path", "polygon", "polyline", "circle", "ellipse"}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", text)
    kept = [c for c in title if unicodedata.category(c)[0] in "LN" and ord(c) < 0xD800]
    assert kept
    assert not set(kept) - set("".join(e.text or "" for e in root.iter(f"{SVG}text")))


def test_long_titles_are_bounded():
    text = render_bytes(titled("y" * 2_000), None, ExportOptions("svg")).decode()
    assert len(text) < 12_000


def test_right_to_left_text_keeps_its_place():
    root = parsed(titled("שלום 1"))
    rtl = [element for element in root.iter(f"{SVG}text") if element.get("direction") == "rtl"]
    assert rtl
    assert {element.get("text-anchor") for element in rtl} == {"end"}


def test_width_scales_and_transparent_leaves_the_canvas_out():
    root = parsed(bow_tie(), width=500, transparent=True)
    assert root.get("width") == "500"
    box = [float(value) for value in root.attrib["viewBox"].split()]
    assert float(root.attrib["height"]) == pytest.approx(500 * box[3] / box[2], abs=0.01)
    assert not [e for e in root.iter(f"{SVG}rect") if e.get("class") == "canvas"]
    assert [e for e in parsed(bow_tie()).iter(f"{SVG}rect") if e.get("class") == "canvas"]


def test_numbers_are_short():
    assert [num(v) for v in (0.0, -0.0, -0.001, 1.0, 1.5, 2.346, -3.10, 1e6)] == [
        *("0", "0", "0", "1", "1.5", "2.35", "-3.1", "1000000"),
    ]


def test_ids_are_valid_and_unique_whatever_the_project_calls_its_records():
    ops = tuple(Group((), id=name) for name in ("a b", "a_b", "9", "é<", "x", "x"))
    root = ET.fromstring(write_svg(whole(Sheet("t", 10, 10, "#FFFFFF", ops))))
    ids = [id for group in root.iter(f"{SVG}g") if (id := group.get("id"))]
    assert len(set(ids)) == 6
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", id) for id in ids)


def test_lines_that_meet_are_one_path():
    ops = (Lines(((0, 0, 5, 0), (5, 0, 9, 4), (20, 0, 30, 0)), "#000000"),)
    assert b'd="M0 0L5 0L9 4M20 0L30 0"' in write_svg(whole(Sheet("t", 10, 10, "#FFFFFF", ops)))


def test_blanks_struck_text_and_curves():
    ops = (
        TextOp(1, 2, "a  b", 12, 600, "#123456", "middle", struck=True),
        PathOp((("M", 0.0, 0.0), ("C", 1.0, 2.0, 3.0, 4.0, 5.0, 6.126), ("Z",)), "#111111"),
    )
    text = write_svg(whole(Sheet("t", 10, 10, "#FFFFFF", ops))).decode()
    assert (
        '<text x="1" y="2" font-size="12" fill="#123456" text-anchor="middle" font-weight="600" '
        'text-decoration="line-through" xml:space="preserve">a  b</text>' in text
    )
    assert 'd="M0 0C1 2 3 4 5 6.13Z" fill="#111111"' in text


def test_letters_may_be_drawn_and_stay_as_names():
    root = parsed(bow_tie(), outlines=True)
    assert not list(root.iter(f"{SVG}text"))
    names = {element.text or "" for element in root.iter(f"{SVG}title")}
    assert "Vulnerable" in names
    drawn = [group for group in root.iter(f"{SVG}g") if group.get("class") == "text"]
    assert len(drawn) == len(list(parsed(bow_tie()).iter(f"{SVG}text")))
    assert all(list(group.iter(f"{SVG}path")) for group in drawn)


def test_outlines_are_of_svg_alone():
    with pytest.raises(ExportError, match=r"leave it out with \.png"):
        render_bytes(bow_tie(), None, ExportOptions("png", outlines=True))
