"""Two versions of the project in the place of the diagram: one picture of both, and every change in words beside it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.change_rows import WORD, Changes, Row
from workbench.analysis.change_texts import both_texts
from workbench.canvas.change_scenes import ChangeScenes, Side
from workbench.canvas.change_view import ChangeView
from workbench.panels.change_legend import ChangeLegend
from workbench.panels.change_list import ChangeList
from workbench.panels.change_texts import ChangeTexts
from workbench.panels.common import ElidedLabel, Label, button, column, plain_tip
from workbench.panels.place_page import PlacePage
from workbench.panels.progress import work_beside
from workbench.panels.style import SMALL_PX, TITLE_PX, current_theme, ui_font
from workbench.render.characters import brief, single_line
from workbench.render.fonts import ThreadMeasure
from workbench.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

_SIDES: Final[tuple[Side, ...]] = ("changes", "old", "new")
_NOTHING: Final = "Nothing differs between the two."
_HOW: Final = (
    "N and Shift+N step through the changes, Space centres one, Enter shows every word of it. "
    "1 shows both, 2 the old, 3 the new."
)
_NOWHERE: Final = "This stands on no diagram."
_SAME: Final = "What you clicked is the same in both."
_ROOMY: Final = 900
"""Width of the page from which who and when stand beside its heading, logical pixels."""
_NARROW: Final = 640
"""Width from which it has a heading; the buttons name the versions too."""
_SIDE, _LEAST_SIDE, _SHARE = 340, 200, 0.32
"""Width of the list: at most, at least, and as a share of the page."""
_LONGEST_TAB: Final = 32
_LONGEST_SIDE: Final = 24
"""Letters of a version's name on its button; the heading has all of them."""


