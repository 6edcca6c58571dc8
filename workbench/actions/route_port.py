"""What actions may ask about the route of a presentation."""

from typing import Literal, Protocol

MadeOf = Literal["hazards", "pathways", "findings", "claims", "log", "matrix", "grids"]
"""What stops can be made of without asking anything."""


class RouteWork(Protocol):
    """The stops of the route; each asks what it needs to."""

    def add(self) -> None:
        """Make a stop of what is seen now, behind the one chosen."""

    def make(self, of: MadeOf) -> None:
        """Make a stop of each of something."""

    def make_of_changes(self, since: Literal["revision", "file"]) -> None:
        """Ask since when, and make a stop of each change."""

    def go(self) -> None:
        """Show the stop chosen on the canvas."""

    def update(self) -> None:
        """Let the stop chosen show what is seen now."""

    def duplicate(self) -> None:
        """Copy the stops chosen."""

    def remove(self) -> None:
        """Take the stops chosen out of the route."""


class Routes(Protocol):
    """What a window knows of its route."""

    @property
    def route(self) -> RouteWork:
        """The stops of the route; loaded when first asked for."""

    @property
    def stops_chosen(self) -> int:
        """How many stops are chosen in the dock."""
