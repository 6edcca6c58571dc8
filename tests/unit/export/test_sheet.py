import re
from datetime import date
from typing import Any

import pytest

from tests.unit.export.figures import bow_tie, empty, titled
from workbench.evidence.dates import newest_time
from workbench.export.api import render_bytes, render_image
from workbench.export.dates import spelled
from workbench.export.facts import facts_for
from workbench.export.legend import legend_of
from workbench.export.options import ExportOptions
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Link
from workbench.model.judgement import PROJECT_ID, Assessment, Project, RiskScheme
from workbench.model.runs import Evidence
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.render.picture import DiagramPicture
from workbench.render.theme import THEME_NAMES, ThemeName, load_theme
from workbench.store.store import Store


def legend_words(store: Store, theme: ThemeName = "print") -> tuple[list[str], DiagramPicture]:
    picture = PictureBuilder(store, "sheet-1", qt_measure()).picture
    families = legend_of(picture, load_theme(theme), qt_measure())
    return [entry.text for family in families for entry in family if entry.text], picture


def svg(store: Store, **options: Any) -> str:
    return render_bytes(store, None, ExportOptions("svg", **options)).decode()


def test_the_legend_holds_the_signs_in_use_and_no_others():
    words, _ = legend_words(bow_tie())
    assert set(words) == {
        *("Hazard", "Top event", "Cause", "Consequence"),
        *("Preventive control", "Mitigative control", "Degradation factor", "Degradation control"),
        *("Evidence supports", "Evidence refutes", "Inconclusive"),
        *("Shared control", "Planned control"),
    }
    assert legend_words(titled("One"))[0] == ["Cause"]


def test_a_verdict_on_a_line_alone_is_in_the_legend_too():
    store = bow_tie()
    with store.transaction("Only a line is judged") as tx:
        for evidence in list(tx.all(Evidence)):
            tx.remove(evidence.id)
        line = next(link for link in tx.all(Link) if link.kind == "leads_to")
        tx.put(Evidence(id="ev-line", subject=line.id, kind="incident", analyst_verdict="refutes"))
    words, _ = legend_words(store)
    assert {"Evidence refutes", "Judged by hand, nothing computed"} <= set(words)
    assert "Judged otherwise than computed" not in words
    assert "Evidence supports" not in words


def test_risk_levels_in_use_stand_in_the_legend_worst_first():
    text = svg(bow_tie())
    legend = text[text.index('id="legend"') : text.index('id="title-block"')]
    assert legend.index(">High<") < legend.index(">Serious<") < legend.index(">Medium<")
    assert ">Low<" not in legend


def test_a_rating_that_a_consequence_does_not_show_is_not_in_the_legend():
    store = bow_tie()
    with store.transaction("initial rating") as tx:
        scheme = next(store.all(RiskScheme))
        tx.put(scheme.replace(cells={**scheme.cells, "1A": "Low"}))
        tx.put(Assessment.of("e1", "initial").replace(severity="1", frequency="A"))
    text = svg(store)
    assert ">Low<" not in text[text.index('id="legend"') :]


def test_themes_without_ratings_on_the_diagram_have_none_in_the_legend():
    assert ">Serious<" not in svg(bow_tie(), theme="projector")


def test_title_block_says_what_the_project_says():
    store = bow_tie(sheets=2)
    text = svg(store)
    for fact in (
        *("Code-writing model, internal use", "assistant 2.4, model r2026-10", "R. Adeyemi, L. Brandt"),
        *("HSC 2022, levels from 882E", "Internal", "22 November 2026", "1 of 2"),
    ):
        assert f">{fact}<" in text
    assert ">Revision<" not in text
    assert ">12 of 12<" in svg(store, revision="12 of 12")


def test_the_date_is_the_newest_stored_or_the_one_asked_for():
    assert ">1 March 2027<" in svg(bow_tie(), as_of="2027-03-01")
    assert ">Date<" not in svg(titled("One"))


def test_nothing_reads_the_clock(monkeypatch):
    class NoClock(date):
        @classmethod
        def today(cls):
            raise AssertionError("the clock was read")

    monkeypatch.setattr("workbench.export.dates.date", NoClock)
    monkeypatch.setattr("time.time", lambda: pytest.fail("the clock was read"))
    assert svg(bow_tie())


def test_newest_time_compares_across_zones_and_ignores_what_is_no_date():
    store = bow_tie()
    assert str(newest_time(store)) == "2026-11-22 09:00:00+00:00"
    assert spelled(date(2026, 5, 3)) == "3 May 2026"


def test_without_furniture_there_is_the_diagram_alone():
    text = svg(bow_tie(), furniture=False)
    assert 'id="title-block"' not in text
    assert 'id="legend"' not in text
    assert 'id="heading"' not in text
    assert "Staged roll-out" in text


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_an_empty_diagram_is_a_sheet_with_its_title(theme):
    text = svg(empty("Nothing yet"), theme=theme)
    assert ">Nothing yet<" in text
    assert "This diagram is empty." in text
    assert not render_image(empty(), None, ExportOptions(theme=theme)).isNull()


def test_a_project_without_a_record_of_itself_is_drawn():
    store = Store([Diagram(id="d")])
    assert facts_for(store, next(store.all(Diagram)), ExportOptions()).title == "Untitled diagram"
    assert ">Untitled diagram<" in svg(store)


def test_a_wide_diagram_has_larger_words_around_it():
    narrow = svg(titled("A"))
    store = titled("A", "B")
    with store.transaction("spread") as tx:
        tx.put(Placement.at("sheet-1", "c1", 9_600.0))
    assert 'font-size="27"' in narrow
    assert 'font-size="108"' in svg(store)


def test_very_long_texts_are_shown_cut(tmp_path):
    project = Project(id=PROJECT_ID, title="t" * 2_000, authors=("a" * 4_000,) * 40, classification="c" * 4_000)
    store = Store([project, Diagram(id="d", title="x " * 1_000)])
    text = svg(store)
    assert "…" in text
    assert len(text) < 20_000


def test_values_of_the_title_block_stand_whole_in_as_many_lines_as_they_need():
    store = bow_tie()
    authors = ("Safety engineer Ana", "Security architect Bo", "Work adviser Cy", "Reviewer Di")
    with store.transaction("Say who") as tx:
        tx.patch(PROJECT_ID, authors=authors)
    figure = svg(store)
    block = figure[figure.index('id="title-block"') :]
    words = " ".join(re.findall(r">([^<]+)</text>", block))
    assert ", ".join(authors) in words
    assert "…" not in words
