"""The evidence, tools, window and help menus."""

from typing import Final

from workbench.actions.action import Action
from workbench.actions.evidence_state import can_attach

_THINGS: Final = frozenset({"node", "bar", "line"})


_DOCKS: Final = (
    ("palette", "Palette"),
    ("outline", "Outline"),
    ("inspector", "Inspector"),
    ("evidence", "Evidence"),
    ("history", "History"),
    ("risk", "Risk matrix"),
    ("findings", "Findings"),
    ("log", "Hazard log"),
    ("revisions", "Revisions"),
    ("review", "Actions and comments"),
)


def _dock(name: str, title: str, index: int) -> Action:
    return Action(
        f"window.{name}", title, lambda wb: wb.windows.toggle_dock(name), ("Window",), 1, name,
        (f"Alt+{index % 10}",), checked_when=lambda wb: wb.windows.dock_shown(name),
    )  # fmt: skip


def other_actions() -> tuple[Action, ...]:
    """The evidence, tools, window and help menus."""
    return (
        Action("evidence.attach", "Attach evaluation run…", lambda wb: wb.files.attach_run(), ("Evidence",), 1,
               "evidence", ("Ctrl+Shift+E",), can_attach, contexts=_THINGS),
        Action("tools.select", "Select", lambda wb: wb.canvas.select_tool(), ("Tools",), 1, "select", ("Ctrl+1",),
               checked_when=lambda wb: wb.canvas.tool == "select", toolbar=3),
        Action("tools.pan", "Pan", lambda wb: wb.canvas.pan_tool(), ("Tools",), 1, "pan", ("Ctrl+2",),
               checked_when=lambda wb: wb.canvas.tool == "pan", toolbar=3),
        Action("tools.palette", "Search or run an action…", lambda wb: wb.windows.command_palette(), ("Tools",), 2,
               "search", ("Ctrl+K", "Ctrl+Shift+P")),
        *(_dock(name, title, index) for index, (name, title) in enumerate(_DOCKS, start=1)),
        Action("window.enlarge", "Enlarge dock", lambda wb: wb.windows.enlarge_dock(), ("Window",), 2, "resize",
               ("Ctrl+M",), checked_when=lambda wb: wb.windows.dock_enlarged(), also="maximise maximize panel larger",
               tip="Give the dock in use most of the window, or its usual size again"),
        Action("window.route", "Route", lambda wb: wb.windows.toggle_dock("route"), ("Window",), 1, "route",
               ("Ctrl+F5",), checked_when=lambda wb: wb.windows.dock_shown("route"), also="stops presentation"),
        Action("window.next_region", "Next part of the window", lambda wb: wb.windows.next_region(False),
               ("Window",), 2, "", ("F6",)),
        Action("window.previous_region", "Previous part of the window", lambda wb: wb.windows.next_region(True),
               ("Window",), 2, "", ("Shift+F6",)),
        Action("help.guide", "User’s guide", lambda wb: wb.windows.guide(), ("Help",), 1, "help", ("F1",)),
        Action("help.shortcuts", "Keyboard shortcuts", lambda wb: wb.windows.shortcuts(), ("Help",), 1, "",
               ("Ctrl+/",)),
        Action("help.about", "About Hazard Workbench", lambda wb: wb.windows.about(), ("Help",), 2, "info"),
    )  # fmt: skip
