"""What can be saved of a damaged project: a document of every record that still holds, and a list of what is missing.

The damaged file is only read. Whatever is left out, shortened or read otherwise than it stands there is listed with its
reason, so that nobody takes the rest for the whole.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from workbench.files.careful import read_header, shown
from workbench.files.errors import ProjectFileError
from workbench.files.explain import name_record, refusal
from workbench.files.header import FORMAT, MAJOR, Header
from workbench.files.migrations.registry import migrate
from workbench.files.salvage_pieces import Lost, Pieces
from workbench.files.salvage_text import read_pieces
from workbench.files.validate import parse_tables
from workbench.model.base import Record, record_type
from workbench.model.kinds import PLURAL, label
from workbench.model.records import CLASS_OF, references
from workbench.store.integrity import without_reference
from workbench.store.store import Store
from workbench.values import value_type

_BITS: Final = tuple(1 << bit for bit in range(7))
_MADE: Final = re.compile(r"[a-z]{1,2}_[0-9A-Za-z]{10}")
"""An id the program made at random. Of ids that people gave, two may well differ by one bit: 1 and 3 do."""


@value_type(frozen=True, slots=True)
class Salvaged:
    """A document made of what was left of a damaged file.

    Attributes:
        store: the records that hold.
        header: version, and what a newer version wrote beside the records.
        lost: records and fields that are missing or not as they were, in the order of type and id.
        notes: what else there is to say about the file, one sentence each.
    """

    store: Store
    header: Header
    lost: tuple[Lost, ...]
    notes: tuple[str, ...]

    @property
    def summary(self) -> str:
        """How much was saved and how much was not, in one sentence."""
        whole = len({(one.kind, one.id, one.called) for one in self.lost if not one.field and one.id not in self.store})
        parts = len({one.id for one in self.lost if one.id in self.store})
        count = len(self.store)
        told = f"{count:,} record{'' if count == 1 else 's'} can be saved"
        if not self.lost:
            return f"{told}; nothing is known to be missing."
        return f"{told}; {whole:,} cannot, and {parts:,} of those saved are not quite as they were."

    def as_lines(self, limit: int = 2_000) -> Iterator[str]:
        """Notes, and what is missing, grouped by type."""
        yield from self.notes
        for number, one in enumerate(self.lost):
            if number == limit:
                yield f"… and {len(self.lost) - limit:,} more"
                return
            if number == 0 or self.lost[number - 1].kind != one.kind:
                if number or self.notes:
                    yield ""
                yield PLURAL.get(one.kind, shown(one.kind)) if one.kind else "Of unknown type"
            yield f"  {one}{f' ({shown(one.id)})' if one.id and shown(one.id) not in one.called else ''}"


def salvage(data: bytes, name: str) -> Salvaged:
    """Save what can be saved of the text of a damaged project.

    Args:
        name: what messages call the file.

    Raises:
        ProjectFileError: no record of a project can be read in it, or a newer major version wrote it.
    """
    pieces = read_pieces(data)
    header = _header(pieces, name)
    raw = {**pieces.top, "format": FORMAT, "version": {"major": header.major, "minor": header.minor}}
    raw, _ = migrate({**raw, "records": pieces.tables}, (header.major, header.minor))
    records = {record.id: record for record in _valid_records(raw["records"], pieces.lost)}
    if not any(type(record).TYPE in CLASS_OF for record in records.values()):
        raise ProjectFileError(f"{name}: no record of a project can be read in it.")
    _References(records, pieces.lost).mend()
    lost = dict.fromkeys(sorted(pieces.lost, key=lambda one: (one.kind, one.id, one.field)))
    return Salvaged(Store(records.values()), header, tuple(lost), tuple(pieces.notes))


def _header(pieces: Pieces, name: str) -> Header:
    try:
        header = read_header({**pieces.top, "format": FORMAT}, name)
    except ProjectFileError:
        pieces.notes.append(f"The version cannot be read; taken for {Header().version}.")
        return Header()
    if header.major > MAJOR:
        raise ProjectFileError(f"{name} is of version {header.version}, damaged; save it with a newer program.")
    return header


# records


def _valid_records(tables: Mapping[str, dict[str, dict[str, Any]]], lost: list[Lost]) -> list[Record]:
    """Records of what fits their models; fields that do not fit are left out."""
    records: list[Record] = []
    for kind, table in tables.items():
        for key, fields in table.items():
            if kind in CLASS_OF and fields.pop("id", key) != key:
                why = "differed from the id the record is filed under"
                lost.append(Lost(kind, key, name_record(kind, key, fields), "id", why))
        try:
            records += parse_tables({kind: table})
        except ValidationError:
            for key, fields in table.items():
                records += _valid_record(kind, key, fields, lost)
    return records


def _valid_record(kind: str, key: str, fields: dict[str, Any], lost: list[Lost]) -> list[Record]:
    called = name_record(kind, key, fields)
    required = {name for name, info in CLASS_OF[kind].model_fields.items() if info.is_required()}
    while True:
        try:
            return parse_tables({kind: {key: fields}})
        except ValidationError as error:
            one = error.errors(include_url=False)[0]  # the next time round there is the next
            name, *inner = [str(part) for part in one["loc"][2:]] or [""]
            why = refusal(one)
            cut = one["type"] == "string_too_long" and not inner and isinstance(fields.get(name), str)
            if cut:
                limit = one["ctx"]["max_length"]
                fields[name] = fields[name][:limit]
                why = f"{why}; only its first {limit:,} are kept"
            elif name not in fields or name in required:
                lost.append(Lost(kind, key, called, "", f"{name or 'the record'} {why}"))
                return []
            else:
                fields.pop(name)
            lost.append(Lost(kind, key, called, name, why))


# references


class _References:
    """Sees to it that every reference holds: finds what it meant, empties it, or gives up the record."""

    def __init__(self, records: dict[str, Record], lost: list[Lost]) -> None:
        self.records = records
        self.lost = lost
        self.holders: dict[str, set[str]] = {}
        for record in records.values():
            for _, target in references(record):
                self.holders.setdefault(target, set()).add(record.id)

    def mend(self) -> None:
        """Follow each loss to whatever it takes with it."""
        missing = [target for target in self.holders if target not in self.records]
        for target in missing:
            self._rename_to(target)
        missing = [target for target in missing if target not in self.records]
        while missing:
            target = missing.pop()
            for holder in sorted(self.holders.get(target, ())):
                if holder in self.records and not self._without(holder, target):
                    del self.records[holder]
                    missing.append(holder)

    def _rename_to(self, target: str) -> None:
        """Give a record back its id: nobody refers to the one it has, some refer to this one, a single bit away."""
        if _MADE.fullmatch(target) is None or len(self.holders[target]) < 2:
            return
        near = [key for key in _one_bit_off(target) if key in self.records]
        if len(near) != 1 or near[0] in self.holders:
            return
        record = self.records.pop(near[0])
        self._tell(record, "id", f"read as {shown(target)!r}, which other records refer to")
        self.records[target] = record.model_copy(update={"id": target})
        for _, other in references(record):
            self.holders[other].discard(record.id)
            self.holders[other].add(target)

    def _without(self, holder: str, target: str) -> bool:
        """Read a reference as the id a single bit away, or empty it; False where the record cannot be without it."""
        near = [key for key in _one_bit_off(target) if key in self.records and _MADE.fullmatch(key)]
        record = self.records[holder]
        for name in dict.fromkeys(name for name, there in references(record) if there == target):
            if len(near) == 1:
                value = getattr(record, name)
                changed: Record | None = record.replace(
                    **{name: near[0] if value == target else tuple(near[0] if one == target else one for one in value)}
                )
                self.holders.setdefault(near[0], set()).add(holder)
                why = f"{shown(target)!r} is not in the file; read as {shown(near[0])!r}"
            else:
                changed = without_reference(record, name, target)
                why = f"{shown(target)!r} is not there any more"
            if changed is None:
                self._tell(record, "", f"its {name} {why}")
                return False
            self._tell(record, name, why)
            record = self.records[holder] = changed
        return True

    def _tell(self, record: Record, field: str, why: str) -> None:
        kind = record_type(record)
        code = getattr(record, "code", "")
        called = f"{label(kind).lower()} {shown(code or record.id)}"
        self.lost.append(Lost(kind, record.id, called, field, why))


def _one_bit_off(id: str) -> Iterator[str]:
    """Every id that a single flipped bit makes of an ASCII one."""
    if id.isascii():
        for place, sign in enumerate(id):
            for bit in _BITS:
                yield f"{id[:place]}{chr(ord(sign) ^ bit)}{id[place + 1 :]}"
