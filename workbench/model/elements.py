"""The elements an analyst draws, and the links and guards between them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from workbench.model.base import (
    CascadeRef,
    ClearRef,
    Finite,
    Line,
    Part,
    Probability,
    Record,
    Text,
    Title,
)

Status = Literal["draft", "in_review", "agreed", "retired"]
ImpactDimension = Literal["technical", "social", "political", "economic"]
LikelihoodKind = Literal["per_year", "per_use", "probability"]
ControlType = Literal["passive", "active", "active_human", "human", "continuous"]
ControlState = Literal["proposed", "agreed", "in_place", "verified"]
Precedence = Literal["eliminate", "reduce_by_design", "engineered_features", "warning_devices", "procedures_training"]
GateOperator = Literal["and", "or", "k_of_n", "not", "xor"]
LinkKind = Literal["leads_to", "degrades", "annotates"]
GuardOutcome = Literal["fails", "works"]
EffectivenessIs = Literal["failures", "successes"]
Reduces = Literal["likelihood", "severity", "both"]


class Element(Record):
    """What every drawn thing has.

    Attributes:
        code: short name given by the program per kind (H-3, C-12, B-7), editable; unique by finding, not by force.
        owner: a role rather than a person, so that it outlives a change of staff.
        references: documents and addresses, as typed; never followed unasked.
    """

    code: Line = ""
    title: Title = ""
    description: Text = ""
    tags: tuple[Line, ...] = ()
    owner: Line = ""
    status: Status = "draft"
    references: tuple[Line, ...] = ()


class Hazard(Element):
    """A condition that can produce harm, even where the system meets its intent.

    Attributes:
        source: where it lies, such as ``Application`` or ``System design – model training``.
        impact_dimensions: technical, social, political, economic.
        odd: ids of the entries of the operational design domain the hazard was found in.
    """

    TYPE: ClassVar[str] = "hazard"

    source: Line = ""
    impact_dimensions: tuple[ImpactDimension, ...] = ()
    odd: tuple[ClearRef, ...] = ()


class TopEvent(Element):
    """The moment control over the hazard is lost.

    Attributes:
        hazard: the hazard it belongs to; a hazard may have several top events.
    """

    TYPE: ClassVar[str] = "top_event"

    hazard: ClearRef | None = None


class Likelihood(Part):
    """How often, or how probably, a cause occurs: one value, or low, middle and high of an estimate.

    Attributes:
        category: frequency category of the project's risk scheme, such as ``B``.
        kind: the unit of the numbers; null where only a category is known.
        source: where the numbers come from.
    """

    value: Annotated[Finite, Field(ge=0)] | None = None
    low: Annotated[Finite, Field(ge=0)] | None = None
    mid: Annotated[Finite, Field(ge=0)] | None = None
    high: Annotated[Finite, Field(ge=0)] | None = None
    kind: LikelihoodKind | None = None
    category: Line = ""
    source: Line = ""


class Exposure(Part):
    """How often the thing is attempted: what turns a measured rate per attempt into a frequency."""

    per_year: Annotated[Finite, Field(ge=0)] | None = None
    source: Line = ""


class Cause(Element):
    """What can bring the top event about on its own (threat, trigger event).

    Attributes:
        likelihood: as judged by a person.
        likelihood_from: a claim whose rate the likelihood is derived from; the figure is computed, never stored.
        exposure: attempts a year; without it a rate per attempt stays a rate.
    """

    TYPE: ClassVar[str] = "cause"

    likelihood: Likelihood | None = None
    likelihood_from: ClearRef | None = None
    exposure: Exposure | None = None


class Consequence(Element):
    """A harm or loss that follows the top event."""

    TYPE: ClassVar[str] = "consequence"


class Control(Element):
    """A barrier. Preventive or mitigative is seen from a top event; it is no property of the control.

    Attributes:
        precedence: place in MIL-STD-882E's order of precedence of mitigations.
        failure_probability: probability of failure on demand.
        effectiveness_from: a claim whose rate the effectiveness is derived from.
        effectiveness_is: what that rate counts: times the control worked, or times it failed.
    """

    TYPE: ClassVar[str] = "control"

    control_type: ControlType | None = None
    state: ControlState = "proposed"
    precedence: Precedence | None = None
    failure_probability: Probability | None = None
    effectiveness_from: ClearRef | None = None
    effectiveness_is: EffectivenessIs = "failures"


class DegradationFactor(Element):
    """What weakens a control (escalation factor)."""

    TYPE: ClassVar[str] = "degradation_factor"


class Gate(Element):
    """A logic gate that joins causes.

    Attributes:
        k: how many inputs must hold, for ``k_of_n``.
    """

    TYPE: ClassVar[str] = "gate"

    operator: GateOperator = "or"
    k: Annotated[int, Field(ge=1, le=10_000)] | None = None


class Note(Element):
    """Free text on a diagram; no part of the argument."""

    TYPE: ClassVar[str] = "note"


class Link(Record):
    """A directed relation between two elements; drawn wherever both stand, unless a route there hides it."""

    TYPE: ClassVar[str] = "link"

    kind: LinkKind = "leads_to"
    source: CascadeRef
    target: CascadeRef


class Guard(Record):
    """One control standing on one line.

    Attributes:
        subject: the link it stands on; or a hazard or top event, where nobody has said which line yet.
        order: fractional index along the link; equal keys sort by id.
        effectiveness: probability that it works on this pathway, where it differs from the control's own.
        effectiveness_from: a claim about this pathway that the effectiveness is derived from; ``effectiveness_is`` says
            whether its rate counts failures or successes of the control.
        alternative_to: guards of one link with the same label are one layer, never multiplied.
    """

    TYPE: ClassVar[str] = "guard"

    control: CascadeRef
    subject: CascadeRef
    order: Line = ""
    note: Text = ""
    effectiveness: Probability | None = None
    effectiveness_from: ClearRef | None = None
    effectiveness_is: EffectivenessIs = "failures"
    outcome: GuardOutcome = "fails"
    alternative_to: Line = ""
    reduces: Reduces = "likelihood"
