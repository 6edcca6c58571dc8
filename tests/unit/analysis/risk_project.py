"""A small bow-tie whose ratings, controls and likelihoods the tests of risk change."""

from collections.abc import Mapping

from workbench.commands.schemes import preset
from workbench.model.base import Record
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    Guard,
    Hazard,
    ImpactDimension,
    Likelihood,
    Link,
    TopEvent,
)
from workbench.model.judgement import Assessment, Phase, Project
from workbench.store.store import Store


def rated(
    subject: str, phase: Phase, index: str, *, dimension: ImpactDimension | None = None, **fields: object
) -> Assessment:
    """A rating by its index, such as 1B."""
    return Assessment.of(subject, phase, dimension).replace(severity=index[0], frequency=index[1], **fields)


def project(*more: Record, scheme: str = "hsc-2022", **changes: Mapping[str, object]) -> Store:
    """Two causes, a control on each line, two consequences; one of them behind a mitigative control."""
    records: list[Record] = [
        Project(id="project", title="Mower", risk_scheme="scheme"),
        preset(scheme).replace().model_copy(update={"id": "scheme"}),
        Hazard(id="h", code="H-1", title="Rotating blade"),
        TopEvent(id="t", code="T-1", title="Blade runs with a person near", hazard="h"),
        Cause(id="c1", code="C-1", title="Sensor misses", likelihood=Likelihood(value=0.2, kind="per_year")),
        Cause(id="c2", code="C-2", title="Guard removed", likelihood=Likelihood(value=0.1, kind="per_year")),
        Consequence(id="e1", code="E-1", title="Injury"),
        Consequence(id="e2", code="E-2", title="Damage"),
        Link(id="l1", source="c1", target="t"),
        Link(id="l2", source="c2", target="t"),
        Link(id="l3", source="t", target="e1"),
        Link(id="l4", source="t", target="e2"),
        Control(id="b1", code="B-1", title="Second sensor", state="in_place", failure_probability=0.1),
        Control(id="b2", code="B-2", title="Interlock", state="in_place", failure_probability=0.5),
        Control(id="b3", code="B-3", title="Brake", state="in_place", failure_probability=0.01),
        Guard(id="g1", control="b1", subject="l1"),
        Guard(id="g2", control="b2", subject="l2"),
        Guard(id="g3", control="b3", subject="l3"),
    ]
    made = [r.replace(**changes[r.id]) if r.id in changes else r for r in records]
    return Store([*made, *more])
