"""Pictures of stops: what each shows, small. Drawn one at a time, and only where the list is seen.

An edit makes every picture suspect: the page of each is laid out anew, and painted only where it is another page.
"""

from collections import OrderedDict
from math import ceil
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from workbench.analysis.stops import shown_at
from workbench.app.revision_pictures import MOST_DRAWN, blocks_image
from workbench.export.sheet import Sheet
from workbench.export.stop_sheet import smallest_text, stop_sheet
from workbench.model.drawing import Placement
from workbench.model.review import Stop
from workbench.panels.stop_list import PICTURE
from workbench.panels.style import current_theme
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.render.framing import READABLE, asked_for
from workbench.render.paint import paint_once
from workbench.render.picture import DiagramPicture
from workbench.render.theme import load_theme
from workbench.session.session import Session
from workbench.store.diff import Change

_PAUSE_MS: Final = 40
_MOST_KEPT: Final = 300
_FINER: Final = 2
"""Pictures are painted so many times as large, then made smaller: their text would be noise otherwise."""

_ALMOST: Final = 0.98
"""A hair below the least size is not worth a word."""

Key = tuple[str, str, float]


class StopPictures(QObject):
    """Makes and keeps the pictures of one window.

    Signals:
        ready: another picture can be shown.
    """

    ready = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        """Make nothing yet; ``parent`` ends with it."""
        super().__init__(parent)
        self._session = session
        self._kept: OrderedDict[Key, tuple[object, QPixmap]] = OrderedDict()
        self._fresh: set[Key] = set()
        self._wanted: OrderedDict[Key, None] = OrderedDict()
        self._pictures: dict[str, DiagramPicture] = {}
        self._small: set[str] = set()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_PAUSE_MS)
        self._next.timeout.connect(self._draw_one)
        session.store.changed.connect(self._on_change)

    def stop(self) -> None:
        """The window closes."""
        self._next.stop()
        self._session.store.changed.disconnect(self._on_change, missing_ok=True)

    def get(self, id: str, ratio: float) -> QPixmap | None:
        """The picture of a stop; the last one while another is drawn, None while there is none."""
        key = (id, current_theme().name, ratio)
        if key not in self._fresh:
            self._wanted[key] = None
            if not self._next.isActive():
                self._next.start()
        kept = self._kept.get(key)
        return kept[1] if kept is not None else None

    def overview(self, id: str) -> bool:
        """Whether a stop has text too small to be read from afar; false as long as nobody has looked."""
        return id in self._small

    def _on_change(self, _change: Change) -> None:
        self._fresh.clear()
        self._pictures.clear()

    def _draw_one(self) -> None:
        if not self._wanted:
            return
        key, _ = self._wanted.popitem(last=False)
        self._draw(key)
        if self._wanted:
            self._next.start()

    def _draw(self, key: Key) -> None:
        id, _, ratio = key
        stop = self._session.store.find(id, Stop)
        if stop is None:
            return
        self._fresh.add(key)
        room = QSize(ceil(PICTURE.width() * ratio), ceil(PICTURE.height() * ratio))
        places = self._places(stop)
        store = self._session.store
        if len(places) > MOST_DRAWN:
            content: object = (stop, store.revision)
            small = stop.camera is None and not stop.highlighted  # nobody reads so much at once
        else:
            size = (float(PICTURE.width() * 16), float(PICTURE.height() * 16))
            content = stop_sheet(store, stop, current_theme(), qt_measure(), size, pictures=self._picture)
            least = smallest_text(store, stop, load_theme("projector"), qt_measure(), pictures=self._picture)
            small = least < READABLE * _ALMOST
        if small != (id in self._small):
            self._small ^= {id}
            self.ready.emit()
        kept = self._kept.get(key)
        if kept is not None and kept[0] == content:
            return
        image = painted(content, room) if isinstance(content, Sheet) else self._blocks(stop, places, room)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._kept[key] = (content, pixmap)
        while len(self._kept) > _MOST_KEPT:
            self._fresh.discard(self._kept.popitem(last=False)[0])
        self.ready.emit()

    def _places(self, stop: Stop) -> list[Placement]:
        shown = shown_at(self._session.store, stop)
        return self._session.store.referrers(shown.id, Placement, "diagram") if shown.shows == "diagram" else []

    def _picture(self, diagram: str) -> DiagramPicture:
        """The whole picture of a diagram, built once for all its stops after each edit."""
        found = self._pictures.get(diagram)
        if found is None:
            found = self._pictures[diagram] = PictureBuilder(self._session.store, diagram, qt_measure()).picture
        return found

    def _blocks(self, stop: Stop, places: list[Placement], room: QSize) -> QImage:
        meant = [place for place in places if place.subject in set(stop.highlighted)] if stop.highlighted else []
        seen = asked_for(stop.camera, 1600.0, 900.0) if stop.camera is not None else None
        return blocks_image(self._session.store, meant or places, room, seen)


def painted(sheet: Sheet, room: QSize) -> QImage:
    """A page as an image that fills a room of its own ratio."""
    image = QImage(room * _FINER, QImage.Format.Format_RGB32)
    image.fill(QColor(sheet.canvas))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(image.width() / sheet.width, image.height() / sheet.height)
    paint_once(painter, sheet.ops)
    painter.end()
    return image.scaled(room, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
