"""The route dock: the stops of a presentation in order, and what is said at each."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QScrollArea, QStackedLayout, QWidget
from typing_extensions import override

from workbench.analysis.levels import LEVEL_TITLES, LEVELS
from workbench.commands import stops
from workbench.commands.errors import CommandError
from workbench.model.review import Stop
from workbench.panels.common import EmptyState, FlowLayout, Panel, allow_change, button, column
from workbench.panels.fields import ChoiceEditor
from workbench.panels.forms import Field
from workbench.panels.prose_editor import ProseEditor
from workbench.panels.stop_list import StopList
from workbench.panels.stop_rows import rows_of
from workbench.panels.text_editor import TextEditor
from workbench.session.session import Session
from workbench.store.store import ReadOnlyError
from workbench.tools.intents import step

_EMPTY: Final = (
    "A route is what you present, stop by stop: show a part of the diagram as it should be seen, and keep it as a stop."
)
_BUTTONS: Final = (
    ("route.add", "Add stop"),
    ("route.go", "Go there"),
    ("route.update", "Update stop"),
    ("route.duplicate", "Duplicate"),
    ("route.remove", "Delete"),
)
_ON_ONE: Final = ("route.go", "route.update")
_WIDE: Final = 560
"""Width from which the words of a stop stand beside the list instead of below it."""


class StopsPanel(Panel):
    """The dock.

    Signals:
        do: id of an action that was asked for.
        make_asked: the menu of what stops can be made of is asked for, at a global point.
        chosen_changed: other stops are chosen.

    Attributes:
        list: the stops.
    """

    do = Signal(str)
    make_asked = Signal(QPoint)
    chosen_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Route")
        self._subject = ""
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(_EMPTY, "Add a stop of this view")
        self._empty.pressed.connect(lambda: self.do.emit("route.add"))
        self._stack.addWidget(self._empty)
        content = QWidget()
        layout = column(content, 0, 0)
        layout.addWidget(self._make_bar())
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        self.list = StopList()
        self.list.chosen_changed.connect(self._on_chosen)
        self.list.shift_asked.connect(self._shift)
        self.list.go_asked.connect(lambda: self.do.emit("route.go"))
        self.list.remove_asked.connect(lambda: self.do.emit("route.remove"))
        self.list.retitle_asked.connect(self._retitle)
        self.list.stops.moved.connect(self._move)
        self._body.addWidget(self.list, 3)
        self._body.addWidget(self._make_words(), 2)
        layout.addLayout(self._body, 1)
        self._stack.addWidget(content)
        self._on_chosen()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        around = QHBoxLayout(bar)
        around.setContentsMargins(8, 6, 8, 6)
        inner = QWidget()
        flow = FlowLayout(inner, 6)
        self.buttons: dict[str, QPushButton] = {}
        for id, words in _BUTTONS:
            self.buttons[id] = button(words, partial(self.do.emit, id))
            flow.addWidget(self.buttons[id])
            if id == "route.add":
                self.make = button("Make from…", self._ask_make, tip="Stops of hazards, pathways, changes and more")
                flow.addWidget(self.make)
        around.addWidget(inner)
        return bar

    def _make_words(self) -> QWidget:
        words = QWidget()
        layout = column(words, 8, 8)
        self.title = ProseEditor(Field("title", "Title", hint="What the audience reads above it"))
        self.levels = ChoiceEditor(Field("levels", "Level of detail", "choice"))
        self.levels.set_options([(f"{level}: {LEVEL_TITLES[level].lower()}", level) for level in LEVELS])
        self.notes = TextEditor(Field("notes", "Notes", "text", hint="What you say here; only you see it"))
        for editor in (self.title, self.levels, self.notes):
            editor.edited.connect(partial(self._edited, editor.field.name))
            editor.left.connect(self.store.history.seal)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.levels, 2, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row)
        layout.addWidget(self.notes)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(words)
        area.setMinimumWidth(160)
        self._words = words
        return area

    def _ask_make(self) -> None:
        self.make_asked.emit(self.make.mapToGlobal(self.make.rect().bottomLeft()))

    # what is shown

    def chosen(self) -> list[str]:
        """Ids of the stops chosen, in the order of the route."""
        return self.list.chosen() if self._stack.currentIndex() == 1 else []

    def choose(self, ids: list[str]) -> None:
        """Choose some stops, which may just have been made."""
        self.flush()
        self.list.choose(ids)

    @override
    def refresh(self) -> None:
        rows = rows_of(self.store)
        self.list.stops.fixed = bool(self.store.read_only)
        self._stack.setCurrentIndex(1 if rows else 0)
        self.list.show_rows(rows)
        self._on_chosen()
        self.list.viewport().update()

    def _on_chosen(self) -> None:
        chosen, why = self.chosen(), self.store.read_only
        self._empty.allow(why)
        allow_change(self.make, why)
        for id, made in self.buttons.items():
            able = id == "route.add" or (len(chosen) == 1 if id in _ON_ONE else bool(chosen))
            if id == "route.go":
                made.setEnabled(able)
            else:
                allow_change(made, why, when=able)
        self._show_words(chosen[0] if len(chosen) == 1 else "")
        self.chosen_changed.emit()

    def _show_words(self, id: str) -> None:
        stop = self.store.find(id, Stop)
        self._words.setEnabled(stop is not None)
        for editor in (self.title, self.levels, self.notes):
            if id != self._subject:
                editor.forget()
            editor.set_value(getattr(stop, editor.field.name) if stop is not None else None)
            editor.set_read_only(bool(self.store.read_only))
        self.levels.setVisible(stop is None or stop.shows == "diagram")
        self._subject = id

    # what is done here

    def _edited(self, name: str, value: Any) -> None:
        id = self._subject
        if self.store.find(id, Stop) is None:
            return
        editor = {"title": self.title, "levels": self.levels, "notes": self.notes}[name]
        try:
            with self.store.transaction("Edit stop", merge_key=f"{id}.{name}") as tx:
                if name == "title":
                    stops.retitle(tx, id, value or "")
                elif name == "notes":
                    stops.set_notes(tx, id, value or "")
                else:
                    stops.set_levels(tx, [id], value)
        except (CommandError, ReadOnlyError) as problem:
            editor.set_error(str(problem))
            return
        editor.committed(value)

    def _shift(self, by: int) -> None:
        """The stops chosen go up or down by one, together."""
        chosen, rows = self.chosen(), [row.id for row in self.list.stops.rows]
        if not chosen:
            return
        first = min(rows.index(id) for id in chosen)
        before = sum(1 for id in rows[:first] if id not in chosen)
        self._move(chosen, max(0, before + by))

    def _move(self, ids: list[str], index: int) -> None:
        label = "Move stop" if len(ids) == 1 else "Move stops"
        step(self.session, label, lambda tx: stops.move_stops(tx, ids, index))
        self.flush()

    def _retitle(self) -> None:
        if self._subject:
            self.title.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    @override
    def on_theme(self) -> None:
        self.list.viewport().update()

    @override
    def focus_target(self) -> QWidget | None:
        return self.list if self._stack.currentIndex() == 1 else self._empty.findChild(QPushButton)

    @override
    def sizeHint(self) -> QSize:
        return QSize(900, 242)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 64)
