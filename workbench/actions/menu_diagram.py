"""The diagram menu."""

from typing import Final

from workbench.actions import edits, state
from workbench.actions.action import Action, Run
from workbench.actions.workbench import Align, Axis

_NODE: Final = frozenset({"node"})
_LINE: Final = frozenset({"line"})
_CANVAS: Final = frozenset({"canvas"})


def _align(edge: Align) -> Run:
    return lambda wb: wb.canvas.align(edge)


def _distribute(axis: Axis) -> Run:
    return lambda wb: wb.canvas.distribute(axis)


_EDGES: Final[tuple[tuple[Align, str, str], ...]] = (
    ("left", "Align left edges", "Alt+Shift+L"),
    ("centre", "Align centres", "Alt+Shift+C"),
    ("right", "Align right edges", "Alt+Shift+R"),
    ("top", "Align top edges", "Alt+Shift+T"),
    ("middle", "Align middles", "Alt+Shift+M"),
    ("bottom", "Align bottom edges", "Alt+Shift+B"),
)


def diagram_actions() -> tuple[Action, ...]:
    """The diagram menu."""
    menu = ("Diagram",)
    aligned = tuple(
        Action(f"diagram.align_{edge}", title, _align(edge), (*menu, "Align and distribute"), 1, f"align-{edge}",
               (keys,), state.several_placed)
        for edge, title, keys in _EDGES
    )  # fmt: skip
    return (
        Action(
            "diagram.new",
            "New diagram…",
            lambda wb: wb.windows.new_diagram(),
            menu,
            1,
            "diagram-new",
            ("Ctrl+T",),
            state.writable,
        ),
        Action(
            "diagram.rename", "Rename diagram…", lambda wb: wb.windows.rename_diagram(), menu, 1, "", (), state.editable
        ),
        Action("diagram.duplicate", "Duplicate diagram", edits.duplicate_diagram, menu, 1, "", (), state.editable),
        Action("diagram.delete", "Delete diagram", edits.delete_diagram, menu, 1, "", (), state.editable),
        Action(
            "diagram.arrange",
            "Arrange",
            lambda wb: wb.arrange(),
            menu,
            2,
            "arrange",
            ("Ctrl+Shift+L",),
            state.editable,
            contexts=_CANVAS,
            toolbar=4,
            words=True,
            tip="Lay out the whole diagram; undo brings your own places back",
        ),
        *aligned,
        Action(
            "diagram.distribute_h",
            "Distribute horizontally",
            _distribute("horizontal"),
            (*menu, "Align and distribute"),
            2,
            "distribute-h",
            (),
            state.three_placed,
        ),
        Action(
            "diagram.distribute_v",
            "Distribute vertically",
            _distribute("vertical"),
            (*menu, "Align and distribute"),
            2,
            "distribute-v",
            (),
            state.three_placed,
        ),
        Action(
            "diagram.add_top_event",
            "Add top event",
            edits.add_top_event,
            menu,
            3,
            "top_event",
            (),
            state.plain_hazard,
            contexts=_NODE,
        ),
        Action(
            "diagram.remove_top_event",
            "Remove top event",
            edits.remove_top_event,
            menu,
            3,
            "",
            (),
            state.owned_top_event,
            contexts=_NODE,
        ),
        Action(
            "diagram.focus",
            "Set as centre",
            edits.set_focus,
            menu,
            3,
            "",
            (),
            lambda wb: state.editable(wb) and getattr(state.single(wb), "TYPE", "") in ("top_event", "hazard"),
            contexts=_NODE,
        ),
        Action(
            "diagram.collapse",
            "Collapse",
            edits.toggle_collapsed,
            menu,
            4,
            "",
            ("Ctrl+.",),
            state.collapsible,
            state.is_collapsed,
            contexts=_NODE,
        ),
        Action(
            "diagram.reset_size", "Reset size", edits.reset_size, menu, 4, "", (), state.collapsible, contexts=_NODE
        ),
        Action(
            "diagram.add_bend",
            "Add bend",
            lambda wb: wb.canvas.add_bend(),
            menu,
            4,
            "",
            (),
            state.bendable,
            contexts=_LINE,
            tip="Give the selected line a bend; arrow keys move it, Delete takes it away",
        ),
        Action(
            "diagram.straighten",
            "Remove bends",
            edits.straighten,
            menu,
            4,
            "",
            (),
            state.bent,
            contexts=_LINE,
            tip="Let the program find the selected line's way again",
        ),
    )
