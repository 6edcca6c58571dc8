"""The export dialog of one window, and pictures of the current diagram; what draws them is loaded when first used."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from workbench.app.ports import Frame, Host
from workbench.model.drawing import Diagram
from workbench.panels.messages import show_error

if TYPE_CHECKING:
    from workbench.export.options import ExportOptions


class Exporting:
    """Draws the current diagram for files and for the clipboard."""

    def __init__(self, host: Host, frame: Frame) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame

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
        from workbench.export.errors import ExportError
        from workbench.export.names import safe_name
        from workbench.panels.export_dialog import ExportDialog

        session, widget = self._frame.session, self._frame.widget
        sheet = session.store.find(session.diagram, Diagram)
        if sheet is None:
            return
        title = sheet.title or "diagram"
        folder = session.path.parent if session.path is not None else Path.home()
        asked = ExportDialog.ask(folder / f"{safe_name(title)}.png", self._preview, widget, title)
        if asked is None:
            return
        path, options = asked
        try:
            done = export_file(session.store, path, diagram=session.diagram, options=options)
        except ExportError as problem:
            show_error(widget, "Not exported", str(problem))
            return
        session.notice.emit(f"Exported {done.path.name} ({done.size / 1024:,.0f} KiB)")

    def _preview(self, options: "ExportOptions") -> QImage:
        from workbench.export.api import render_image

        return render_image(self._frame.session.store, self._frame.session.diagram, options)
