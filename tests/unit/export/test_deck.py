import io
import re
import zipfile

import pypdfium2  # type: ignore[import-untyped] # it brings none
import pytest

from tests.unit.export.figures import bow_tie
from tests.unit.export.test_slides import drawn, ends, opened, plain
from workbench.cli.main import run
from workbench.export.deck import deck_bytes, deck_steps, export_deck
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.steps import Doing
from workbench.files.project import save_project
from workbench.model.review import Stop
from workbench.model.runs import Evidence
from workbench.store.store import Store

HOSTILE = "=1+1 <b>bold</b> & \u202egpj.exe \0"


def routed() -> Store:
    store = bow_tie()
    claim = min(evidence.id for evidence in store.all(Evidence))
    stops = (
        Stop(id="s1", title="All of it", diagram="sheet-1", notes="Say <b>hello</b>."),
        Stop(id="s2", title="One pathway", diagram="sheet-1", highlighted=("c1", "t1", "e1")),
        Stop(id="s3", title=HOSTILE, diagram="sheet-1", levels=2),
        Stop(id="s4", shows="evidence", subject=claim),
        Stop(id="s5", shows="matrix"),
        Stop(id="s6", shows="log", subject="h1"),
    )
    with store.transaction("Route") as tx:
        for number, stop in enumerate(stops):
            tx.put(stop.replace(order=f"a{number}"))
    return store


def test_a_stop_is_a_slide_in_the_order_of_the_route():
    slides = opened(deck_bytes(routed(), "pptx")).slides
    titles = [slide.shapes.title.text for slide in slides]
    assert titles[:2] == ["All of it", "One pathway"]
    assert "<b>bold</b>" in titles[2]
    assert titles[4] == "Risk matrix"
    assert len(slides) == 6
    assert slides[0].notes_slide.notes_text_frame.text == "Say <b>hello</b>."


def test_a_level_leaves_out_what_is_above_it():
    slides = opened(deck_bytes(routed(), "pptx")).slides
    everything = {shape.name for shape in drawn(slides[0])[0]}
    causes = {shape.name for shape in drawn(slides[2])[0]}
    assert any(name.startswith("Control") for name in everything)
    assert {name.split()[0] for name in causes} == {"Hazard", "Top", "Cause", "Consequence"}


def test_what_is_not_lit_is_pale_and_connectors_stay_joined():
    slide = opened(deck_bytes(routed(), "pptx")).slides[1]
    bodies, dots, lines = drawn(slide)
    ids = {shape.shape_id for shape in (*bodies, *dots)}
    assert all(end[0] in ids for line in lines for end in ends(line))
    inks = {shape.name: shape._element.xpath(".//a:rPr/a:solidFill/a:srgbClr/@val") for shape in bodies}
    assert set(inks["Cause C-1"]).isdisjoint(inks["Cause C-2"])


def test_cards_are_native_shapes_with_their_words():
    slides = opened(deck_bytes(routed(), "pptx")).slides
    for slide, word in ((slides[3], "upperbound"), (slides[4], "Frequent"), (slides[5], "securityrelevant")):
        text = plain("".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame))
        assert word in text.replace("-", "")
    data = deck_bytes(routed(), "pptx")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if name.startswith("ppt/media/")]


def test_the_pdf_has_the_same_pages_as_slides():
    pdf = pypdfium2.PdfDocument(io.BytesIO(deck_bytes(routed(), "pdf")))
    assert len(pdf) == 6
    assert {tuple(round(side) for side in page.get_size()) for page in pdf} == {(960, 540)}
    texts = [page.get_textpage().get_text_range() for page in pdf]
    assert "All of it" in texts[0]
    assert "1 of 6" in texts[0]
    assert "Training" not in texts[2]
    assert "Code-writing model, internal use" in texts[5]
    assert [mark.get_title() for mark in pdf.get_toc()][:2] == ["All of it", "One pathway"]


def test_paper_is_for_the_pdf():
    pdf = pypdfium2.PdfDocument(io.BytesIO(deck_bytes(routed(), "pdf", ExportOptions(page="A4"))))
    assert [round(side) for side in pdf[0].get_size()] == [842, 596]


def test_without_stops_every_diagram_is_a_slide():
    store = bow_tie(sheets=3)
    assert len(opened(deck_bytes(store, "pptx")).slides) == 3
    assert len(pypdfium2.PdfDocument(io.BytesIO(deck_bytes(store, "pdf")))) == 3


@pytest.mark.parametrize("format", ["pptx", "pdf"])
def test_the_same_project_gives_the_same_bytes(format):
    assert deck_bytes(routed(), format) == deck_bytes(routed(), format)


def test_the_slide_being_made_is_named(tmp_path):
    for ending in ("pptx", "pdf"):
        told = [step.told for step in deck_steps(routed(), tmp_path / f"a.{ending}") if isinstance(step, Doing)]
        assert told[:2] == ["Slide 1 of 6: All of it", "Slide 2 of 6: One pathway"]
        assert sum(line.startswith("Slide ") for line in told) == 6
        assert not any(sign in line for line in told for sign in "\u202e\0")


def test_the_command_writes_a_deck(tmp_path, capsys):
    project = tmp_path / "a.hazard.json"
    save_project(routed(), project)
    assert (
        run(["export", str(project), "-o", str(tmp_path / "deck.pptx"), "--what", "deck", "--theme", "projector"]) == 0
    )
    assert len(opened((tmp_path / "deck.pptx").read_bytes()).slides) == 6
    assert run(["export", str(project), "-o", str(tmp_path / "deck.docx"), "--what", "deck"]) == 2
    assert re.search(r"deck\.docx: a deck is written as \.pptx or \.pdf", capsys.readouterr().err)


def test_what_cannot_be_is_told(tmp_path):
    with pytest.raises(ExportError, match="no diagram"):
        export_deck(Store(), tmp_path / "a.pdf")
    with pytest.raises(ExportError, match=r"--width is for figures"):
        export_deck(routed(), tmp_path / "a.pdf", options=ExportOptions(width=800))
