"""What the panels share: following the document once per event-loop turn, and small plain-text widgets."""

import re
from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QFont, QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QLayoutItem, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.panels.style import TITLE_PX, ui_font
from workbench.render.characters import brief, clusters, single_line
from workbench.session.session import Session
from workbench.store.diff import Change

_WHEN: Final = "changesWhen"
_LONG_WORD: Final = 25
_LONG: Final = re.compile(rf"\S{{{_LONG_WORD},}}")
_PIECE: Final = re.compile(r"[^/\\_.:,;&?=-]+[/\\_.:,;&?=-]*|[/\\_.:,;&?=-]+")
_LINE_END: Final = "\u200b"
_LONGEST: Final = 4_000
LEAST: Final = 24
"""Least height of anything that is clicked, logical pixels."""


class Panel(QWidget):
    """A view of the document that refreshes at most once per event-loop turn, and not at all while hidden.

    Attributes:
        follows_hidden: refresh even while hidden, because something outside shows a figure of it.
    """

    follows_hidden: ClassVar[bool] = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.store = session.store
        self._waiting = False
        self._dirty = True
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        slots: list[tuple[object, Callable[..., None]]] = [
            (session.store.changed, self.on_change),
            (session.selection_changed, self.on_selection),
            (session.diagram_changed, self.on_diagram),
        ]
        for signal, slot in slots:
            signal.connect(slot)  # type: ignore[attr-defined]

        def stop() -> None:
            for signal, slot in slots:
                signal.disconnect(slot, missing_ok=True)  # type: ignore[attr-defined]

        self.destroyed.connect(stop)

    def on_change(self, change: Change) -> None:
        """The document changed."""
        if change.diff:
            self.later()

    def on_selection(self, ids: tuple[str, ...]) -> None:
        """The selection changed."""

    def on_diagram(self, diagram: str | None) -> None:
        """Another diagram is shown."""

    def later(self) -> None:
        """Refresh in the next event-loop turn, once, however often this is called."""
        self._dirty = True
        if not self._waiting and (self.follows_hidden or self.isVisible()):
            self._waiting = True
            QTimer.singleShot(0, self, self.take_turn)

    def take_turn(self) -> None:
        """Refresh in a turn of the event loop; a panel with much to do may take several."""
        self.flush()

    def flush(self) -> None:
        """Refresh now, if anything happened since the last time."""
        self._waiting = False
        if self._dirty:
            self._dirty = False
            self.refresh()

    def focus_search(self) -> bool:
        """Put the keyboard into the panel's own search; false where it has none."""
        return False

    def focus_target(self) -> QWidget | None:
        """What the keyboard works on when the panel is given it; None where the panel sees to that itself."""
        return None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        target = self.focus_target()
        if target is not None:
            target.setFocus(event.reason())

    def refresh(self) -> None:
        """Show the document as it is now."""
        raise NotImplementedError

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.take_turn()
        super().showEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.on_theme()
        super().changeEvent(event)

    def on_theme(self) -> None:
        """The colours changed."""
        self.later()


