"""Look-ups kept up to date with every change: by type, by who refers to whom, by code."""

from collections.abc import Iterator

from workbench.model.base import Record, record_type
from workbench.model.records import references


class Indexes:
    """Derived look-ups over the flat map. Only the store writes them."""

    def __init__(self) -> None:
        """Start empty."""
        self.by_type: dict[str, dict[str, Record]] = {}
        self._referrers: dict[str, dict[tuple[str, str], None]] = {}

    def add(self, record: Record) -> None:
        """Enter a record that was not there."""
        self.by_type.setdefault(record_type(record), {})[record.id] = record
        referrers = self._referrers
        for name, target in references(record):
            entry = referrers.get(target)
            if entry is None:
                referrers[target] = {(record.id, name): None}
            else:
                entry[record.id, name] = None

    def discard(self, record: Record) -> None:
        """Take a record out again."""
        self.by_type[record_type(record)].pop(record.id, None)
        for name, target in references(record):
            entry = self._referrers.get(target)
            if entry is not None:
                entry.pop((record.id, name), None)
                if not entry:
                    del self._referrers[target]

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
