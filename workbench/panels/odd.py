"""Picking entries of the operational design domain."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.fuzzy import fold
from workbench.analysis.odd_taxonomy import group_of, ordered
from workbench.model.judgement import OddCategory
from workbench.panels.common import Label, button
from workbench.panels.fields import MIXED, FieldEditor
from workbench.panels.forms import Field
from workbench.render.characters import single_line
from workbench.store.store import Store


class OddEditor(FieldEditor):
    """The entries a hazard was found in, as a list with a button that opens the picker."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self._button = button("Choose…", self._choose)
        super().__init__(field, self._button, parent)
        self._button.setAccessibleName(f"{field.label}: choose")
        self._list = Label("", wrap=True)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self._list)
        self._store: Store | None = None
        self._value: tuple[str, ...] = ()

    def set_store(self, store: Store) -> None:
        """Say where the taxonomy is."""
        self._store = store
        self._say(mixed=False)

    @override
    def show_value(self, value: Any, *, mixed: bool) -> None:
        self._value = tuple(value or ())
        self._say(mixed=mixed)

    def _say(self, *, mixed: bool) -> None:
        entries = (self._store.find(key, OddCategory) for key in self._value) if self._store is not None else ()
        names = [
            f"{entry.group}: {entry.name}" if entry.group else entry.name for entry in entries if entry is not None
        ]
        self._list.setText(MIXED if mixed else "\n".join(names) or "None chosen")

    def _choose(self) -> None:
        if self._store is None:
            return
        picker = OddPicker(self._store, self._value, self)
        if picker.exec() == QDialog.DialogCode.Accepted:
            self._value = picker.chosen()
            self._say(mixed=False)
            self.edited.emit(self._value)
        picker.deleteLater()


class OddPicker(QDialog):
    """The whole taxonomy with a check box for each entry and a filter above."""

    def __init__(self, store: Store, chosen: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Operational design domain")
        self.resize(420, 520)
        layout = QVBoxLayout(self)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Filter entries")
        self._filter.setAccessibleName("Filter entries")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show_matching)
        layout.addWidget(self._filter)
        self._tree = QTreeWidget()
        self._tree.setHeaderHidden(True)
        self._tree.setAccessibleName("Entries")
        layout.addWidget(self._tree, 1)
        self._items: dict[str, QTreeWidgetItem] = {}
        groups: dict[str, QTreeWidgetItem] = {}
        entries = ordered(store)
        if not entries:
            layout.insertWidget(1, Label("This project has no taxonomy yet.", dim=True))
        above: list[QTreeWidgetItem] = []
        for entry, depth in entries:
            item = QTreeWidgetItem([single_line(entry.name)])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked if entry.id in chosen else Qt.CheckState.Unchecked)
            self._items[entry.id] = item
            del above[depth:]
            (above[-1] if above else self._group(groups, group_of(entry))).addChild(item)
            above.append(item)
        self._tree.expandAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _group(self, groups: dict[str, QTreeWidgetItem], name: str) -> QTreeWidgetItem:
        if name not in groups:
            groups[name] = QTreeWidgetItem([single_line(name)])
            self._tree.addTopLevelItem(groups[name])
        return groups[name]

    def chosen(self) -> tuple[str, ...]:
        """Ids of the entries ticked, in the order of the taxonomy."""
        return tuple(key for key, item in self._items.items() if item.checkState(0) == Qt.CheckState.Checked)

    def _show_matching(self, text: str) -> None:
        wanted = fold(text.strip())

        def visit(item: QTreeWidgetItem, *, above: bool) -> bool:
            own = above or wanted in fold(item.text(0))
            children = [child for i in range(item.childCount()) if (child := item.child(i)) is not None]
            inside = [visit(child, above=own) for child in children]
            item.setHidden(not (own or any(inside)))
            return not item.isHidden()

        for index in range(self._tree.topLevelItemCount()):
            top = self._tree.topLevelItem(index)
            if top is not None:
                visit(top, above=False)
