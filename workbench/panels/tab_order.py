"""Tab goes through a form as it is read, also where rows come and go: Qt goes by when widgets were made."""

from itertools import groupby

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_ROW = 10
"""Widgets whose middles are no further apart stand in one row, logical pixels."""


def stops_of(body: QWidget) -> list[QWidget]:
    """What Tab stops at within a widget: row by row, and in each from left to right."""
    found = [made for made in body.findChildren(QWidget) if _stops(made)]
    places = {made: made.mapTo(body, QPoint(0, made.height() // 2)) for made in found}
    found.sort(key=lambda made: places[made].y())
    row, last = 0, None
    rows: dict[QWidget, int] = {}
    for made in found:
        middle = places[made].y()
        if last is not None and middle - last > _ROW:
            row += 1
        rows[made], last = row, middle
    return [
        made for _, among in groupby(found, rows.__getitem__) for made in sorted(among, key=lambda w: places[w].x())
    ]


def step(area: QScrollArea, *, forwards: bool) -> bool:
    """Give the keyboard to the stop after the one that has it, or before it; past the ends, to what is not in the form.

    False where the keyboard is nowhere in the form, or nothing else takes it.
    """
    at, body = QApplication.focusWidget(), area.widget()
    if at is None or body is None or not body.isAncestorOf(at):
        return False
    reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
    stops = stops_of(body)
    place = stops.index(at) + (1 if forwards else -1) if at in stops else -1
    if 0 <= place < len(stops):
        stops[place].setFocus(reason)
        area.ensureWidgetVisible(stops[place])
        return True
    other: QWidget | None = at
    while other is not None:
        other = other.nextInFocusChain() if forwards else other.previousInFocusChain()
        if other is at:
            break
        if other is not None and _stops(other) and not body.isAncestorOf(other):
            other.setFocus(reason)
            return True
    return False


def _stops(made: QWidget) -> bool:
    tab = made.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and made.isVisible() and made.isEnabled() and made.focusProxy() is None
