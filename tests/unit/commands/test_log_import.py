"""A hazard log that comes in, by a spreadsheet or by hand."""

import datetime as dt
import json
import sys

import pytest
from click.testing import CliRunner

from workbench.analysis.hazard_log import as_json, log_rows
from workbench.cli.import_log import import_command, project_of_log
from workbench.cli.output import CommandFailedError
from workbench.commands.create import new_diagram
from workbench.commands.log_import import import_log
from workbench.export.log import export_log
from workbench.files.log_grid import Grid, GridRow
from workbench.files.log_mapping import guess_log_profile, heading_score
from workbench.files.log_reading import read_grid
from workbench.files.project import load_project
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Guard, Hazard
from workbench.model.judgement import Assessment, Project
from workbench.store.store import Store

openpyxl = pytest.importorskip("openpyxl")
HEADINGS = [
    "ID", "Hazard source", "Hazard description", "Trigger event", "Application/Domain", "Users/Agents", "Vector",
    "Protected characteristics", "Assets", "Potential effects", "HRI", "Recommended mitigations", "HRI (post)",
]  # fmt: skip
DERIVED = ("accepted", "element", "hri_post_rated", "hri_rated")
"""What a log does not bring back: ids, and who rated and accepted, which nobody does in another's name."""
LEFT_OUT = ("HRI rated by", "HRI (post) rated by", "Residual risk accepted")


def shown(store):
    return [{k: v for k, v in as_json(row).items() if k not in DERIVED} for row in log_rows(store)]


def written(path, rows, headings=HEADINGS):
    book = openpyxl.Workbook()
    page = book.active
    page.append(headings)
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def big_log(path, count=500):
    rows = [
        [
            f"H-{n}", ("Application", "System design – model training")[n % 2], f"Hazard number {n}, described",
            f"Cause shared by {n // 5}\nC-{9000 + n} Own cause of {n}", "Law\nHuman health", "End user", "Data: Test",
            "Age; of a kind" if n % 50 == 0 else "Age", "Compute", f"Effect {n}\n=SUM(A1)",
            f"{n % 4 + 1}{'ABCDE'[n % 5]}",
            f"Review of {n % 40}\n@home {n}\n-minus", f"4{'ABCDE'[n % 5]}",
        ]
        for n in range(1, count + 1)
    ]  # fmt: skip
    return written(path, rows)


def test_a_log_of_500_hazards_goes_round_through_an_edited_workbook(tmp_path):
    store, result = project_of_log(big_log(tmp_path / "log.xlsx"))
    assert len(result.hazards) == 500
    assert [row["id"] for row in shown(store)][:2] == ["H-1", "H-2"]
    assert store.count("cause") == 500 + 101
    assert len(store.referrers(next(c.id for c in store.all(Control) if c.title == "-minus"), Guard)) == 500
    export_log(store, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    page = book["Hazard log"]
    head = [cell.value for cell in page[1]]
    page.cell(4, head.index("Hazard") + 1).value = "Reworded"
    page.cell(5, head.index("HRI") + 1).value = "1A"
    trigger = page.cell(6, head.index("Trigger event") + 1)
    trigger.value = f"{trigger.value}\nA cause written in the spreadsheet"
    page.cell(7, head.index("Recommended mitigations") + 1).value = None
    book.save(tmp_path / "edited.xlsx")
    second, again = project_of_log(tmp_path / "edited.xlsx")
    assert {remark.message for remark in again.remarks if remark.row} == {
        "'Age; of a kind' was not in the taxonomy; added under Protected characteristics"
    }
    before, after = shown(store), shown(second)
    assert [n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]] == [2, 3, 4, 5]
    assert after[2]["title"] == "Reworded"
    assert after[3]["hri"] == "1A"
    assert "A cause written in the spreadsheet" in after[4]["trigger_event"]
    assert after[5]["mitigations"] == []
    for ending in ("xlsx", "csv"):
        export_log(second, tmp_path / f"again.{ending}")
        third, _ = project_of_log(tmp_path / f"again.{ending}")
        assert shown(third) == after