class Label(QLabel):
    """A label that shows what it is given as plain text, whatever it holds."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, dim: bool = False, wrap: bool = False) -> None:
        super().__init__(parent)
        self._said = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        if dim:
            self.setProperty("dim", True)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    @override
    def setText(self, text: str) -> None:
        """Show another text; marks that cannot be seen stand there by name, and what no label has room for is cut."""
        before, self._said = self._said, brief(text, _LONGEST)
        shown = breakable(self._said) if self.wordWrap() else self._said
        super().setText(shown)
        if shown != self._said or self.accessibleName() == before != "":
            self.setAccessibleName(self._said)  # without the marks that let a line end

    @override
    def text(self) -> str:
        """The text as it is read."""
        return self._said


def breakable(text: str) -> str:
    """The text with marks where a line may end within its long words: behind the signs of a path, else anywhere."""
    if len(text) < _LONG_WORD:
        return text
    return _LONG.sub(lambda word: _PIECE.sub(_with_ends, word[0]), text)


def _with_ends(piece: re.Match[str]) -> str:
    whole = piece[0]
    return (_LINE_END.join(clusters(whole)) if len(whole) >= _LONG_WORD else whole) + _LINE_END


class ElidedLabel(QWidget):
    """One line of plain text, cut with an ellipsis where there is no room; the tooltip has all of it."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, font: QFont | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFont(font or ui_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = single_line(text, 2_000)
        self.setAccessibleName(self._text)
        self.setToolTip(plain_tip(self._text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The whole text."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(400, metrics.horizontalAdvance(self._text) + 2), metrics.height() + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    @override
    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def plain_tip(text: str) -> str:
    """A tooltip text that Qt cannot take for rich text.

    Qt guesses by looking for a tag or an escaped one; an invisible word joiner makes sure that it finds none.
    """
    return brief(text).replace("<", "<\u2060").replace("&lt;", "&\u2060lt;")


def button(text: str, slot: Callable[[], object] | None = None, *, look: str = "", tip: str = "") -> QPushButton:
    """A push button; ``look`` is ``flat``, ``row``, ``pill`` or ``primary``. Ampersands are shown."""
    made = QPushButton(single_line(text).replace("&", "&&"))
    made.setAccessibleName(single_line(text))
    made.setAutoDefault(False)
    if look:
        made.setProperty(look, True)
    if tip:
        made.setToolTip(plain_tip(tip))
    if slot is not None:
        made.clicked.connect(lambda _checked=False: slot())
    return made


def allow_change(made: QWidget | QAction, read_only: str, *, when: bool = True) -> None:
    """Enable something that changes the document; in a read-only one it is off, and its tooltip says why.

    Args:
        made: a button or the like, or the entry of a menu that shows its tooltips.
        read_only: why the document cannot be changed; empty where it can.
        when: whether there is something to change.
    """
    own = made.property("ownTip")
    if own is None:
        own = made.toolTip()
        made.setProperty("ownTip", own)
    made.setProperty(_WHEN, when)
    made.setEnabled(when and not read_only)
    made.setToolTip(plain_tip(read_only) or own)


def become_editable(window: QWidget) -> None:
    """The document may be changed from now on: enable what ``allow_change`` had off, and show every panel anew."""
    for made in window.findChildren(QObject):
        if not isinstance(made, QWidget | QAction):
            continue
        when = made.property(_WHEN)
        if when is not None:
            allow_change(made, "", when=when)
        if isinstance(made, Panel):
            made.later()


def rule() -> QFrame:
    """A thin line between sections."""
    line = QFrame()
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line


def column(parent: QWidget, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """A vertical layout on ``parent``."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let Qt delete it when no event of it is under way."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


class EmptyState(QWidget):
    """One sentence and one button: what to do where there is nothing yet."""

    pressed = Signal()

    def __init__(self, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, 16, 6)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.addStretch(1)
        self._said = Label(sentence, dim=True)
        self._said.setFont(ui_font(TITLE_PX))
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setWordWrap(True)
        layout.addWidget(self._said)
        self._action = button(action, self.pressed.emit) if action else None
        if self._action is not None:
            layout.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def say(self, sentence: str) -> None:
        """Say something else."""
        self._said.setText(sentence)

    def allow(self, read_only: str) -> None:
        """Let the button be pressed, unless the document is read-only."""
        if self._action is not None:
            allow_change(self._action, read_only)


class ItemsLayout(QLayout):
    """A layout whose height follows from its width; it keeps its items in the order they were added.

    Attributes:
        items: as they were added.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[QLayoutItem] = []

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self.items.append(item)

    @override
    def count(self) -> int:
        return len(self.items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self.items[index] if 0 <= index < len(self.items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self.items.pop(index) if 0 <= index < len(self.items) else None

    @override
    def hasHeightForWidth(self) -> bool:
        return True


class FlowLayout(ItemsLayout):
    """Widgets in rows, as many a row as fit."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 4) -> None:
        super().__init__(parent)
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self.items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self.items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()
