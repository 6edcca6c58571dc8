import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from tests.unit.export.figures import CAUSES, bow_tie, titled
from workbench.export.api import export_file, render_bytes
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.pdf_file import Description, canonical
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause
from workbench.store.store import Store

PDF = ExportOptions("pdf")


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} (poppler-utils) is not installed")
    return path


def page_width(data: bytes) -> float:
    found = re.search(rb"/MediaBox \[0 0 (\S+)", data)
    assert found
    return float(found[1])


def test_all_diagrams_one_a_page_each_as_large_as_its_figure(tmp_path):
    done = export_file(bow_tie(sheets=4), tmp_path / "a.pdf")
    data = done.path.read_bytes()
    assert done.diagrams == ("sheet-1", "sheet-2", "sheet-3", "sheet-4")
    boxes = re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", data)
    assert len(boxes) == 4
    assert boxes[0] != boxes[1] == boxes[2]
    assert data.count(b"/Dest [") == 4


def test_a_named_diagram_is_the_only_page(tmp_path):
    done = export_file(bow_tie(sheets=4), tmp_path / "a.pdf", diagram="3")
    assert done.diagrams == ("sheet-3",)
    assert done.path.read_bytes().count(b"/MediaBox") == 1


def test_page_is_three_quarters_of_the_width_in_points():
    data = render_bytes(bow_tie(), None, ExportOptions("pdf", width=800))
    assert page_width(data) == 600


def test_a_page_is_never_longer_than_viewers_take():
    causes = [Cause(id=f"c{n}") for n in range(2)]
    places = [Placement.at("d", f"c{n}", n * 90_000, 0) for n in range(2)]
    data = render_bytes(Store([Diagram(id="d"), *causes, *places]), None, PDF)
    assert page_width(data) == 14_400


def test_text_can_be_selected_and_fonts_are_in_the_file(tmp_path):
    path = export_file(bow_tie(), tmp_path / "a.pdf").path
    words = subprocess.run([tool("pdftotext"), str(path), "-"], capture_output=True, check=True, text=True).stdout
    for row in CAUSES:
        assert row[1].split()[0] in words
    fonts = subprocess.run([tool("pdffonts"), str(path)], capture_output=True, check=True, text=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes\s+(yes|no)\s+yes\b", row) for row in rows), fonts


def test_title_author_and_date_come_from_the_project(tmp_path):
    path = export_file(bow_tie(sheets=2), tmp_path / "a.pdf").path
    info = subprocess.run([tool("pdfinfo"), "-isodates", str(path)], capture_output=True, check=True, text=True).stdout
    facts = dict(re.findall(r"(?m)^(\w+):\s+(.*)$", info))
    assert facts["Title"] == "Code-writing model, internal use"
    assert facts["Author"] == "R. Adeyemi; L. Brandt"
    assert facts["CreationDate"] == facts["ModDate"] == "2026-11-22T09:00:00Z"
    assert facts["Pages"] == "2"


def test_every_offset_in_the_table_is_right():
    data = render_bytes(bow_tie(), None, PDF)
    end = re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", data)
    assert end
    table = int(end[1])
    rows = re.findall(rb"(\d{10}) \d{5} n \n", data[table:])
    for number, row in enumerate(rows, 1):
        assert data[int(row) :].startswith(b"%d 0 obj\n" % number)
    for reference in re.findall(rb"(\d+) 0 R", re.sub(rb"stream\n.*?\nendstream", b"", data, flags=re.DOTALL)):
        assert 1 <= int(reference) <= len(rows)


def test_hostile_titles_reach_the_bookmarks_as_text(tmp_path):
    store = titled(") >> endobj 1 0 obj << /JS (x) \\ (漢字 <b>", "B")
    with store.transaction("second") as tx:
        tx.put(Diagram(id="z", title="Z", order="z"))
    path = export_file(store, tmp_path / "a.pdf").path
    assert b"/JS" not in re.sub(rb"stream\n.*?\nendstream", b"", path.read_bytes(), flags=re.DOTALL)
    info = subprocess.run([tool("pdfinfo"), str(path)], capture_output=True, check=True, text=True)
    assert info.stderr == ""
    assert "Pages:           2" in info.stdout
    assert "JavaScript:      no" in info.stdout


def test_pictures_are_lines_not_pixels():
    assert b"/Subtype /Image" not in render_bytes(bow_tie(), None, PDF)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nstartxref\n5\n%%EOF", b"not a pdf"])
def test_a_file_built_otherwise_is_refused(data):
    with pytest.raises(ExportError, match="unexpected shape"):
        canonical(data, Description("t", (), datetime(2026, 1, 1, tzinfo=UTC), ()))
