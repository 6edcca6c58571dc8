"""What the outline shows, as rows that find their children when asked: a tree of what hangs on what. No Qt.

An element that hangs on several others appears under each; a row never holds itself again among the rows above it, so
loops end. Nothing is computed for rows that are not open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from workbench.analysis.fuzzy import fold
from workbench.commands.guards import guards_of
from workbench.model.base import Record, record_type
from workbench.model.codes import code_key
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Element,
    Gate,
    Guard,
    Hazard,
    Link,
    Note,
    TopEvent,
)
from workbench.panels.outline_groups import Groups, is_group
from workbench.session.session import diagrams
from workbench.store.diff import Diff
from workbench.store.store import Store

LOOSE: Final = "loose"
SHEETS: Final = "sheets"
_ROOTS: Final = (LOOSE, SHEETS)
_DEEPEST: Final = 60
_LOOSE_CLASSES: Final[tuple[type[Element], ...]] = (
    TopEvent,
    Cause,
    Gate,
    Consequence,
    Control,
    DegradationFactor,
    Note,
)

_SEARCHED: Final[tuple[type[Element], ...]] = (Hazard, *_LOOSE_CLASSES)


def is_heading(id: str) -> bool:
    """Whether a row stands for no record but for what is listed under it."""
    return id in _ROOTS or is_group(id)


@dataclass(slots=True, eq=False)
class Row:
    """One row of the tree.

    Attributes:
        id: record shown: an element, a guard (a control on a line) or a diagram; or that of a heading.
        record: id of the element behind it: the control of a guard, else the same as ``id``.
        children: None until somebody asked.
        opens: whether anything will hang under it; None until somebody asked.
    """

    id: str
    record: str
    parent: "Row | None" = None
    index: int = 0
    children: "list[Row] | None" = field(default=None, repr=False)
    opens: bool | None = None

    def above(self) -> Iterable[str]:
        """Elements of this row and the rows above it."""
        row: Row | None = self
        while row is not None:
            yield row.record
            row = row.parent


def _moves(before: Record | None, after: Record | None) -> bool:
    """Whether a change of one record may add, remove or reorder rows."""
    record = after if after is not None else before
    if not isinstance(record, Element | Link | Guard | Diagram | Placement):
        return False
    if before is None or after is None:
        return True
    if isinstance(record, Placement):
        return False
    if isinstance(before, Element) and isinstance(after, Element):
        return before.code != after.code or getattr(before, "hazard", None) != getattr(after, "hazard", None)
    return True


class Tree:
    """The rows of one document, found as they are asked for.

    Attributes:
        loose: ids of the elements that hang under nothing, in order of entry; kept up to date by ``follow``.
        groups: the impact dimensions that hazards stand under; None where they stand by themselves.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.groups: Groups | None = None
        self.loose: dict[str, None] = dict.fromkeys(self._loose_now())

    def _loose_now(self) -> Iterable[str]:
        """What ``_hangs`` says of every element, from one pass over all lines and guards."""
        store = self._store
        leading = [link for link in store.all(Link) if link.kind == "leads_to"]
        heads = {record.id for cls in (Hazard, TopEvent) for record in store.all(cls)}
        upwards = {link.source for link in leading}
        downwards = {link.target for link in leading if link.source in heads}
        downwards.update(top.id for top in store.all(TopEvent) if top.hazard is not None)
        hanging: dict[type[Element], set[str]] = {
            TopEvent: downwards,
            Consequence: downwards,
            Cause: upwards,
            Gate: upwards,
            Control: {guard.control for guard in store.all(Guard)},
            DegradationFactor: {link.source for link in store.all(Link) if link.kind != "leads_to"},
        }
        for cls in _LOOSE_CLASSES:
            held = hanging.get(cls, ())
            yield from (element.id for element in store.all(cls) if element.id not in held)

    def follow(self, diff: Diff) -> bool:
        """Take note of a change; whether rows may have come, gone or moved."""
        structural = self.groups.follow(diff) if self.groups is not None else False
        touched: set[str] = set()
        for key, before, after in diff.before_and_after():
            for record in (before, after):
                if isinstance(record, Link):
                    touched |= {record.source, record.target}
                elif isinstance(record, Guard):
                    touched |= {record.control, record.subject}
                elif isinstance(record, Element):
                    touched.add(key)
            structural = structural or _moves(before, after)
        for key in touched:
            element = self._store.get(key)
            if isinstance(element, _LOOSE_CLASSES) and not self._hangs(element):
                self.loose.setdefault(key)
            else:
                self.loose.pop(key, None)
        return structural

    def under(self, row: Row | None) -> list[tuple[str, str]]:
        """(id, element behind it) of the rows right under ``row``; None: the top ones."""
        if row is None:
            return [(key, key) for key in self._top()]
        above = set(row.above())
        return [pair for pair in dict.fromkeys(self._below(row)) if pair[1] not in above]

    def has_children(self, row: Row) -> bool:
        """Whether anything hangs under ``row``; cheaper than asking for the rows."""
        above = set(row.above())
        return any(record not in above for _, record in self._below(row))

    def path(self, id: str) -> list[str]:
        """Ids from a top row down to the first place of a record; empty where it has none."""
        path = [id]
        while not is_heading(path[0]) and len(path) < _DEEPEST:
            above = self._first_above(path[0])
            if above is None:
                if not isinstance(self._store.get(path[0]), Hazard):
                    return [LOOSE, *path]
                return [*(self.groups.of(path[0])[:1] if self.groups is not None else ()), *path]
            if above in path:
                return []
            path.insert(0, above)
        return path

    def matching(self, text: str, limit: int) -> list[str]:
        """Ids of the elements whose code or title holds ``text``, at most ``limit``."""
        wanted = fold(text.strip())
        found = []
        for cls in _SEARCHED:
            for element in self._sorted(self._store.all(cls)):
                if wanted in fold(f"{element.code} {element.title}"):
                    found.append(element.id)
                    if len(found) >= limit:
                        return found
        return found

    def _top(self) -> Iterable[str]:
        if self.groups is not None and self._store.count("hazard"):
            yield from self.groups.all()
        else:
            hazards = sorted(self._store.all(Hazard), key=lambda h: (code_key(h.code), h.id))
            yield from (hazard.id for hazard in hazards)
        if self.loose:
            yield LOOSE
        if self._store.count("diagram"):
            yield SHEETS

    def _first_above(self, id: str) -> str | None:
        store = self._store
        record = store.get(id)
        if isinstance(record, Diagram):
            return SHEETS
        if isinstance(record, TopEvent) and record.hazard is not None:
            return record.hazard
        if isinstance(record, Guard):
            link = store.find(record.subject, Link)
            if link is None:
                return record.subject
            inner = isinstance(store.get(link.source), TopEvent | Hazard)
            return link.target if inner else link.source
        if isinstance(record, Control):
            return next((guard.id for guard in store.referrers(id, Guard, "control")), None)
        if isinstance(record, DegradationFactor):
            return next((link.target for link in store.referrers(id, Link, "source")), None)
        if isinstance(record, Cause | Gate):
            return next((link.target for link in self._links(id, "source")), None)
        if isinstance(record, Consequence | TopEvent):
            return next((link.source for link in self._links(id, "target") if self._leads_down(link)), None)
        return None

    # what hangs on what

    def _below(self, row: Row) -> Iterable[tuple[str, str]]:
        if row.id == LOOSE:
            found = (self._store.find(key, Element) for key in self.loose)
            yield from ((element.id, element.id) for element in self._sorted(e for e in found if e is not None))
            return
        if row.id == SHEETS:
            yield from ((sheet.id, sheet.id) for sheet in diagrams(self._store))
            return
        if self.groups is not None and is_group(row.id):
            yield from ((hazard, hazard) for hazard in self.groups.all().get(row.id, ()))
            return
        record = self._store.get(row.id)
        if isinstance(record, Hazard):
            for top in self._sorted(self._store.referrers(record.id, TopEvent, "hazard")):
                yield top.id, top.id
            yield from self._around(record, row)
        elif isinstance(record, TopEvent | Gate):
            yield from self._around(record, row)
        elif isinstance(record, Cause):
            yield from self._on_line_above(record.id, row)
            yield from self._leading_to(record.id)
        elif isinstance(record, Consequence):
            yield from self._on_line_above(record.id, row)
        elif isinstance(record, Guard):
            yield from self._factors(record.control)
            yield from self._factors(record.id)
        elif isinstance(record, Control):
            yield from self._factors(record.id)
        elif isinstance(record, DegradationFactor):
            for link in self._store.referrers(record.id, Link, "source"):
                yield from self._guards(link.id)
        elif isinstance(record, Diagram):
            yield from self._on_sheet(record.id)

    def _around(self, record: Record, row: Row) -> Iterable[tuple[str, str]]:
        """Controls that wait on an element, what leads to it, and what it leads to."""
        yield from self._guards(record.id)
        if isinstance(record, Gate | TopEvent):
            yield from self._on_line_above(record.id, row)
        yield from self._leading_to(record.id)
        ends = (self._store.find(link.target, Element) for link in self._links(record.id, "source"))
        for element in self._sorted(e for e in ends if e is not None):
            if not isinstance(element, Gate):
                yield element.id, element.id

    def _leading_to(self, id: str) -> Iterable[tuple[str, str]]:
        ends = (self._store.find(link.source, Element) for link in self._links(id, "target"))
        for element in self._sorted(e for e in ends if isinstance(e, Cause | Gate)):
            yield element.id, element.id

    def _links(self, id: str, end: str) -> Iterable[Link]:
        return (link for link in self._store.referrers(id, Link, end) if link.kind == "leads_to")

    def _on_line_above(self, id: str, row: Row) -> Iterable[tuple[str, str]]:
        """Controls on the line between this row's element and that of the row above."""
        above = row.parent.record if row.parent is not None else ""
        for link in self._links(id, "source"):
            if link.target == above or row.parent is None or is_heading(row.parent.id):
                yield from self._guards(link.id)
        for link in self._links(id, "target"):
            if link.source == above:
                yield from self._guards(link.id)

    def _guards(self, subject: str) -> Iterable[tuple[str, str]]:
        for guard in guards_of(self._store, subject):
            yield guard.id, guard.control

    def _factors(self, host: str) -> Iterable[tuple[str, str]]:
        for link in self._store.referrers(host, Link, "target"):
            if link.kind == "degrades":
                yield link.source, link.source

    def _on_sheet(self, diagram: str) -> Iterable[tuple[str, str]]:
        found = []
        for placement in self._store.referrers(diagram, Placement, "diagram"):
            element = self._store.find(placement.subject, Element)
            if element is not None:
                found.append(element)
        for element in self._sorted(found):
            yield element.id, element.id

    def _sorted(self, found: Iterable[Element]) -> list[Element]:
        return sorted(found, key=lambda e: (_RANK.get(record_type(e), 9), code_key(e.code), e.id))

    def _hangs(self, element: Element) -> bool:
        store = self._store
        if isinstance(element, TopEvent) and element.hazard is not None:
            return True
        if isinstance(element, Control):
            return bool(store.referrers(element.id, Guard, "control"))
        links = store.referrers(element.id, Link)
        if isinstance(element, DegradationFactor):
            return any(link.source == element.id and link.kind != "leads_to" for link in links)
        if isinstance(element, Note):
            return False
        if isinstance(element, Cause | Gate):
            return any(link.source == element.id and link.kind == "leads_to" for link in links)
        return any(link.target == element.id and self._leads_down(link) for link in links)

    def _leads_down(self, link: Link) -> bool:
        """Whether a line leads from a top event or hazard to something that hangs under it."""
        return link.kind == "leads_to" and isinstance(self._store.get(link.source), TopEvent | Hazard)


_RANK: Final = {
    "hazard": 0,
    "top_event": 1,
    "gate": 2,
    "cause": 3,
    "consequence": 4,
    "control": 5,
    "degradation_factor": 6,
    "note": 7,
}
