import io

import pypdfium2  # type: ignore[import-untyped] # it brings none
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from workbench.app.printing import Printing
from workbench.paths import sample


@pytest.fixture
def window(open_project):
    return open_project(sample("autonomous-mower.hazard.json"))


def test_the_diagram_is_printed_as_lines_and_letters_on_the_paper_chosen(window, tmp_path, errors):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A3), QPageLayout.Orientation.Landscape, QMarginsF(10, 10, 10, 10)
    )
    printer.setPageLayout(layout)
    assert Printing(window.window).print(printer)
    assert errors == []
    (page,) = pypdfium2.PdfDocument(io.BytesIO((tmp_path / "out.pdf").read_bytes()))
    assert page.get_size() == pytest.approx((1191, 842), abs=2)
    diagram = window.store.get(window.window.session.diagram)
    assert diagram.title in page.get_textpage().get_text_range()


@pytest.mark.qt_log_ignore(".*")
def test_a_printer_that_does_not_take_it_is_told(window, tmp_path, errors):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "none" / "out.pdf"))
    assert not Printing(window.window).print(printer)
    assert "did not take the page" in errors[0]


def test_cancel_prints_nothing(window, monkeypatch):
    monkeypatch.setattr(Printing, "print", lambda *_: pytest.fail("printed"))
    window.run("file.print")
