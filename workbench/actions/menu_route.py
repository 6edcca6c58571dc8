"""The part of the present menu that makes and changes the stops of the route."""

from typing import Final

from workbench.actions import state
from workbench.actions.action import Action, Ask, Run
from workbench.actions.route_port import MadeOf
from workbench.actions.workbench import Workbench

_MENU: Final = ("Present", "Route")
_MAKE: Final = ("Present", "Make stops from")
_ROW: Final = frozenset({"stop"})
_MADE: Final = frozenset({"make stops"})


def _one(wb: Workbench) -> bool:
    return wb.stops_chosen == 1


def _update(wb: Workbench) -> bool:
    return _one(wb) and state.editable(wb)


def _some(wb: Workbench) -> bool:
    return wb.stops_chosen > 0 and state.writable(wb)


def _revised(wb: Workbench) -> bool:
    return state.writable(wb) and wb.session.path is not None


def _of(of: MadeOf) -> Run:
    return lambda wb: wb.route.make(of)


def _there(kind: str) -> Ask:
    return lambda wb: state.writable(wb) and wb.session.store.count(kind) > 0


def route_actions() -> tuple[Action, ...]:
    """The route: its stops by hand, and stops made of what the project holds."""
    return (
        Action("route.add", "Add stop of this view", lambda wb: wb.route.add(), _MENU, 1, "plus", ("Ctrl+Shift+F5",),
               state.editable, contexts=frozenset({"canvas", "stop"}),
               tip="Diagram, part that is seen, level and selection become a stop of the route"),
        Action("route.go", "Go to the stop", lambda wb: wb.route.go(), _MENU, 1, "eye", (), _one, contexts=_ROW,
               tip="Show it on the canvas, without presenting"),
        Action("route.update", "Update stop from this view", lambda wb: wb.route.update(), _MENU, 1, "", (), _update,
               contexts=_ROW, tip="It shows what is seen now; title, notes and place in the route stay"),
        Action("route.duplicate", "Duplicate stops", lambda wb: wb.route.duplicate(), _MENU, 2, "duplicate", (), _some,
               contexts=_ROW),
        Action("route.remove", "Delete stops", lambda wb: wb.route.remove(), _MENU, 2, "delete", (), _some,
               contexts=_ROW, tip="What they show stays"),
        Action("route.of_hazards", "Each hazard", _of("hazards"), _MAKE, 1, "hazard", (), _there("hazard"),
               contexts=_MADE, tip="The part of its diagram that belongs to it; of those selected, where any are"),
        Action("route.of_pathways", "Each pathway of this diagram", _of("pathways"), _MAKE, 1, "", (), state.editable,
               contexts=_MADE, tip="Cause, top event and consequence lit, the rest dimmed"),
        Action("route.of_findings", "Each finding", _of("findings"), _MAKE, 1, "findings", (),
               lambda wb: state.writable(wb) and wb.findings.count > 0, contexts=_MADE,
               tip="What it is about lit, the message as notes"),
        Action("route.of_claims", "Each claim, as evidence card", _of("claims"), _MAKE, 2, "evidence", (),
               _there("evidence"), contexts=_MADE, tip="Of those on what is selected, where there are any"),
        Action("route.of_matrix", "The risk matrix", _of("matrix"), _MAKE, 2, "risk", (), state.writable,
               contexts=_MADE),
        Action("route.of_log", "Each row of the hazard log", _of("log"), _MAKE, 2, "log", (), _there("hazard"),
               contexts=_MADE, tip="Of the hazards selected, where any are"),
        Action("route.of_grids", "Each capability grid", _of("grids"), _MAKE, 2, "grid", (), _there("capability_grid"),
               contexts=_MADE),
        Action("route.of_revision", "What changed since a revision…",
               lambda wb: wb.route.make_of_changes("revision"), _MAKE, 3, "revisions", (), _revised, contexts=_MADE,
               also="present what changed baseline"),
        Action("route.of_file", "What changed since another file…", lambda wb: wb.route.make_of_changes("file"), _MAKE,
               3, "compare", (), state.writable, contexts=_MADE, also="present what changed baseline"),
    )  # fmt: skip
