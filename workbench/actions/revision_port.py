"""What actions may ask about versions of the project."""

from typing import Literal, Protocol


class RevisionWork(Protocol):
    """Revisions, and the comparison of two versions; each asks what it needs to."""

    def save(self) -> None:
        """Ask for a message, and keep the document as it is now."""

    def show(self) -> None:
        """Show the revisions and let the keyboard work on them."""

    def compare(self) -> None:
        """Compare the revision chosen with the document, or the two that are chosen with each other."""

    def open(self) -> None:
        """Open the revision chosen in a window of its own, read-only."""

    def restore(self) -> None:
        """Ask, and bring the document back to the revision chosen in one undoable step."""

    def name(self) -> None:
        """Ask for a name of the revision chosen."""

    def verify(self) -> None:
        """Say whether every revision is still what was saved."""

    def compare_with_file(self) -> None:
        """Ask for another project file, and compare it with the document."""

    def step(self, step: int) -> None:
        """To the next change (1), or the one before (-1)."""

    def show_side(self, side: Literal["changes", "old", "new"]) -> None:
        """Show both versions as one picture, or one of them as it was."""

    def export(self) -> None:
        """Ask where to, and write the picture of the changes."""

    def close(self) -> None:
        """Show the diagram again."""


class Versions(Protocol):
    """What a window knows of the versions of its project."""

    @property
    def revisions(self) -> RevisionWork:
        """Revisions, and the comparison of two versions."""

    @property
    def revisions_chosen(self) -> int:
        """How many revisions are chosen in the dock."""

    @property
    def comparing(self) -> bool:
        """Whether a comparison stands in the place of the diagram."""
