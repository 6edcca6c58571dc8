"""Two versions of a project beside each other: every change as a row in plain words, and where it can be seen.

What differs in meaning comes first, by the element it is about. What only stands elsewhere follows, one row a thing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from workbench.analysis.changes import grouped, subject_name
from workbench.analysis.changes_drawn import Mark, marks, union
from workbench.files.comparison import compare
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Control, Guard, Link
from workbench.store.collector import collector_paused
from workbench.store.diff import Diff
from workbench.store.store import Store
from workbench.values import value_type

Records = Mapping[str, Record]

WORD: Final[dict[Mark, str]] = {"added": "Added", "removed": "Removed", "changed": "Changed", "moved": "Moved"}


@value_type(frozen=True, slots=True)
class Row:
    """One change as it is listed.

    Attributes:
        id: the record it is about.
        title: what that is called.
        lines: old → new by field, one plain sentence part each.
        ids: every record that differs and is told here.
        diagram: where it only stands elsewhere: the diagram; else empty.
    """

    id: str
    mark: Mark
    title: str
    lines: tuple[str, ...]
    ids: tuple[str, ...]
    diagram: str = ""

    @property
    def layout(self) -> bool:
        """Whether the meaning is the same, and only the picture is another."""
        return bool(self.diagram)

    def spoken(self) -> str:
        """The row in one sentence."""
        return f"{WORD[self.mark]}: {self.title}" + "".join(f"; {line}" for line in self.lines)


class Changes:
    """What differs between two versions.

    Attributes:
        before, after: the records of each.
        both: the records of both, the later ones where both have them.
        rows: every change, those of meaning first.
        diagrams: ids of the diagrams on which something differs, in the order of their tabs.
    """

    def __init__(self, before: Records, after: Records) -> None:
        """Compare; takes as long as both are large, and asks nothing of Qt."""
        self.before, self.after = before, after
        self.both = union(before, after)
        self.diff = compare(before, after)
        self._marks: dict[str, dict[str, Mark]] = {}
        self._where: defaultdict[str, set[str]] = defaultdict(set)
        self._guards: defaultdict[str, list[str]] = defaultdict(list)
        for record in self.both.values():
            if isinstance(record, Placement):
                self._where[record.subject].add(record.diagram)
            elif isinstance(record, Guard):
                self._guards[record.control].append(record.id)
        meaning, drawn = _parted(self.diff)
        self.rows = [
            Row(group.id, _mark(group.how), group.title, group.lines, group.ids)
            for group in grouped(before, after, meaning)
        ]
        self.rows += sorted(self._moves(drawn), key=lambda row: (row.diagram, row.title, row.id))
        self.diagrams = self._changed_diagrams(meaning, drawn)

    def __bool__(self) -> bool:
        return bool(self.diff)

    @cached_property
    def store(self) -> Store:
        """The records of both as one document, for one picture of both."""
        with collector_paused():
            return Store(self.both.values())

    def marks(self, diagram: str) -> dict[str, Mark]:
        """Marks on one diagram, by the id something is drawn under."""
        found = self._marks.get(diagram)
        if found is None:
            found = self._marks[diagram] = marks(self.before, self.after, self.diff, diagram)
        return found

    def title_of(self, diagram: str) -> str:
        """What a diagram is called in the later version that has it."""
        record = self.both.get(diagram)
        return " ".join(record.title.split()) or "Untitled" if isinstance(record, Diagram) else "Untitled"

    def places(self, row: Row) -> set[str]:
        """Ids of the diagrams on which a row can be seen."""
        if row.diagram:
            return {row.diagram}
        return {diagram for id in (row.id, *row.ids) for diagram in self._seen_on(id)}

    def drawn(self, row: Row) -> tuple[str, ...]:
        """Ids under which a row may be drawn, the likeliest first."""
        return tuple(dict.fromkeys((row.id, *self._guards.get(row.id, ()), *row.ids)))

    def _seen_on(self, id: str) -> set[str]:
        record = self.both.get(id)
        if isinstance(record, Diagram):
            return {id}
        if isinstance(record, Link):
            return self._where[record.source] & self._where[record.target]
        if isinstance(record, Guard):
            return self._seen_on(record.subject)
        if isinstance(record, Control):
            return self._where[id].union(*(self._seen_on(guard) for guard in self._guards[id]))
        return self._where.get(id, set())

    def _changed_diagrams(self, meaning: Diff, drawn: Diff) -> list[str]:
        found = {diagram for id in marks(self.before, self.after, meaning, "") for diagram in self._seen_on(id)}
        for _, old, new in drawn.before_and_after():
            record = new if new is not None else old
            if isinstance(record, Placement | Route):
                found.add(record.diagram)
        found |= {id for id in meaning.ids() if isinstance(self.both.get(id), Diagram)}
        sheets = [record for id in found if isinstance(record := self.both.get(id), Diagram)]
        return [sheet.id for sheet in sorted(sheets, key=lambda sheet: (sheet.order, sheet.id))]

    def _moves(self, drawn: Diff) -> Iterator[Row]:
        """What stands elsewhere, of all that both versions have."""
        for key, old, new in drawn.before_and_after():
            record = new if new is not None else old
            assert isinstance(record, Placement | Route)
            subject = record.subject if isinstance(record, Placement) else record.link
            if not all(id in side for id in (subject, record.diagram) for side in (self.before, self.after)):
                continue  # told with the element or the diagram that came or went
            yield self._move(key, subject, old, new, record.diagram)

    def _move(self, key: str, subject: str, old: Record | None, new: Record | None, diagram: str) -> Row:
        guard = self.both[subject]
        named = guard.control if isinstance(guard, Guard) else subject
        mark: Mark = "moved"
        if isinstance(new or old, Placement) and not isinstance(guard, Guard):
            mark = "added" if old is None else "removed" if new is None else "moved"
        words = {"added": "Placed here, meaning unchanged", "removed": "Taken off here, meaning unchanged"}
        line = words.get(mark) or _how_moved(old, new)
        where = f"On “{self.title_of(diagram)}”"
        title = subject_name(named, (self.after, self.before))
        return Row(subject, mark, title, (line, where), (key,), diagram)


def _parted(diff: Diff) -> tuple[Diff, Diff]:
    """What differs in meaning, and what only stands elsewhere."""

    def part(layout: bool) -> Diff:
        return Diff(
            {id: new for id, new in diff.added.items() if isinstance(new, Placement | Route) == layout},
            {id: both for id, both in diff.updated.items() if isinstance(both[1], Placement | Route) == layout},
            {id: old for id, old in diff.removed.items() if isinstance(old, Placement | Route) == layout},
        )

    return part(False), part(True)


def _mark(how: str) -> Mark:
    return "added" if how == "added" else "removed" if how == "removed" else "changed"


def _how_moved(old: Record | None, new: Record | None) -> str:
    """What of a place or a route is another, in a few words."""
    if isinstance(old, Placement) and isinstance(new, Placement):
        if old.collapsed != new.collapsed:
            return "Collapsed" if new.collapsed else "Expanded"
        if (old.x, old.y, old.station) == (new.x, new.y, new.station):
            return "Size only, meaning unchanged"
        return "Position only, meaning unchanged"
    if isinstance(new or old, Placement):
        return "Position only, meaning unchanged"
    return "Bends only, meaning unchanged"
