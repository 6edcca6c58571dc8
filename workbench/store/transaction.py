"""One change in the making. Everything is validated at once; nothing counts until commit."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from workbench.model.base import Record
from workbench.store.diff import Diff, between
from workbench.store.indexes import Indexes
from workbench.store.integrity import IntegrityError, find_dangling, without_reference

R = TypeVar("R", bound=Record)


class Transaction:
    """Reads see the change so far. Made by ``Store.transaction`` only.

    Attributes:
        label: what the user does, as the undo menu will show it; a command may make it more exact.
        notices: sentences the user should be told once the change is made, in order.
    """

    def __init__(self, records: dict[str, Record], indexes: Indexes, label: str) -> None:
        """Work directly on the store's maps, remembering what was there."""
        self._records = records
        self._indexes = indexes
        self._before: dict[str, Record | None] = {}
        self.label = label
        self.notices: list[str] = []
        self._open = True

    # reading

    @property
    def records(self) -> Mapping[str, Record]:
        """The document with the change so far."""
        return self._records

    def get(self, id: str) -> Record | None:
        """The record with this id, or None."""
        return self._records.get(id)

    def expect(self, id: str, cls: type[R]) -> R:
        """The record with this id, known to be of a class.

        Raises:
            KeyError: there is none, or it is of another class.
        """
        record = self._records.get(id)
        if not isinstance(record, cls):
            raise KeyError(id)
        return record

    def find(self, id: str | None, cls: type[R]) -> R | None:
        """The record with this id if it is of a class, else None."""
        record = self._records.get(id) if id is not None else None
        return record if isinstance(record, cls) else None

    def all(self, cls: type[R]) -> Iterator[R]:
        """Every record of a class, in order of entry."""
        yield from tuple(self._indexes.by_type.get(cls.TYPE, {}).values())  # type: ignore[misc]

    def referrers(self, target: str, cls: type[R], field: str | None = None) -> list[R]:
        """Records of a class that refer to ``target`` (through ``field``, where given)."""
        return self._indexes.records(target, cls, field)

    def gone(self) -> list[Record]:
        """Records the document had when the transaction began and has no more, in the order they were touched."""
        return [old for id, old in self._before.items() if old is not None and id not in self._records]

    # writing

    def put(self, record: R) -> R:
        """Add a record, or replace the one with its id."""
        self._check_open()
        if not record.id:
            raise ValueError("a record needs an id")
        old = self._records.get(record.id)
        self._before.setdefault(record.id, old)
        self._records[record.id] = record
        if old is None:
            self._indexes.add(record)
        else:
            self._indexes.update(old, record)
        return record

    def patch(self, id: str, **changes: Any) -> Record:
        """Change fields of a record.

        Raises:
            KeyError: no such record or field.
            pydantic.ValidationError: a value is not allowed.
        """
        return self.put(self._records[id].replace(**changes))

    def remove(self, id: str) -> None:
        """Remove a record; what refers to it is removed or cleared too, as its type declares.

        Raises:
            KeyError: no such record.
        """
        self._check_open()
        waiting = [id]
        if id not in self._records:
            raise KeyError(id)
        while waiting:
            key = waiting.pop()
            old = self._records.pop(key, None)
            if old is None:
                continue
            self._before.setdefault(key, old)
            self._indexes.discard(old)
            for holder, name in tuple(self._indexes.referrers(key)):
                left = without_reference(self._records[holder], name, key)
                if left is None:
                    waiting.append(holder)
                else:
                    self.put(left)

    # ending

    def _check_open(self) -> None:
        if not self._open:
            raise RuntimeError("this transaction has ended; open a new one")

    def finish(self) -> Diff:
        """Close, check integrity and say what changed.

        Raises:
            IntegrityError: a reference would dangle.
        """
        self._check_open()
        self._open = False
        after = {key: self._records.get(key) for key in self._before}
        diff = between(self._before, after)
        touched = [*diff.added.values(), *(new for _, new in diff.updated.values())]
        dangling = find_dangling(touched, self._records)
        if dangling:
            raise IntegrityError(dangling)
        return diff

    def restore(self) -> None:
        """Put everything back as it was before."""
        self._open = False
        for key, old in self._before.items():
            current = self._records.get(key)
            if current is old:
                continue
            if current is not None:
                self._indexes.discard(current)
                del self._records[key]
            if old is not None:
                self._records[key] = old
                self._indexes.add(old)
