"""A project without findings, and what breaks each rule of the linter when it is added or changed."""

from collections.abc import Callable
from typing import Any

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
    Link,
    Note,
    TopEvent,
)
from workbench.model.judgement import PROJECT_ID, Project, SystemUnderAnalysis
from workbench.model.review import ActionItem, Answer, Conflict
from workbench.model.runs import Criterion, Evidence, Metric, Named, Run
from workbench.store.store import Store


def clean() -> dict[str, Record]:
    """A small bow-tie that breaks no rule."""
    records = [
        Project(id=PROJECT_ID, title="Project"),
        Hazard(
            id="h",
            code="H-1",
            title="Generated code runs in the payment service",
            impact_dimensions=("technical", "social", "political", "economic"),
        ),
        TopEvent(id="t", code="T-1", title="Unreviewed code reaches the release branch", hazard="h"),
        Cause(id="c", code="C-1", title="Deadline rewards the first version that runs"),
        Consequence(id="e", code="E-1", title="Customers see a wrong balance"),
        Control(id="b", code="B-1", title="Second person reviews each change"),
        Control(id="b2", code="B-2", title="Release is taken back within an hour"),
        Control(id="b3", code="B-3", title="Planted faults test the reviewers"),
        DegradationFactor(id="d", code="D-1", title="Reviewer skims very long changes"),
        Link(id="ct", source="c", target="t"),
        Link(id="te", source="t", target="e"),
        Link(id="db", kind="degrades", source="d", target="b"),
        Guard(id="g", control="b", subject="ct", order="V"),
        Guard(id="g2", control="b2", subject="te", order="V"),
        Guard(id="g3", control="b3", subject="db", order="V"),
        Diagram(id="dg", title="One", focus="t", order="V"),
        *(Placement.at("dg", id) for id in ("h", "t", "c", "e")),
        Placement.at("dg", "d").replace(hangs_on="g"),
    ]
    return {record.id: record for record in records}


Change = Callable[[dict[str, Record]], None]


def add(*records: Record) -> Change:
    """Records more."""
    return lambda project: project.update((record.id, record) for record in records)


def patch(id: str, **fields: Any) -> Change:
    """Other values of a record."""
    return lambda project: project.update({id: project[id].replace(**fields)})


def drop(*ids: str) -> Change:
    """Records less."""

    def change(project: dict[str, Record]) -> None:
        for id in ids:
            del project[id]

    return change


def both(*changes: Change) -> Change:
    """Several changes."""

    def change(project: dict[str, Record]) -> None:
        for one in changes:
            one(project)

    return change


def placed(*records: Record) -> Change:
    """Records that stand on the diagram."""
    return add(*records, *(Placement.at("dg", record.id) for record in records))


def store_of(change: Change | None = None) -> Store:
    """The clean project with a change."""
    project = clean()
    if change is not None:
        change(project)
    return Store(project.values())


def answered(rule: str, subject: str, answer: str) -> Change:
    """A declared answer."""
    return add(Answer.of(rule, subject).replace(answer=answer, reason="Because"))


def _second(layers: bool = True) -> Change:
    more = [
        Control(
            id="b4",
            code="B-4",
            title="Build refuses changes without tests",
            state="verified",
            owner="Build team",
            control_type="passive",
        )
    ]
    guards = [Guard(id="g4", control="b4", subject="ct", order="k")]
    declared = [] if layers else [Answer.of("layers", "ct").replace(answer="yes", reason="Both must fail")]
    ready = patch("b", state="verified", owner="Line manager", control_type="passive")
    return both(
        ready,
        add(*more, *guards, *declared),
        answered("control-full", "b", "yes"),
        answered("control-full", "b4", "yes"),
    )


def _measured(successes: int, *, model: str = "m1", criterion: bool = True) -> Change:
    return add(
        Run(id="r", title="Run", status="success", model=Named(name=model), task=Named(name="t")),
        Metric(id="m", run="r", name="rate", kind="proportion", n=100, successes=successes, value=successes / 100),
        Evidence(
            id="ev",
            subject="c",
            metric="m",
            title="Rare enough",
            criterion=Criterion(comparator="<=", threshold=0.1) if criterion else None,
        ),
    )


