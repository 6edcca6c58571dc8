"""The operational design domain as a page of the window: coverage of every entry, and pairs of categories crossed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.odd_coverage import (
    STATES,
    Coverage,
    coverage,
    crossing,
    next_pair,
    next_unconsidered,
)
from workbench.commands.odd import Spot, consider
from workbench.model.base import Record
from workbench.model.elements import Hazard
from workbench.model.judgement import Assessment, OddCategory, OddConsideration
from workbench.panels.common import Label, button, column
from workbench.panels.fields import Combo
from workbench.panels.folding_bar import FoldingBar
from workbench.panels.icons import icon
from workbench.panels.odd_cross import OddCross
from workbench.panels.odd_strip import OddStrip
from workbench.panels.odd_tree import ORDERS, OddTree, names
from workbench.panels.place_page import PlacePage
from workbench.render.characters import single_line
from workbench.session.session import Session
from workbench.store.diff import Change
from workbench.tools.intents import step

_EMPTY = (
    "Hazards are looked for inside a declared operating domain, category by category; every entry is to be considered, "
    "also where it then holds no hazard. This project has no taxonomy yet."
)
_ENOUGH = 760
_MINE: tuple[type[Record], ...] = (Hazard, OddCategory, OddConsideration, Assessment)
_BY_HAND = "Impact dimensions are set at each hazard, in the inspector."


class OddPanel(PlacePage):
    """Fills the place of the diagram while it is shown.

    Attributes:
        who: gives name and time for what is decided.
    """

    def __init__(
        self, session: Session, who: Callable[[], tuple[str, str]], menu: Callable[[QWidget], QMenu] | None = None
    ) -> None:
        name = "Operational design domain"
        super().__init__(session, name, _EMPTY, "Load the baseline taxonomy", "odd.baseline")
        self.who = who
        self._menu = menu
        self._whole = Coverage((), ())
        self._step = 0
        page = QWidget()
        layout = column(page, 0, 0)
        layout.addWidget(self._bar())
        self._tables = QStackedWidget()
        self.tree, self.cross = OddTree(), OddCross()
        self._tables.addWidget(self.tree)
        self._tables.addWidget(self._crossing_page())
        layout.addWidget(self._tables, 1)
        self.strip = OddStrip()
        self.strip.decided.connect(self.decide)
        self.strip.reasoned.connect(self._reason)
        self.strip.finished.connect(self._after_reason)
        self.strip.left.connect(self._focus_table)
        layout.addWidget(self.strip)
        self.add_content(page)
        for table in (self.tree, self.cross):
            table.keys.decided.connect(self.decide)
            table.keys.hazards_asked.connect(self._show_hazards)
            table.keys.reason_asked.connect(self.strip.write_reason)
            table.keys.menu_asked.connect(self._context_menu)
            table.moved.connect(self._show_current)
        self.tree.hazard_asked.connect(self.reveal_asked)
        self.tree.keys.tag_asked.connect(partial(self.do.emit, "odd.tag"))

    # building

    def _bar(self) -> QWidget:
        folding = FoldingBar()
        bar = folding.row
        group = QButtonGroup(self)
        self.modes: list[QPushButton] = []
        for place, text in enumerate(("Coverage", "Crossing")):
            made = button(text, partial(self.show_mode, place), look="pill")
            made.setCheckable(True)
            made.setMinimumHeight(26)
            group.addButton(made)
            self.modes.append(made)
            bar.addWidget(made)
        self.modes[0].setChecked(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(96, 18)
        bar.addSpacing(6)
        bar.addWidget(self.progress)
        self.counted = Label("")
        bar.addWidget(self.counted)
        bar.addSpacing(6)
        self.order = Combo()
        self.order.setAccessibleName("Order and filter")
        self.order.setMinimumContentsLength(10)
        for words, key in ORDERS:
            self.order.addItem(words, key)
        self.order.activated.connect(lambda _index: self.refresh())
        self.order.setMaximumWidth(240)
        self.order.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bar.addWidget(self.order, 3)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter entries")
        self.filter.setAccessibleName("Filter entries")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(80)
        self.filter.setMaximumWidth(200)
        self.filter.textChanged.connect(lambda _text: self.refresh())
        bar.addWidget(self.filter, 2)
        bar.addStretch(1)
        self.next = button("Next unconsidered", partial(self.do.emit, "odd.next"))
        folding.set_words(self.next, "Next unconsidered", "Next")
        self.next.setToolTip("Next unconsidered (F9)")
        bar.addWidget(self.next)
        export = self._sign("export", "Export coverage", "Export coverage…")
        export.clicked.connect(lambda: self.do.emit("odd.export"))
        bar.addWidget(export)
        back = self._sign("close", "Back to the diagram", "Back to the diagram (Esc)")
        back.clicked.connect(self.closed)
        bar.addWidget(back)
        return folding

    def _sign(self, sign: str, name: str, tip: str) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(sign))
        made.setAutoRaise(True)
        made.setAccessibleName(name)
        made.setToolTip(tip)
        return made

    def _crossing_page(self) -> QWidget:
        page = QWidget()
        layout = column(page, 0, 0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 12, 8)
        bar.setSpacing(6)
        self.groups: list[Combo] = []
        for words in ("Rows", "Columns"):
            bar.addWidget(Label(words, dim=True))
            made = Combo()
            made.setAccessibleName(f"Group in the {words.lower()}")
            made.setMinimumContentsLength(16)
            made.activated.connect(lambda _index: self.refresh())
            self.groups.append(made)
            bar.addWidget(made)
        self._pairs = Label("", dim=True)
        bar.addWidget(self._pairs)
        bar.addStretch(1)
        layout.addLayout(bar)
        layout.addWidget(self.cross, 1)
        return page

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.progress.setVisible(self.width() >= _ENOUGH)  # the words beside it say the same

    # following the document

    @override
    def on_change(self, change: Change) -> None:
        if any(isinstance(after or before, _MINE) for _, before, after in change.diff.before_and_after()):
            self.later()

    @override
    def refresh(self) -> None:
        whole = self._whole = coverage(self.store)
        self.show_content(bool(whole.total))
        self.progress.setRange(0, max(1, whole.total))
        self.progress.setValue(whole.considered)
        told = f"{whole.considered} of {whole.total} considered"
        self.counted.setText(told)
        self.progress.setAccessibleName(told)
        if self.crossed:
            self._refresh_crossing()
        else:
            self.tree.show_coverage(whole, self.order.currentData(), self.filter.text())
        self._show_current()

    def _refresh_crossing(self) -> None:
        found = [group.name for group in self._whole.groups]
        for place, choice in enumerate(self.groups):
            chosen = choice.currentData()
            if [choice.itemData(i) for i in range(choice.count())] != found:
                choice.clear()
                for name in found:
                    choice.addItem(single_line(name), name)
                at = found.index(chosen) if chosen in found else min(place, len(found) - 1)
                choice.setCurrentIndex(at)
        rows, columns = (choice.currentData() or "" for choice in self.groups)
        crossed = crossing(self.store, rows, columns)
        self.cross.show_crossing(crossed)
        told = f"{crossed.considered:,} of {len(crossed.cells):,} pairs walked through"
        self._pairs.setText(told if crossed.cells else "Choose two different groups.")

    def _show_current(self) -> None:
        why = self.store.read_only
        if self.crossed:
            self.strip.show_verdict(self.cross.name(), self.cross.verdict(), self.cross.spots(), read_only=why)
            return
        key = self.tree.key()
        entry = self._whole.entry(self.tree.entry())
        name = entry.path if entry is not None else key[1] if key is not None else ""
        if key is not None and key[0] == "dimension":
            name = f"{name.capitalize()}: {_BY_HAND[0].lower()}{_BY_HAND[1:]}"
        self.strip.show_verdict(name, self.tree.verdict(), self.tree.spots(), read_only=why)

    # what the user does

    @property
    def crossed(self) -> bool:
        """Whether pairs are shown."""
        return self._tables.currentIndex() == 1

    def show_mode(self, place: int) -> None:
        """Show the coverage (0) or the crossing (1)."""
        self.strip.commit()
        self.modes[place].setChecked(True)
        self._tables.setCurrentIndex(place)
        self.order.setEnabled(not place)
        self.filter.setEnabled(not place)
        self.refresh()
        self._focus_table()

    def decide(self, state: str) -> None:
        """Give what is selected a state; what is set aside asks for its reason."""
        chosen = next((known for known in STATES if known == state), None)
        table = self.cross if self.crossed else self.tree
        if chosen is None or not table.spots():
            self.session.notice.emit(_BY_HAND if not self.crossed else "Choose two different groups.")
            return
        self.strip.commit()
        self._step += 1
        self._consider(table.spots(), chosen, None)
        if chosen in ("judged_none", "not_applicable"):
            self.strip.write_reason()
        else:
            self._focus_table()

    def _reason(self, text: str, spots: tuple[Spot, ...]) -> None:
        for spot in spots:
            record = self.store.find(OddConsideration.of(*spot).id, OddConsideration)
            if record is None and not text.strip():
                continue
            self._consider((spot,), record.state if record is not None else "not_considered", text)

    def _consider(self, spots: tuple[Spot, ...], state: str, reason: str | None) -> None:
        by, at = self.who()
        chosen = next(known for known in STATES if known == state)
        label = "Judge pair of categories" if self.crossed else "Judge category"
        key = f"odd {id(self)} {self._step}"
        step(self.session, label, lambda tx: consider(tx, spots, chosen, by, at, reason), merge_key=key)
        self.flush()

    def _after_reason(self) -> None:
        self._focus_table()
        self.go_next()

    def go_next(self) -> bool:
        """Lead to the next entry or pair not yet considered; False where none is left."""
        self.flush()
        self.strip.commit()
        self._step += 1
        if self.crossed:
            crossed = crossing(self.store, *(choice.currentData() or "" for choice in self.groups))
            place = next_pair(crossed, self.cross.place())
            if place is not None:
                self.cross.go_to(place)
        else:
            entry = next_unconsidered(self._whole, self.tree.entry())
            place = ("", entry.id) if entry is not None else None
            if entry is not None and not self.tree.go_to(entry.id):
                self.filter.clear()
                self.order.setCurrentIndex(0)
                self.refresh()
                self.tree.go_to(entry.id)
        if place is None:
            self.session.notice.emit("Every pair was walked through." if self.crossed else "Every entry is considered.")
        self._focus_table()
        return place is not None

    def _show_hazards(self, at: QPoint) -> None:
        verdict = (self.cross if self.crossed else self.tree).verdict()
        if verdict is None:
            return
        found = names(verdict.hazards)
        if len(found) == 1:
            self.reveal_asked.emit(found[0][0])
        elif found:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for id, words in found:
                menu.addAction(single_line(words.replace("&", "&&"))).triggered.connect(partial(self._reveal, id))
            menu.popup(at)
            menu.setActiveAction(menu.actions()[0])
        else:
            self.session.notice.emit("No hazard carries this yet; press T to tag one.")

    def _reveal(self, id: str, _checked: bool = False) -> None:
        self.reveal_asked.emit(id)

    def _context_menu(self, at: QPoint) -> None:
        if self._menu is not None:
            self._menu(self).popup(at)

    # focus

    def _focus_table(self) -> None:
        (self.cross if self.crossed else self.tree).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def focus_content(self) -> None:
        self._focus_table()

    def show_entry(self, id: str) -> None:
        """Show an entry in the coverage."""
        self.show_mode(0)
        self.filter.clear()
        self.tree.go_to(id)
