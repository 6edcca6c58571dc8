"""Where the menu of a row opens: under the pointer, or below the current row where the menu key asked for it."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView


def menu_spot(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint | None:
    """The place on the screen; None where there is no row."""
    by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
    index = view.currentIndex() if by_key else view.indexAt(view.viewport().mapFromGlobal(event.globalPos()))
    if not index.isValid():
        return None
    if by_key:
        view.scrollTo(index)
        return view.viewport().mapToGlobal(view.visualRect(index).bottomLeft())
    return event.globalPos()
