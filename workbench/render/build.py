"""The picture of one diagram, kept in step with the document: built whole once, then only what a change touches."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar, cast

from workbench.evidence.standing import newest_day
from workbench.layout.geometry import Point
from workbench.model.drawing import Diagram
from workbench.model.elements import Link
from workbench.render.build_badges import Badges
from workbench.render.build_changes import ChangeReader, Dirty
from workbench.render.build_collapse import Collapse
from workbench.render.build_content import Judge, RatingText, judge_subject, scheme_of
from workbench.render.build_hidden import find_collapse, hidden_words
from workbench.render.build_index import DrawingIndex
from workbench.render.build_parts import Parts, belongs_id
from workbench.render.label_rooms import roomy
from workbench.render.picture import BarPicture, DiagramPicture, LinkPicture, NodePicture
from workbench.render.text import Measure
from workbench.store.collector import collector_paused
from workbench.store.diff import Diff
from workbench.store.store import Store
from workbench.values import value_type

P = TypeVar("P", NodePicture, BarPicture, LinkPicture)


@value_type(frozen=True, slots=True)
class Touched:
    """Ids of what is drawn otherwise than before, appeared or went.

    Attributes:
        everything: the whole picture was built again; the sets are then empty.
    """

    nodes: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.nodes or self.bars or self.links or self.everything)


Preview = tuple[dict[str, NodePicture], dict[str, BarPicture], dict[str, LinkPicture]]
"""Nodes, bars and lines that a preview draws in place of those with the same ids."""


class PictureBuilder:
    """Builds and updates what one diagram shows. An unknown diagram shows nothing.

    Attributes:
        picture: what is shown now. The object stays the same; its dictionaries change with ``apply``.
    """

    def __init__(
        self,
        store: Store,
        diagram_id: str,
        measure: Measure,
        as_of: date | None = None,
        judge: Judge = judge_subject,
    ) -> None:
        """Build the whole picture.

        Args:
            as_of: the day by which the age of evidence is reckoned; None: the newest day stored in the project.
            judge: gives the badge of a subject; another one for pictures without evidence.
        """
        self._store = store
        self._measure = measure
        self._as_of = as_of
        self._judge = judge
        self.picture = DiagramPicture(diagram_id, "", "bow_tie")
        self._log: list[tuple[dict[str, object], str, object]] | None = None
        self.rebuild()

    def rebuild(self) -> None:
        """Build the whole picture again from the document.

        Garbage collection waits meanwhile: a large build makes nothing but objects that stay, and looking through
        them again and again took a third of its time.
        """
        with collector_paused():
            self._rebuild()

    def _rebuild(self) -> None:
        picture = self.picture
        diagram = self._store.find(picture.id, Diagram)
        picture.nodes.clear()
        picture.bars.clear()
        picture.links.clear()
        picture.title = diagram.title if diagram is not None else ""
        picture.notation = diagram.notation if diagram is not None else "bow_tie"
        self._index = DrawingIndex(self._store, picture.id)
        self._reader = ChangeReader(self._store, picture.id, self._index)
        focus = diagram.focus if diagram is not None else None
        self._focus = focus
        day = self._as_of or newest_day(self._store)
        self._badges = Badges(self._store, self._index, self._judge, day)
        self._parts = Parts(self._store, self._index, picture, focus, self._measure, self._badges)
        self._parts.ratings = RatingText(self._store, scheme_of(self._store))
        self._find_hidden()
        self._touched = (set[str](), set[str](), set[str]())
        if diagram is None:
            return
        self._make_all()

    def _make_all(self) -> None:
        """Make everything in the order in which it leans on each other; nothing is there to compare it with."""
        parts, index, picture = self._parts, self._index, self.picture
        hung = []
        for id in index.placed:
            if parts.hangs(id):
                hung.append(id)
            else:
                node = parts.node(id)
                if node is not None:
                    picture.nodes[id] = node
                else:
                    bar = parts.free_bar(id)
                    if bar is not None:
                        picture.bars[id] = bar
        late: set[str] = set()
        for link in index.links.values():
            if link.kind == "leads_to":
                made = parts.line(link)
                if made is not None:
                    picture.links[link.id] = made[0]
                    for bar in made[1]:
                        picture.bars[bar.id] = bar
            else:
                late.add(link.id)
        for top_events in index.top_events_of.values():
            for id in top_events:
                line = parts.belongs(id)
                if line is not None:
                    picture.links[line.id] = line
        for id in hung:
            node = parts.node(id)
            if node is not None:
                picture.nodes[id] = node
        self._make_late(late)

    def apply(self, diff: Diff) -> Touched:
        """Bring the picture up to date after a change of the document.

        Args:
            diff: what has changed; the store holds it already.
        """
        diagram = self._store.find(self.picture.id, Diagram)
        dirty = self._reader.read(diff)
        if dirty.everything:
            self.rebuild()
            return Touched(everything=True)
        if diagram is not None:
            self.picture.title = diagram.title
        if dirty.judged or dirty.rejudge:
            self._badges.forget()
        if dirty.days or dirty.rejudge:
            day = self._as_of or newest_day(self._store)
            if dirty.rejudge or day != self._badges.as_of:
                self._badges.as_of = day
                self._badges.forget()
                for subject in self._index.evidence:
                    self._reader.judged(subject, dirty)
        if self._index.collapsed or self._parts.collapse.behind:
            self._hide_again(dirty)
        self._touched = (set(), set(), set())
        self._update(dirty)
        nodes, bars, links = self._touched
        return Touched(frozenset(nodes), frozenset(bars), frozenset(links))

    def preview(
        self, moves: Mapping[str, tuple[float, float]], *, bends: Mapping[str, tuple[Point, ...]] | None = None
    ) -> Preview:
        """What would be drawn otherwise if subjects stood elsewhere; the picture and the document stay as they are.

        Args:
            moves: shifts in scene units by id of an element, a free control, or a guard (which slides on its line).
            bends: other bends of lines, by id.
        """
        nodes, bars, links = self.picture.nodes, self.picture.bars, self.picture.links
        dirty = Dirty()
        for id in moves:
            guard = self._index.guards_by_id.get(id)
            if guard is not None:
                dirty.links.add(guard.subject)
            else:
                dirty.nodes.add(id)
                dirty.free.add(id)
        dirty.links.update(bends or ())
        self._parts.moves, self._parts.bends = dict(moves), dict(bends or {})
        self._touched = (set(), set(), set())
        log = self._log = []
        try:
            self._update(dirty)
            ids = self._touched
            return (
                {id: nodes[id] for id in ids[0] if id in nodes},
                {id: bars[id] for id in ids[1] if id in bars},
                {id: links[id] for id in ids[2] if id in links},
            )
        finally:
            self._parts.moves, self._parts.bends = {}, {}
            for table, id, before in reversed(log):
                if before is None:
                    table.pop(id, None)
                else:
                    table[id] = before
            self._log = None

    def behind(self, id: str) -> Iterator[str]:
        """Ids of everything collapsed behind an element: elements, lines and controls."""
        return self._badges.hidden_records(self._parts.collapse.behind.get(id, ()))

    # updating

    def _find_hidden(self) -> None:
        if self._index.collapsed:
            self._parts.collapse = find_collapse(self._store, self._index, self._focus)
            self._parts.hidden_words = hidden_words(self._store, self._index, self._parts.collapse)
        else:
            self._parts.collapse, self._parts.hidden_words = Collapse(), {}

    def _hide_again(self, dirty: Dirty) -> None:
        """Look anew what hides behind what; collapsed elements speak for what they hide, so they are made again."""
        before = self._parts.collapse
        if dirty.structure:
            self._find_hidden()
        after = self._parts.collapse
        changed = before.hidden ^ after.hidden
        dirty.nodes.update(changed, before.behind, after.behind)

    def _update(self, dirty: Dirty) -> None:
        """Make the dirty parts again and all that stands on them, in the order in which they lean on each other."""
        late: set[str] = set()
        hung: set[str] = set()
        for id in dirty.nodes:
            if self._parts.hangs(id):
                hung.add(id)
            elif self._make_node(id):
                self._moved(id, dirty)
        for id in dirty.free:
            self._make_free(id, late, hung)
        for id in dirty.links:
            link, before = self._index.links.get(id), self.picture.links.get(id)
            if before is not None and (link is None or link.kind != before.kind):
                self._keep_bars(before, None, late, hung)
                self._keep_line(id, None, late)
            if link is not None:
                if link.kind == "leads_to":
                    self._make_line(link, late, hung)
                else:
                    late.add(id)
        for id in dirty.top_events:
            self._keep_line(belongs_id(id), self._parts.belongs(id), late)
        self._refresh(dirty.bars, late)
        for id in hung:
            if self._make_node(id):
                late.update(link.id for link in self._index.links_of(id))
        self._make_late(late)

    def _moved(self, id: str, dirty: Dirty) -> None:
        """A body changed its outline: all lines at it follow."""
        dirty.links.update(link.id for link in self._index.links_of(id))
        dirty.top_events.update(self._index.top_events_of.get(id, ()))
        dirty.top_events.add(id)

    def _make_node(self, id: str) -> bool:
        """Make a node again; whether its outline changed."""
        nodes = self.picture.nodes
        before, after = nodes.get(id), self._parts.node(id)
        if before == after:
            return False
        self._keep(nodes, id, after, self._touched[0])
        return before is None or after is None or before.box != after.box or before.kind != after.kind

    def _make_free(self, id: str, late: set[str], hung: set[str]) -> None:
        before = self.picture.bars.get(id)
        if before is not None and not before.free:
            return
        self._keep_bar(id, self._parts.free_bar(id), late, hung)

    def _make_line(self, link: Link, late: set[str], hung: set[str]) -> None:
        made = self._parts.line(link)
        for bar in made[1] if made is not None else ():
            for factor in self._index.hanging(bar.id) if bar.hanging else ():
                stems = self._index.links_of(factor)  # labels on them keep clear of the ends of this line
                late.update(stem.id for stem in stems if stem.id in self._index.guards_on)
        self._keep_bars(self.picture.links.get(link.id), made, late, hung)
        self._keep_line(link.id, made[0] if made is not None else None, late)

    def _keep_bars(
        self,
        before: LinkPicture | None,
        made: tuple[LinkPicture, list[BarPicture]] | None,
        late: set[str],
        hung: set[str],
    ) -> None:
        """Replace the bars of a line. A guard that has gone to another line is drawn there and not taken away."""
        kept = {bar.id for bar in made[1]} if made is not None else set()
        for id in before.bars if before is not None else ():
            if id not in kept and not self._stands_elsewhere(id, before):
                self._keep_bar(id, None, late, hung)
        for bar in made[1] if made is not None else ():
            self._keep_bar(bar.id, bar, late, hung)

    def _stands_elsewhere(self, bar: str, line: LinkPicture | None) -> bool:
        guard = self._index.guards_by_id.get(bar)
        now = self.picture.links.get(guard.subject) if guard is not None else None
        return now is not None and now is not line and bar in now.bars

    def _keep_bar(self, id: str, bar: BarPicture | None, late: set[str], hung: set[str]) -> None:
        before = self.picture.bars.get(id)
        if before == bar:
            return
        self._keep(self.picture.bars, id, bar, self._touched[1])
        moved = before is None or bar is None or (before.x, before.y, before.role) != (bar.x, bar.y, bar.role)
        if moved or before.angle != bar.angle:  # type: ignore[union-attr]
            hung.update(self._index.hanging(id))
            late.update(link.id for link in self._index.links_of(id))
            for some in (before, bar):
                if some is not None and some.control != id:
                    late.update(link.id for link in self._index.links_of(some.control))

    def _keep_line(self, id: str, line: LinkPicture | None, late: set[str]) -> None:
        if self.picture.links.get(id) != line:
            self._keep(self.picture.links, id, line, self._touched[2])
            late.update(link.id for link in self._index.links_of(id))

    def _refresh(self, ids: Iterable[str], late: set[str]) -> None:
        """Say anew what is said of bars that stand where they stood."""
        for id in ids:
            bar = self.picture.bars.get(id)
            if bar is None:
                continue
            now = self._parts.refreshed(bar)
            line = self._index.links.get(guard.subject) if (guard := self._index.guards_by_id.get(id)) else None
            if now is None or now.title == bar.title or line is None or self._roomy(line):
                self._keep_bar(id, now, late, set())
            elif line.kind == "leads_to":  # a longer or shorter title may move the labels beside it
                self._make_line(line, late, set())
            else:
                late.add(line.id)

    def _roomy(self, line: Link) -> bool:
        """Whether labels of any length have room on a line as it is drawn."""
        picture, drawn = self.picture, self.picture.links.get(line.id)
        ends = [picture.nodes[id].box for id in (line.source, line.target) if id in picture.nodes]
        return drawn is not None and roomy([picture.bars[id] for id in drawn.bars if id in picture.bars], ends)

    def _make_late(self, late: set[str]) -> None:
        """Stems, then what notes point at; they lean on bars and on other lines."""
        notes: set[str] = set()
        for id in late:
            link = self._index.links.get(id)
            if link is None or link.kind == "leads_to":
                continue
            if link.kind == "annotates":
                notes.add(id)
                continue
            made = self._parts.stem(link)
            self._keep_bars(self.picture.links.get(id), made, notes, set())
            self._keep_line(id, made[0] if made is not None else None, notes)
        for id in notes:
            link = self._index.links.get(id)
            if link is not None and link.kind == "annotates":
                self._keep_line(id, self._parts.note_line(link), set())

    def _keep(self, table: dict[str, P], id: str, value: P | None, touched: set[str]) -> None:
        if self._log is not None:
            self._log.append((cast("dict[str, object]", table), id, table.get(id)))
        touched.add(id)
        if value is None:
            table.pop(id, None)
        else:
            table[id] = value
