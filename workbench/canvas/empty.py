"""What an empty diagram says: one sentence and one button."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.render.theme import Theme


class EmptyHint(QWidget):
    """Stands in the middle of the view while the diagram has no element."""

    def __init__(self, parent: QWidget, start: Callable[[], object]) -> None:
        """``start`` is called when the button is pressed."""
        super().__init__(parent)
        self.words = QLabel("Start with the hazard, or press H", self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setForegroundRole(QPalette.ColorRole.WindowText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton("Add hazard", self)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(start)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.words)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        parent.installEventFilter(self)
        self.hide()

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        palette = self.words.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.text.secondary)
        self.words.setPalette(palette)
        font = self.words.font()
        font.setPixelSize(15)
        self.words.setFont(font)

    def place(self) -> None:
        """Stand in the middle of the parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.adjustSize()
            self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the view."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def showEvent(self, _event: QEvent) -> None:
        """Stand in the middle when shown."""
        self.place()
