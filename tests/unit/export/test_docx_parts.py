"""Word documents, block by block."""

import io
import zipfile

import pytest

from tests.unit.export.reports import made
from workbench.cli.opening import open_for_reading
from workbench.export.docx_parts import TIGHT, Body, Box, run, same_dates
from workbench.export.options import ExportOptions
from workbench.export.png import write_png
from workbench.export.sheet import Sheet
from workbench.paths import sample

docx = pytest.importorskip("docx")
SAID = ("<b>&amp; \"'", "=1+1", "مرحبا 中文", "one\ntwo", " blanks ", "\U0001f600")


def opened(document):
    """The document as the library reads it back, and its text."""
    out = io.BytesIO()
    document.save(out)
    data = same_dates(out.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return docx.Document(io.BytesIO(data)), archive.read("word/document.xml").decode()


def test_paragraphs_say_what_was_given_and_how():
    document = docx.Document()
    body = Body(document)
    for text in SAID:
        body.paragraph(run(text))
    body.paragraph(run("A: ", bold=True), run("b", size=9, colour="57606A"), style="List Bullet", look=TIGHT)
    read, text = opened(document)
    assert [paragraph.text for paragraph in read.paragraphs] == [*SAID, "A: b"]
    last = read.paragraphs[-1]
    assert last.style.name == "List Bullet"
    assert last.paragraph_format.space_after == 0
    assert last.runs[0].bold
    assert (last.runs[1].font.size.pt, str(last.runs[1].font.color.rgb)) == (9, "57606A")
    assert text.rindex("<w:sectPr") > text.rindex("</w:p>")


def test_a_table_has_its_cells_widths_grounds_and_a_heading_on_every_page():
    document = docx.Document()
    rows = [[Box(("Name",), bold=True, ground="EEF1F4"), Box(("Value",))], [Box(()), Box(("one", "two"))]]
    assert sum(1 for _ in Body(document).table((30, 60), rows * 20, 9.0)) == 2
    read, text = opened(document)
    (table,) = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][:2] == [["Name", "Value"], ["", "one\ntwo"]]
    assert len(table.rows) == 40
    assert [round(cell.width.mm) for cell in table.rows[1].cells] == [30, 60]
    assert table.style.name == "Table Grid"
    assert text.count("<w:tblHeader/>") == 1
    assert text.count("<w:cantSplit/>") == 39
    assert text.count('w:fill="EEF1F4"') == 20


def test_pictures_are_as_wide_as_asked_for_and_described():
    document = docx.Document()
    body = Body(document)
    png = write_png(Sheet("A", 200.0, 100.0, "#FFFFFF", (), None), ExportOptions("png"))
    for number in range(3):
        body.picture(png, 50.0 + number, f'Figure "{number}" <b>')
    read, text = opened(document)
    assert [round(shape.width.mm) for shape in read.inline_shapes] == [50, 51, 52]
    assert [round(shape.height.mm) for shape in read.inline_shapes] == [25, 26, 26]
    assert [shape._inline.docPr.get("descr") for shape in read.inline_shapes] == [
        f'Figure "{number}" <b>' for number in range(3)
    ]
    assert [shape._inline.docPr.id for shape in read.inline_shapes] == [1, 2, 3]
    assert text.count("<w:drawing>") == 3


def test_no_page_of_a_report_is_left_empty():
    store = open_for_reading(str(sample("autonomous-mower.hazard.json"))).store
    document = docx.Document(io.BytesIO(made(store, "docx")))
    filled = False
    for block in document.element.body:
        turns = block.tag.endswith("}sectPr") or bool(block.xpath(".//w:sectPr"))
        filled = filled or not turns or bool(block.xpath(".//w:t"))
        if turns:
            assert filled, "two kinds of paper follow each other with nothing between"
            filled = False
