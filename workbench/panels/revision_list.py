"""The list of revisions: a picture of each, what it is called, why it was kept, by whom and when."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from workbench.panels.picture_list import PictureList, PicturePainter
from workbench.panels.revision_rows import RevisionRow
from workbench.panels.row_model import RowModel
from workbench.panels.style import current_theme
from workbench.render.characters import single_line

PICTURE: Final = QSize(120, 74)
"""Room for the picture of a revision, logical pixels."""


class RevisionModel(RowModel[RevisionRow]):
    """Revisions for Qt."""

    @override
    def tip(self, row: RevisionRow) -> tuple[str, ...]:
        return row.title, row.message, row.by


class RevisionList(PictureList[RevisionRow]):
    """The list; one revision may be chosen, or two to compare. A row's key is the name of its revision.

    Signals:
        compare_asked: Enter, or a double click.
    """

    least = 320

    compare_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(RevisionModel(), lambda row: row.name, parent)
        self.setAccessibleName("Revisions")
        self.setItemDelegate(_Painter(self))
        self.setMovement(QListView.Movement.Static)
        self.doubleClicked.connect(lambda _index: self.compare_asked.emit())

    def show_rows(self, rows: list[RevisionRow]) -> None:
        """Show other rows; who was chosen stays chosen, else the newest is."""
        chosen = set(self.chosen())
        self.rows_model.show(rows)
        wanted = [number for number, row in enumerate(rows) if row.name in chosen] or ([0] if rows else [])
        self.choose_places(wanted, wanted[0] if wanted else -1)
        self.chosen_changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.compare_asked.emit()
        else:
            super().keyPressEvent(event)


class _Painter(PicturePainter[RevisionRow]):
    """Title with the names of its baselines, the message, who kept it and when."""

    size, left, pad = PICTURE, 8, 6

    @override
    def paint_words(self, painter: QPainter, row: RevisionRow, room: QRect, ink: QColor, faint: QColor) -> None:
        right, y = self.paint_title(painter, row, room, ink)
        self._baselines(painter, row, room, right + 10, y)
        painter.setFont(self.small)
        small = QFontMetrics(self.small)
        painter.setPen(ink)
        lines = QRect(room.left(), y + 6, room.width(), 2 * small.lineSpacing())
        painter.drawText(lines, Qt.TextFlag.TextWordWrap, _two_lines(row.message or "No message", small, room.width()))
        painter.setPen(faint)
        by = small.elidedText(single_line(row.by), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), room.bottom() - small.descent(), by)

    def _baselines(self, painter: QPainter, row: RevisionRow, room: QRect, x: int, y: int) -> None:
        theme = current_theme()
        painter.setFont(self.small)
        small = QFontMetrics(self.small)
        for name in row.baselines:
            most = max(0, min(220, room.right() - x - 14))
            text = small.elidedText(single_line(name), Qt.TextElideMode.ElideRight, most)
            wide = small.horizontalAdvance(text) + 14
            if x + wide > room.right():
                return
            box = QRect(x, y - small.ascent() - 2, wide, small.height() + 4)
            painter.setPen(QColor(theme.accent.base))
            painter.setBrush(QColor(theme.accent.tint))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(theme.text.primary))
            painter.drawText(x + 7, y, text)
            x += wide + 6


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """As much of a text as two lines hold."""
    return metrics.elidedText(single_line(text), Qt.TextElideMode.ElideRight, max(40, 2 * width - 60))
