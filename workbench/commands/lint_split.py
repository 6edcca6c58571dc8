"""Larger mends: one consequence made two, one control made two, a top event in the place of its double."""

import re
from typing import Final

from workbench.analysis.lint.wording import BREAKS
from workbench.commands.connect import reconnect
from workbench.commands.delete import delete_everywhere
from workbench.commands.errors import CommandError
from workbench.commands.guards import guards_of
from workbench.model.codes import next_code
from workbench.model.drawing import Placement
from workbench.model.elements import Cause, Consequence, Control, Guard, Link, TopEvent
from workbench.model.ids import new_id
from workbench.store.transaction import Transaction

_ROW: Final = 120.0


def outcomes(title: str) -> tuple[str, str] | None:
    """The two outcomes a title joins; None where it does not part into two."""
    for sign in BREAKS:
        found = re.search(re.escape(sign), title, re.IGNORECASE)
        if found is not None:
            first, second = title[: found.start()].strip(" ,;"), title[found.end() :].strip(" ,;")
            if first and second:
                return first, second[:1].upper() + second[1:]
    return None


def split_consequence(tx: Transaction, id: str) -> str:
    """Make two consequences of one whose title joins two outcomes; both follow from the same, behind the same controls.

    Returns:
        Id of the second.

    Raises:
        CommandError: nothing in the title joins two outcomes.
    """
    old = tx.expect(id, Consequence)
    parts = outcomes(old.title)
    if parts is None:
        raise CommandError("Nothing in the title joins two outcomes; word it anew.")
    first, second = parts
    code = next_code("consequence", (one.code for one in tx.all(Consequence)))
    new = tx.put(old.replace(id=new_id("consequence"), code=code, title=second, status="draft"))
    tx.patch(id, title=first)
    for link in tx.referrers(id, Link, "target"):
        if link.kind != "leads_to":
            continue
        copy = tx.put(Link(id=new_id("link"), kind=link.kind, source=link.source, target=new.id))
        for guard in guards_of(tx, link.id):
            tx.put(guard.replace(id=new_id("guard"), subject=copy.id, effectiveness_from=None))
    for placement in tx.referrers(id, Placement, "subject"):
        tx.put(Placement.at(placement.diagram, new.id, placement.x, placement.y + _ROW))
    return new.id


def part_control(tx: Transaction, id: str) -> str:
    """Make two controls of one that stands on a pathway and against degradation factors; the new one takes those.

    Returns:
        Id of the new control.

    Raises:
        CommandError: it stands against no factor.
    """
    old = tx.expect(id, Control)
    stems = []
    for guard in tx.referrers(id, Guard, "control"):
        link = tx.find(guard.subject, Link)
        if link is not None and link.kind == "degrades":
            stems.append(guard)
    if not stems:
        raise CommandError("This control stands against no degradation factor.")
    code = next_code("control", (one.code for one in tx.all(Control)))
    new = tx.put(
        old.replace(id=new_id("control"), code=code, status="draft", state="proposed", effectiveness_from=None)
    )
    for guard in stems:
        tx.put(guard.replace(control=new.id, effectiveness_from=None))
    return new.id


def use_top_event(tx: Transaction, id: str, event: str) -> None:
    """Put a top event in the place of a cause or consequence that says the same, on its lines and diagrams.

    What was said about that one goes with it, and is told as after a deletion.

    Raises:
        CommandError: a line cannot lead to, or from, the top event.
    """
    double, own = tx.get(id), tx.expect(event, TopEvent)
    if not isinstance(double, Cause | Consequence):
        raise CommandError("Only a cause or a consequence can be a top event of another bow-tie.")
    for link in tx.referrers(id, Link):
        if link.kind == "leads_to":
            if link.source == id:
                reconnect(tx, link.id, source=own.id)
            else:
                reconnect(tx, link.id, target=own.id)
    for placement in tx.referrers(id, Placement, "subject"):
        if not any(there.diagram == placement.diagram for there in tx.referrers(own.id, Placement, "subject")):
            tx.put(Placement.at(placement.diagram, own.id, placement.x, placement.y))
    delete_everywhere(tx, [id])
