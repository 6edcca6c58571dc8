"""The route of a presentation: its stops in order, and what each of them shows whatever became of the document."""

from typing import Final

from workbench.evidence.labels import metric_label
from workbench.model.base import Record
from workbench.model.drawing import Diagram
from workbench.model.elements import Element, Hazard
from workbench.model.judgement import CapabilityGrid
from workbench.model.review import Stop, StopShows
from workbench.model.runs import Evidence, Metric
from workbench.store.reader import Reader
from workbench.values import value_type

SHOWS_WORD: Final[dict[StopShows, str]] = {
    "diagram": "Diagram",
    "evidence": "Evidence card",
    "matrix": "Risk matrix",
    "log": "Hazard log row",
    "capability": "Capability grid",
}
"""What fills the screen at a stop, in words."""

_SUBJECT: Final[dict[StopShows, type[Record]]] = {
    "evidence": Evidence,
    "log": Hazard,
    "capability": CapabilityGrid,
}
"""Classes of records that cards are about."""


@value_type(frozen=True, slots=True)
class Shown:
    """What a stop comes to.

    Attributes:
        shows: what fills the screen.
        id: of the diagram, the claim, the hazard of the row, or the grid; empty for the matrix.
    """

    shows: StopShows
    id: str


def stops_in_order(reader: Reader) -> list[Stop]:
    """Every stop, in the order of the route."""
    return sorted(reader.all(Stop), key=lambda stop: (stop.order, stop.id))


def shown_at(reader: Reader, stop: Stop) -> Shown:
    """What a stop shows now.

    A stop goes with its diagram and with what its card is about, so it finds them there. One that never named them (a
    file written by hand) shows the first diagram, and where there is none the matrix: a stop is never empty.
    """
    if stop.shows == "matrix":
        return Shown("matrix", "")
    wanted = _SUBJECT.get(stop.shows)
    if wanted is not None and stop.subject is not None and isinstance(reader.get(stop.subject), wanted):
        return Shown(stop.shows, stop.subject)
    if reader.find(stop.diagram, Diagram) is not None:
        return Shown("diagram", stop.diagram or "")
    first = min(reader.all(Diagram), key=lambda diagram: (diagram.order, diagram.id), default=None)
    return Shown("diagram", first.id) if first is not None else Shown("matrix", "")


def title_at(reader: Reader, stop: Stop) -> str:
    """What a stop is called: its title, else what it shows."""
    if stop.title.strip():
        return " ".join(stop.title.split())
    shown = shown_at(reader, stop)
    record = reader.get(shown.id)
    if isinstance(record, Evidence):
        return claim_name(reader, record)
    named = " ".join((getattr(record, "title", "") or "").split())
    if isinstance(record, Hazard):
        return f"Hazard log: {' '.join(part for part in (record.code, named) if part) or 'untitled hazard'}"
    return named or ("Untitled diagram" if shown.shows == "diagram" else SHOWS_WORD[shown.shows])


def claim_name(reader: Reader, claim: Evidence) -> str:
    """What a claim is called: what was measured, and on what."""
    metric = reader.find(claim.metric, Metric)
    what = metric_label(metric) if metric is not None else SHOWS_WORD["evidence"]
    subject = reader.get(claim.subject)
    for name in ("control", "subject"):  # a guard speaks for its control, a rating for what is rated
        subject = subject if isinstance(subject, Element) else reader.get(getattr(subject, name, None) or "") or subject
    if not isinstance(subject, Element):
        return what
    named = " ".join(part for part in (subject.code, " ".join(subject.title.split())) if part)
    return f"{what}: {named}" if named else what
