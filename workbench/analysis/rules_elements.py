"""Rules about single elements and about references to the wrong kind of record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from workbench.analysis.findings import Rule, called
from workbench.analysis.lint.context import Context
from workbench.model.base import Record, UnknownRecord, record_type
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Element,
    Gate,
    Guard,
    Hazard,
    Link,
    Note,
    TopEvent,
)
from workbench.model.judgement import Assessment
from workbench.model.kinds import ELEMENT_KINDS, label
from workbench.model.records import CLASS_OF, reference_names
from workbench.model.review import Conflict

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

_Wanted = tuple[tuple[str, bool, frozenset[type[Record]]], ...]


def _by_class() -> dict[type[Record], _Wanted]:
    """Fields that hold references, whether they hold several, and the classes they may name."""
    made: dict[type[Record], _Wanted] = {}
    for (holder, field), kinds in _WANTED.items():
        cls = CLASS_OF[holder]
        several = field in reference_names(cls)[1]
        classes: frozenset[type[Record]] = frozenset((UnknownRecord, *(CLASS_OF[kind] for kind in kinds)))
        made[cls] = (*made.get(cls, ()), (field, several, classes))
    return made


_BY_CLASS: Final = _by_class()

ELEMENTS: Final = (Hazard, TopEvent, Cause, Consequence, Control, DegradationFactor, Gate, Note)
_CODED: Final = ELEMENTS[:-1]


def _wrong_reference(ctx: Context, record: Record) -> Iterable[str]:
    get, values = ctx.records.get, record.__dict__  # where a record changes its kind, what refers to it is asked again
    found: list[str] = []
    for field, several, wanted in _BY_CLASS[type(record)]:
        value = values[field]
        if not value:
            continue
        for target in value if several else (value,):
            named = get(target)
            if named is not None and type(named) not in wanted:
                expected = " or ".join(label(name).lower() for name in _WANTED[record_type(record), field][:3])
                found.append(f"The {field} of {called(record)} is {called(ctx.get(target))}; it must be a {expected}.")
    return found


def _sift_references(ctx: Context, records: Sequence[Record]) -> list[Record]:
    get, found = ctx.records.get, []
    for field, several, wanted in _BY_CLASS[type(records[0])] if records else ():
        for record in records:
            value = record.__dict__[field]
            if value:
                for target in value if several else (value,):
                    named = get(target)
                    if named is not None and type(named) not in wanted:
                        found.append(record)
                        break
    return list({record.id: record for record in found}.values())


def _conflict(ctx: Context, conflict: Conflict) -> Iterator[str]:
    subject = ctx.get(conflict.subject)
    rated = ctx.get(subject.subject) if isinstance(subject, Assessment) else None
    where = called(subject) if subject is not None else f"a {label(conflict.subject_type).lower()} one version deleted"
    where = f"a rating of the {called(rated)}" if rated is not None else where
    what = f"{conflict.field.replace('_', ' ').replace('.', ', ')} of {where}" if conflict.field else where
    yield f"An unsettled merge conflict: {what}; choose ours or theirs."


def _same_code(ctx: Context, element: Element) -> Iterable[str]:
    if not element.code:
        return ()
    members = ctx.named("code", element.code)
    if len(members) < 2 or min(members) == element.id:
        return ()
    return (f"The code {element.code} is given {len(members)} times; give {called(element)} another.",)


def _sift_codes(ctx: Context, elements: Sequence[Element]) -> list[Element]:
    repeated = ctx.once(_repeated_codes, None)
    return [element for element in elements if element.id in repeated] if repeated else []


def _repeated_codes(ctx: Context, _: None) -> set[str]:
    told: set[str] = set()
    again: set[str] = set()
    codes: list[tuple[str, str]] = []
    for cls in ELEMENTS:
        for element in ctx.all(cls):
            values = element.__dict__
            code = values["code"].casefold()
            codes.append((code, values["id"]))
            (again if code in told else told).add(code)
    again.discard("")
    return {id for code, id in codes if code in again} if again else again


def _no_code(_: Context, element: Element) -> Iterable[str]:
    if element.code:
        return ()
    return (f"A {called(element)} has no code; give it one, so that people can name it.",)


def _without_code(_: Context, elements: Sequence[Element]) -> list[Element]:
    return [element for element in elements if not element.__dict__["code"]]


def _no_title(_: Context, element: Element) -> Iterable[str]:
    if element.title.strip():
        return ()
    return (f"A {called(element)} has no title; say what it is.",)


def _without_title(_: Context, elements: Sequence[Element]) -> list[Element]:
    return [element for element in elements if not element.__dict__["title"].strip()]


def _idle_factor(ctx: Context, factor: DegradationFactor) -> Iterable[str]:
    if any(link.kind == "degrades" for link in ctx.referrers(factor.id, Link, "source")):
        return ()
    return (f"The {called(factor)} weakens no control; hang it under one.",)


def _sift_factors(ctx: Context, factors: Sequence[DegradationFactor]) -> list[DegradationFactor]:
    links = ctx.by(Link, "source")
    return [factor for factor in factors if not _leads("degrades", links.get(factor.__dict__["id"]))]


def _leads(kind: str, links: Mapping[str, Link] | None) -> bool:
    """Whether one of the links at an end is of a kind; most often the first is."""
    return links is not None and any(link.__dict__["kind"] == kind for link in links.values())


def _idle_control(ctx: Context, control: Control) -> Iterable[str]:
    if control.status == "retired" or ctx.referrers(control.id, Guard, "control"):
        return ()
    return (f"The {called(control)} guards nothing; drop it on a line.",)


def _sift_idle(ctx: Context, controls: Sequence[Control]) -> list[Control]:
    standing = ctx.by(Guard, "control")
    return [control for control in controls if control.__dict__["id"] not in standing]


def _orphan_top_event(_: Context, event: TopEvent) -> Iterable[str]:
    if event.hazard is not None:
        return ()
    return (f"The {called(event)} belongs to no hazard; say which.",)


def _dead_end(ctx: Context, record: Cause | Gate | Consequence) -> Iterable[str]:
    side = "target" if isinstance(record, Consequence) else "source"
    if any(link.kind == "leads_to" for link in ctx.referrers(record.id, Link, side)):
        return ()
    if isinstance(record, Consequence):
        return (f"The {called(record)} follows from nothing; link what it follows from.",)
    return (f"The {called(record)} leads nowhere; link it to what it brings about.",)


def _sift_dead_ends(ctx: Context, records: Sequence[Cause | Gate | Consequence]) -> list[Cause | Gate | Consequence]:
    side = "target" if records and isinstance(records[0], Consequence) else "source"
    links = ctx.by(Link, side)
    return [record for record in records if not _leads("leads_to", links.get(record.__dict__["id"]))]


_DESIGN: Final = "Rule of the program: a project has to be readable by people and programs alike."

ELEMENT_RULES: Final[tuple[Rule, ...]] = (
    Rule("conflict", "error", "No merge conflict is left", (Conflict,), _conflict, source=_DESIGN,
         explanation="Two people changed the same thing, and nobody has said yet which change counts."),
    Rule("reference-kind", "error", "References name records of the right kind", tuple(_BY_CLASS), _wrong_reference,
         source=_DESIGN, explanation="A field names a record of a kind that cannot stand there; nothing can be drawn "
         "or computed from it.", sift=_sift_references),
    Rule("code-twice", "warning", "Every code is given once", ELEMENTS, _same_code, source=_DESIGN,
         explanation="People and reports name elements by their code, so that one code must mean one element.",
         sift=_sift_codes),
    Rule("code-missing", "note", "Every element has a code", _CODED, _no_code, source=_DESIGN,
         explanation="An element without a code cannot be named in a meeting, a log or a command.",
         sift=_without_code),
    Rule("title-missing", "warning", "Every element has a title", ELEMENTS, _no_title, source=_DESIGN,
         explanation="A box without words says nothing to a reviewer.", sift=_without_title),
    Rule("factor-idle", "warning", "Every degradation factor acts on a control", (DegradationFactor,), _idle_factor,
         source="CCPS and Energy Institute practice; CAA bow-tie guidance on escalation factors.",
         explanation="A degradation factor weakens a control. One that weakens none is lost, or is a cause.",
         sift=_sift_factors),
    Rule("control-idle", "warning", "Every control guards something", (Control,), _idle_control, source=_DESIGN,
         explanation="A control that stands on no line protects nobody in this analysis.", sift=_sift_idle),
    Rule("top-event-hazard", "warning", "Every top event belongs to a hazard", (TopEvent,), _orphan_top_event,
         source=_DESIGN, explanation="A top event is the moment control over a hazard is lost: without the hazard "
         "nobody can say of what."),
    Rule("dead-end", "warning", "Causes lead somewhere, consequences follow from something",
         (Cause, Gate, Consequence), _dead_end, source=_DESIGN,
         explanation="An element that no pathway goes through is in no sum and no argument.", sift=_sift_dead_ends),
)  # fmt: skip