BREACHES: dict[str, tuple[Change, str, str]] = {
    "link-kind": (
        add(Link(id="x", source="c", target="e"), Guard(id="gx", control="b2", subject="x")),
        "x",
        "not allowed",
    ),
    "hazard-with-top-event": (
        add(Link(id="x", source="c", target="h"), Guard(id="gx", control="b2", subject="x")),
        "x",
        "has a top event",
    ),
    "link-to-itself": (add(Link(id="x", source="c", target="c")), "x", "linked to itself"),
    "link-twice": (
        add(Link(id="ct2", source="c", target="t"), Guard(id="gx", control="b2", subject="ct2")),
        "ct2",
        "linked twice",
    ),
    "loop": (
        both(
            placed(Cause(id="c2", code="C-2", title="Nobody asks who wrote the change")),
            add(Link(id="x", source="c", target="c2"), Link(id="y", source="c2", target="c")),
        ),
        "c",
        "lead back",
    ),
    "guard-subject": (add(Guard(id="x", control="b", subject="c")), "x", "no control can stand"),
    "guard-twice": (add(Guard(id="x", control="b", subject="ct")), "x", "one line twice"),
    "guard-waiting": (add(Guard(id="x", control="b", subject="t")), "x", "say on which line"),
    "factor-target": (add(Link(id="x", kind="degrades", source="d", target="b3")), "x", "which carries no factors"),
    "conflict": (add(Conflict(id="x", subject="c", field="title")), "x", "merge conflict"),
    "reference-kind": (
        placed(TopEvent(id="x", code="T-2", title="Tests are switched off in the release", hazard="c")),
        "x",
        "must be a hazard",
    ),
    "code-twice": (placed(Note(id="x", code="c-1", title="N")), "x", "is given 2 times"),
    "code-missing": (patch("c", code=""), "c", "has no code"),
    "title-missing": (placed(Note(id="x", title=" \n")), "x", "has no title"),
    "factor-idle": (
        placed(DegradationFactor(id="x", code="D-2", title="Rules lag behind the frameworks")),
        "x",
        "weakens no control",
    ),
    "control-idle": (add(Control(id="x", code="B-9", title="Canary release shows faults")), "x", "guards nothing"),
    "top-event-hazard": (patch("t", hazard=None), "t", "belongs to no hazard"),
    "dead-end": (placed(Gate(id="x", code="G-1", title="Either")), "x", "leads nowhere"),
    "not-drawn": (add(Note(id="x", title="X")), "x", "stands on no diagram"),
    "diagram-focus": (patch("dg", focus=None), "dg", "nothing in its centre"),
    "one-top-event": (
        placed(TopEvent(id="x", code="T-2", title="Tests are switched off in the release", hazard="h")),
        "x",
        "another in its centre",
    ),
    "hazard-wording": (patch("h", title="Crash of the payment service"), "h", "event or a loss (“crash”)"),
    "hazard-context": (patch("h", title="Generated code"), "h", "on what scale"),
    "top-event-wording": (patch("t", title="Customers suffer damage by wrong code"), "t", "names damage"),
    "cause-category": (patch("c", title="Maintenance"), "c", "is a category"),
    "cause-control-failure": (patch("c", title="Lack of a second reviewer"), "c", "missing or fails (“lack of”)"),
    "cause-human-error": (patch("c", title="Developer makes a mistake in a prompt"), "c", "a person's error"),
    "consequence-bundled": (patch("e", title="Money is lost and customers leave"), "e", "bundles outcomes (“and”)"),
    "control-wording": (patch("b", title="Training"), "b", "names a thing"),
    "control-side": (patch("b2", title="Prevent wrong balances"), "g2", "says that it prevents"),
    "factor-wording": (patch("d", title="Human error"), "d", "could stand anywhere"),
    "path-barrier": (drop("g2", "b2"), "e", "stands no control"),
    "common-cause": (
        both(_second(layers=False), patch("b", owner="Build team", state="verified", control_type="passive")),
        "c",
        "share the owner Build team",
    ),
    "layers": (_second(), "ct", "Declare whether B-1 and B-4"),
    "cause-and-control": (patch("c", title="Second person reviews each change"), "c", "says the same as control B-1"),
    "chain": (
        add(
            TopEvent(id="t2", code="T-2", title="Customers see a wrong balance.", hazard="h"),
            Diagram(id="dg2", title="Two", focus="t2", order="k"),
            Placement.at("dg2", "t2"),
        ),
        "e",
        "use the top event itself",
    ),
    "cause-sufficient": (patch("c", status="agreed"), "c", "alone can bring the top event about"),
    "control-full": (patch("b", status="agreed"), "b", "otherwise it is a safeguard"),
    "control-detect": (
        both(patch("b", status="agreed", control_type="human"), answered("control-full", "b", "yes")),
        "b",
        "detecting",
    ),
    "control-type": (patch("b", state="in_place", owner="Line manager"), "b", "of no type"),
    "control-owner": (patch("b", owner="Line manager, test team"), "b", "has 2 owners"),
    "factor-control": (drop("g3", "b3"), "d", "Nothing stands against"),
    "factor-control-shared": (add(Guard(id="x", control="b3", subject="te", order="k")), "b3", "make it two controls"),
    "factor-crowd": (
        both(
            *(
                both(
                    add(
                        DegradationFactor(id=f"d{n}", code=f"D-{n}", title=f"Reason number {n} to skip it"),
                        Link(id=f"l{n}", kind="degrades", source=f"d{n}", target="b"),
                        Control(id=f"k{n}", code=f"B-{n}0", title=f"Spot check number {n}"),
                        Guard(id=f"gd{n}", control=f"k{n}", subject=f"l{n}"),
                    ),
                    add(Placement.at("dg", f"d{n}")),
                )
                for n in (5, 6, 7)
            )
        ),
        "b",
        "has 4 degradation factors",
    ),
    "factor-not-cause": (patch("d", status="agreed"), "d", "cannot cause the top event"),
    "evidence-refuted": (_measured(60), "ev", "The claim “Rare enough” on "),
    "evidence-stale": (
        both(_measured(1, model="m2"), patch(PROJECT_ID, system=SystemUnderAnalysis(model="m1"))),
        "ev",
        "is suspended",
    ),
    "suppression-idle": (
        add(Answer.of("hazard-context", "h").replace(answer="suppressed", reason="Known", by="Ann", at="2026-01-02")),
        "h",
        "hazard-context was suppressed by Ann on 2026-01-02",
    ),
    "action-overdue": (
        add(ActionItem(id="ai", subject="h", text="Renew", owner="Ann", due="2026-01-01", at="2026-01-02T09:00:00Z")),
        "ai",
        "was to be done by Ann until 1 Jan 2026",
    ),
    "action-assigned": (
        add(ActionItem(id="ai", text="Renew", owner="Ann", at="2026-01-02T09:00:00Z")),
        "ai",
        "has no due day",
    ),
    "evidence-unjudged": (_measured(1, criterion=False), "ev", "has no verdict"),
}
"""What breaks each rule, the record it is found on, and words of the message."""
