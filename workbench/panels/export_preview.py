"""The preview of a figure in a dialog."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.panels.style import current_theme


class Preview(QWidget):
    """The figure, scaled down to fit; squares behind it where it is transparent.

    Signals:
        resized: it may be drawn larger or smaller now.
    """

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._text = ""
        self._checker = False
        self.setMinimumSize(QSize(200, 160))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")

    def show_image(self, image: QImage, *, checker: bool) -> None:
        """Show a figure."""
        self._image, self._text, self._checker = image, "", checker
        self.update()

    def show_text(self, text: str) -> None:
        """Say why there is no figure."""
        self._image, self._text = QImage(), text
        self.update()

    @property
    def image(self) -> QImage:
        """The figure shown; a null image where there is none."""
        return self._image

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()
        super().resizeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.surface.header))
        if self._image.isNull():
            painter.setPen(QColor(theme.text.secondary))
            how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), how, self._text)
            return
        room = self.size() - QSize(24, 24)
        ratio = self.devicePixelRatio()
        natural = self._image.size() / ratio
        size = natural.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(natural)
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._checker:
            painter.fillRect(target, QColor("#FFFFFF"))
            painter.fillRect(target, Qt.BrushStyle.Dense6Pattern)
        painter.drawImage(target, self._image)
        painter.setPen(QColor(theme.border.base))
        painter.drawRect(target)
