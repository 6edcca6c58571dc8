from xml.etree import ElementTree as ET

from tests.unit.export.figures import bow_tie
from workbench.analysis.claims import claims_on
from workbench.export.api import render_bytes
from workbench.export.footnotes import footnotes_of
from workbench.export.options import ExportOptions
from workbench.model.judgement import Assessment
from workbench.model.runs import Evidence
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure

SVG = "{http://www.w3.org/2000/svg}"


def root_of(**options):
    return ET.fromstring(render_bytes(bow_tie(), None, ExportOptions("svg", **options)))


def group(root, name):
    return [found for found in root.iter(f"{SVG}g") if found.get("class") == name]


def words(element):
    return " ".join(text.text or "" for text in element.iter(f"{SVG}text"))


def test_every_verdict_on_the_figure_has_a_number_and_a_footnote():
    store = bow_tie()
    picture = PictureBuilder(store, "sheet-1", qt_measure(), None).picture
    notes = footnotes_of(store, picture)
    badges = sum(node.badge is not None for node in picture.nodes.values())
    badges += sum(bar.badge is not None for bar in picture.bars.values())
    assert sum(len(note.spots) for note in notes) == badges
    assert [note.number for note in notes] == list(range(1, len(notes) + 1))
    assert [note.spots[0] for note in notes] == sorted(note.spots[0] for note in notes), "from left to right"
    shared = next(note for note in notes if "B-2" in note.text)
    assert len(shared.spots) == 2  # one control on two lines: one footnote


def test_footnotes_name_subject_claim_verdict_and_reason():
    store = bow_tie()
    (row,) = claims_on(store, "c1")
    picture = PictureBuilder(store, "sheet-1", qt_measure(), None).picture
    first = next(note for note in footnotes_of(store, picture) if note.text.startswith("C-1"))
    assert row.claim in first.text
    assert "refutes" in first.text
    assert row.reason in first.text


def test_a_claim_about_a_rating_is_told_at_the_hazard():
    store = bow_tie()
    claim = min(store.all(Evidence), key=lambda one: one.id)
    rating = next(one for one in store.all(Assessment) if one.subject == "h1")
    with store.transaction("Lean") as tx:
        tx.put(claim.replace(id="on-rating", subject=rating.id))
    picture = PictureBuilder(store, "sheet-1", qt_measure(), None).picture
    assert any(note.text.startswith("H-1") for note in footnotes_of(store, picture))


def test_the_list_stands_below_the_figure_only_where_asked_for():
    assert not group(root_of(), "footnotes")
    root = root_of(footnotes=True)
    (listed,) = group(root, "footnotes")
    assert "C-1" in words(listed)
    assert words(group(root, "footnote-numbers")[0]).split() == sorted(
        words(group(root, "footnote-numbers")[0]).split(), key=int
    )
    assert not group(root_of(footnotes=True, furniture=False), "footnotes")


def test_legend_and_title_block_may_be_left_out_one_by_one():
    both, no_legend, no_block, neither = (
        words(next(g for g in root_of(**options).iter(f"{SVG}g") if g.get("id") == "furniture"))
        for options in ({}, {"legend": False}, {"block": False}, {"legend": False, "block": False, "footnotes": True})
    )
    assert "Legend" in both
    assert "Authors" in both
    assert "Legend" not in no_legend
    assert "Authors" in no_legend
    assert "Authors" not in no_block
    assert "Legend" in no_block
    assert "Legend" not in neither
    assert "C-1" in neither
