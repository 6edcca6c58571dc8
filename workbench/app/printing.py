"""Printing the current diagram: asked for in the system's own dialog, fitted onto its paper, all lines and letters."""

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from workbench.app.ports import Frame
from workbench.export.api import chosen_diagrams, sheets_of
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.paper import Paper, fitted
from workbench.panels.messages import show_error
from workbench.render.paint import paint_once

_UNITS = 96
_MARGIN_MM = 10.0


class Printing:
    """Prints the diagram of one window."""

    def __init__(self, frame: Frame) -> None:
        """Speak for one window."""
        self._frame = frame

    def ask(self) -> None:
        """Ask for a printer and its paper, and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._frame.document_name())
        layout = printer.pageLayout()
        layout.setUnits(QPageLayout.Unit.Millimeter)
        layout.setMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM))
        layout.setOrientation(QPageLayout.Orientation.Landscape)
        printer.setPageLayout(layout)
        dialog = QPrintDialog(printer, self._frame.widget)
        dialog.setWindowTitle("Print diagram")
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print(printer)
        dialog.deleteLater()

    def print(self, printer: QPrinter) -> bool:
        """Print the current diagram with its title block; whether it was done. A refusal has been told."""
        session = self._frame.session
        try:
            (diagram,) = chosen_diagrams(session.store, session.diagram, every=False)
            (sheet,) = sheets_of(session.store, [diagram], ExportOptions())
        except ExportError as problem:
            show_error(self._frame.widget, "Not printed", str(problem))
            return False
        dots = printer.resolution() / _UNITS
        room = printer.pageRect(QPrinter.Unit.DevicePixel)
        leaf = fitted(sheet, Paper(room.width() / dots, room.height() / dots, 0.0))
        painter = QPainter()
        if not painter.begin(printer):
            told = "The printer did not take the page; see whether it is there and ready, or print to a file."
            show_error(self._frame.widget, "Not printed", told)
            return False
        painter.scale(dots, dots)
        painter.translate(leaf.x, leaf.y)
        painter.scale(leaf.scale, leaf.scale)
        paint_once(painter, sheet.ops)
        painter.end()
        session.notice.emit("The diagram went to the printer.")
        return True
