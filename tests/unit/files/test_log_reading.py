"""Logs that cannot be read, or not as they stand: one line says what, where and what to do."""

import datetime as dt
import io
import zipfile

import pytest

from workbench.files import log_reading
from workbench.files.log_grid import LogReadError
from workbench.files.log_mapping import guess_log_profile, heading_score
from workbench.files.log_reading import read_grid

openpyxl = pytest.importorskip("openpyxl")
ROWS = (("ID", "Hazard", "Causes"), ("H-1", "Secrets leak", "Copied keys"))


def written(path, *sheets):
    """A workbook with (title, rows, state) of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows, state in sheets:
        page = book.create_sheet(title)
        page.sheet_state = state
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def zipped(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def read(path, **asked):
    return read_grid(path, heading_score, **asked)


def test_a_file_that_is_not_there_or_too_large(tmp_path, monkeypatch):
    with pytest.raises(LogReadError, match=r"none\.csv cannot be read \(No such file.*check the path"):
        read(tmp_path / "none.csv")
    monkeypatch.setattr(log_reading, "_MAX_BYTES", 8)
    (tmp_path / "big.csv").write_bytes(b"ID,Hazard\n")
    with pytest.raises(LogReadError, match="is larger than 0 MB; split the log"):
        read(tmp_path / "big.csv")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0 and on", "old or encrypted workbook; save it as .xlsx"),
        (b"ID,Ha\x00zard\n", "neither a CSV nor an XLSX file"),
        (b"\xff\x00\x80\x00", "neither a CSV nor an XLSX file"),
        (b"PK\x03\x04 broken", "damaged workbook; save it again"),
        (b"\n\n", "is empty; name a file with a table"),
    ],
)
def test_what_is_no_log_is_named(tmp_path, data, said):
    path = tmp_path / "log.csv"
    path.write_bytes(data)
    with pytest.raises(LogReadError, match=said):
        read(path)


def test_too_many_rows_and_cells_too_long(tmp_path, monkeypatch):
    path = tmp_path / "log.csv"
    path.write_text("ID,Hazard\nH-1,Leak\nH-2,Loss\n")
    monkeypatch.setattr(log_reading, "_MAX_ROWS", 2)
    with pytest.raises(LogReadError, match="more than 2 rows; split the log"):
        read(path)
    book = written(tmp_path / "log.xlsx", ("Log", [*ROWS, ("H-2", "Loss", "")], "visible"))
    with pytest.raises(LogReadError, match="sheet 'Log' has 3 rows; the limit is 2"):
        read(book)
    monkeypatch.setattr(log_reading, "_MAX_ROWS", 50)
    monkeypatch.setattr(log_reading, "_MAX_CELL", 5)
    with pytest.raises(LogReadError, match=r"no CSV that can be read .*field larger than field limit"):
        read(path)


def test_the_row_of_the_headings_can_be_named(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("ID,Hazard\nName,What\nH-1,Leak\n")
    assert read(path, heading_row=2).headings == ("Name", "What")
    assert [row.number for row in read(path, heading_row=2).rows] == [3]
    with pytest.raises(LogReadError, match="has no row 9; name the row of the headings"):
        read(path, heading_row=9)


def test_sheets_of_a_workbook(tmp_path):
    other = [("Total", "Sum"), ("1", "2")]
    path = written(
        tmp_path / "log.xlsx", ("Empty", [], "visible"), ("Sums", other, "visible"), ("Log", ROWS, "visible"),
        ("Old", ROWS, "hidden"),
    )  # fmt: skip
    found = read(path)
    assert (found.sheet, found.sheets) == ("Log", ("Empty", "Sums", "Log"))
    assert [str(remark) for remark in found.remarks] == ["the file: the hidden sheet 'Old' was not read"]
    assert read(path, sheet="Old").sheet == "Old"
    with pytest.raises(LogReadError, match="no sheet called 'None'; it has Empty, Sums, Log, Old"):
        read(path, sheet="None")
    with pytest.raises(LogReadError, match="no visible sheet with a table"):
        read(written(tmp_path / "hidden.xlsx", ("Empty", [], "visible"), ("Log", ROWS, "hidden")))


def test_zips_that_are_no_workbook(tmp_path, monkeypatch):
    with pytest.raises(LogReadError, match=r"no Excel workbook; save it as \.xlsx"):
        read(zipped(tmp_path / "a.ods", content__xml="<x/>"))
    with pytest.raises(LogReadError, match=r"no workbook that can be read \(.*save it again"):
        read(zipped(tmp_path / "b.xlsx", xl__worksheets__sheet1__xml="no xml"))
    good = written(tmp_path / "c.xlsx", ("Log", ROWS, "visible"))
    data = bytearray(good.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    data[at : at + 40] = b"\xff" * 40
    (tmp_path / "d.xlsx").write_bytes(data)
    with pytest.raises(LogReadError, match="damaged or encrypted workbook; save it again without a password"):
        read(tmp_path / "d.xlsx")
    monkeypatch.setattr(log_reading, "_MAX_UNPACKED", 10)
    with pytest.raises(LogReadError, match="unpacks to more than 0 MB; save only"):
        read(good)


def test_merged_cells_are_counted_in_other_encodings_too(tmp_path, monkeypatch):
    good = written(tmp_path / "log.xlsx", ("Log", ROWS, "visible"))
    with zipfile.ZipFile(good) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A5:B999999"/></mergeCells>'
    text = members[name].replace(b"</sheetData>", merged).decode().replace("UTF-8", "UTF-16")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, held in members.items():
            archive.writestr(member, text.encode("utf-16") if member == name else held)
    (tmp_path / "wide.xlsx").write_bytes(out.getvalue())
    with pytest.raises(LogReadError, match="merges more than"):
        read(tmp_path / "wide.xlsx")


def test_values_are_read_as_a_person_sees_them(tmp_path):
    day = dt.datetime(2026, 5, 4)  # noqa: DTZ001 - a spreadsheet knows no time zones
    cells = (True, False, 3.0, 2.5, 10.0**20, day, day.replace(hour=9, minute=30), dt.time(9, 30))
    texts = ("bell _x0007_ and _x0000_ none", "plain")
    rows = [("ID", "Hazard", *(f"Column {n}" for n in range(8))), (*cells, *texts)]
    (row,) = read(written(tmp_path / "log.xlsx", ("Log", rows, "visible"))).rows
    assert row.cells == (
        *("Yes", "No", "3", "2.5", "1e+20", "2026-05-04", "2026-05-04 09:30:00", "09:30:00"),
        *("bell \x07 and  none", "plain"),
    )


def test_a_heading_over_several_columns_names_those_below_it(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for row in (["ID", "Hazard", "Risk", None, None], [None, None, "before", None, "after"], ["H-1", "Leak", 1, 2, 3]):
        page.append(row)
    for area in ("A1:A2", "B1:B2", "C1:E1", "A3:A40"):
        page.merge_cells(area)
    book.save(tmp_path / "log.xlsx")
    found = read(tmp_path / "log.xlsx", heading_row=2)
    assert found.headings == ("ID", "Hazard", "Risk before", "column D", "Risk after")
    assert found.rows[0].cells == ("H-1", "Leak", "1", "2", "3")


def test_headings_of_one_row_beside_those_of_two_name_their_columns_too(tmp_path):
    """Only the rating has a second row; nobody merged the cells of the others with what is below them."""
    path = tmp_path / "two.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ("Hazard log of the plant",),
        ("ID", "Hazard", "Initial risk", None, "Controls", "Residual risk", None, "Owner"),
        (None, None, "Severity", "Likelihood", None, "Severity", "Likelihood", None),
        ("H-1", "Pressure", 1, "B", "Valve", 1, "D", "Ann"),
    ):
        page.append(row)
    for cells in ("A1:H1", "C2:D2", "F2:G2"):
        page.merge_cells(cells)
    book.save(path)
    grid = read_grid(path, heading_score)
    assert grid.heading_row == 3
    assert dict(guess_log_profile(grid).columns) == {
        "id": "ID",
        "title": "Hazard",
        "severity": "Initial risk Severity",
        "frequency": "Initial risk Likelihood",
        "mitigations": "Controls",
        "severity_post": "Residual risk Severity",
        "frequency_post": "Residual risk Likelihood",
        "owner": "Owner",
    }
    assert [row.cells for row in grid.rows] == [("H-1", "Pressure", "1", "B", "Valve", "1", "D", "Ann")]


def test_a_first_row_of_little_is_no_second_row_of_headings(tmp_path):
    path = tmp_path / "one.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    for row in (("ID", "Hazard", "Remarks", None), (None, None, "see below", "x"), ("H-1", "Leak", None, None)):
        page.append(row)
    page.merge_cells("C1:D1")
    book.save(path)
    grid = read_grid(path, heading_score)
    assert grid.heading_row == 1
    assert [row.cells[:3] for row in grid.rows] == [("", "", "see below"), ("H-1", "Leak", "")]


def test_a_row_with_headings_of_its_own_takes_none_from_columns_above_that_stand_alone(tmp_path):
    """The upper row groups columns; only the merged group goes before the names below it."""
    path = tmp_path / "groups.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ("Entry", None, "Initial risk", None, "Filled in by the plant"),
        ("ID", "Hazard", "Severity", "Likelihood", None),
        ("H-1", "Leak", 1, "B", "Ann"),
    ):
        page.append(row)
    page.merge_cells("C1:D1")
    book.save(path)
    grid = read_grid(path, heading_score)
    assert grid.heading_row == 2
    assert grid.headings == ("ID", "Hazard", "Initial risk Severity", "Initial risk Likelihood", "column E")
    assert [row.cells for row in grid.rows] == [("H-1", "Leak", "1", "B", "Ann")]
