"""How much room the docks at each side of a window take: their usual size, or most of the window."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabBar

Side = Literal["left", "right", "below"]

_AREAS: Final[dict[Qt.DockWidgetArea, Side]] = {
    Qt.DockWidgetArea.LeftDockWidgetArea: "left",
    Qt.DockWidgetArea.RightDockWidgetArea: "right",
    Qt.DockWidgetArea.BottomDockWidgetArea: "below",
}
_SHARE: Final[Mapping[Side, float]] = {"left": 0.36, "right": 0.36, "below": 0.62}
"""Part of the window that an enlarged side takes."""
_WIDEST: Final = 640


class DockSizes:
    """Enlarges the docks of one side and brings back the size they had."""

    def __init__(
        self,
        window: QMainWindow,
        docks: Mapping[str, QDockWidget],
        front: Callable[[], QDockWidget | None],
        usual: Mapping[str, int],
    ) -> None:
        """Speak for the docks of a window.

        Args:
            window: holds them.
            docks: by name; more may come.
            front: the dock below whose contents can be seen; None where none is.
            usual: by side, the width that it begins with, or the height of those below, in logical pixels.
        """
        self._window = window
        self._docks = docks
        self._front = front
        self._usual = usual
        self._before: dict[Side, int] = {}

    def in_use(self) -> QDockWidget | None:
        """The dock that has the keyboard, else the one that is seen below."""
        focus = QApplication.focusWidget()
        while focus is not None:
            if isinstance(focus, QDockWidget) and focus.parentWidget() is self._window:
                return focus
            focus = focus.parentWidget()
        return self._front()

    def side_of(self, dock: QDockWidget) -> Side | None:
        """Where a dock stands; None while it floats."""
        return None if dock.isFloating() else _AREAS.get(self._window.dockWidgetArea(dock))

    def is_large(self, side: Side) -> bool:
        """Whether the docks of a side take more than half of what enlarging would give them."""
        return any(
            self.size(dock, side) * 2 > self._usual[side] + self._large(side)
            for dock in self._docks.values()
            if dock.isVisible() and self.side_of(dock) == side
        )

    def toggle(self) -> None:
        """Give the side of the dock in use most of the window, or the size it had before."""
        dock = self.in_use()
        side = self.side_of(dock) if dock is not None else None
        if dock is None or side is None:
            return
        if self.is_large(side):
            self.set(side, self._before.get(side, self._usual[side]))
        else:
            self._before[side] = self.size(dock, side)
            self.set(side, self._large(side))

    def large(self) -> tuple[Side, ...]:
        """The sides that are enlarged."""
        return tuple(side for side in _SHARE if self.is_large(side))

    def enlarge(self, sides: Iterable[str]) -> None:
        """Enlarge sides, as they were left the last time."""
        for side in _SHARE:
            if side in sides and not self.is_large(side):
                self.set(side, self._large(side))

    def set(self, side: Side, size: int) -> None:
        """Give the docks of a side a width, or those below a height."""
        standing = [dock for dock in self._docks.values() if self.side_of(dock) == side and not dock.isHidden()]
        across = Qt.Orientation.Vertical if side == "below" else Qt.Orientation.Horizontal
        if standing:
            self._window.resizeDocks(standing[:1], [size], across)

    def size(self, dock: QDockWidget, side: Side) -> int:
        """Width of a dock, or the height of one below with its tabs, in logical pixels."""
        if side != "below":
            return dock.width()
        names = {dock.windowTitle(), *(other.windowTitle() for other in self._window.tabifiedDockWidgets(dock))}
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        tabs = (
            bar.height() for bar in bars if bar.isVisible() and {bar.tabText(i) for i in range(bar.count())} & names
        )
        return dock.height() + next(tabs, 0)

    def _large(self, side: Side) -> int:
        room = self._window.height() if side == "below" else self._window.width()
        share = round(room * _SHARE[side])
        return share if side == "below" else min(share, _WIDEST)
