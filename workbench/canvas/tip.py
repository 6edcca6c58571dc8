"""A sentence beside the pointer. Always plain text: it shows what users typed."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from workbench.render.theme import Theme

_LONGEST = 400


class Tip(QLabel):
    """A small label over the canvas that takes no events."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._view = parent
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setMargin(6)
        self.setFrameShape(QLabel.Shape.Box)
        self.hide()

    def dress(self, theme: Theme, *, refusal: bool) -> None:
        """Take the theme's colours; a refusal has the colour of what is not legal."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.surface.overlay)
        palette.setColor(QPalette.ColorRole.Mid, theme.border.base)
        colour = theme.canvas.illegal if refusal else theme.text.primary
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)

    def say(self, text: str, at: QPoint) -> None:
        """Show a sentence below and right of a point of the parent, kept inside it; an empty one hides."""
        if not text:
            self.hide()
            return
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        if self.text() != shown or not self.isVisible():
            self.setText(shown)
            wide = min(300, self.fontMetrics().horizontalAdvance(shown) + 26)
            area = self.fontMetrics().boundingRect(QRect(0, 0, wide - 16, 2_000), int(Qt.TextFlag.TextWordWrap), shown)
            self.resize(wide, area.height() + 16)
        parent = self._view.rect()
        x = min(at.x() + 16, parent.width() - self.width() - 4)
        y = at.y() + 20 if at.y() + 20 + self.height() < parent.height() else at.y() - self.height() - 8
        self.move(max(4, x), max(4, y))
        self.show()
        self.raise_()
