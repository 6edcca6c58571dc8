"""What left the project with what was deleted, in one sentence: nobody looks for claims that went without a word."""

from collections.abc import Sequence
from typing import Final

from workbench.commands.names import describe, name_of
from workbench.model.base import Record
from workbench.model.elements import Control, Element, Guard, Link
from workbench.model.judgement import Assessment, OddConsideration, RiskAcceptance
from workbench.model.review import ActionItem, Answer, Comment, Conflict, Decision
from workbench.model.runs import Evidence
from workbench.store.transaction import Transaction

_COUNTED: Final[tuple[tuple[type[Record], str, str], ...]] = (
    (Evidence, "claim", "claims"),
    (Assessment, "rating", "ratings"),
    (RiskAcceptance, "acceptance of risk", "acceptances of risk"),
    (Comment, "comment", "comments"),
    (Decision, "decision", "decisions"),
    (ActionItem, "action", "actions"),
    (Answer, "answer to a finding", "answers to findings"),
    (Conflict, "conflict", "conflicts"),
    (OddConsideration, "domain entry considered", "domain entries considered"),
)
_MOST_NAMES: Final = 3


def tell_losses(tx: Transaction) -> None:
    """Add the sentence about the elements, claims, ratings and comments that this transaction took away."""
    gone = tx.gone()
    elements = [name_of(record) for record in gone if isinstance(record, Element)]
    lost = _lost(gone)
    what = f" with {lost}" if lost else ""
    if elements:
        back = "them" if lost or len(elements) > 1 else "it"
        tx.notices.append(f"{_listed(elements)} left the project{what}; Ctrl+Z brings {back} back.")
    elif lost:
        places = [place for record in gone if (place := _place(tx, record))]
        tx.notices.append(f"{_listed(places) or 'What was deleted'} went{what}; Ctrl+Z brings all of it back.")


def _place(tx: Transaction, record: Record) -> str:
    """How a line, or a control's place on one, is called once it is gone; empty for other records."""
    if isinstance(record, Guard):
        control = tx.find(record.control, Control)
        name = name_of(control) if control is not None else "the control"
        where = f" on the {describe(tx, record.subject)}" if record.subject in tx.records else ""
        return f"The place of {name}{where}"
    if isinstance(record, Link):
        ends = [name_of(end) for id in (record.source, record.target) if isinstance(end := tx.get(id), Element)]
        return f"The line {' → '.join(ends)}".strip()
    return ""


def _lost(gone: Sequence[Record]) -> str:
    counted = []
    for cls, one, many in _COUNTED:
        count = sum(isinstance(record, cls) for record in gone)
        if count:
            counted.append(f"{count} {one if count == 1 else many}")
    return " and ".join(filter(None, (", ".join(counted[:-1]), *counted[-1:])))


def _listed(names: Sequence[str]) -> str:
    shown = names if len(names) <= _MOST_NAMES else [*names[:_MOST_NAMES], f"{len(names) - _MOST_NAMES} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
