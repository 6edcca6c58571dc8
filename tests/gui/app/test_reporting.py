"""Exporting the report from a window: in slices, with progress and Cancel, from the document as it was."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from tests.unit.export.reports import made
from workbench.app import steps
from workbench.export import report as report_module
from workbench.export.errors import ExportError
from workbench.panels import progress
from workbench.panels.progress import ProgressDialog, work_in_slices


@pytest.fixture
def driver(open_project):
    return open_project(template="bow-tie")


def choosing(monkeypatch, path):
    asked = []

    def answer(*args, **_kw):
        asked.append(args)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_the_menu_writes_the_same_report_as_the_command_line(driver, tmp_path, monkeypatch, ending):
    path = tmp_path / f"out.{ending}"
    asked = choosing(monkeypatch, path)
    driver.run("file.export_report")
    assert path.read_bytes() == made(driver.store, ending)
    assert asked[0][2].endswith("report.pdf")
    assert driver.notices[-1].startswith(f"Exported {path.name} (")


def test_nothing_is_written_where_no_file_was_chosen_or_the_ending_does_not_do(driver, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(steps, "show_error", lambda _widget, title, text: said.append((title, text)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: ("", ""))
    driver.run("file.export_report")
    assert said == []
    choosing(monkeypatch, tmp_path / "out.txt")
    driver.run("file.export_report")
    assert said[0][0] == "Not exported"
    assert "docx, html, pdf" in said[0][1]
    assert list(tmp_path.glob("out.*")) == []


def test_cancel_stops_it_and_leaves_the_file_as_it_was(driver, tmp_path, monkeypatch):
    path = tmp_path / "out.pdf"
    path.write_bytes(b"as it was")
    choosing(monkeypatch, path)
    monkeypatch.setattr(progress, "PATIENCE_MS", 0)
    closed = []

    def endless(*_args, **_kw):
        try:
            while True:
                yield 0.5
        finally:
            closed.append(True)

    monkeypatch.setattr(report_module, "report_steps", endless)
    shares = []

    def cancel():
        dialog = next((w for w in QApplication.topLevelWidgets() if isinstance(w, ProgressDialog)), None)
        if dialog is None or not dialog.isVisible() or dialog.bar.value() <= 0:
            QTimer.singleShot(10, cancel)
            return
        shares.append(dialog.bar.value() / dialog.bar.maximum())
        (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Cancel"]
        button.click()

    QTimer.singleShot(0, cancel)
    driver.run("file.export_report")
    assert shares == [0.5]
    assert closed == [True]
    assert path.read_bytes() == b"as it was"
    assert driver.notices[-1] == "out.pdf was not exported."


def test_an_edit_meanwhile_is_not_in_it(driver, tmp_path, monkeypatch):
    path = tmp_path / "out.html"
    choosing(monkeypatch, path)
    before = made(driver.store, "html")
    whole = report_module.report_steps

    def edited(*args, **kwargs):
        inner = whole(*args, **kwargs)
        yield next(inner)
        with driver.store.transaction("Rename") as tx:
            tx.patch("project", title="Changed meanwhile")
        return (yield from inner)

    monkeypatch.setattr(report_module, "report_steps", edited)
    driver.run("file.export_report")
    assert path.read_bytes() == before
    assert driver.store.get("project").title == "Changed meanwhile"


def test_work_in_slices_gives_result_error_and_stays_alive(qapp):
    ticks = []

    def counting():
        for share in range(40):
            yield share / 40
        return "done"

    clock = QTimer()
    clock.timeout.connect(lambda: ticks.append(1))
    clock.start(0)
    assert work_in_slices(counting(), title="Work", text="Counting", parent=None) == ("done", True)

    def broken():
        yield 0.1
        raise ExportError("no room")

    with pytest.raises(ExportError, match="no room"):
        work_in_slices(broken(), title="Work", text="Failing", parent=None)
    clock.stop()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, ProgressDialog) and w.isVisible()]
