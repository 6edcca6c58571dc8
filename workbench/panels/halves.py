"""A column of fields in which two short ones share a row: one whose value would be cut takes the whole width."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class Halves(QLayout):
    """Widgets below each other; those added as halves stand side by side while both fit."""

    def __init__(self, parent: QWidget | None = None, *, across: int = 8, down: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._fits: dict[int, Callable[[int], bool]] = {}
        self._across, self._down = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, *, half: Callable[[int], bool] | None = None) -> None:
        """Add a widget below, or beside the half one before it.

        Args:
            widget: what stands there.
            half: for one that may share its row, whether it can be read whole at a width in logical pixels.
        """
        if half is not None:
            self._fits[len(self._items)] = half
        self.addWidget(widget)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    @override
    def sizeHint(self) -> QSize:
        width = max((item.sizeHint().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSize(self) -> QSize:
        return QSize(max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0), 0)

    def _rows(self, width: int) -> Iterator[tuple[bool, list[QLayoutItem]]]:
        """The widgets of each row at a width, and whether they take half of it each."""
        first: QLayoutItem | None = None
        for place, item in enumerate(self._items):
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

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        y = rect.y()
        for shared, row in self._rows(rect.width()):
            width = self._half(rect.width()) if shared else rect.width()
            heights = [
                item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height() for item in row
            ]
            if place:
                for column, (item, height) in enumerate(zip(row, heights, strict=True)):
                    item.setGeometry(QRect(rect.x() + column * (width + self._across), y, width, height))
            y += max(heights) + self._down
        return max(0, y - self._down - rect.y())
