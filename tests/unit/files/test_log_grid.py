"""Logs made to harm: little files that would become millions of cells."""

import zipfile

import pytest

from tests.effort import within
from workbench.files.log_grid import LogReadError
from workbench.files.log_mapping import heading_score
from workbench.files.log_reading import read_grid


def workbook(path, *, far="", merged=""):
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["ID", "Hazard", "Causes"], ["H-1", "Secrets leak", "Copied keys"]):
        sheet.append(row)
    if far:
        sheet[far] = "far out"
    book.save(path)
    if merged:  # by hand: the library itself would make every cell
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = "xl/worksheets/sheet1.xml"
        tag = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'.encode()
        members[name] = members[name].replace(b"</sheetData>", b"</sheetData>" + tag)
        with zipfile.ZipFile(path, "w") as archive:
            for member, data in members.items():
                archive.writestr(member, data)
    return path


def test_a_cell_far_out_costs_nothing(tmp_path):
    path = workbook(tmp_path / "far.xlsx", far="IV49999")
    with within(40):
        grid = read_grid(path, heading_score)
    assert grid.rows[0].cells[:3] == ("H-1", "Secrets leak", "Copied keys")
    assert (grid.rows[-1].number, grid.rows[-1].cells[-1]) == (49_999, "far out")


@pytest.mark.parametrize("area", ["A10:XFD1048576", "$A$10:$XFD$1048576", "A5:B999999"])
def test_a_merged_cell_over_everything_is_refused(tmp_path, area):
    path = workbook(tmp_path / "merged.xlsx", merged=area)
    with within(40), pytest.raises(LogReadError, match="merges more than"):
        read_grid(path, heading_score)


def test_a_merged_cell_of_usual_size_is_read(tmp_path):
    grid = read_grid(workbook(tmp_path / "m.xlsx", merged="A2:A3"), heading_score)
    assert grid.rows[0].cells == ("H-1", "Secrets leak", "Copied keys")


def test_a_delimiter_under_which_a_line_is_one_long_cell_is_not_the_one(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("ID;Hazard;Causes\nH-1;" + "x" * 600_000 + ";" + "y" * 600_000 + "\n", encoding="utf-8")
    (row,) = read_grid(path, heading_score).rows
    assert [len(cell) for cell in row.cells] == [3, 600_000, 600_000]
