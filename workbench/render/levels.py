"""A picture as it is seen at a level of detail: nothing moves, and what is above the level is left out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, TypeVar

from workbench.analysis.levels import ALL, level_of_kind, level_of_link
from workbench.render.picture import BarPicture, DiagramPicture, LinkPicture, NodePicture

T = TypeVar("T", NodePicture, BarPicture, LinkPicture)
About = dict[str, list[LinkPicture]]
"""The lines from each note to what it is about."""

_CONTROLS: Final = 3
_DEGRADATION: Final = 4
_NOTE: Final = 2


class Levelled:
    """One picture at one level, kept in step with the whole one.

    Attributes:
        whole: the picture of everything; it changes under us.
        picture: what is shown. At the last level this is ``whole`` itself.
    """

    def __init__(self, whole: DiagramPicture, level: int) -> None:
        """Leave out what is above a level."""
        self.whole = whole
        self.level = level
        self.picture = whole
        self._noting: set[str] = set()
        if level < ALL:
            self.picture = DiagramPicture(whole.id, whole.title, whole.notation)
            about = self._notes_about()
            nodes = ((id, self.node(node, about)) for id, node in whole.nodes.items())
            bars = ((id, self.bar(bar)) for id, bar in whole.bars.items())
            self.picture.nodes.update((id, node) for id, node in nodes if node is not None)
            self.picture.bars.update((id, bar) for id, bar in bars if bar is not None)
            links = ((id, self.link(link)) for id, link in whole.links.items())
            self.picture.links.update((id, link) for id, link in links if link is not None)

    def take_in(self, ids: Iterable[str]) -> set[str]:
        """Some things of the whole picture are others now; gives all that may look otherwise here."""
        changed = set(ids)
        if self.picture is self.whole:
            return changed
        self.picture.title = self.whole.title
        if any(self._of_note(id) for id in changed):
            notes = {id for id, node in self.whole.nodes.items() if node.kind == "note"}
            changed |= notes
            changed.update(id for id, line in self.whole.links.items() if line.source in notes or line.target in notes)
        self._take(changed)
        return changed

    def _of_note(self, id: str) -> bool:
        node, link = self.whole.nodes.get(id), self.whole.links.get(id)
        now = (node is not None and node.kind == "note") or (link is not None and link.kind == "annotates")
        return now or id in self._noting

    def _take(self, ids: Iterable[str]) -> None:
        whole, picture = self.whole, self.picture
        about = self._notes_about()
        lines = []
        for id in ids:
            if id in whole.links or id in picture.links:
                lines.append(id)
                continue
            _put(picture.nodes, id, self.node(whole.nodes.get(id), about))
            _put(picture.bars, id, self.bar(whole.bars.get(id)))
        for id in lines:
            _put(picture.links, id, self.link(whole.links.get(id)))

    def _notes_about(self) -> About:
        about = _about(self.whole)
        self._noting = {line.id for lines in about.values() for line in lines}
        return about

    # one thing of the whole picture as it is shown; None: it is not

    def node(self, node: NodePicture | None, about: About | None = None) -> NodePicture | None:
        """An element as it is shown."""
        if node is None or _node_level(self.whole, node, about) > self.level:
            return None
        if self.level == ALL or (node.badge is None and (not node.listed or self.level >= _CONTROLS)):
            return node
        return replace(node, badge=None, listed=node.listed if self.level >= _CONTROLS else ())

    def bar(self, bar: BarPicture | None) -> BarPicture | None:
        """A control as it is shown."""
        if bar is None or bar_level(bar) > self.level:
            return None
        return bar if self.level == ALL or bar.badge is None else replace(bar, badge=None)

    def link(self, link: LinkPicture | None) -> LinkPicture | None:
        """A line as it is shown: without its controls it has no gaps."""
        if link is None or level_of_link(link.kind) > self.level:
            return None
        if self.level == ALL:
            return link
        nodes = self.picture.nodes
        if link.kind == "annotates":
            both = link.source in nodes and _target_level(self.whole, link.target) <= self.level
        else:
            both = link.source in nodes and (link.kind == "degrades" or link.target in nodes)
        if not both:
            return None
        if self.level < _CONTROLS and link.gaps:
            return replace(link, gaps=(), bars=(), badge=None)
        return replace(link, badge=None) if link.badge is not None else link


def _put(table: dict[str, T], id: str, one: T | None) -> None:
    if one is None:
        table.pop(id, None)
    else:
        table[id] = one


def at_level(whole: DiagramPicture, level: int) -> DiagramPicture:
    """A picture at a level; the same one where that leaves out nothing."""
    return Levelled(whole, level).picture


def drawn_level(whole: DiagramPicture, id: str) -> int | None:
    """The first level at which something is drawn, by the id it is drawn under; None where it is not drawn at all.

    A control is also found by its own id, wherever it stands first.
    """
    node = whole.nodes.get(id)
    if node is not None:
        return _node_level(whole, node)
    bar = whole.bars.get(id)
    if bar is not None:
        return bar_level(bar)
    link = whole.links.get(id)
    if link is not None:
        return _link_level(whole, link)
    return min((bar_level(bar) for bar in whole.bars.values() if bar.control == id), default=None)


def telling_level(whole: DiagramPicture, level: int) -> int:
    """A level, or the next one at which anything is drawn: no picture is empty that need not be."""
    about = _about(whole)
    first = {_node_level(whole, node, about) for node in whole.nodes.values()}
    first.update(bar_level(bar) for bar in whole.bars.values())
    return max(level, min(first)) if first else level


def bar_level(bar: BarPicture) -> int:
    """The first level at which a control is drawn."""
    return _DEGRADATION if bar.role == "degradation" else _CONTROLS


def _node_level(whole: DiagramPicture, node: NodePicture, about: About | None = None) -> int:
    """A note is shown with the first thing it is about."""
    if node.kind != "note":
        return level_of_kind(node.kind)
    lines = (about if about is not None else _about(whole)).get(node.id, ())
    return max(_NOTE, min((_target_level(whole, line.target) for line in lines), default=_NOTE))


def _link_level(whole: DiagramPicture, link: LinkPicture) -> int:
    ends = [level_of_kind(node.kind) for id in (link.source, link.target) if (node := whole.nodes.get(id)) is not None]
    if link.kind == "annotates":
        ends.append(_target_level(whole, link.target))
    return level_of_link(link.kind, ends)


def _target_level(whole: DiagramPicture, target: str) -> int:
    """The first level at which what a note is about is drawn."""
    node, bar, link = whole.nodes.get(target), whole.bars.get(target), whole.links.get(target)
    if node is not None:
        return level_of_kind(node.kind)
    if link is not None and link.kind != "annotates":
        return _link_level(whole, link)
    return bar_level(bar) if bar is not None else _CONTROLS


def _about(whole: DiagramPicture) -> About:
    found: About = {}
    for link in whole.links.values():
        if link.kind == "annotates":
            found.setdefault(link.source, []).append(link)
    return found
