"""The mapping of a log made by hand: its sheet, the row of its headings, and a profile for the command line."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog

from tests.support import there
from workbench.analysis.hazard_log import log_rows
from workbench.cli.import_log import project_of_log
from workbench.files.log_mapping import heading_score
from workbench.files.log_reading import read_grid
from workbench.panels.log_mapping_dialog import LogMappingDialog
from workbench.panels.remarks_dialog import RemarksDialog

pytest.importorskip("openpyxl")


@pytest.fixture
def dialog(qtbot, look, root):
    path = root / "tests" / "data" / "log-libreoffice.xlsx"
    made = LogMappingDialog(path, read_grid(path, heading_score))
    qtbot.addWidget(made)
    return made


def test_another_sheet_and_another_row_are_read_again(dialog):
    assert dialog.sheet.currentText() == "Hazards 2026"
    assert dialog.row.value() == 4
    assert dialog.choices["hri_post"].currentText() == "Risk after"
    assert "Risk after: the error #N/A" in dialog.preview.toPlainText()
    dialog.row.setValue(3)
    assert dialog.choices["hri"].currentText() == "Risk"
    assert dialog.choices["hri_post"].currentText() == "Not in this log"
    dialog.sheet.setCurrentText("Read me")
    dialog.sheet.activated.emit(0)
    assert dialog.grid.sheet == "Read me"
    assert not dialog.ok.isEnabled()
    dialog.row.setValue(9)
    assert "has no row 9" in dialog._head.text()
    dialog.sheet.setCurrentText("Hazards 2026")
    dialog.sheet.activated.emit(1)
    assert dialog.row.value() == 4
    assert dialog.ok.isEnabled()


def test_a_saved_mapping_does_for_the_command_line(dialog, root, tmp_path, monkeypatch):
    out = tmp_path / "mapping.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: (str(out), ""))
    box = dialog.choices["owner"]
    box.setCurrentIndex(box.findData("Measures"))
    box.activated.emit(box.currentIndex())
    box = dialog.choices["mitigations"]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    dialog.separator.setCurrentIndex(dialog.separator.findData(";"))
    dialog._save()
    store, _ = project_of_log(root / "tests" / "data" / "log-libreoffice.xlsx", out)
    first = there(log_rows(store)[0])
    assert first.owner == "Lift sensor\nTwo-hand switch"
    assert [item.title for item in first.lists["effects"]] == ["Cut hand", "lost finger"]
    assert first.lists["mitigations"] == ()


def test_entries_stand_a_line_each_and_columns_left_out_are_named(qtbot, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("ID,Hazard,Causes,Weather\nH-1,Leak,Valve leaks | Hose bursts,dry\n", encoding="utf-8")
    made = LogMappingDialog(path, read_grid(path, heading_score))
    qtbot.addWidget(made)
    shown = made.preview.toPlainText().splitlines()
    assert "        1. Valve leaks" in shown
    assert "        2. Hose bursts" in shown
    assert "no column of the log was known for 'Weather'; left out" in shown[0]
    box = made.choices["owner"]
    box.setCurrentIndex(box.findData("Weather"))
    box.activated.emit(box.currentIndex())
    assert "left out" not in made.preview.toPlainText()


def test_whoever_has_to_choose_sees_the_rows_as_they_stand(qtbot, look, tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes("Kennung;Gefährdung;Maßnahmen\nG-1;Überdruck;Ventil\n".encode("cp1252"))
    made = LogMappingDialog(path, read_grid(path, heading_score))
    qtbot.addWidget(made)
    assert not made.ok.isEnabled()
    assert "Row 2, as it stands\n    Kennung: G-1\n    Gefährdung: Überdruck" in made.preview.toPlainText()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.choices["id"].hasFocus)
    box = made.choices["id"]
    box.setCurrentIndex(box.findData("Kennung"))
    box.activated.emit(box.currentIndex())
    assert "as it stands" not in made.preview.toPlainText()
    assert "    ID: G-1" in made.preview.toPlainText()


def test_on_a_small_screen_the_buttons_are_seen(dialog):
    dialog.refresh()
    dialog.fit(QSize(752, 432))
    dialog.show()
    assert dialog.height() <= 432
    assert dialog.width() <= 752
    assert dialog.rect().contains(dialog.ok.mapTo(dialog, dialog.ok.rect().bottomRight()))


def test_every_remark_can_be_read_on_any_screen(qtbot, look):
    lines = [f"row {number}, Risk: '{number}' is no rating of the project's risk scheme" for number in range(400)]
    made = RemarksDialog("Imported, with remarks", "5 new hazards.", lines)
    qtbot.addWidget(made)
    assert made.list.toPlainText().count("\n") == 399
    assert made.list.toPlainText().startswith("Row 0, Risk:")
    assert made.height() <= 420
