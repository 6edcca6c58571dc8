"""The export dialog of one window, and pictures of the current diagram; what draws them is loaded when first used."""

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from workbench.app.asking import FileAsking
from workbench.app.ports import Frame, Host
from workbench.app.steps import write_out
from workbench.model.drawing import Diagram
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.export.options import ExportOptions
    from workbench.panels.diagram_export import Chosen

Rect = tuple[float, float, float, float]
_FIGURES = ("png", "svg", "pdf")
_GRAPHS = ("drawio", "dot", "mmd")


class Exporting:
    """Draws the current diagram for files and for the clipboard.

    Attributes:
        seen: gives the part of the scene that is on the screen (left, top, right, bottom); None: all of it is.
    """

    def __init__(self, host: Host, frame: Frame, asking: FileAsking, seen: Callable[[], Rect | None]) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame
        self._asking = asking
        self.seen = seen

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
        """Ask what, how and where to, and write it."""
        from workbench.analysis.stops import stops_in_order
        from workbench.export.names import safe_name
        from workbench.panels.diagram_export import DiagramExportDialog
        from workbench.panels.export_presets import Presets

        session, widget = self._frame.session, self._frame.widget
        sheet = session.store.find(session.diagram, Diagram)
        if sheet is None:
            return
        title = sheet.title or "diagram"
        presets = Presets(self._host.settings.exports)
        chosen = DiagramExportDialog.choose(
            lambda: DiagramExportDialog(
                self._asking.folder("figure") / f"{safe_name(title)}.png",
                self._preview,
                presets,
                widget,
                title,
                selected=session.selection,
                seen=self.seen(),
                stops=len(stops_in_order(session.store)),
            )
        )
        if chosen is not None:
            presets.last = chosen.preset
        if presets.stored() != self._host.settings.exports:
            self._host.change_settings(replace(self._host.settings, exports=presets.stored()))
        if chosen is None:
            return
        self._asking.remember("figure", chosen.path / "x" if chosen.into_folder else chosen.path)
        if chosen.into_folder:
            self._write_all(chosen)
        elif chosen.format in _FIGURES and chosen.what != "route":
            self._write_figure(chosen)
        else:
            write_out(self._frame, chosen.path, lambda: self._write(chosen))

    def _write(self, chosen: "Chosen") -> int:
        """Write one file; its bytes.

        Raises:
            ExportError: it could not be written; what lay there is as it was.
        """
        from workbench.export.deck import export_deck
        from workbench.export.graphs import export_graph
        from workbench.export.slides import export_slides

        store, diagram = self._frame.session.store, self._frame.session.diagram
        every = chosen.what == "every"
        if chosen.what == "route":
            return export_deck(store, chosen.path, options=chosen.options)
        if chosen.format == "pptx":
            return export_slides(store, chosen.path, diagram=None if every else diagram, options=chosen.options)
        return export_graph(store, chosen.path, diagram=diagram, options=chosen.options)

    def _write_figure(self, chosen: "Chosen") -> None:
        """Write one figure, or every diagram as a page, in slices with Cancel."""
        from workbench.export.api import export_steps
        from workbench.export.errors import ExportError
        from workbench.panels.messages import show_error
        from workbench.panels.progress import work_in_slices

        session, widget = self._frame.session, self._frame.widget
        store = Store(session.store.snapshot().values())
        diagram = None if chosen.what == "every" else session.diagram
        try:
            steps = export_steps(store, chosen.path, diagram=diagram, options=chosen.options)
            told = f"Drawing {chosen.path.name}."
            written, wanted = work_in_slices(steps, title="Export", text=told, parent=widget)
        except ExportError as problem:
            show_error(widget, "Not exported", str(problem))
            return
        if not wanted or written is None:
            session.notice.emit(f"{chosen.path.name} was not exported.")
            return
        session.notice.emit(f"Exported {chosen.path.name} ({written.size / 1024:,.0f} KiB)")

    def _write_all(self, chosen: "Chosen") -> None:
        """Write every diagram into a file of its own, in slices with Cancel."""
        from workbench.export.errors import ExportError
        from workbench.panels.messages import show_error
        from workbench.panels.progress import work_in_slices

        session, widget = self._frame.session, self._frame.widget
        try:
            steps = self._steps(chosen)
            told = f"Drawing every diagram into {chosen.path}."
            written, wanted = work_in_slices(steps, title="Export every diagram", text=told, parent=widget)
        except ExportError as problem:
            show_error(widget, "Not exported", str(problem))
            return
        if not wanted or written is None:
            session.notice.emit("Not every diagram was exported.")
            return
        files = "1 file" if written == 1 else f"{written} files"
        session.notice.emit(f"Exported {files} into {chosen.path.name}")

    def _steps(self, chosen: "Chosen") -> Generator[float, None, int]:
        from workbench.export.api import chosen_diagrams, export_file, files_in
        from workbench.export.graphs import export_graph

        store = self._frame.session.store
        diagrams = chosen_diagrams(store, None, every=True)
        paths = files_in(chosen.path, diagrams, chosen.format)
        for done, (diagram, path) in enumerate(zip(diagrams, paths, strict=True), start=1):
            if chosen.format in _GRAPHS:
                export_graph(store, path, diagram=diagram.id, options=chosen.options)
            else:
                export_file(store, path, diagram=diagram.id, options=chosen.options)
            yield done / len(diagrams)
        return len(paths)

    def _preview(self, options: "ExportOptions") -> QImage:
        from workbench.export.api import render_image

        return render_image(self._frame.session.store, self._frame.session.diagram, options)
