"""The document: a flat map of records that changes through transactions only."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from types import MappingProxyType
from typing import Self, TypeVar

from psygnal import Signal

from workbench.model.base import Record, record_type
from workbench.store.diff import Change, Diff, Origin
from workbench.store.history import Entry, History
from workbench.store.indexes import Indexes
from workbench.store.integrity import IntegrityError, find_dangling
from workbench.store.transaction import Transaction

R = TypeVar("R", bound=Record)


class TransactionError(RuntimeError):
    """Transactions were nested, or undo was called inside one."""


class ReadOnlyError(RuntimeError):
    """The document may be looked at, not changed."""


class Store:
    """One document.

    Attributes:
        changed: emits one ``Change`` for every commit, undo and redo.
        history: the steps of undo and redo.
        selection: asked for the ids selected, before and after each step; set by the session.
        read_only: why the document may not be changed; empty where it may.
    """

    changed = Signal(Change)

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Fill the document.

        Raises:
            IntegrityError: the records refer to others that are not among them.
        """
        self._records: dict[str, Record] = {}
        self._indexes = Indexes()
        self._transaction: Transaction | None = None
        self._revision = 0
        self.history = History()
        self.selection: Callable[[], tuple[str, ...]] = tuple
        self.read_only = ""
        self._records.update((record.id, record) for record in records)
        for record in self._records.values():
            self._indexes.by_type.setdefault(record_type(record), {})[record.id] = record
        self._check_references()

    @classmethod
    def of_tables(cls, tables: Mapping[str, dict[str, Record]], targets: AbstractSet[str]) -> Self:
        """A document of many records whose reader has sorted them already; much faster than one by one.

        Args:
            tables: records by type and id.
            targets: every id that one of them refers to.

        Raises:
            IntegrityError: a target is not among the records.
        """
        store = cls()
        for kind, table in tables.items():
            store._records.update(table)
            store._indexes.by_type[kind] = table
        if not targets <= store._records.keys():
            store._check_references()
        return store

    def _check_references(self) -> None:
        dangling = find_dangling(self._records.values(), self._records)
        if dangling:
            raise IntegrityError(dangling)

    # reading

    @property
    def records(self) -> Mapping[str, Record]:
        """Every record by id; read-only."""
        return MappingProxyType(self._records)

    def snapshot(self) -> dict[str, Record]:
        """Every record by id as it is now; a tenth of the price of a ``dict`` made of ``records``."""
        return self._records.copy()

    @property
    def revision(self) -> int:
        """Grows by one with every change; for caches."""
        return self._revision

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def get(self, id: str) -> Record | None:
        """The record with this id, or None."""
        return self._records.get(id)

    def find(self, id: str | None, cls: type[R]) -> R | None:
        """The record with this id if it is of a class, else None."""
        record = self._records.get(id) if id is not None else None
        return record if isinstance(record, cls) else None

    def all(self, cls: type[R]) -> Iterator[R]:
        """Every record of a class, in order of entry."""
        yield from self._indexes.by_type.get(cls.TYPE, {}).values()  # type: ignore[misc]

    def count(self, kind: str) -> int:
        """How many records are filed under ``kind``."""
        return len(self._indexes.by_type.get(kind, ()))

    def kinds(self) -> list[str]:
        """Record types present, in order of entry."""
        return [kind for kind, records in self._indexes.by_type.items() if records]

    def referrers(self, target: str, cls: type[R], field: str | None = None) -> list[R]:
        """Records of a class that refer to ``target`` (through ``field``, where given)."""
        return self._indexes.records(target, cls, field)

    def referrers_by(self, cls: type[R], field: str | None = None) -> Mapping[str, Mapping[str, R]]:
        """The same for everything referred to, by id, and below it by the id of who refers.

        It always shows the document as it is, so it may be kept; it is for looking only.
        """
        return self._indexes.table(cls, field)  # type: ignore[return-value]  # records of the class only

    # changing

    @contextmanager
    def transaction(
        self, label: str, *, merge_key: str | None = None, origin: Origin = "user"
    ) -> Iterator[Transaction]:
        """Change the document: all of it or nothing.

        Args:
            label: what the user does, for the undo menu.
            merge_key: steps with the same key that follow on each other become one.

        Raises:
            TransactionError: one is open already.
            ReadOnlyError: the document may not be changed.
            IntegrityError: a reference would dangle; everything is as before.
        """
        if self._transaction is not None:
            raise TransactionError("a transaction is open already")
        if self.read_only:
            raise ReadOnlyError(self.read_only)
        before = self.selection()
        tx = self._transaction = Transaction(self._records, self._indexes, label)
        try:
            yield tx
            diff = tx.finish()
        except BaseException:
            tx.restore()
            raise
        finally:
            self._transaction = None
        if not diff:
            return
        self.history.record(Entry(diff, tx.label, merge_key, before, before))
        self._announce(Change(diff, origin, tx.label))
        self.history.amend_selection(self.selection())

    def undo(self) -> bool:
        """Take back the last step; False where there is none."""
        self._check_idle()
        entry = self.history.take_undo()
        if entry is None:
            return False
        diff = entry.diff.reverse()
        self._apply(diff)
        self._announce(Change(diff, "undo", entry.label, entry.before))
        return True

    def redo(self) -> bool:
        """Make the last undone step again; False where there is none."""
        self._check_idle()
        entry = self.history.take_redo()
        if entry is None:
            return False
        self._apply(entry.diff)
        self._announce(Change(entry.diff, "redo", entry.label, entry.after))
        return True

    def _check_idle(self) -> None:
        if self._transaction is not None:
            raise TransactionError("not inside a transaction")
        if self.read_only:
            raise ReadOnlyError(self.read_only)

    def _apply(self, diff: Diff) -> None:
        for record in diff.removed.values():
            del self._records[record.id]
            self._indexes.discard(record)
        for key, (old, new) in diff.updated.items():
            self._records[key] = new
            self._indexes.update(old, new)
        for record in diff.added.values():
            self._records[record.id] = record
            self._indexes.add(record)

    def _announce(self, change: Change) -> None:
        self._revision += 1
        self.changed.emit(change)
