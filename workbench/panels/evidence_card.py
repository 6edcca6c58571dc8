"""The evidence card: everything about one claim, from the big number to the hash of its source."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.analysis.claim_words import by_hand, provenance, verdict_sentence
from workbench.analysis.claims import ClaimRow
from workbench.evidence.standing import Claim
from workbench.export.claim_plot import claim_sheet, claim_words, shown_baselines
from workbench.model.runs import Run
from workbench.panels.claim_card import Badge
from workbench.panels.common import Label, column
from workbench.panels.evidence_plot_view import PlotView
from workbench.panels.run_rows import RunSource
from workbench.panels.style import DISPLAY_PX, SMALL_PX, TITLE_PX, current_theme, figure_font, ui_font

_LEAST_PLOT, _LANE, _MOST_PLOT, _WORDS = 78, 26, 260, 170


class EvidenceCard(QWidget):
    """One claim in full.

    Attributes:
        told: emits a sentence for the status bar.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Evidence card")
        outer = column(self, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        )  # as high as the words wrapped here
        scroll.setWidget(body)
        outer.addWidget(scroll)
        for ground in (scroll.viewport(), body):
            ground.setAutoFillBackground(False)
        layout = column(body, 10, 3)
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
        self.plot = PlotView("Plot of the claim", _LEAST_PLOT)
        self.plot.told.connect(self.told)
        layout.addWidget(self.plot)
        verdict = QHBoxLayout()
        verdict.setSpacing(8)
        self._badge = Badge()
        verdict.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self._sentence = Label("", wrap=True)
        verdict.addWidget(self._sentence, 1)
        layout.addLayout(verdict)
        self._by_hand = Label("", wrap=True)
        self._doubts = Label("", wrap=True, dim=True)
        self._source = Label("", dim=True, wrap=True)
        self._source.setFont(ui_font(SMALL_PX))
        hand = QHBoxLayout()
        hand.setSpacing(8)
        self._hand_badge = Badge()
        hand.addWidget(self._hand_badge, 0, Qt.AlignmentFlag.AlignTop)
        hand.addWidget(self._by_hand, 1)
        layout.addLayout(hand)
        for label in (self._doubts, self._source):
            layout.addWidget(label)
        layout.addStretch(1)
        for shown in (self._claim, self._counts, self._sentence, self._by_hand, self._doubts, self._source):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(280)
        self._lanes = False
        self._struck = False

    def show_claim(
        self,
        row: ClaimRow,
        run: Run | None,
        source: RunSource = "",
        claim: Claim | None = None,
        folder: Path | None = None,
    ) -> None:
        """Show a claim.

        Args:
            source: whether the run's file is here.
            claim: the claim with all its doubts; None: only what the row says.
            folder: where exported plots are offered to go.
        """
        self._claim.setText(row.claim)
        self._counts.setText(" · ".join(part for part in (row.counts, row.interval) if part))
        self._struck = row.sign == "stale"
        self._dress()
        self._number.setText(row.estimate)
        drawable = row.value is not None or (row.low is not None and row.high is not None)
        self._lanes = bool(shown_baselines(row))
        self._size_plot()
        self.plot.setVisible(drawable)
        self.plot.folder = folder
        self.plot.show_plot(partial(claim_sheet, row) if drawable else None, claim_words(row))
        self._badge.set_sign(computed_sign(row))
        self._hand_badge.set_sign(row.verdict or "none")
        self._sentence.setText(verdict_sentence(row, claim))
        said = by_hand(row, claim)
        self._by_hand.setText(said)
        self._by_hand.setVisible(bool(said))
        self._hand_badge.setVisible(bool(said))
        doubts = "\n".join(f"Doubt: {doubt}" for doubt in (claim.doubts if claim is not None else ()))
        self._doubts.setText(doubts)
        self._doubts.setVisible(bool(doubts))
        self._source.setText(provenance(row, run, source))

    def _dress(self) -> None:
        """The large figure in its own font."""
        font = figure_font(DISPLAY_PX, strong=True)
        font.setStrikeOut(self._struck)
        self._number.setFont(font)

    def _size_plot(self) -> None:
        """The plot takes the room that the words leave, and no less than it needs."""
        least = _LEAST_PLOT + _LANE * self._lanes
        self.plot.setFixedHeight(max(least, min(_MOST_PLOT, self.height() - _WORDS)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_plot()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.plot.redraw()
            QTimer.singleShot(0, self, self._dress)  # a style sheet set anew forgets fonts given after the first look
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(self)


def paint_card(widget: QWidget) -> None:
    """The ground of a card: raised, with a thin border."""
    theme = current_theme()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.border.base))
    painter.setBrush(QColor(theme.surface.raised))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def computed_sign(row: ClaimRow) -> str:
    """The sign before the computed sentence: a person's verdict has its own sign before its own sentence."""
    if row.sign == "stale" or not row.analyst:
        return row.sign
    return row.computed or "none"
