"""The export dialog of one window, and pictures of the current diagram; what draws them is loaded when first used."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from workbench.app.asking import FileAsking
from workbench.app.ports import Frame
from workbench.app.steps import write_out
from workbench.model.drawing import Diagram

if TYPE_CHECKING:
    from workbench.export.options import ExportOptions


class Exporting:
    """Draws the current diagram for files and for the clipboard."""

    def __init__(self, frame: Frame, asking: FileAsking) -> None:
        """Speak for one window."""
        self._frame = frame
        self._asking = asking

    def image(self) -> QImage:
        """The current diagram as a bitmap, without title and legend."""
        from workbench.export.api import render_image
        from workbench.export.options import ExportOptions

        options = ExportOptions(format="png", furniture=False)
        return render_image(self._frame.session.store, self._frame.session.diagram, options)

    def svg(self) -> bytes:
        """The current diagram as SVG, without title and legend."""
        from workbench.export.api import render_bytes
        from workbench.export.options import ExportOptions

        options = ExportOptions(format="svg", furniture=False)
        return render_bytes(self._frame.session.store, self._frame.session.diagram, options)

    def show_dialog(self) -> None:
        """Ask how and where to, and write the file."""
        from workbench.export.api import export_file
        from workbench.export.names import safe_name
        from workbench.panels.export_dialog import ExportDialog

        session, widget = self._frame.session, self._frame.widget
        sheet = session.store.find(session.diagram, Diagram)
        if sheet is None:
            return
        title = sheet.title or "diagram"
        asked = ExportDialog.ask(
            self._asking.folder("figure") / f"{safe_name(title)}.png", self._preview, widget, title
        )
        if asked is None:
            return
        path, options = asked
        self._asking.remember("figure", path)
        write_out(
            self._frame,
            path,
            lambda: export_file(session.store, path, diagram=session.diagram, options=options).size,
        )

    def _preview(self, options: "ExportOptions") -> QImage:
        from workbench.export.api import render_image

        return render_image(self._frame.session.store, self._frame.session.diagram, options)
