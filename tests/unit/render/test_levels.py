"""Levels of detail leave things out without moving what stays, and follow the document like the whole picture."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.render.support import DIAGRAM, FixedMeasure, project
from tests.unit.render.test_build_incremental import EDITS
from workbench.analysis.levels import LEVELS, hidden_words, level_of
from workbench.render.badges import review_ops
from workbench.render.build import PictureBuilder, Touched
from workbench.render.levels import Levelled, at_level, drawn_level, telling_level
from workbench.render.lighting import lit_on, lit_rect
from workbench.render.ops import RoundRect
from workbench.render.picture import DiagramPicture
from workbench.render.theme import load_theme


@pytest.fixture
def whole() -> DiagramPicture:
    return PictureBuilder(project(), DIAGRAM, FixedMeasure()).picture


def kinds(picture: DiagramPicture) -> set[str]:
    return {node.kind for node in picture.nodes.values() if node.kind != "note"}


def test_each_level_adds_what_its_name_says(whole: DiagramPicture) -> None:
    assert kinds(at_level(whole, 1)) == {"hazard", "top_event"}
    assert {"cause", "consequence"} <= kinds(at_level(whole, 2))
    assert not at_level(whole, 2).bars
    assert {bar.role for bar in at_level(whole, 3).bars.values()} == {"preventive", "mitigative"}
    assert "degradation_factor" in kinds(at_level(whole, 4)) - kinds(at_level(whole, 3))
    assert at_level(whole, 5) is whole


def test_nothing_moves_lines_close_their_gaps_and_verdicts_come_last(whole: DiagramPicture) -> None:
    assert any(link.gaps for link in whole.links.values())
    assert any(node.badge for node in whole.nodes.values())
    assert any(bar.badge for bar in whole.bars.values())
    for level in LEVELS[:-1]:
        seen = at_level(whole, level)
        assert all(node.box == whole.nodes[id].box for id, node in seen.nodes.items())
        assert all(replace(bar, badge=whole.bars[id].badge) == whole.bars[id] for id, bar in seen.bars.items())
        assert all(link.path == whole.links[id].path for id, link in seen.links.items())
        drawn: list[Any] = [*seen.nodes.values(), *seen.bars.values(), *seen.links.values()]
        assert not any(one.badge for one in drawn)
        assert all(bar in seen.bars for link in seen.links.values() for bar in link.bars)
        if level < 3:
            assert not any(link.gaps or link.bars for link in seen.links.values())
            assert not any(node.listed for node in seen.nodes.values())


def test_a_line_is_shown_with_both_its_ends_and_a_note_with_what_it_is_about(whole: DiagramPicture) -> None:
    for level in LEVELS:
        seen = at_level(whole, level)
        for id, link in seen.links.items():
            assert link.source in seen.nodes
            if link.kind == "leads_to":
                assert link.target in seen.nodes
            elif link.kind == "annotates":
                assert any(link.target in table for table in (seen.nodes, seen.bars, seen.links)) or any(
                    bar.control == link.target for bar in seen.bars.values()
                )
            assert (drawn_level(whole, id) or 9) <= level


def test_the_document_and_the_picture_agree_on_the_first_level(whole: DiagramPicture) -> None:
    store = project()
    for id in (*whole.nodes, *whole.bars):
        assert level_of(store, id) == drawn_level(whole, id), id
    assert drawn_level(whole, "gone") is None


def test_a_level_that_would_draw_nothing_gives_way_to_the_next_that_does(whole: DiagramPicture) -> None:
    only = DiagramPicture(DIAGRAM, "", "bow_tie")
    only.nodes.update((id, node) for id, node in whole.nodes.items() if node.kind == "cause")
    assert telling_level(only, 1) == 2
    assert telling_level(only, 4) == 4
    assert telling_level(DiagramPicture(DIAGRAM, "", "bow_tie"), 1) == 1
    assert telling_level(whole, 1) == 1


def test_what_is_left_out_is_said_in_words() -> None:
    assert hidden_words(5) == ""
    assert hidden_words(4) == "evidence"
    assert hidden_words(2) == "controls, degradation and evidence"


def test_light_takes_lines_between_what_is_meant_unless_lines_are_named(whole: DiagramPicture) -> None:
    link = next(link for link in whole.links.values() if link.kind == "leads_to" and link.bars)
    assert lit_on(whole, {link.source, link.target}) == {link.source, link.target, link.id}
    other = next(one for one in whole.links.values() if one.kind == "leads_to" and one.id != link.id)
    ends = {link.source, link.target, other.source, other.target}
    assert lit_on(whole, ends | {link.id}) == ends | {link.id}
    control = whole.bars[link.bars[0]].control
    assert lit_on(whole, {control}) == {bar.id for bar in whole.bars.values() if bar.control == control}
    assert lit_on(whole, {control, link.bars[0]}) == {link.bars[0]}, "of a shared control only the bar named"
    assert not lit_on(whole, {"gone"})
    box = whole.nodes[link.source].box
    assert lit_rect(whole, {link.source}) == (box.left, box.top, box.right, box.bottom)
    assert lit_rect(whole, {link.id}) is not None
    assert lit_rect(whole, ()) is None


@pytest.mark.parametrize("overdue", [False, True])
def test_badges_of_what_is_noted_are_dimmed_with_what_they_stand_on(overdue: bool) -> None:
    theme = load_theme("light")
    fills = [
        [op.fill for op in review_ops(one, count=2, overdue=overdue) if isinstance(op, RoundRect)][-1]
        for one in (theme, theme.dimmed())
    ]
    assert fills[0] != fills[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_after_any_edits_a_level_shows_what_it_would_show_of_a_fresh_picture(data: st.DataObject) -> None:
    store = project()
    builder = PictureBuilder(store, DIAGRAM, FixedMeasure())
    seen = [Levelled(builder.picture, level) for level in LEVELS]
    reports: list[Touched] = []
    store.changed.connect(lambda change: reports.append(builder.apply(change.diff)))
    for number in range(data.draw(st.integers(1, 8))):
        before = [_copy(one.picture) for one in seen]
        reports.clear()
        with store.transaction("Edit") as tx:
            for place, edit in enumerate(data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3))):
                edit(tx, store, data.draw, number * 10 + place)
        if not reports:
            continue
        touched = reports[-1]
        if touched.everything:
            seen = [Levelled(builder.picture, level) for level in LEVELS]
            continue
        for one, old in zip(seen, before, strict=True):
            told = one.take_in((*touched.nodes, *touched.bars, *touched.links))
            now, fresh = _copy(one.picture), _copy(at_level(builder.picture, one.level))
            assert now == fresh, one.level
            if one.level < 5:
                changed = {id for id in now.keys() | old.keys() if now.get(id) != old.get(id)}
                assert changed <= told, one.level


def _copy(picture: DiagramPicture) -> dict[str, Any]:
    return {**picture.nodes, **picture.bars, **picture.links}
