"""New ids for a document made from a template, so that two projects from one template do not share elements."""

from collections.abc import Iterable
from typing import Any

from workbench.model.base import Record, record_type
from workbench.model.drawing import Placement, Route
from workbench.model.ids import derived_id, new_id
from workbench.model.judgement import PROJECT_ID, Assessment, CapabilityCell, OddConsideration, SweepPoint
from workbench.model.records import CLASS_OF, REF_FIELDS
from workbench.model.review import Answer

_DERIVED = (Placement, Route, Assessment, OddConsideration, CapabilityCell, SweepPoint, Answer)
_KEPT = frozenset({"project", "risk_scheme", "odd_category"})
"""Vocabulary rather than content: the same scheme and the same taxonomy stay the same records."""


def renewed(records: Iterable[Record]) -> list[Record]:
    """The same document with ids of its own; references follow, and derived ids are derived anew."""
    old = list(records)
    ids = {record.id: _fresh(record) for record in old if not _is_derived(record)}
    for record in old:
        if _is_derived(record):
            ids[record.id] = _derived(record, ids)
    return [_moved(record, ids) for record in old]


def _is_derived(record: Record) -> bool:
    return isinstance(record, _DERIVED)


def _fresh(record: Record) -> str:
    kind = record_type(record)
    kept = record.id == PROJECT_ID or kind in _KEPT or kind not in CLASS_OF
    return record.id if kept else new_id(kind)


def _derived(record: Record, ids: dict[str, str]) -> str:
    if isinstance(record, Placement):
        return derived_id("placement", ids[record.diagram], ids[record.subject])
    if isinstance(record, Route):
        return derived_id("route", ids[record.diagram], ids[record.link])
    if isinstance(record, Assessment):
        return derived_id("assessment", ids[record.subject], record.phase, record.dimension or "")
    if isinstance(record, OddConsideration):
        return OddConsideration.of(ids[record.category], ids[record.with_category] if record.with_category else None).id
    if isinstance(record, CapabilityCell):
        return CapabilityCell.of(ids[record.grid], record.attribute, record.level, record.aspect).id
    if isinstance(record, SweepPoint):
        return SweepPoint.of(ids[record.grid], record.blocks, record.series).id
    assert isinstance(record, Answer)
    return derived_id("answer", record.rule, ids[record.subject])


def _moved(record: Record, ids: dict[str, str]) -> Record:
    changes: dict[str, Any] = {"id": ids[record.id]}
    for ref in REF_FIELDS.get(type(record), ()):
        value = getattr(record, ref.name)
        if ref.many:
            changes[ref.name] = tuple(ids.get(item, item) for item in value)
        elif value is not None:
            changes[ref.name] = ids.get(value, value)
    return record.replace(**changes)
