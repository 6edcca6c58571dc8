"""One tab per diagram."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from workbench.commands.create import move_diagram
from workbench.commands.edit import rename
from workbench.model.drawing import Diagram
from workbench.panels.common import plain_tip
from workbench.panels.folding_bar import FoldingBar
from workbench.panels.icons import icon
from workbench.render.characters import single_line
from workbench.session.session import Session, diagrams
from workbench.store.diff import Change

_LONGEST = 32
"""Letters of a title that a tab shows; the rest is in its tooltip."""
_LONGEST_TIP = 500
_LEAST = 110
"""Width in which a tab and the buttons for the others can be seen, logical pixels."""


def _shown(title: str) -> str:
    words = " ".join(title.split()) or "Untitled"
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


class DiagramTabs(FoldingBar):
    """The diagrams of the document in order; dragging a tab changes the order, a double click its title.

    Attributes:
        new_requested: the button at the end was pressed.
        rename_requested: a tab was double-clicked.
        menu_requested: a tab was right-clicked, at a point on the screen.
    """

    new_requested = Signal()
    rename_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Follow the document's diagrams."""
        super().__init__(parent)
        self._session = session
        self._filling = False
        self.bar = _Bar(self)
        self.bar.setAccessibleName("Diagrams")
        self.bar.setExpanding(False)
        self.bar.setMovable(True)
        self.bar.setDrawBase(False)
        self.bar.setDocumentMode(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)  # else many tabs shrink to two letters each
        self.bar.setUsesScrollButtons(True)
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        add = QToolButton(self)
        add.setIcon(icon("plus"))
        add.setAutoRaise(True)
        add.setToolTip("New diagram (Ctrl+T)")
        add.setAccessibleName("New diagram")
        add.clicked.connect(self.new_requested)
        self.row.setContentsMargins(0, 0, 8, 0)
        self.row.setSpacing(4)
        self.row.addWidget(self.bar)
        self.row.addWidget(add)
        self.row.addStretch(1)
        self.setProperty("tabs", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar.currentChanged.connect(self._chosen)
        self.bar.tabMoved.connect(self._moved)
        self.bar.tabBarDoubleClicked.connect(lambda _: self.rename_requested.emit())
        self.bar.customContextMenuRequested.connect(self._menu)
        session.store.changed.connect(self._on_change)
        session.diagram_changed.connect(self._on_diagram)
        self.fill()

    def add_view(self, tab: QToolButton, words: str) -> None:
        """Put the tab of a view behind those of the diagrams; its icon stands alone where there is little room."""
        tab.setParent(self)
        tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.row.addWidget(tab)
        self.set_words(tab, words)

    def fill(self) -> None:
        """Show the diagrams as they are now."""
        self._filling = True
        wanted = diagrams(self._session.store)
        while self.bar.count() > len(wanted):
            self.bar.removeTab(self.bar.count() - 1)
        for index, sheet in enumerate(wanted):
            if index >= self.bar.count():
                self.bar.addTab("")
            title = single_line(_shown(sheet.title)).replace("&", "&&")
            if self.bar.tabText(index) != title:
                self.bar.setTabText(index, title)
            self.bar.setTabToolTip(
                index, plain_tip(sheet.title[:_LONGEST_TIP]) if _shown(sheet.title) != sheet.title else ""
            )
            self.bar.setTabData(index, sheet.id)
            if sheet.id == self._session.diagram:
                self.bar.setCurrentIndex(index)
        self._filling = False

    def _on_change(self, change: Change) -> None:
        if any(isinstance(after or before, Diagram) for _, before, after in change.diff.before_and_after()):
            self.fill()

    def _on_diagram(self, _: object) -> None:
        self.fill()

    def _chosen(self, index: int) -> None:
        if not self._filling and index >= 0:
            self._session.set_diagram(self.bar.tabData(index))

    def _moved(self, _: int, to: int) -> None:
        if self._filling or self._session.store.read_only:
            self.fill()
            return
        diagram = self.bar.tabData(to)
        with self._session.store.transaction("Move diagram", merge_key=f"move {diagram}") as tx:
            move_diagram(tx, diagram, to)

    def _menu(self, at: QPoint) -> None:
        index = self.bar.tabAt(at)
        if index >= 0:
            self.bar.setCurrentIndex(index)
            self.menu_requested.emit(self.bar.mapToGlobal(at))

    def rename_current(self, title: str) -> None:
        """Give the current diagram another title."""
        if self._session.diagram is not None and title.strip():
            with self._session.store.transaction("Rename diagram") as tx:
                rename(tx, self._session.diagram, title)

    def close_down(self) -> None:
        """Stop following the document."""
        self._session.store.changed.disconnect(self._on_change, missing_ok=True)
        self._session.diagram_changed.disconnect(self._on_diagram, missing_ok=True)


class _Bar(QTabBar):
    """A tab bar that is never wider than its tabs, and leaves room for one of them."""

    def minimumSizeHint(self) -> QSize:
        """Little: Qt's own keeps room for scroll buttons also where all tabs can be seen."""
        return QSize(min(_LEAST, self.sizeHint().width()), super().minimumSizeHint().height())
