"""The view and insert menus."""

from typing import Final

from workbench.actions import edits, state
from workbench.actions.action import Action, Run
from workbench.model.kinds import LABEL

_NODE: Final = frozenset({"node"})
_BAR: Final = frozenset({"bar"})
_LINE: Final = frozenset({"line"})
_CANVAS: Final = frozenset({"canvas"})
_THINGS: Final = frozenset({"node", "bar", "line"})


def view_actions() -> tuple[Action, ...]:
    """The view menu."""
    menu = ("View",)
    return (
        Action(
            "view.zoom_in",
            "Zoom in",
            lambda wb: wb.canvas.zoom_by(1),
            menu,
            1,
            "zoom-in",
            ("Ctrl++", "Ctrl+="),
            state.zoomable,
            why_off=state.why_not_zoomed,
        ),
        Action(
            "view.zoom_out",
            "Zoom out",
            lambda wb: wb.canvas.zoom_by(-1),
            menu,
            1,
            "zoom-out",
            ("Ctrl+-",),
            state.zoomable,
            why_off=state.why_not_zoomed,
        ),
        Action(
            "view.zoom_100",
            "Zoom to 100 %",
            lambda wb: wb.canvas.set_zoom(1.0),
            menu,
            1,
            "zoom-100",
            ("Ctrl+0",),
            state.zoomable,
            why_off=state.why_not_zoomed,
        ),
        Action(
            "view.fit",
            "Fit the diagram",
            lambda wb: wb.canvas.fit(),
            menu,
            2,
            "fit",
            ("Ctrl+9",),
            state.zoomable,
            why_off=state.why_not_zoomed,
            contexts=_CANVAS,
            toolbar=5,
            canvas_only=False,
        ),
        Action(
            "view.zoom_selection",
            "Zoom to selection",
            lambda wb: wb.canvas.zoom_to_selection(),
            menu,
            2,
            "zoom-selection",
            ("Ctrl+8",),
            state.pointed,
            why_off=state.why_not_zoomed,
            contexts=_THINGS,
        ),
        Action(
            "view.theme",
            "Dark theme",
            lambda wb: wb.windows.toggle_theme(),
            menu,
            3,
            "theme",
            ("Ctrl+Shift+K",),
            checked_when=lambda wb: wb.windows.is_dark(),
            also="light colours",
        ),
        Action(
            "view.next_diagram",
            "Next diagram",
            lambda wb: wb.windows.switch_diagram(1),
            menu,
            4,
            "",
            ("Ctrl+PgDown", "Ctrl+Tab"),
            state.on_diagram,
        ),
        Action(
            "view.previous_diagram",
            "Previous diagram",
            lambda wb: wb.windows.switch_diagram(-1),
            menu,
            4,
            "",
            ("Ctrl+PgUp", "Ctrl+Shift+Tab"),
            state.on_diagram,
        ),
    )


_INSERT: Final = (
    ("hazard", "H"), ("top_event", "T"), ("cause", "C"), ("consequence", "E"), ("control", "B"),
    ("degradation_factor", "D"), ("gate", "G"), ("note", "N"),
)  # fmt: skip


def _create(kind: str) -> Run:
    return lambda wb: wb.canvas.create(kind)


def insert_actions() -> tuple[Action, ...]:
    """The insert menu."""
    menu = ("Insert",)
    kinds = tuple(
        Action(f"insert.{kind}", LABEL[kind], _create(kind), menu, 1, kind, (letter,), state.editable, canvas_only=True,
               tip="The letter works on the canvas while nothing is selected")
        for kind, letter in _INSERT
    )  # fmt: skip
    return (
        *kinds,
        Action(
            "insert.on_line",
            "Insert control",
            lambda wb: wb.canvas.insert_control(),
            menu,
            2,
            "insert-control",
            ("Ctrl+I",),
            state.line_selected,
            contexts=_LINE | _BAR,
            toolbar=3,
            words=True,
            tip="Put a new control on the selected line",
        ),
        Action(
            "insert.factor",
            "Add degradation factor",
            edits.add_factor,
            menu,
            2,
            "degradation_factor",
            ("Ctrl+Shift+D",),
            state.bar_selected,
            contexts=_BAR,
        ),
        Action(
            "insert.degradation_control",
            "Add degradation control",
            edits.add_degradation_control,
            menu,
            2,
            "",
            (),
            lambda wb: state.editable(wb) and getattr(state.single(wb), "TYPE", "") == "degradation_factor",
            contexts=_NODE,
        ),
        Action(
            "insert.connect",
            "Draw links",
            lambda wb: wb.canvas.connect_tool(),
            menu,
            3,
            "connect",
            ("Ctrl+L",),
            state.editable,
            lambda wb: wb.canvas.tool == "connect",
            toolbar=3,
        ),
    )
