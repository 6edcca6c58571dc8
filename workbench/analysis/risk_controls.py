"""What the controls on the pathways of a hazard or consequence can carry, and residuals they cannot justify."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal

from workbench.analysis.findings import called
from workbench.analysis.risk import Rating, Ratings, links_in, links_out, starts_of
from workbench.evidence.standing import speaks_for, subject_verdicts
from workbench.model.elements import Control, Element, Guard, Hazard, ImpactDimension, TopEvent
from workbench.model.judgement import Assessment
from workbench.store.reader import Reader
from workbench.values import value_type

Standing = Literal["counts", "proposed", "refuted", "stale", "retired"]
"""``counts``: agreed, in place or verified, and no evidence speaks against it."""


@value_type(frozen=True, slots=True)
class Barrier:
    """One control on the pathways of something.

    Attributes:
        guards: ids of its guards there; the control stands on the element itself where no line carries it.
    """

    control: Control
    standing: Standing
    guards: tuple[str, ...]


@value_type(frozen=True, slots=True)
class Unjustified:
    """Something about a residual rating that the diagram does not bear out.

    Attributes:
        rule: id of the rule, such as ``residual-no-control``.
        message: one sentence: what, where, what to do.
    """

    rule: str
    subject: str
    message: str
    dimension: ImpactDimension | None = None


class Standings:
    """Which controls stand where, and how, on a day; each is looked up once, so one is good for one look only."""

    def __init__(self, store: Reader, as_of: date | None = None) -> None:
        self._store = store
        self._as_of = as_of
        self._found: dict[str, Standing] = {}
        self._guards: dict[str, list[Guard]] = {}

    def of(self, control: Control) -> Standing:
        """Whether a control can be leaned on."""
        return "retired" if control.status == "retired" else self._spoken(control.id, control.state == "proposed")

    def of_guard(self, guard: Guard) -> Standing:
        """Whether a control can be leaned on where it stands."""
        control = self._store.find(guard.control, Control)
        if control is None:
            return "retired"
        whole = self.of(control)
        return whole if whole != "counts" else self._spoken(guard.id, proposed=False)

    def guards(self, place: str) -> list[Guard]:
        """What stands on a link, or on a hazard or top event itself."""
        known = self._guards.get(place)
        if known is None:
            known = self._guards[place] = self._store.referrers(place, Guard, "subject")
        return known

    def _spoken(self, id: str, proposed: bool) -> Standing:
        found = self._found.get(id)
        if found is None:
            spoken = speaks_for(subject_verdicts(self._store, id, as_of=self._as_of, doubts=False))
            if spoken is not None and spoken.kind == "refutes":
                found = "refuted"
            elif proposed:
                found = "proposed"
            else:
                found = "stale" if spoken is not None and spoken.kind == "stale" else "counts"
            self._found[id] = found
        return found


def barriers(store: Reader, subject: str, standings: Standings) -> list[Barrier]:
    """The controls on all pathways through a hazard, or to a consequence, in order of entry.

    Controls that nobody has put on a line yet and that stand on the hazard or its top events count too.
    """
    guards: dict[str, list[Guard]] = {}
    for place in dict.fromkeys(_places(store, subject)):
        for guard in standings.guards(place):
            guards.setdefault(guard.control, []).append(guard)
    found = []
    for id, standing_there in guards.items():
        control = store.find(id, Control)
        if control is None:
            continue
        states = {standings.of_guard(guard) for guard in standing_there}
        best: Standing = next((s for s in _BEST_FIRST if s in states), "retired")
        found.append(Barrier(control, best, tuple(guard.id for guard in standing_there)))
    return found


def _places(store: Reader, subject: str) -> Iterator[str]:
    """Where controls on the pathways may stand, some of it twice: lines first, then hazards and top events."""
    hazard = isinstance(store.get(subject), Hazard)
    starts = starts_of(store, subject) if hazard else [subject]
    ends = dict.fromkeys(starts)
    for walk in (links_in, links_out) if hazard else (links_in,):
        for link in walk(store, starts):
            yield link.id
            ends.update({link.source: None, link.target: None})
    for end in ends:
        if isinstance(store.get(end), Hazard | TopEvent):
            yield end


def _carried(store: Reader, subject: str, standings: Standings, *, gone: bool) -> bool:
    """Whether some control bears a better rating out. The walk ends at the first, so that few edits ask again."""
    for place in _places(store, subject):
        for guard in standings.guards(place):
            control = store.find(guard.control, Control)
            if control is None:
                continue
            strong = control.precedence == "eliminate" if gone else control.precedence != "procedures_training"
            if strong and standings.of_guard(guard) == "counts":
                return True
    return False


_BEST_FIRST: Final[tuple[Standing, ...]] = ("counts", "proposed", "stale", "refuted", "retired")


def unjustified(store: Reader, subject: str, ratings: Ratings, standings: Standings) -> list[Unjustified]:
    """Residual ratings of a subject that its controls cannot justify; only what somebody rated is looked at."""
    given = store.referrers(subject, Assessment, "subject")
    residual = {a.dimension: r for a in given if a.phase == "residual" and (r := ratings.rated(a)) is not None}
    initial = {a.dimension: r for a in given if a.phase == "initial" and (r := ratings.rated(a)) is not None}
    found: list[Unjustified] = []
    there: list[Barrier] | None = None
    for dimension, after in residual.items():
        before = initial.get(dimension) or initial.get(None)
        lower = before is not None and ratings.badness(after) < ratings.badness(before)
        gone = after.steps == 0
        if not lower and not gone:
            continue
        if _carried(store, subject, standings, gone=gone):
            continue
        if there is None:
            there = barriers(store, subject, standings)
        name = called(store.get(subject))
        said = _of_rating(name, before, after, there, dimension, gone=gone)
        found += [Unjustified(rule, subject, message, dimension) for rule, message in said]
    return found


def _of_rating(
    name: str,
    before: Rating | None,
    after: Rating,
    there: list[Barrier],
    dimension: ImpactDimension | None,
    *,
    gone: bool,
) -> Iterable[tuple[str, str]]:
    change = f"rated {after.index}" + (f" after {before.index}" if before is not None else "")
    change += f" ({dimension})" if dimension is not None else ""
    counted = [barrier for barrier in there if barrier.standing == "counts"]
    if gone and not any(barrier.control.precedence == "eliminate" for barrier in counted):
        told = "no control that counts eliminates it; rate it again, or say which control does"
        yield "residual-eliminated", f"The {name} is {change} {after.level}, but {told}."
    if not there:
        yield "residual-no-control", f"The {name} is {change}, but no control stands on its pathways; add one."
    elif not counted:
        why = _listed(there)
        told = f"none of its controls counts ({why}); put one in place, or rate it again"
        rule = "residual-only-proposed" if all(b.standing == "proposed" for b in there) else "residual-no-standing"
        yield rule, f"The {name} is {change}, but {told}."
    elif all(barrier.control.precedence == "procedures_training" for barrier in counted):
        told = "its controls are procedures and training only, the weakest in the order of precedence"
        yield "residual-only-procedures", f"The {name} is {change}, but {told}; add a stronger one."


def _listed(there: list[Barrier]) -> str:
    """Why controls do not count, by state: ``B-1, B-4 proposed; B-2 refuted``."""
    parts = []
    for state in _BEST_FIRST[1:]:
        codes = [_short(barrier.control) for barrier in there if barrier.standing == state]
        if codes:
            parts.append(f"{', '.join(codes[:4])}{' …' if len(codes) > 4 else ''} {state}")
    return "; ".join(parts)


def _short(element: Element) -> str:
    return element.code or " ".join(element.title.split())[:30] or element.id
