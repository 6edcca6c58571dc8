"""Findings about ratings, residual risk and its acceptance: plain data that the linter files under its rules."""

from datetime import date
from typing import Final

from workbench.analysis.findings import Severity, called
from workbench.analysis.risk import Rating, Ratings
from workbench.analysis.risk_controls import Standings, unjustified
from workbench.evidence.dates import day_of
from workbench.model.elements import Element
from workbench.model.judgement import Assessment, RiskAcceptance
from workbench.store.reader import Reader
from workbench.values import value_type

RULES: Final[dict[str, tuple[Severity, str]]] = {
    "rating-outside-scheme": ("error", "Every rating names a cell of the project's scheme"),
    "residual-eliminated": ("error", "Only a control that eliminates the hazard brings it to eliminated"),
    "residual-no-control": ("warning", "A better residual rating rests on controls"),
    "residual-only-proposed": ("warning", "A better residual rating rests on controls that are more than proposed"),
    "residual-no-standing": ("warning", "A better residual rating rests on controls that evidence does not refute"),
    "residual-only-procedures": ("warning", "Procedures and training alone do not carry a residual rating"),
    "residual-worse": ("note", "A residual rating is no worse than the initial one"),
    "acceptance-missing": ("warning", "Somebody with the authority accepted each residual risk"),
    "acceptance-expired": ("warning", "Acceptance of a residual risk is in force"),
    "acceptance-level": ("warning", "The level accepted is that of the residual risk"),
}
"""Severity and title of every rule here, by id."""


@value_type(frozen=True, slots=True)
class Acceptance:
    """How the acceptance of one residual risk stands on a day.

    Attributes:
        record: the newest acceptance that is in force, else the newest of all; null where there is none.
        rule: id of the rule it breaks; empty where it is in force.
        message: why, one sentence; or what is in force.
    """

    record: RiskAcceptance | None
    rule: str
    message: str


def of_subject(
    store: Reader, subject: str, ratings: Ratings, standings: Standings, day: date | None
) -> list[tuple[str, str, str]]:
    """What there is to find about the ratings of one subject, as (rule, subject, message)."""
    found: list[tuple[str, str, str]] = []
    record = store.get(subject)
    for assessment in store.referrers(subject, Assessment, "subject"):
        if assessment.severity and assessment.frequency and ratings.rated(assessment) is None:
            index = assessment.severity + assessment.frequency
            told = f"The {called(record)} is rated {index}, which is no cell of the risk scheme; rate it again."
            if ("rating-outside-scheme", subject, told) not in found:  # the same cell before the controls and after
                found.append(("rating-outside-scheme", subject, told))
    if isinstance(record, Element) and record.status == "retired":
        return found
    found += [(one.rule, one.subject, one.message) for one in unjustified(store, subject, ratings, standings)]
    return found + _accepted(store, subject, ratings, day)


def _accepted(store: Reader, subject: str, ratings: Ratings, day: date | None) -> list[tuple[str, str, str]]:
    after, before = ratings.own(subject, "residual"), ratings.own(subject, "initial")
    found = []
    if after is not None and before is not None and ratings.badness(after) > ratings.badness(before):
        told = f"is rated {after.index} after its controls and {before.index} before them; one of them is wrong."
        found.append(("residual-worse", subject, f"The {called(store.get(subject))} {told}"))
    left = residual_to_accept(store, subject, ratings)
    if left is not None:
        stands = acceptance_of(store, subject, left, day)
        if stands.rule:
            found.append((stands.rule, subject, stands.message))
    return found


def residual_to_accept(store: Reader, subject: str, ratings: Ratings) -> Rating | None:
    """The residual risk somebody has to take on; None: nothing is left, or it is accepted where it was rated.

    A hazard that only shows the worst of its consequences is accepted through them, unless somebody accepted its own.
    """
    left = ratings.own(subject, "residual")
    if left is None and store.referrers(subject, RiskAcceptance, "subject"):
        left = ratings.of(subject, "residual")
    return left if left is not None and left.steps else None


def acceptances(store: Reader, subject: str) -> list[RiskAcceptance]:
    """Who accepted the residual risk of something, the newest last."""
    return sorted(store.referrers(subject, RiskAcceptance, "subject"), key=lambda one: (one.date, one.id))


def acceptance_of(store: Reader, subject: str, residual: Rating, day: date | None) -> Acceptance:
    """How the acceptance of a residual risk stands on a day; a day of expiry is the last on which it counts."""
    name = called(store.get(subject))
    given = acceptances(store, subject)
    if not given:
        told = f"Nobody has accepted the residual risk {residual.index} {residual.level} of the {name}; record who did."
        return Acceptance(None, "acceptance-missing", told)
    standing = [one for one in given if not expired(one, day)]
    newest = (standing or given)[-1]
    if not standing:
        told = f"The acceptance of the residual risk of the {name} expired on {newest.expires}; renew it."
        return Acceptance(newest, "acceptance-expired", told)
    if newest.level and newest.level != residual.level:
        told = f"A {newest.level} risk of the {name} was accepted, but its residual risk is {residual.level}"
        return Acceptance(newest, "acceptance-level", f"{told}; accept it anew.")
    until = f" until {newest.expires}" if newest.expires else ""
    return Acceptance(newest, "", f"Accepted{f' by {newest.name}' if newest.name else ''}{until}.")


def acceptance_words(store: Reader, residual: Rating | None, day: date | None) -> str:
    """Whether the residual risk of a rating was accepted, by whom and until when, or what is wrong; one line.

    Empty where nothing is rated, or no risk is left. A rating that comes from a consequence is accepted there.
    """
    if residual is None or not residual.steps:
        return ""
    stands = acceptance_of(store, residual.subject, residual, day)
    record = stands.record
    if record is None:
        return "Missing"
    state = {"acceptance-expired": "Expired: ", "acceptance-level": "Another level: "}.get(stands.rule, "")
    until = f"until {record.expires}" if record.expires else ""
    facts = [record.level, record.authority, record.name, record.date, until, record.conditions]
    return state + ", ".join(" ".join(fact.split()) for fact in facts if fact.strip())


def expired(acceptance: RiskAcceptance, day: date | None) -> bool:
    """Whether an acceptance has run out by a day; one without an expiry never does."""
    last = day_of(acceptance.expires)
    return last is not None and day is not None and last < day
