"""The revisions dock: every saved state of the project with its picture, or what revisions are good for."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QWidget
from typing_extensions import override

from workbench.panels.common import EmptyState, FlowLayout, Label, Panel, button, column
from workbench.panels.revision_list import RevisionList
from workbench.panels.revision_rows import RevisionRow
from workbench.session.session import Session

_EMPTY: Final = (
    "No revisions yet. A revision keeps the whole project as it is now, with a message. You can look at it again, see "
    "on the diagram what has changed since, and bring it back."
)
_BUTTONS: Final = (
    ("revisions.save", "Save revision…"),
    ("revisions.compare", "Compare"),
    ("revisions.open", "Open read-only"),
    ("revisions.restore", "Restore…"),
    ("revisions.name", "Name baseline…"),
    ("revisions.verify", "Verify"),
)


class RevisionsPanel(Panel):
    """The dock.

    Signals:
        do: id of an action that was asked for.
        reading: the list may be another one than is shown.
        chosen_changed: other revisions are chosen.
    """

    do = Signal(str)
    reading = Signal()
    chosen_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Revisions")
        self._stack = QStackedLayout(self)
        self._empty = EmptyState(_EMPTY, "Save revision…")
        self._empty.pressed.connect(lambda: self.do.emit("revisions.save"))
        self._stack.addWidget(self._empty)
        content = QWidget()
        layout = column(content, 0, 0)
        bar = QWidget()
        flow = FlowLayout(bar, 6)
        self.buttons: dict[str, QPushButton] = {}
        for id, words in _BUTTONS:
            self.buttons[id] = button(words, partial(self._press, id))
            flow.addWidget(self.buttons[id])
        around = QHBoxLayout()
        around.setContentsMargins(8, 6, 8, 6)
        around.addWidget(bar)
        layout.addLayout(around)
        said = QHBoxLayout()
        said.setContentsMargins(12, 0, 12, 4)
        self.said = Label("", wrap=True)
        said.addWidget(self.said)
        layout.addLayout(said)
        self.said.hide()
        self.list = RevisionList()
        self.list.chosen_changed.connect(self._on_chosen)
        self.list.compare_asked.connect(lambda: self.do.emit(self.compare_action()))
        layout.addWidget(self.list, 1)
        self._stack.addWidget(content)
        session.path_changed.connect(self._on_path)
        self.destroyed.connect(lambda: session.path_changed.disconnect(self._on_path, missing_ok=True))
        self._on_chosen()

    def _press(self, id: str) -> None:
        self.do.emit(self.compare_action() if id == "revisions.compare" else id)

    def _on_path(self, _path: object) -> None:
        self.later()

    # what is shown

    def show_revisions(self, rows: list[RevisionRow], problem: str = "") -> None:
        """Show the revisions there are; ``problem``: why they could not be read."""
        if rows and not problem and rows == self.list.rows_model.rows:
            return  # what was said above the list still holds
        self._stack.setCurrentIndex(1 if rows or problem else 0)
        self.list.show_rows(rows)
        self.say(problem)

    def say(self, words: str) -> None:
        """Say something above the list; empty: nothing."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def chosen(self) -> list[str]:
        """Names of the revisions chosen, the newest first."""
        return self.list.chosen() if self._stack.currentIndex() == 1 else []

    def compare_action(self) -> str:
        """Id of the action that compares what is chosen."""
        return "revisions.compare_two" if len(self.chosen()) > 1 else "revisions.compare"

    def _on_chosen(self) -> None:
        count = len(self.chosen())
        two = count > 1
        compare = self.buttons["revisions.compare"]
        compare.setText("Compare the two" if two else "Compare with the present")
        compare.setAccessibleName(compare.text())
        compare.setEnabled(count in (1, 2))
        for id in ("revisions.open", "revisions.name"):
            self.buttons[id].setEnabled(count == 1)
        self._allow()
        self.chosen_changed.emit()

    def _allow(self) -> None:
        read_only = self.store.read_only
        self._empty.allow(read_only)
        self.buttons["revisions.save"].setEnabled(not read_only)
        self.buttons["revisions.restore"].setEnabled(not read_only and len(self.chosen()) == 1)

    # following

    @override
    def on_change(self, change: object) -> None:
        """An edit changes no revision."""

    @override
    def on_diagram(self, diagram: str | None) -> None:
        self.list.viewport().update()

    @override
    def refresh(self) -> None:
        self.reading.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Another window, or a command, may have saved one meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.later()

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
        return QSize(260, 64)
