"""Lighting: which of what is drawn stays at full strength when some records are lit, while the rest is dimmed."""

from collections.abc import Collection

from workbench.layout.geometry import Box
from workbench.render.build_parts import BELONGS
from workbench.render.picture import DiagramPicture
from workbench.render.shapes_bars import bar_half

Rect = tuple[float, float, float, float]


def lit_on(picture: DiagramPicture, ids: Collection[str]) -> frozenset[str]:
    """Ids of everything drawn that is lit where ``ids`` are meant; empty where none of them is drawn.

    A control lights its bars, or those of them that are named too. Where no line is named, those with both ends lit
    are lit too; else only those named and the plain ones between a hazard and its top event, and what hangs from bars
    off these lines is not.
    """
    wanted = ids if isinstance(ids, frozenset | set) else frozenset(ids)
    nodes, bars, links = picture.nodes, picture.bars, picture.links
    found = {id for id in wanted if id in nodes or id in bars or id in links}
    told = {bar.control for id in found if (bar := bars.get(id)) is not None}
    found.update(id for id, bar in bars.items() if bar.control in wanted and bar.control not in told)
    if found:
        ends = found | wanted
        chosen = not found.isdisjoint(links)
        for id, link in links.items():
            if link.source in ends and link.target in ends and (not chosen or link.kind == BELONGS):
                found.add(id)
        if chosen:
            found -= _hanging_elsewhere(picture, found)
    return frozenset(found)


def _hanging_elsewhere(picture: DiagramPicture, lit: Collection[str]) -> set[str]:
    """Factors and stems that hang from bars off the lines that are lit, though they weaken a control on these."""
    nodes = (node for id in lit if (node := picture.nodes.get(id)) is not None)
    found = {node.id for node in nodes if node.hangs_on and node.hangs_on not in lit}
    for id in lit:
        link = picture.links.get(id)
        if link is not None and link.source in found:
            found.update((id, *link.bars))
    return found


def lit_rect(picture: DiagramPicture, lit: Collection[str]) -> Rect | None:
    """The rectangle around the bodies of what is lit, else around its lines; None where nothing is."""
    boxes = [picture.nodes[id].box for id in lit if id in picture.nodes]
    for id in lit:
        bar = picture.bars.get(id)
        if bar is not None:
            half_w, half_h = bar_half(bar)
            boxes.append(Box(bar.x, bar.y, 2 * half_w, 2 * half_h, "bar"))
    if boxes:
        return (
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )
    points = [point for id in lit if id in picture.links for point in picture.links[id].path]
    if not points:
        return None
    return (
        min(x for x, _ in points),
        min(y for _, y in points),
        max(x for x, _ in points),
        max(y for _, y in points),
    )
