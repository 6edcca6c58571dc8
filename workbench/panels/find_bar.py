"""Find over all text, with the hits shown one after the other on the canvas."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from workbench.analysis.words import word
from workbench.commands.find import Hit, search
from workbench.model.drawing import Placement
from workbench.model.elements import Control, Guard, Link
from workbench.panels.common import ElidedLabel, Label, Panel
from workbench.panels.icons import icon
from workbench.panels.style import SMALL_PX, figure_font, ui_font
from workbench.session.session import Session, diagrams
from workbench.store.diff import Change

_PAUSE_MS = 120


class FindBar(Panel):
    """A bar over the canvas; hidden until ``open`` is called.

    Attributes:
        closed: the user pressed Esc or the cross; the canvas should take the keyboard back.
    """

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Find")
        self.setProperty("panelTitle", True)
        self._hits: list[Hit] = []
        self._at = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search_and_go)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(4)
        self.text = QLineEdit()
        self.text.setPlaceholderText("Find in all text")
        self.text.setAccessibleName("Find in all text")
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(260)
        self.text.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.textChanged.connect(lambda _text: self._pause.start())
        self.text.installEventFilter(self)
        row.addWidget(self.text)
        self._count = Label("", dim=True)
        self._count.setFont(figure_font())
        self._count.setMinimumWidth(70)
        row.addWidget(self._count)
        for sign, tip, slot in (
            ("chevron-up", "Previous hit (Shift+Enter)", lambda: self.step(-1)),
            ("chevron-down", "Next hit (Enter)", lambda: self.step(1)),
        ):
            row.addWidget(_tool(sign, tip, slot))
        self._where = ElidedLabel(font=ui_font(SMALL_PX))
        row.addWidget(self._where, 1)
        row.addWidget(_tool("close", "Close (Esc)", self.close_bar))
        self.hide()

    def open(self) -> None:
        """Show the bar with its text selected."""
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def close_bar(self) -> None:
        """Hide the bar."""
        self.hide()
        self.closed.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    @override
    def on_change(self, change: Change) -> None:
        if self.text.text():
            self.later()

    @override
    def refresh(self) -> None:
        """Search again after a change and stay at the same hit where it is still one."""
        self._search()
        self._say()

    @property
    def hits(self) -> list[Hit]:
        """What was found, in order."""
        return self._hits

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1), round the ends."""
        if self._pause.isActive():
            self._pause.stop()
            self._search()
            self._at = -1 if by > 0 else 0
        if not self._hits:
            self._say()
            return
        self._at = (self._at + by) % len(self._hits)
        self._go()

    def _search(self) -> None:
        here = self._hits[self._at].id if 0 <= self._at < len(self._hits) else None
        self._hits = search(self.store, self.text.text())
        ids = [hit.id for hit in self._hits]
        self._at = ids.index(here) if here in ids else -1

    def _search_and_go(self) -> None:
        self._search()
        if self._hits:
            self._at = max(self._at, 0)
            self._go()
        else:
            self._say()

    def _say(self) -> None:
        if not self.text.text().strip():
            self._count.setText("")
            self._where.set_text("")
        elif not self._hits:
            self._count.setText("No hits")
            self._where.set_text("")
        else:
            self._count.setText(f"{self._at + 1:,} of {len(self._hits):,}")
            if self._at >= 0:
                hit = self._hits[self._at]
                self._where.set_text("" if hit.field == "title" else f"{word(hit.field)}: {hit.text[:300]}")

    def _go(self) -> None:
        self._say()
        id = self._hits[self._at].id
        if id not in self.store:
            return
        sheet, shown = self._place(id)
        if sheet is not None and sheet != self.session.diagram:
            self.session.set_diagram(sheet)
        self.session.select([shown])
        self.session.reveal.emit((shown,))

    def _place(self, id: str) -> tuple[str | None, str]:
        """The diagram to show (the current one where the hit stands there too) and what to select on it."""
        record = self.store.get(id)
        places: list[tuple[str, str]] = []
        if isinstance(record, Control):
            guards = self.store.referrers(id, Guard, "control")
            places = [(sheet, guard.id) for guard in guards for sheet in self._sheets_of_guard(guard)]
        elif isinstance(record, Guard):
            places = [(sheet, id) for sheet in self._sheets_of_guard(record)]
        places += [(placement.diagram, id) for placement in self.store.referrers(id, Placement, "subject")]
        here = next((place for place in places if place[0] == self.session.diagram), None)
        if here is not None:
            return here
        order = [sheet.id for sheet in diagrams(self.store)]
        places.sort(key=lambda place: order.index(place[0]))
        return places[0] if places else (None, id)

    def _sheets_of_guard(self, guard: Guard) -> list[str]:
        link = self.store.find(guard.subject, Link)
        ends = (link.source, link.target) if link is not None else (guard.subject,)
        sheets = [{p.diagram for p in self.store.referrers(end, Placement, "subject")} for end in ends]
        return sorted(set.intersection(*sheets))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
                self.step(-1 if back else 1)
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)


def _tool(sign: str, tip: str, slot: object) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(sign))
    made.setIconSize(QSize(16, 16))
    made.setToolTip(tip)
    made.setAccessibleName(tip.partition(" (")[0])
    made.clicked.connect(slot)
    return made
