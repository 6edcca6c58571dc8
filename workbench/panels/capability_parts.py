"""The cells of capability grids that inform an element, as a list for the inspector."""

from functools import partial
from typing import Any, Final

from typing_extensions import override

from workbench.analysis.capability import grid_view, informing
from workbench.analysis.capability_cell import CellView
from workbench.analysis.capability_words import gap_text, rate_text, spoken
from workbench.analysis.words import name_of
from workbench.model.base import Record
from workbench.model.judgement import CapabilityGrid
from workbench.panels.common import Label
from workbench.panels.inspector_parts import Part
from workbench.panels.row_button import RowButton
from workbench.panels.signs import badge_icon
from workbench.panels.style import current_theme, ui_font
from workbench.render.characters import brief


class Informing(Part):
    """Each cell with its figure and verdict; pressing one shows it in its grid. Nothing at all where there is none."""

    @override
    def content(self, record: Record) -> list[Any]:
        rows = []
        for cell in informing(self.store, record.id):
            grid = self.store.find(cell.grid, CapabilityGrid)
            if grid is None:
                continue
            shown = grid_view(self.store, grid).cells.get((cell.attribute, cell.level, cell.aspect))
            if shown is not None:
                rows.append((cell.id, shown))
        return sorted(rows, key=lambda row: (row[1].row, row[1].column, row[0]))

    @override
    def fill(self, content: list[Any]) -> None:
        if content:
            head = Label("Capability")
            head.setFont(ui_font(strong=True))
            self._layout.addWidget(head)
        for id, cell in content:
            self._layout.addWidget(self._row(id, cell))

    def _row(self, id: str, cell: CellView) -> Any:
        figure = rate_text(cell.value) if cell.value is not None else cell.blank_reason.lower()
        gap = f", gap {gap_text(cell.gap)}" if cell.gap is not None else ""
        tip = spoken(cell, partial(name_of, self.store))
        row = RowButton(f"{cell.row}: {figure}{gap}", partial(self.session.reveal.emit, (id,)), tip=tip)
        row.setIcon(badge_icon("stale" if cell.stale else cell.verdict or "none", current_theme()))
        row.setAccessibleDescription(brief(tip))
        return row


CAPABILITY_PARTS: Final[dict[str, type[Part]]] = {"capability": Informing}
"""The lists about capability grids, by the ``extra`` of a form's section."""
