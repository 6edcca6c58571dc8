"""The result of comparing two runs: the sentence, the plot of the difference, and every item in both."""

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.analysis.fuzzy import fold
from workbench.panels.common import Label, column
from workbench.panels.evidence_grid import Grid
from workbench.panels.evidence_model import Column, RowsModel
from workbench.panels.evidence_page import ChipRow
from workbench.panels.evidence_plot_view import PlotView
from workbench.panels.icons import icon
from workbench.panels.run_comparison import OUTCOMES, Compared, ItemRow, score_words, sentence
from workbench.panels.run_difference import difference_drawing, difference_words
from workbench.panels.run_rows import figure
from workbench.panels.style import TITLE_PX, current_theme, ui_font

_ITEM_WIDTH: Final = 320


class ItemTable(Grid[ItemRow]):
    """Every item with its score in either run."""

    stretched: ClassVar[int] = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        self.compared: Compared | None = None
        super().__init__(RowsModel(self._columns(), lambda row: row.item), parent)
        self.setAccessibleName("Items of both runs")
        self.setMinimumHeight(120)

    def _columns(self) -> list[Column[ItemRow]]:
        def graded() -> bool:
            return self.compared is not None and self.compared.graded

        def outcome(row: ItemRow) -> str:
            return self.compared.words()[row.outcome] if self.compared is not None else ""

        def differs(row: ItemRow) -> QColor | None:
            return QColor(current_theme().accent.text) if row.outcome in ("only_a", "only_b") else None

        return [
            Column("item", "Item", lambda r: r.item, width=_ITEM_WIDTH),
            Column("a", "A", lambda r: score_words(r.a, graded=graded()), lambda r: r.a, 110, figures=True),
            Column("b", "B", lambda r: score_words(r.b, graded=graded()), lambda r: r.b, 110, figures=True),
            Column("outcome", "Outcome", outcome, lambda r: OUTCOMES.index(r.outcome), 160, strong=True,
                   colour=differs),
        ]  # fmt: skip


class ResultPage(QWidget):
    """One result.

    Attributes:
        compared: what is shown; None while there is no result.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compared: Compared | None = None
        self._chip = ""
        layout = column(self, 0, 8)
        self.sentence = Label("", wrap=True)
        self.sentence.setFont(ui_font(TITLE_PX))
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.sentence)
        self.plot = PlotView("Difference of the two runs", 92)
        self.plot.setMaximumHeight(120)
        self.plot.export_size = QSize(960, 160)
        layout.addWidget(self.plot)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search items")
        self.search.setAccessibleName("Search items")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(190)
        self.search.textChanged.connect(lambda _text: self._filter())
        row.addWidget(self.search)
        self.chips = ChipRow("Show which items")
        for outcome in ("", *OUTCOMES):
            self.chips.add(outcome, "")
        self.chips.chosen.connect(self.set_chip)
        row.addWidget(self.chips, 1)
        layout.addLayout(row)
        self.table = ItemTable()
        self.table.columns_asked.connect(lambda at: self.table.columns_menu(self).popup(at))
        layout.addWidget(self.table, 1)

    def show_result(self, compared: Compared, name_a: str, name_b: str) -> None:
        """Show the result for two runs of these names, with all items."""
        self.compared = self.table.compared = compared
        self.sentence.setText(sentence(compared, name_a, name_b))
        self.plot.setVisible(compared.comparison.difference is not None)
        self.plot.show_plot(partial(difference_drawing, compared.comparison), difference_words(compared.comparison))
        self.set_chip("")

    def set_chip(self, outcome: str) -> None:
        """Show only items that ended one way; empty: all."""
        self._chip = outcome
        self._filter()

    def _filter(self) -> None:
        compared = self.compared
        if compared is None:
            return
        words, counts = compared.words(), compared.counts()
        texts = {"": f"All {figure(len(compared.rows))}"}
        for outcome in OUTCOMES:
            if counts[outcome] or outcome in ("only_a", "only_b"):
                texts[outcome] = f"{words[outcome]} {figure(counts[outcome])}"
        self.chips.show_counts(texts, self._chip)
        wanted = fold(self.search.text().strip())
        rows = [
            row for row in compared.rows if self._chip in ("", row.outcome) and (not wanted or wanted in fold(row.item))
        ]
        self.table.show_rows(rows)
