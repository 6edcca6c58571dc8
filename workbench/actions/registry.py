"""Every action, in the order of the menus."""

from functools import lru_cache
from typing import Final

from workbench.actions.action import Action
from workbench.actions.menu_capability import capability_actions
from workbench.actions.menu_diagram import diagram_actions
from workbench.actions.menu_evidence import evidence_dock_actions
from workbench.actions.menu_evidence_edit import evidence_edit_actions
from workbench.actions.menu_file_edit import edit_actions, file_actions
from workbench.actions.menu_findings import finding_actions
from workbench.actions.menu_levels import level_actions
from workbench.actions.menu_log import log_actions
from workbench.actions.menu_meeting import meeting_actions
from workbench.actions.menu_odd import odd_actions
from workbench.actions.menu_other import other_actions
from workbench.actions.menu_present import present_actions
from workbench.actions.menu_risk import risk_actions
from workbench.actions.menu_route import route_actions
from workbench.actions.menu_view_insert import insert_actions, view_actions
from workbench.actions.workbench import Workbench

MENUS: Final = ("File", "Edit", "View", "Insert", "Diagram", "Evidence", "Review", "Present", "Tools", "Window", "Help")


@lru_cache(maxsize=1)
def actions() -> tuple[Action, ...]:
    """Every action of the program, in the order of the menus."""
    return (
        *file_actions(),
        *edit_actions(),
        *view_actions(),
        *level_actions(),
        *insert_actions(),
        *diagram_actions(),
        *other_actions(),
        *evidence_edit_actions(),
        *capability_actions(),
        *log_actions(),
        *odd_actions(),
        *risk_actions(),
        *evidence_dock_actions(),
        *finding_actions(),
        *meeting_actions(),
        *present_actions(),
        *route_actions(),
    )


def action(id: str) -> Action:
    """The action with this id.

    Raises:
        KeyError: there is none.
    """
    for candidate in actions():
        if candidate.id == id:
            return candidate
    raise KeyError(id)


def run(wb: Workbench, id: str) -> bool:
    """Do an action if it can be done now; False where it cannot."""
    chosen = action(id)
    if not chosen.enabled_when(wb):
        return False
    chosen.run(wb)
    return True
