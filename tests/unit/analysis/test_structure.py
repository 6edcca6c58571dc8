"""Every rule of the linter: a project that breaks it, and one that does not."""

import pytest

from tests.generator import make_project
from tests.support import STRUCTURE, structure_of
from workbench.files.project import load_project
from workbench.model.base import Record, UnknownRecord
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
from workbench.model.review import Answer, Conflict
from workbench.store.store import Store


def sound():
    """A small bow-tie without findings."""
    return [
        Hazard(id="h", code="H-1", title="Hazard"),
        TopEvent(id="t", code="T-1", title="Top", hazard="h"),
        Cause(id="c", code="C-1", title="Cause"),
        Consequence(id="e", code="E-1", title="Effect"),
        Control(id="b", code="B-1", title="Control"),
        Control(id="b2", code="B-2", title="Degradation control"),
        DegradationFactor(id="d", code="D-1", title="Factor"),
        Link(id="ct", source="c", target="t"),
        Link(id="te", source="t", target="e"),
        Link(id="db", kind="degrades", source="d", target="b"),
        Guard(id="g", control="b", subject="ct"),
        Guard(id="g2", control="b2", subject="db"),
        Diagram(id="dg", title="One", focus="t"),
        *(Placement.at("dg", id) for id in ("h", "t", "c", "e")),
        Placement.at("dg", "d").replace(hangs_on="g"),
    ]


BREACHES: dict[str, tuple[list[Record], str, str]] = {
    "link-kind": ([Link(id="x", source="c", target="e")], "x", "Cause C-1 Cause leads to consequence E-1 Effect"),
    "hazard-with-top-event": ([Link(id="x", source="c", target="h")], "x", "Hazard H-1 Hazard has a top event"),
    "link-to-itself": ([Link(id="x", source="c", target="c")], "x", "is linked to itself"),
    "link-twice": ([Link(id="ct2", source="c", target="t")], "ct2", "are linked twice"),
    "loop": (
        [
            Cause(id="c2", code="C-2", title="Two"),
            Placement.at("dg", "c2"),
            Link(id="x", source="c", target="c2"),
            Link(id="y", source="c2", target="c"),
        ],
        "c",
        "lead back to themselves: cause C-1 Cause, cause C-2 Two;",
    ),
    "guard-subject": ([Guard(id="x", control="b", subject="c")], "x", "where no control can stand"),
    "guard-twice": ([Guard(id="x", control="b", subject="ct")], "x", "stands on one line twice"),
    "guard-waiting": ([Guard(id="x", control="b", subject="t")], "x", "say on which line"),
    "factor-target": (
        [Link(id="x", kind="degrades", source="d", target="g2")],
        "x",
        "acts on control B-2 Degradation control, a degradation control",
    ),
    "conflict": ([Conflict(id="x", subject="c", field="title")], "x", "merge conflict: title of cause C-1"),
    "reference-kind": (
        [TopEvent(id="x", code="T-2", title="X", hazard="c"), Placement.at("dg", "x")],
        "x",
        "must be a hazard",
    ),
    "code-twice": ([Note(id="x", code="c-1", title="N"), Placement.at("dg", "x")], "x", "is given 2 times"),
    "code-missing": ([TopEvent(id="x", title="X", hazard="h"), Placement.at("dg", "x")], "x", "has no code"),
    "title-missing": ([Note(id="x", title=" \n"), Placement.at("dg", "x")], "x", "has no title"),
    "factor-idle": (
        [DegradationFactor(id="x", code="D-2", title="X"), Placement.at("dg", "x")],
        "x",
        "weakens no control",
    ),
    "control-idle": ([Control(id="x", code="B-3", title="X")], "x", "guards nothing"),
    "top-event-hazard": (
        [TopEvent(id="x", code="T-2", title="X"), Placement.at("dg", "x")],
        "x",
        "belongs to no hazard",
    ),
    "dead-end": ([Gate(id="x", code="G-1", title="X"), Placement.at("dg", "x")], "x", "leads nowhere"),
    "not-drawn": ([Note(id="x", title="X")], "x", "stands on no diagram"),
    "diagram-focus": ([Diagram(id="x", title="Two"), Placement.at("x", "t")], "x", "nothing in its centre"),
}


