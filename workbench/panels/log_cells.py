"""How cells of the live hazard log are drawn and edited: lines for lists, choices for ratings."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.hazard_log import KIND_OF, LogRow
from workbench.files.log_text import COLUMNS, STATUS_WORD
from workbench.model.judgement import RiskScheme
from workbench.panels.log_lines import ENTER, LinesEditor, offer_in
from workbench.panels.log_model import COLUMN_IDS, GroupHead
from workbench.panels.outline_model import Index
from workbench.panels.signs import chip_width, draw_chip
from workbench.panels.style import CAPTION_PX, current_theme, ui_font

LINES: Final = (*KIND_OF, "description", "dimensions")
RATINGS: Final = ("hri", "hri_post")
OFFERED: Final = ("source", "owner")
"""Columns of one line in which words that other rows have are offered."""
_HIGH: Final = 112
_AROUND: Final = 24
"""Room that an editor of one line needs beside its text."""
_HINT: Final = "One entry a line; a code or title that exists is that element"
NOT_RATED: Final = "Not rated"
SEEN: Final = 3
"""Lines of a cell that are seen at once; the tooltip and the editor have all."""
_LONGEST_SEEN: Final = 400


class LogDelegate(QStyledItemDelegate):
    """Editors by column; in lists Enter begins a line, Ctrl+Enter or Tab keeps what was written, Esc does not."""

    def __init__(
        self, scheme: Callable[[], RiskScheme | None], offers: Callable[[str], list[str]], parent: QObject
    ) -> None:
        """Draw and edit with the scheme of the project, offering what a column may hold."""
        super().__init__(parent)
        self._scheme = scheme
        self._offers = offers

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        row = index.data(Qt.ItemDataRole.UserRole)
        column = COLUMN_IDS[index.column()]
        if column not in RATINGS or not isinstance(row, LogRow):
            return
        rating = row.hri if column == "hri" else row.hri_post
        if rating is None:
            return
        painter.save()
        font = ui_font(CAPTION_PX, strong=True)
        painter.setFont(font)
        text = f"{rating.index} {rating.level}"
        area = QRectF(option.rect)
        box = QRectF(area.left() + 4, area.top() + 4, min(chip_width(text, font), area.width() - 8), 18)
        draw_chip(painter, text, rating.steps, current_theme(), box, inherited=rating.inherited)
        painter.restore()

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if COLUMN_IDS[index.column()] in RATINGS and not isinstance(index.data(Qt.ItemDataRole.UserRole), GroupHead):
            option.text = ""
        else:
            option.text = _seen(option.text)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = COLUMN_IDS[index.column()]
        made: QWidget
        if column in LINES:
            made = LinesEditor(self._offers(column), parent)
            made.setPlaceholderText(_HINT if column in KIND_OF else "")
            made.finished.connect(self._finish)
        elif column in RATINGS or column == "status":
            made = QComboBox(parent)
            made.addItems(self._choices(column))
        else:
            made = QLineEdit(parent)
            if column in OFFERED:
                offer_in(made, self._offers(column))
        made.setAccessibleName(COLUMNS[column])
        return made

    def _choices(self, column: str) -> list[str]:
        if column == "status":
            return list(STATUS_WORD.values())
        scheme = self._scheme()
        if scheme is None:
            return [NOT_RATED]
        cells = [
            f"{severity.code}{frequency.code}  {severity.name}, {frequency.name}"
            for severity in scheme.severities
            for frequency in scheme.frequencies
            if f"{severity.code}{frequency.code}" in scheme.cells
        ]
        return [NOT_RATED, *cells]

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QComboBox):
            code = text.split(" ", maxsplit=1)[0]
            exact = editor.findText(text)
            found = exact if exact >= 0 else editor.findText(f"{code}  ", Qt.MatchFlag.MatchStartsWith)
            editor.setCurrentIndex(max(0, found))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText())
        elif isinstance(editor, QComboBox):
            shown = editor.currentText()
            before = str(index.data(Qt.ItemDataRole.EditRole) or "")
            code = "" if shown == NOT_RATED else shown.split("  ", maxsplit=1)[0]
            if code != before.split(" (", maxsplit=1)[0]:
                model.setData(index, code)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        area = option.rect
        if isinstance(editor, QPlainTextEdit):
            above = editor.parentWidget()
            room = above.rect() if above is not None else area
            area.setHeight(max(area.height(), _HIGH))
            area.setWidth(max(area.width(), 260))
            area.moveBottom(min(area.bottom(), max(area.height(), room.bottom())))
        elif isinstance(editor, QComboBox):
            area.setHeight(26)
        else:
            self._widen(editor, area, str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.setGeometry(area)

    def _widen(self, editor: QWidget, area: QRect, text: str) -> None:
        """Let an editor of one line show all of its text, as far as the table reaches."""
        above = editor.parentWidget()
        if isinstance(editor, QLineEdit) and above is not None:
            wanted = editor.fontMetrics().horizontalAdvance(text[:_LONGEST_SEEN]) + _AROUND
            area.setWidth(max(area.width(), min(wanted, above.width() - area.left())))

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter is the business of an editor of several lines; anywhere else it keeps what was written."""
        if isinstance(editor, LinesEditor) and isinstance(event, QKeyEvent) and event.key() in ENTER:
            return False
        return super().eventFilter(editor, event)

    def _finish(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _seen(text: str) -> str:
    """What may be seen of a text in a cell, and a line more for the dots: all of it would make scrolling slow."""
    lines = text.split("\n", SEEN + 1)[: SEEN + 1]
    return "\n".join(line[:_LONGEST_SEEN] for line in lines)
