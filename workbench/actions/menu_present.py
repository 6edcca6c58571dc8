"""The present menu: starting a presentation, and everything its keys do while one is running."""

from typing import TYPE_CHECKING, Final

from workbench.actions.action import Action, Run
from workbench.actions.state import writable
from workbench.actions.workbench import Workbench

if TYPE_CHECKING:
    from workbench.analysis.meeting_log import Kind

_MENU: Final = ("Present",)
_WHILE: Final = ("Present", "While presenting")

_LEVEL_TIPS: Final = (
    "Hazard and top event",
    "Causes and consequences too",
    "Controls too",
    "Degradation too",
    "Everything, with evidence",
)


def _on(wb: Workbench) -> bool:
    return wb.is_presenting


def _on_stop(wb: Workbench) -> bool:
    return wb.stops_chosen == 1 and not wb.is_presenting


def _editing(wb: Workbench) -> bool:
    return wb.is_presenting and writable(wb)


def _levels(levels: int) -> Run:
    return lambda wb: wb.presenting.levels(levels)


def _capture(kind: "Kind") -> Run:
    return lambda wb: wb.presenting.capture(kind)


def _key(
    id: str, title: str, run: Run, group: int, keys: tuple[str, ...], tip: str = "", *, edits: bool = False
) -> Action:
    return Action(
        f"present.{id}", title, run, _WHILE, group, "", keys, _editing if edits else _on, tip=tip, presenting=True
    )


def present_actions() -> tuple[Action, ...]:
    """Starting a presentation, and what is done in one."""
    return (
        Action("present.start", "Present", lambda wb: wb.presenting.start(), _MENU, 1, "present", ("F5",), toolbar=7,
               words=True, tip="The route from its first stop; without stops every diagram", also="slide show F5"),
        Action("present.here", "Present from here", lambda wb: wb.presenting.from_here(), _MENU, 1, "", ("Shift+F5",),
               tip="Begin with what the window shows now"),
        Action("present.stop", "Present from this stop", lambda wb: wb.presenting.from_stop(), _MENU, 1, "present",
               ("Alt+Shift+F5",), _on_stop, contexts=frozenset({"stop"}), tip="Begin with the stop that is chosen"),
        Action("present.presenter", "Presenter view", lambda wb: wb.presenting.presenter_view(), _MENU, 2, "",
               ("Alt+Shift+P",), checked_when=lambda wb: wb.presenter_wanted,
               tip="Notes, the next stop, clock and timer, on the second screen"),
        Action("present.dark", "Dark presentation", lambda wb: wb.presenting.toggle_dark(), _MENU, 2, "", (),
               checked_when=lambda wb: wb.dark_stage, tip="For screens in a dark room; projectors need the light one"),
        _key("next", "Next stop", lambda wb: wb.presenting.step(1), 1, ("Right", "Space", "PgDown", "N")),
        _key("previous", "Previous stop", lambda wb: wb.presenting.step(-1), 1, ("Left", "PgUp", "Backspace")),
        _key("first", "First stop", lambda wb: wb.presenting.first(), 1, ("Home",)),
        _key("last", "Last stop", lambda wb: wb.presenting.last(), 1, ("End",)),
        _key("stops", "List of stops", lambda wb: wb.presenting.stop_list(), 1, ("G",),
             "Digits and Enter go to a stop by its number"),
        _key("settle", "Back to the stop’s view", lambda wb: wb.presenting.settle(), 1, ("F",),
             "Show the stop as it was made, after zooming or moving"),
        *(
            _key(f"level_{n}", f"Show level {n}", _levels(n), 2, (f"Ctrl+{n}",), tip)
            for n, tip in enumerate(_LEVEL_TIPS, start=1)
        ),
        _key("level_own", "Show each stop’s own level", _levels(0), 2, ("Ctrl+0",)),
        _key("level_less", "A level less at this stop", lambda wb: wb.presenting.change_levels(-1), 2, ("[",)),
        _key("level_more", "A level more at this stop", lambda wb: wb.presenting.change_levels(1), 2, ("]",)),
        _key("light", "Light the pathway", lambda wb: wb.presenting.light(), 3, ("P",),
             "From cause to consequence through what is selected or under the pointer; the rest is dimmed"),
        _key("card", "Show the evidence", lambda wb: wb.presenting.card(), 3, ("O",),
             "Open the card of the evidence on what is selected or under the pointer"),
        _key("black", "Black screen", lambda wb: wb.presenting.blank("black"), 3, ("B",)),
        _key("white", "White screen", lambda wb: wb.presenting.blank("white"), 3, ("W",)),
        _key("laser", "Laser pointer", lambda wb: wb.presenting.laser(), 4, ("L",)),
        _key("pen", "Pen", lambda wb: wb.presenting.pen(), 4, ("K",), "What is drawn fades by itself"),
        _key("erase", "Erase the drawing", lambda wb: wb.presenting.erase(), 4, ("E",)),
        _key("zoom_in", "Nearer", lambda wb: wb.presenting.zoom_by(1), 4, ("Ctrl++", "Ctrl+=")),
        _key("zoom_out", "Farther", lambda wb: wb.presenting.zoom_by(-1), 4, ("Ctrl+-",)),
        _key("select_next", "Select the next element", lambda wb: wb.presenting.select(1), 5, ("Tab",)),
        _key("select_previous", "Select the element before", lambda wb: wb.presenting.select(-1), 5, ("Shift+Tab",)),
        _key("reword", "Reword what is selected", lambda wb: wb.presenting.reword(), 5, ("F2",), "Enter does the same",
             edits=True),
        _key("rate", "Rate what is selected", lambda wb: wb.presenting.rate(), 5, ("R",), edits=True),
        _key("control", "Add a control to the line", lambda wb: wb.presenting.add_control(), 5, ("Ctrl+I",),
             "To the line that is selected, or the first one of the pathway lit", edits=True),
        _key("action", "Capture an action", _capture("action"), 6, ("A",), edits=True),
        _key("decision", "Capture a decision", _capture("decision"), 6, ("D",), edits=True),
        _key("vote", "Capture a vote", _capture("vote"), 6, ("V",), edits=True),
        _key("comment", "Capture a comment", _capture("comment"), 6, ("C",), edits=True),
        _key("notes", "Write notes", lambda wb: wb.presenting.write_notes(), 7, ("M",), "Esc goes back to the stops"),
        _key("timer", "Pause the timer", lambda wb: wb.presenting.pause_timer(), 7, ("T",)),
        _key("timer_reset", "Start the timer anew", lambda wb: wb.presenting.reset_timer(), 7, ("Shift+T",)),
        _key("swap", "Swap screens", lambda wb: wb.presenting.swap_screens(), 7, ("S",),
             "Audience and presenter change screens"),
        _key("keys", "Keys of the presentation", lambda wb: wb.presenting.keys(), 7, ("F1", "?")),
        _key("back", "Step back, at last leave", lambda wb: wb.presenting.step_back(), 7, ("Esc",)),
    )  # fmt: skip
