"""The command palette: every action and every element by a few letters of its name."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.analysis.fuzzy import fold, score
from workbench.panels.common import Label, column
from workbench.panels.icons import icon
from workbench.panels.outline_model import Index
from workbench.panels.style import SMALL_PX, current_theme, ui_font
from workbench.render.characters import brief, single_line
from workbench.values import value_type

_MOST: Final = 60
_ROW: Final = 28
_WIDTH: Final = 560


@value_type(frozen=True, slots=True)
class CommandRow:
    """One thing the palette offers.

    Attributes:
        where: menu path, such as "Edit › Align", or the kind of an element.
        run: what it does; called after the palette has closed.
        code: matched before the title and shown in front of it.
        also: other words it is found by.
        why_off: gives, while it is off, why, in a sentence.
    """

    title: str
    run: Callable[[], None]
    shortcut: str = ""
    where: str = ""
    enabled: bool = True
    code: str = ""
    picture: QIcon | None = None
    also: str = ""
    why_off: Callable[[], str] | None = None


class CommandPalette(QWidget):
    """A popup over the middle of the window's upper part.

    Rows are asked for each time it opens, elements only once two letters have been typed.
    """

    def __init__(
        self,
        commands: Callable[[], Iterable[CommandRow]],
        elements: Callable[[str], Iterable[CommandRow]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Command palette")
        self._commands = commands
        self._elements = elements
        self._rows: list[tuple[str, CommandRow]] = []
        layout = column(self, 8, 6)
        self.text = QLineEdit()
        self.text.setPlaceholderText("Search or run an action")
        self.text.setAccessibleName("Search or run an action")
        self.text.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.textChanged.connect(self._match)
        self.text.installEventFilter(self)
        layout.addWidget(self.text)
        self.model = _Rows(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_RowDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Matches")
        self.list.clicked.connect(lambda index: self._run(index.row()))
        layout.addWidget(self.list)
        self._said = Label(dim=True, wrap=True)
        layout.addWidget(self._said)

    def open(self, text: str = "") -> None:
        """Show the palette with everything there is, or what matches ``text``."""
        self._rows = [(fold(f"{row.title} {row.where} {row.also}"), row) for row in self._commands()]
        above = self.parentWidget()
        assert above is not None
        width = min(_WIDTH, above.width() - 40)
        self.setFixedWidth(width)
        self.text.setText(text)
        self._match(text)
        self.move(above.mapToGlobal(QPoint((above.width() - width) // 2, 64)))
        self.show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def _match(self, text: str) -> None:
        query = fold(text.strip())
        found = [(score(query, key), index, row) for index, (key, row) in enumerate(self._rows)]
        ranked = sorted((entry for entry in found if entry[0]), key=lambda entry: (-entry[0], entry[1]))
        rows = [row for _, _, row in ranked]
        if len(query) > 1:
            hits = list(self._elements(text.strip()))[:_MOST]
            exact = [row for row in hits if fold(row.code) == query]
            rows = [*exact, *rows, *(row for row in hits if row not in exact)]
        self.model.show_rows(rows[:_MOST])
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(min(12, max(1, len(rows))) * _ROW + 4)
        self._select(next((at for at, row in enumerate(self.model.rows) if row.enabled), 0))

    def _select(self, row: int) -> None:
        """Put the cursor on a row, around the ends, and say of one that cannot be run why."""
        count = self.model.rowCount()
        at = row % count if count else -1
        self.list.setCurrentIndex(self.model.index(at) if count else QModelIndex())
        chosen = self.model.rows[at] if count else None
        if chosen is None:
            self._say("Nothing matches")
        elif chosen.enabled:
            self._say("")
        else:
            why = chosen.why_off() if chosen.why_off is not None else ""
            self._say(f"{single_line(chosen.title)} cannot be done now. {why}".strip())

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._said.setVisible(bool(text))
        self.adjustSize()

    def said(self) -> str:
        """What the line under the rows says."""
        return self._said.text()

    def _run(self, at: int) -> None:
        if not 0 <= at < len(self.model.rows):
            return
        row = self.model.rows[at]
        if not row.enabled:
            self._select(at)
            return
        self.close()
        row.run()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        current = self.list.currentIndex().row()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            far = abs(step) > 1
            self._select(max(0, min(self.model.rowCount() - 1, current + step)) if far else current + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(current)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            return super().eventFilter(watched, event)
        return True


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[CommandRow] = []

    def show_rows(self, rows: list[CommandRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return single_line(f"{row.code}  {row.title}" if row.code else row.title)
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            off = "" if row.enabled else "not now"
            return brief(", ".join(part for part in (row.code, row.title, off, row.where, row.shortcut) if part))
        return None


class _RowDelegate(QStyledItemDelegate):
    """Picture, title, where it stands (dim), shortcut at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CommandRow = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        rect = QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection.row))
        if row.picture is not None:
            row.picture.paint(painter, QRect(rect.left() + 6, rect.top() + 6, 16, 16))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(ui_font(SMALL_PX))
        painter.setPen(QColor(theme.text.secondary if row.enabled else theme.text.disabled))
        right = rect.adjusted(0, 0, -10, 0)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, row.shortcut)
        keys = painter.fontMetrics().horizontalAdvance(row.shortcut) + 20 if row.shortcut else 10
        painter.setFont(ui_font())
        metrics = painter.fontMetrics()
        text = f"{row.code}  {row.title}" if row.code else row.title
        room = rect.adjusted(30, 0, -keys - 10, 0)
        shown = metrics.elidedText(single_line(text), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(theme.text.primary if row.enabled else theme.text.disabled))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
        left = room.left() + metrics.horizontalAdvance(shown) + 12
        if row.where and left < room.right() - 30:
            painter.setPen(QColor(theme.text.secondary if row.enabled else theme.text.disabled))
            rest = QRect(left, rect.top(), room.right() - left, rect.height())
            where = metrics.elidedText(single_line(row.where), Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle | Qt.AlignmentFlag.AlignLeft, where)
        painter.restore()
