"""The docks around the canvas: palette over outline at the left, inspector right, evidence and history below.

A window shows its diagram first: the docks begin as empty frames of the right size and are filled after the first
picture, or at once where somebody asks for what stands in them.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget
from typing_extensions import override

from workbench.panels.dock_title import DockTitle
from workbench.session.session import Session

if TYPE_CHECKING:
    from workbench.app.dock_contents import DockContents
    from workbench.app.dock_sizes import DockSizes

_HINTS: Final = {
    "palette": (227, 136),
    "outline": (256, 233),
    "inspector": (264, 600),
    "evidence": (900, 242),
    "findings": (900, 242),
    "risk": (900, 242),
    "log": (900, 242),
    "history": (256, 192),
    "revisions": (900, 242),
    "review": (900, 242),
    "route": (900, 242),
}
"""Sizes that the panels will ask for, so that nothing moves when they come."""

_LEFT_WIDTH, _RIGHT_WIDTH, _BOTTOM_HEIGHT, _LOW_HEIGHT = 236, 264, 256, 84
_LEAST_HEIGHT = 64
_LOW_AND_FULL = 148
"""Height of docks below on a small screen that hold something: two rows and what stands over them."""
_BELOW: Final = ("evidence", "findings", "risk", "log", "history", "revisions", "review", "route")
_LATE: Final = ("log", "revisions", "review", "route")
"""Docks whose contents are made when they are first seen."""
_SMALL_SCREEN = 640
"""Height below which not all docks fit under each other: those at the left share a place, those below are low."""


class _Frame(QWidget):
    """An empty panel that takes the room of the one to come."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._hint = QSize(*_HINTS[name])
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(_LEAST_HEIGHT)

    @override
    def sizeHint(self) -> QSize:
        return self._hint


