"""A measure that needs no fonts, and a project with everything a diagram can show."""

from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Gate,
    Guard,
    Hazard,
    Likelihood,
    Link,
    Note,
    TopEvent,
)
from workbench.model.judgement import Assessment, Category, Project, RiskLevel, RiskScheme
from workbench.model.runs import Criterion, Evidence, Metric, Run
from workbench.store.store import Store

DIAGRAM = "dg"


class FixedMeasure:
    """Every letter is half as wide as it is high, wide characters as wide, marks nothing."""

    def width(self, text: str, size: int, weight: int) -> float:
        share = 0.5 if weight < 600 else 0.55
        return sum(0.0 if 0x300 <= ord(c) < 0x370 else size if ord(c) >= 0x2E80 else size * share for c in text)

    def ascent(self, size: int, weight: int) -> float:
        return size * 0.95

    def descent(self, size: int, weight: int) -> float:
        return size * 0.25


def place(subject: str, x: float = 0.0, y: float = 0.0, **more: object) -> Placement:
    placement = Placement.at(DIAGRAM, subject, x, y)
    return placement.replace(**more) if more else placement


def scheme() -> RiskScheme:
    levels = (("High", 4), ("Serious", 3), ("Medium", 2), ("Low", 1), ("Eliminated", 0))
    return RiskScheme(
        id="rs",
        severities=tuple(Category(code=code) for code in "1234"),
        frequencies=(Category(code="A", name="Frequent"), Category(code="B", name="Probable"), Category(code="D")),
        levels=tuple(RiskLevel(name=name, steps=steps) for name, steps in levels),
        cells={"1A": "High", "1B": "High", "1D": "Serious", "2D": "Medium", "4D": "Low"},
    )


def records() -> list[Record]:
    """A hazard with two causes, one consequence, shared, planned, waiting and hanging parts, evidence and ratings."""
    return [
        scheme(),
        Project(id="project", title="Sample", risk_scheme="rs"),
        Diagram(id=DIAGRAM, title="Sheet", focus="t"),
        Hazard(id="h", code="H-1", title="Suggestions used in security-relevant code"),
        TopEvent(id="t", code="T-1", title="Vulnerable suggestion accepted into the code base", hazard="h"),
        Cause(id="c1", code="C-1", title="Insecure training patterns", likelihood=Likelihood(category="B")),
        Cause(id="c2", code="C-2", title="Prompt leaves out the requirement", likelihood=Likelihood(mid=0.01)),
        Consequence(id="e1", code="E-1", title="Exploited flaw exposes personal data"),
        Control(id="b1", code="B-1", title="Training data curated", state="in_place"),
        Control(id="b2", code="B-2", title="Static analysis gate", state="in_place"),
        Control(id="b3", code="B-3", title="Runtime sandbox", state="proposed"),
        Control(id="b4", code="B-4", title="Monthly update", state="in_place"),
        Control(id="b5", code="B-5", title="Awareness training", state="agreed"),
        DegradationFactor(id="d1", code="D-1", title="Rules out of date"),
        Gate(id="g1", code="G-1", operator="k_of_n", k=2),
        Note(id="n1", code="N-1", title="Ask the platform team."),
        Link(id="l1", source="c1", target="t"),
        Link(id="l2", source="c2", target="t"),
        Link(id="l3", source="t", target="e1"),
        Link(id="ld", kind="degrades", source="d1", target="gd1"),
        Link(id="ln", kind="annotates", source="n1", target="e1"),
        Guard(id="gd1", control="b1", subject="l1", order="a"),
        Guard(id="gd2", control="b2", subject="l1", order="b"),
        Guard(id="gd3", control="b2", subject="l2", order="a"),
        Guard(id="gd4", control="b3", subject="l3", order="a"),
        Guard(id="gd5", control="b4", subject="ld", order="a"),
        Guard(id="gd6", control="b5", subject="h", order="a"),
        Assessment.of("h", "initial").replace(severity="1", frequency="B"),
        Assessment.of("h", "residual").replace(severity="1", frequency="D"),
        Assessment.of("e1", "residual").replace(severity="2", frequency="D"),
        Run(id="r1", status="success", completed_at="2026-01-10T00:00:00Z"),
        Metric(id="m1", run="r1", name="rate", kind="proportion", value=0.5, n=100, successes=50),
        Evidence(id="ev1", subject="c1", metric="m1", criterion=Criterion(comparator="<=", threshold=0.1)),
        Evidence(id="ev2", subject="b2", metric="m1", criterion=Criterion(comparator="<=", threshold=0.9)),
        Evidence(id="ev3", subject="gd2", metric="m1", criterion=Criterion(comparator="<=", threshold=0.5)),
        place("h", 0, -22),
        place("t", 0, 212),
        place("c1", -464, 100),
        place("c2", -464, 320),
        place("e1", 464, 212),
        place("d1", hangs_on="gd1"),
        place("g1", -464, 500),
        place("n1", 464, 400),
        place("b5", 200, 500),
    ]


def project() -> Store:
    return Store(records())
