"""Scene to view and back: a zoom factor and an offset that is always a whole number of device pixels."""

from math import log

from workbench.canvas.index import Rect
from workbench.layout.geometry import Point
from workbench.values import value_type

LEAST_ZOOM, LARGEST_ZOOM = 0.02, 8.0
"""How far the user zooms by hand; showing a large diagram whole may go below."""
NOTCH = 1.2
"""Factor of one notch of the wheel, or one step of Zoom in."""


@value_type(slots=True)
class Camera:
    """What part of the scene a view shows.

    Attributes:
        zoom: view pixels per scene unit.
        ox, oy: place of the scene's origin in the view, pixels; whole device pixels, so that shifting the picture of
            the view moves every pixel exactly.
        ratio: device pixels per view pixel.
    """

    zoom: float = 1.0
    ox: float = 0.0
    oy: float = 0.0
    ratio: float = 1.0

    @property
    def pose(self) -> tuple[float, float, float]:
        """What tells one view of the scene from another: factor and offset."""
        return self.zoom, self.ox, self.oy

    def place(self, ox: float, oy: float) -> None:
        """Set the offset, on whole device pixels."""
        self.ox = round(ox * self.ratio) / self.ratio
        self.oy = round(oy * self.ratio) / self.ratio

    def to_view(self, x: float, y: float) -> Point:
        """A scene point in view pixels."""
        return x * self.zoom + self.ox, y * self.zoom + self.oy

    def to_scene(self, vx: float, vy: float) -> Point:
        """A view point in scene units."""
        return (vx - self.ox) / self.zoom, (vy - self.oy) / self.zoom

    def rect_to_view(self, rect: Rect) -> Rect:
        """A scene rectangle in view pixels."""
        return (*self.to_view(rect[0], rect[1]), *self.to_view(rect[2], rect[3]))

    def rect_to_scene(self, rect: Rect) -> Rect:
        """A view rectangle in scene units."""
        return (*self.to_scene(rect[0], rect[1]), *self.to_scene(rect[2], rect[3]))

    def zoom_at(self, zoom: float, vx: float, vy: float) -> None:
        """Another zoom factor, with the scene point at a view point kept where it is."""
        x, y = self.to_scene(vx, vy)
        self.zoom = clamp_zoom(zoom, min(LEAST_ZOOM, self.zoom))
        self.place(vx - x * self.zoom, vy - y * self.zoom)

    def centre_on(self, x: float, y: float, width: float, height: float) -> None:
        """A scene point in the middle of a view of a size."""
        self.place(width / 2 - x * self.zoom, height / 2 - y * self.zoom)

    def centre(self, width: float, height: float) -> Point:
        """The scene point in the middle of a view of a size."""
        return self.to_scene(width / 2, height / 2)

    def fit(self, rect: Rect, width: float, height: float, padding: float, largest: float = 1.0) -> None:
        """Show a scene rectangle whole, as large as it goes up to a factor."""
        w, h = max(rect[2] - rect[0], 1.0), max(rect[3] - rect[1], 1.0)
        room_w, room_h = max(width - 2 * padding, 16.0), max(height - 2 * padding, 16.0)
        self.zoom = clamp_zoom(min(room_w / w, room_h / h, largest), 0.0)
        self.centre_on((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2, width, height)


def clamp_zoom(zoom: float, least: float = LEAST_ZOOM) -> float:
    """A factor within what the view shows; near 1 it is 1, so that text is exactly as designed."""
    zoom = max(least, min(LARGEST_ZOOM, zoom))
    return 1.0 if abs(log(zoom)) < 0.004 else zoom
