"""Merge conflicts in plain words: what it is about, why nobody but a person can settle it, and the three values."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, Final, Literal, cast, get_args, get_origin

from pydantic import ValidationError

from workbench.analysis.changes import short_name, subject_name, told_under
from workbench.model.base import Record, UnknownRecord, record_type
from workbench.model.codes import code_key
from workbench.model.judgement import PROJECT_ID, Project, RiskScheme
from workbench.model.kinds import ELEMENT_KINDS, PLURAL, label
from workbench.model.records import CLASS_OF, reference_names
from workbench.model.review import Conflict
from workbench.values import value_type

Records = Mapping[str, Record]
NONE: Final = "(none)"
DELETED: Final = "(deleted)"
_CATEGORIES: Final = {"severity": "severities", "frequency": "frequencies"}
_KEYS: Final = ("id", "code", "name", "title")
_WORDS: Final = {
    "and": "AND",
    "or": "OR",
    "not": "NOT",
    "xor": "XOR",
    "odd": "operational design domain",
    "by": "judged by",
    "at": "judged on",
}
_FIRST: Final = ("title", "name", "text", "code", "description")
_COUNTED: Final = {
    "answer": ("answer to a finding", "answers to findings"),
    "evidence": ("claim", "claims"),
    "placement": ("place on a diagram", "places on diagrams"),
    "route": ("line’s way on a diagram", "lines’ ways on diagrams"),
}
_UNTOLD: Final = frozenset({"id", "subject", "diagram", "code", "order"})


@value_type(frozen=True, slots=True)
class Told:
    """One conflict in plain words.

    Attributes:
        id: of the conflict.
        group: the record it is told under, such as the element that is rated; ``name``: how that is called.
        what: what of it the conflict is about, such as ``Description`` or ``Initial rating: severity``.
        why: what happened, in a sentence.
        base, ours, theirs: the values.
        text: whether the value is a text, which may be put in other words.
        both: whether both values may stand, one after the other.
        whole: whether it is about a whole record.
        place: where its group stands among others: elements first, by kind and code.
    """

    id: str
    group: str
    name: str
    what: str
    why: str
    base: str
    ours: str
    theirs: str
    text: bool = False
    both: bool = False
    whole: bool = False
    place: tuple[int, tuple[str, int, str], str] = (0, ("", 0, ""), "")


def told(conflict: Conflict, records: Records) -> Told:
    """A conflict in words.

    Args:
        conflict: the one.
        records: the document it stands in, for the names of what is referred to.
    """
    known = ChainMap(cast("MutableMapping[str, Record]", records), ghosts(conflict))
    teller = _Teller(conflict, known)
    group = told_under(conflict.subject, (known,))
    base, ours, theirs = teller.values()
    return Told(
        conflict.id,
        group,
        subject_name(group, (known,)),
        teller.what(group),
        _why(conflict),
        base,
        ours,
        theirs,
        text=teller.is_text(),
        both=can_have_both(conflict),
        whole=not conflict.field,
        place=_place(group, known.get(group)),
    )


def in_order(conflicts: Iterable[Told]) -> list[Told]:
    """Conflicts by what they are told under, then by what they are about."""
    return sorted(conflicts, key=lambda one: (one.place, one.what, one.id))


def sentence(conflict: Conflict, records: Records) -> str:
    """A conflict in one sentence without its values, for lists."""
    one = told(conflict, records)
    return f"{one.name}, {one.what[:1].lower()}{one.what[1:]}: {one.why}"


def ghosts(conflict: Conflict) -> dict[str, Record]:
    """The records that a conflict keeps of what is not in the document: its subject, and what would come back."""
    values = next((side for side in (conflict.theirs, conflict.base, conflict.ours) if isinstance(side, dict)), None)
    if conflict.field or values is None:
        return {}
    made = {conflict.subject: made_of(conflict.subject_type, conflict.subject, values)}
    for kind, table in conflict.brings.items():
        made |= {key: made_of(kind, key, fields) for key, fields in table.items()}
    return {key: record for key, record in made.items() if record is not None}


def made_of(kind: str, key: str, fields: Mapping[str, Any]) -> Record | None:
    """A record from what a file says of it; None where that cannot be."""
    cls = CLASS_OF.get(kind)
    try:
        if cls is None:
            return UnknownRecord.model_validate({**fields, "id": key, "record_type": kind})
        return cls.model_validate({**fields, "id": key})
    except ValidationError:
        return None


def can_have_both(conflict: Conflict) -> bool:
    """Whether both sides' lists may stand one after the other: no entry of one takes the place of one of the other."""
    ours, theirs = conflict.ours, conflict.theirs
    if not (conflict.field and isinstance(ours, list) and isinstance(theirs, list)):
        return False
    names = [{_name(entry) for entry in side} - {None} for side in (ours, [one for one in theirs if one not in ours])]
    return not names[0] & names[1]


