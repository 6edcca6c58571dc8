"""What gestures and keys come to in the end: one transaction each, and a sentence where it is refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError

from workbench.analysis.words import plain_error
from workbench.commands import clipboard, connect, create, edit, geometry, guards
from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.layout.geometry import Box, Point
from workbench.model.drawing import Placement
from workbench.model.elements import Control, DegradationFactor, Element, Guard, Link
from workbench.model.ids import derived_id
from workbench.model.kinds import label
from workbench.session.session import Session
from workbench.store.history import Entry
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction
from workbench.tools.preview import LineDrop

T = TypeVar("T")


def step(session: Session, name: str, work: Callable[[Transaction], object], *, merge_key: str | None = None) -> bool:
    """Carry out one step of the user's; the status bar tells what else it did, or why it was refused.

    Returns:
        Whether it was done.
    """
    try:
        with session.store.transaction(name, merge_key=merge_key) as tx:
            work(tx)
    except (CommandError, ReadOnlyError, IntegrityError) as refusal:
        session.notice.emit(str(refusal))
        return False
    except ValidationError as problem:
        session.notice.emit(plain_error(problem))
        return False
    if tx.notices:  # in one breath: the status bar holds one notice, and the last must not hide the others
        session.notice.emit(" ".join(tx.notices))
    return True


def run(session: Session, name: str, work: Callable[[Transaction], T], *, merge_key: str | None = None) -> T | None:
    """Carry out one step of the user's, and give what it made; None where it was refused, which has been told."""
    made: list[T] = []
    return made[0] if step(session, name, lambda tx: made.append(work(tx)), merge_key=merge_key) else None


def diagram_of(session: Session) -> str:
    """The diagram shown; a project without one gets its first."""
    if session.diagram is None:
        made = run(session, "New diagram", lambda tx: create.new_diagram(tx, "Diagram 1"))
        session.set_diagram(made)
    return session.diagram or ""


def create_at(session: Session, kind: str, at: Point) -> str | None:
    """A new element at a point, selected."""
    diagram = diagram_of(session)
    made = run(
        session, f"Add {label(kind).lower()}", lambda tx: create.create_on_diagram(tx, diagram, kind, at[0], at[1])
    )
    return _selected(session, made)


def create_linked(session: Session, origin: str, kind: str, at: Point, *, incoming: bool) -> str | None:
    """A new element at a point, linked with ``origin`` and selected."""
    diagram = diagram_of(session)

    def work(tx: Transaction) -> str:
        return create.create_linked(tx, diagram, origin, kind, at[0], at[1], incoming=incoming)

    return _selected(session, run(session, f"Add {label(kind).lower()}", work))


def link(session: Session, source: str, target: str) -> str | None:
    """A link, selected."""
    made = run(session, "Link", lambda tx: connect.connect(tx, source, target))
    return _selected(session, made)


def insert_control(session: Session, drop: LineDrop, control: str | None = None) -> str | None:
    """A control on a line, a new one where none is given; its bar is selected."""
    diagram = diagram_of(session)

    def work(tx: Transaction) -> str:
        return guards.insert_control(
            tx, drop.link, control, index=drop.index, diagram=diagram, station=round(drop.station, 2)
        )

    return _selected(session, run(session, "Insert control", work))


def insert_control_on(session: Session, subject: str, index: int | None = None) -> str | None:
    """A new control on a line (or waiting on a hazard or top event), where the program finds room."""
    diagram = diagram_of(session)
    made = run(
        session,
        "Insert control",
        lambda tx: guards.insert_control(tx, subject, index=index, diagram=diagram),
    )
    return _selected(session, made)


def move_bar(session: Session, guard: str, drop: LineDrop) -> str | None:
    """Another place along its line, or another line, for a control."""
    diagram = diagram_of(session)

    def work(tx: Transaction) -> str:
        guards.move_guard(tx, guard, link=drop.link, index=drop.index, diagram=diagram, station=round(drop.station, 2))
        return guard

    record = session.store.find(guard, Guard)
    name = "Move control along its line" if record and record.subject == drop.link else "Move control to another line"
    return run(session, name, work)


def hang_factor(session: Session, bar: str, factor: str | None = None) -> str | None:
    """A degradation factor under a bar, selected."""
    diagram = diagram_of(session)
    record = session.store.get(bar)
    if not isinstance(record, Guard):
        session.notice.emit("Put the control on a line first; then a degradation factor can hang under it.")
        return None
    made = run(session, "Hang degradation factor", lambda tx: guards.hang_factor(tx, diagram, bar, factor=factor))
    return _selected(session, made)


def move(session: Session, places: Mapping[str, Point], *, merge_key: str | None = None) -> None:
    """New places (for hanging factors: offsets) of elements on the diagram shown."""
    diagram = diagram_of(session)
    one = next(iter(places), "")
    record = session.store.get(one)
    name = f"Move {name_of(record)}" if len(places) == 1 and record else f"Move {len(places)} elements"
    run(session, name, lambda tx: geometry.move(tx, diagram, places), merge_key=merge_key)


def duplicate(session: Session, ids: Iterable[str], dx: float, dy: float) -> None:
    """Copies at an offset, selected."""
    diagram = diagram_of(session)
    wanted = list(ids)
    made = run(session, "Duplicate", lambda tx: clipboard.duplicate(tx, diagram, wanted, dx, dy))
    if made:
        session.select(made)
        session.store.history.amend_selection(session.selection)


