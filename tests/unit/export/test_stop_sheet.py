"""A stop as a page: its title, its part of the diagram at its level and light, or its card; never an empty page."""

from pathlib import Path
from typing import Any

import pytest

from tests.support import there
from workbench.analysis.pathways import pathways_on
from workbench.commands.delete import delete_everywhere, take_off
from workbench.commands.geometry import move
from workbench.export.stop_sheet import SIZE, smallest_text, stop_sheet
from workbench.files.project import load_project
from workbench.model.drawing import Placement
from workbench.model.elements import Cause, Hazard
from workbench.model.judgement import CapabilityGrid
from workbench.model.review import Camera, Stop
from workbench.model.runs import Evidence
from workbench.render.fonts import qt_measure
from workbench.render.framing import READABLE
from workbench.render.ops import Group, TextOp, flatten
from workbench.render.theme import Theme, load_theme
from workbench.session.session import diagrams
from workbench.store.store import Store

HOSTILE = (
    '<b>bold</b> & "quotes" {{ 7 * 7 }} =1+1',
    "عنوان باللغة العربية عن الخطر",
    "模型在没有任何提示的情况下重复了不安全的训练模式",
    "right \u202eto left\u202c and \x00 control \x1b signs",
    "👩‍👩‍👧‍👦 emoji " * 40,
    "longunbrokenword" * 120,
    "\n \t",
)


@pytest.fixture
def sample(root: Path) -> Store:
    return load_project(root / "samples" / "code-synthesis-llm.hazard.json").store


@pytest.fixture
def theme() -> Theme:
    return load_theme("projector")


def words(store: Store, stop: Stop, theme: Theme) -> list[str]:
    sheet = stop_sheet(store, stop, theme, qt_measure())
    return [op.text for op, _, _ in flatten(sheet.ops) if isinstance(op, TextOp)]


def drawn(store: Store, stop: Stop, theme: Theme) -> dict[str, Group]:
    """The groups of things on the page by id, with their places on it."""
    found: dict[str, Group] = {}

    def walk(groups: Any, dx: float, dy: float) -> None:
        for one in groups:
            if isinstance(one, Group):
                if one.id:
                    found[one.id] = Group(one.ops, dx=one.dx + dx, dy=one.dy + dy)
                walk(one.ops, dx + one.dx, dy + one.dy)

    walk(stop_sheet(store, stop, theme, qt_measure()).ops, 0.0, 0.0)
    return found


def test_a_page_has_the_ratio_asked_for_and_the_title_on_top(sample: Store, theme: Theme) -> None:
    first = diagrams(sample)[0]
    for size in (SIZE, (800.0, 600.0)):
        sheet = stop_sheet(sample, Stop(id="s", diagram=first.id, title="Why  it\nmatters"), theme, qt_measure(), size)
        assert sheet.title == "Why it matters"
        assert sheet.width / sheet.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_levels_and_light_are_those_of_the_stop(sample: Store, theme: Theme) -> None:
    first = diagrams(sample)[0]
    causes = {cause.id for cause in sample.all(Cause)}
    assert not causes & drawn(sample, Stop(id="s", diagram=first.id, levels=1), theme).keys()
    assert causes & drawn(sample, Stop(id="s", diagram=first.id, levels=2), theme).keys()
    pathway = next(pathways_on(sample, first.id))
    stop = Stop(id="s", diagram=first.id, highlighted=tuple(sorted(pathway.ids)))
    groups = drawn(sample, stop, theme)
    plain = drawn(sample, Stop(id="s", diagram=first.id), theme)
    assert groups[pathway.steps[0]].ops == plain[pathway.steps[0]].ops
    other = next(cause for cause in causes & groups.keys() if cause not in pathway.ids)
    assert groups[other].ops != plain[other].ops, "what is not lit is dimmed"


def test_cards_fill_the_page(sample: Store, theme: Theme) -> None:
    hazard, claim = next(sample.all(Hazard)), next(sample.all(Evidence))
    assert any(hazard.title[:12] in text for text in words(sample, Stop(id="s", shows="log", subject=hazard.id), theme))
    assert words(sample, Stop(id="s", shows="evidence", subject=claim.id), theme)
    assert "Risk matrix" in words(sample, Stop(id="s", shows="matrix"), theme)
    for grid in sample.all(CapabilityGrid):
        assert words(sample, Stop(id="s", shows="capability", subject=grid.id), theme)


