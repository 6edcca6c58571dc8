"""What an action may ask about merging another version into the project, and about what a merge left open."""

from typing import Literal, Protocol


class MergeWork(Protocol):
    """Merging with a file, and the view of the conflicts."""

    @property
    def shown(self) -> bool:
        """Whether the view stands in the place of the diagram."""

    @property
    def asked(self) -> bool:
        """Whether the view is on a conflict that is open."""

    @property
    def left(self) -> int:
        """How many conflicts are open, while the view is shown; else 0."""

    def with_file(self) -> None:
        """Ask for another version of the project, show what would come in, and merge it."""

    def toggle(self) -> None:
        """Show the view, or the diagram again."""

    def go(self, step: int) -> None:
        """To the next open conflict (1), or the one before (-1)."""

    def choose(self, choice: Literal["ours", "theirs"]) -> None:
        """Settle the conflict the user is on."""

    def settle_element(self, choice: Literal["ours", "theirs"]) -> None:
        """Settle every open conflict of the element the user is on."""

    def settle_rest(self, choice: Literal["ours", "theirs"]) -> None:
        """Ask, and settle every open conflict."""
