"""The capability view of one window: it takes the place of the diagram while it is shown.

The view, its dialogs and what draws its figure are loaded when first asked for.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from workbench.app.attaching import Attaching, now
from workbench.app.ports import Frame, Host
from workbench.commands.errors import CommandError
from workbench.model.base import Record
from workbench.model.judgement import CapabilityCell, CapabilityGrid
from workbench.model.runs import Metric
from workbench.panels.icons import icon
from workbench.panels.messages import confirm, show_error
from workbench.store.diff import Change
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from workbench.analysis.capability import Place
    from workbench.app.docks import Docks
    from workbench.app.tabs import DiagramTabs
    from workbench.canvas.view import DiagramView
    from workbench.commands.capability import Axis, Point
    from workbench.evidence.imported import ImportedRun
    from workbench.export.options import ExportOptions
    from workbench.panels.capability_panel import CapabilityPanel


class Parts(Protocol):
    """The window's own parts that the view works on."""

    docks: "Docks"

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""


class Capability:
    """What the ``CapabilityWork`` port of the actions is, for one window.

    Attributes:
        make_room: called before the view is shown, so that another one leaves the place.
    """

    def __init__(self, host: Host, frame: Frame, parts: Parts, attaching: Attaching) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame
        self._parts = parts
        self._attaching = attaching
        self._panel: CapabilityPanel | None = None
        self.make_room: Callable[[], None] = lambda: None

    def settle_in(self, column: QVBoxLayout, view: "DiagramView", tabs: "DiagramTabs") -> None:
        """Learn the place of the diagram, and put a tab of the view beside those of the diagrams."""
        self._column, self._view = column, view
        self._tab = QToolButton(tabs)
        self._tab.setText("Capability grid")
        self._tab.setIcon(icon("grid"))
        self._tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._tab.setCheckable(True)
        self._tab.setAccessibleName("Capability grid")
        self._tab.clicked.connect(lambda _on=False: self._parts.run_action("capability.view"))
        layout = tabs.layout()
        assert layout is not None
        layout.addWidget(self._tab)
        tabs.bar.tabBarClicked.connect(lambda _index: self.hide())
        session = self._frame.session
        session.store.changed.connect(self._on_change)
        session.diagram_changed.connect(self._on_diagram)
        session.reveal.connect(self._on_reveal)
        self._tab.setVisible(bool(session.store.count("capability_grid")))

    def close_down(self) -> None:
        """Stop following the document."""
        session = self._frame.session
        session.store.changed.disconnect(self._on_change, missing_ok=True)
        session.diagram_changed.disconnect(self._on_diagram, missing_ok=True)
        session.reveal.disconnect(self._on_reveal, missing_ok=True)

    # showing

    @property
    def shown(self) -> bool:
        """Whether the view stands in the place of the diagram."""
        return self._panel is not None and not self._panel.isHidden()

    @property
    def main_part(self) -> QWidget:
        """What stands in the middle of the window now."""
        return self._panel if self._panel is not None and self.shown else self._view

    @property
    def panel(self) -> "CapabilityPanel":
        """The view; made when first asked for."""
        if self._panel is None:
            from workbench.panels.capability_panel import CapabilityPanel

            panel = self._panel = CapabilityPanel(self._frame.session)
            panel.hide()
            panel.closed.connect(self.hide)
            panel.do.connect(self._parts.run_action)
            panel.reveal_asked.connect(self._reveal_element)
            panel.run_asked.connect(self._show_run)
            self._column.addWidget(panel, 1)
        return self._panel

    def toggle(self) -> None:
        """Show the view, or the diagram again."""
        if self.shown:
            self.hide()
        else:
            self.show()

    def show(self) -> None:
        """Show the view in the place of the diagram."""
        panel = self.panel
        if not self.shown:
            self._frame.commit_edits()
            self.make_room()
            self._view.hide()
            panel.show()
            self._tab.setChecked(True)
            self._tab.show()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide(self) -> None:
        """Show the diagram again."""
        self._tab.setChecked(False)
        self._tab.setVisible(bool(self._frame.session.store.count("capability_grid")))
        if self._panel is None or not self.shown:
            return
        had_focus = self._panel.isAncestorOf(self._frame.widget.focusWidget() or self._view) or self._panel.hasFocus()
        self._panel.hide()
        self._view.show()
        if had_focus:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_change(self, change: Change) -> None:
        if any(isinstance(after or before, CapabilityGrid) for _, before, after in change.diff.before_and_after()):
            self._tab.setVisible(self.shown or bool(self._frame.session.store.count("capability_grid")))

    def _on_diagram(self, _: object) -> None:
        self.hide()

    def _on_reveal(self, ids: tuple[str, ...]) -> None:
        """A cell is shown in its grid; anything else is on a diagram."""
        cell = self._frame.session.store.find(ids[0], CapabilityCell) if ids else None
        if cell is None:
            self.hide()
            return
        self.show()
        self.panel.show_cell(cell.id)

    def _reveal_element(self, id: str) -> None:
        self.hide()
        self._frame.session.select([id])
        self._frame.session.reveal.emit((id,))

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
        self._do("New capability grid", lambda tx: made.append(new_grid(tx, title, empty=empty, model=model)))
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

        self._do("Change rows and columns", change)

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
            self._do("Delete capability grid", lambda tx: delete_grid(tx, grid.id))

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
        self._do(
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
        from workbench.export.errors import ExportError
        from workbench.export.names import safe_name
        from workbench.panels.export_dialog import ExportDialog

        grid = self._grid()
        if grid is None:
            return
        session, widget = self._frame.session, self._frame.widget
        title = grid.title or "Capability grid"

        def preview(options: "ExportOptions") -> QImage:
            return capability_image(session.store, grid.id, options)

        folder = session.path.parent if session.path is not None else Path.home()
        asked = ExportDialog.ask(folder / f"{safe_name(title)}.png", preview, widget, title)
        if asked is None:
            return
        path, options = asked
        try:
            size = export_capability(session.store, path, grid=grid.id, options=options)
        except ExportError as problem:
            show_error(widget, "Not exported", str(problem))
            return
        session.notice.emit(f"Exported {path.name} ({size / 1024:,.0f} KiB)")

    # helpers

    def _grid(self) -> CapabilityGrid | None:
        """The grid shown, else the first."""
        return self._frame.session.store.find(self.panel.grid, CapabilityGrid)

    def _do(self, label: str, command: Callable[[Transaction], object]) -> None:
        try:
            with self._frame.session.store.transaction(label) as tx:
                command(tx)
        except (CommandError, ReadOnlyError) as problem:
            show_error(self._frame.widget, label, str(problem))
