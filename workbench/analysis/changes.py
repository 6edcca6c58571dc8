"""What differs between two versions, in plain words, grouped by the element it is about.

"Control B-7 Code review: effectiveness 0.5 → 0.8". What only says where things are drawn is summed up by diagram.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from workbench.files.comparison import RecordChange, compare, record_changes
from workbench.model.base import Record, record_type
from workbench.model.codes import code_key
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Element, Guard, Link
from workbench.model.judgement import Assessment, CapabilityCell, OddConsideration, RiskAcceptance, SweepPoint
from workbench.model.kinds import ELEMENT_KINDS, label
from workbench.model.records import reference_names
from workbench.model.review import ActionItem, Answer, Comment, Decision, Meeting, Vote
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.diff import Diff
from workbench.values import value_type

LONGEST: Final = 80
"""Characters of a text that are shown whole."""

_ABOUT: Final[dict[type[Record], str]] = {
    Assessment: "subject",
    RiskAcceptance: "subject",
    Evidence: "subject",
    Comment: "subject",
    ActionItem: "subject",
    Decision: "subject",
    Vote: "subject",
    Answer: "subject",
    Placement: "diagram",
    Route: "diagram",
    Guard: "control",
    Metric: "run",
    CapabilityCell: "grid",
    SweepPoint: "grid",
    OddConsideration: "category",
}
"""The field that names what a record is told under."""

_FIELD_WORDS: Final[dict[tuple[str, str], str]] = {
    ("meeting", "before"): "document when it began",
    ("meeting", "after"): "document when it ended",
    ("meeting", "started_at"): "began",
    ("meeting", "ended_at"): "ended",
    ("assessment", "at"): "rated at",
    ("assessment", "by"): "rated by",
    ("action_item", "at"): "noted",
    ("action_item", "closed_at"): "closed",
}
"""Fields whose names do not say by themselves what they hold."""

_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|\+00:00)")
_HASH: Final = re.compile(r"[0-9a-f]{64}")

Documents = tuple[Mapping[str, Record], Mapping[str, Record]]
"""The records of the first version and of the second, by id."""

_NO_NAMES: Final[Documents] = ({}, {})
"""For values that are no references: a tag may read like an id."""


@value_type(frozen=True, slots=True)
class Group:
    """All that happened to one element, or to something else that stands for itself.

    Attributes:
        id: the record the group is about.
        title: its kind, code and title, such as ``Control B-7 Code review``.
        how: ``added``, ``removed`` or ``changed``; ``changed`` also where only what stands on it differs.
        lines: one plain sentence part each; none for something that was only added or removed.
        ids: every record that differs and is told here.
    """

    id: str
    title: str
    how: str
    lines: tuple[str, ...]
    ids: tuple[str, ...]


def grouped(before: Mapping[str, Record], after: Mapping[str, Record], diff: Diff) -> list[Group]:
    """What differs, by the element it is about: hazards first, then by kind and code."""
    documents = (before, after)
    found: dict[str, list[RecordChange]] = {}
    for change in record_changes(diff):
        found.setdefault(_about(change.id, documents), []).append(change)
    groups = [_group(key, changes, documents) for key, changes in found.items()]
    return sorted(groups, key=lambda group: _place(group.id, documents))


def as_text(groups: Iterable[Group]) -> list[str]:
    """Lines for a terminal or a list: a heading a group, and what happened indented under it."""
    lines = []
    for group in groups:
        word = "" if group.how == "changed" else f" {group.how}"
        if len(group.lines) == 1 and not word:
            lines.append(f"{group.title}: {group.lines[0]}")
            continue
        lines.append(f"{group.title}{word}" + (":" if group.lines else ""))
        lines += [f"    {line}" for line in group.lines]
    return lines


def described(records: Mapping[str, Record]) -> Iterator[str]:
    """A whole document as lines of words, for tools that compare text: a heading a record, a line a field."""
    changes = {change.id: change for change in record_changes(compare({}, records))}
    documents: Documents = ({}, records)
    for key in sorted(changes, key=lambda key: _place(key, documents)):
        record = records[key]
        named = isinstance(record, Element) or type(record) not in _ABOUT
        yield (
            _title(key, documents)
            if named
            else f"{_title(_about(key, documents), documents)}: {_short(key, documents)}"
        )
        single, many = reference_names(type(record))
        for name, (_, value) in changes[key].fields.items():
            known = documents if name in single or name in many else _NO_NAMES
            lines = value.splitlines() if isinstance(value, str) and len(value) > LONGEST else [_value(value, known)]
            yield f"    {_word(name, record_type(record))}: {lines[0] if lines else ''}"
            yield from (f"        {line}" for line in lines[1:])


def subject_name(key: str, sides: Iterable[Mapping[str, Record]]) -> str:
    """What a record is called in the first of several versions that has it."""
    holder = next((side for side in sides if key in side), {})
    return _title(key, (holder, holder))


def short_name(key: str, sides: Iterable[Mapping[str, Record]]) -> str:
    """The same beside the name of what it is told under, such as ``initial rating``."""
    holder = next((side for side in sides if key in side), {})
    return _short(key, (holder, holder))


def told_under(key: str, sides: Iterable[Mapping[str, Record]]) -> str:
    """The record that another is told under: an element, a line, a diagram, a run, or itself."""
    holder = next((side for side in sides if key in side), {})
    return _about(key, (holder, holder))


def _group(key: str, changes: list[RecordChange], documents: Documents) -> Group:
    own = [change for change in changes if change.id == key]
    how = own[0].change if own else "changed"
    lines: list[str] = []
    for change in own:
        if change.change == "changed":
            lines += _fields(change, documents)
    whole = how != "changed"
    others = [change for change in changes if change.id != key]
    for change in others:
        if change.record not in ("placement", "route") and not (whole and change.change == how):
            lines += _other(change, documents)
    lines += _drawn([change for change in others if change.record in ("placement", "route")], whole=whole)
    return Group(key, _title(key, documents), how, tuple(lines), tuple(change.id for change in changes))


def _other(change: RecordChange, documents: Documents) -> Iterator[str]:
    name = _short(change.id, documents)
    if change.change == "changed":
        yield from (f"{name}: {line}" for line in _fields(change, documents))
    else:
        yield f"{name} {change.change}"


def _drawn(changes: list[RecordChange], *, whole: bool) -> Iterator[str]:
    """Places and bends on one diagram, as counts."""
    if whole:
        return
    counts = {
        "placed here": sum(one.record == "placement" and one.change == "added" for one in changes),
        "taken off": sum(one.record == "placement" and one.change == "removed" for one in changes),
        "moved, resized or folded": sum(one.record == "placement" and one.change == "changed" for one in changes),
        "bent or hidden": sum(one.record == "route" for one in changes),
    }
    for words, count in counts.items():
        if count:
            yield f"{count} {'line' if words.startswith('bent') else 'element'}{'' if count == 1 else 's'} {words}"


def _fields(change: RecordChange, documents: Documents) -> Iterator[str]:
    record = _record(change.id, documents)
    single, many = reference_names(type(record)) if record is not None else ((), ())
    for name, (old, new) in change.fields.items():
        known, word = documents if name in single or name in many else _NO_NAMES, _word(name, change.record)
        if name == "order":  # a key between its neighbours, which says nothing to anybody
            yield "another place among its like"
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            for part in sorted({*old, *new}):
                if old.get(part) != new.get(part):
                    yield f"{word}, {_word(part)} {_step(old.get(part), new.get(part), known)}"
        elif isinstance(old or new, list) and all(isinstance(one, str) for one in (*(old or ()), *(new or ()))):
            yield f"{word} {_listed(old or [], new or [], known)}"
        else:
            before, after = (_unwritten(record, name) if value is None else value for value in (old, new))
            yield f"{word} {_step(before, after, known)}"


def _unwritten(record: Record | None, name: str) -> Any:
    """What a field that is not in the file means: its default, where that is a word or a figure."""
    field = type(record).model_fields.get(name) if record is not None else None
    return field.default if field is not None and isinstance(field.default, str | int | float) else None


def _listed(old: list[str], new: list[str], documents: Documents) -> str:
    added = [f"+ {_value(one, documents)}" for one in new if one not in old]
    removed = [f"− {_value(one, documents)}" for one in old if one not in new]
    return ", ".join((*added, *removed)) or "in another order"


def _step(old: Any, new: Any, documents: Documents) -> str:
    before, after = (_value(one, documents) for one in (old, new))
    if before == after:
        return "reworded"
    stamps = [_stamp(one) for one in (before, after)]
    before, after = stamps if stamps[0] != stamps[1] else (before, after)
    return f"{before} → {after}"


def _value(value: Any, documents: Documents) -> str:
    if value is None or value == "":
        return "(none)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, str):
        known = documents[1].get(value) or documents[0].get(value)
        return _short(value, documents) if known is not None else _cut(value)
    if isinstance(value, dict):
        return ", ".join(f"{_word(name)} {_value(item, documents)}" for name, item in value.items())
    return f"{len(value)} entries" if len(value) != 1 else _value(value[0], documents)


def _stamp(text: str) -> str:
    """A point in time as people write it, to the minute: ``2026-11-23 10:05 UTC``; any other text as it is."""
    found = _TIME.fullmatch(text)
    return f"{found[1]} {found[2]} UTC" if found else text


def _cut(text: str) -> str:
    line = " ".join(text.split())
    if _HASH.fullmatch(line):
        return line[:8]
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _word(name: str, record: str = "") -> str:
    """The name of a field (of a type of record) as people say it."""
    return _FIELD_WORDS.get((record, name)) or name.replace("_", " ")


def _about(key: str, documents: Documents) -> str:
    """The record something is told under: an element, a line, a diagram, a run, or itself."""
    record = _record(key, documents)
    name = _ABOUT.get(type(record)) if record is not None else None
    target = getattr(record, name) if name else None
    return key if target is None or _record(target, documents) is None else _about(target, documents)


def _record(key: str, documents: Documents) -> Record | None:
    return documents[1].get(key) or documents[0].get(key)


def _title(key: str, documents: Documents) -> str:
    record = _record(key, documents)
    if record is None:
        return key
    if isinstance(record, Link):
        return f"Line {_short(record.source, documents)} → {_short(record.target, documents)}"
    words = (label(record_type(record)), getattr(record, "code", ""), _cut(_name(record)))
    return " ".join(word for word in words if word)


def _name(record: Record) -> str:
    for field in ("title", "name", "text", "question"):
        value = getattr(record, field, "")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _short(key: str, documents: Documents) -> str:
    record = _record(key, documents)
    if isinstance(record, Element):
        return record.code or _cut(record.title) or label(record.TYPE).lower()
    if isinstance(record, Link):
        return f"line {_short(record.source, documents)} → {_short(record.target, documents)}"
    if isinstance(record, Guard):
        where = _short(record.subject, documents)
        return f"{_short(record.control, documents)} on {where}"
    if isinstance(record, Assessment):
        words = (record.dimension or "", record.phase, "rating")
        return " ".join(word for word in words if word)
    if isinstance(record, Evidence):
        metric = _record(record.metric, documents) if record.metric else None
        told = _name(metric) if metric is not None else record.kind
        return f"evidence {_cut(told)}".strip()
    if isinstance(record, Metric | Run | Diagram | Meeting):
        return f"{label(record.TYPE).lower()} {_cut(_name(record))}".strip()
    if isinstance(record, ActionItem | Comment | Decision | Vote):
        return f"{label(record.TYPE).lower()} “{_cut(_name(record))}”"
    return label(record_type(record)).lower() if record is not None else key


_KINDS: Final = ("project", *ELEMENT_KINDS)


def _place(key: str, documents: Documents) -> tuple[int, str, tuple[str, int, str], str]:
    record = _record(key, documents)
    kind = record_type(record) if record is not None else ""
    order = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return (order, kind, code_key(getattr(record, "code", "")), key)
