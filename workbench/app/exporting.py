"""The export dialog of one window, and pictures of the current diagram; what draws them is loaded when first used."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from workbench.app.asking import FileAsking
from workbench.app.ports import Frame, Host
from workbench.app.steps import write_in_steps
from workbench.model.drawing import Diagram
from workbench.render.characters import single_line
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.export.options import ExportOptions
    from workbench.export.steps import Steps
    from workbench.panels.diagram_export import Chosen

Rect = tuple[float, float, float, float]
_GRAPHS = ("drawio", "dot", "mmd")
_TOLD = 48
"""Letters of a name that a progress window has room for."""


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
        self.write(chosen)

    def write(self, chosen: "Chosen") -> None:
        """Write what was chosen, in steps with Cancel; the document is as it was when this began."""
        steps = self._steps(Store(self._frame.session.store.snapshot().values()), chosen)
        cancelled = "Not every diagram was exported." if chosen.into_folder else ""
        write_in_steps(self._frame, chosen.path, steps, cancelled=cancelled)

    def _steps(self, store: Store, chosen: "Chosen") -> "Steps[int]":
        """What writes it, and returns its bytes.

        Raises:
            ExportError: it could not be written; what lay there is as it was.
        """
        from workbench.export.deck import deck_steps
        from workbench.export.slides import slides_steps
        from workbench.panels.beside import beside

        options = chosen.options
        if chosen.into_folder:
            return self._every(store, chosen)
        diagram = None if chosen.what == "every" else self._frame.session.diagram
        if chosen.what == "route":
            return deck_steps(store, chosen.path, options=options, aside=beside)
        if chosen.format == "pptx":
            return slides_steps(store, chosen.path, diagram=diagram, options=options, aside=beside)
        return self._one(store, chosen, diagram, chosen.path)

    def _one(self, store: Store, chosen: "Chosen", diagram: str | None, path: Path) -> "Steps[int]":
        """One figure or graph; None: a PDF of every diagram."""
        from workbench.export.api import export_steps
        from workbench.export.graphs import graph_steps
        from workbench.panels.beside import beside

        if chosen.format in _GRAPHS:
            return (yield from graph_steps(store, path, diagram=diagram, options=chosen.options, aside=beside))
        steps = export_steps(store, path, diagram=diagram, options=chosen.options, aside=beside)
        return (yield from steps).size

    def _every(self, store: Store, chosen: "Chosen") -> "Steps[int]":
        """Every diagram in a file of its own."""
        from workbench.export.api import chosen_diagrams, files_in
        from workbench.export.steps import Doing, between

        diagrams = chosen_diagrams(store, None, every=True)
        paths = files_in(chosen.path, diagrams, chosen.format)
        size = 0
        for done, (diagram, path) in enumerate(zip(diagrams, paths, strict=True)):
            begin, end = done / len(diagrams), (done + 1) / len(diagrams)
            yield Doing(begin, f"Diagram {done + 1} of {len(diagrams)}: {single_line(path.name, _TOLD)}")
            size += yield from between(begin, end, self._one(store, chosen, diagram.id, path))
        return size

    def _preview(self, options: "ExportOptions") -> QImage:
        from workbench.export.api import render_image

        return render_image(self._frame.session.store, self._frame.session.diagram, options)
