"""What can be done at once about findings on ratings, and on the walk through the operational design domain."""

from collections.abc import Callable, Iterable, Iterator

from workbench.analysis.odd_coverage import coverage
from workbench.analysis.risk import Ratings
from workbench.commands.odd import tag_hazard
from workbench.commands.risk import rate
from workbench.model.judgement import Assessment, OddConsideration
from workbench.store.store import Store
from workbench.store.transaction import Transaction

Way = tuple[str, Callable[[Transaction], object]]
"""What it does, for a menu, and what does it."""


def unrate(store: Store, subject: str) -> Iterator[Way]:
    """Take ratings away that are no cell of the scheme."""
    ratings = Ratings(store)
    given = store.referrers(subject, Assessment, "subject")
    wrong = [one for one in given if one.severity and one.frequency and ratings.rated(one) is None]
    if wrong:
        indices = ", ".join(dict.fromkeys(one.severity + one.frequency for one in wrong))
        yield f"Take the rating {indices} away", lambda tx: _remove(tx, wrong)


def doubt_residual(store: Store, subject: str) -> Iterator[Way]:
    """Take the residual rating away, or let it be the one before the controls."""
    ratings = Ratings(store)
    given = store.referrers(subject, Assessment, "subject")
    residual = [one for one in given if one.phase == "residual"]
    initial = {one.dimension: one for one in given if one.phase == "initial"}
    before = {one.id: initial.get(one.dimension) or initial.get(None) for one in residual}
    rated = [ratings.rated(one) if one is not None else None for one in before.values()]
    if residual and all(one is not None and one.steps for one in rated):
        indices = ", ".join(dict.fromkeys(one.index for one in rated if one is not None))
        yield f"Rate it {indices} as before its controls", lambda tx: _as_before(tx, residual, before)
    if residual:
        yield "Take the residual rating away", lambda tx: _remove(tx, residual)


def _as_before(tx: Transaction, residual: list[Assessment], before: dict[str, Assessment | None]) -> None:
    for one in residual:
        first = before[one.id]
        if first is not None:
            rate(tx, one, by=first.by, at=first.at, severity=first.severity, frequency=first.frequency)


def judge_again(store: Store, category: str) -> Iterator[Way]:
    """Take back what was judged of an entry, or take the entry off the hazards that carry it against that."""
    judged = store.find(OddConsideration.of(category).id, OddConsideration)
    if judged is None:
        return
    yield "Take the judgement back", lambda tx: tx.remove(judged.id)
    entry = next((entry for entry in coverage(store).entries if entry.id == category), None)
    hazards = entry.verdict.hazards if entry is not None and entry.verdict.conflict else ()
    if hazards:
        names = ", ".join(hazard.name for hazard in hazards[:2]) + (" …" if len(hazards) > 2 else "")
        yield f"Take it off {names}", lambda tx: _untag(tx, [hazard.id for hazard in hazards], category)


def _remove(tx: Transaction, records: list[Assessment]) -> None:
    for one in records:
        tx.remove(one.id)


def _untag(tx: Transaction, hazards: Iterable[str], category: str) -> None:
    for hazard in hazards:
        tag_hazard(tx, hazard, [category], on=False)
