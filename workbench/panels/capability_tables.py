"""The two tables of the dialog that fills a grid from a run."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from workbench.analysis.capability_mapping import Group
from workbench.analysis.capability_words import between_text, rate_text
from workbench.evidence.shown import interval_of
from workbench.panels.common import Label
from workbench.panels.style import ui_font
from workbench.render.characters import single_line


def plain_table(name: str, heads: Sequence[str]) -> QTableWidget:
    """A table to look at, called ``name``; the last of three columns takes the room there is, else the first."""
    table = QTableWidget(0, len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    stretched = 2 if len(heads) == 3 else 0
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return table


def plain_item(text: str) -> QTableWidgetItem:
    """A cell to look at."""
    made = QTableWidgetItem(single_line(text))
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    made.setToolTip("")
    return made


def titled(text: str, table: QTableWidget) -> QVBoxLayout:
    """A table under its title."""
    layout = QVBoxLayout()
    layout.setSpacing(4)
    head = Label(text)
    head.setFont(ui_font(strong=True))
    head.setBuddy(table)
    layout.addWidget(head)
    layout.addWidget(table, 1)
    return layout


def figures_of(group: Group) -> tuple[str, str]:
    """What would stand in a place and the n behind it, in words; why nothing would."""
    metric = group.metric
    if metric is None:
        return f"none: {group.problem}", ""
    n = f"{metric.n:,}" if metric.n is not None else "not known"
    if metric.value is None:
        return "nothing scored", n
    if not 0 <= metric.value <= 1:
        return "no rate", n
    interval = interval_of(metric)
    words = rate_text(metric.value)
    return (f"{words} ({between_text(interval.low, interval.high)})" if interval is not None else words), n
