"""Look-ups kept up to date with every change: by type, and by who refers to whom."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from workbench.model.base import Record, UnknownRecord, record_type
from workbench.model.records import reference_names, references

_Referrers = dict[str, dict[tuple[str, str], None]]


def _by_class(records: Iterable[Record]) -> Iterator[tuple[type[Record], list[Record]]]:
    for cls, members in groupby(records, key=type):
        yield cls, list(members)


class Indexes:
    """Derived look-ups over the flat map. Only the store writes them.

    Who refers to whom is worked out when it is first asked for: commands that only count records never ask.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.by_type: dict[str, dict[str, Record]] = {}
        self._known: _Referrers | None = None

    @property
    def _referrers(self) -> _Referrers:
        if self._known is None:
            self._known = {}
            for table in self.by_type.values():
                for record in table.values():
                    self._refer(record, self._known)
        return self._known

    @staticmethod
    def _refer(record: Record, referrers: _Referrers) -> None:
        id = record.__dict__["id"]
        for name, target in references(record):
            entry = referrers.get(target)
            if entry is None:
                referrers[target] = {(id, name): None}
            else:
                entry[id, name] = None

    def fill(self, records: Iterable[Record]) -> set[str]:
        """Enter the first records of a document, and say which ids they refer to."""
        targets: set[str | None] = set()
        for cls, members in _by_class(records):
            if cls is UnknownRecord:
                for record in members:
                    self.by_type.setdefault(record_type(record), {})[record.id] = record
                continue
            fields = [record.__dict__ for record in members]
            keys = [values["id"] for values in fields]
            self.by_type.setdefault(cls.TYPE, {}).update(zip(keys, members, strict=True))
            single, many = reference_names(cls)
            for name in single:
                targets.update([values[name] for values in fields])
            for name in many:
                targets.update(*[values[name] for values in fields])
        return {target for target in targets if target is not None}

    def add(self, record: Record) -> None:
        """Enter a record that was not there."""
        referrers = self._referrers
        self.by_type.setdefault(record_type(record), {})[record.id] = record
        self._refer(record, referrers)

    def discard(self, record: Record) -> None:
        """Take a record out again."""
        referrers = self._referrers
        self.by_type[record_type(record)].pop(record.id, None)
        for name, target in references(record):
            entry = referrers.get(target)
            if entry is not None:
                entry.pop((record.id, name), None)
                if not entry:
                    del referrers[target]

    def update(self, old: Record, new: Record) -> None:
        """Replace ``old`` by ``new``, which has the same id."""
        if type(old) is type(new) and tuple(references(old)) == tuple(references(new)):
            self.by_type[record_type(new)][new.id] = new
            return
        self.discard(old)
        self.add(new)

    def referrers(self, target: str) -> Iterator[tuple[str, str]]:
        """(id of the record that refers, field name) for every reference to ``target``, in order of entry."""
        yield from self._referrers.get(target, ())

    def targets(self) -> Iterator[str]:
        """Every id that something refers to."""
        yield from self._referrers
