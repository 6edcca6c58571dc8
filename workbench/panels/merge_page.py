"""What a merge left open, in the place of the diagram: the picture, and one question after the other."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QSplitter, QToolButton, QWidget
from typing_extensions import override

from workbench.analysis.conflicts import Told, both_of, in_order, told
from workbench.analysis.words import count_words
from workbench.canvas.conflict_view import ConflictView
from workbench.commands.settle import Choice, settle, settle_all, settle_as
from workbench.model.review import Conflict
from workbench.panels.common import ElidedLabel, EmptyState, Label, allow_change, button, column
from workbench.panels.icons import icon
from workbench.panels.merge_card import MergeCard, Taken
from workbench.panels.merge_dialogs import WordingDialog
from workbench.panels.merge_list import Entry, MergeList
from workbench.panels.place_page import PlacePage
from workbench.panels.style import current_theme
from workbench.render.characters import brief
from workbench.session.session import Session
from workbench.store.diff import Change, Diff
from workbench.store.transaction import Transaction
from workbench.tools.intents import step

_EMPTY: Final = (
    "No merge conflict is open. Where two versions of a project changed the same thing, a merge asks here which change "
    "counts; everything else it puts together by itself."
)
_DONE: Final = "Everything is settled. Save the project; in git, then add and commit it."
_PLACES: Final = "Where both moved the same box, ours stands: nobody is asked about places."
_SIGNS: Final = "Δ both changed it   − one side deleted it   ring: asked about now"
_NOWHERE: Final = "No diagram draws this."
_MANY: Final = 1_000
"""Conflicts that take longer to be put in words than anybody should wait for without a word."""
_LARGE: Final = 4_000
"""Records from which on a picture takes that long."""
_BULK: Final = "Keep ours / take theirs for several"


class MergePage(PlacePage):
    """Walks through the conflicts of the project; those settled since it was opened stay listed.

    Attributes:
        view: the picture.
    """

    def __init__(self, session: Session, menu: Callable[[QWidget], QMenu] | None = None) -> None:
        super().__init__(session, "Merge conflicts", _EMPTY, "Merge with file…", "merge.file")
        self._menu = menu
        self._seen: dict[str, Conflict] = {}
        self._told: dict[str, Told] = {}
        self._prepared: dict[str, Told] = {}
        self._taken: dict[str, Taken] = {}
        self._current = ""
        self._settled_places = 0
        self._pending: Diff | None = None
        self.view = ConflictView(self.store, current_theme())
        self.view.picked.connect(self._picked)
        self.view.zoom_changed.connect(lambda _zoom: self.picture_changed.emit())
        self.view.pointed.connect(self.picture_changed)
        self.destroyed.connect(self.view.dispose)
        page = QWidget()
        layout = column(page, 0, 0)
        layout.addLayout(self._bar())
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._picture())
        split.addWidget(self._questions())
        split.setStretchFactor(0, 1)
        split.setSizes([600, 270])
        layout.addWidget(split, 1)
        self.add_content(page)
        done = EmptyState(_DONE, "Back to the diagram")
        done.pressed.connect(self.closed)
        self._done = done
        self._stack.addWidget(done)

    # building

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(6)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(96, 18)
        bar.addWidget(self.progress)
        self.counted = Label("")
        bar.addWidget(self.counted)
        self.places = ElidedLabel("")
        bar.addSpacing(12)
        bar.addWidget(self.places, 1)
        bar.addWidget(button("Previous", partial(self.go, -1), tip="The conflict before that is open (Shift+N)"))
        self.next = button("Next", partial(self.go, 1), tip="The next conflict that is open (N)")
        bar.addWidget(self.next)
        self.bulk = button("Several at once…", self._show_bulk, tip=_BULK)
        bar.addWidget(self.bulk)
        back = QToolButton()
        back.setIcon(icon("close"))
        back.setAutoRaise(True)
        back.setAccessibleName("Back to the diagram")
        back.setToolTip("Back to the diagram (Esc); what is open stays open")
        back.clicked.connect(self.closed)
        bar.addWidget(back)
        return bar

    def _picture(self) -> QWidget:
        part = QWidget()
        layout = column(part, 0, 0)
        layout.addWidget(self.view, 1)
        self.legend = Label("", dim=True)
        self.legend.setContentsMargins(12, 3, 12, 3)
        layout.addWidget(self.legend)
        part.setMinimumHeight(160)
        return part

    def _questions(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.list = MergeList()
        self.list.chosen.connect(self._go_to_group)
        split.addWidget(self.list)
        self.card = MergeCard()
        self.card.setContentsMargins(12, 8, 12, 8)
        self.card.chosen.connect(lambda choice: self.choose(cast("Taken", choice)))
        split.addWidget(self.card)
        split.setStretchFactor(1, 1)
        return split

    @property
    @override
    def picture(self) -> ConflictView | None:
        return self.view if self._stack.currentIndex() == 1 else None

    # following the document

    @override
    def on_change(self, change: Change) -> None:
        self._pending = change.diff if self._pending is None else self._pending.then(change.diff)
        super().on_change(change)

    def to_prepare(self) -> bool:
        """Whether showing the page would make the user wait."""
        news = self.store.count(Conflict.TYPE) - len(self._told)
        return self._dirty and (news >= _MANY or (not self._told and len(self.store) >= _LARGE))

    def prepare(self, unwanted: Callable[[], bool]) -> None:
        """Make what showing the page needs, in another thread, while nothing changes in the document."""
        self._prepared = self._tell(self.store.all(Conflict))
        first = next(iter(self._prepared), "")
        if first and not unwanted() and self._pending is None:
            self.view.prepare(first, self.session.diagram)

    def _tell(self, conflicts: Iterable[Conflict]) -> dict[str, Told]:
        records = self.store.snapshot()
        return {one.id: one for one in in_order(told(one, records) for one in conflicts)}

    @override
    def refresh(self) -> None:
        diff, self._pending = self._pending, None
        open_now = {conflict.id: conflict for conflict in self.store.all(Conflict)}
        if not open_now:
            self.view.rest()
        if diff is not None:
            self.view.follow(diff)
        for id in [id for id in self._taken if id in open_now]:
            del self._taken[id]  # undone
        self._seen |= open_now
        prepared, self._prepared = self._prepared, {}
        if prepared.keys() == self._seen.keys() == open_now.keys():
            self._told = prepared
        elif diff is None or any(id not in self._told for id in open_now):
            self._told = self._tell(self._seen.values())
        elif self._current in open_now:
            self._told[self._current] = told(open_now[self._current], self.store.snapshot())
        if not open_now:
            self._stack.setCurrentIndex(2 if self._seen else 0)
            self.picture_changed.emit()
            return
        self.show_content(True)
        self.picture_changed.emit()
        if self._current not in self._told:
            self._current = self._open()[0]
        self._show()

    @override
    def on_theme(self) -> None:
        self.view.wear(current_theme())

    def _open(self) -> list[str]:
        """Conflicts that are not settled, in order."""
        return [id for id in self._told if id in self.store]

    def _show(self) -> None:
        one, total = self._told[self._current], len(self._told)
        left = len(self._open())
        told = f"{total - left:,} of {total:,} settled"
        self.progress.setRange(0, total)
        self.progress.setValue(total - left)
        self.progress.setAccessibleName(brief(told))
        self.counted.setText(told)
        if self._settled_places:
            kept = count_words(self._settled_places, "place", "places")
            self.places.set_text(f"{kept} on diagrams that both changed: ours kept, nothing to do.")
        else:
            self.places.set_text(_PLACES)
        allow_change(self.bulk, self.store.read_only)
        place = list(self._told).index(self._current) + 1
        taken = None if self._current in self.store else self._taken.get(self._current, "ours")
        self.card.show_conflict(one, taken, f"Conflict {place:,} of {total:,}", self.store.read_only)
        self._list()
        drawn = self.view.show_place(self._current, self.session.diagram) if taken is None else True
        self.legend.setText(_SIGNS if drawn else f"{_NOWHERE}   {_SIGNS}")

    def _list(self) -> None:
        counts: dict[str, list[int]] = {}
        for id, one in self._told.items():
            count = counts.setdefault(one.group, [0, 0])
            count[0] += id not in self.store
            count[1] += 1
        names = {one.group: one.name for one in self._told.values()}
        entries = [Entry(group, names[group], done, total) for group, (done, total) in counts.items()]
        self.list.show_entries(entries, self._told[self._current].group)

    # walking

    @property
    def current(self) -> str:
        """Id of the open conflict the user is on; empty where it is settled or there is none."""
        return self._current if self._current in self.store else ""

    @property
    def told(self) -> Told | None:
        """What the user is on, in words."""
        return self._told.get(self._current)

    @property
    def left(self) -> int:
        """How many conflicts are open."""
        return len(self._open())

    def go_to(self, conflict: str) -> None:
        """Show a conflict."""
        self.flush()
        if conflict in self._told:
            self._current = conflict
            self._show()

    def go(self, step: int) -> None:
        """Show the next open conflict (1) or the one before (-1), round and round."""
        self.flush()
        ids = list(self._told)
        if not self._open():
            return
        here = ids.index(self._current)
        order = [*ids[here + 1 :], *ids[: here + 1]] if step > 0 else [*ids[:here][::-1], *ids[here:][::-1]]
        self.go_to(next(id for id in order if id in self.store))

    def _go_to_group(self, group: str) -> None:
        members = [id for id, one in self._told.items() if one.group == group]
        self.go_to(next((id for id in members if id in self.store), members[0]))

    def _picked(self, drawn: str) -> None:
        """Something on the picture was clicked."""
        shown = {self.view.place_drawn(self.view.disputed.place(id)): id for id in reversed(self._open())}
        found = next((id for places, id in shown.items() if drawn in places), None)
        if found is not None:
            self.go_to(found)
        else:
            self.session.notice.emit("Nothing is asked about this.")

    # settling

    def choose(self, choice: Taken) -> None:
        """Settle the conflict the user is on, and lead on to the next."""
        conflict, one = self.store.find(self._current, Conflict), self.told
        if conflict is None or one is None:
            return
        if choice == "own":
            self.edit()
        elif choice == "both":
            if one.both:
                self._settle("both", [conflict.id], lambda tx: settle_as(tx, conflict.id, both_of(conflict)))
        else:
            self._settle(choice, [conflict.id], lambda tx: settle(tx, conflict.id, choice))

    def edit(self) -> None:
        """Ask for words that settle the conflict the user is on."""
        conflict, one = self.store.find(self._current, Conflict), self.told
        if conflict is None or one is None or not one.text or self.store.read_only:
            return
        text: str | None = WordingDialog(one, conflict.ours or "", self.window()).show_modal()
        if text is not None:
            self._settle("own", [conflict.id], lambda tx: settle_as(tx, conflict.id, text))

    def open_on_element(self) -> list[str]:
        """Open conflicts of the element the user is on."""
        one = self.told
        return [id for id in self._open() if one is not None and self._told[id].group == one.group]

    def settle_several(self, ids: Iterable[str], choice: Choice) -> None:
        """Settle several in one step."""
        chosen = list(ids)
        self._settle(choice, chosen, lambda tx: tx.notices.extend(settle_all(tx, chosen, choice)))

    def settle_rest(self, choice: Choice) -> None:
        """Settle all that is open in one step."""
        self.settle_several(self._open(), choice)

    def _settle(self, taken: Taken, ids: list[str], run: Callable[[Transaction], object]) -> None:
        label = {"ours": "Keep ours", "theirs": "Take theirs", "both": "Keep both", "own": "Settle in other words"}[
            taken
        ]
        if step(self.session, label if len(ids) == 1 else f"{label}, {len(ids):,} conflicts", run):
            self._taken |= dict.fromkeys((id for id in ids if id not in self.store), taken)
            self.go(1)

    def say_places(self, count: int) -> None:
        """How many places on diagrams the last merge settled by itself."""
        self._settled_places = count

    def _show_bulk(self) -> None:
        if self._menu is not None:
            self._menu(self).popup(self.bulk.mapToGlobal(QPoint(0, self.bulk.height())))

    # focus and keys

    @override
    def focus_content(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_N: partial(self.go, 1),
            Qt.Key.Key_1: partial(self.choose, "ours"),
            Qt.Key.Key_2: partial(self.choose, "theirs"),
            Qt.Key.Key_3: partial(self.choose, "both"),
            Qt.Key.Key_E: self.edit,
            Qt.Key.Key_Plus: partial(self.view.zoom_by, 1.0),
            Qt.Key.Key_Minus: partial(self.view.zoom_by, -1.0),
            Qt.Key.Key_0: self.view.fit,
        }
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_N and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.go(-1)
        elif event.key() in keys and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            keys[event.key()]()
        else:
            super().keyPressEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """What was settled is forgotten once nothing is open any more."""
        super().hideEvent(event)
        if not self._open():
            self._seen, self._told, self._taken, self._current = {}, {}, {}, ""
            self._settled_places = 0
            self._dirty = True
