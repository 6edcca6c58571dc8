"""Look-ups kept up to date with every change: by type, and by who refers to whom."""

from collections.abc import Iterator

from workbench.model.base import Record, record_type
from workbench.model.records import references

_Referrers = dict[str, dict[tuple[str, str], None]]


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
