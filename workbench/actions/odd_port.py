"""What actions may ask about the operational design domain."""

from typing import Protocol


class OddWork(Protocol):
    """The view of the operational design domain; each asks what it needs to."""

    @property
    def shown(self) -> bool:
        """Whether the view stands in the place of the diagram."""

    @property
    def entry(self) -> str:
        """Id of the entry the user is on; empty where there is none."""

    @property
    def group(self) -> str:
        """Name of the group whose heading the user is on; empty elsewhere."""

    def toggle(self) -> None:
        """Show the view, or the diagram again."""

    def next(self) -> None:
        """Lead on to the next entry, or pair, not yet considered."""

    def cross(self) -> None:
        """Show pairs of categories."""

    def baseline(self) -> None:
        """Load the taxonomy that ships with the program."""

    def add(self) -> None:
        """Ask for an entry of the project's own."""

    def rename(self) -> None:
        """Ask for another name of the current entry or group."""

    def tag(self) -> None:
        """Ask for a hazard that carries the current entry, or no longer."""

    def remove(self) -> None:
        """Ask, and remove the current entry."""

    def export(self) -> None:
        """Ask where to, and write the coverage."""