def both_of(conflict: Conflict) -> list[Any]:
    """Ours, and what of theirs is not in it."""
    return [*conflict.ours, *(entry for entry in conflict.theirs if entry not in conflict.ours)]


def _name(entry: Any) -> Any:
    """What an entry of a list is known by; None for a mere value."""
    return next((entry[key] for key in _KEYS if entry.get(key)), None) if isinstance(entry, dict) else None


def _place(group: str, record: Record | None) -> tuple[int, tuple[str, int, str], str]:
    kind = record_type(record) if record is not None else ""
    rank = ELEMENT_KINDS.index(kind) if kind in ELEMENT_KINDS else len(ELEMENT_KINDS)
    return rank, code_key(getattr(record, "code", "")), group


def _why(conflict: Conflict) -> str:
    if conflict.field:
        return "Both versions changed this." if conflict.base is not None else "Both versions gave this a value."
    if conflict.theirs is None:
        return "The other version deleted it, while ours changed it or still uses it."
    if conflict.ours is None:
        return "Ours deleted it, while the other version changed it or still uses it."
    if conflict.subject_type == "assessment":
        return "It was rated in one version while the other took another risk scheme."
    return "Both versions changed it, in ways that cannot be put together."


class _Teller:
    """Words for the values of one conflict."""

    def __init__(self, conflict: Conflict, records: Records) -> None:
        self._conflict = conflict
        self._records = records
        self._class = CLASS_OF.get(conflict.subject_type)
        self._field, _, self._entry = conflict.field.partition(".")

    def what(self, group: str) -> str:
        conflict = self._conflict
        field = ", ".join(_word(part) for part in conflict.field.split(".") if part)
        if not field:
            field = "deleted in one version" if None in (conflict.ours, conflict.theirs) else "all of it"
        if group == conflict.subject:
            return _upper(field)
        own = short_name(conflict.subject, (self._records,))
        return _upper(f"{own}: {field}")

    def is_text(self) -> bool:
        """Whether the values are words of somebody's own."""
        values = (self._conflict.ours, self._conflict.theirs)
        return not self._entry and self._kind() == "text" and all(isinstance(value, str | None) for value in values)

    def values(self) -> tuple[str, str, str]:
        conflict = self._conflict
        if conflict.field:
            kind = self._kind()
            base, ours, theirs = (
                self._value(value, self._field, kind) for value in (conflict.base, conflict.ours, conflict.theirs)
            )
            return base, ours, theirs
        ours, theirs = (self._side(side) for side in (conflict.ours, conflict.theirs))
        return self._whole(conflict.base) if conflict.base is not None else NONE, ours, self._with_brought(theirs)

    def _kind(self) -> Literal["text", "reference", "choice", "other"]:
        info = self._class.model_fields.get(self._field) if self._class is not None else None
        if info is None or self._class is None:
            return "text" if isinstance(self._conflict.ours, str) and not self._entry else "other"
        if any(self._field in names for names in reference_names(self._class)):
            return "reference"
        if _has_choices(info.annotation):
            return "choice"
        return "text" if info.annotation is str and self._field not in (*_CATEGORIES, "at", "date") else "other"

    def _value(self, value: Any, field: str, kind: str) -> str:
        if value is None or value in ("", [], {}):
            return NONE
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, float | int):
            return _number(value)
        if isinstance(value, str):
            if kind == "reference":
                return subject_name(value, (self._records,)) if value in self._records else "Something that is gone"
            if kind == "choice":
                return _upper(_word(value))
            return self._category(value, field)
        if isinstance(value, list):
            return "\n".join(f"• {self._inline(entry, field, kind)}" for entry in value)
        if isinstance(value, dict):
            return "\n".join(f"{_upper(_word(key))}: {self._inline(entry, key, '')}" for key, entry in value.items())
        return str(value)

    def _inline(self, value: Any, field: str, kind: str) -> str:
        if isinstance(value, dict):
            return ", ".join(f"{_word(key)} {self._inline(entry, key, '')}" for key, entry in value.items())
        if isinstance(value, list):
            return ", ".join(self._inline(entry, field, kind) for entry in value)
        return self._value(value, field, kind)

    def _category(self, code: str, field: str) -> str:
        """A category of the risk scheme with its name."""
        if field not in _CATEGORIES or self._conflict.subject_type != "assessment":
            return code
        project = self._records.get(PROJECT_ID)
        scheme = self._records.get(project.risk_scheme or "") if isinstance(project, Project) else None
        if not isinstance(scheme, RiskScheme):
            return code
        categories = getattr(scheme, _CATEGORIES[field])
        found = next((one for one in categories if one.code == code), None)
        return f"{code} (no category of the scheme in force)" if found is None else f"{code} {found.name}".strip()

    # whole records

    def _side(self, side: Any) -> str:
        if side is None:
            return DELETED
        base = self._conflict.base
        if not isinstance(side, dict) or not isinstance(base, dict):
            return self._whole(side)
        names = [name for name in by_weight({**base, **side}) if base.get(name) != side.get(name)]
        if not names:
            return "As before; something still uses it."
        return "\n".join(f"{_upper(_word(name))}: {self._named(name, side.get(name))}" for name in names)

    def _whole(self, side: Any) -> str:
        if not isinstance(side, dict):
            return self._value(side, "", "")
        told = by_weight(side)
        said = {name: side[name] for name in told if name not in _UNTOLD and side[name] not in (None, "", [], {})}
        words = "\n".join(f"{_upper(_word(name))}: {self._named(name, value)}" for name, value in said.items())
        return words or f"{label(self._conflict.subject_type)} without any words"

    def _named(self, name: str, value: Any) -> str:
        cls = self._class
        info = cls.model_fields.get(name) if cls is not None else None
        kind = "other"
        if cls is not None and any(name in names for names in reference_names(cls)):
            kind = "reference"
        elif info is not None and _has_choices(info.annotation):
            kind = "choice"
        return self._inline(value, name, kind) or NONE

    def _with_brought(self, words: str) -> str:
        counts = {kind: len(table) for kind, table in self._conflict.brings.items() if table}
        if not counts:
            return words
        listed = [f"{count} {_counted(kind, count)}" for kind, count in counts.items()]
        return f"{words}\nComes back with it: {', '.join(listed)}."


def _counted(kind: str, count: int) -> str:
    if kind in _COUNTED:
        return _COUNTED[kind][count > 1]
    words = label(kind) if count == 1 else PLURAL.get(kind, label(kind))
    return words if words[:2].isupper() else words.lower()


def by_weight(names: Iterable[str]) -> list[str]:
    """Field names, those first that say what a record is."""
    return sorted(names, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))


def _has_choices(annotation: Any) -> bool:
    if get_origin(annotation) is Literal:
        return True
    return any(_has_choices(part) for part in get_args(annotation))


def _number(value: float) -> str:
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def _word(name: str) -> str:
    return _WORDS.get(name) or name.replace("_", " ")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
