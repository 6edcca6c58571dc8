"""Look-ups kept up to date with every change: by type, and by who refers to whom."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

from workbench.model.base import Record, record_type
from workbench.model.records import REF_FIELDS, reference_names, references

R = TypeVar("R", bound=Record)
Table = dict[str, dict[str, Record]]
"""Records by the id they refer to, and by their own id, in order of entry."""

_NONE: Final[dict[str, Record]] = {}


class Indexes:
    """Derived look-ups over the flat map. Only the store writes them.

    Who refers to whom is one table for each class and field, made when it is first asked for: commands that only count
    records never ask, and whoever asks for the controls of a line does not pay for placements.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.by_type: dict[str, dict[str, Record]] = {}
        self._tables: dict[type[Record], dict[str | None, Table]] = {}

    def add(self, record: Record) -> None:
        """Enter a record that was not there."""
        self.by_type.setdefault(record_type(record), {})[record.id] = record
        self._refer(record)

    def discard(self, record: Record) -> None:
        """Take a record out again."""
        self.by_type[record_type(record)].pop(record.id, None)
        for field, table in self._tables.get(type(record), {}).items():
            for target in _targets(record, field):
                entry = table.get(target)
                if entry is not None:
                    entry.pop(record.id, None)
                    if not entry:
                        del table[target]

    def update(self, old: Record, new: Record) -> None:
        """Replace ``old`` by ``new``, which has the same id."""
        if type(old) is type(new) and tuple(references(old)) == tuple(references(new)):
            self.by_type[record_type(new)][new.id] = new
            self._refer(new)
            return
        self.discard(old)
        self.add(new)

    def _refer(self, record: Record) -> None:
        for field, table in self._tables.get(type(record), {}).items():
            for target in _targets(record, field):
                table.setdefault(target, {})[record.id] = record

    def table(self, cls: type[Record], field: str | None) -> Mapping[str, Mapping[str, Record]]:
        """Records of a class by what they refer to, through one field or any; always as the document is."""
        tables = self._tables.setdefault(cls, {})
        table = tables.get(field)
        if table is None:
            table = tables[field] = {}
            records = self.by_type.get(cls.TYPE, {}).values()
            if field is not None and field in reference_names(cls)[0]:
                _fill(table, records, field)
            else:
                for record in records:
                    for target in _targets(record, field):
                        table.setdefault(target, {})[record.id] = record
        return table

    def records(self, target: str, cls: type[R], field: str | None = None) -> list[R]:
        """Records of a class, or of those below it, that refer to ``target`` (through ``field``, where given)."""
        classes = (cls,) if cls in REF_FIELDS else tuple(known for known in REF_FIELDS if issubclass(known, cls))
        found: list[R] = []
        for known in classes:
            found += self.table(known, field).get(target, _NONE).values()  # type: ignore[arg-type]
        return found

    def referrers(self, target: str) -> Iterator[tuple[str, str]]:
        """(id of the record that refers, field name) for every reference to ``target``, by class."""
        for cls, fields in REF_FIELDS.items():
            for field in fields:
                for id in self.table(cls, field.name).get(target, ()):
                    yield id, field.name


def _targets(record: Record, field: str | None) -> Iterator[str]:
    """What a record refers to through a field, or any."""
    one, many = reference_names(type(record))
    values = record.__dict__
    for name in one:
        target = values[name]
        if target is not None and (field is None or name == field):
            yield target
    for name in many:
        if field is None or name == field:
            yield from values[name]


def _fill(table: Table, records: Iterable[Record], field: str) -> None:
    """The table of a field that names one record: most do, and some name tens of thousands."""
    for record in records:
        values = record.__dict__
        target = values[field]
        entry = table.get(target)
        if entry is None:
            table[target] = {values["id"]: record}
        else:
            entry[values["id"]] = record
    table.pop(None, None)  # type: ignore[call-overload]  # where the field is empty
