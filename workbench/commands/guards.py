"""Controls on lines, and what weakens them."""

from workbench.commands.connect import connect
from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.model.codes import next_code
from workbench.model.drawing import Placement
from workbench.model.elements import Control, DegradationFactor, Guard, Hazard, Link, TopEvent
from workbench.model.ids import derived_id, new_id
from workbench.model.links import may_carry_guards
from workbench.model.order import key_between
from workbench.model.review import Stop
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction

HANG_OFFSET = 104.0
"""Scene units from the centre of a bar down to the centre of a factor that hangs under it."""
STEM_WITH_CONTROL = 24.0
"""Extra length of the stem for each degradation control on it."""


def guards_of(reader: Reader, subject: str) -> list[Guard]:
    """The guards standing on a link (or waiting on a hazard or top event), in order."""
    found = reader.referrers(subject, Guard, "subject")
    found.sort(key=lambda guard: (guard.order, guard.id))
    return found


def sharing(reader: Reader, control: str) -> int:
    """How many lines a control guards in the whole project."""
    return len(reader.referrers(control, Guard, "control"))


def _order_at(tx: Transaction, subject: str, index: int | None, moving: str = "") -> str:
    others = [guard for guard in guards_of(tx, subject) if guard.id != moving]
    place = len(others) if index is None else max(0, min(index, len(others)))
    before = others[place - 1].order if place else None
    after = others[place].order if place < len(others) else None
    return key_between(before, after)


def _check_line(tx: Transaction, subject: str, control: str) -> None:
    record = tx.get(subject)
    if isinstance(record, Link):
        if not may_carry_guards(record.kind):
            raise CommandError("No control can stand on the line of a note.")
        factor = tx.find(record.source, DegradationFactor)
        if factor is not None:
            host = record.target
            guarded = tx.find(host, Guard)
            if control in (host, guarded.control if guarded else None):
                raise CommandError("A control cannot guard against its own degradation.")
    elif not isinstance(record, Hazard | TopEvent):
        raise CommandError("A control stands on a line; drop it on the line it guards.")
    for guard in tx.referrers(subject, Guard, "subject"):
        if guard.control == control:
            raise CommandError(f"{name_of(tx.records[control])} stands on this line already.")


def insert_control(
    tx: Transaction,
    link: str,
    control: str | None = None,
    *,
    title: str = "",
    index: int | None = None,
    diagram: str | None = None,
    station: float | None = None,
) -> str:
    """Put a control on a line (or, where nobody has said which line, on a hazard or top event).

    A stop of the route that lights the line with everything on it lights the new control too.

    Args:
        link: the line, or a hazard or top event.
        control: an existing control; None makes a new one with ``title``.
        index: place among the controls on the line, from source to target; None puts it last.
        diagram: with ``station``, where along the line it stands on that diagram (scene units from the outer end).

    Returns:
        Id of the guard.

    Raises:
        CommandError: the line takes no controls, or this control stands on it already.
    """
    if control is None:
        code = next_code("control", (record.code for record in tx.all(Control)))
        control = tx.put(Control(id=new_id("control"), code=code, title=title)).id
    else:
        tx.expect(control, Control)
    _check_line(tx, link, control)
    before = guards_of(tx, link)
    guard = tx.put(Guard(id=new_id("guard"), control=control, subject=link, order=_order_at(tx, link, index)))
    _light_too(tx, guard, before)
    if diagram is not None:
        own = derived_id("placement", diagram, control)
        if own in tx.records:  # a bar that stood free on this diagram now stands on the line
            tx.remove(own)
        if station is not None:
            set_station(tx, diagram, guard.id, station)
    return guard.id


def _light_too(tx: Transaction, guard: Guard, before: list[Guard]) -> None:
    """Light a new control at the stops that light its line and all that stood on it ``before``.

    A stop that lights only some of them shows what somebody chose, and stays so.
    """
    for stop in tx.referrers(guard.subject, Stop, "highlighted"):
        lit = set(stop.highlighted)
        if guard.control not in lit and all(one.id in lit or one.control in lit for one in before):
            tx.patch(stop.id, highlighted=(*stop.highlighted, guard.id))


def move_guard(
    tx: Transaction,
    guard: str,
    *,
    link: str,
    index: int | None = None,
    diagram: str | None = None,
    station: float | None = None,
) -> None:
    """Move a control along its line or to another line; what is known of it on this pathway goes with it.

    Raises:
        CommandError: the line takes no controls, or this control stands on it already.
    """
    old = tx.expect(guard, Guard)
    if link != old.subject:
        _check_line(tx, link, old.control)
        for placement in tx.referrers(guard, Placement, "subject"):
            tx.remove(placement.id)  # stations on the old line mean nothing on the new one
    tx.put(old.replace(subject=link, order=_order_at(tx, link, index, moving=guard)))
    if diagram is not None and station is not None:
        set_station(tx, diagram, guard, station)


def set_station(tx: Transaction, diagram: str, guard: str, station: float | None) -> None:
    """Say where along its line a control stands on a diagram; None lets the program choose."""
    key = derived_id("placement", diagram, guard)
    old = tx.find(key, Placement)
    if station is None:
        if old is not None:
            tx.remove(key)
    elif old is None:
        tx.put(Placement(id=key, diagram=diagram, subject=guard, station=station))
    else:
        tx.put(old.replace(station=station))


def hang_factor(
    tx: Transaction,
    diagram: str,
    bar: str,
    *,
    title: str = "",
    factor: str | None = None,
    all_pathways: bool = True,
) -> str:
    """Hang a degradation factor under a control.

    Args:
        bar: the guard it hangs under on this diagram.
        factor: an existing factor; None makes a new one with ``title``.
        all_pathways: it weakens the control wherever it stands; else only on this line.

    Returns:
        Id of the factor.

    Raises:
        CommandError: a factor cannot hang there.
    """
    guard = tx.expect(bar, Guard)
    if factor is None:
        code = next_code("degradation_factor", (record.code for record in tx.all(DegradationFactor)))
        factor = tx.put(DegradationFactor(id=new_id("degradation_factor"), code=code, title=title)).id
    target = guard.control if all_pathways else bar
    linked = {link.target for link in tx.referrers(factor, Link, "source")}
    if not linked & {guard.control, bar}:
        connect(tx, factor, target)
    hanging = len(hanging_on(tx, diagram, bar))
    tx.put(Placement.at(diagram, factor).replace(x=hanging * 24.0, y=HANG_OFFSET + hanging * 60.0, hangs_on=bar))
    return factor


def hanging_on(reader: Reader, diagram: str, bar: str) -> list[Placement]:
    """Placements on a diagram that hang under a bar."""
    return [p for p in reader.referrers(bar, Placement, "hangs_on") if p.diagram == diagram]


def factor_links(reader: Reader, factor: str) -> list[Link]:
    """The lines from a degradation factor to what it weakens."""
    return [link for link in reader.referrers(factor, Link, "source") if link.kind == "degrades"]


def add_degradation_control(tx: Transaction, factor: str, title: str = "", *, control: str | None = None) -> str:
    """Put a degradation control on the stem of a factor.

    Returns:
        Id of the guard.

    Raises:
        CommandError: the factor hangs under nothing yet.
    """
    links = factor_links(tx, factor)
    if not links:
        raise CommandError("Hang the degradation factor under a control first.")
    guard = insert_control(tx, links[0].id, control, title=title)
    for placement in tx.referrers(factor, Placement, "subject"):
        if placement.hangs_on is not None and placement.y > 0:
            tx.put(placement.replace(y=placement.y + STEM_WITH_CONTROL))
    return guard
