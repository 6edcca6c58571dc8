"""The run card: where a run comes from, in full, as text that can be selected and copied."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextEdit, QWidget
from typing_extensions import override

from workbench.model.runs import Run
from workbench.panels.common import ElidedLabel, button, column
from workbench.panels.evidence_card import paint_card
from workbench.panels.evidence_signs import standing_icon
from workbench.panels.run_facts import Section, facts_text, run_facts
from workbench.panels.run_rows import STANDING_WORD, RunRow, RunSource
from workbench.panels.style import SMALL_PX, TITLE_PX, current_theme, figure_font, ui_font
from workbench.render.characters import single_line
from workbench.store.store import Store

_NAME_SHARE = 24
_LONGEST_FACT = 20_000
_NARROW = 560
"""Less room than this, and tables stand as pairs of heading and value."""


class FactsView(QTextEdit):
    """Sections of facts, filled as plain text: nothing in them is taken for markup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("Provenance of the run")
        self.viewport().setAutoFillBackground(False)
        self._sections: list[Section] = []
        self._narrow = False

    def show_sections(self, sections: list[Section]) -> None:
        """Show other facts, from the top."""
        if sections == self._sections:
            return
        self._sections = sections
        self.fill()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.viewport().width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.fill()

    def fill(self) -> None:
        """Set the text in the colours of the theme."""
        theme = current_theme()
        self.clear()
        cursor = QTextCursor(self.document())
        plain, dim, strong = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        plain.setFont(figure_font())
        plain.setForeground(QColor(theme.text.primary))
        dim.setFont(ui_font(SMALL_PX))
        dim.setForeground(QColor(theme.text.secondary))
        strong.setFont(ui_font(strong=True))
        strong.setForeground(QColor(theme.text.primary))
        for place, section in enumerate(self._sections):
            heading = QTextBlockFormat()
            heading.setTopMargin(10 if place else 0)
            if place:
                cursor.movePosition(QTextCursor.MoveOperation.End)
                cursor.insertBlock(heading, strong)
            cursor.insertText(single_line(section.title), strong)
            if section.facts:
                self._table(cursor, section.facts, (dim, plain), (_NAME_SHARE, 100 - _NAME_SHARE))
            if section.table and self._narrow:
                pairs = [pair for row in section.table[1:] for pair in zip(section.table[0], row, strict=True)]
                self._table(cursor, tuple(pairs), (dim, plain), (_NAME_SHARE, 100 - _NAME_SHARE))
            elif section.table:
                columns = len(section.table[0])
                first = 28 if columns > 2 else 50
                rest = (100 - first) // max(1, columns - 1)
                self._table(cursor, section.table, (plain,) * columns, (first, *(rest,) * (columns - 1)), head=dim)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _table(
        self,
        cursor: QTextCursor,
        rows: tuple[tuple[str, ...], ...],
        looks: tuple[QTextCharFormat, ...],
        shares: tuple[int, ...],
        head: QTextCharFormat | None = None,
    ) -> None:
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        shape.setCellPadding(1.5)
        shape.setCellSpacing(0)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
        table = cursor.insertTable(len(rows), len(shares), shape)
        for place, row in enumerate(rows):
            for at, text in enumerate(row):
                look = head if head is not None and not place else looks[at]
                table.cellAt(place, at).firstCursorPosition().insertText(single_line(text, _LONGEST_FACT), look)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.fill()
        super().changeEvent(event)


class RunCard(QWidget):
    """One run in full; ``told`` emits a sentence for the status bar."""

    told = Signal(str)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._run = ""
        self._standing = "stands"
        self._source: RunSource = ""
        self.setAccessibleName("Run card")
        layout = column(self, 12, 4)
        head = QHBoxLayout()
        head.setSpacing(6)
        self._picture = QLabel()
        head.addWidget(self._picture)
        self.name = ElidedLabel("", font=ui_font(TITLE_PX, strong=True))
        head.addWidget(self.name, 1)
        self._copy = button("Copy provenance", self.copy, look="flat")
        head.addWidget(self._copy)
        layout.addLayout(head)
        self.facts = FactsView()
        layout.addWidget(self.facts, 1)
        self.setMinimumWidth(280)

    def show_run(self, run: str, source: RunSource, row: RunRow | None = None) -> None:
        """Show a run; nothing where there is none, such as a document that was read by a person."""
        self._run, self._source = run, source
        record = self._store.find(run, Run)
        self._copy.setEnabled(record is not None)
        if record is None:
            self._picture.setVisible(False)
            self.name.set_text("No run stands behind this claim")
            self.facts.show_sections([])
            return
        self._standing = row.standing if row is not None else "stands"
        self._picture.setVisible(True)
        self._show_standing()
        sections = run_facts(self._store, record, source)
        self.name.set_text(sections[0].facts[0][1])
        self.facts.show_sections(sections)

    def _show_standing(self) -> None:
        self._picture.setPixmap(standing_icon(self._standing, current_theme()).pixmap(16, 16))
        self._picture.setAccessibleName(STANDING_WORD[self._standing])

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_standing()
        super().changeEvent(event)

    def text(self) -> str:
        """Everything on the card as plain text."""
        record = self._store.find(self._run, Run)
        return facts_text(run_facts(self._store, record, self._source)) if record is not None else ""

    def copy(self) -> None:
        """Put everything on the clipboard."""
        text = self.text()
        if text:
            QGuiApplication.clipboard().setText(text)
            self.told.emit("Copied the provenance of the run.")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(self)
