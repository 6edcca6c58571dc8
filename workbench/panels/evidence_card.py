"""The evidence card: everything about one claim, from the big number to the hash of its source."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.evidence.standing import SourceState, source_state
from workbench.model.runs import Run
from workbench.panels.claim_card import Badge
from workbench.panels.claims import ClaimRow
from workbench.panels.common import Label, column
from workbench.panels.evidence_table import interval_words
from workbench.panels.plots import draw_card_plot
from workbench.panels.signs import VERDICT_WORD
from workbench.panels.style import DISPLAY_PX, SMALL_PX, TITLE_PX, current_theme, figure_font, ui_font

_STATE = {"at hand": "file at hand", "changed": "file changed since", "not at hand": "file not at hand"}


class CardPlot(QWidget):
    """Interval, estimate and criterion on a stretch of the axis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ClaimRow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(66)

    def show_row(self, row: ClaimRow) -> None:
        """Show another claim."""
        self._row = row
        self.setAccessibleName(f"Estimate {row.estimate}, interval {interval_words(row)}, criterion {row.criterion}")
        self.setVisible(row.on_axis)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, 66)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._row is not None:
            painter = QPainter(self)
            draw_card_plot(painter, self._row, current_theme(), QRectF(self.rect()))


class EvidenceCard(QWidget):
    """One claim in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Evidence card")
        outer = column(self, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        scroll.setWidget(body)
        outer.addWidget(scroll)
        for ground in (scroll.viewport(), body):
            ground.setAutoFillBackground(False)
        layout = column(body, 12, 3)
        head = QHBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(2)
        self._claim = Label("", wrap=True)
        self._claim.setFont(ui_font(TITLE_PX, strong=True))
        self._counts = Label("", dim=True, wrap=True)
        self._counts.setFont(figure_font())
        left.addWidget(self._claim)
        left.addWidget(self._counts)
        head.addLayout(left, 1)
        self._number = Label("")
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self._plot = CardPlot()
        layout.addWidget(self._plot)
        verdict = QHBoxLayout()
        verdict.setSpacing(8)
        self._badge = Badge()
        verdict.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self._sentence = Label("", wrap=True)
        verdict.addWidget(self._sentence, 1)
        layout.addLayout(verdict)
        self._source = Label("", dim=True, wrap=True)
        self._source.setFont(ui_font(SMALL_PX))
        layout.addWidget(self._source)
        layout.addStretch(1)
        for shown in (self._claim, self._counts, self._sentence, self._source):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(300)

    def show_claim(self, row: ClaimRow, run: Run | None, folder: Path | None) -> None:
        """Show a claim; ``folder`` is that of the project, where relative sources are looked for."""
        self._claim.setText(row.claim)
        level = f"{row.level * 100:g} % interval {interval_words(row).partition(' at ')[0]}"
        self._counts.setText(" · ".join(part for part in (row.counts, level if row.low is not None else "") if part))
        font = figure_font(DISPLAY_PX, strong=True)
        font.setStrikeOut(row.sign == "stale")
        self._number.setFont(font)
        self._number.setText(row.estimate)
        self._plot.show_row(row)
        self._badge.set_sign(row.sign)
        self._sentence.setText(f"{VERDICT_WORD[row.sign]}. {row.reason}")
        self._source.setText(provenance(row, run, source_state(run, folder) if run is not None else None))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.border.base))
        painter.setBrush(QColor(theme.surface.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def provenance(row: ClaimRow, run: Run | None, state: SourceState | None) -> str:
    """Where a claim's figures come from: data set, format, day, file, hash, and whether the file is here."""
    if run is None:
        return row.run
    dataset = f"{run.dataset.name} {run.dataset.version}".strip()
    digest = run.source.sha256
    parts = [
        row.run,
        dataset,
        run.format,
        f"{row.day.day} {row.day:%b %Y}" if row.day is not None else "no date",
        run.source.repository_path or run.source.path,
        f"sha256 {digest[:4]}…{digest[-4:]}" if digest else "no hash",
        _STATE[state] if state is not None else "",
    ]
    first = " · ".join(dict.fromkeys(part for part in parts if part))
    return "\n".join([first, *(f"Doubt: {doubt}" for doubt in run.doubts)])
