"""All the states, put together."""

from workbench.tools.bend_states import MovingBend
from workbench.tools.editor import Editor
from workbench.tools.line_states import ConnectResting, Linking, MovingBar, Wiring
from workbench.tools.place_states import PlaceResting, Resizing
from workbench.tools.select_states import Banding, Moving, Panning, PanResting, Pressing, Resting, RightPressing
from workbench.tools.state import Machine, State

STATES: dict[str, type[State]] = {
    state.id: state
    for state in (
        Resting,
        Pressing,
        RightPressing,
        Panning,
        PanResting,
        Banding,
        Moving,
        MovingBar,
        MovingBend,
        Linking,
        Resizing,
        ConnectResting,
        Wiring,
        PlaceResting,
    )
}


def make_machine(editor: Editor) -> Machine:
    """The statechart of the canvas, at rest with the select tool."""
    return Machine(editor, STATES)
