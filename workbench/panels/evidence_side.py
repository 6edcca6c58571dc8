"""Beside the evidence tables: the claim, its run, or the history of its metric; one shown at a time."""

from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QStackedWidget, QToolButton, QWidget
from typing_extensions import override

from workbench.panels.common import column
from workbench.panels.evidence_card import EvidenceCard, paint_card
from workbench.panels.icons import icon
from workbench.panels.run_card import RunCard
from workbench.panels.run_history_view import HistoryView
from workbench.render.characters import brief
from workbench.store.store import Store

Page = Literal["claim", "run", "history"]
_ICONS: Final[dict[Page, str]] = {"claim": "evidence", "run": "file", "history": "history"}
_LOW: Final = 260
_WORDS: Final[dict[Page, str]] = {"claim": "Claim", "run": "Provenance", "history": "History"}


class _Carded(QWidget):
    """A page on the ground of a card."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        column(self, 0, 0).addWidget(content)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(self)


class Side(QWidget):
    """The three pages with the buttons that turn them.

    Attributes:
        turned: emits the page the user asked for.
        told: emits a sentence for the status bar.
        run_opened: emits the id of a run that was opened from the history.
    """

    turned = Signal(str)
    told = Signal(str)
    run_opened = Signal(str)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(8, 0, 0, 0)
        self._layout.setSpacing(6)
        self._strip = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._strip.setSpacing(4)
        self._low = False
        self._group = QButtonGroup(self)
        self.buttons: dict[Page, QToolButton] = {}
        for page, said in _WORDS.items():
            made = QToolButton()
            made.setText(said)
            made.setAccessibleName(brief(said))
            made.setToolTip(said)
            made.setIcon(icon(_ICONS[page]))
            made.setIconSize(QSize(16, 16))
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(partial(self._pressed, page))
            self._group.addButton(made)
            self.buttons[page] = made
            self._strip.addWidget(made)
        self._strip.addStretch(1)
        self._layout.addLayout(self._strip)
        self.stack = QStackedWidget()
        self.claim = EvidenceCard()
        self.run = RunCard(store)
        self.history = HistoryView(store)
        self._pages: dict[Page, QWidget] = {"claim": self.claim, "run": self.run, "history": _Carded(self.history)}
        for widget in self._pages.values():
            self.stack.addWidget(widget)
        self._layout.addWidget(self.stack, 1)
        for part in (self.claim, self.run, self.history):
            part.told.connect(self.told)
        self.history.opened.connect(self.run_opened)
        self._page: Page = "claim"
        self.turn("claim")
        self._arrange(low=False)

    def _arrange(self, *, low: bool) -> None:
        """In a low dock the buttons stand beside the page, by their icons; else above it, by their words."""
        self._low = low
        way = QBoxLayout.Direction
        self._layout.setDirection(way.LeftToRight if low else way.TopToBottom)
        self._strip.setDirection(way.TopToBottom if low else way.LeftToRight)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if low else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for made in self.buttons.values():
            made.setToolButtonStyle(style)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW
        if low != self._low:
            self._arrange(low=low)

    @property
    def page(self) -> Page:
        """The page shown."""
        return self._page

    def turn(self, page: Page) -> None:
        """Show a page."""
        self._page = page
        self.buttons[page].setChecked(True)
        self.stack.setCurrentWidget(self._pages[page])

    def _pressed(self, page: Page) -> None:
        self.turn(page)
        self.turned.emit(page)

    def offer(self, *, claims: bool) -> None:
        """Whether there is a page for a claim: there is none where runs are listed."""
        self.buttons["claim"].setVisible(claims)
        if not claims and self._page == "claim":
            self.turn("run")