def test_a_sound_project_has_no_findings():
    assert structure_of(Store(sound())) == []


def test_every_rule_is_tried_here():
    assert set(BREACHES) == {rule.id for rule in STRUCTURE}
    assert len(STRUCTURE) == len({rule.id for rule in STRUCTURE})


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_is_found_and_nothing_else(rule):
    records, element, words = BREACHES[rule]
    findings = structure_of(Store([*sound(), *records]))
    assert [(finding.rule, finding.element) for finding in findings] == [(rule, element)]
    assert words in findings[0].message
    assert findings[0].message.endswith(".")
    assert "\n" not in findings[0].message
    assert findings[0].severity == next(each.severity for each in STRUCTURE if each.id == rule)


def test_a_consequence_that_follows_from_nothing():
    records = [*sound(), Consequence(id="x", code="E-2", title="X"), Placement.at("dg", "x")]
    assert [finding.rule for finding in structure_of(Store(records))] == ["dead-end"]


def test_a_centre_that_is_not_on_the_diagram():
    records = [*sound(), Diagram(id="x", title="Two", focus="t"), Placement.at("x", "c")]
    (finding,) = structure_of(Store(records))
    assert "does not stand on it" in finding.message


def test_a_hazard_without_top_event_takes_links():
    records = [*sound(), Hazard(id="x", code="H-2", title="X"), Placement.at("dg", "x")]
    assert (
        structure_of(Store([*records, Link(id="l1", source="c", target="x"), Link(id="l2", source="x", target="e")]))
        == []
    )


def test_two_loops_are_two_findings_and_what_hangs_on_them_is_none():
    causes = [Cause(id=f"k{n}", code=f"C-{n + 10}", title=str(n)) for n in range(5)]
    pairs = [(0, 1), (1, 0), (2, 3), (3, 2), (1, 4)]
    links = [Link(id=f"x{a}{b}", source=f"k{a}", target=f"k{b}") for a, b in pairs]
    ends = [Link(id="end", source="k4", target="t")]
    placed = [Placement.at("dg", cause.id) for cause in causes]
    findings = structure_of(Store([*sound(), *causes, *links, *ends, *placed]))
    assert [(finding.rule, finding.element) for finding in findings] == [("loop", "k0"), ("loop", "k2")]


def test_a_suppressed_finding_is_left_out():
    records = [*sound(), Control(id="x", code="B-3", title="X")]
    assert structure_of(Store(records))
    assert structure_of(Store([*records, Answer.of("control-idle", "x")])) == []
    other = Answer.of("not-drawn", "x")
    assert structure_of(Store([*records, other]))
    answered = Answer.of("control-idle", "x").replace(answer="no")
    assert structure_of(Store([*records, answered])), "an answer is no suppression"


def test_records_of_a_newer_version_are_believed():
    newer = UnknownRecord(id="n", record_type="later")
    records = [*sound(), newer, TopEvent(id="x", code="T-2", title="X", hazard="n"), Placement.at("dg", "x")]
    assert structure_of(Store(records)) == []


def test_worst_first():
    records = [*sound(), Control(id="x", code="B-3"), Note(id="y", title="N"), Link(id="z", source="c", target="e")]
    severities = [finding.severity for finding in structure_of(Store(records))]
    assert severities == ["error", "warning", "warning", "note"]


def test_the_frozen_sample_is_full_of_breaches_and_breaks_nothing(root):
    store = load_project(root / "tests" / "data" / "project-1.0.hazard.json").store
    assert {finding.rule for finding in structure_of(store)} >= {"link-to-itself", "conflict", "reference-kind"}


def test_generated_projects_are_sound():
    assert structure_of(Store(make_project(400))) == []
