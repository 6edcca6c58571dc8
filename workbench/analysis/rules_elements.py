"""Rules about single elements and about references to the wrong kind of record."""

from collections.abc import Iterator
from typing import Final

from workbench.analysis.findings import Rule, called
from workbench.model.base import UnknownRecord, record_type
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Element,
    Gate,
    Guard,
    Link,
    Note,
    TopEvent,
)
from workbench.model.kinds import ELEMENT_KINDS, label
from workbench.model.records import CLASS_OF, references
from workbench.model.review import Conflict
from workbench.store.store import Store

_RATED: Final = ("hazard", "consequence", "top_event")
_WANTED: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("project", "risk_scheme"): ("risk_scheme",),
    ("hazard", "odd"): ("odd_category",),
    ("top_event", "hazard"): ("hazard",),
    ("guard", "control"): ("control",),
    ("assessment", "subject"): _RATED,
    ("assessment", "evidence"): ("evidence",),
    ("risk_acceptance", "subject"): (*_RATED, "assessment"),
    ("odd_category", "parent"): ("odd_category",),
    ("odd_consideration", "category"): ("odd_category",),
    ("odd_consideration", "with_category"): ("odd_category",),
    ("cause", "likelihood_from"): ("evidence",),
    ("control", "effectiveness_from"): ("evidence",),
    ("guard", "effectiveness_from"): ("evidence",),
    ("run", "superseded_by"): ("run",),
    ("metric", "run"): ("run",),
    ("evidence", "subject"): (*ELEMENT_KINDS, "guard", "link", "assessment"),
    ("evidence", "metric"): ("metric",),
    ("capability_cell", "grid"): ("capability_grid",),
    ("capability_cell", "metric"): ("metric",),
    ("capability_cell", "informs"): ELEMENT_KINDS,
    ("sweep_point", "grid"): ("capability_grid",),
    ("sweep_point", "metric"): ("metric",),
    ("diagram", "focus"): ("hazard", "top_event"),
    ("placement", "diagram"): ("diagram",),
    ("placement", "subject"): (*ELEMENT_KINDS, "guard"),
    ("placement", "hangs_on"): ("guard", "control"),
    ("route", "diagram"): ("diagram",),
    ("route", "link"): ("link",),
    ("stop", "diagram"): ("diagram",),
    ("comment", "meeting"): ("meeting",),
    ("decision", "meeting"): ("meeting",),
    ("action_item", "meeting"): ("meeting",),
    ("vote", "meeting"): ("meeting",),
}
"""Kinds a reference may name; ends of links and subjects of guards have rules of their own."""


def _elements(store: Store) -> Iterator[Element]:
    for kind in ELEMENT_KINDS:
        for record in store.all(CLASS_OF[kind]):
            assert isinstance(record, Element)
            yield record


def _wrong_reference(store: Store) -> Iterator[tuple[str, str]]:
    for record in store.records.values():
        kind = record_type(record)
        for field, target in references(record):
            wanted = _WANTED.get((kind, field))
            found = store.get(target)
            if wanted is None or found is None or isinstance(found, UnknownRecord) or record_type(found) in wanted:
                continue
            expected = " or ".join(label(name).lower() for name in wanted[:3])
            yield record.id, f"The {field} of {called(record)} is {called(found)}; it must be a {expected}."


def _conflict(store: Store) -> Iterator[tuple[str, str]]:
    for conflict in store.all(Conflict):
        where = called(store.get(conflict.subject)) if conflict.subject in store else conflict.subject
        yield conflict.id, f"An unsettled merge conflict: {conflict.field} of {where}; choose ours or theirs."


def _same_code(store: Store) -> Iterator[tuple[str, str]]:
    by_code: dict[str, list[Element]] = {}
    for element in _elements(store):
        if element.code:
            by_code.setdefault(element.code.casefold(), []).append(element)
    for members in by_code.values():
        for element in sorted(members, key=lambda element: element.id)[1:]:
            yield element.id, f"The code {element.code} is given {len(members)} times; give {called(element)} another."


def _no_code(store: Store) -> Iterator[tuple[str, str]]:
    for element in _elements(store):
        if not element.code and not isinstance(element, Note):
            yield element.id, f"A {called(element)} has no code; give it one, so that people can name it."


def _no_title(store: Store) -> Iterator[tuple[str, str]]:
    for element in _elements(store):
        if not element.title.strip():
            yield element.id, f"A {called(element)} has no title; say what it is."


def _idle_factor(store: Store) -> Iterator[tuple[str, str]]:
    acting = {link.source for link in store.all(Link) if link.kind == "degrades"}
    for factor in store.all(DegradationFactor):
        if factor.id not in acting:
            yield factor.id, f"The {called(factor)} weakens no control; hang it under one."


def _idle_control(store: Store) -> Iterator[tuple[str, str]]:
    standing = {guard.control for guard in store.all(Guard)}
    for control in store.all(Control):
        if control.id not in standing and control.status != "retired":
            yield control.id, f"The {called(control)} guards nothing; drop it on a line."


def _orphan_top_event(store: Store) -> Iterator[tuple[str, str]]:
    for event in store.all(TopEvent):
        if event.hazard is None:
            yield event.id, f"The {called(event)} belongs to no hazard; say which."


def _dead_end(store: Store) -> Iterator[tuple[str, str]]:
    left = {link.source for link in store.all(Link) if link.kind == "leads_to"}
    reached = {link.target for link in store.all(Link) if link.kind == "leads_to"}
    for cls in (Cause, Gate):
        for record in store.all(cls):
            if record.id not in left:
                yield record.id, f"The {called(record)} leads nowhere; link it to what it brings about."
    for record in store.all(Consequence):
        if record.id not in reached:
            yield record.id, f"The {called(record)} follows from nothing; link what it follows from."


ELEMENT_RULES: Final[tuple[Rule, ...]] = (
    Rule("conflict", "error", "No merge conflict is left", _conflict),
    Rule("reference-kind", "error", "References name records of the right kind", _wrong_reference),
    Rule("code-twice", "warning", "Every code is given once", _same_code),
    Rule("code-missing", "note", "Every element has a code", _no_code),
    Rule("title-missing", "warning", "Every element has a title", _no_title),
    Rule("factor-idle", "warning", "Every degradation factor acts on a control", _idle_factor),
    Rule("control-idle", "warning", "Every control guards something", _idle_control),
    Rule("top-event-hazard", "warning", "Every top event belongs to a hazard", _orphan_top_event),
    Rule("dead-end", "warning", "Causes lead somewhere, consequences follow from something", _dead_end),
)
