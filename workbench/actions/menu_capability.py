"""Actions of the capability view: showing it, making grids, filling them, and writing their figure."""

from typing import Final

from workbench.actions.action import Action
from workbench.actions.state import writable
from workbench.actions.workbench import Workbench

_MENU: Final = ("Evidence", "Capability grid")


def any_grid(wb: Workbench) -> bool:
    """The project holds a capability grid."""
    return wb.session.store.count("capability_grid") > 0


def _can_change(wb: Workbench) -> bool:
    return any_grid(wb) and writable(wb)


def capability_actions() -> tuple[Action, ...]:
    """The capability view and what can be done in it."""
    return (
        Action("capability.view", "Capability grid", lambda wb: wb.capability.toggle(), ("View",), 5, "grid",
               ("Ctrl+Alt+G",), checked_when=lambda wb: wb.capability.shown,
               tip="What the model can do, beside what people achieve"),
        Action("capability.new", "New capability grid…", lambda wb: wb.capability.new(), _MENU, 1, "new",
               ("Ctrl+Alt+N",), writable),
        Action("capability.fill", "Fill from run…", lambda wb: wb.capability.fill(), _MENU, 2, "evidence",
               ("Ctrl+Alt+F",), _can_change, tip="Map the groups of a run to cells, or to points of the sweep"),
        Action("capability.point", "Add point to the sweep…", lambda wb: wb.capability.point(), _MENU, 2, "plus",
               (), _can_change, tip="A number of chained building blocks, typed in or filled later"),
        Action("capability.frame", "Rows and columns…", lambda wb: wb.capability.frame(), _MENU, 2, "columns",
               (), _can_change, tip="Attributes, coding practices and levels; title and model of the grid"),
        Action("capability.export", "Export capability figure…", lambda wb: wb.capability.export(), _MENU, 3,
               "export", ("Ctrl+Alt+E",), any_grid, tip="Heat map, sweep and legend as PNG, SVG or PDF"),
        Action("capability.delete", "Delete capability grid…", lambda wb: wb.capability.delete(), _MENU, 4, "delete",
               (), _can_change, tip="The runs behind it stay in the project"),
    )  # fmt: skip
