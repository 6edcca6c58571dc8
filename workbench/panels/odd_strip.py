"""What is decided about the current entry or pair: state, reason, hazards, contradiction."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from workbench.analysis.odd_coverage import STATE_WORD, State, Verdict
from workbench.commands.odd import Spot
from workbench.panels.common import ElidedLabel, Label, allow_change, button, column
from workbench.panels.folding_bar import FoldingBar
from workbench.panels.odd_signs import KEYS, state_icon
from workbench.panels.style import current_theme, ui_font

_LONGEST = 20_000


class OddStrip(QWidget):
    """State buttons and the reason below the table.

    Attributes:
        decided: emits the state whose button was pressed.
        reasoned: emits a reason that was typed, and what it is about.
        finished: the reason is complete: on to the next; ``left``: back to the table.
    """

    decided = Signal(str)
    reasoned = Signal(str, object)
    finished = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spots: tuple[Spot, ...] = ()
        self._shown = ""
        layout = column(self, 10, 6)
        first = QHBoxLayout()
        first.setSpacing(6)
        self.title = ElidedLabel("", font=ui_font(strong=True))
        first.addWidget(self.title, 1)
        self._by = Label("", dim=True)
        first.addWidget(self._by)
        layout.addLayout(first)
        second = FoldingBar()
        second.row.setContentsMargins(0, 0, 0, 0)
        self.states: dict[State, QPushButton] = {}
        for number, state in enumerate(KEYS, 1):
            made = button("", partial(self.decided.emit, state), look="pill")
            second.set_words(made, f"{number}  {STATE_WORD[state]}", str(number))
            made.setAccessibleName(STATE_WORD[state])
            made.setCheckable(True)
            made.setMinimumHeight(26)
            made.setToolTip(f"{STATE_WORD[state]} (key {number} in the table)")
            self.states[state] = made
            second.row.addWidget(made)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setPlaceholderText("Reason (R); Enter leads on")
        self.reason.setAccessibleName("Reason")
        self.reason.editingFinished.connect(self.commit)
        self.reason.installEventFilter(self)
        self.reason.setMinimumWidth(120)
        second.row.addWidget(self.reason, 1)
        layout.addWidget(second)
        self.conflict = Label("", wrap=True)
        policy = self.conflict.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the table keeps its height from entry to entry
        self.conflict.setSizePolicy(policy)
        self.conflict.hide()
        layout.addWidget(self.conflict)

    def show_verdict(self, name: str, verdict: Verdict | None, spots: tuple[Spot, ...], *, read_only: str) -> None:
        """Show what is known; without spots there is nothing to decide.

        Args:
            name: of the entry or pair; with several selected their number is told.
            verdict: of the current one.
            spots: what a decision would be about.
            read_only: why the document may not be changed; empty where it may.
        """
        self._spots = spots
        several = f" and {len(spots) - 1} more selected" if len(spots) > 1 else ""
        self.title.set_text(f"{name}{several}")
        self._by.setText(" · ".join(part for part in (verdict.by, verdict.at[:10]) if part) if verdict else "")
        for state, made in self.states.items():
            made.setIcon(state_icon(state, current_theme()))
            allow_change(made, read_only, when=bool(spots))
            made.setChecked(bool(spots) and verdict is not None and verdict.state == state)
        shown = verdict.reason if verdict is not None and spots else ""
        if not (self.reason.hasFocus() and self.reason.isModified()):
            self.reason.setText(shown)
            self._shown = self.reason.text()
            self.reason.setCursorPosition(0)
        self.reason.setEnabled(bool(spots))
        self.reason.setReadOnly(bool(read_only))
        conflict = verdict.conflict if verdict is not None else ""
        self.conflict.setText(conflict and f"Contradiction: {conflict}")
        self.conflict.setStyleSheet(f"color: {current_theme().verdict['refutes'].text}")
        self.conflict.setVisible(bool(conflict))

    def commit(self) -> None:
        """Let the reason being typed become part of the document."""
        text = self.reason.text()
        if self._spots and text != self._shown and not self.reason.isReadOnly():
            self._shown = text
            self.reason.setModified(False)
            self.reasoned.emit(text, self._spots)

    def write_reason(self) -> None:
        """Let the user type the reason."""
        if self.reason.isEnabled():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reason.selectAll()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.commit()
                self.finished.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.reason.setText(self._shown)
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
