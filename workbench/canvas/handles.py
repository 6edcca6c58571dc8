"""Handles of an element: four round ones to draw links from, four square corners to size it. Knows no Qt."""

from workbench.canvas.camera import Camera
from workbench.canvas.scene import Scene, bar_box
from workbench.layout.geometry import Box, Point
from workbench.tools.events import Hit, Side

REACH = 8.0
"""View pixels around a handle's middle within which a press takes it."""
_LEAST = 28.0
"""Smaller bodies on screen have no room for handles of their own."""
_SIDES: tuple[Side, ...] = ("n", "e", "s", "w")
_CORNERS: tuple[Side, ...] = ("nw", "ne", "se", "sw")
_UNSIZED = ("gate",)


def link_handles(scene: Scene, id: str, camera: Camera) -> dict[Side, Point]:
    """Places, in view pixels, of the handles that start a link. A bar has one, below, for what hangs under it."""
    bar = scene.bar(id)
    if bar is not None:
        if bar.role == "degradation" or bar.free or camera.zoom * bar_box(bar).h < _LEAST:
            return {}
        box = bar_box(bar)
        return {"s": camera.to_view(box.x, box.bottom)}
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
    corners = {"nw": (box.left, box.top), "ne": (box.right, box.top), "se": (box.right, box.bottom)}
    corners["sw"] = (box.left, box.bottom)
    if box.shape == "circle":
        reach = box.w / 2 * 0.7071
        corners = {
            "nw": (box.x - reach, box.y - reach),
            "ne": (box.x + reach, box.y - reach),
            "se": (box.x + reach, box.y + reach),
            "sw": (box.x - reach, box.y + reach),
        }
    return {side: camera.to_view(*corners[side]) for side in _CORNERS}


def handle_at(scene: Scene, camera: Camera, vx: float, vy: float, hovered: str | None, sized: str | None) -> Hit | None:
    """The handle at a view point, of the element hovered or the one selected."""
    for id in dict.fromkeys(one for one in (sized, hovered) if one):
        for side, (x, y) in link_handles(scene, id, camera).items():
            if abs(vx - x) <= REACH and abs(vy - y) <= REACH:
                return Hit("handle", id, side)
    if sized:
        for side, (x, y) in size_handles(scene, sized, camera).items():
            if abs(vx - x) <= REACH and abs(vy - y) <= REACH:
                return Hit("size", sized, side)
    return None


def _side(box: Box, side: Side, camera: Camera) -> Point:
    places = {"n": (box.x, box.top), "e": (box.right, box.y), "s": (box.x, box.bottom), "w": (box.left, box.y)}
    return camera.to_view(*places[side])
