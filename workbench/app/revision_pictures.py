"""Pictures of revisions: the diagram shown now as it was then, small.

A revision is read in a thread, one at a time, and only those are read whose row is seen. What is drawn is kept.
"""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from workbench.export.api import render_image
from workbench.export.errors import ExportError
from workbench.export.options import MIN_WIDTH, ExportOptions
from workbench.model.base import record_type
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Element
from workbench.panels.run_worker import Work
from workbench.panels.style import current_theme
from workbench.render.lighting import Rect
from workbench.session.session import Session
from workbench.store.store import Store

MOST_DRAWN: Final = 250
"""Placements up to which a diagram is drawn as it is exported; a larger one as blocks, which look the same so small."""
_MOST_KEPT: Final = 400
_MOST_STORES: Final = 8
_LARGE: Final = 4_000
"""Records above which a document is not kept in memory after it was drawn."""
_PAUSE_MS: Final = 40
_BODY: Final = (150.0, 64.0)
"""Size of a body that has none of its own, scene units."""

Key = tuple[str, str, str, float]


class RevisionPictures(QObject):
    """Makes and keeps the pictures of one window.

    Signals:
        ready: another picture can be shown.
    """

    ready = Signal()

    def __init__(self, session: Session, load: Callable[[str], Store], size: QSize, parent: QObject) -> None:
        """Make nothing yet.

        Args:
            session: whose diagram is drawn.
            load: gives the document of a revision by name; runs in a thread.
            size: room for a picture, logical pixels.
            parent: ends with it.
        """
        super().__init__(parent)
        self._session = session
        self._load = load
        self._size = size
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._stores: OrderedDict[str, Store] = OrderedDict()
        self._wanted: OrderedDict[Key, None] = OrderedDict()
        self._work: Work[Store] | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_PAUSE_MS)
        self._next.timeout.connect(self._begin)

    def get(self, name: str, ratio: float) -> QPixmap | None:
        """The picture of a revision; None while there is none, or where the diagram was not there yet."""
        key = (name, self._session.diagram or "", current_theme().name, ratio)
        if key in self._kept:
            return self._kept[key]
        self._wanted[key] = None
        self._wanted.move_to_end(key)
        if self._work is None and not self._next.isActive():
            self._next.start()
        return None

    def forget(self) -> None:
        """The revisions are those of another file."""
        self._kept.clear()
        self._stores.clear()
        self._wanted.clear()

    def stop(self) -> None:
        """The window closes."""
        self._next.stop()
        self._wanted.clear()
        if self._work is not None:
            self._work.drop()
            self._work = None

    def _begin(self) -> None:
        """Read the revision whose row was painted last: it is the likeliest to be seen still."""
        if not self._wanted or self._work is not None:
            return
        key, _ = self._wanted.popitem()
        known = self._stores.get(key[0])
        if known is not None:
            self._take(key, known)
            return
        name = key[0]
        work = self._work = Work(lambda _tell, _stopped: self._load(name), self, lambda: self._loaded(key))
        work.start()

    def _loaded(self, key: Key) -> None:
        work, self._work = self._work, None
        self._take(key, work.result if work is not None else None)

    def _take(self, key: Key, store: Store | None) -> None:
        """Draw what was read; what could not be read has no picture, which the row’s frame shows."""
        if store is not None and len(store.records) <= _LARGE:
            self._stores[key[0]] = store
            while len(self._stores) > _MOST_STORES:
                self._stores.popitem(last=False)
        self._kept[key] = self._draw(store, key) if store is not None else None
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.ready.emit()
        if self._wanted:
            self._next.start()

    def _draw(self, store: Store, key: Key) -> QPixmap | None:
        _, diagram, _, ratio = key
        if store.find(diagram, Diagram) is None:
            return None
        places = store.referrers(diagram, Placement, "diagram")
        if not places:
            return None
        room = QSize(ceil(self._size.width() * ratio), ceil(self._size.height() * ratio)) - QSize(4, 4)
        if len(places) > MOST_DRAWN:
            image = blocks_image(store, places, room)
        else:
            width = float(max(MIN_WIDTH, 2 * room.width()))
            options = ExportOptions(format="png", theme=current_theme().name, furniture=False, width=width)
            try:
                image = render_image(store, diagram, options)
            except ExportError:
                return None
            image = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def blocks_image(store: Store, places: list[Placement], room: QSize, seen: Rect | None = None) -> QImage:
    """A large diagram from far away: a block for each body.

    Args:
        store: the document.
        places: where its bodies stand.
        room: size of the image.
        seen: the part of the scene that fills it; None: what the bodies cover.
    """
    theme = current_theme()
    boxes = []
    for place in places:
        record = store.get(place.subject)
        if isinstance(record, Element) and place.hangs_on is None:
            wide, high = place.w or _BODY[0], place.h or _BODY[1]
            boxes.append((record_type(record), QRectF(place.x - wide / 2, place.y - high / 2, wide, high)))
    bounds = QRectF()
    for _, box in boxes:
        bounds = bounds.united(box)
    if seen is not None:
        bounds = QRectF(seen[0], seen[1], seen[2] - seen[0], seen[3] - seen[1])
    image = QImage(room, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.surface.canvas))
    if bounds.isEmpty():
        return image
    scale = min(room.width() / bounds.width(), room.height() / bounds.height())
    painter = QPainter(image)
    painter.translate(room.width() / 2, room.height() / 2)
    painter.scale(scale, scale)
    painter.translate(-bounds.center())
    least = 1.5 / scale
    colours = {kind: QColor(_colour(kind)) for kind in {kind for kind, _ in boxes}}
    for kind, box in boxes:
        wide, high = max(box.width(), least), max(box.height(), least)
        painter.fillRect(QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high), colours[kind])
    painter.end()
    return image


def _colour(kind: str) -> str:
    theme = current_theme()
    try:
        return theme.kind[kind].border
    except KeyError:
        return theme.kind.preventive_control.border
