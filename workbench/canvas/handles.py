"""Handles: round ones to draw links from, square corners to size an element, bends of a line. Knows no Qt."""

from workbench.canvas.camera import Camera
from workbench.canvas.scene import Scene, bar_box
from workbench.layout import bends
from workbench.layout.geometry import Box, Point
from workbench.render import shapes_bars
from workbench.tools.events import Hit, Side

REACH = 8.0
"""View pixels around a handle's middle within which a press takes it."""
_LEAST = 40.0
"""Smaller bodies on screen have no room for handles of their own."""
RING_OUT = 4.0
"""View pixels from a silhouette to the middle of the ring of what is selected; corners stand on that ring."""
_BESIDE = 9.0
"""View pixels from the lower right corner of a bar to the middle of its handle, where its label stands below."""
_ROOM = 56.0
"""View pixels of free line that a handle for another bend needs: clear of bars, and of the ends."""
_SIDES: tuple[Side, ...] = ("n", "e", "s", "w")
_UNSIZED = ("gate",)


def link_handles(scene: Scene, id: str, camera: Camera) -> dict[Side, Point]:
    """Places, in view pixels, of the handles that start a link. A bar has one, low, for what hangs under it."""
    bar = scene.bar(id)
    if bar is not None:
        if bar.role == "degradation" or bar.free or camera.zoom * bar_box(bar).h < _LEAST:
            return {}
        box = bar_box(bar)
        if not bar.label_above and not shapes_bars.label_at_side(bar):
            x, y = camera.to_view(box.right, box.bottom)
            return {"s": (x + _BESIDE, y - _BESIDE)}  # clear of the label below
        x, y = camera.to_view(box.x, box.bottom)
        return {"s": (x, y + RING_OUT)}
    node = scene.node(id)
    if node is None or min(node.box.w, node.box.h) * camera.zoom < _LEAST:
        return {}
    return {side: _side(node.box, side, camera) for side in _SIDES}


def size_handles(scene: Scene, id: str, camera: Camera) -> dict[Side, Point]:
    """Places, in view pixels, of the handles that change a size."""
    node = scene.node(id)
    if node is None or node.kind in _UNSIZED or min(node.box.w, node.box.h) * camera.zoom < _LEAST:
        return {}
    box = node.box
    left, top, right, bottom = camera.rect_to_view((box.left, box.top, box.right, box.bottom))
    if box.shape == "circle":
        inset = (right - left) / 2 * (1 - 0.7071)
        left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
        out = RING_OUT * 0.7071
    else:
        out = RING_OUT
    left, top, right, bottom = left - out, top - out, right + out, bottom + out
    return {"nw": (left, top), "ne": (right, top), "se": (right, bottom), "sw": (left, bottom)}


def bend_handles(scene: Scene, id: str, camera: Camera) -> list[tuple[Hit, Point]]:
    """Places, in view pixels, of the bends of a line, and of the middles where another can be drawn out."""
    link = scene.link(id)
    if link is None or link.kind not in ("leads_to", "annotates"):
        return []
    found = [(Hit("bend", id, index=i), camera.to_view(*at)) for i, at in enumerate(bends.bends(link.path))]
    for i, (at, room) in enumerate(bends.free_middles(link.path, scene.standing_on(id))):
        if room * camera.zoom >= _ROOM:
            found.append((Hit("mid", id, index=i), camera.to_view(*at)))
    return found


def handle_at(scene: Scene, camera: Camera, vx: float, vy: float, hovered: str | None, sized: str | None) -> Hit | None:
    """The handle at a view point, of the element hovered or the one selected."""
    for id in dict.fromkeys(one for one in (sized, hovered) if one):
        for side, (x, y) in link_handles(scene, id, camera).items():
            if abs(vx - x) <= REACH and abs(vy - y) <= REACH:
                return Hit("handle", id, side)
    if sized:
        for hit, (x, y) in bend_handles(scene, sized, camera):
            if abs(vx - x) <= REACH and abs(vy - y) <= REACH:
                return hit
        for side, (x, y) in size_handles(scene, sized, camera).items():
            if abs(vx - x) <= REACH and abs(vy - y) <= REACH:
                return Hit("size", sized, side)
    return None


def _side(box: Box, side: Side, camera: Camera) -> Point:
    places = {"n": (box.x, box.top), "e": (box.right, box.y), "s": (box.x, box.bottom), "w": (box.left, box.y)}
    return camera.to_view(*places[side])
