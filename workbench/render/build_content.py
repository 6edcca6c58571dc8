"""What stands in and beside an element: codes, frequencies, ratings, verdicts, signs."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from workbench.analysis.risk import PHASES, Rating, Ratings
from workbench.evidence.standing import speaks_for, subject_verdicts
from workbench.model.elements import Cause, Control, Element, Gate, Guard
from workbench.model.judgement import PROJECT_ID, Assessment, Category, Project, RiskScheme
from workbench.render.picture import Badge, Chip
from workbench.render.silhouettes import AND_SIGN, NOT_SIGN, OR_SIGN, XOR_SIGN
from workbench.store.store import Store

Judge = Callable[[Store, str, date | None], Badge | None]
"""The badge of one subject from the evidence on it, on a day (None: today); None where there is no claim."""

WORST_FIRST: Final = ("refutes", "inconclusive", "supports", "stale")
"""Which verdict speaks where there are several: the worst one not suspended."""
_PER: Final = {"per_year": "a year", "per_use": "a use", "probability": ""}
_SIGNS: Final = {"and": AND_SIGN, "or": OR_SIGN, "xor": XOR_SIGN, "not": NOT_SIGN}


def worst(badges: Iterable[Badge | None]) -> Badge | None:
    """One badge that speaks for several: the worst verdict, a person where that is a person's, all claims counted."""
    found = [badge for badge in badges if badge is not None]
    if len(found) < 2:
        return found[0] if found else None
    first = min(found, key=lambda badge: WORST_FIRST.index(badge.verdict))
    same = [badge for badge in found if badge.verdict == first.verdict]
    differs, by_hand = any(badge.analyst for badge in same), any(badge.by_hand for badge in same)
    return Badge(first.verdict, differs, sum(badge.count for badge in found), by_hand)


def scheme_of(store: Store) -> RiskScheme | None:
    """The project's risk scheme, or None where it has none yet."""
    project = store.find(PROJECT_ID, Project)
    return store.find(project.risk_scheme, RiskScheme) if project is not None else None


class RatingText:
    """Ratings and words of the risk scheme, looked up once for all elements."""

    def __init__(self, store: Store, scheme: RiskScheme | None) -> None:
        self._store = store
        self._ratings = Ratings(store, scheme) if scheme is not None else None
        self._colours = {level.name: level.colour for level in scheme.levels} if scheme else {}
        self._names = _names(scheme.frequencies) if scheme else {}

    def chips(self, subject: str) -> tuple[Chip, ...]:
        """Ratings in force: initial, then residual; of several impact dimensions the worst.

        A hazard that nobody rated shows the worst of its consequences, so marked.
        """
        if self._ratings is None:
            return ()
        found = (self._ratings.of(subject, phase) for phase in PHASES)
        return tuple(self._chip(rating) for rating in found if rating is not None)

    def _chip(self, rating: Rating) -> Chip:
        text = f"{rating.index} {rating.level}"
        return Chip(rating.level, rating.steps, text, self._colours.get(rating.level, ""), rating.inherited)

    def frequency(self, cause: Cause) -> str:
        """Category with its name, else the number with its unit, else nothing."""
        likelihood = cause.likelihood
        if likelihood is None:
            return ""
        if likelihood.category:
            return f"{likelihood.category} {self._names.get(likelihood.category, '')}".rstrip()
        value = likelihood.mid if likelihood.mid is not None else likelihood.value
        if value is None:
            return ""
        unit = _PER.get(likelihood.kind or "", "")
        return f"{value:.3g} {unit}".rstrip()


def _names(categories: Iterable[Category]) -> dict[str, str]:
    return {category.code: category.name for category in categories}


def gate_sign(gate: Gate, inputs: int) -> str:
    """The sign inside a gate.

    Args:
        inputs: how many links lead into it in the whole project.
    """
    if gate.operator == "k_of_n":
        return f"{gate.k if gate.k is not None else 'k'}/{inputs or 'n'}"
    return _SIGNS[gate.operator]


def hidden_text(counts: dict[str, int]) -> str:
    """What is collapsed, in words: ``6 controls · 2 factors``.

    Args:
        counts: number by element kind.
    """
    parts = [f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, one, many in _COUNTED if counts.get(kind)]
    return " · ".join(parts)


_COUNTED: Final = (
    ("control", "control", "controls"),
    ("degradation_factor", "factor", "factors"),
    ("hazard", "hazard", "hazards"),
    ("top_event", "top event", "top events"),
    ("cause", "cause", "causes"),
    ("consequence", "consequence", "consequences"),
    ("gate", "gate", "gates"),
    ("note", "note", "notes"),
)


def listed_titles(guards: Iterable[Guard], store: Store) -> tuple[str, ...]:
    """Titles of the controls that stand on an element itself."""
    titles = []
    for guard in guards:
        control = store.find(guard.control, Control)
        if control is not None:
            titles.append(" ".join(part for part in (control.code, control.title) if part))
    return tuple(titles)


def is_retired(element: Element) -> bool:
    """Whether an element is kept for the record only."""
    return element.status == "retired"


def judge_subject(store: Store, subject: str, as_of: date | None) -> Badge | None:
    """The badge of one subject from the claims on it, and on the ratings of it."""
    claims = subject_verdicts(store, subject, as_of=as_of, doubts=False)
    for rating in store.referrers(subject, Assessment, "subject"):
        claims += subject_verdicts(store, rating.id, as_of=as_of, doubts=False)
    spoken = speaks_for(claims) if claims else None
    if spoken is None:
        return None
    return Badge(spoken.kind, spoken.analyst, sum(claim.verdict is not None for claim in claims), spoken.by_hand)
