"""Integrity: no reference may dangle. Enforced when a transaction commits, and when a file is read."""

from collections.abc import Iterable, Mapping

from workbench.model.base import Record, record_type
from workbench.model.kinds import label
from workbench.model.records import REF_FIELDS, references
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Dangling:
    """One reference to a record that does not exist."""

    holder: Record
    field: str
    target: str

    def __str__(self) -> str:
        code = getattr(self.holder, "code", "") or self.holder.id
        kind = label(record_type(self.holder)).lower()
        return f"{kind} {code}: {self.field} names {self.target!r}, which does not exist"


class IntegrityError(Exception):
    """A change would leave references to records that do not exist; nothing was changed.

    Attributes:
        dangling: the references at fault.
    """

    def __init__(self, dangling: Iterable[Dangling]) -> None:
        """Keep the references at fault."""
        self.dangling = tuple(dangling)
        super().__init__("; ".join(str(item) for item in self.dangling[:3]))


def find_dangling(records: Iterable[Record], existing: Mapping[str, Record]) -> list[Dangling]:
    """References of ``records`` whose targets are not among ``existing``."""
    return [
        Dangling(record, name, target)
        for record in records
        for name, target in references(record)
        if target not in existing
    ]


def without_reference(record: Record, field: str, target: str) -> Record | None:
    """``record`` after ``target`` is gone: None where it goes too, else the record with the reference cleared."""
    ref = next(ref for ref in REF_FIELDS[type(record)] if ref.name == field)
    if ref.on_remove == "cascade":
        return None
    left = tuple(item for item in getattr(record, field) if item != target) if ref.many else None
    return record.replace(**{field: left})