class ChangePage(PlacePage):
    """The page.

    Signals:
        outdated: the document is another one than was compared.

    Attributes:
        prepare: called with every picture that is made, to give it the user's preferences.
        changes: what is shown; None before anything was.
    """

    outdated = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Comparison", _NOTHING, "Back to the diagram", "compare.close")
        self.changes: Changes | None = None
        self._shown: Row | None = None
        self._unchanged = ""  # shown where no diagram differs
        self.view: ChangeView | None = None
        self.prepare: Callable[[ChangeView], None] = lambda _view: None
        content = QWidget()
        layout = column(content, 0, 0)
        layout.addLayout(self._head())
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Diagrams with changes")
        self.tabs.setDrawBase(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(lambda _index: self._show())
        layout.addWidget(self.tabs)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        left = QWidget()
        self._picture = column(left, 0, 0)
        self._legend = ChangeLegend()
        self._picture.addWidget(self._legend)
        self._split.addWidget(left)
        self._split.addWidget(self._side())
        self._split.setStretchFactor(0, 1)
        self._split.splitterMoved.connect(self._keep_split)
        self._divided = False
        layout.addWidget(self._split, 1)
        self.add_content(content)

    # building

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(6)
        self.title = ElidedLabel("", font=ui_font(TITLE_PX, strong=True))
        head.addWidget(self.title, 2)
        self.note = ElidedLabel("", font=ui_font(SMALL_PX))
        head.addWidget(self.note, 1)
        self.sides: dict[Side, QPushButton] = {}
        group = QButtonGroup(self)
        for number, side in enumerate(_SIDES, start=1):
            made = button("", partial(self.do.emit, f"compare.{side}"), look="pill", tip=f"Key {number}")
            made.setCheckable(True)
            made.setMinimumHeight(26)
            group.addButton(made)
            self.sides[side] = made
            head.addWidget(made)
        head.addSpacing(6)
        head.addWidget(button("Export…", partial(self.do.emit, "compare.export")))
        head.addWidget(button("Close", self.closed.emit, tip="Back to the diagram (Esc)"))
        return head

    def _side(self) -> QWidget:
        side = QWidget()
        side.setProperty("panel", True)
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setMinimumWidth(_LEAST_SIDE)
        layout = column(side, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 6, 12, 6)
        self.counted = Label("")
        self.counted.setFont(ui_font(strong=True))
        top.addWidget(self.counted, 1)
        self.layout_too = QCheckBox("Layout")
        self.layout_too.setChecked(True)
        self.layout_too.setToolTip("List and mark what only stands elsewhere (key L)")
        self.layout_too.toggled.connect(lambda _on: self._filter())
        top.addWidget(self.layout_too)
        layout.addLayout(top)
        self.list = ChangeList()
        self.list.chosen.connect(lambda _number: self._show_row())
        self.list.opened.connect(lambda _number: self._show_texts())
        layout.addWidget(self.list, 1)
        self.hint = Label(_HOW, dim=True, wrap=True)
        self.hint.setFont(ui_font(SMALL_PX))
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.hint)
        layout.addLayout(foot)
        return side

    def _keep_split(self) -> None:
        """The user has said how wide the list is to be."""
        self._divided = True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        self.note.setVisible(width >= _ROOMY)
        self.title.setVisible(width >= _NARROW)
        if not self._divided:
            side = min(_SIDE, max(_LEAST_SIDE, round(width * _SHARE)))
            self._split.setSizes([width - side, side])

    # what is shown

    def first_shown(self, changes: Changes) -> tuple[str, Side]:
        """The diagram on which two versions would be shown first, and how."""
        before = self.view
        preferred = before.diagram if before is not None else self.session.diagram or ""
        diagram = preferred if preferred in changes.diagrams else next(iter(changes.diagrams), preferred)
        return diagram, before.side if before is not None else "changes"

    def show_changes(self, scenes: ChangeScenes, old: str, new: str, note: str = "") -> None:
        """Show two versions.

        Args:
            scenes: what differs, and its pictures.
            old: what the first version is called.
            new: what the second one is called.
            note: who and when, shown small.
        """
        before, changes = self.view, scenes.changes
        diagram, side = self.first_shown(changes)
        self.changes = changes
        self.title.set_text(f"{old} → {new}")
        self.note.set_text(note)
        for made, words in zip(self.sides.values(), ("Changes", old, new), strict=True):
            shown = words if len(words) <= _LONGEST_SIDE else words[: _LONGEST_SIDE - 1].rstrip() + "…"
            made.setText(single_line(shown.replace("&", "&&")))
            made.setMinimumWidth(QFontMetrics(ui_font(strong=True)).horizontalAdvance(shown) + 28)
            made.setAccessibleName(brief(words))
        self.show_content(bool(changes))
        self._fill_tabs(diagram)
        view = self.view = ChangeView(scenes, current_theme().name)
        self.prepare(view)
        view.picked.connect(self._on_picked)
        view.zoom_changed.connect(lambda _zoom: self.picture_changed.emit())
        view.pointed.connect(self.picture_changed)
        if before is not None:
            self._picture.replaceWidget(before, view)
            before.dispose()
            before.hide()
            before.deleteLater()
        else:
            self._picture.insertWidget(0, view, 1)
        view.side = side
        self._filter()
        if before is not None and before.diagram == view.diagram:
            view.camera.zoom = before.camera.zoom
            view.camera.place(before.camera.ox, before.camera.oy)
            view.refresh()
        self.picture_changed.emit()

    def _fill_tabs(self, diagram: str) -> None:
        assert self.changes is not None
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for id in self.changes.diagrams:
            title = self.changes.title_of(id)
            shown = title if len(title) <= _LONGEST_TAB else title[: _LONGEST_TAB - 1].rstrip() + "…"
            self.tabs.setTabData(self.tabs.addTab(single_line(shown.replace("&", "&&"))), id)
            self.tabs.setTabToolTip(self.tabs.count() - 1, plain_tip(title[:500]) if shown != title else "")
        self.tabs.setVisible(self.tabs.count() > 0)
        self._unchanged = diagram
        if diagram in self.changes.diagrams:
            self.tabs.setCurrentIndex(self.changes.diagrams.index(diagram))
        self.tabs.blockSignals(False)

    def _show(self, side: Side | None = None) -> None:
        view = self.view
        if view is None:
            return
        diagram, side = self.tabs.tabData(self.tabs.currentIndex()) or self._unchanged, side or view.side
        if self._made(view, diagram, side):
            view.show_diagram(diagram, side)
        elif view is self.view and view.diagram in view.changes.diagrams:  # nobody wants to wait: all stays as it was
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(view.changes.diagrams.index(view.diagram))
            self.tabs.blockSignals(False)
        for name, made in self.sides.items():
            made.setChecked(name == view.side)
        self._legend.show_marks(set(view.counted()), view.side)

    def _made(self, view: ChangeView, diagram: str, side: Side) -> bool:
        """See to it that a diagram can be shown at once, a large one beside the window; False: it is not wanted."""
        scenes = view.scenes
        if not scenes.large or scenes.has_all(diagram, side):
            return True
        _, wanted = work_beside(
            lambda unwanted: scenes.make(diagram, side, ThreadMeasure(), unwanted),
            title="Compare",
            text=f"Drawing {view.changes.title_of(diagram)}.",
            parent=self.window(),
        )
        return wanted and view is self.view

    def show_side(self, side: Side) -> None:
        """Show both versions as one picture, or one of them as it was."""
        self._show(side)

    def _filter(self) -> None:
        assert self.changes is not None
        assert self.view is not None
        rows = self.changes.rows
        layout_too = self.layout_too.isChecked()
        shown = [row for row in rows if layout_too or not row.layout]
        chosen = self.list.current()
        self.list.show_rows(shown)
        if chosen in shown:
            self.list.setCurrentIndex(self.list.rows.index(shown.index(chosen)))
        count = len(shown)
        hidden = len(rows) - count
        words = "1 change" if count == 1 else f"{count:,} changes"
        self.counted.setText(f"{words}, {hidden} of layout hidden" if hidden else words)
        self.layout_too.setVisible(any(row.layout for row in rows))
        self.view.moved_too = layout_too
        self._show()

    @property
    @override
    def picture(self) -> ChangeView | None:
        return self.view if self.changes else None

    # going from change to change

    def step(self, step: int) -> None:
        """Show the next change (1) or the one before (-1); behind the last comes the first."""
        count = len(self.list.rows.rows)
        if count:
            index = self.list.currentIndex()
            self.list.go((index.row() + step) % count if self._shown is not None else index.row())

    def _show_row(self) -> None:
        row, view, changes = self.list.current(), self.view, self.changes
        if row is None or view is None or changes is None:
            return
        self._shown = row
        places = changes.places(row)
        if places and view.diagram not in places:
            target = next((id for id in changes.diagrams if id in places), None)
            if target is not None:
                self.tabs.setCurrentIndex(changes.diagrams.index(target))
        ids = view.draws(changes.drawn(row))
        if view.side != "changes" and not any(id in view.scene.index for id in ids):
            self._show("changes")  # what came or went is not on the other side
        self.hint.setText(_HOW if view.centre(ids) or places else _NOWHERE)

    def _show_texts(self) -> None:
        """Open a window with both versions of the current row, word for word."""
        row, changes = self.list.current(), self.changes
        if row is not None and changes is not None:
            names = (self.sides["old"].accessibleName(), self.sides["new"].accessibleName())
            ChangeTexts(f"{WORD[row.mark]}: {row.title}", names, both_texts(changes, row), self.window()).open()

    def _on_picked(self, id: str) -> None:
        view, changes = self.view, self.changes
        assert view is not None
        assert changes is not None
        rows = self.list.rows.rows
        for number, row in enumerate(rows):
            if id in changes.drawn(row) and (not row.layout or row.diagram == view.diagram):
                self._shown = row
                self.list.setCurrentIndex(self.list.rows.index(number))
                self.list.scrollTo(self.list.currentIndex())
                self.hint.setText(_HOW)
                view.point_at([id])
                return
        self.hint.setText(_SAME)
        view.point_at([id])

    # the keyboard

    @override
    def focus_content(self) -> None:
        self.list.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and key == Qt.Key.Key_N:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif plain and key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
            self._show(_SIDES[key - Qt.Key.Key_1])
        elif plain and key == Qt.Key.Key_L:
            self.layout_too.toggle()
        else:
            super().keyPressEvent(event)

    # following

    @override
    def refresh(self) -> None:
        self.outdated.emit()

    @override
    def on_theme(self) -> None:
        if self.view is not None:
            self.view.set_theme(current_theme().name)
        self.list.viewport().update()
        self._legend.update()

    def dispose(self) -> None:
        """The window closes."""
        if self.view is not None:
            self.view.dispose()