class Docks:
    """The docks of one window, shown or hidden by name."""

    def __init__(self, window: QMainWindow, session: Session, wire: Callable[["DockContents"], None]) -> None:
        """Put every dock in its place, empty.

        Args:
            window: gets the docks.
            session: what the panels will follow.
            wire: called with the contents when they have been made.
        """
        self._session = session
        self._wire = wire
        self._contents: DockContents | None = None
        self._titles: dict[str, DockTitle] = {}
        self._wanted: tuple[str, ...] = ()
        self._before: dict[str, tuple[QDockWidget, int, bool]] = {}
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._docks = {
            "palette": self._add(window, "palette", "Palette", left),
            "outline": self._add(window, "outline", "Outline", left),
            "inspector": self._add(window, "inspector", "Inspector", right),
            "evidence": self._add(window, "evidence", "Evidence", bottom),
            "findings": self._add(window, "findings", "Findings", bottom),
            "risk": self._add(window, "risk", "Risk matrix", bottom),
            "log": self._add(window, "log", "Hazard log", bottom),
            "history": self._add(window, "history", "History", bottom),
        }
        self._small = window.screen().availableGeometry().height() < _SMALL_SCREEN
        window.tabifyDockWidget(self._docks["evidence"], self._docks["findings"])
        window.tabifyDockWidget(self._docks["evidence"], self._docks["risk"])
        window.tabifyDockWidget(self._docks["evidence"], self._docks["log"])
        window.tabifyDockWidget(self._docks["evidence"], self._docks["history"])
        self._docks["evidence"].raise_()
        self._window = window
        self._share_left()
        self._low = not session.store.count("evidence")
        across = Qt.Orientation.Horizontal
        window.resizeDocks([self._docks["palette"]], [_LEFT_WIDTH], across)
        window.resizeDocks([self._docks["inspector"]], [_RIGHT_WIDTH], across)
        self._set_bottom(_LOW_HEIGHT if self._low else self._usual())

    @property
    def contents(self) -> "DockContents":
        """What stands in the docks; made now where it was not yet."""
        return self._contents or self.fill()

    @property
    def filled(self) -> bool:
        """Whether the contents have been made."""
        return self._contents is not None

    def fill(self) -> "DockContents":
        """Make what stands in the docks, unless that was done."""
        if self._contents is not None:
            return self._contents
        from workbench.app.dock_contents import DockContents  # noqa: PLC0415 - after the first picture, not before

        contents = self._contents = DockContents(self._session)
        for name, panel in contents.by_name().items():
            self._put(name, panel)
        self._add_late("revisions", "Revisions")
        self._add_late("review", "Actions and comments")
        self._add_late("route", "Route")
        contents.evidence.count_changed.connect(self._show_claims)
        contents.findings.count_changed.connect(self._show_findings)
        contents.outline.counts_changed.connect(self._titles["outline"].set_note)
        self._wire(contents)
        for name in _LATE:
            self._docks[name].visibilityChanged.connect(partial(self._on_seen, name))
            self._on_seen(name, self._is_seen(name))
        for name in _BELOW:
            if name != "evidence":
                self._docks[name].visibilityChanged.connect(partial(self._make_room, name))
                self._make_room(name)
        wanted = [side for side in self._wanted if side != "below" or not self._low]
        if wanted:
            self.sizes.enlarge(wanted)
        return contents

    def _add_late(self, name: str, title: str) -> None:
        """A dock that the first picture does not wait for; it stands where it stood the last time."""
        front = self._front() or self._docks["evidence"]
        dock = self._docks[name] = _bare(self._window, name, title)
        dock.setTitleBarWidget(QWidget(dock))
        restored = self._window.restoreDockWidget(dock)
        below = self._window.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea
        if not restored or (below and not self._window.tabifiedDockWidgets(dock)):  # Qt puts it beside its old tabs
            self._window.tabifyDockWidget(self._docks["history"], dock)
            dock.setVisible(not restored or dock.isVisible())
        front.raise_()

    def _front(self) -> QDockWidget | None:
        """The dock below that is seen."""
        return next((self._docks[name] for name in _BELOW if name in self._docks and self._is_seen(name)), None)

    def _make_room(self, name: str, _seen: bool = True) -> None:
        """A project without claims has a low dock of them; another that comes to the front has more to show."""
        if self._low and self._is_seen(name):
            self._low = False
            self._raise_to(self._usual())

    def _usual(self) -> int:
        return _LOW_AND_FULL if self._small else _BOTTOM_HEIGHT

    def _raise_to(self, height: int) -> None:
        front = self._front()
        if front is not None and front.height() < height:
            self._set_bottom(height)

    def _put(self, name: str, panel: QWidget) -> None:
        frame = self._docks[name].widget()
        if name in _BELOW:  # what comes into a panel later never raises the place of all of them
            panel.setMinimumHeight(_LOW_HEIGHT if self._small else _LEAST_HEIGHT)
        self._docks[name].setWidget(panel)
        frame.deleteLater()

    def _on_seen(self, name: str, seen: bool) -> None:
        if seen and isinstance(self._docks[name].widget(), _Frame):
            self._put(name, self.contents.late(name))

    def _is_seen(self, name: str) -> bool:
        return self._docks[name].isVisible() and not self._docks[name].visibleRegion().isEmpty()

    def _add(self, window: QMainWindow, name: str, title: str, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = _bare(window, name, title)
        if area == Qt.DockWidgetArea.BottomDockWidgetArea:
            dock.setTitleBarWidget(QWidget(dock))  # the tab says the title already
        else:
            self._titles[name] = DockTitle(dock)
        window.addDockWidget(area, dock)
        return dock

    def fit(self, enlarged: tuple[str, ...]) -> None:
        """The layout of another window was taken: fit it to this screen, and to a project without claims.

        Args:
            enlarged: the sides that were enlarged there; they are again once all docks are there.
        """
        self._wanted = enlarged
        self._share_left()
        if self._low or self._small:
            self._set_bottom(_LOW_HEIGHT if self._low else self._usual())

    def _share_left(self) -> None:
        palette, outline = self._docks["palette"], self._docks["outline"]
        if self._small and outline not in self._window.tabifiedDockWidgets(palette):
            self._window.tabifyDockWidget(palette, outline)
            for dock in (palette, outline):
                dock.setTitleBarWidget(QWidget(dock))  # their tabs say the titles already
            palette.raise_()

    def _set_bottom(self, height: int) -> None:
        self._window.resizeDocks([self._docks["evidence"]], [height], Qt.Orientation.Vertical)

    @cached_property
    def sizes(self) -> "DockSizes":
        """What enlarges docks."""
        from workbench.app.dock_sizes import DockSizes  # noqa: PLC0415 - after the first picture, not before

        usual = {"left": _LEFT_WIDTH, "right": _RIGHT_WIDTH, "below": self._usual()}
        return DockSizes(self._window, self._docks, self._front, usual)

    def _show_claims(self, count: int) -> None:
        if count and self._low:  # without claims there was nothing to see; now there is
            self._low = False
            self._raise_to(self._usual())
        self._docks["evidence"].setWindowTitle(f"Evidence {count:,}" if count else "Evidence")

    def _show_findings(self, count: int) -> None:
        self._docks["findings"].setWindowTitle(f"Findings {count:,}" if count else "Findings")

    def show_waiting(self, count: int) -> None:
        """Say on the tab of actions and comments how many of them wait."""
        self._docks["review"].setWindowTitle(f"Actions and comments {count:,}" if count else "Actions and comments")

    def toggle(self, name: str) -> None:
        """Hide a dock that is seen; show another and give it the keyboard."""
        self.fill()
        if self._is_seen(name):
            self._docks[name].hide()
            self._give_back(name)
        else:
            front = self._front() if name in _BELOW else None
            self._before.pop(name, None)
            if front is not None and self.sizes.side_of(front) == "below":
                self._before[name] = (front, self.sizes.size(front, "below"), self._low)
            self.show(name)

    def _give_back(self, name: str) -> None:
        """A dock below went: the one it came in front of is seen again, and as low, if room was made for the other."""
        front, height, low = self._before.pop(name, (None, 0, False))
        if front is None or front.isHidden() or front.isFloating():
            return
        front.raise_()
        if low and not self._low:
            self._set_bottom(height)
            self._low = True

    def go(self, name: str) -> None:
        """Give a dock the keyboard; hide one that has it."""
        focus = QApplication.focusWidget()
        self.fill()
        if self._is_seen(name) and not (focus is not None and self._docks[name].isAncestorOf(focus)):
            self.show(name)
        else:
            self.toggle(name)

    def show(self, name: str) -> None:
        """Show a dock and bring it to the front."""
        self.fill()
        dock = self._docks[name]
        dock.show()
        dock.raise_()
        if name in _LATE:
            self._on_seen(name, True)  # the signal of being seen may come later
        content = dock.widget()
        content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_shown(self, name: str) -> bool:
        """Whether a dock is open (it may lie behind another tab)."""
        return name in self._docks and not self._docks[name].isHidden()

    def regions(self) -> list[QWidget]:
        """Contents of the docks that can be seen, in order around the window."""
        self.fill()
        return [dock.widget() for name, dock in self._docks.items() if self._is_seen(name)]


def _bare(window: QMainWindow, name: str, title: str) -> QDockWidget:
    """A dock with an empty frame."""
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setWidget(_Frame(name))
    return dock
