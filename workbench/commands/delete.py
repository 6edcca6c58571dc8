"""Taking things away. What else goes with them is said, never silent; undo brings all of it back."""

from collections.abc import Iterable

from workbench.commands.losses import tell_losses
from workbench.commands.names import describe, name_of
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Control, DegradationFactor, Element, Guard, Link
from workbench.model.ids import derived_id
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction


def diagrams_showing(reader: Reader, subject: str) -> list[str]:
    """Ids of the diagrams an element stands on: by itself, or as a control on a line drawn there."""
    record = reader.get(subject)
    found = {p.diagram for p in reader.referrers(subject, Placement, "subject")}
    if isinstance(record, Control):
        for guard in reader.referrers(subject, Guard, "control"):
            found |= _drawn_on(reader, guard.subject)
    ordered = sorted(reader.all(Diagram), key=lambda d: (d.order, d.id))
    return [d.id for d in ordered if d.id in found]


def diagrams_drawing(reader: Reader, id: str) -> list[str]:
    """Ids of the diagrams that draw an element, a line, or a control on a line."""
    record = reader.get(id)
    if not isinstance(record, Link | Guard):
        return diagrams_showing(reader, id)
    found = _drawn_on(reader, record.subject if isinstance(record, Guard) else id)
    return [d.id for d in sorted(reader.all(Diagram), key=lambda d: (d.order, d.id)) if d.id in found]


def _drawn_on(reader: Reader, line: str) -> set[str]:
    """Diagrams that draw a link (or, for a waiting guard, show the element it waits on)."""
    link = reader.find(line, Link)
    if link is None:
        return {p.diagram for p in reader.referrers(line, Placement, "subject")}
    source = _standing(reader, link.source)
    target = _standing(reader, link.target)
    hidden = {r.diagram for r in reader.referrers(line, Route, "link") if r.hidden}
    return (source & target) - hidden


def _standing(reader: Reader, end: str) -> set[str]:
    guard = reader.find(end, Guard)
    if guard is not None:
        return _drawn_on(reader, guard.subject)
    if isinstance(reader.get(end), Control):
        return set(diagrams_showing(reader, end))
    return {p.diagram for p in reader.referrers(end, Placement, "subject")}


def take_off(tx: Transaction, diagram: str, ids: Iterable[str]) -> None:
    """Take things off one diagram, and out of the project where they then stand nowhere else.

    A control on a line goes from that line only. A link goes from the project, unless another diagram draws it too.
    """
    left_behind = _Orphans(tx)
    for id in dict.fromkeys(ids):
        record = tx.get(id)
        if isinstance(record, Guard):
            left_behind.note_guard(record)
            tx.remove(id)
        elif isinstance(record, Link):
            _take_off_link(tx, diagram, record, left_behind)
        elif isinstance(record, Element):
            _take_off_element(tx, diagram, record, left_behind)
    left_behind.sweep()
    tell_losses(tx)


def _take_off_link(tx: Transaction, diagram: str, link: Link, left_behind: "_Orphans") -> None:
    elsewhere = _drawn_on(tx, link.id) - {diagram}
    if elsewhere:
        route = tx.find(derived_id("route", diagram, link.id), Route) or Route.of(diagram, link.id)
        tx.put(route.replace(hidden=True))
        tx.notices.append(f"The {describe(tx, link.id)} is hidden here; another diagram still shows it.")
        return
    left_behind.note_line(link.id)
    tx.remove(link.id)


def _take_off_element(tx: Transaction, diagram: str, element: Element, left_behind: "_Orphans") -> None:
    left_behind.note_lines_of(element.id)
    placement = derived_id("placement", diagram, element.id)
    if placement in tx.records:
        tx.remove(placement)
    if isinstance(element, Control):
        for guard in tx.referrers(element.id, Guard, "control"):
            if diagram in _drawn_on(tx, guard.subject):
                tx.remove(guard.id)
    remaining = diagrams_showing(tx, element.id)
    if remaining or (isinstance(element, Control) and tx.referrers(element.id, Guard, "control")):
        titles = ", ".join(describe(tx, other) for other in remaining) or "the hazard log"
        tx.notices.append(f"{name_of(element)} stays in the project: it also stands on {titles}.")
        return
    tx.remove(element.id)