def test_what_is_highlighted_and_moved_away_is_still_seen(sample: Store, theme: Theme) -> None:
    first = diagrams(sample)[0]
    cause = next(c.id for c in sample.all(Cause) if Placement.at(first.id, c.id).id in sample)
    place = there(sample.find(Placement.at(first.id, cause).id, Placement))
    camera = Camera(x=place.x, y=place.y, zoom=1.0, width=400.0, height=225.0)
    stop = Stop(id="s", diagram=first.id, camera=camera, highlighted=(cause,))
    before = drawn(sample, stop, theme)
    assert cause in before
    with sample.transaction("Move") as tx:
        move(tx, first.id, {cause: (place.x + 9_000.0, place.y - 4_000.0)})
    sheet = stop_sheet(sample, stop, theme, qt_measure())
    at = drawn(sample, stop, theme)[cause]
    assert 0 < at.dx < sheet.width
    assert 0 < at.dy < sheet.height


def test_a_view_from_which_all_has_gone_shows_the_whole_diagram(sample: Store, theme: Theme) -> None:
    first = diagrams(sample)[0]
    stop = Stop(id="s", diagram=first.id, camera=Camera(x=90_000, y=90_000, zoom=1.0))
    assert drawn(sample, stop, theme).keys() >= {"diagram"}
    assert {id for id in drawn(sample, stop, theme) if id in sample}


def test_what_is_no_longer_there_counts_no_longer(sample: Store, theme: Theme) -> None:
    first = diagrams(sample)[0]
    cause = next(c.id for c in sample.all(Cause) if Placement.at(first.id, c.id).id in sample)
    stop = Stop(id="s", diagram=first.id, highlighted=(cause,))
    with sample.transaction("Take off") as tx:
        take_off(tx, first.id, [cause])
    plain = drawn(sample, Stop(id="s", diagram=first.id), theme)
    assert {id: one.ops for id, one in drawn(sample, stop, theme).items() if id in sample} == {
        id: one.ops for id, one in plain.items() if id in sample
    }
    with sample.transaction("All") as tx:
        delete_everywhere(tx, [p.subject for p in sample.referrers(first.id, Placement, "diagram")])
    assert "Nothing stands on this diagram yet." in words(sample, stop, theme)


def test_text_is_measured_against_the_page(sample: Store, theme: Theme) -> None:
    first = diagrams(sample)[0]
    near = Stop(id="s", diagram=first.id, camera=Camera(zoom=4.0))
    whole = Stop(id="s", diagram=first.id, levels=2)
    assert smallest_text(sample, near, theme, qt_measure()) > READABLE
    assert smallest_text(sample, whole, theme, qt_measure()) >= READABLE - 1e-9
    cause = next(c.id for c in sample.all(Cause) if Placement.at(first.id, c.id).id in sample)
    with sample.transaction("Move") as tx:
        move(tx, first.id, {cause: (-9_000.0, 0.0)})
    assert smallest_text(sample, whole, theme, qt_measure()) < READABLE, "now an overview"
    assert smallest_text(sample, Stop(id="s", shows="matrix"), theme, qt_measure()) >= READABLE * 0.9


def test_the_same_stop_is_the_same_page(sample: Store, theme: Theme) -> None:
    first = diagrams(sample)[0]
    stop = Stop(id="s", diagram=first.id, levels=4)
    again = Store(sample.records.values())
    assert stop_sheet(sample, stop, theme, qt_measure()) == stop_sheet(again, stop, theme, qt_measure())


@pytest.mark.parametrize("title", HOSTILE)
def test_any_title_is_one_line_of_plain_text_within_the_page(sample: Store, theme: Theme, title: str) -> None:
    first = diagrams(sample)[0]
    sheet = stop_sheet(sample, Stop(id="s", diagram=first.id, title=title), theme, qt_measure())
    (heading,) = (op for op in sheet.ops if isinstance(op, Group) and op.id == "heading")
    (line,) = (op for op in heading.ops if isinstance(op, TextOp))
    assert line.text.strip()
    assert "\n" not in line.text
    assert line.x + qt_measure().width(line.text, line.size, line.weight) <= sheet.width
