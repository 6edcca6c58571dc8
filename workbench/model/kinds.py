"""The kinds of element an analyst draws, with the words and code letters that go with each."""

from typing import Final, Literal, get_args

ElementKind = Literal["hazard", "top_event", "cause", "consequence", "control", "degradation_factor", "gate", "note"]
ELEMENT_KINDS: Final[tuple[ElementKind, ...]] = get_args(ElementKind)

CODE_LETTER: Final[dict[str, str]] = {
    "hazard": "H",
    "top_event": "T",
    "cause": "C",
    "consequence": "E",
    "control": "B",
    "degradation_factor": "D",
    "gate": "G",
    "note": "N",
}
"""The letter a code starts with. B is for barrier, E for effect: both are the field's other words."""

LABEL: Final[dict[str, str]] = {
    "project": "Project",
    "hazard": "Hazard",
    "top_event": "Top event",
    "cause": "Cause",
    "consequence": "Consequence",
    "control": "Control",
    "degradation_factor": "Degradation factor",
    "gate": "Gate",
    "note": "Note",
    "link": "Link",
    "guard": "Control on a line",
    "diagram": "Diagram",
    "assessment": "Assessment",
    "evidence": "Evidence",
    "run": "Evaluation run",
    "metric": "Metric",
    "risk_scheme": "Risk scheme",
    "risk_acceptance": "Risk acceptance",
    "odd_category": "ODD entry",
    "odd_consideration": "ODD consideration",
    "placement": "Placement",
    "route": "Route",
    "stop": "Stop",
    "comment": "Comment",
    "decision": "Decision",
    "action_item": "Action item",
    "meeting": "Meeting",
    "vote": "Vote",
    "answer": "Answer",
    "conflict": "Merge conflict",
    "capability_grid": "Capability grid",
    "capability_cell": "Capability cell",
    "sweep_point": "Sweep point",
}
"""The word for a record kind, sentence case, singular."""

PLURAL: Final[dict[str, str]] = {
    "project": "Projects",
    "hazard": "Hazards",
    "top_event": "Top events",
    "cause": "Causes",
    "consequence": "Consequences",
    "control": "Controls",
    "degradation_factor": "Degradation factors",
    "gate": "Gates",
    "note": "Notes",
    "link": "Links",
    "guard": "Controls on lines",
    "diagram": "Diagrams",
    "assessment": "Assessments",
    "evidence": "Evidence",
    "run": "Evaluation runs",
    "metric": "Metrics",
    "risk_scheme": "Risk schemes",
    "risk_acceptance": "Risk acceptances",
    "odd_category": "ODD entries",
    "odd_consideration": "ODD considerations",
    "placement": "Placements",
    "route": "Routes",
    "stop": "Stops",
    "comment": "Comments",
    "decision": "Decisions",
    "action_item": "Action items",
    "meeting": "Meetings",
    "vote": "Votes",
    "answer": "Answers",
    "conflict": "Merge conflicts",
    "capability_grid": "Capability grids",
    "capability_cell": "Capability cells",
    "sweep_point": "Sweep points",
}
"""The same, plural."""

IMPACT_DIMENSIONS: Final = ("technical", "social", "political", "economic")
"""The four dimensions of impact of the 2022 framework's abstract."""


def label(kind: str) -> str:
    """The word for a record kind; an unknown kind reads as it is stored."""
    return LABEL.get(kind, kind)