def test_the_sample_s_log_goes_round(tmp_path, root):
    sample = load_project(root / "samples" / "code-synthesis-llm.hazard.json").store
    for ending in ("xlsx", "csv"):
        export_log(sample, tmp_path / f"log.{ending}")
        store, result = project_of_log(tmp_path / f"log.{ending}")
        assert [remark.message for remark in result.remarks] == [
            f"{heading!r} is not read from a log: risks are rated and accepted in the project; left out"
            for heading in LEFT_OUT
        ]
        assert shown(store) == shown(sample)


def handmade(path):
    book = openpyxl.Workbook()
    page = book.active
    page["A1"] = "Garden committee – hazard log 2026"
    page.merge_cells("A1:F1")
    for place, heading in enumerate(["No.", "Hazard", "Causes", "Consequences", "Risk", "Controls", "Reviewed"], 1):
        page.cell(3, place).value = heading
    page.append(["1", "Blade turns", "• Mower is lifted\n• Spade cuts wire", "Cut foot", "2C", "Lift sensor",
                 dt.datetime.fromisoformat("2026-11-20")])  # fmt: skip
    page.append([])
    page.append([2, "Battery burns", "Charger left on", "Shed burns down", '=CONCATENATE(1,"B")', "lift  SENSOR"])
    page.append([None, None, "Cell is damaged", None, None, "Steel box"])
    page.append([3, dt.date(2026, 1, 5), "x", "#REF!", "7Q", None])
    page.append([1, "Something else entirely", "y", None, None, None])
    page.append([None, None, None, None, None, None, "signed: the chair"])
    page.row_dimensions[8].hidden = True
    book.create_sheet("Notes").sheet_state = "hidden"
    book.save(path)
    return path


def test_a_log_made_by_hand_comes_in_and_says_row_by_row_what_did_not(tmp_path):
    store, result = project_of_log(handmade(tmp_path / "garden.xlsx"))
    rows = shown(store)
    assert [row["id"] for row in rows] == ["1", "2", "3", "H-1"]
    assert rows[0]["trigger_event"] == ["Mower is lifted", "Spade cuts wire"]
    assert rows[0]["hri"] == "2C"
    assert rows[1]["trigger_event"] == ["Charger left on", "Cell is damaged"]
    assert rows[1]["mitigations"] == ["Lift sensor", "Steel box"]
    assert rows[2]["description"] == "2026-01-05"
    said = {(remark.row, remark.column): remark.message for remark in result.remarks}
    assert "formula without a stored result" in said[6, "Risk"]
    assert "7Q" in said[8, "Risk"]
    assert "#REF!" in said[8, "Consequences"]
    assert "hidden" in said[8, ""]
    assert "with another hazard" in said[9, ""]
    assert "left out" in said[10, ""]
    assert "Notes" in said[0, ""]


def test_a_stored_result_of_a_formula_is_taken(tmp_path):
    import xlsxwriter

    path = tmp_path / "log.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, ["ID", "Hazard description", "HRI"])
    page.write_row(1, 0, ["H-1", "Fire"])
    page.write_formula(1, 2, '=CONCATENATE(2,"B")', None, "2B")
    book.close()
    store, result = project_of_log(path)
    assert shown(store)[0]["hri"] == "2B"
    assert "stored result was taken" in result.remarks[0].message


