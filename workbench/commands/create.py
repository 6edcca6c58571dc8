"""Making elements and diagrams, and putting elements on diagrams."""

from typing import Any

from workbench.commands.connect import connect
from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.model.codes import next_code
from workbench.model.drawing import Diagram, Notation, Placement, Route
from workbench.model.elements import Element
from workbench.model.ids import new_id
from workbench.model.kinds import CODE_LETTER, label
from workbench.model.order import key_between
from workbench.model.records import CLASS_OF, new_record
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction


def fresh_code(reader: Reader, kind: str) -> str:
    """The code the next element of ``kind`` gets."""
    return next_code(kind, (record.code for record in reader.all(CLASS_OF[kind]) if isinstance(record, Element)))


def add_element(tx: Transaction, kind: str, title: str = "", **fields: Any) -> str:
    """Make an element with the next code of its kind; it stands on no diagram yet.

    Raises:
        CommandError: ``kind`` is no kind of element.
    """
    if kind not in CODE_LETTER:
        raise CommandError(f"{label(kind)} is not something that can be drawn.")
    fields.setdefault("code", fresh_code(tx, kind))
    return tx.put(new_record(kind, new_id(kind), title=title, **fields)).id


def place(tx: Transaction, diagram: str, subject: str, x: float, y: float) -> None:
    """Put the centre of a subject at a point of a diagram (scene units); it may stand there already."""
    old = tx.find(Placement.at(diagram, subject).id, Placement)
    if old is None:
        tx.put(Placement.at(diagram, subject, x, y))
    else:
        tx.put(old.replace(x=x, y=y, hangs_on=None))


def place_existing(tx: Transaction, diagram: str, subject: str, x: float, y: float) -> None:
    """Show an element that exists on a further diagram.

    Raises:
        CommandError: it stands on this diagram already.
    """
    record = tx.get(subject)
    if not isinstance(record, Element):
        raise CommandError("Only elements can be placed on a diagram.")
    if Placement.at(diagram, subject).id in tx.records:
        raise CommandError(f"{name_of(record)} stands on this diagram already.")
    place(tx, diagram, subject, x, y)
    _adopt_focus(tx, diagram, subject)


def create_on_diagram(
    tx: Transaction, diagram: str, kind: str, x: float, y: float, title: str = "", **fields: Any
) -> str:
    """Make an element and put its centre at a point of a diagram."""
    made = add_element(tx, kind, title, **fields)
    place(tx, diagram, made, x, y)
    _adopt_focus(tx, diagram, made)
    return made


def create_linked(
    tx: Transaction, diagram: str, origin: str, kind: str, x: float, y: float, *, incoming: bool, title: str = ""
) -> str:
    """Make an element at a point and the link between ``origin`` and it.

    Args:
        incoming: the link runs from the new element to ``origin``; else from ``origin`` to it.

    Raises:
        CommandError: no such link is legal.
    """
    made = create_on_diagram(tx, diagram, kind, x, y, title)
    if incoming:
        connect(tx, made, origin)
    else:
        connect(tx, origin, made)
    return made


def _adopt_focus(tx: Transaction, diagram: str, subject: str) -> None:
    """The first top event on a bow-tie is its centre; so is the first hazard of a simple diagram."""
    sheet = tx.expect(diagram, Diagram)
    kind = tx.records[subject].TYPE
    wanted = "top_event" if sheet.notation == "bow_tie" else "hazard"
    if sheet.focus is None and kind == wanted:
        tx.patch(diagram, focus=subject)


def new_diagram(
    tx: Transaction,
    title: str,
    notation: Notation = "bow_tie",
    focus: str | None = None,
) -> str:
    """Add an empty diagram behind the last one."""
    last = max((d.order for d in tx.all(Diagram)), default=None)
    sheet = Diagram(id=new_id("diagram"), title=title, notation=notation, focus=focus, order=key_between(last, None))
    return tx.put(sheet).id


def move_diagram(tx: Transaction, diagram: str, index: int) -> None:
    """Give a diagram another place among the tabs."""
    others = sorted((d for d in tx.all(Diagram) if d.id != diagram), key=lambda d: (d.order, d.id))
    index = max(0, min(index, len(others)))
    before = others[index - 1].order if index else None
    after = others[index].order if index < len(others) else None
    tx.patch(diagram, order=key_between(before, after))


def duplicate_diagram(tx: Transaction, diagram: str) -> str:
    """A further diagram that shows the same elements at the same places; no element is copied."""
    old = tx.expect(diagram, Diagram)
    made = new_diagram(tx, f"{old.title} (copy)", old.notation, old.focus)
    for placement in tx.referrers(diagram, Placement, "diagram"):
        tx.put(placement.replace(id=Placement.at(made, placement.subject).id, diagram=made))
    for route in tx.referrers(diagram, Route, "diagram"):
        tx.put(route.replace(id=Route.of(made, route.link).id, diagram=made))
    return made
