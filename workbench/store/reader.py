"""What reading a document takes; a store and an open transaction both give it."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from workbench.model.base import Record

R = TypeVar("R", bound=Record)


class Reader(Protocol):
    """Look-ups by id, by class and by reference."""

    def get(self, id: str) -> Record | None:
        """The record with this id, or None."""

    def find(self, id: str | None, cls: type[R]) -> R | None:
        """The record with this id if it is of a class, else None."""

    def all(self, cls: type[R]) -> Iterator[R]:
        """Every record of a class, in order of entry."""

    def referrers(self, target: str, cls: type[R], field: str | None = None) -> list[R]:
        """Records of a class that refer to ``target`` (through ``field``, where given)."""
