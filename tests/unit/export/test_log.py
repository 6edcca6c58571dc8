"""The hazard log as files."""

import csv
import html
import io
import zipfile
from typing import Any

import pytest
from click.testing import CliRunner

from workbench.analysis.hazard_log import LogCache, as_json, log_rows
from workbench.cli.export import export
from workbench.cli.log import log
from workbench.commands.schemes import preset
from workbench.export.errors import ExportError
from workbench.export.log import WRITERS, export_log
from workbench.export.log_sheet import log_sheet
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause, Control, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import PROJECT_ID, Assessment, Project
from workbench.store.store import Store

openpyxl = pytest.importorskip("openpyxl")
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "<b>x</b> & | `c`", "'=x", " =1"]


@pytest.fixture
def sample(root):
    return load_project(root / "samples" / "code-synthesis-llm.hazard.json").store


@pytest.fixture
def hostile():
    records: list[Any] = [Project(id=PROJECT_ID, title=HOSTILE[0])]
    for n, text in enumerate(HOSTILE):
        records += [
            Hazard(id=f"h{n}", code=f"H-{n}", title=text, description=text, source=text, owner=text),
            Cause(id=f"c{n}", title=text),
            Link(id=f"l{n}", source=f"c{n}", target=f"h{n}"),
        ]
    return Store(records)


@pytest.mark.parametrize("ending", list(WRITERS))
def test_the_same_log_gives_the_same_bytes(sample, tmp_path, ending, root):
    one, two = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
    export_log(sample, one)
    export_log(load_project(root / "samples" / "code-synthesis-llm.hazard.json").store, two)
    assert one.read_bytes() == two.read_bytes()


def test_texts_that_look_like_formulas_stay_text(hostile, tmp_path):
    for ending in ("csv", "xlsx", "html", "md", "docx"):
        export_log(hostile, tmp_path / f"log.{ending}")
    for row in csv.reader(io.StringIO((tmp_path / "log.csv").read_text("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@")), cell
    page = openpyxl.load_workbook(tmp_path / "log.xlsx")["Hazard log"]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert page["B2"].value == "=1+1"
    assert page["B2"].quotePrefix
    with zipfile.ZipFile(tmp_path / "log.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    page_text = (tmp_path / "log.html").read_text("utf-8")
    assert "&lt;b&gt;x&lt;/b&gt;" in page_text
    assert "<b>" not in page_text
    assert "http" not in page_text.replace("http-equiv", "")
    lines = (tmp_path / "log.md").read_text("utf-8").splitlines()
    assert r"&lt;b&gt;x&lt;/b&gt; &amp; \| \`c\`" in "".join(lines)


def test_rows_of_the_workbook_are_as_high_as_their_lines(sample, tmp_path):
    """LibreOffice shows one line of a row that names no height."""
    export_log(sample, tmp_path / "log.xlsx")
    page = openpyxl.load_workbook(tmp_path / "log.xlsx")["Hazard log"]
    for number in range(2, page.max_row + 1):
        most = max(str(cell.value or "").count("\n") + 1 for cell in page[number])
        assert 15 * most <= page.row_dimensions[number].height <= 409


def test_the_document_holds_the_log(sample, tmp_path):
    import docx

    export_log(sample, tmp_path / "log.docx")
    document = docx.Document(str(tmp_path / "log.docx"))
    table = document.tables[0]
    assert len(table.rows) == 1 + sample.count("hazard")
    assert table.rows[1].cells[0].text == "H-1"
    assert "w:tblHeader" in table.rows[0]._tr.xml


@pytest.mark.parametrize("ending", list(WRITERS))
def test_every_document_says_who_rated_and_when(tmp_path, ending):
    store = Store([
        Hazard(id="h", code="H-1", title="Blade"),
        TopEvent(id="t", code="T-1", title="Runs", hazard="h"),
        preset("hsc-2022"),
        Assessment.of("h", "initial").replace(severity="1", frequency="B", by="Ada\n<b>=1", at="2026-05-01T10:00:00Z"),
        Assessment.of("h", "residual").replace(severity="2", frequency="D", by="", at="2026-06-02T10:00:00Z"),
    ])  # fmt: skip
    export_log(store, tmp_path / f"log.{ending}")
    data = (tmp_path / f"log.{ending}").read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b" ".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    text = html.unescape(data.decode().replace("\\", ""))
    assert "HRI rated by" in text
    assert "Ada <b>=1, 2026-05-01" in text
    assert "HRI (post) rated by" in text
    assert "2026-06-02" in text


def test_an_empty_project_has_an_empty_log(tmp_path):
    for ending in WRITERS:
        assert export_log(Store(), tmp_path / f"log.{ending}") > 0
    with pytest.raises(ExportError, match="xlsx, docx"):
        export_log(Store(), tmp_path / "log.pdf")


def test_a_hazard_s_row(sample):
    row = as_json(log_rows(sample)[0])
    assert list(row)[:13] == [
        "id", "source", "description", "trigger_event", "application", "users", "vector", "protected_characteristics",
        "assets", "effects", "hri", "mitigations", "hri_post",
    ]  # fmt: skip
    assert row["id"] == "H-1"
    assert row["hri"] == "2B"
    assert len(row["mitigations"]) == 10


def test_unrated_is_null_and_the_worst_effect_is_marked(root):
    mower = load_project(root / "samples" / "autonomous-mower.hazard.json").store
    assert as_json(log_rows(Store([Hazard(id="h")]))[0])["hri"] is None
    own = {a.id for a in mower.all(Assessment) if mower.find(a.subject, Hazard) or mower.find(a.subject, TopEvent)}
    with mower.transaction("x") as tx:
        for id in own:
            tx.remove(id)
    row = log_rows(mower)[0]
    assert row.hri is not None
    assert row.hri.inherited
    assert "(worst effect)" in log_sheet(mower).rows[0][11].text


def test_a_mitigation_without_a_line_stands_in_the_row_and_rows_follow_changes(sample):
    cache = LogCache(sample)
    sample.changed.connect(lambda change: cache.follow(change.diff))
    hazard = next(h for h in sample.all(Hazard) if h.code == "H-2")
    with sample.transaction("Add") as tx:
        tx.put(Control(id="b_new", code="B-900", title="New"))
        tx.put(Guard(id="gd_new", control="b_new", subject=hazard.id))
    row = cache.row(hazard.id)
    assert row is not None
    assert row.lists["mitigations"][-1].code == "B-900"
    with sample.transaction("Rename") as tx:
        tx.patch("b_new", title="Renamed")
    assert cache.rows == log_rows(sample)
    event = next(e for e in sample.all(TopEvent) if e.hazard == hazard.id)
    with sample.transaction("Remove") as tx:
        tx.remove(event.id)
    assert cache.rows == log_rows(sample)
    while sample.undo():
        assert cache.rows == log_rows(sample)


def test_commands_print_and_write_it(sample, tmp_path):
    file, out = tmp_path / "p.hazard.json", tmp_path / "log.csv"
    save_project(sample, file)
    runner = CliRunner()
    assert '"rows"' in runner.invoke(log, [str(file), "--json"]).output
    printed = runner.invoke(log, [str(file), "--csv"]).output
    assert printed.startswith('"ID"')
    runner.invoke(export, [str(file), "-o", str(out), "--what", "log"], catch_exceptions=False)
    assert out.read_text("utf-8-sig").splitlines() == printed.splitlines()
