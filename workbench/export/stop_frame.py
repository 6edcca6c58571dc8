"""Which part of a diagram a stop shows, and where the camera goes to show it on a page."""

from collections.abc import Collection
from itertools import chain

from workbench.model.review import Stop
from workbench.render.framing import Framing, asked_for, frame, reach_of, touching, widened
from workbench.render.levels import at_level, telling_level
from workbench.render.lighting import Rect, lit_on, lit_rect
from workbench.render.ops import Op, TextOp, flatten
from workbench.render.picture import DiagramPicture
from workbench.render.shapes import bar_ops, node_ops
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class StopView:
    """What of a diagram is seen at a stop.

    Attributes:
        picture: at the stop's level, or at the next one where anything is drawn.
        lit: ids at full strength; empty: everything.
        seen: the part of the scene that fills the room; ``zoom``: pixels of the room by scene unit.
        text: pixel size of the smallest text at full strength that is seen, at 100 %; 0: there is none.
    """

    picture: DiagramPicture
    lit: frozenset[str]
    seen: Rect
    zoom: float
    text: float


def stop_view(
    whole: DiagramPicture, stop: Stop, theme: Theme, measure: Measure, width: float, height: float, screen: float
) -> StopView:
    """What a stop shows of the picture of its diagram.

    What it highlights and is not drawn there any more counts no longer; where nothing of it is left, all of the
    diagram is at full strength.

    Args:
        whole: the picture at all levels.
        stop: the stop.
        theme: whose text is measured; ``measure``: of its letters.
        width: of the room it is shown in, with ``height``; ``screen``: height of the page that room lies on.
    """
    picture = at_level(whole, telling_level(whole, stop.levels))
    lit = lit_on(picture, stop.highlighted)
    meant = lit or (*picture.nodes, *picture.bars)
    strong = _reach(picture, meant) or lit_rect(picture, lit)
    if stop.camera is not None:
        wanted = widened(asked_for(stop.camera, width, height), picture, lit)
    else:
        wanted = strong or (-width / 2, -height / 2, width / 2, height / 2)
    framed = stop.camera is not None
    text = _smallest(picture, wanted, lit, theme, measure)
    found = frame(wanted, strong, text=text, width=width, height=height, screen=screen, padded=not framed)
    seen = _seen(found, width, height)
    return StopView(picture, lit, seen, found.zoom, _smallest(picture, seen, lit, theme, measure))


def _seen(framing: Framing, width: float, height: float) -> Rect:
    across, down = width / framing.zoom / 2, height / framing.zoom / 2
    return framing.x - across, framing.y - down, framing.x + across, framing.y + down


def _smallest(picture: DiagramPicture, seen: Rect, lit: Collection[str], theme: Theme, measure: Measure) -> float:
    """Pixel size of the smallest text at full strength in a part of the scene; 0 where there is none."""
    made: list[tuple[Op, ...]] = [
        node_ops(node, theme, measure)
        for id, node in picture.nodes.items()
        if (not lit or id in lit) and touching(seen, reach_of(picture, id))
    ]
    made += [
        bar_ops(bar, theme, measure)
        for id, bar in picture.bars.items()
        if (not lit or id in lit) and touching(seen, reach_of(picture, id))
    ]
    found = (op.size for op, _, _ in flatten(chain.from_iterable(made)) if isinstance(op, TextOp))
    return float(min(found, default=0))


def within(picture: DiagramPicture, seen: Rect) -> DiagramPicture:
    """What of a picture lies in a part of the scene, as a picture of its own."""
    part = DiagramPicture(picture.id, picture.title, picture.notation)
    part.nodes = {id: node for id, node in picture.nodes.items() if touching(seen, reach_of(picture, id))}
    part.bars = {id: bar for id, bar in picture.bars.items() if touching(seen, reach_of(picture, id))}
    for id, link in picture.links.items():
        xs, ys = [x for x, _ in link.path], [y for _, y in link.path]
        if touching(seen, (min(xs), min(ys), max(xs), max(ys))):
            part.links[id] = link
    return part


def _reach(picture: DiagramPicture, ids: Collection[str]) -> Rect | None:
    """The rectangle around everything that some elements and bars paint."""
    found = [reach_of(picture, id) for id in ids if id in picture.nodes or id in picture.bars]
    if not found:
        return None
    return (
        min(rect[0] for rect in found),
        min(rect[1] for rect in found),
        max(rect[2] for rect in found),
        max(rect[3] for rect in found),
    )
