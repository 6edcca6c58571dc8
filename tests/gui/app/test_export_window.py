import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from workbench.export.options import ExportOptions
from workbench.panels.diagram_export import Chosen, DiagramExportDialog
from workbench.panels.progress import ProgressDialog
from workbench.paths import sample


@pytest.fixture
def window(open_project):
    return open_project(sample("code-synthesis-llm.hazard.json"))


def answer(qtbot, **fields):
    """Fill the dialog in when it stands there, and accept it by its button."""

    def act() -> None:
        dialog = next(top for top in QApplication.topLevelWidgets() if isinstance(top, DiagramExportDialog))
        for name, value in fields.items():
            field = getattr(dialog, name)
            if hasattr(field, "findData"):
                field.setCurrentIndex(field.findData(value))
            else:
                field.setText(str(value))
        dialog._save.click()

    QTimer.singleShot(0, act)


@pytest.mark.parametrize(
    ("fields", "name", "head"),
    [
        ({"format": "pptx"}, "a.pptx", b"PK"),
        ({"what": "every", "format": "pdf"}, "a.pdf", b"%PDF"),
        ({"what": "route", "format": "pdf"}, "a.pdf", b"%PDF"),
        ({"format": "drawio"}, "a.drawio", b"<?xml"),
        ({"format": "mmd"}, "a.mmd", b"---"),
        ({"what": "selection", "format": "svg"}, "a.svg", b"<?xml"),
    ],
)
def test_the_dialog_writes_what_was_chosen(qtbot, window, tmp_path, fields, name, head):
    window.window.session.select([window.by_title("Static analysis gate in CI").id, "c_01_patterns", "t_vulnerable"])
    answer(qtbot, **fields, file=tmp_path / name)
    window.run("file.export")
    assert (tmp_path / name).read_bytes().startswith(head)


def test_a_selection_goes_alone(qtbot, window, tmp_path):
    window.window.session.select(["c_01_patterns", "t_vulnerable"])
    answer(qtbot, what="selection", format="mmd", file=tmp_path / "a.mmd")
    window.run("file.export")
    text = (tmp_path / "a.mmd").read_text()
    assert "C-1" in text
    assert "C-2" not in text
    assert "B-2" in text  # stands on the line between the two


def test_every_diagram_gets_a_file(qtbot, window, tmp_path):
    answer(qtbot, what="every", format="dot", file=tmp_path)
    window.run("file.export")
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.dot"))) == 9, timeout=20_000)


def test_a_poster_is_drawn_in_slices_and_can_be_cancelled(qtbot, window, tmp_path):
    out = tmp_path / "poster.pdf"
    out.write_bytes(b"as it was")
    shown = []

    def cancel(clock):
        found = [top for top in QApplication.topLevelWidgets() if isinstance(top, ProgressDialog)]
        if found:
            clock.stop()
            shown.append(found[0].windowTitle())
            found[0].reject()

    clock = QTimer()
    clock.timeout.connect(lambda: cancel(clock))
    options = ExportOptions("pdf", page="A4", tile=True, poster="A0")
    clock.start(0)
    window.window.exporting.write(Chosen("whole", out, "pdf", options, {}))
    assert shown == ["Export"]
    assert out.read_bytes() == b"as it was"
    window.window.exporting.write(Chosen("whole", out, "pdf", options, {}))
    assert out.read_bytes().startswith(b"%PDF")


def test_it_is_remembered_how_it_was_done_last(qtbot, window, tmp_path):
    answer(qtbot, format="svg", page="A3", file=tmp_path / "a.svg")
    window.run("file.export")
    seen = []

    def look() -> None:
        dialog = next(top for top in QApplication.topLevelWidgets() if isinstance(top, DiagramExportDialog))
        seen.append((dialog.format.currentData(), dialog.page.currentData()))
        dialog.reject()

    QTimer.singleShot(0, look)
    window.run("file.export")
    assert seen == [("svg", "A3")]
