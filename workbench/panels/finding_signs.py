"""The signs of findings: octagon, triangle, disc. Shape and glyph carry the severity; colour repeats it."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.analysis.findings import Severity
from workbench.panels.style import current_theme, ui_font
from workbench.render.theme import Theme

SEVERITY_WORD: Final[dict[Severity, str]] = {"error": "Error", "warning": "Warning", "note": "Note"}
_COLOURS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "info"}
_SIDE: Final = 16
_CUT: Final = 4.7


def draw_finding(painter: QPainter, severity: Severity, theme: Theme, at: QPointF, *, faint: bool = False) -> None:
    """Draw the sign of a severity, 16 by 16, from its upper left corner; ``faint`` for one that is suppressed."""
    colours = theme.finding[_COLOURS[severity]]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.setPen(QPen(QColor(colours.border), 1, Qt.PenStyle.DashLine if faint else Qt.PenStyle.SolidLine))
    painter.setBrush(Qt.BrushStyle.NoBrush if faint else QColor(colours.fill))
    if severity == "error":
        near, far = 1.0, 15.0
        corners = [(near, _CUT), (_CUT, near), (16 - _CUT, near), (far, _CUT), (far, 16 - _CUT), (16 - _CUT, far)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in (*corners, (_CUT, far), (near, 16 - _CUT))]))
    elif severity == "warning":
        painter.drawPolygon(QPolygonF([QPointF(8, 1), QPointF(15.4, 14.5), QPointF(0.6, 14.5)]))
    else:
        painter.drawEllipse(QRectF(1, 1, 14, 14))
    font = QFont(ui_font(11, strong=True))
    painter.setFont(font)
    painter.setPen(QColor(theme.text.primary if faint else colours.glyph))
    low = 1.6 if severity == "warning" else 0.0
    painter.drawText(QRectF(0, low, 16, 16), Qt.AlignmentFlag.AlignCenter, "i" if severity == "note" else "!")
    painter.restore()


@lru_cache(maxsize=32)
def finding_icon(severity: Severity, theme: Theme, *, faint: bool = False) -> QIcon:
    """The sign of a severity as an icon."""
    result = QIcon()
    for scale in (1.0, 2.0, 3.0):
        pixmap = QPixmap(QSize(_SIDE, _SIDE) * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw_finding(painter, severity, theme, QPointF(0, 0), faint=faint)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(pixmap, mode)
    return result


class SeveritySign(QWidget):
    """The sign of a severity by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._severity: Severity = "note"
        self._faint = False
        self.setFixedSize(_SIDE, _SIDE)

    def set_severity(self, severity: Severity, *, faint: bool) -> None:
        """Show another one."""
        self._severity, self._faint = severity, faint
        self.setAccessibleName(SEVERITY_WORD[severity])
        self.update()

    @override
    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        draw_finding(painter, self._severity, current_theme(), QPointF(0, 0), faint=self._faint)
        painter.end()
