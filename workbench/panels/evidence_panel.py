"""The evidence dock: every claim of the project as a forest plot, and the card of the one chosen."""

from collections import Counter
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.model.elements import Element, Guard
from workbench.model.judgement import Assessment, Project
from workbench.model.runs import Evidence, Metric, Run
from workbench.panels.claims import ClaimRow, ClaimRows, matches
from workbench.panels.common import EmptyState, Panel, button, column
from workbench.panels.evidence_card import EvidenceCard
from workbench.panels.evidence_table import ClaimTable
from workbench.panels.icons import icon
from workbench.panels.signs import VERDICT_WORD
from workbench.session.session import Session
from workbench.store.diff import Change

_CHIPS: Final = ("", "supports", "refutes", "inconclusive", "stale")


class EvidencePanel(Panel):
    """Claims, worst first.

    Attributes:
        add_requested: the user wants to add an evaluation run.
        count_changed: emits how many claims there are, for the tab.
    """

    follows_hidden: ClassVar[bool] = True
    add_requested = Signal()
    count_changed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Evidence")
        self._source = ClaimRows(self.store)
        self._rows: list[ClaimRow] = []
        self._chip = ""
        self._quiet = False
        self._stack = QStackedLayout(self)
        empty = EmptyState("Add a run, or drop a result file on a node", "Add evaluation run…")
        empty.pressed.connect(self.add_requested)
        self._stack.addWidget(empty)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(8, 8, 8, 8)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        row.addWidget(split)
        left = QWidget()
        tables = column(left, 0, 6)
        tables.addLayout(self._bar())
        self.table = ClaimTable()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._reveal)
        self.table.clicked.connect(lambda _index: self._select_subject())
        self.table.activated.connect(lambda _index: self._select_subject())
        tables.addWidget(self.table)
        split.addWidget(left)
        right = QWidget()
        cards = QVBoxLayout(right)
        cards.setContentsMargins(8, 0, 0, 0)
        self.card = EvidenceCard()
        cards.addWidget(self.card)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 1)
        split.setSizes([1040, 520])
        self._stack.addWidget(body)
        self.later()

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(6)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter claims and runs")
        self.filter.setAccessibleName("Filter claims and runs")
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.setFixedWidth(190)
        self.filter.textChanged.connect(lambda _text: self._show())
        bar.addWidget(self.filter)
        self._chips: dict[str, QPushButton] = {}
        for sign in _CHIPS:
            chip = button(VERDICT_WORD.get(sign, "All"), partial(self.set_chip, sign), look="pill")
            chip.setCheckable(True)
            chip.setChecked(not sign)
            self._chips[sign] = chip
            bar.addWidget(chip)
        bar.addStretch(1)
        self._add = button("Add evaluation run…", self.add_requested.emit)
        self._add.setIcon(icon("plus"))
        bar.addWidget(self._add)
        return bar

    @override
    def on_change(self, change: Change) -> None:
        for _, before, after in change.diff.before_and_after():
            record = after if after is not None else before
            if isinstance(record, Evidence | Metric | Run | Project | Assessment):
                break
            if isinstance(record, Element) and getattr(before, "code", "") != getattr(after, "code", ""):
                break
        else:
            return
        self.later()

    @override
    def on_selection(self, ids: tuple[str, ...]) -> None:
        self.later()

    @override
    def refresh(self) -> None:
        rows = self._source.all()
        if rows != self._rows or self._stack.currentIndex() < 0:
            self._rows = rows
            self.count_changed.emit(len(rows))
        self._add.setEnabled(not self.store.read_only)
        self._stack.setCurrentIndex(1 if rows else 0)
        self._show()
        self._follow_selection()

    @override
    def on_theme(self) -> None:
        self.later()
        self.update()

    def count(self) -> int:
        """How many claims there are."""
        return len(self._rows)

    def set_chip(self, sign: str) -> None:
        """Show only claims with one verdict; empty: all."""
        self._chip = sign
        for name, chip in self._chips.items():
            chip.setChecked(name == sign)
        self._show()

    def show_claim(self, id: str) -> None:
        """Show a claim in full, whatever the filter hid."""
        self.flush()
        if not any(row.id == id for row in self.table.claims.rows):
            self.filter.clear()
            self.set_chip("")
        self.table.show_claim(id)

    def _show(self) -> None:
        counts = Counter(row.sign for row in self._rows)
        for sign, chip in self._chips.items():
            chip.setText(f"{VERDICT_WORD.get(sign, 'All')} {counts[sign] if sign else len(self._rows)}")
            chip.setAccessibleName(chip.text())
            chip.setVisible(sign != "stale" or bool(counts["stale"]) or self._chip == "stale")
        text = self.filter.text()
        self.table.show_rows([row for row in self._rows if self._chip in ("", row.sign) and matches(row, text)])
        current = self.table.current()
        if current is None and self.table.claims.rows:
            self._quiet = True
            self.table.show_claim(self.table.claims.rows[0].id)
            self._quiet = False
            current = self.table.current()
        self._show_card()

    def _show_card(self) -> None:
        row = self.table.current()
        self.card.setVisible(row is not None)
        if row is not None:
            path = self.session.path
            self.card.show_claim(row, self.store.find(row.run_id, Run), path.parent if path is not None else None)

    def _chosen(self, _id: str) -> None:
        self._show_card()

    def _select_subject(self) -> None:
        row = self.table.current()
        if row is None:
            return
        rating = self.store.find(row.subject, Assessment)
        self._quiet = True
        self.session.select([rating.subject if rating is not None else row.subject])
        self._quiet = False

    def _reveal(self, _id: str) -> None:
        self._select_subject()
        if self.session.primary is not None:
            self.session.reveal.emit((self.session.primary,))

    def _follow_selection(self) -> None:
        """Put the cursor on a claim about what is selected, unless it stands on one already."""
        primary = self.session.primary
        current = self.table.current()
        guard = self.store.find(primary, Guard)
        about = (primary, guard.control) if guard is not None else (primary,)
        if primary is None or self._quiet or (current is not None and current.subject in about):
            return
        for row in self.table.claims.rows:
            if row.subject in about:
                self.table.show_claim(row.id)
                return
