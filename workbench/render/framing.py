"""Where the camera goes at a stop: everything lit is seen and can be read from afar, or the stop is an overview."""

from collections.abc import Collection
from typing import Final

from workbench.model.review import Camera
from workbench.render.lighting import Rect, lit_rect
from workbench.render.picture import DiagramPicture
from workbench.render.shapes import bar_extent, extent
from workbench.values import value_type

READABLE: Final = 1 / 50
"""Least height of text that is read from the back of a room, as a share of the screen's height."""
_LARGEST: Final = 1 / 16
"""Height up to which text grows where a diagram is small."""
_PADDING: Final = 0.03
_MOST_ZOOM: Final = 8.0
_ALMOST: Final = 1e-6
_ROOM: Final = 24.0
"""Around what is highlighted, scene units: labels and badges reach so far."""


@value_type(frozen=True, slots=True)
class Framing:
    """Where the camera goes.

    Attributes:
        x, y: the scene point in the middle of the view; ``zoom``: view pixels per scene unit.
        overview: some of the lit text is smaller than can be read from afar.
    """

    x: float
    y: float
    zoom: float
    overview: bool


def asked_for(camera: Camera, width: float, height: float) -> Rect:
    """The part of the scene a stop asks for, in a view of a size."""
    wide = camera.width or width / camera.zoom
    high = camera.height or height / camera.zoom
    return camera.x - wide / 2, camera.y - high / 2, camera.x + wide / 2, camera.y + high / 2


def widened(wanted: Rect, picture: DiagramPicture, lit: Collection[str]) -> Rect:
    """A part of the scene with what is lit, which may have moved away since somebody framed it.

    Where nothing is lit and nothing drawn lies there any more, it is widened to all that is drawn: a stop is never
    empty while its diagram is not.
    """
    if lit:
        return _around(wanted, lit_rect(picture, lit))
    drawn = (*picture.nodes, *picture.bars)
    if any(touching(wanted, reach_of(picture, id)) for id in drawn):
        return wanted
    return _around(wanted, lit_rect(picture, drawn))


def reach_of(picture: DiagramPicture, id: str) -> Rect:
    """Everything an element or a bar may paint on.

    Raises:
        KeyError: neither is drawn under this id.
    """
    node = picture.nodes.get(id)
    return extent(node) if node is not None else bar_extent(picture.bars[id])


def touching(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share a point."""
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _around(one: Rect, other: Rect | None) -> Rect:
    if other is None or (one[0] <= other[0] and one[1] <= other[1] and one[2] >= other[2] and one[3] >= other[3]):
        return one
    return (
        min(one[0], other[0] - _ROOM),
        min(one[1], other[1] - _ROOM),
        max(one[2], other[2] + _ROOM),
        max(one[3], other[3] + _ROOM),
    )


def frame(
    wanted: Rect,
    lit: Rect | None,
    *,
    text: float,
    width: float,
    height: float,
    screen: float,
    padded: bool = True,
) -> Framing:
    """The camera for a part of the scene.

    Where what is wanted would leave text too small, the camera goes nearer, as long as everything lit stays in view;
    what is dimmed may be cut off. Where it would not, the whole is shown, as an overview.

    Args:
        wanted: what should be seen (scene units).
        lit: the rectangle around everything at full strength; None: there is nothing lit.
        text: pixel size of the smallest lit text, in scene units; 0: there is none.
        width, height: of the view in pixels; screen: height of the whole screen, which the text is held against.
        padded: leave a margin around what is wanted; not around what somebody framed by hand.
    """
    pad = _PADDING * height if padded else 0.0
    zoom = min(_fitting(wanted, width - 2 * pad, height - 2 * pad), _MOST_ZOOM)
    x, y = (wanted[0] + wanted[2]) / 2, (wanted[1] + wanted[3]) / 2
    needed = screen * READABLE / text if text > 0 else 0.0
    if padded and text > 0:
        zoom = min(zoom, screen * _LARGEST / text)
    if not needed or zoom >= needed - _ALMOST:
        return Framing(x, y, zoom, overview=False)
    if lit is not None and _fitting(lit, width, height) >= needed:
        return Framing(
            _kept_in(x, lit[0], lit[2], width / needed), _kept_in(y, lit[1], lit[3], height / needed), needed, False
        )
    return Framing(x, y, zoom, overview=True)


def _fitting(rect: Rect, width: float, height: float) -> float:
    return min(max(width, 16.0) / max(rect[2] - rect[0], 1.0), max(height, 16.0) / max(rect[3] - rect[1], 1.0))


def _kept_in(middle: float, low: float, high: float, room: float) -> float:
    """The middle of the view nearest to one wanted, with a stretch of the scene wholly in view."""
    return min(max(middle, high - room / 2), low + room / 2)
