"""A part of a diagram as a picture of its own: what somebody names, or what lies in a part of the scene. No Qt."""

from collections.abc import Collection

from workbench.analysis.levels import ALL
from workbench.export.stop_frame import within
from workbench.render.levels import at_level, telling_level
from workbench.render.lighting import Rect, lit_on
from workbench.render.picture import DiagramPicture


def part_of(
    whole: DiagramPicture, only: Collection[str] = (), seen: Rect | None = None, levels: int = ALL
) -> DiagramPicture:
    """What of a whole picture is meant; all of it where nothing is said.

    Args:
        only: ids of elements, lines and controls. Lines between named elements come along, with the controls on them.
        seen: left, top, right and bottom in scene units; whatever reaches into it is drawn whole.
        levels: how much is drawn; a level at which nothing would be gives way to the next.
    """
    part = picture = at_level(whole, telling_level(whole, levels))
    if only:
        kept = set(lit_on(picture, only))
        kept |= {bar for id in kept if id in picture.links for bar in picture.links[id].bars}
        part = DiagramPicture(picture.id, picture.title, picture.notation)
        part.nodes = {id: node for id, node in picture.nodes.items() if id in kept}
        part.bars = {id: bar for id, bar in picture.bars.items() if id in kept}
        part.links = {id: link for id, link in picture.links.items() if id in kept}
    return within(part, seen) if seen is not None else part
