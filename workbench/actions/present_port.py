"""What actions may ask about presenting."""

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from workbench.analysis.meeting_log import Kind


class PresentWork(Protocol):
    """The presentation of one window; but for ``start``, ``from_here`` and ``presenter_view`` one has to be running."""

    def start(self) -> None:
        """Present the route from its first stop; without stops every diagram."""

    def from_here(self) -> None:
        """Present, beginning with what the window shows."""

    def from_stop(self) -> None:
        """Present the route, beginning with the stop chosen in the dock."""

    def presenter_view(self) -> None:
        """Show the presenter's view, or put it away."""

    def toggle_dark(self) -> None:
        """Present in dark colours, or in those for projectors."""

    def swap_screens(self) -> None:
        """Let audience and presenter change screens."""

    # the route

    def step(self, by: int) -> None:
        """Some stops on, or back."""

    def first(self) -> None:
        """To the first stop."""

    def last(self) -> None:
        """To the last stop."""

    def stop_list(self) -> None:
        """Show the stops to choose from."""

    def settle(self) -> None:
        """Show the stop as it was made."""

    def step_back(self) -> None:
        """Take back the last thing laid over the route; at last, leave."""

    # how it looks

    def levels(self, levels: int) -> None:
        """Show so much at every stop; 0: as each was made."""

    def change_levels(self, by: int) -> None:
        """Show a level more or less at this stop."""

    def blank(self, colour: Literal["black", "white"]) -> None:
        """Show an empty screen, or the presentation again."""

    def light(self) -> None:
        """Light the pathway through what is selected or under the pointer, or put it out."""

    def card(self) -> None:
        """Open the evidence on what is selected or under the pointer, the next claim of it, or put it away."""

    def zoom_by(self, steps: float) -> None:
        """Nearer (positive) or farther by notches."""

    # pointing

    def laser(self) -> None:
        """Make the pointer a dot of light, or a pointer again."""

    def pen(self) -> None:
        """Make the pointer a pen, or a pointer again."""

    def erase(self) -> None:
        """Wipe away what was drawn."""

    # editing

    def select(self, by: int) -> None:
        """Select the next element in view (1), or the one before (-1)."""

    def reword(self) -> None:
        """Edit the title of what is selected, in place."""

    def rate(self) -> None:
        """Choose another rating of what is selected."""

    def add_control(self) -> None:
        """Put a new control on the line that is selected, or the first one of the pathway lit."""

    def capture(self, kind: "Kind") -> None:
        """Capture an action, a decision, a vote or a comment."""

    # the presenter

    def write_notes(self) -> None:
        """Let the keyboard write the notes of the stop."""

    def pause_timer(self) -> None:
        """Let the timer stand still, or go on."""

    def reset_timer(self) -> None:
        """Begin the timer anew."""

    def keys(self) -> None:
        """Show what every key does."""


class Stage(Protocol):
    """What a window knows of its presentation."""

    @property
    def presenting(self) -> PresentWork:
        """Presenting; loaded when first asked for."""

    @property
    def is_presenting(self) -> bool:
        """Whether a presentation is running."""

    @property
    def presenter_wanted(self) -> bool:
        """Whether the presenter's view is shown, or would be."""

    @property
    def dark_stage(self) -> bool:
        """Whether presentations are shown in dark colours."""
