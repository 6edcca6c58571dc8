"""Small dialogs of the capability view: rows and columns of a grid, a new grid, a new point of its sweep."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.capability_standard import about, standard
from workbench.commands.capability import MOST_BLOCKS, Axis, Point
from workbench.commands.errors import CommandError
from workbench.model.judgement import CapabilityGrid
from workbench.panels.attach_base import AskDialog, form_grid, labelled, parsed
from workbench.panels.common import button, plain_tip
from workbench.panels.plain_delegate import PlainDelegate

_WAS: Final = Qt.ItemDataRole.UserRole
_TITLES: Final[dict[Axis, str]] = {
    "attributes": "Attributes",
    "practices": "Coding practices",
    "levels": "Levels of abstraction",
}
Names = dict[Axis, list[tuple[str, str]]]
"""For each list the name before (empty for a new one) and the name now."""


class NewGridDialog(AskDialog):
    """Title, model, and whether to begin with the standard rows and columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("New capability grid", "Create", parent)
        self.setMinimumWidth(440)
        self.add_head("New capability grid", "What a model can do, by attribute of the specification and level")
        grid = form_grid(1)
        self.title = self.line("Title", "", standard().title, longest=2_000)
        self.model = self.line("Model", "The system under analysis", longest=400)
        self.frame = self.choice(
            "Rows and columns", [("Standard: the evaluation framework", "standard"), ("None yet", "empty")],
            chosen="standard",
        )  # fmt: skip
        labelled(grid, 0, 0, "Title", self.title)
        labelled(grid, 1, 0, "Model, where it is not the system under analysis", self.model)
        labelled(grid, 2, 0, "Rows and columns", self.frame)
        self.body.addLayout(grid)
        self.title.selectAll()
        self.refresh()

    @override
    def read(self) -> tuple[str, str, bool]:
        """Title, model, and whether the grid is empty."""
        if not self.title.text().strip():
            raise CommandError("Give the grid a title.")
        return self.title.text().strip(), self.model.text().strip(), self.frame.value() == "empty"


class PointDialog(AskDialog):
    """Where a new point of a sweep stands."""

    def __init__(self, taken: list[Point], parent: QWidget | None = None) -> None:
        super().__init__("Add point", "Add", parent)
        self._taken = set(taken)
        self.setMinimumWidth(380)
        self.add_head("Add a point to the sweep")
        grid = form_grid()
        following = max((blocks for blocks, series in taken if not series), default=0) + 1
        self.blocks = self.line("Number of blocks", "Such as 3", str(min(following, MOST_BLOCKS)))
        self.series = self.line("Series", "The model of the grid", longest=200)
        labelled(grid, 0, 0, "Number of chained blocks", self.blocks)
        labelled(grid, 0, 1, "Series, for another model", self.series)
        self.body.addLayout(grid)
        self.blocks.selectAll()
        self.refresh()

    @override
    def read(self) -> Point:
        """Number of blocks and series."""
        blocks = parsed(self.blocks, "whole")
        if blocks is None or not 1 <= blocks <= MOST_BLOCKS:
            raise CommandError(f"The number of blocks is a whole number from 1 to {MOST_BLOCKS:,}.")
        point = (int(blocks), self.series.text().strip())
        if point in self._taken:
            raise CommandError("This point is there already.")
        return point


class FrameDialog(AskDialog):
    """Title, model and sweep of a grid, and its rows and columns: added, renamed, moved, removed; one step in all."""

    def __init__(self, grid: CapabilityGrid, parent: QWidget | None = None) -> None:
        super().__init__("Rows and columns", "Change", parent)
        self.resize(560, 560)
        fields = form_grid()
        self.title = self.line("Title", "", grid.title, longest=2_000)
        self.model = self.line("Model", "The system under analysis", grid.model, longest=400)
        self.sweep = self.line("Steps of the sweep", standard().sweep_title, grid.sweep_title, longest=400)
        labelled(fields, 0, 0, "Title", self.title, 2)
        labelled(fields, 1, 0, "Model", self.model)
        labelled(fields, 1, 1, "Steps of the sweep", self.sweep)
        self.body.addLayout(fields)
        self.tabs = QTabWidget()
        self.lists = {axis: NameList(getattr(grid, axis), _TITLES[axis]) for axis in _TITLES}
        for axis, names in self.lists.items():
            names.list.itemChanged.connect(lambda _item: self.refresh())
            names.list.model().rowsInserted.connect(lambda *_: self.refresh())
            names.list.model().rowsRemoved.connect(lambda *_: self.refresh())
            self.tabs.addTab(names, _TITLES[axis])
        self.body.addWidget(self.tabs, 1)
        self.refresh()

    @override
    def read(self) -> tuple[dict[str, str], Names]:
        """Fields of the grid, and its lists."""
        names = {axis: listed.names() for axis, listed in self.lists.items()}
        for group in (("attributes", "practices"), ("levels",)):
            now = [new for axis in group for _, new in names[axis]]
            if not all(now):
                raise CommandError("A row or column has no name.")
            double = next((name for name in now if now.count(name) > 1), None)
            if double is not None:
                raise CommandError(f"“{double}” stands there twice; a name can stand once only.")
        if not self.title.text().strip():
            raise CommandError("Give the grid a title.")
        fields = {"title": self.title, "model": self.model, "sweep_title": self.sweep}
        return {name: line.text().strip() for name, line in fields.items()}, names


class NameList(QWidget):
    """Names in order; a double click or F2 renames, Delete removes, Alt with an arrow moves."""

    def __init__(self, names: tuple[str, ...], title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        self.list = _List(self)
        self.list.setAccessibleName(title)
        self.list.setItemDelegate(PlainDelegate(self.list))
        for name in names:
            self._add(name, name)
        self.list.setCurrentRow(0)
        row.addWidget(self.list, 1)
        side = QVBoxLayout()
        for text, slot in (
            ("Add", self.add),
            ("Rename", self.rename),
            ("Remove", self.remove),
            ("Move up", lambda: self.move_current(-1)),
            ("Move down", lambda: self.move_current(1)),
        ):
            side.addWidget(button(text, slot))
        side.addStretch(1)
        row.addLayout(side)

    def _add(self, name: str, was: str) -> QListWidgetItem:
        item = QListWidgetItem(name)
        item.setData(_WAS, was)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setToolTip(plain_tip(about(name)))
        self.list.addItem(item)
        return item

    def names(self) -> list[tuple[str, str]]:
        """Name before and name now, in order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [(str(item.data(_WAS)), item.text().strip()) for item in items]

    def add(self) -> None:
        """Add a name and let it be typed."""
        item = self._add("New", "")
        self.list.setCurrentItem(item)
        self.list.editItem(item)

    def rename(self) -> None:
        """Let the current name be typed anew."""
        if self.list.currentItem() is not None:
            self.list.editItem(self.list.currentItem())

    def remove(self) -> None:
        """Take the current name away."""
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())

    def move_current(self, step: int) -> None:
        """Move the current name up or down."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)


class _List(QListWidget):
    """Keys of a list of names."""

    def __init__(self, names: NameList) -> None:
        super().__init__()
        self._names = names

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Delete:
            self._names.remove()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._names.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
