"""A page that takes the place of the diagram: an empty state that teaches, or what the project holds."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from workbench.panels.common import EmptyState, Panel, column
from workbench.render.characters import brief
from workbench.session.session import Session

if TYPE_CHECKING:
    from workbench.canvas.camera_view import CameraView

_READABLE = 620


class PlacePage(Panel):
    """Fills the place of the diagram while it is shown.

    Attributes:
        closed: the user wants the diagram back.
        do: emits the id of an action that was asked for.
        reveal_asked: emits the id of an element to be shown on its diagram.
        picture_changed: another picture is seen here, at another zoom factor, or with something else ringed.
    """

    closed = Signal()
    do = Signal(str)
    reveal_asked = Signal(str)
    picture_changed = Signal()

    def __init__(self, session: Session, name: str, sentence: str, words: str, action: str) -> None:
        """Begin with the empty state.

        Args:
            session: what is followed.
            name: the page's name, for those who hear it.
            sentence: what belongs here and what it is good for, shown while there is nothing.
            words: on the button below it.
            action: id of the action that the button does.
        """
        super().__init__(session)
        self.setAccessibleName(brief(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack = QStackedWidget()
        column(self, 0, 0).addWidget(self._stack, 1)
        empty = EmptyState(sentence, words)
        empty.pressed.connect(lambda: self.do.emit(action))
        empty.setMaximumWidth(_READABLE)
        middle = QWidget()
        QHBoxLayout(middle).addWidget(empty)
        self._stack.addWidget(middle)

    def add_content(self, content: QWidget) -> None:
        """Take what is shown in place of the empty state; it scrolls where the window has too little room for it."""
        scrolling = QScrollArea()
        scrolling.setWidgetResizable(True)
        scrolling.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolling.setWidget(content)
        self._stack.addWidget(scrolling)

    def show_content(self, something: bool) -> None:
        """Show the content, or the empty state where there is nothing."""
        self._stack.setCurrentIndex(1 if something else 0)

    @property
    def picture(self) -> "CameraView | None":
        """The picture of a diagram that is seen here; None where none is."""
        return None

    def focus_content(self) -> None:
        """Let the keyboard work on the content."""
        raise NotImplementedError

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the content, or to the button of the empty state."""
        super().focusInEvent(event)
        if self._stack.currentIndex() == 1:
            self.focus_content()
        else:
            self.focusNextChild()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1200, 700)
