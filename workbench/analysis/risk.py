"""Risk ratings in force: what somebody rated, else the worst of the consequences; by impact dimension and phase."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, get_args

from workbench.model.elements import Consequence, Hazard, ImpactDimension, Link, TopEvent
from workbench.model.judgement import PROJECT_ID, Assessment, Category, Phase, Project, RiskScheme
from workbench.store.reader import Reader
from workbench.values import value_type

PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
DIMENSIONS: Final[tuple[ImpactDimension, ...]] = get_args(ImpactDimension)


@value_type(frozen=True, slots=True)
class Rating:
    """One rating in force.

    Attributes:
        level: name of the risk level; ``steps`` of its chip (0 to 4) are filled.
        subject: id of what was rated; for a rolled-up rating the consequence it comes from.
        dimension: impact dimension it was given for; null where it speaks for all.
        inherited: nobody rated the hazard itself; this is the worst of its consequences.
        carried: the consequence has no residual rating, so its initial one stands in the residual phase.
        assessment: id of the record.
        by: who rated, and ``at`` when; empty where nobody said.
    """

    severity: str
    frequency: str
    level: str
    steps: int
    subject: str
    dimension: ImpactDimension | None = None
    inherited: bool = False
    carried: bool = False
    assessment: str = ""
    by: str = ""
    at: str = ""

    @property
    def index(self) -> str:
        """The hazard risk index, such as ``1B``."""
        return f"{self.severity}{self.frequency}"


def scheme_of(store: Reader) -> RiskScheme | None:
    """The risk scheme the project rates with; the first one where the project names none."""
    project = store.find(PROJECT_ID, Project)
    named = store.find(project.risk_scheme, RiskScheme) if project is not None else None
    return named or next(iter(store.all(RiskScheme)), None)


def level_of(scheme: RiskScheme | None, severity: str, frequency: str) -> tuple[str, int]:
    """Name of the risk level of a cell and how many steps of its chip are filled; empty where the cell is none."""
    name = scheme.cells.get(f"{severity}{frequency}", "") if scheme is not None and severity and frequency else ""
    levels = scheme.levels if scheme is not None else ()
    return name, next((level.steps for level in levels if level.name == name), 0)


class Ratings:
    """Ratings of one document under one scheme; looked up once, asked often."""

    def __init__(self, store: Reader, scheme: RiskScheme | None = None) -> None:
        """Read the scheme.

        Args:
            store: the document, or a transaction on it.
            scheme: another scheme than the project's.
        """
        self._store = store
        self.scheme = scheme if scheme is not None else scheme_of(store)
        self._steps = {level.name: level.steps for level in self.scheme.levels} if self.scheme is not None else {}
        self._severities = _places(self.scheme.severities) if self.scheme is not None else {}
        self._frequencies = _places(self.scheme.frequencies) if self.scheme is not None else {}

    def rated(self, assessment: Assessment) -> Rating | None:
        """A record as a rating; None where it names no cell of the scheme."""
        cells = self.scheme.cells if self.scheme is not None else {}
        level = cells.get(assessment.severity + assessment.frequency, "")
        if not level or not assessment.severity or not assessment.frequency:
            return None
        return Rating(
            assessment.severity,
            assessment.frequency,
            level,
            self._steps.get(level, 0),
            assessment.subject,
            assessment.dimension,
            assessment=assessment.id,
            by=assessment.by,
            at=assessment.at,
        )

    def badness(self, rating: Rating) -> tuple[int, int, int]:
        """Key by which a worse rating is larger: level, then severity, then frequency."""
        return (
            rating.steps,
            -self._severities.get(rating.severity, len(self._severities)),
            -self._frequencies.get(rating.frequency, len(self._frequencies)),
        )

    def worst(self, ratings: Iterable[Rating | None]) -> Rating | None:
        """The worst of some ratings; None where there is none."""
        found = [rating for rating in ratings if rating is not None]
        return max(found, key=self.badness) if found else None

    def own(self, subject: str, phase: Phase, dimension: ImpactDimension | None = None) -> Rating | None:
        """What somebody rated the subject itself in a phase.

        Args:
            dimension: one impact dimension: its own rating, else the one for all dimensions, provided a hazard that
                names its dimensions names this one. None: the worst of all.
        """
        given = [a for a in self._store.referrers(subject, Assessment, "subject") if a.phase == phase]
        if dimension is None:
            return self.worst(map(self.rated, given))
        named = self.worst(self.rated(a) for a in given if a.dimension == dimension)
        if named is not None or not has_dimension(self._store, subject, dimension):
            return named
        return self.worst(self.rated(a) for a in given if a.dimension is None)

    def of(self, subject: str, phase: Phase, dimension: ImpactDimension | None = None) -> Rating | None:
        """The rating in force: the subject's own; for a hazard without one the worst of its consequences, so marked.

        A consequence that was rated only before mitigation counts with that rating after it too, as long as another
        one has a residual rating: nobody has said that it got better.
        """
        own = self.own(subject, phase, dimension)
        if own is not None or not isinstance(self._store.get(subject), Hazard):
            return own
        found: list[Rating] = []
        carried: list[Rating] = []
        for consequence in consequences_of(self._store, subject):
            rating = self.own(consequence, phase, dimension)
            if rating is not None:
                found.append(rating)
            elif phase == "residual":
                before = self.own(consequence, "initial", dimension)
                if before is not None:
                    carried.append(replace(before, carried=True))
        worst = self.worst([*found, *carried]) if found else None
        return replace(worst, inherited=True) if worst is not None else None


def has_dimension(store: Reader, subject: str, dimension: ImpactDimension) -> bool:
    """Whether something may be looked at in an impact dimension: a hazard that names its dimensions names this one."""
    record = store.get(subject)
    return not isinstance(record, Hazard) or not record.impact_dimensions or dimension in record.impact_dimensions


def starts_of(store: Reader, hazard: str) -> list[str]:
    """Where the pathways of a hazard pass: its top events, and the hazard itself."""
    return [hazard, *(event.id for event in store.referrers(hazard, TopEvent, "hazard"))]


def links_out(store: Reader, starts: Iterable[str]) -> Iterator[Link]:
    """Every link of the pathways that leave some elements; loops end the walk."""
    return _links(store, starts, "source", lambda link: link.target)


def links_in(store: Reader, ends: Iterable[str]) -> Iterator[Link]:
    """Every link of the pathways that arrive at some elements; loops end the walk."""
    return _links(store, ends, "target", lambda link: link.source)


def _links(store: Reader, starts: Iterable[str], near: str, far: Callable[[Link], str]) -> Iterator[Link]:
    waiting = list(starts)
    seen = set(waiting)
    while waiting:
        for link in store.referrers(waiting.pop(), Link, near):
            if link.kind != "leads_to":
                continue
            yield link
            if far(link) not in seen:
                seen.add(far(link))
                waiting.append(far(link))


def consequences_of(store: Reader, hazard: str) -> list[str]:
    """Consequences that pathways of a hazard reach, through its top events and those they lead on to."""
    reached = dict.fromkeys(link.target for link in links_out(store, starts_of(store, hazard)))
    return [id for id in reached if isinstance(store.get(id), Consequence)]


def hazards_behind(store: Reader, element: str) -> list[str]:
    """Hazards whose pathways reach an element past their top event; causes lie before it and are not walked."""
    found: dict[str, None] = {}
    waiting, seen = [element], {element}
    while waiting:
        here = waiting.pop()
        record = store.get(here)
        if isinstance(record, Hazard):
            found[here] = None
        elif isinstance(record, TopEvent) and record.hazard is not None:
            found[record.hazard] = None
        for link in store.referrers(here, Link, "target"):
            source = store.get(link.source)
            passes = isinstance(source, Hazard | TopEvent) or (source is not None and source.TYPE == "gate")
            if link.kind == "leads_to" and passes and link.source not in seen:
                seen.add(link.source)
                waiting.append(link.source)
    return list(found)


def _places(categories: Iterable[Category]) -> dict[str, int]:
    return {category.code: place for place, category in enumerate(categories)}