def test_nothing_is_said_of_cells_in_columns_that_were_not_asked_for(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(("ID", "Hazard", "Score"))
    book.active.append(("H-1", "Leak", "=1+1"))
    book.save(tmp_path / "log.xlsx")
    _, result = project_of_log(tmp_path / "log.xlsx")
    assert [str(remark) for remark in result.remarks] == [
        "the file: no column of the log was known for 'Score'; left out"
    ]


def test_csv_of_a_german_spreadsheet(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes('ID;Hazard description;Trigger event\r\nH-7;Brand, groß;"a\nb"\r\n'.encode("cp1252"))
    store, result = project_of_log(path)
    assert shown(store)[0]["trigger_event"] == ["a", "b"]
    assert shown(store)[0]["description"] == "Brand, groß"
    assert "Windows-1252" in result.remarks[0].message


def test_equal_texts_and_codes_become_one_element(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "ID,Hazard description,Trigger event,Recommended mitigations\n"
        "H-1,One,Drift; C-7 Attack,Review\n"
        "H-2,Two,drift ;C-7,review; B-1 Check\n",
        encoding="utf-8",
    )
    store, _ = project_of_log(path)
    assert {(c.code, c.title) for c in store.all(Cause)} == {("C-8", "Drift"), ("C-7", "Attack")}
    assert {(c.code, c.title) for c in store.all(Control)} == {("B-2", "Review"), ("B-1", "Check")}


def test_a_profile_maps_columns_and_separator(tmp_path):
    log, profile, out = tmp_path / "log.csv", tmp_path / "map.json", tmp_path / "out.hazard.json"
    log.write_text("Bezeichnung,Auslöser\nBrand,Funke/Hitze\n", encoding="utf-8")
    runner = CliRunner()
    refused = runner.invoke(import_command, [str(log), "-o", str(out)], standalone_mode=False)
    assert isinstance(refused.exception, CommandFailedError)
    assert "--map" in str(refused.exception)
    columns = {"description": "Bezeichnung", "trigger_event": "auslöser"}
    profile.write_text(json.dumps({"log_profile": 1, "columns": columns, "separator": "/"}), encoding="utf-8")
    done = runner.invoke(import_command, [str(log), "-o", str(out), "--map", str(profile)], standalone_mode=False)
    assert done.exception is None, done.exception
    assert shown(load_project(out).store)[0]["trigger_event"] == ["Funke", "Hitze"]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.xlsx", b"PK\x03\x04 nothing", "damaged"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\x00\x01\x02\xff", "neither"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "old or encrypted"),
        ("a.csv", b"ID,Hazard description\n", "no hazards"),
    ],
)
def test_what_is_no_log_is_refused_in_one_line(tmp_path, name, data, word):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CommandFailedError, match=word):
        project_of_log(path)


def test_imported_hazards_stand_on_diagrams(tmp_path):
    store, _ = project_of_log(handmade(tmp_path / "garden.xlsx"))
    assert store.count("diagram") == 4
    assert {placement.subject for placement in store.all(Placement)} >= {hazard.id for hazard in store.all(Hazard)}


def test_the_sample_s_own_log_changes_nothing_in_it_but_what_was_changed(tmp_path, root):
    """A project with a taxonomy and diagrams keeps them, an empty diagram too."""
    sample = load_project(root / "samples" / "code-synthesis-llm.hazard.json").store
    with sample.transaction("Add diagram") as tx:
        new_diagram(tx, "To be drawn")
    export_log(sample, tmp_path / "log.xlsx")
    grid = read_grid(tmp_path / "log.xlsx", heading_score)
    before = dict(sample.records)
    with sample.transaction("Import hazard log") as tx:
        result = import_log(tx, grid, guess_log_profile(grid))
    assert not result.new
    assert not result.remarks
    assert dict(sample.records) == before
    rows = list(grid.rows)
    rows.append(GridRow(99, ("", "Brand new", *rows[0].cells[2:])))
    with sample.transaction("Import hazard log") as tx:
        result = import_log(tx, Grid("", grid.headings, 1, tuple(rows), ()), guess_log_profile(grid))
    assert len(result.new) == 1
    diagrams = {record.title for record in before.values() if isinstance(record, Diagram)}
    assert {diagram.title for diagram in sample.all(Diagram)} - diagrams == {"H-9 Brand new"}