def resize(session: Session, subject: str, box: Box) -> None:
    """Another size for an element."""
    diagram = diagram_of(session)
    run(
        session,
        "Resize",
        lambda tx: geometry.resize(tx, diagram, subject, round(box.w, 2), round(box.h, 2), box.x, box.y),
    )


def set_station(session: Session, guard: str, station: float, *, merge_key: str | None = None) -> None:
    """Another place along its line for a control that keeps its order."""
    diagram = diagram_of(session)
    run(
        session,
        "Move control along its line",
        lambda tx: guards.set_station(tx, diagram, guard, round(station, 2)),
        merge_key=merge_key,
    )


def bend(session: Session, line: str, points: Sequence[Point], *, merge_key: str | None = None) -> bool:
    """Other bends for a line; with none the program finds its way again. False where that was refused."""
    diagram = diagram_of(session)

    def work(tx: Transaction) -> bool:
        geometry.set_waypoints(tx, diagram, line, points)
        return True

    return bool(run(session, "Bend line" if points else "Remove bends", work, merge_key=merge_key))


def place_existing(session: Session, ids: Iterable[str], at: Point) -> list[str]:
    """Elements of the project put on the diagram shown, one below the other; those that stand there are left."""
    diagram = diagram_of(session)
    wanted = [id for id in ids if isinstance(session.store.get(id), Element)]

    def work(tx: Transaction) -> list[str]:
        placed: list[str] = []
        for id in wanted:
            if derived_id("placement", diagram, id) in tx.records:
                continue
            create.place_existing(tx, diagram, id, at[0], at[1] + 104.0 * len(placed))
            placed.append(id)
        if not placed and wanted:
            raise CommandError("This stands on the diagram already.")
        return placed

    placed = run(session, "Place on this diagram", work) or []
    session.select(placed or wanted)
    return placed


def use_existing(session: Session, made: str, existing: str, *, step: Entry | None = None) -> str | None:
    """Put an element that exists in the place of one just made, which goes away with its links kept.

    Args:
        made: the new element, or the guard of a new control.
        step: the step that made it; both are one step of undo.
    """
    diagram = diagram_of(session)

    def work(tx: Transaction) -> str:
        guard = tx.find(made, Guard)
        if guard is not None:
            position = [one.id for one in guards.guards_of(tx, guard.subject)].index(guard.id)
            old = tx.find(derived_id("placement", diagram, guard.id), Placement)
            tx.remove(guard.control)
            return guards.insert_control(
                tx, guard.subject, existing, index=position, diagram=diagram, station=old.station if old else None
            )
        _replace_element(tx, diagram, made, existing)
        return existing

    _, key = _joined(session, step)
    return _selected(session, run(session, "Use existing element", work, merge_key=key))


def _replace_element(tx: Transaction, diagram: str, made: str, existing: str) -> None:
    placement = tx.find(derived_id("placement", diagram, made), Placement)
    links = [(one.source, one.target) for one in tx.referrers(made, Link)]
    tx.remove(made)
    if placement is not None:
        kept = placement.replace(id=derived_id("placement", diagram, existing), subject=existing)
        if kept.id not in tx.records:
            tx.put(kept)
    for source, target in links:
        ends = (existing if source == made else source, existing if target == made else target)
        if not connect.refusal(tx, *ends):
            connect.connect(tx, *ends)


def rename(session: Session, id: str, title: str, *, made: Entry | None = None) -> None:
    """Another title; for a bar, of its control.

    Args:
        made: the step that made it, where this is its first title: both are one step of undo.
    """
    subject = element_of(session, id)
    record = session.store.get(subject)
    if not isinstance(record, Element) or record.title == title.strip():
        return
    name, key = _joined(session, made)
    run(session, name or f"Rename {record.code}".rstrip(), lambda tx: edit.rename(tx, subject, title), merge_key=key)


def just_made(session: Session, id: str) -> Entry | None:
    """The last step of undo, if it has made this element and nothing has happened since."""
    step = session.store.history.last
    record = session.store.get(element_of(session, id))
    untitled = isinstance(record, Element) and not record.title
    return step if step is not None and record is not None and untitled and record.id in step.diff.added else None


def unmake(session: Session, made: Entry) -> None:
    """Take back the step that made something, unless another has followed."""
    if _is_last(session, made):
        session.store.undo()


def _is_last(session: Session, made: Entry) -> bool:
    return session.store.history.last_diff is made.diff


def _joined(session: Session, made: Entry | None) -> tuple[str, str | None]:
    """Label and merge key of a step that becomes one with the step ``made``, if that is still the last."""
    history = session.store.history
    if made is None or not _is_last(session, made):
        return "", None
    key = f"made:{session.store.revision}"
    history.reopen_for(key)
    return made.label, key


def element_of(session: Session, id: str) -> str:
    """The element behind an id: for a guard its control."""
    guard = session.store.find(id, Guard)
    return guard.control if guard else id


def is_free_control(session: Session, id: str) -> bool:
    """Whether an id names a control that stands on a diagram by itself."""
    return isinstance(session.store.get(id), Control)


def is_factor(session: Session, id: str) -> bool:
    """Whether an id names a degradation factor."""
    return isinstance(session.store.get(id), DegradationFactor)


def hangs(session: Session, id: str) -> Placement | None:
    """The placement of a factor that hangs under a bar on the diagram shown."""
    found = session.store.find(derived_id("placement", session.diagram or "", id), Placement)
    return found if found is not None and found.hangs_on is not None else None


def _selected(session: Session, made: str | None) -> str | None:
    if made is not None:
        session.select((made,))
        session.store.history.amend_selection(session.selection)
    return made
