"""The docks around the canvas: palette over outline at the left, inspector right, evidence and history below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from workbench.panels.dock_title import DockTitle
from workbench.panels.evidence_panel import EvidencePanel
from workbench.panels.history_panel import HistoryPanel
from workbench.panels.inspector import Inspector
from workbench.panels.outline import Outline
from workbench.panels.palette_panel import PalettePanel
from workbench.session.session import Session

_LEFT_WIDTH, _RIGHT_WIDTH, _BOTTOM_HEIGHT, _LOW_HEIGHT = 236, 264, 232, 84


class Docks:
    """Makes the docks of one window and shows or hides them by name."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        """Build every dock and put it in its place."""
        self._titles: dict[str, DockTitle] = {}
        self.palette = PalettePanel(session)
        self.outline = Outline(session)
        self.inspector = Inspector(session)
        self.evidence = EvidencePanel(session)
        self.history = HistoryPanel(session)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._docks = {
            "palette": self._add(window, "palette", "Palette", self.palette, left),
            "outline": self._add(window, "outline", "Outline", self.outline, left),
            "inspector": self._add(window, "inspector", "Inspector", self.inspector, right),
            "evidence": self._add(window, "evidence", "Evidence", self.evidence, bottom),
            "history": self._add(window, "history", "History", self.history, bottom),
        }
        window.tabifyDockWidget(self._docks["evidence"], self._docks["history"])
        self._docks["evidence"].raise_()
        window.resizeDocks([self._docks["palette"]], [_LEFT_WIDTH], Qt.Orientation.Horizontal)
        window.resizeDocks([self._docks["inspector"]], [_RIGHT_WIDTH], Qt.Orientation.Horizontal)
        self._window = window
        self._low = not session.store.count("evidence")
        self._set_bottom(_LOW_HEIGHT if self._low else _BOTTOM_HEIGHT)
        self.evidence.count_changed.connect(self._show_claims)
        self.outline.counts_changed.connect(self._titles["outline"].set_note)

    def _add(
        self, window: QMainWindow, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea
    ) -> QDockWidget:
        dock = QDockWidget(title, window)
        dock.setObjectName(name)
        dock.setWidget(content)
        if area == Qt.DockWidgetArea.BottomDockWidgetArea:
            dock.setTitleBarWidget(QWidget(dock))  # the tab says the title already
        else:
            self._titles[name] = DockTitle(dock)
        window.addDockWidget(area, dock)
        return dock

    def _set_bottom(self, height: int) -> None:
        self._window.resizeDocks([self._docks["evidence"]], [height], Qt.Orientation.Vertical)

    def _show_claims(self, count: int) -> None:
        if count and self._low:  # without claims there was nothing to see; now there is
            self._low = False
            if self.evidence.height() < _BOTTOM_HEIGHT // 2:
                self._set_bottom(_BOTTOM_HEIGHT)
        self._docks["evidence"].setWindowTitle(f"Evidence {count}" if count else "Evidence")

    def toggle(self, name: str) -> None:
        """Show a dock and give it the focus, or hide it."""
        dock = self._docks[name]
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            dock.hide()
        else:
            self.show(name)

    def show(self, name: str) -> None:
        """Show a dock and bring it to the front."""
        dock = self._docks[name]
        dock.show()
        dock.raise_()
        content = dock.widget()
        content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_shown(self, name: str) -> bool:
        """Whether a dock is open (it may lie behind another tab)."""
        return not self._docks[name].isHidden()

    def regions(self) -> list[QWidget]:
        """Contents of the docks that can be seen, in order around the window."""
        return [dock.widget() for dock in self._docks.values() if not dock.visibleRegion().isEmpty()]
