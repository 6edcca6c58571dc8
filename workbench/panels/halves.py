"""A column of fields in which two short ones share a row: one whose value would be cut takes the whole width."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget
from typing_extensions import override

from workbench.panels.common import ItemsLayout

_Row = tuple[int, int, list[tuple[QLayoutItem, int]]]
"""Width of each of its widgets, height of the row, the widgets with their own heights."""


class Halves(ItemsLayout):
    """Widgets below each other; those added as halves stand side by side while both fit."""

    def __init__(self, parent: QWidget | None = None, *, across: int = 8, down: int = 8) -> None:
        super().__init__(parent)
        self._fits: dict[int, Callable[[int], bool]] = {}
        self._across, self._down = across, down
        self._known: dict[int, tuple[list[_Row], int]] = {}
        self._hints: tuple[QSize, QSize] | None = None
        self._placed: QRect | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, *, half: Callable[[int], bool] | None = None) -> None:
        """Add a widget below, or beside the half one before it.

        Args:
            widget: what stands there.
            half: for one that may share its row, whether it can be read whole at a width in logical pixels.
        """
        if half is not None:
            self._fits[len(self.items)] = half
        self.addWidget(widget)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def invalidate(self) -> None:
        """Something within has changed: nothing that was measured holds any more. Qt asks for it again very often."""
        super().invalidate()
        self._known.clear()
        self._hints = self._placed = None

    @override
    def heightForWidth(self, width: int) -> int:
        return self._measured(width)[1]

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        if rect == self._placed:
            return
        self._placed = QRect(rect)
        y = rect.y()
        for width, height, row in self._measured(rect.width())[0]:
            for place, (item, own) in enumerate(row):
                item.setGeometry(QRect(rect.x() + place * (width + self._across), y, width, own))
            y += height + self._down

    @override
    def sizeHint(self) -> QSize:
        return self._asked()[0]

    @override
    def minimumSize(self) -> QSize:
        return self._asked()[1]

    def _asked(self) -> tuple[QSize, QSize]:
        if self._hints is None:
            shown = [item for item in self.items if not item.isEmpty()]
            width = max((item.sizeHint().width() for item in shown), default=0)
            least = max((item.minimumSize().width() for item in shown), default=0)
            self._hints = QSize(width, self.heightForWidth(width)), QSize(least, 0)
        return self._hints

    def _measured(self, width: int) -> tuple[list[_Row], int]:
        """The rows at a width, and the height of all."""
        known = self._known.get(width)
        if known is None:
            rows = []
            for shared, items in self._rows(width):
                room = self._half(width) if shared else width
                row = [
                    (item, item.heightForWidth(room) if item.hasHeightForWidth() else item.sizeHint().height())
                    for item in items
                ]
                rows.append((room, max(height for _, height in row), row))
            height = sum(tall + self._down for _, tall, _ in rows) - self._down
            known = self._known[width] = rows, max(0, height)
        return known

    def _rows(self, width: int) -> Iterator[tuple[bool, list[QLayoutItem]]]:
        """The widgets of each row at a width, and whether they take half of it each."""
        first: QLayoutItem | None = None
        for place, item in enumerate(self.items):
            if item.isEmpty():
                continue
            fits = self._fits.get(place)
            half = fits is not None and fits(self._half(width))
            if half and first is None:
                first = item
            elif half and first is not None:
                yield True, [first, item]
                first = None
            else:
                if first is not None:
                    yield True, [first]
                    first = None
                yield False, [item]
        if first is not None:
            yield True, [first]

    def _half(self, width: int) -> int:
        return (width - self._across) // 2
