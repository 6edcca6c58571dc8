"""The project itself, and what people judge: risk, acceptance, operating domain, capability."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from workbench.model.base import (
    CascadeRef,
    ClearRef,
    Count,
    Finite,
    Line,
    Part,
    Probability,
    Record,
    Text,
    Title,
)
from workbench.model.elements import ImpactDimension
from workbench.model.ids import derived_id
from workbench.model.lint import LintOptions
from workbench.model.runs import Criterion

PROJECT_ID = "project"
Phase = Literal["initial", "residual"]
Aspect = Literal["understanding", "execution"]


class SystemUnderAnalysis(Part):
    """What the analysis is about.

    Attributes:
        model: name of the model or system.
        deployment: where, by whom and for what it is used.
        versions: the version of a task or data set that counts now, by its name; evidence of another is suspended.
    """

    name: Line = ""
    model: Line = ""
    version: Line = ""
    deployment: Text = ""
    versions: dict[str, Line] = Field(default_factory=dict)


class Project(Record):
    """The one record that speaks of the whole file; its id is always ``project``.

    Attributes:
        lint: rules left out, and words and thresholds other than the shipped ones.
    """

    TYPE: ClassVar[str] = "project"

    title: Title = ""
    description: Text = ""
    authors: tuple[Line, ...] = ()
    classification: Line = ""
    system: SystemUnderAnalysis = SystemUnderAnalysis.empty()
    risk_scheme: ClearRef | None = None
    lint: LintOptions = LintOptions.empty()


class Category(Part):
    """One severity or frequency category of a risk scheme.

    Attributes:
        low: lower bound (inclusive) in ``unit``, null where the project has set none.
        high: upper bound (exclusive).
        unit: ``per_year`` or ``per_use``; empty without bounds.
    """

    code: Line
    name: Line = ""
    definition: Text = ""
    low: Finite | None = None
    high: Finite | None = None
    unit: Line = ""


class RiskLevel(Part):
    """One level a cell of the matrix can have.

    Attributes:
        steps: 0 (eliminated) to 4 (highest): how many steps of the chip are filled.
        colour: fill of chip and cell as ``#rrggbb``; empty for the program's own for as many steps.
    """

    name: Line
    steps: Annotated[int, Field(ge=0, le=4)] = 0
    colour: Line = ""


class RiskScheme(Record):
    """Categories and the level of each cell; carried by the project, so that a rating never changes its meaning.

    Attributes:
        severities: worst first. ``frequencies``: most frequent first.
        cells: level name by severity code and frequency code together, such as ``"1A": "High"``.
        source: where the scheme comes from, and what it borrows.
    """

    TYPE: ClassVar[str] = "risk_scheme"

    name: Line = ""
    source: Text = ""
    severities: tuple[Category, ...] = ()
    frequencies: tuple[Category, ...] = ()
    levels: tuple[RiskLevel, ...] = ()
    cells: dict[str, Line] = Field(default_factory=dict)


class Assessment(Record):
    """A rating somebody gave, in one phase and, where they differ, one impact dimension.

    Attributes:
        severity: category code of the scheme; ``frequency`` likewise. Empty where not rated.
        evidence: ids of the evidence leaned on.
    """

    TYPE: ClassVar[str] = "assessment"

    subject: CascadeRef
    phase: Phase = "initial"
    dimension: ImpactDimension | None = None
    severity: Line = ""
    frequency: Line = ""
    rationale: Text = ""
    by: Line = ""
    at: Line = ""
    evidence: tuple[ClearRef, ...] = ()

    @classmethod
    def of(cls, subject: str, phase: Phase, dimension: ImpactDimension | None = None) -> Self:
        """An empty rating with the id that follows from what it joins."""
        key = derived_id("assessment", subject, phase, dimension or "")
        return cls(id=key, subject=subject, phase=phase, dimension=dimension)


class RiskAcceptance(Record):
    """Somebody with the authority accepted a residual risk, until a day."""

    TYPE: ClassVar[str] = "risk_acceptance"

    subject: CascadeRef
    level: Line = ""
    authority: Line = ""
    name: Line = ""
    date: Line = ""
    expires: Line = ""
    conditions: Text = ""


class OddCategory(Record):
    """One entry of the operational design domain's taxonomy.

    Attributes:
        group: top heading, such as ``Vector``.
        parent: null for an entry right under its group.
    """

    TYPE: ClassVar[str] = "odd_category"

    group: Line = ""
    name: Line = ""
    parent: ClearRef | None = None


class OddConsideration(Record):
    """What was decided about one entry: hazard found, judged none, not applicable, or not yet considered.

    Attributes:
        with_category: the other entry where a pair was walked through; null for an entry by itself.
    """

    TYPE: ClassVar[str] = "odd_consideration"

    category: CascadeRef
    with_category: CascadeRef | None = None
    state: Literal["hazard_found", "judged_none", "not_applicable", "not_considered"] = "not_considered"
    reason: Text = ""
    by: Line = ""
    at: Line = ""

    @classmethod
    def of(cls, category: str, with_category: str | None = None) -> Self:
        """The consideration of an entry, or of a pair in either order, with the id that follows from it."""
        if with_category is None:
            return cls(id=derived_id("odd_consideration", category), category=category)
        first, second = sorted((category, with_category))
        key = derived_id("odd_consideration", first, second)
        return cls(id=key, category=first, with_category=second)


class CapabilityGrid(Record):
    """Attributes of specifications against levels of abstraction, for one model; and a sweep over complexity.

    Attributes:
        practices: specification-independent coding practices, further rows below the attributes.
        model: what was measured; empty where it is the system under analysis.
        sweep_title: what the steps of the sweep are, such as ``Chained building blocks``.
    """

    TYPE: ClassVar[str] = "capability_grid"

    title: Title = ""
    description: Text = ""
    attributes: tuple[Line, ...] = ()
    practices: tuple[Line, ...] = ()
    levels: tuple[Line, ...] = ()
    model: Line = ""
    sweep_title: Line = ""


class HumanBaseline(Part):
    """What people achieve on the same tasks; without n it is a constant and labelled so.

    Attributes:
        who: the people, such as ``professional developers, 5 years``.
    """

    value: Probability | None = None
    n: Count | None = None
    low: Probability | None = None
    high: Probability | None = None
    who: Line = ""
    source: Line = ""


class Measured(Part):
    """A result typed in where no run was imported."""

    value: Probability | None = None
    n: Count | None = None
    source: Line = ""


class CapabilityCell(Record):
    """One cell: the model's measured result and the human one, understanding and execution apart.

    Attributes:
        metric: the figure of an imported run; ``typed`` where there is none.
        criterion: what the cell must show; its comparator says whether low capability is the hazard or the reassurance.
        informs: causes, hazards and other elements whose judgement leans on the cell.
    """

    TYPE: ClassVar[str] = "capability_cell"

    grid: CascadeRef
    attribute: Line = ""
    level: Line = ""
    aspect: Aspect = "execution"
    metric: ClearRef | None = None
    typed: Measured | None = None
    human: HumanBaseline | None = None
    criterion: Criterion | None = None
    informs: tuple[ClearRef, ...] = ()
    note: Text = ""

    @classmethod
    def of(cls, grid: str, attribute: str, level: str, aspect: Aspect) -> Self:
        """An empty cell with the id that follows from its place."""
        key = derived_id("capability_cell", grid, attribute, level, aspect)
        return cls(id=key, grid=grid, attribute=attribute, level=level, aspect=aspect)


class SweepPoint(Record):
    """One step of a complexity sweep: the pass rate at a number of chained building blocks."""

    TYPE: ClassVar[str] = "sweep_point"

    grid: CascadeRef
    blocks: Count = 1
    series: Line = ""
    metric: ClearRef | None = None
    typed: Measured | None = None
    human: HumanBaseline | None = None

    @classmethod
    def of(cls, grid: str, blocks: int, series: str = "") -> Self:
        """An empty point with the id that follows from its place; ``series`` tells several models apart."""
        return cls(id=derived_id("sweep_point", grid, str(blocks), series), grid=grid, blocks=blocks, series=series)
