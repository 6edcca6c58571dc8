"""A frequency suggested from numbers: likelihoods of causes, thinned by the controls in between; no rating.

Causes are added up (an upper bound for rare, separate causes); controls on a line are taken as independent and each
once; degradation factors are left out. Cut sets say more; this says what the numbers at hand come to.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from workbench.analysis.risk import scheme_of, starts_of
from workbench.analysis.risk_controls import Standings
from workbench.evidence.derived import derived_effectiveness, derived_likelihood
from workbench.evidence.labels import number
from workbench.model.codes import natural_key
from workbench.model.elements import Cause, Control, Element, Gate, Guard, Hazard, Link
from workbench.model.judgement import Category, Phase, RiskScheme
from workbench.store.reader import Reader
from workbench.values import value_type

MOST_PATHWAYS: Final = 2_000
"""Pathways looked at; more than that are no sum anybody checks by hand."""
UNIT_WORD: Final = {"per_year": "a year", "per_use": "a use"}


@value_type(frozen=True, slots=True)
class Figure:
    """A number with its interval; the bounds are null where one that went into it has none."""

    value: float
    low: float | None
    high: float | None

    def times(self, other: "Figure") -> "Figure":
        """The product; interval by interval, as for independent figures at their bounds."""
        low = self.low * other.low if self.low is not None and other.low is not None else None
        high = self.high * other.high if self.high is not None and other.high is not None else None
        return Figure(self.value * other.value, low, high)

    def plus(self, other: "Figure") -> "Figure":
        """The sum."""
        low = self.low + other.low if self.low is not None and other.low is not None else None
        high = self.high + other.high if self.high is not None and other.high is not None else None
        return Figure(self.value + other.value, low, high)


@value_type(frozen=True, slots=True)
class Suggestion:
    """What the numbers come to, for a person to take or leave.

    Attributes:
        frequency: code of the category; empty where there is none, and ``why`` says the reason.
        low, high: codes at the ends of the interval; empty where it is not known.
        figure: the frequency itself, in ``unit``.
        why: what went into it, one sentence each.
    """

    phase: Phase
    frequency: str
    why: tuple[str, ...]
    low: str = ""
    high: str = ""
    figure: Figure | None = None
    unit: str = ""


def suggest(store: Reader, subject: str, phase: Phase, *, as_of: date | None = None) -> Suggestion | None:
    """The frequency that likelihoods and controls come to; None where no cause of the subject carries a number.

    Args:
        subject: a hazard (how often control over it is lost) or a consequence (how often it is reached).
        phase: ``initial`` leaves the controls out; ``residual`` counts those that stand.
        as_of: the day by which the age of evidence is reckoned.
    """
    return _Reckoning(store, subject, phase, as_of).suggestion()


class _Reckoning:
    def __init__(self, store: Reader, subject: str, phase: Phase, as_of: date | None) -> None:
        self._store = store
        self._subject = subject
        self._phase: Phase = phase
        self._as_of = as_of
        self._standings = Standings(store, as_of)
        self._causes: dict[str, tuple[Figure, str, str]] = {}
        self._blank: dict[str, None] = {}
        self._left_out: dict[str, str] = {}
        self._used: dict[str, str] = {}
        self._paths = 0

    def suggestion(self) -> Suggestion | None:
        hazard = isinstance(self._store.get(self._subject), Hazard)
        starts = starts_of(self._store, self._subject) if hazard else [self._subject]
        total: Figure | None = None
        problem = ""
        units: set[str] = set()
        for start in starts:
            for cause, links, gates in self._pathways(start):
                found = self._likelihood(cause)
                if found is None:
                    self._blank[cause.id] = None
                    continue
                figure, unit, _ = found
                units.add(unit)
                if gates:
                    problem = f"{_code(gates[0])} joins causes by more than “or”; that takes cut sets, not a sum."
                    continue
                reached = figure.times(self._passed(links)) if self._phase == "residual" else figure
                total = reached if total is None else total.plus(reached)
        if not units:
            return None
        if self._paths > MOST_PATHWAYS:
            problem = f"More than {MOST_PATHWAYS} pathways lead here; no sum is made of them."
        elif len(units) > 1:
            problem = "Some causes are counted a year and some a use; state exposures so that all are in one unit."
        if problem or total is None:
            return Suggestion(self._phase, "", (problem,))
        return self._placed(total, units.pop())

    def _placed(self, total: Figure, unit: str) -> Suggestion:
        scheme = scheme_of(self._store)
        if unit == "per_use" and total.value > 1:
            total = Figure(1.0, total.low, 1.0)
        why = [f"Causes: {_listed((_code(self._store.get(id)), words) for id, (_, _, words) in self._causes.items())}."]
        if self._used:
            why.append(f"Controls: {_listed(self._used.items())}.")
        if self._left_out:
            why.append(f"Not counted: {_listed(self._left_out.items())}.")
        if self._blank:
            blank = sorted((_code(self._store.get(id)) for id in self._blank), key=natural_key)
            codes = ", ".join(blank[:5])
            why.append(f"Without a number, so it is at least this: {codes}{' …' if len(self._blank) > 5 else ''}.")
        why.append(f"Together {_words(total)} {UNIT_WORD.get(unit, '')}, as for independent steps.")
        placed = category_of(scheme, total.value, unit)
        if placed is None:
            bounds = [c for c in scheme.frequencies if c.unit] if scheme is not None else []
            told = (
                f"The scheme sets no bounds for frequencies {UNIT_WORD.get(unit, '')}; set them to get a category."
                if not any(c.unit == unit for c in bounds)
                else "No category of the scheme holds this figure."
            )
            return Suggestion(self._phase, "", (*why, told), figure=total, unit=unit)
        low = category_of(scheme, total.low, unit) if total.low is not None else None
        high = category_of(scheme, total.high, unit) if total.high is not None else None
        return Suggestion(
            self._phase,
            placed.code,
            tuple(why),
            low.code if low is not None else "",
            high.code if high is not None else "",
            total,
            unit,
        )

    def _pathways(self, end: str) -> list[tuple[Cause, tuple[Link, ...], tuple[Gate, ...]]]:
        """Every way from a cause to ``end``, links in order from it; a loop is walked once."""
        found: list[tuple[Cause, tuple[Link, ...], tuple[Gate, ...]]] = []
        waiting: list[tuple[str, tuple[Link, ...], tuple[Gate, ...], frozenset[str]]] = [(end, (), (), frozenset())]
        while waiting and self._paths <= MOST_PATHWAYS:
            here, links, gates, seen = waiting.pop()
            record = self._store.get(here)
            come = [link for link in self._store.referrers(here, Link, "target") if link.kind == "leads_to"]
            if isinstance(record, Cause) and (not come or self._likelihood(record) is not None):
                self._paths += 1
                found.append((record, links, gates))
                continue
            if isinstance(record, Gate) and record.operator not in ("or", "xor"):
                gates = (*gates, record)
            walked = seen | {here}
            waiting += [(link.source, (link, *links), gates, walked) for link in come if link.source not in walked]
        return found

    def _likelihood(self, cause: Cause) -> tuple[Figure, str, str] | None:
        known = self._causes.get(cause.id)
        if known is not None:
            return known
        derived = derived_likelihood(self._store, cause, as_of=self._as_of)
        if derived is not None:
            if derived.value is None or derived.suspended:
                return None
            figure = Figure(derived.value, derived.low, derived.high)
            words = f"{_words(figure)} {UNIT_WORD.get(derived.unit, '')} (measured)"
            self._causes[cause.id] = (figure, derived.unit, words)
            return self._causes[cause.id]
        given = cause.likelihood
        if given is None or given.kind is None:
            return None
        value = given.mid if given.mid is not None else given.value
        if value is None:
            return None
        unit = "per_year" if given.kind == "per_year" else "per_use"
        figure = Figure(value, given.low, given.high)
        self._causes[cause.id] = (figure, unit, f"{_words(figure)} {UNIT_WORD[unit]} (judged)")
        return self._causes[cause.id]

    def _passed(self, links: tuple[Link, ...]) -> Figure:
        """The share that gets past the controls of a pathway; a control counts once, layers of alternatives once."""
        passed = Figure(1.0, 1.0, 1.0)
        seen: set[str] = set()
        for link in links:
            layers: dict[str, list[Figure]] = {}
            for guard in sorted(self._store.referrers(link.id, Guard, "subject"), key=lambda g: (g.order, g.id)):
                control = self._store.find(guard.control, Control)
                if control is None or control.id in seen or guard.reduces == "severity" or guard.outcome == "works":
                    continue
                seen.add(control.id)
                fails = self._failure(guard, control)
                if fails is not None:
                    layers.setdefault(guard.alternative_to or guard.id, []).append(fails)
            for layer in layers.values():
                passed = passed.times(max(layer, key=lambda figure: figure.value))
        return passed

    def _failure(self, guard: Guard, control: Control) -> Figure | None:
        """How often a control fails when called on; None where it may not be counted."""
        code = _code(control)
        standing = self._standings.of_guard(guard)
        if standing != "counts":
            self._left_out[code] = standing
            return None
        derived = derived_effectiveness(self._store, guard, as_of=self._as_of)
        if derived is not None:
            if derived.value is None or derived.suspended:
                self._left_out[code] = "stale" if derived.suspended else "without a figure"
                return None
            self._used[code] = f"works {_share(derived.value)} of the time (measured)"
            low = None if derived.high is None else 1 - derived.high
            high = None if derived.low is None else 1 - derived.low
            return Figure(1 - derived.value, low, high)
        fails = 1 - guard.effectiveness if guard.effectiveness is not None else control.failure_probability
        if fails is None:
            self._left_out[code] = "without a figure"
            return None
        self._used[code] = f"works {_share(1 - fails)} of the time (judged)"
        return Figure(fails, fails, fails)


def category_of(scheme: RiskScheme | None, value: float, unit: str) -> Category | None:
    """The frequency category whose bounds hold a figure: from its lower bound on, up to but not its upper one."""
    for category in scheme.frequencies if scheme is not None else ():
        if category.unit != unit or (category.low is None and category.high is None):
            continue
        above = category.low is None or value >= category.low
        if above and (category.high is None or value < category.high):
            return category
    return None


def _words(figure: Figure) -> str:
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return number(figure.value)
    return f"{number(figure.value)} ({number(figure.low)} to {number(figure.high)})"


def _listed(told: Iterable[tuple[str, str]]) -> str:
    """What is told of each, in the order of codes."""
    return "; ".join(f"{code} {words}" for code, words in sorted(told, key=lambda one: natural_key(one[0])))


def _share(value: float) -> str:
    return f"{value * 100:.3g}\u202f%"


def _code(record: object) -> str:
    if not isinstance(record, Element):
        return "something"
    return record.code or " ".join(record.title.split())[:30] or record.id
