from pathlib import Path

import pytest

from tests.unit.export.figures import bow_tie
from workbench.export.api import export_all, export_file, render_bytes
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions, check, format_of
from workbench.files.fileops import FileOps
from workbench.store.store import Store


@pytest.mark.parametrize("name", ["a.png", "b.SVG", "c.d.pdf"])
def test_the_ending_says_the_format(name):
    assert format_of(Path(name)) == name[-3:].lower()


@pytest.mark.parametrize(
    ("name", "told"),
    [("g.dot", "diagrams alone"), ("b.drawio", "diagrams alone"), ("r.docx", "--what log"), ("l.xlsx", "--what log")],
)
def test_formats_that_other_exports_write_are_named_with_what_to_do(name, told):
    with pytest.raises(ExportError, match=rf"figures are png, svg or pdf; .*{told}"):
        format_of(Path(name))


@pytest.mark.parametrize("name", ["picture.gif", "picture", "a.exe"])
def test_other_endings_are_refused_with_what_there_is(name):
    with pytest.raises(ExportError, match=r"png.*svg.*pdf"):
        format_of(Path(name))


@pytest.mark.parametrize("dpi", [0, 23, 1201, -5, float("nan"), float("inf")])
def test_resolution_has_bounds(dpi):
    with pytest.raises(ExportError, match="from 24 to 1200"):
        check(ExportOptions(dpi=dpi))


@pytest.mark.parametrize("width", [0, 15, 20_001, 1_000_000, float("nan")])
def test_width_has_bounds_and_says_the_largest(width):
    with pytest.raises(ExportError, match="from 16 to 20000 pixels"):
        check(ExportOptions(width=width))


def test_an_unknown_theme_names_those_there_are():
    with pytest.raises(ExportError, match="light, dark, print, projector"):
        check(ExportOptions(theme="pink"))  # type: ignore[arg-type]


def test_a_wrong_date_is_told(tmp_path):
    with pytest.raises(ExportError, match="--as-of 'tomorrow' is no date"):
        export_file(bow_tie(), tmp_path / "a.svg", options=ExportOptions(as_of="tomorrow"))


def test_a_project_without_diagrams_says_so(tmp_path):
    with pytest.raises(ExportError, match="no diagram to export"):
        export_file(Store(), tmp_path / "a.png")
    with pytest.raises(ExportError, match="no diagram to export"):
        export_all(Store(), tmp_path / "all", format="png")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_diagram_lists_those_there_are():
    with pytest.raises(ExportError, match="Code assistant suggests vulnerable code"):
        render_bytes(bow_tie(), "No such thing")


def test_a_missing_folder_is_told_and_not_made(tmp_path):
    with pytest.raises(ExportError, match="no such folder"):
        export_file(bow_tie(), tmp_path / "none" / "a.png")
    assert not (tmp_path / "none").exists()


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "a.png").mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        export_file(bow_tie(), tmp_path / "a.png")


def test_a_write_protected_file_stays_as_it_was(tmp_path, monkeypatch):
    target = tmp_path / "a.svg"
    target.write_bytes(b"before")
    monkeypatch.setattr(FileOps, "writable", lambda *_: False)
    with pytest.raises(ExportError, match="write-protected"):
        export_file(bow_tie(), target)
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_an_old_file_is_replaced_and_nothing_else_left(tmp_path):
    target = tmp_path / "a.svg"
    target.write_bytes(b"before")
    done = export_file(bow_tie(), target)
    assert done.size == target.stat().st_size
    assert target.read_bytes().startswith(b"<?xml")
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_a_diagram_is_found_by_title_and_by_number():
    store = bow_tie(sheets=3)
    assert render_bytes(store, "Sheet 2", ExportOptions("svg")) == render_bytes(store, "2", ExportOptions("svg"))
    assert b"Sheet 2" in render_bytes(store, "sheet-2", ExportOptions("svg"))
