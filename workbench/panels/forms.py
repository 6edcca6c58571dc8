"""Which fields each kind of record shows in the inspector, and with what editor: data, no code per field. No Qt."""

from typing import Any, Final, Literal, get_args

from workbench.model.base import Record, record_type
from workbench.model.drawing import Notation
from workbench.model.elements import (
    ControlState,
    ControlType,
    GateOperator,
    GuardOutcome,
    ImpactDimension,
    LikelihoodKind,
    Precedence,
    Reduces,
    Status,
)
from workbench.model.runs import Evidence, EvidenceKind
from workbench.values import value_type

Editor = Literal[
    "line",
    "prose",
    "text",
    "choice",
    "tags",
    "lines",
    "number",
    "probability",
    "whole",
    "flags",
    "reference",
    "odd",
    "category",
]
Place = Literal["self", "control", "diagram"]
Extra = Literal[
    "ratings",
    "guarded",
    "factors",
    "bars",
    "claims",
    "ends",
    "shown",
    "targets",
    "about_claim",
    "criterion",
    "judged",
    "doubts",
    "baselines",
    "rests_on",
    "derived",
    "rating_claims",
    "scheme",
    "capability",
    "links",
    "noted",
]


@value_type(frozen=True, slots=True)
class Field:
    """One row of a form.

    Attributes:
        name: field of the record; dotted for a field of a part, such as ``likelihood.category``.
        choices: stored values of a choice, in order. ``optional`` adds "Not set", stored as null.
        kinds: record types a reference may name.
        half: may share its row with the next half field, while both can be read whole.
        hint: shown in the empty editor and read out as the description.
        blank: words for the empty text, as the first choice.
        complete: a text whose beginning means something else, such as a date; it waits until it is complete.
    """

    name: str
    label: str
    editor: Editor = "line"
    choices: tuple[str, ...] = ()
    optional: bool = False
    kinds: tuple[str, ...] = ()
    half: bool = False
    hint: str = ""
    blank: str = ""
    complete: bool = False

    @property
    def waits(self) -> bool:
        """Whether the text goes to the document only once it is complete: the beginning of 15 is another number."""
        return self.complete or self.editor in ("number", "probability", "whole")


@value_type(frozen=True, slots=True)
class Section:
    """Fields under one heading.

    Attributes:
        of: whose fields they are: the selected record's, those of the control a selected guard places, or those of
            the diagram shown.
        extra: a list the inspector draws under the fields.
    """

    title: str
    fields: tuple[Field, ...] = ()
    of: Place = "self"
    extra: Extra | None = None


_TITLE: Final = Field("title", "Title", "prose")
_OWNER: Final = Field("owner", "Owner", hint="A role")
_STATUS: Final = Field("status", "Review", "choice", get_args(Status), half=True)
_ABOUT: Final = (
    Field("description", "Description", "text"),
    Field("tags", "Tags", "tags", hint="Separated by commas"),
    Field("references", "References", "lines", hint="One a line"),
)
_SHOWN: Final = Section("On diagrams", extra="shown")
_NOTED: Final = Section("Actions and comments", extra="noted")
_CLAIMS: Final = Section("Evidence", extra="claims")
_CAPABILITY: Final = Section("", extra="capability")
_RATINGS: Final = Section("Risk", extra="ratings")
_RATING_CLAIMS: Final = Section("", extra="rating_claims")
_DERIVED: Final = Section("Effectiveness from evidence", extra="derived")

_CONTROL_MAIN: Final = (
    _TITLE,
    Field("control_type", "Type", "choice", get_args(ControlType), optional=True, half=True),
    Field("state", "State", "choice", get_args(ControlState), half=True),
    _OWNER,
    Field("precedence", "Order of precedence", "choice", get_args(Precedence), optional=True),
    Field(
        "failure_probability",
        "Failure probability",
        "probability",
        optional=True,
        half=True,
        hint="Such as 0.01",
    ),
    _STATUS,
)

_CAUSE_LIKELIHOOD: Final = (
    Field("likelihood.category", "Frequency category", "category", half=True),
    Field("likelihood.kind", "Unit", "choice", get_args(LikelihoodKind), optional=True, half=True),
    Field("likelihood.value", "Value", "number", optional=True, half=True, hint="Such as 1e-4"),
    Field("likelihood.low", "Low", "number", optional=True, half=True),
    Field("likelihood.mid", "Middle", "number", optional=True, half=True),
    Field("likelihood.high", "High", "number", optional=True, half=True),
    Field("likelihood.source", "Source of the figures", "prose"),
)

_EXPOSURE: Final = (
    Field("exposure.per_year", "Attempts a year", "number", optional=True, half=True, hint="Such as 1e6"),
    Field("exposure.source", "Their source", "prose", hint="Such as a log"),
)

_GUARD: Final = (
    Field(
        "effectiveness",
        "Effectiveness here",
        "probability",
        optional=True,
        half=True,
        hint="Such as 0.9",
    ),
    Field("reduces", "Reduces", "choice", get_args(Reduces), half=True),
    Field("outcome", "Outcome", "choice", get_args(GuardOutcome), half=True),
    Field("alternative_to", "Layer", half=True, hint="A label"),
    Field("note", "Note on this line", "text"),
)

_DIAGRAM: Final = (
    _TITLE,
    Field("notation", "Notation", "choice", get_args(Notation)),
    Field("focus", "Focus", "reference", optional=True, kinds=("top_event", "hazard")),
    Field("description", "Description", "text"),
)

