"""The capability view of one window: it takes the place of the diagram while it is shown.

The view, its dialogs and what draws its figure are loaded when first asked for.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QImage
from typing_extensions import override

from workbench.app import place
from workbench.app.asking import FileAsking
from workbench.app.attaching import Attaching, now
from workbench.app.place import PlaceView
from workbench.app.ports import Frame
from workbench.app.steps import carry_out, write_out
from workbench.model.base import Record
from workbench.model.judgement import CapabilityCell, CapabilityGrid
from workbench.model.runs import Metric
from workbench.panels.messages import confirm
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from workbench.analysis.capability import Place
    from workbench.app.docks import Docks
    from workbench.commands.capability import Axis, Point
    from workbench.evidence.imported import ImportedRun
    from workbench.export.options import ExportOptions
    from workbench.panels.capability_panel import CapabilityPanel


class Parts(place.Parts, Protocol):
    """The window's own parts that the view works on."""

    docks: "Docks"


class Capability(PlaceView["CapabilityPanel"]):
    """What the ``CapabilityWork`` port of the actions is, for one window."""

    title = name = "Capability grid"
    picture = "grid"
    action = "capability.view"
    kind = "capability_grid"
    _parts: Parts

    def __init__(self, frame: Frame, parts: Parts, attaching: Attaching, asking: FileAsking) -> None:
        """Speak for one window."""
        super().__init__(frame, parts)
        self._attaching = attaching
        self._asking = asking

    @override
    def make_panel(self) -> "CapabilityPanel":
        from workbench.panels.capability_panel import CapabilityPanel

        panel = CapabilityPanel(self._frame.session)
        panel.run_asked.connect(self._show_run)
        return panel

    @override
    def holds(self, record: Record) -> bool:
        return isinstance(record, CapabilityCell)

    @override
    def reveal(self, record: Record) -> None:
        self.panel.show_cell(record.id)

    def _show_run(self, run: str) -> None:
        self._parts.docks.show("evidence")
        self._parts.docks.contents.evidence.show_run(run)

    # grids

    def new(self) -> None:
        """Ask for title and frame, and make a grid."""
        from workbench.commands.capability import new_grid
        from workbench.panels.capability_dialogs import NewGridDialog

        answer: tuple[str, str, bool] | None = NewGridDialog(self._frame.widget).show_modal()
        if answer is None:
            return
        title, model, empty = answer
        made: list[str] = []
        carry_out(
            self._frame, "New capability grid", lambda tx: made.append(new_grid(tx, title, empty=empty, model=model))
        )
        self.show()
        if made:
            self.panel.show_grid(made[0])

    def frame(self) -> None:
        """Ask for the rows and columns of the grid shown."""
        from workbench.commands.capability import set_names
        from workbench.commands.edit import set_field
        from workbench.panels.capability_dialogs import FrameDialog

        grid = self._grid()
        if grid is None:
            return
        dialog = FrameDialog(grid, self._frame.widget)
        answer: tuple[dict[str, str], dict[Axis, list[tuple[str, str]]]] | None = dialog.show_modal()
        if answer is None:
            return
        fields, names = answer

        def change(tx: Transaction) -> None:
            for name, value in fields.items():
                set_field(tx, grid.id, name, value)
            for axis, listed in names.items():
                set_names(tx, grid.id, axis, listed)

        carry_out(self._frame, "Change rows and columns", change)

    def point(self) -> None:
        """Ask where a new point of the sweep stands, and let it be typed in."""
        from workbench.panels.capability_dialogs import PointDialog

        if self._grid() is None:
            return
        self.show()
        answer: tuple[int, str] | None = PointDialog(self.panel.points(), self._frame.widget).show_modal()
        if answer is not None:
            self.panel.body.show_point(*answer)

    def delete(self) -> None:
        """Ask, and remove the grid shown."""
        from workbench.commands.capability import delete_grid

        grid = self._grid()
        if grid is None:
            return
        question = f"Delete “{grid.title[:80]}” with its cells and points? The runs stay. Undo brings it back."
        if confirm(self._frame.widget, "Delete capability grid", question, "Delete"):
            carry_out(self._frame, "Delete capability grid", lambda tx: delete_grid(tx, grid.id))

    def fill(self) -> None:
        """Ask which run fills which cells, and fill them in one step."""
        from workbench.commands.capability import fill_many
        from workbench.panels.capability_mapping import MappingRequest, RunMappingDialog

        grid = self._grid()
        if grid is None:
            return
        self.show()
        dialog = RunMappingDialog(self._frame.session.store, grid, self._read, self._frame.widget)
        request: MappingRequest | None = dialog.show_modal()
        if request is None:
            return
        records = self._records(request.imported) if request.imported is not None else []
        replaced: list[tuple[Place | Point, ...]] = []
        carry_out(
            self._frame,
            "Fill from run",
            lambda tx: replaced.append(fill_many(tx, grid.id, request.fills, records)),
        )
        if replaced:
            count, again = len(request.fills), len(replaced[0])
            told = f"Filled {count} {'place' if count == 1 else 'places'}"
            self._frame.session.notice.emit(f"{told}; {again} held another figure before" if again else told)

    def _read(self, paths: Sequence[Path]) -> "Sequence[ImportedRun]":
        chosen = list(paths) or self._attaching.ask_for_files("Read evaluation run")
        return self._attaching.read(chosen) if chosen else []

    def _records(self, imported: "ImportedRun") -> list[Record]:
        """The run with its figures over all of it; of its groups only those that stand in cells are kept."""
        from workbench.evidence.imported import placed_beside, records_for

        path = self._frame.session.path
        placed = placed_beside(imported, path.parent) if path is not None and imported.run.source.path else imported
        records = records_for(placed, imported_at=now())
        return [record for record in records if not (isinstance(record, Metric) and record.strata)]

    def export(self) -> None:
        """Ask how and where to, and write the figure of the grid shown."""
        from workbench.export.capability import capability_image, export_capability
        from workbench.export.names import safe_name
        from workbench.panels.export_dialog import ExportDialog

        grid = self._grid()
        if grid is None:
            return
        store = self._frame.session.store
        title = grid.title or "Capability grid"

        def preview(options: "ExportOptions") -> QImage:
            return capability_image(store, grid.id, options)

        suggested = self._asking.folder("figure") / f"{safe_name(title)}.png"
        asked = ExportDialog.ask(suggested, preview, self._frame.widget, title)
        if asked is not None:
            path, options = asked
            self._asking.remember("figure", path)
            write_out(self._frame, path, lambda: export_capability(store, path, grid=grid.id, options=options))

    def _grid(self) -> CapabilityGrid | None:
        """The grid shown, else the first."""
        return self._frame.session.store.find(self.panel.grid, CapabilityGrid)