def test_a_log_made_in_libreoffice(root):
    """A file as LibreOffice 7.4 writes it, with what people do in spreadsheets.

    A title above, a heading of two rows with merged cells, a hazard over three merged rows, empty rows, dates, a
    percentage, formulas of which one fails, a hidden row, a colour down to the last row, and a sheet in front.
    """
    store, result = project_of_log(root / "tests" / "data" / "log-libreoffice.xlsx")
    rows = {row["id"]: row for row in shown(store)}
    assert list(rows) == ["1", "2", "4.5", "=3"]
    assert rows["1"]["trigger_event"] == ["Mower is lifted", "Switch is bypassed"]
    assert (rows["1"]["hri"], rows["1"]["hri_post"]) == ("1C", "1E")
    assert rows["2"]["trigger_event"] == ["Charger left on", "Cell is damaged", "+5 °C below the limit"]
    assert rows["2"]["mitigations"] == ["=lift sensor at the charger", "Steel box"]
    assert (rows["2"]["hri"], rows["2"]["hri_post"], rows["2"]["owner"]) == ("1B", None, "Bo")
    assert (rows["=3"]["title"], rows["=3"]["hri"]) == ("=SUM of small things: wear", "2B")
    assert rows["4.5"]["title"] == "2026-03-01"
    assert [str(remark).partition(";")[0] for remark in result.remarks] == [
        "the file: no column of the log was known for 'Reviewed on'",
        "row 7, Risk after: the error #N/A instead of a value",
        "row 7, Risk before: a formula",
        "row 13, Risk after: '0.05' is no rating of the project's risk scheme",
        "row 14: this row is hidden in the spreadsheet",
        "row 14, Risk before: '2' is no rating of the project's risk scheme",
        "row 15: 'n/a' stands alone, with no word about a hazard",
        "row 16: 'Total: the chair signs here' stands alone, with no word about a hazard",
        "row 17, Risk before: a formula",
        "row 17: no hazard: neither an ID nor a description stands here, and none above",
    ]


def test_the_worst_effect_s_rating_becomes_nobody_s_own_unless_somebody_wrote_it(tmp_path, root):
    mower = load_project(root / "samples" / "autonomous-mower.hazard.json").store
    with mower.transaction("Unrate") as tx:
        for record in list(tx.all(Assessment)):
            if tx.find(record.subject, Hazard) is not None:
                tx.remove(record.id)
    export_log(mower, tmp_path / "log.xlsx")
    grid = read_grid(tmp_path / "log.xlsx", heading_score)
    profile = guess_log_profile(grid)
    before = dict(mower.records)
    with mower.transaction("Import hazard log") as tx:
        import_log(tx, grid, profile)
    assert dict(mower.records) == before
    place = grid.headings.index("HRI")
    marked = grid.rows[0].cells[place]
    assert marked.endswith(" (worst effect)")
    written = GridRow(
        2, (*grid.rows[0].cells[:place], marked.split(" ", maxsplit=1)[0], *grid.rows[0].cells[place + 1 :])
    )
    with mower.transaction("Import hazard log") as tx:
        hazard = import_log(tx, Grid("", grid.headings, 1, (written,), ()), profile).hazards[0]
    assert mower.find(Assessment.of(hazard, "initial").id, Assessment) is not None


def test_a_log_whose_rows_share_everything_is_as_quick_by_row_as_a_short_one():
    headings = ("ID", "Hazard description", "Trigger event", "Potential effects", "Recommended mitigations")
    profile = guess_log_profile(Grid("", headings, 1, (), ()))

    def calls(count):
        """Lines of the program run for each row while a log of so many comes in."""
        rows = tuple(
            GridRow(n, (f"H-{n}", f"Hazard number {n}", "Shared cause", "Shared effect", "Shared control"))
            for n in range(2, count + 2)
        )
        store = Store([Project(id="project")])
        seen = 0

        def count_line(*_):
            nonlocal seen
            seen += 1
            return count_line

        with store.transaction("Import") as tx:
            before = sys.gettrace()
            sys.settrace(count_line)
            try:
                import_log(tx, Grid("", headings, 1, rows, ()), profile)
            finally:
                sys.settrace(before)
        assert len(list(store.all(Hazard))) == count
        assert len(list(store.all(Cause))) == len(list(store.all(Control))) == 1
        return seen / count

    few = calls(50)
    assert calls(400) < 1.5 * few
