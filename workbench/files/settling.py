"""Three-way merging of one record: field by field, and what counts as one field.

Where only one side changed a field, that side is right. Where both did, geometry keeps ours (where a box stands is
worth no question), lists of words and of references take what either side added and drop what either removed, and
every other difference is a conflict: what somebody judged is never settled by a program.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import orjson

from workbench.files.canonical import defaults_of, dump
from workbench.model.base import Part, Record, UnknownRecord, record_type
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Guard, Link
from workbench.model.judgement import RiskScheme, SystemUnderAnalysis
from workbench.model.lint import LintOptions
from workbench.model.review import Stop
from workbench.values import value_type

GEOMETRY: Final[dict[type[Record], frozenset[str]]] = {
    Placement: frozenset(("x", "y", "w", "h", "station", "hangs_on", "collapsed")),
    Route: frozenset(("points", "hidden")),
    Diagram: frozenset(("order",)),
    Guard: frozenset(("order",)),
    Stop: frozenset(("order", "camera")),
}
"""Fields that say where something is drawn. Both changed: ours stays."""

_TOGETHER: Final[dict[type[Record], tuple[frozenset[str], ...]]] = {
    Placement: (frozenset(("x", "y", "station", "hangs_on")), frozenset(("w", "h"))),
    Link: (frozenset(("kind", "source", "target")),),
}
"""Fields that are one statement: half of each side's would be a third one that nobody made."""

_BY_ENTRY: Final = (SystemUnderAnalysis, LintOptions)
"""Parts whose entries stand for themselves; any other part is one judgement."""

_MEANING: Final = frozenset(("severities", "frequencies", "levels"))
"""Fields of a risk scheme that its cells are made of: where somebody has to choose one of two, the cells go along."""

ABSENT: Final = object()
"""The value of a field that a record does not have: one of a newer version."""


@value_type(frozen=True, slots=True)
class Clash:
    """Both sides changed one field, differently. Values as the record holds them.

    Attributes:
        field: dotted for an entry of a part; empty for the record as a whole.
        settled: whether ours was kept without asking, because it is geometry.
    """

    field: str
    base: Any
    ours: Any
    theirs: Any
    settled: bool = False


def is_geometry(record: Record) -> bool:
    """Whether a record says only where something is drawn."""
    return type(record) in (Placement, Route)


def as_in_file(value: Any) -> Any:
    """A value of a record as JSON has it; null for one that is absent."""
    return None if value is ABSENT else orjson.loads(dump(value))


def merge_record(base: Record | None, ours: Record, theirs: Record) -> tuple[Record, list[Clash]]:
    """One record that both sides have and that differs.

    Returns:
        The record with all that could be settled, ours elsewhere; and where both changed the same.
    """
    if record_type(ours) != record_type(theirs):
        return ours, [Clash("", base, ours, theirs)]
    before = _fields(base) if base is not None and record_type(base) == record_type(ours) else _unset(ours)
    mine, other = _fields(ours), _fields(theirs)
    taken: dict[str, Any] = {}
    clashes: list[Clash] = []
    geometry = GEOMETRY.get(type(ours), frozenset())
    for group in _groups(type(ours), mine.keys() | other.keys()):
        if _same(group, mine, other) or _same(group, other, before):
            continue
        if _same(group, mine, before):
            taken.update({name: other.get(name, ABSENT) for name in group})
            continue
        for name in group:
            base_value, my_value, other_value = (side.get(name, ABSENT) for side in (before, mine, other))
            clash = Clash(name, base_value, my_value, other_value, settled=group <= geometry)
            if _equal(clash.ours, clash.theirs):
                continue
            if len(group) > 1 or clash.settled:
                clashes.append(clash)
                continue
            value, found = _merge_value(name, clash.base, clash.ours, clash.theirs)
            clashes += found
            if not _equal(value, clash.ours):
                taken[name] = value
    if isinstance(ours, RiskScheme) and any(clash.field in _MEANING for clash in clashes):
        taken.pop("cells", None)
        clashes = [clash for clash in clashes if not clash.field.startswith("cells")]
        if not _equal(ours.cells, other["cells"]):
            clashes.append(Clash("cells", before.get("cells", ABSENT), ours.cells, other["cells"]))
    return (_with(ours, mine, taken) if taken else ours), clashes


def _merge_value(name: str, base: Any, ours: Any, theirs: Any) -> tuple[Any, list[Clash]]:
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        words = base if isinstance(base, tuple) else ()
        if _words(words) and _words(ours) and _words(theirs):
            return _merge_words(words, ours, theirs), []
    elif isinstance(ours, dict) and isinstance(theirs, dict):
        return _merge_entries(name, base if isinstance(base, dict) else {}, ours, theirs, dict)
    elif isinstance(ours, _BY_ENTRY) and type(theirs) is type(ours):
        before = _fields(base) if type(base) is type(ours) else {}
        make: Callable[[dict[str, Any]], Any] = type(ours).model_validate
        return _merge_entries(name, before, _fields(ours), _fields(theirs), make)
    return ours, [Clash(name, base, ours, theirs)]


def _merge_entries(
    name: str, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], make: Callable[..., Any]
) -> tuple[Any, list[Clash]]:
    merged: dict[str, Any] = {}
    clashes: list[Clash] = []
    for key in dict.fromkeys((*ours, *theirs)):
        before, mine, other = (side.get(key, ABSENT) for side in (base, ours, theirs))
        if _equal(mine, other) or _equal(other, before):
            value = mine
        elif _equal(mine, before):
            value = other
        elif ABSENT in (mine, other):
            value = mine
            clashes.append(Clash(f"{name}.{key}", before, mine, other))
        else:
            value, found = _merge_value(f"{name}.{key}", before, mine, other)
            clashes += found
        if value is not ABSENT:
            merged[key] = value
    return make(merged), clashes


def _merge_words(base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Ours without what they removed, then what they added, in their order."""
    kept = [item for item in ours if item in theirs or item not in base]
    return (*kept, *(item for item in theirs if item not in base and item not in ours))


def _words(values: tuple[Any, ...]) -> bool:
    """Whether a list is a set in some order: texts, each once."""
    return all(isinstance(value, str) for value in values) and len(set(values)) == len(values)


def _groups(cls: type[Record], names: Iterable[str]) -> Iterable[frozenset[str]]:
    together = _TOGETHER.get(cls, ())
    yield from together
    grouped = frozenset().union(*together)
    yield from (frozenset((name,)) for name in sorted(names) if name not in grouped)


def _same(group: frozenset[str], one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(_equal(one.get(name, ABSENT), other.get(name, ABSENT)) for name in group)


def _equal(one: Any, other: Any) -> bool:
    return one is other or bool(one == other)


def _fields(value: Record | Part) -> dict[str, Any]:
    fields = {**value.__dict__, **(value.__pydantic_extra__ or {})}
    fields.pop("id", None)
    fields.pop("record_type", None)
    return fields


def _unset(record: Record) -> dict[str, Any]:
    """What a record of this class says before anybody has said anything."""
    return {name: value for name, value in defaults_of(type(record)).items() if name not in ("id", "record_type")}


def _with(record: Record, fields: dict[str, Any], taken: Mapping[str, Any]) -> Record:
    values = {name: value for name, value in {**fields, **taken}.items() if value is not ABSENT}
    if isinstance(record, UnknownRecord):
        return UnknownRecord(id=record.id, record_type=record.record_type, **values)
    return type(record).model_validate({**values, "id": record.id})
