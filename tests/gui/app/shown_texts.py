"""Every text a program shows: of widgets, of models as their delegates show them, and what is painted by hand."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from unittest.mock import patch

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, Qt
from PySide6.QtGui import QAction, QPainter, QStaticText
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QStyledItemDelegate,
    QTabBar,
    QTextEdit,
    QWidget,
)

_ROLES = {
    Qt.ItemDataRole.ToolTipRole: "tooltip",
    Qt.ItemDataRole.AccessibleTextRole: "spoken text",
    Qt.ItemDataRole.AccessibleDescriptionRole: "spoken description",
}
_MOST_ROWS = 12
_MOST_CELLS = 200

Shown = tuple[str, str]
"""Where, and the text."""


def texts(top: QWidget) -> list[Shown]:
    """What a window says now, seen or not; what a person is typing is left out."""
    widgets = [top, *top.findChildren(QWidget)]
    return [*_texts_of_widgets(widgets), *_texts_of_views(widgets)]


def _texts_of_widgets(widgets: list[QWidget]) -> Iterator[Shown]:
    for widget in widgets:
        name = f"{type(widget).__module__}.{type(widget).__name__} {widget.objectName()}".strip()
        for what in ("toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "windowTitle"):
            yield f"{name} {what}", getattr(widget, what)()
        for text in _own(widget):
            yield name, text
        for action in widget.actions():
            yield f"{name} action", action.text()
            yield f"{name} action tooltip", action.toolTip()
            yield f"{name} action status", action.statusTip()


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield widget.tabText(index)
            yield widget.tabToolTip(index)
    elif isinstance(widget, QComboBox):
        yield widget.placeholderText()
        for index in range(widget.count()):
            yield widget.itemText(index)
            yield widget.itemData(index, Qt.ItemDataRole.ToolTipRole) or ""
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        if widget.isReadOnly():
            yield widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
        if widget.isReadOnly() and "_Texts" not in type(widget).__name__:
            yield widget.toPlainText()
    elif isinstance(widget, QMessageBox):
        yield widget.text()
        yield widget.informativeText()


def _texts_of_views(widgets: list[QWidget]) -> Iterator[Shown]:
    """What the tables, lists and trees say, as their delegates show it."""
    for view in widgets:
        if not isinstance(view, QAbstractItemView) or isinstance(view, QHeaderView) or view.model() is None:
            continue
        name = f"{type(view).__module__}.{type(view).__name__} {view.accessibleName()[:40]}"
        model = view.model()
        for orientation in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
            across = orientation is Qt.Orientation.Horizontal
            count = _columns(model, QModelIndex()) if across else model.rowCount(QModelIndex())
            for section in range(min(_MOST_ROWS, count)):
                yield f"{name} header", str(model.headerData(section, orientation) or "")
        for index in islice(_indexes(model, QModelIndex()), _MOST_CELLS):
            delegate = view.itemDelegateForIndex(index)
            value = index.data()
            if isinstance(value, str):
                if isinstance(delegate, QStyledItemDelegate):
                    value = delegate.displayText(value, QLocale())
                yield f"{name} column {index.column()}", value
            for role, what in _ROLES.items():
                value = index.data(role)
                if isinstance(value, str):
                    yield f"{name} column {index.column()} {what}", value


def _columns(model, parent: QModelIndex) -> int:
    """How many columns there are; a list has one, and says so to Qt only."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)


def _indexes(model, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(min(_MOST_ROWS, model.rowCount(parent))):
        for column in range(_columns(model, parent)):
            yield model.index(row, column, parent)
        yield from _indexes(model, model.index(row, 0, parent))


@contextmanager
def painted(found: list[Shown]) -> Iterator[None]:
    """Notes every text that code of the program paints."""
    import sys

    def place() -> str:
        frame = sys._getframe(2)
        return f"{frame.f_code.co_filename.rpartition('workbench/')[2]}:{frame.f_lineno}"

    draw, put, say = QPainter.drawText, QStaticText.setText, QAction.setText

    def draw_text(painter, *args):
        found.append((place(), next(part for part in args if isinstance(part, str))))
        return draw(painter, *args)

    def set_static(static, text):
        found.append((place(), text))
        return put(static, text)

    def set_action(action, text):
        found.append((place(), text))
        return say(action, text)

    with ExitStack() as patches:
        patches.enter_context(patch.object(QPainter, "drawText", draw_text))
        patches.enter_context(patch.object(QStaticText, "setText", set_static))
        patches.enter_context(patch.object(QAction, "setText", set_action))
        yield
