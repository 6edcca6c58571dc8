"""Exports that take long, from a window: made beside it, with progress and Cancel, the same files as headless."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.unit.export.every import project
from workbench.export.deck import export_deck
from workbench.export.graphs import export_graph
from workbench.export.log import export_log
from workbench.export.options import ExportOptions
from workbench.export.slides import export_slides
from workbench.export.steps import Doing
from workbench.files.project import save_project
from workbench.panels import beside as beside_module
from workbench.panels import progress
from workbench.panels.beside import beside
from workbench.panels.diagram_export import Chosen
from workbench.panels.progress import ProgressDialog, work_in_slices
from workbench.render.fonts import ThreadMeasure

LONG = [
    ("whole", "pptx"),
    ("every", "pptx"),
    ("route", "pptx"),
    ("route", "pdf"),
    ("whole", "drawio"),
    ("whole", "svg"),
]


@pytest.fixture
def driver(open_project, tmp_path):
    path = tmp_path / "project.hazard.json"
    save_project(project(), path)
    return open_project(path)


@pytest.fixture
def shown(monkeypatch):
    """Titles of the progress windows that were shown."""
    titles = []

    class Seen(ProgressDialog):
        def show(self):
            titles.append(self.windowTitle())
            super().show()

    monkeypatch.setattr(progress, "ProgressDialog", Seen)
    return titles


@pytest.fixture
def held(monkeypatch):
    """Lets nothing be measured beside the window before the result is not wanted any more; what waits so."""
    waiting: list[object] = []

    def width(self, *_args):
        waiting.append(self)
        assert self._unwanted.wait(60)
        raise beside_module._UnwantedError

    monkeypatch.setattr(beside_module._Measure, "width", width)
    monkeypatch.setattr(progress, "PATIENCE_MS", 0)
    return waiting


def cancel_when_shown(held):
    def look():
        dialog = next((top for top in QApplication.topLevelWidgets() if isinstance(top, ProgressDialog)), None)
        if dialog is None or not dialog.isVisible() or not held:
            QTimer.singleShot(5, look)
            return
        dialog.reject()

    QTimer.singleShot(0, look)


@pytest.mark.parametrize(("what", "ending"), LONG)
def test_cancel_leaves_the_old_file(driver, tmp_path, errors, held, shown, what, ending):
    out = tmp_path / f"out.{ending}"
    out.write_bytes(b"as it was")
    cancel_when_shown(held)
    driver.window.exporting.write(Chosen(what, out, ending, ExportOptions(), {}))
    assert errors == []
    assert (shown, driver.notices[-1:]) == (["Export"], [f"{out.name} was not exported."])
    assert out.read_bytes() == b"as it was"
    assert driver.notices[-1] == f"{out.name} was not exported."
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".tmp") == []


def test_cancel_among_many_files_says_that_not_all_are_there(driver, tmp_path, held, shown):
    cancel_when_shown(held)
    driver.window.exporting.write(Chosen("every", tmp_path, "dot", ExportOptions(), {}))
    assert shown == ["Export"]
    assert driver.notices[-1] == "Not every diagram was exported."
    assert list(tmp_path.glob("*.dot")) == []


@pytest.mark.parametrize(
    ("what", "ending", "headless"),
    [
        ("whole", "pptx", lambda store, out: export_slides(store, out, diagram="1")),
        ("every", "pptx", export_slides),
        ("route", "pptx", export_deck),
        ("route", "pdf", export_deck),
        ("whole", "drawio", export_graph),
        ("whole", "mmd", export_graph),
    ],
)
def test_the_file_is_that_of_the_command_line(driver, tmp_path, monkeypatch, shown, what, ending, headless):
    monkeypatch.setattr(progress, "PATIENCE_MS", 10**8)
    out, other = tmp_path / f"out.{ending}", tmp_path / f"other.{ending}"
    driver.window.exporting.write(Chosen(what, out, ending, ExportOptions(), {}))
    headless(driver.store, other)
    assert out.read_bytes() == other.read_bytes()
    assert shown == []  # it ended before anybody lost patience


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html"])
def test_the_log_is_written_beside_the_window(driver, tmp_path, monkeypatch, ending):
    out, other = tmp_path / f"log.{ending}", tmp_path / f"other.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: (str(out), ""))
    driver.run("log.export")
    export_log(driver.store, other)
    assert out.read_bytes() == other.read_bytes()


def test_what_goes_wrong_is_told_and_leaves_the_old_file(driver, tmp_path, errors):
    out = tmp_path / "out.pptx"
    out.write_bytes(b"as it was")
    driver.window.exporting.write(Chosen("whole", out, "pptx", ExportOptions(width=300), {}))
    assert "--width is for figures" in errors[-1]
    assert out.read_bytes() == b"as it was"


def test_the_window_says_what_is_made_now(qapp, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE_MS", 0)
    said: list[tuple[str, float]] = []

    def steps():
        yield Doing(0.25, "Slide 1 of 4: First")
        while not said:
            dialog = next((top for top in QApplication.topLevelWidgets() if isinstance(top, ProgressDialog)), None)
            if dialog is not None and dialog.doing.isVisible():
                said.append((dialog.doing.text(), dialog.bar.value() / dialog.bar.maximum()))
            yield 0.25

    work_in_slices(steps(), title="Work", text="Writing.", parent=None)
    assert said == [("Slide 1 of 4: First", 0.25)]


def test_what_runs_beside_measures_with_fonts_of_its_own_and_raises_here(qapp):
    def measured(measure):
        yield 0.0
        assert isinstance(measure, ThreadMeasure)
        return measure.width("Hazard", 12, 400)

    width, wanted = work_in_slices(beside(measured), title="Work", text="Measuring.", parent=None)
    assert width
    assert wanted

    def broken(_measure):
        yield 0.0
        raise ValueError("as it should")

    with pytest.raises(ValueError, match="as it should"):
        work_in_slices(beside(broken), title="Work", text="Failing.", parent=None)
