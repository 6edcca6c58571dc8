"""Diagrams for hazards that came with a log: one each, causes at the left, effects at the right."""

from collections.abc import Sequence
from typing import Final

from workbench.analysis.hazard_log import LogReader
from workbench.commands.create import new_diagram, place
from workbench.commands.names import name_of
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Hazard
from workbench.store.transaction import Transaction

MOST: Final = 40
"""Hazards that get a diagram each; nobody looks through more tabs than that."""
_ASIDE, _ROW = 420.0, 120.0


def draw_hazards(tx: Transaction, hazards: Sequence[str]) -> bool:
    """Give each hazard a diagram of its own; False, and none, where there are more than ``MOST``.

    Where nothing was drawn so far, the empty diagrams of the new project make room for them.
    """
    if len(hazards) > MOST:
        return False
    fresh = next(iter(tx.all(Placement)), None) is None
    empty = [sheet.id for sheet in tx.all(Diagram)] if fresh else []
    reader = LogReader(tx)
    for id in hazards:
        hazard = tx.expect(id, Hazard)
        row = reader.row(hazard)
        sheet = new_diagram(tx, name_of(hazard), "simple", id)
        place(tx, sheet, id, 0.0, 0.0)
        for column, x in (("trigger_event", -_ASIDE), ("effects", _ASIDE)):
            items = row.lists[column]
            for number, item in enumerate(items):
                place(tx, sheet, item.id, x, (number - (len(items) - 1) / 2) * _ROW)
    if hazards:
        for sheet in empty:
            tx.remove(sheet)
    return True
