"""What actions may ask about meetings and their log."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from workbench.analysis.meeting_log import Kind


class MeetingWork(Protocol):
    """Meetings, and what is noted; each asks what it needs to."""

    def note(self, kind: "Kind") -> None:
        """Open the strip that notes something about what is selected."""

    def start(self) -> None:
        """Ask for title and attendees, keep a revision, and begin a meeting."""

    def end(self) -> None:
        """Keep a revision, and end the meeting under way."""

    def edit(self) -> None:
        """Ask for title and attendees of the meeting chosen in the dock, else of that under way, or the last."""

    def resume(self) -> None:
        """Go on with the meeting chosen in the dock, or the last one."""

    def delete(self) -> None:
        """Remove the meeting chosen in the dock, or that under way, or the last; its log stays."""

    def export(self) -> None:
        """Ask where to, and write the minutes of the meeting chosen in the dock, else that under way, or the last."""

    def show(self) -> None:
        """Show the actions and comments and let the keyboard work on them."""

    def show_on(self, id: str) -> None:
        """Show what is pinned to one thing of the diagram only."""

    @property
    def badged(self) -> bool:
        """Whether badges of open actions and comments stand on the diagram."""

    def toggle_badges(self) -> None:
        """Show the badges on the diagram, or hide them."""


class Meetings(Protocol):
    """What a window knows of its meetings."""

    @property
    def meeting(self) -> MeetingWork:
        """Meetings and their log."""
