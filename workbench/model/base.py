"""What every record has in common: frozen, validated, unknown fields kept, references declared."""

from typing import Annotated, Any, ClassVar, Final, Literal, Self, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from workbench.values import value_type

COORDINATE_LIMIT: Final = 1_000_000.0
"""Largest distance from the origin, in scene units. One box at 1e15 would make fit-to-window useless."""

Title = Annotated[str, Field(max_length=2_000)]
"""A name shown on the diagram."""

Line = Annotated[str, Field(max_length=4_000)]
"""A short text of a form field."""

Text = Annotated[str, Field(max_length=200_000)]
"""A long text: description, rationale, notes."""

MAX_ID: Final = 200
"""Characters an id may have; the program's own have about a dozen."""

Id = Annotated[str, Field(min_length=1, max_length=MAX_ID)]

Finite = Annotated[float, Field(allow_inf_nan=False)]
Probability = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**53)]


def _round2(value: float) -> float:
    rounded = round(value, 2)
    return 0.0 if rounded == 0 else rounded  # -0.0 and 0.0 are one place and must be one text


Coordinate = Annotated[
    float, Field(ge=-COORDINATE_LIMIT, le=COORDINATE_LIMIT, allow_inf_nan=False), AfterValidator(_round2)
]
"""Scene units (pixels at 100 %), rounded to 0.01 so that a re-save of the same drawing gives the same bytes."""

Length = Annotated[float, Field(ge=1, le=COORDINATE_LIMIT, allow_inf_nan=False), AfterValidator(_round2)]
"""A width or height in scene units."""

OnRemove = Literal["cascade", "clear"]


@value_type(frozen=True, slots=True)
class Ref:
    """Marks a field that holds record ids.

    Attributes:
        on_remove: what happens to the record that holds the reference when its target goes: ``cascade`` removes it
            too, ``clear`` empties the field (or drops the one entry of a list).
    """

    on_remove: OnRemove


CascadeRef = Annotated[Id, Ref("cascade")]
ClearRef = Annotated[Id, Ref("clear")]


class Part(BaseModel):
    """A value inside a record. Fields of a newer minor version are kept as they came."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    @classmethod
    def empty(cls) -> Self:
        """One that says nothing, made without a validator: making that for each class would delay the start."""
        return cast("Self", cls.model_construct())


class Record(BaseModel):
    """One entry of the document's flat map. Immutable; a change makes a new record with the same id.

    Attributes:
        id: the record's key in the document. In the file it is the key of the map, not a field.
    """

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    TYPE: ClassVar[str] = ""

    id: str = Field(default="", exclude=True)

    def replace(self, **changes: Any) -> Self:
        """A validated copy with ``changes``.

        Raises:
            KeyError: a name is no field of this record.
            pydantic.ValidationError: a value is not allowed.
        """
        known = type(self).model_fields
        for name in changes:
            if name not in known and name not in (self.__pydantic_extra__ or {}):
                raise KeyError(name)
        return type(self).model_validate({**self.__dict__, **(self.__pydantic_extra__ or {}), **changes})


class UnknownRecord(Record):
    """A record of a type that only a newer version knows: kept whole, shown nowhere, written back unchanged."""

    record_type: str = Field(default="", exclude=True)


def record_type(record: Record) -> str:
    """The name a record is filed under."""
    kind = type(record)  # a look at the type costs a fifth of isinstance, which pydantic made its own
    return record.record_type if kind is UnknownRecord else kind.TYPE  # type: ignore[attr-defined]
