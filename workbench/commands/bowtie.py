"""Between the two notations: giving a hazard a top event, and taking it away again."""

from workbench.commands.connect import top_events_of
from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.model.codes import next_code
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Guard, Hazard, Link, TopEvent
from workbench.model.ids import derived_id, new_id
from workbench.store.transaction import Transaction

TOP_EVENT_BELOW = 200.0
"""Scene units from the centre of a hazard down to the centre of the top event it is given."""


def _move_ends(tx: Transaction, old: str, new: str) -> None:
    """Links and waiting guards of one element become those of another; routes and guards on them stay."""
    for link in tx.referrers(old, Link):
        if link.kind == "leads_to":
            tx.put(
                link.replace(
                    source=new if link.source == old else link.source,
                    target=new if link.target == old else link.target,
                )
            )
    for guard in tx.referrers(old, Guard, "subject"):
        tx.put(guard.replace(subject=new))


def add_top_event(tx: Transaction, hazard: str, title: str = "") -> str:
    """Turn a hazard of the simple notation into a bow-tie: its links move to a new top event.

    On every diagram the top event takes the hazard's place and the hazard stands above it.

    Raises:
        CommandError: the hazard has a top event already.
    """
    record = tx.expect(hazard, Hazard)
    if top_events_of(tx, hazard):
        raise CommandError(f"{name_of(record)} has a top event already; draw a further one from its handle.")
    code = next_code("top_event", (event.code for event in tx.all(TopEvent)))
    event = tx.put(TopEvent(id=new_id("top_event"), code=code, title=title, hazard=hazard)).id
    _move_ends(tx, hazard, event)
    for placement in tx.referrers(hazard, Placement, "subject"):
        tx.put(Placement.at(placement.diagram, event, placement.x, placement.y))
        tx.put(placement.replace(y=placement.y - TOP_EVENT_BELOW))
        sheet = tx.expect(placement.diagram, Diagram)
        focus = event if sheet.focus in (None, hazard) else sheet.focus
        tx.put(sheet.replace(notation="bow_tie", focus=focus))
    return event


def remove_top_event(tx: Transaction, top_event: str) -> None:
    """Turn a bow-tie back into the simple notation: the links of the top event move to its hazard.

    Raises:
        CommandError: it belongs to no hazard, the hazard has others, or chained bow-ties end in it.
    """
    event = tx.expect(top_event, TopEvent)
    hazard = tx.find(event.hazard, Hazard)
    if hazard is None:
        raise CommandError(f"{name_of(event)} belongs to no hazard; link it to one first.")
    if len(top_events_of(tx, hazard.id)) > 1:
        raise CommandError(f"{name_of(hazard)} has several top events; only the last one can be folded back.")
    for link in tx.referrers(top_event, Link):
        other = tx.records[link.source if link.target == top_event else link.target]
        if other.TYPE == "top_event" or (link.source == top_event and other.TYPE == "gate"):
            raise CommandError(f"{name_of(event)} is chained with {name_of(other)}; remove that line first.")
    _move_ends(tx, top_event, hazard.id)
    for placement in tx.referrers(top_event, Placement, "subject"):
        own = tx.find(derived_id("placement", placement.diagram, hazard.id), Placement)
        base = own or Placement.at(placement.diagram, hazard.id)
        tx.put(base.replace(x=placement.x, y=placement.y))
        sheet = tx.expect(placement.diagram, Diagram)
        if sheet.focus == top_event:
            tx.put(sheet.replace(focus=hazard.id, notation="simple"))
    tx.remove(top_event)
