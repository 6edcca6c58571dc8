"""What the signs on the picture of two versions mean."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.analysis.change_rows import WORD
from workbench.analysis.changes_drawn import MARKS, Mark
from workbench.canvas.change_scenes import Side
from workbench.panels.style import SMALL_PX, current_theme, ui_font
from workbench.render.change_layer import tag_ops
from workbench.render.characters import brief
from workbench.render.paint import compile_ops, paint

_REST: Final[dict[Side, str]] = {
    "changes": "What carries no sign is the same in both.",
    "old": "Only the old version.",
    "new": "Only the new version.",
}


class ChangeLegend(QWidget):
    """The signs that are in use, and what is without one."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[Mark] = []
        self._rest = ""
        self.setFixedHeight(34)

    def show_marks(self, marks: set[Mark], side: Side) -> None:
        """Explain some signs; of one version alone there are none."""
        self._marks = [mark for mark in MARKS if mark in marks] if side == "changes" else []
        self._rest = _REST[side]
        words = " ".join((*(WORD[mark] for mark in self._marks), self._rest))
        self.setAccessibleName(brief(words))
        self.setToolTip(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 34)

    @override
    def paintEvent(self, _event: object) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), QColor(theme.surface.canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ui_font(SMALL_PX))
        x, middle = 20.0, self.height() / 2
        metrics = painter.fontMetrics()
        needed = x + sum(metrics.horizontalAdvance(WORD[mark]) + 40 for mark in self._marks)
        worded, rest = needed <= self.width(), needed + metrics.horizontalAdvance(self._rest) <= self.width()
        for mark in self._marks:
            paint(painter, compile_ops(tag_ops(mark, theme, 0.0, 0.0)), x, middle)
            if not worded:  # the tooltip has them
                x += 26
                continue
            painter.setPen(QColor(theme.text.primary))
            painter.drawText(int(x + 14), int(middle + metrics.ascent() / 2 - 1), WORD[mark])
            x += 14 + metrics.horizontalAdvance(WORD[mark]) + 26
        if rest or not self._marks:
            painter.setPen(QColor(theme.text.secondary))
            painter.drawText(int(x - 6), int(middle + metrics.ascent() / 2 - 1), self._rest)
        painter.end()