def delete_everywhere(tx: Transaction, ids: Iterable[str]) -> None:
    """Remove things from the project and so from every diagram, naming the diagrams.

    A control on a line stands for the control itself: it goes from every line.
    """
    left_behind = _Orphans(tx)
    wanted: dict[str, None] = {}
    for id in ids:
        guard = tx.find(id, Guard)
        wanted[guard.control if guard else id] = None
    for id in wanted:
        record = tx.get(id)
        if record is None:
            continue
        if isinstance(record, Link):
            left_behind.note_line(id)
        elif isinstance(record, Element):
            left_behind.note_lines_of(id)
            shown = diagrams_showing(tx, id)
            if len(shown) > 1:
                titles = ", ".join(describe(tx, diagram) for diagram in shown)
                tx.notices.append(f"{name_of(record)} was removed from {len(shown)} diagrams: {titles}.")
        tx.remove(id)
    left_behind.sweep()
    tell_losses(tx)


def delete_diagram(tx: Transaction, diagram: str) -> None:
    """Remove a diagram; elements that stood only there go too."""
    left_behind = _Orphans(tx)
    subjects = [p.subject for p in tx.referrers(diagram, Placement, "diagram")]
    for subject in subjects:
        if isinstance(tx.get(subject), Element):
            left_behind.note_lines_of(subject)
    tx.remove(diagram)
    for subject in subjects:
        if isinstance(tx.get(subject), Element) and not diagrams_showing(tx, subject):
            tx.remove(subject)
    left_behind.sweep()
    tell_losses(tx)


class _Orphans:
    """Controls and factors that lose their last place because something else is removed."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._candidates: dict[str, None] = {}
        self._hanging: dict[str, str] = {}

    def note_guard(self, guard: Guard) -> None:
        """Remember the control of a guard that is about to go, and what hangs under it there."""
        self._candidates[guard.control] = None
        for placement in self._tx.referrers(guard.id, Placement, "hangs_on"):
            self._hanging[placement.id] = guard.control
            self._note_factor(placement.subject)
        for link in self._tx.referrers(guard.id, Link, "target"):
            self._note_factor(link.source)

    def _note_factor(self, factor: str) -> None:
        if factor in self._candidates or not isinstance(self._tx.get(factor), DegradationFactor):
            return
        self._candidates[factor] = None
        self.note_lines_of(factor)

    def note_line(self, line: str) -> None:
        """Remember every control on a line that is about to go."""
        for guard in self._tx.referrers(line, Guard, "subject"):
            self.note_guard(guard)

    def note_lines_of(self, element: str) -> None:
        """Remember what stands on the lines of an element, and hangs under it, before it goes."""
        for line in self._tx.referrers(element, Link):
            self.note_line(line.id)
            self._note_factor(line.source)
        for guard in self._tx.referrers(element, Guard):
            self.note_guard(guard)

    def sweep(self) -> None:
        """Re-hang what still has a bar, and remove what stands nowhere any more."""
        tx = self._tx
        for key, control in self._hanging.items():
            placement = tx.find(key, Placement)
            if placement is None or placement.hangs_on is not None:
                continue
            weakens = {link.target for link in tx.referrers(placement.subject, Link, "source")}
            bar = self._other_bar(placement.diagram, control) if control in weakens else None
            if bar is None:
                tx.remove(key)
            else:
                tx.put(placement.replace(hangs_on=bar))
        for id in self._candidates:
            record = tx.get(id)
            if isinstance(record, Element) and self._stands_nowhere(record):
                tx.remove(id)

    def _other_bar(self, diagram: str, control: str) -> str | None:
        for guard in self._tx.referrers(control, Guard, "control"):
            if diagram in _drawn_on(self._tx, guard.subject):
                return guard.id
        return None

    def _stands_nowhere(self, record: Element) -> bool:
        if self._tx.referrers(record.id, Placement, "subject"):
            return False
        if isinstance(record, Control):
            return not self._tx.referrers(record.id, Guard, "control")
        return not self._tx.referrers(record.id, Link, "source")
