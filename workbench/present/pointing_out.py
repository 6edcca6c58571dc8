"""What keys of a presentation act on: claims on a thing, the hazard behind it, the next thing in a row."""

from collections.abc import Iterable, Sequence
from typing import Final

from workbench.evidence.claim import Claim
from workbench.evidence.standing import subject_verdicts
from workbench.model.codes import code_key
from workbench.model.elements import Consequence, Element, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import Assessment
from workbench.store.store import Store

_TOLD: Final = ("hazard", "top_event", "cause", "consequence", "control", "degradation_factor")
_WORST_FIRST: Final = ("refutes", "inconclusive", "supports")


def claims_on(store: Store, ids: Iterable[str]) -> list[str]:
    """Ids of the evidence on some things, the worst verdict that stands first; of each thing before the next.

    A control on a line brings the claims on the control itself; an element those on its ratings.
    """
    found: dict[str, None] = {}
    for id in ids:
        claims: list[Claim] = []
        for subject in _subjects(store, id):
            claims += subject_verdicts(store, subject, doubts=False)
        found.update(dict.fromkeys(claim.evidence.id for claim in sorted(claims, key=_badness)))
    return list(found)


def _subjects(store: Store, id: str) -> list[str]:
    guard = store.find(id, Guard)
    if guard is not None:
        return [id, guard.control]
    return [id, *(rating.id for rating in store.referrers(id, Assessment, "subject"))]


def _badness(claim: Claim) -> tuple[bool, int]:
    verdict = claim.verdict
    return claim.suspended, _WORST_FIRST.index(verdict) if verdict in _WORST_FIRST else len(_WORST_FIRST)


def rateable(store: Store, id: str) -> str:
    """The hazard or consequence that is rated where something is meant; a top event means its hazard. Empty: none."""
    record = store.get(id)
    if isinstance(record, TopEvent):
        record = store.find(record.hazard, Hazard)
    return record.id if isinstance(record, Hazard | Consequence) else ""


def line_for_control(store: Store, ids: Iterable[str], path: Sequence[str]) -> str:
    """The line a new control goes to: one of ``ids``, the line under a control of them, else the first of a path."""
    for id in ids:
        guard = store.find(id, Guard)
        line = store.find(guard.subject if guard is not None else id, Link)
        if line is not None and line.kind == "leads_to":
            return line.id
    return next((id for id in path if (line := store.find(id, Link)) is not None and line.kind == "leads_to"), "")


def told_about(store: Store, ids: Iterable[str]) -> list[str]:
    """The elements among some ids, in the order in which one speaks of them: hazard, top event, causes, outcomes."""
    records = [record for id in ids if isinstance(record := store.get(id), Element) and record.TYPE in _TOLD]
    return [one.id for one in sorted(records, key=lambda one: (_TOLD.index(one.TYPE), code_key(one.code), one.id))]


def next_of(ids: Sequence[str], current: str, by: int) -> str:
    """The id some places on from the current one, round and round; the first, or the last, where none is current."""
    if not ids:
        return ""
    if current not in ids:
        return ids[0] if by > 0 else ids[-1]
    return ids[(ids.index(current) + by) % len(ids)]
