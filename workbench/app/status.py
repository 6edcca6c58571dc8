"""The status bar: saved state first, then what happened or is selected; counts and zoom at the right."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QToolButton, QWidget

from workbench.app.document_state import DocumentState
from workbench.commands.guards import sharing
from workbench.commands.names import describe
from workbench.model.base import record_type
from workbench.model.elements import Guard
from workbench.model.kinds import CODE_LETTER, PLURAL, label
from workbench.panels.common import plain_tip
from workbench.render.characters import brief
from workbench.session.session import Session

NOTICE_MS = 8_000
_MS_A_LETTER = 160
"""A slow reader's time; a long notice stays until it can be read twice."""


class StatusBar(QStatusBar):
    """Follows one session.

    Signals:
        everything: all levels of detail are asked for.
    """

    everything = Signal()

    def __init__(self, session: Session, state: DocumentState, parent: QWidget | None = None) -> None:
        """Build the parts and show the state."""
        super().__init__(parent)
        self._session = session
        self._state = state
        self._saved_at: datetime | None = None
        self._alarm: QLabel | None = None
        self._levels: QToolButton | None = None
        self.setSizeGripEnabled(False)
        self._saved = self._part("Saved state")
        self._what = self._part("Selection and messages")
        self._what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # a notice widens no window
        self._counts = self._part("Counts")
        self.zoom = QToolButton()
        self.zoom.setAutoRaise(True)
        self.zoom.setToolTip("Zoom to 100 % (Ctrl+0)")
        self.addWidget(self._saved)
        self.addWidget(self._what, 1)
        self.addPermanentWidget(self._counts)
        self.addPermanentWidget(self.zoom)
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(NOTICE_MS)
        self._clear.timeout.connect(self.show_selection)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._refresh)
        session.notice.connect(self.tell)
        state.changed.connect(self._show_saved)
        session.selection_changed.connect(self._on_selection)
        session.store.changed.connect(self._on_change)
        self._refresh()

    def close_down(self) -> None:
        """Stop following the session."""
        self._session.notice.disconnect(self.tell, missing_ok=True)
        self._state.changed.disconnect(self._show_saved, missing_ok=True)
        self._session.selection_changed.disconnect(self._on_selection, missing_ok=True)
        self._session.store.changed.disconnect(self._on_change, missing_ok=True)

    @staticmethod
    def _part(name: str) -> QLabel:
        part = QLabel()
        part.setTextFormat(Qt.TextFormat.PlainText)
        part.setAccessibleName(name)
        part.setContentsMargins(8, 0, 8, 0)
        return part

    def saved(self) -> None:
        """The document was just saved."""
        self._saved_at = datetime.now().astimezone()
        self._show_saved()

    def tell(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self._what.setText(brief(sentence))
        self._what.setToolTip(plain_tip(sentence))
        self._clear.start(max(NOTICE_MS, _MS_A_LETTER * len(sentence)))

    def warn(self, sentence: str) -> None:
        """Show a sentence until it is taken back by an empty one."""
        if self._alarm is None:
            self._alarm = self._part("Problem")
            self._alarm.setProperty("wrong", True)
            self._alarm.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.insertWidget(1, self._alarm, 2)
        self._alarm.setText(brief(sentence))
        self._alarm.setToolTip(plain_tip(sentence))
        self._alarm.setVisible(bool(sentence))
        if not sentence:
            self.tell("Edits are kept safe again.")

    def put(self, sign: QWidget) -> None:
        """Show a sign left of the counts."""
        self.insertPermanentWidget(2 if self._alarm is None else 3, sign)  # Qt counts what stands left

    def show_levels(self, level: int) -> None:
        """Say how much of the diagram is left out; nothing where that is nothing."""
        from workbench.analysis.levels import ALL, hidden_words  # noqa: PLC0415 - the first picture shows everything

        left = hidden_words(level)
        if self._levels is None:
            self._levels = QToolButton()
            self._levels.setAutoRaise(True)
            self._levels.clicked.connect(self.everything)
            self.put(self._levels)
        self._levels.setText(f"Level {level} of {ALL}")
        tip = f"{left.capitalize()} {'are' if ' and ' in left else 'is'} hidden; click to show everything"
        self._levels.setToolTip(tip)
        self._levels.setAccessibleName(f"Level {level} of {ALL}. {tip}")
        self._levels.setVisible(bool(left))

    def show_zoom(self, factor: float | None) -> None:
        """Show the zoom factor; None: no picture is seen that has one."""
        self.zoom.setEnabled(factor is not None)
        self.zoom.setText("" if factor is None else f"{round(factor * 100)} %")
        self.zoom.setAccessibleName("Zoom" if factor is None else f"Zoom {round(factor * 100)} %")

    def _on_selection(self, _: tuple[str, ...]) -> None:
        self._clear.stop()
        self._later.start()

    def _on_change(self, _: object) -> None:
        self._later.start()

    def _refresh(self) -> None:
        self._show_saved()
        self._show_counts()
        if not self._clear.isActive():
            self.show_selection()

    def _show_saved(self) -> None:
        session = self._session
        if self._state.hindrance:
            text = self._state.hindrance.capitalize() + (", unsaved changes" if session.modified else "")
        elif session.modified:
            text = "Unsaved changes"
        elif session.path is None:
            text = "Not saved yet"
        else:
            text = f"Saved {self._saved_at:%H:%M}" if self._saved_at else "Saved"
        self._saved.setText(text)

    def _show_counts(self) -> None:
        store = self._session.store
        elements = sum(store.count(kind) for kind in CODE_LETTER)
        links = store.count("link")
        self._counts.setText(
            f"{elements:,} {'element' if elements == 1 else 'elements'} · {links:,} {'link' if links == 1 else 'links'}"
        )

    def show_selection(self) -> None:
        """Say what is selected."""
        store = self._session.store
        ids = self._session.selection
        self._what.setToolTip("")
        if not ids:
            self._what.setText("")
            return
        if len(ids) == 1:
            text = describe(store, ids[0])
            guard = store.find(ids[0], Guard)
            if guard is not None and (lines := sharing(store, guard.control)) > 1:
                text += f", on {lines} lines"
            self._what.setText(brief(text))
            return
        kinds = {record_type(record) for id in ids if (record := store.get(id)) is not None}
        word = PLURAL.get(next(iter(kinds)), label(next(iter(kinds)))).lower() if len(kinds) == 1 else "things"
        self._what.setText(f"{len(ids):,} {word} selected")
