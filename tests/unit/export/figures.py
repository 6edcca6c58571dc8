"""A project like the one of a printed figure: shared controls, a degradation factor, ratings, every verdict."""

from collections.abc import Iterable
from itertools import count

from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Guard,
    Hazard,
    Likelihood,
    Link,
    TopEvent,
)
from workbench.model.judgement import (
    PROJECT_ID,
    Assessment,
    Category,
    Project,
    RiskLevel,
    RiskScheme,
    SystemUnderAnalysis,
)
from workbench.model.runs import Counts, Criterion, Evidence, Metric, Run
from workbench.store.store import Store

SCHEME = RiskScheme(
    id="scheme",
    name="HSC 2022, levels from 882E",
    severities=(Category(code="1", name="Catastrophic"), Category(code="2", name="Critical")),
    frequencies=(
        Category(code="A", name="Frequent"),
        Category(code="B", name="Probable"),
        Category(code="C", name="Occasional"),
        Category(code="D", name="Remote"),
    ),
    levels=(
        RiskLevel(name="High", steps=4),
        RiskLevel(name="Serious", steps=3),
        RiskLevel(name="Medium", steps=2),
        RiskLevel(name="Low", steps=1),
    ),
    cells={"1B": "High", "1C": "High", "1D": "Serious", "2C": "Serious", "2D": "Medium"},
)
PROJECT = Project(
    id=PROJECT_ID,
    title="Code-writing model, internal use",
    authors=("R. Adeyemi", "L. Brandt"),
    classification="Internal",
    system=SystemUnderAnalysis(name="assistant", version="2.4", model="model r2026-10"),
    risk_scheme="scheme",
)
CAUSES = (
    ("c1", "Model reproduces insecure training patterns", "B", -237.0, ("training", "static")),
    ("c2", "Prompt leaves out the security requirement", "A", -106.0, ("template", "static")),
    ("c3", "Insecure code in the context is continued", "B", 78.0, ("filter", "review")),
    ("c4", "Suggested package is outdated or invented", "C", 239.0, ("allowlist",)),
)
CONSEQUENCES = (
    ("e1", "Exploited flaw exposes personal data of users", "1C", -179.0, ("pentest", "sandbox")),
    ("e2", "Outage of a critical service after exploitation", "2D", 0.0, ("rollout",)),
    ("e3", "Vulnerable pattern spreads downstream", "2C", 179.0, ("advisory",)),
)
CONTROLS = {
    "training": "Training data curated",
    "static": "Static analysis gate in CI",
    "template": "Security prompt template",
    "filter": "Insecure-code filter in editor",
    "review": "Second-engineer review",
    "allowlist": "Dependency allow-list",
    "pentest": "Penetration test before release",
    "sandbox": "Runtime sandbox",
    "rollout": "Staged roll-out with rollback",
    "advisory": "Patch and advisory in 48 h",
    "rules": "Monthly rule update",
}
VERDICTS = (("c1", 0.4), ("c4", 0.09), ("static", 0.01), ("filter", 0.01), ("training", 0.09), ("advisory", 0.09))


def bow_tie(title: str = "Code assistant suggests vulnerable code", *, sheets: int = 1) -> Store:
    """One bow-tie with everything a figure can show; further sheets are empty."""
    with_title = Diagram(id="sheet-1", title=title, order="a1", focus="t1")
    return Store((PROJECT, SCHEME, with_title, *_records(), *_placements(), *_evidence(), *_more_sheets(sheets)))


def empty(title: str = "Nothing yet") -> Store:
    """A project with one diagram that shows nothing."""
    return Store((Project(id=PROJECT_ID), Diagram(id="sheet-1", title=title)))


def titled(*titles: str) -> Store:
    """A diagram of causes with these titles, one below the other."""
    records: list[Record] = [Diagram(id="sheet-1", title=titles[0])]
    for number, title in enumerate(titles):
        cause = Cause(id=f"c{number}", code=f"C-{number + 1}", title=title)
        records += (cause, Placement.at("sheet-1", cause.id, 0.0, number * 120.0))
    return Store(records)


def _more_sheets(sheets: int) -> Iterable[Record]:
    return (Diagram(id=f"sheet-{n}", title=f"Sheet {n}", order=f"a{n}") for n in range(2, sheets + 1))


def _records() -> Iterable[Record]:
    yield Hazard(id="h1", code="H-1", title="Code suggestions used in security-relevant code")
    yield TopEvent(id="t1", code="T-1", title="Vulnerable suggestion accepted into the code base", hazard="h1")
    number = count(1)
    for key, title in CONTROLS.items():
        yield Control(id=key, code=f"B-{next(number)}", title=title, state="proposed" if key == "review" else "agreed")
    for key, title, category, _, controls in CAUSES:
        yield Cause(id=key, code=f"C-{key[1]}", title=title, likelihood=Likelihood(category=category))
        yield Link(id=f"l-{key}", source=key, target="t1")
        yield from _guards(key, controls)
    for key, title, rating, _, controls in CONSEQUENCES:
        yield Consequence(id=key, code=f"E-{key[1]}", title=title)
        yield Link(id=f"l-{key}", source="t1", target=key)
        yield from _guards(key, controls)
        yield _rated(key, rating, residual=True)
    yield _rated("h1", "1B", residual=False)
    yield _rated("h1", "1D", residual=True)
    yield DegradationFactor(id="d1", code="D-1", title="Filter rules out of date")
    yield DegradationFactor(id="d2", code="D-2", title="Sandbox off for speed")
    yield Link(id="l-d1", kind="degrades", source="d1", target="filter")
    yield Link(id="l-d2", kind="degrades", source="d2", target="sandbox")
    yield Guard(id="g-rules", control="rules", subject="l-d1")


def _guards(end: str, controls: Iterable[str]) -> Iterable[Record]:
    for number, control in enumerate(controls):
        yield Guard(id=f"g-{end}-{control}", control=control, subject=f"l-{end}", order=f"a{number}")


def _rated(subject: str, code: str, *, residual: bool) -> Record:
    empty_rating = Assessment.of(subject, "residual" if residual else "initial")
    return empty_rating.replace(severity=code[0], frequency=code[1], at="2026-11-20T09:00:00Z")


def _placements() -> Iterable[Record]:
    yield Placement.at("sheet-1", "h1", 0.0, -262.0)
    yield Placement.at("sheet-1", "t1", 0.0, 0.0)
    for key, _, _, y, _ in CAUSES:
        yield Placement.at("sheet-1", key, -466.0, y)
    for key, _, _, y, _ in CONSEQUENCES:
        yield Placement.at("sheet-1", key, 466.0, y)
    yield Placement.at("sheet-1", "d1", 0.0, 110.0).replace(hangs_on="g-c3-filter")
    yield Placement.at("sheet-1", "d2", 0.0, 80.0).replace(hangs_on="g-e1-sandbox")


def _evidence() -> Iterable[Record]:
    yield Run(
        id="r1", format="inspect", status="success", imported_at="2026-11-22T08:30:00Z", counts=Counts(scored=200)
    )
    for subject, rate in VERDICTS:
        successes = round(rate * 200)
        yield Metric(
            id=f"m-{subject}",
            run="r1",
            name="vulnerable_rate",
            kind="proportion",
            value=successes / 200,
            n=200,
            successes=successes,
        )
        yield Evidence(
            id=f"ev-{subject}",
            subject=subject,
            metric=f"m-{subject}",
            criterion=Criterion(comparator="<=", threshold=0.10),
            attached_at="2026-11-22T09:00:00Z",
        )
