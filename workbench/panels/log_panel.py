"""The hazard log as a live table: the same hazards as on the diagrams, a row each, changed in place with undo."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QItemSelectionModel, QPoint, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.hazard_log import KIND_OF, LogCache
from workbench.analysis.risk import scheme_of
from workbench.commands.errors import CommandError
from workbench.commands.log_edit import (
    add_hazard,
    entries_of,
    parse_rating,
    set_dimensions,
    set_list,
    set_rating,
    set_text,
)
from workbench.files.log_text import COLUMNS, SHOWN, STATUS_WORD
from workbench.model.elements import Hazard
from workbench.panels.common import EmptyState, Label, Panel, allow_change, button, column
from workbench.panels.log_cells import LogDelegate
from workbench.panels.log_model import COLUMN_IDS, GROUPS, LogModel, offers
from workbench.panels.log_table import LogTable
from workbench.session.session import Session
from workbench.store.store import ReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.analysis.hazard_log import LogRow
    from workbench.panels.outline_model import Index
    from workbench.store.diff import Change

_WIDEST: Final = 2_000
_EMPTY: Final = (
    "One row for each hazard. Add the first here or on a diagram; both show the same. "
    "A log in CSV or XLSX is taken in by File, Import hazard log…"
)


class LogPanel(Panel):
    """The dock; its rows are read when it is first shown.

    Attributes:
        import_requested, export_requested: a button was pressed.
    """

    follows_hidden: ClassVar[bool] = False
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Hazard log")
        self._cache: LogCache | None = None
        self._quiet = False
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(_EMPTY, "Add hazard")
        self._empty.pressed.connect(self.add)
        self._stack.addWidget(self._empty)
        page = QWidget()
        layout = column(page, 8, 6)
        layout.addLayout(self._bar())
        self.model = LogModel(self)
        self.model.write = self.write
        self.table = LogTable(self.model)
        self.table.setItemDelegate(
            LogDelegate(
                lambda: scheme_of(self.store), lambda name: offers(self.store, self._cache_rows(), name), self.table
            )
        )
        self.table.pick_asked.connect(self._pick)
        self.table.heading.menu_asked.connect(self._columns_menu)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.clicked.connect(self._select_row)  # also the row that the cursor stands on already
        layout.addWidget(self.table, 1)
        self._stack.addWidget(page)
        self.setFocusProxy(self.table)
        self.later()

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(6)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Filter hazards")
        self.search.setAccessibleName("Filter hazards")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(260)
        self.search.textChanged.connect(lambda text: self._rearranged(partial(self.model.set_filter, text)))
        bar.addWidget(self.search, 1)
        self.group = QComboBox()
        self.group.setAccessibleName("Group rows")
        for key, name in GROUPS.items():
            self.group.addItem(name, key)
        self.group.activated.connect(
            lambda _index: self._rearranged(partial(self.model.set_group, str(self.group.currentData())))
        )
        bar.addWidget(self.group)
        self.columns_button = button("Columns…", self._columns_below, tip="Choose the columns")
        bar.addWidget(self.columns_button)
        self.count = Label("", dim=True)
        bar.addWidget(self.count)
        bar.addStretch(1)
        take_in = button("Import…", self.import_requested.emit, tip="A hazard log in CSV or XLSX")
        add = button("Add hazard", self.add)
        self._changing = (take_in, add)
        bar.addWidget(take_in)
        bar.addWidget(button("Export…", self.export_requested.emit, tip="CSV, XLSX, DOCX, HTML or Markdown"))
        bar.addWidget(add)
        return bar

    @override
    def focus_search(self) -> bool:
        if not self.search.isVisible():
            return False
        self.search.setFocus()
        self.search.selectAll()
        return True

    def view_state(self) -> dict[str, Any]:
        """Which columns are hidden, how wide the others are, and how rows are grouped, for the settings."""
        table = self.table
        shown = [place for place in range(len(COLUMN_IDS)) if not table.isColumnHidden(place)]
        return {
            "hidden": [name for place, name in enumerate(COLUMN_IDS) if place not in shown],
            "widths": {COLUMN_IDS[place]: table.columnWidth(place) for place in shown},
            "group": self.group.currentData(),
        }

    def take_view_state(self, state: "Mapping[str, Any]") -> None:
        """How the table was left; what is not understood is left out."""
        hidden, widths, group = state.get("hidden"), state.get("widths"), state.get("group")
        for place, name in enumerate(COLUMN_IDS):
            width = widths.get(name) if isinstance(widths, dict) else None
            if isinstance(width, int) and 0 < width <= _WIDEST:
                self.table.setColumnWidth(place, width)
            self.table.setColumnHidden(place, bool(place) and isinstance(hidden, list) and name in hidden)
        if isinstance(group, str) and group in GROUPS:
            self.group.setCurrentIndex(self.group.findData(group))
            self.model.set_group(group)

    # showing

    @override
    def on_change(self, change: "Change") -> None:
        if self._cache is None or (change.diff and self._cache.follow(change.diff)):
            self.later()

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        if not self._quiet and self.isVisible():
            self._follow_selection()

    @override
    def refresh(self) -> None:
        if self._cache is None:
            self._cache = LogCache(self.store)
        self._empty.allow(self.store.read_only)
        for made in self._changing:
            allow_change(made, self.store.read_only)
        self._rearranged(partial(self.model.show_rows, self._cache.rows))
        self._stack.setCurrentIndex(1 if self._cache.rows else 0)
        if self.table.selectionModel().currentIndex().row() < 0:
            self._follow_selection()

    def _rearranged(self, change: Any) -> None:
        """Let the model change, and keep the cursor on its cell."""
        at = self.table.currentIndex()
        row = self.model.row_at(at.row()) if at.isValid() else None
        place_in_row = at.column()
        self._quiet = True
        change()
        if row is not None and not self.table.currentIndex().isValid():
            self._go(row.element, place_in_row)
        self._quiet = False
        shown, all_of_them = self.model.shown, len(self._cache_rows())
        several = f"{shown:,} hazards" if shown != 1 else "1 hazard"
        self.count.setText(f"{shown:,} of {all_of_them:,}" if shown != all_of_them else several)

    def _cache_rows(self) -> "list[LogRow]":
        return self._cache.rows if self._cache is not None else []

    def _go(self, hazard: str, place: int) -> None:
        row = self.model.place_of(hazard)
        if row >= 0:
            index = self.model.index(row, max(0, place))
            self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.table.scrollTo(index)

    def _follow_selection(self) -> None:
        chosen = self.session.primary
        if chosen is None or self._cache is None:
            return
        hazards = self._cache.hazards_using(chosen)
        here = self.model.row_at(self.table.currentIndex().row())
        if not hazards or (here is not None and here.element in hazards):
            return
        first = min(hazards, key=self.model.place_of)
        self._quiet = True
        self._go(chosen if chosen in hazards else first, self.table.currentIndex().column())
        self._quiet = False

    def _on_current(self, current: "Index", before: "Index") -> None:
        if self._quiet or self.table.arriving or current.row() == before.row():
            return
        self._select_row(current)

    def _select_row(self, current: "Index") -> None:
        row = self.model.row_at(current.row())
        if row is not None and self.session.selection != (row.element,):
            self._quiet = True
            self.session.select([row.element])
            self._quiet = False

    # columns

    def _columns_below(self) -> None:
        self._columns_menu(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height())))

    def _columns_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for place, name in enumerate(COLUMN_IDS[1:], 1):
            made = menu.addAction(SHOWN[name])
            made.setCheckable(True)
            made.setChecked(not self.table.isColumnHidden(place))
            made.toggled.connect(lambda on, place=place: self.table.setColumnHidden(place, not on))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # changing

    def add(self) -> None:
        """Add a hazard and let the user write its title."""
        made = ""
        try:
            with self.store.transaction("Add hazard") as tx:
                made = add_hazard(tx)
        except ReadOnlyError as error:
            self.session.notice.emit(str(error))
            return
        self.search.clear()
        self.flush()
        self._go(made, COLUMN_IDS.index("title"))
        self.table.setFocus()
        self.table.edit(self.table.currentIndex())

    def write(self, hazard: str, name: str, value: Any) -> bool:
        """Write a cell as one undoable step; whether it could be done."""
        notices: list[str] = []
        try:
            with self.store.transaction(f"Edit {COLUMNS[name].lower()}") as tx:
                self._apply(tx, hazard, name, str(value))
                notices = tx.notices
        except (CommandError, ReadOnlyError, ValueError) as error:
            said = str(error) if not isinstance(error, ValueError) else "This text is too long for the cell."
            self.session.notice.emit(said)
            return False
        for notice in notices:
            self.session.notice.emit(notice)
        return True

    def _apply(self, tx: Any, hazard: str, name: str, value: str) -> None:
        if name in KIND_OF:
            set_list(tx, hazard, name, entries_of(KIND_OF[name], value.split("\n")))
        elif name == "dimensions":
            set_dimensions(tx, hazard, value.split("\n"))
        elif name in ("hri", "hri_post"):
            cell = parse_rating(tx, value) if value else ("", "")
            if cell is None:
                raise CommandError(f"{value} is no rating of the project's risk scheme.")
            by, at = self.session.signature()
            set_rating(tx, hazard, "initial" if name == "hri" else "residual", *cell, by=by, at=at)
        elif name == "status":
            set_text(tx, hazard, "status", next((key for key, w in STATUS_WORD.items() if w == value), "draft"))
        else:
            set_text(tx, hazard, "code" if name == "id" else name, value)

    def _pick(self, index: "Index") -> None:
        from workbench.panels.odd import OddPicker  # noqa: PLC0415 - loaded with the first pick

        row = self.model.row_at(index.row())
        hazard = self.store.find(row.element, Hazard) if row is not None else None
        if hazard is None:
            return
        picker = OddPicker(self.store, hazard.odd, self)
        if picker.exec() == QDialog.DialogCode.Accepted and set(picker.chosen()) != set(hazard.odd):
            try:
                with self.store.transaction("Choose ODD entries") as tx:
                    tx.patch(hazard.id, odd=picker.chosen())
            except ReadOnlyError as error:
                self.session.notice.emit(str(error))
        picker.deleteLater()
