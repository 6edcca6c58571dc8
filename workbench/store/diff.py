"""The one kind of change: what was added, updated and removed, as immutable records."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal, Self

from workbench.model.base import Record
from workbench.values import value_type

Origin = Literal["user", "undo", "redo", "load", "merge"]


@value_type(frozen=True, slots=True)
class Diff:
    """A change of a document. The same object is undo and redo, view update, journal entry and comparison.

    Attributes:
        updated: (old, new) by id; old and new differ.
    """

    added: Mapping[str, Record] = field(default_factory=dict)
    updated: Mapping[str, tuple[Record, Record]] = field(default_factory=dict)
    removed: Mapping[str, Record] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)

    def __len__(self) -> int:
        return len(self.added) + len(self.updated) + len(self.removed)

    def reverse(self) -> Self:
        """The change that takes this one back."""
        flipped = {key: (new, old) for key, (old, new) in self.updated.items()}
        return type(self)(added=self.removed, updated=flipped, removed=self.added)

    def then(self, later: "Diff") -> "Diff":
        """This change and ``later``, made one. ``later`` must follow on this one."""
        before: dict[str, Record | None] = {}
        after: dict[str, Record | None] = {}
        for diff in (self, later):
            for key, record in diff.added.items():
                before.setdefault(key, None)
                after[key] = record
            for key, (old, new) in diff.updated.items():
                before.setdefault(key, old)
                after[key] = new
            for key, record in diff.removed.items():
                before.setdefault(key, record)
                after[key] = None
        return between(before, after)

    def ids(self) -> Iterator[str]:
        """Every id touched."""
        yield from self.added
        yield from self.updated
        yield from self.removed

    def before_and_after(self) -> Iterator[tuple[str, Record | None, Record | None]]:
        """(id, record before, record after), None where there was or is none."""
        for key, record in self.added.items():
            yield key, None, record
        for key, (old, new) in self.updated.items():
            yield key, old, new
        for key, record in self.removed.items():
            yield key, record, None


def between(before: Mapping[str, Record | None], after: Mapping[str, Record | None]) -> Diff:
    """The change from ``before`` to ``after``, two partial pictures with the same keys (None: no such record)."""
    added: dict[str, Record] = {}
    updated: dict[str, tuple[Record, Record]] = {}
    removed: dict[str, Record] = {}
    for key, old in before.items():
        new = after[key]
        if old is None:
            if new is not None:
                added[key] = new
        elif new is None:
            removed[key] = old
        elif old is not new and old != new:
            updated[key] = (old, new)
    return Diff(added, updated, removed)


@value_type(frozen=True, slots=True)
class Change:
    """A committed diff on its way to those who listen.

    Attributes:
        label: what the user did, as the undo menu shows it.
        selection: ids to select now, where undo or redo restores a selection; None leaves it alone.
    """

    diff: Diff
    origin: Origin
    label: str
    selection: tuple[str, ...] | None = None
