"""The part of the view menu that says how much of a diagram is shown, and lights pathways."""

from typing import Final

from workbench.actions import state
from workbench.actions.action import Action
from workbench.analysis.levels import ALL, LEVEL_TITLES, LEVELS

_MENU: Final = ("View", "Level of detail")
_THINGS: Final = frozenset({"node", "bar", "line"})


def _level(level: int) -> Action:
    words = LEVEL_TITLES[level].lower()
    tip = "Show everything" if level == ALL else f"Leave out what comes after: level {level} of {ALL}"
    return Action(
        f"view.level_{level}", f"Level {level}: {words}", lambda wb: wb.canvas.set_levels(level), _MENU,
        1, "", (f"Ctrl+Alt+{level}",), state.on_diagram, lambda wb: wb.canvas.levels == level, tip=tip,
        also="layers show hide detail",
    )  # fmt: skip


def level_actions() -> tuple[Action, ...]:
    """Levels of detail, and the light on a pathway."""
    return (
        *(_level(level) for level in LEVELS),
        Action("view.light", "Light the pathway", lambda wb: wb.canvas.light_pathway(), ("View",), 5, "",
               ("Ctrl+Alt+L", "P"), state.on_diagram, contexts=_THINGS, canvas_only=True, also="highlight path dim",
               tip="From cause to consequence through what is selected; again for the next one, Esc ends. P does the "
                   "same on the canvas while nothing is selected"),
    )  # fmt: skip
