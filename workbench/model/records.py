"""The table of record types, and what it says about each: class, references, defaults."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from workbench.model.base import OnRemove, Record, Ref
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Gate,
    Guard,
    Hazard,
    Link,
    Note,
    TopEvent,
)
from workbench.model.judgement import (
    Assessment,
    CapabilityCell,
    CapabilityGrid,
    OddCategory,
    OddConsideration,
    Project,
    RiskAcceptance,
    RiskScheme,
    SweepPoint,
)
from workbench.model.review import (
    ActionItem,
    Answer,
    Comment,
    Conflict,
    Decision,
    Meeting,
    Stop,
    Vote,
)
from workbench.model.runs import Evidence, Metric, Run
from workbench.values import value_type

RECORD_CLASSES: Final[tuple[type[Record], ...]] = (
    Project,
    Hazard,
    TopEvent,
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Gate,
    Note,
    Link,
    Guard,
    Assessment,
    RiskScheme,
    RiskAcceptance,
    OddCategory,
    OddConsideration,
    Run,
    Metric,
    Evidence,
    CapabilityGrid,
    CapabilityCell,
    SweepPoint,
    Diagram,
    Placement,
    Route,
    Stop,
    Comment,
    Decision,
    ActionItem,
    Meeting,
    Vote,
    Answer,
    Conflict,
)

CLASS_OF: Final[dict[str, type[Record]]] = {cls.TYPE: cls for cls in RECORD_CLASSES}


@value_type(frozen=True, slots=True)
class RefField:
    """One field of a record type that holds an id, or a tuple of ids."""

    name: str
    many: bool
    on_remove: OnRemove


def _find_ref(annotation: Any) -> tuple[Ref, bool] | None:
    """The reference marker in an annotation, and whether it stands inside a tuple."""
    origin = get_origin(annotation)
    if origin is Annotated:
        for marker in annotation.__metadata__:
            if isinstance(marker, Ref):
                return marker, False
        return _find_ref(get_args(annotation)[0])
    if origin in (Union, UnionType, tuple):
        for argument in get_args(annotation):
            found = _find_ref(argument)
            if found is not None:
                return found[0], origin is tuple or found[1]
    return None


def _ref_fields(cls: type[Record]) -> tuple[RefField, ...]:
    found = []
    for name, info in cls.model_fields.items():
        direct = next((m for m in info.metadata if isinstance(m, Ref)), None)
        hit = (direct, False) if direct is not None else _find_ref(info.annotation)
        if hit is not None:
            found.append(RefField(name, many=hit[1], on_remove=hit[0].on_remove))
    return tuple(found)


REF_FIELDS: Final[dict[type[Record], tuple[RefField, ...]]] = {cls: _ref_fields(cls) for cls in RECORD_CLASSES}

_NAMES: Final = {
    cls: (tuple(f.name for f in fields if not f.many), tuple(f.name for f in fields if f.many))
    for cls, fields in REF_FIELDS.items()
}
_NONE: Final[tuple[tuple[str, ...], tuple[str, ...]]] = ((), ())


def reference_names(cls: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the fields of a record class that hold one id, and of those that hold a tuple of ids."""
    return _NAMES.get(cls, _NONE)


def references(record: Record) -> Iterator[tuple[str, str]]:
    """Every reference ``record`` holds, as (field name, id it points at)."""
    single, many = _NAMES.get(type(record), _NONE)
    values = record.__dict__
    for name in single:
        target = values[name]
        if target is not None:
            yield name, target
    for name in many:
        for target in values[name]:
            yield name, target


def new_record(kind: str, id: str, /, **fields: Any) -> Record:
    """A validated record of ``kind``.

    Raises:
        KeyError: no such kind, or no such field.
        pydantic.ValidationError: a value is not allowed.
    """
    cls = CLASS_OF[kind]
    for name in fields:
        if name not in cls.model_fields:
            raise KeyError(name)
    return cls.model_validate({"id": id, **fields})