FORMS: Final[dict[str, tuple[Section, ...]]] = {
    "hazard": (
        Section(
            "",
            (
                _TITLE,
                Field("source", "Source", "prose", hint="Such as Application"),
                _OWNER,
                _STATUS,
            ),
        ),
        Section(
            "Impact",
            (
                Field("impact_dimensions", "Impact dimensions", "flags", get_args(ImpactDimension)),
                Field("odd", "Operational design domain", "odd"),
            ),
        ),
        _RATINGS,
        _RATING_CLAIMS,
        Section("Controls not yet on a line", extra="bars"),
        _CLAIMS,
        _CAPABILITY,
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "top_event": (
        Section(
            "", (_TITLE, Field("hazard", "Hazard", "reference", optional=True, kinds=("hazard",)), _OWNER, _STATUS)
        ),
        Section("Controls not yet on a line", extra="bars"),
        _CLAIMS,
        _CAPABILITY,
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "cause": (
        Section("", (_TITLE, _OWNER, _STATUS)),
        Section("Likelihood", _CAUSE_LIKELIHOOD),
        Section("Likelihood from evidence", extra="derived"),
        Section("", _EXPOSURE),
        _CLAIMS,
        _CAPABILITY,
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "consequence": (
        Section("", (_TITLE, _OWNER, _STATUS)),
        _RATINGS,
        _RATING_CLAIMS,
        _CLAIMS,
        _CAPABILITY,
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "control": (
        Section("", _CONTROL_MAIN),
        _DERIVED,
        Section("Guards these lines", extra="guarded"),
        Section("Degradation factors", extra="factors"),
        _CLAIMS,
        _CAPABILITY,
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "guard": (
        Section("", _CONTROL_MAIN, of="control"),
        Section("On this line", _GUARD),
        _DERIVED,
        Section("Guards these lines", extra="guarded"),
        Section("Degradation factors", extra="factors"),
        _CLAIMS,
        _NOTED,
        Section("About", _ABOUT, of="control", extra="links"),
        _SHOWN,
    ),
    "degradation_factor": (
        Section("", (_TITLE, _OWNER, _STATUS)),
        Section("Weakens", extra="targets"),
        _CLAIMS,
        _CAPABILITY,
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "gate": (
        Section(
            "",
            (
                _TITLE,
                Field("operator", "Operator", "choice", get_args(GateOperator), half=True),
                Field("k", "k", "whole", optional=True, half=True, hint="Such as 2"),
                _OWNER,
                _STATUS,
            ),
        ),
        _CLAIMS,
        _CAPABILITY,
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "note": (
        Section("", (Field("title", "Text", "text"), _OWNER, _STATUS)),
        _NOTED,
        Section("About", _ABOUT, extra="links"),
        _SHOWN,
    ),
    "link": (Section("", extra="ends"), Section("Controls, in order", extra="bars"), _CLAIMS, _NOTED),
    "diagram": (Section("", _DIAGRAM),),
    "project": (
        Section(
            "",
            (
                _TITLE,
                Field("authors", "Authors", "lines", hint="One a line"),
                Field("classification", "Classification", "prose"),
                Field("description", "Description", "text"),
            ),
        ),
        Section("Risk scheme", extra="scheme"),
        Section(
            "System under analysis",
            (
                Field("system.name", "Name", "prose"),
                Field("system.model", "Model", half=True),
                Field("system.version", "Version", half=True),
                Field("system.deployment", "Deployment", "text", hint="Where, by whom and for what it is used"),
            ),
        ),
        Section("This diagram", _DIAGRAM, of="diagram"),
    ),
    "evidence": (
        Section("", (Field("title", "Claim", "text"),)),
        Section("Says", extra="about_claim"),
        Section("Criterion", extra="criterion"),
        Section("Verdict", extra="judged"),
        Section("Doubts and gaps", extra="doubts"),
        Section(
            "Confidence",
            (
                Field("confidence", "How sure", "choice", ("low", "moderate", "high"), blank="Not said"),
                Field("confidence_reason", "Why", "text"),
            ),
        ),
        Section("Baselines", extra="baselines"),
        Section("Run", extra="rests_on"),
        Section(
            "About",
            (
                Field("kind", "Kind", "choice", get_args(EvidenceKind)),
                Field("date", "Its day", hint="Such as 2026-03-31", complete=True),
                Field("quotation", "Quotation", "text"),
                Field("link", "Link"),
                Field("note", "Note", "text"),
            ),
        ),
    ),
}
"""Forms by record type. A code is edited in the header, not in the form."""


_OF_MEASUREMENTS: Final = frozenset({"criterion", "baselines", "rests_on"})


def sections_of(record: Record) -> tuple[Section, ...]:
    """The form of one record; evidence that is no measurement has no criterion, no baseline and no run."""
    sections = FORMS.get(record_type(record), ())
    if isinstance(record, Evidence) and record.metric is None:
        return tuple(section for section in sections if section.extra not in _OF_MEASUREMENTS)
    return sections


def value_of(record: Record, name: str) -> Any:
    """The value of a field; ``part.field`` is null where the record has no such part."""
    value: Any = record
    for piece in name.split("."):
        value = getattr(value, piece, None)
    return value


def shared_sections(kinds: tuple[str, ...]) -> tuple[Section, ...]:
    """The form for several selected records: fields that all of their kinds have, edited in all at once."""
    common: dict[str, Field] = {}
    for index, kind in enumerate(kinds):
        fields = {
            field.name: field for section in FORMS.get(kind, ()) if section.of == "self" for field in section.fields
        }
        common = fields if index == 0 else {name: f for name, f in common.items() if fields.get(name) == f}
    common.pop("title", None)
    return (Section("", tuple(common.values())),) if common else ()
