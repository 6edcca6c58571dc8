"""The table of claims: a forest plot with one shared axis, worst first."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from workbench.analysis.claims import WORST_FIRST, ClaimRow
from workbench.analysis.words import VERDICT_WORD, percent, short_percent, word
from workbench.canvas.drops import evidence_data
from workbench.panels.evidence_grid import ROW_HEIGHT, Grid, SortHeader
from workbench.panels.evidence_model import Column, RowsModel
from workbench.panels.evidence_signs import source_icon, verdict_icon
from workbench.panels.icons import icon
from workbench.panels.outline_model import Index
from workbench.panels.plots import draw_grid, draw_interval, draw_pass_zone
from workbench.panels.run_rows import SOURCE_ORDER, SOURCE_WORD
from workbench.panels.run_sources import SourceStates
from workbench.panels.style import SMALL_PX, current_theme, figure_font

VERDICT, CLAIM, CRITERION, ON, ESTIMATE, INTERVAL, COUNT, RUN, AGE, SOURCE, MODEL, DATASET = range(12)
_INTERVAL_WIDTH: Final = 210
_RUN_WIDTH: Final = 140
_BY_HAND: Final = 176
_ARROW: Final = 12


def verdict_words(row: ClaimRow) -> str:
    """The verdict's word; of a person's also that it is one."""
    text = VERDICT_WORD.get(row.sign, "")
    return f"{text}, by hand" if row.analyst else text


def verdict_spoken(row: ClaimRow) -> str:
    """The verdict with who judged it and what the program computed."""
    text = verdict_words(row)
    if row.sign == "stale" and row.verdict is not None:
        text += f" (else {row.verdict})"
    if row.analyst:
        text += f" of {row.by}" if row.by else ""
        text += f"; computed: {word(row.computed)}" if row.computed is not None else "; nothing computed"
    return text


def interval_words(row: ClaimRow) -> str:
    """The interval as words, such as "84.6 % to 93.0 % at 95 %"."""
    if row.low is None or row.high is None:
        return "not known"
    shown = (percent(v) if row.unit == "proportion" else f"{v:.4g}" for v in (row.low, row.high))
    return f"{' to '.join(shown)} at {short_percent(row.level)}"


class ClaimModel(RowsModel[ClaimRow]):
    """The claims that pass the filter."""

    def __init__(self, sources: SourceStates, parent: QObject | None = None) -> None:
        self.today: date = datetime.now(tz=UTC).date()
        self._sources = sources
        super().__init__(self._columns(), lambda row: row.id, parent)
        self.mime = evidence_data

    def _columns(self) -> list[Column[ClaimRow]]:
        def stale(row: ClaimRow) -> bool:
            return row.sign == "stale"

        def picture(row: ClaimRow) -> QIcon:
            return verdict_icon(row.sign, row.analyst, current_theme(), row.differs)

        def colour(row: ClaimRow) -> Any:
            theme = current_theme()
            return QColor(theme.verdict[row.sign].text) if row.sign in theme.verdict else None

        def threshold(row: ClaimRow) -> tuple[str, float] | None:
            return (row.comparator or "", row.threshold) if row.threshold is not None else None

        def width_of(row: ClaimRow) -> float | None:
            return row.high - row.low if row.high is not None and row.low is not None else None

        def state_of(row: ClaimRow) -> str:
            return self._sources.state(row.run_id) if row.run_id else "no file"

        worst: dict[str, int] = {sign: place for place, sign in enumerate(WORST_FIRST)}
        return [
            Column("verdict", "Verdict", verdict_words, lambda r: worst[r.sign], 128, strong=True, tip=_tip,
                   picture=picture, colour=colour, spoken=verdict_spoken),
            Column("claim", "Claim", lambda r: r.claim, width=220, tip=_tip),
            Column("criterion", "Criterion", lambda r: r.criterion or "–", threshold, 72, figures=True,
                   tip=lambda r: r.criterion_in_full or "No criterion"),
            Column("on", "On", lambda r: r.on, lambda r: _code(r.on), 56, figures=True, strong=True),
            Column("estimate", "Estimate", lambda r: r.estimate, lambda r: r.value, 72, figures=True, strong=True,
                   falling=True, struck=stale),
            Column("interval", "Interval", lambda _: "", width_of, _INTERVAL_WIDTH, tip=interval_words,
                   spoken=interval_words, falling=True),
            Column("n", "n", lambda r: r.n, lambda r: r.count, 76, figures=True, falling=True,
                   tip=lambda r: r.counts or "n is not known"),
            Column("run", "Run", lambda r: r.run, width=_RUN_WIDTH),
            Column("age", "Age", lambda r: r.age(self.today), lambda r: r.day and (self.today - r.day).days, 64,
                   figures=True, falling=True,
                   tip=lambda r: f"{r.day.day} {r.day:%b %Y}" if r.day is not None else "The day is not known"),
            Column("source", "File", lambda r: SOURCE_WORD[state_of(r)], lambda r: SOURCE_ORDER.index(state_of(r)), 104,
                   shown=False, picture=lambda r: source_icon(state_of(r), current_theme())),
            Column("model", "Model", lambda r: r.model or "–", width=140, shown=False),
            Column("dataset", "Data set", lambda r: r.dataset or "–", width=140, shown=False),
        ]  # fmt: skip


def _tip(row: ClaimRow) -> str:
    return f"{row.claim}. {verdict_spoken(row)}. {row.reason}"


def _code(text: str) -> tuple[str, int, str]:
    """Codes in the order people count: C-9 before C-12."""
    letters, _, digits = text.partition("-")
    return (
        (letters.casefold(), int(digits), "")
        if digits.isdecimal() and len(digits) < 9
        else (letters.casefold(), 0, text)
    )


class _IntervalDelegate(QStyledItemDelegate):
    """Draws the interval on the shared axis."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ClaimRow = index.data(Qt.ItemDataRole.UserRole)
        theme = current_theme()
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection.row))
        box = rect.adjusted(10, 3, -10, -3)
        draw_pass_zone(painter, row, theme, box)
        draw_grid(painter, theme, box)
        if row.unit == "proportion":
            draw_interval(painter, row, theme, box)
        else:
            painter.setPen(QColor(theme.text.secondary))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, interval_words(row))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_INTERVAL_WIDTH, ROW_HEIGHT)


class _AxisHeader(SortHeader):
    """Headings; over the interval column, the ends of the shared axis."""

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        super().paintSection(painter, rect, logicalIndex)
        if logicalIndex != INTERVAL:
            return
        painter.save()
        painter.setFont(figure_font(SMALL_PX))
        painter.setPen(QColor(current_theme().text.secondary))
        box = rect.adjusted(8, 0, -8, 0)
        ground = QColor(current_theme().surface.header)
        painter.fillRect(rect.adjusted(3, 3, -1, -3), ground)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "0 %")
        word, sorted_so = self.model().headerData(INTERVAL, Qt.Orientation.Horizontal), self.sortIndicatorOrder()
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == INTERVAL:
            sign = icon("chevron-up" if sorted_so == Qt.SortOrder.AscendingOrder else "chevron-down")
            beside = box.center().x() + painter.fontMetrics().horizontalAdvance(word) // 2 + 4
            sign.paint(painter, QRect(beside, box.center().y() - 5, _ARROW, _ARROW))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "100 %")
        painter.restore()


class ClaimTable(Grid[ClaimRow]):
    """The table itself."""

    stretched: ClassVar[int] = CLAIM
    dropped: ClassVar[tuple[int, ...]] = (DATASET, MODEL, AGE, RUN, SOURCE, COUNT, CRITERION, INTERVAL)

    def __init__(self, sources: SourceStates, parent: QWidget | None = None) -> None:
        self.claims = ClaimModel(sources)
        self._by_hand = False
        super().__init__(self.claims, parent)
        self.setAccessibleName("Claims")
        self.setItemDelegateForColumn(INTERVAL, _IntervalDelegate(self))
        sources.changed.connect(self._sources_changed)

    @override
    def make_header(self) -> SortHeader:
        return _AxisHeader(self)

    @override
    def show_rows(self, rows: list[ClaimRow]) -> None:
        super().show_rows(rows)
        by_hand = any(row.analyst for row in rows)
        if by_hand != self._by_hand:
            self._by_hand = by_hand
            self._fit()

    @override
    def width_of(self, place: int) -> int:
        """The longest verdict with its words "by hand" has room where there is one."""
        return _BY_HAND if place == VERDICT and self._by_hand else super().width_of(place)

    def _sources_changed(self) -> None:
        self.claims.refresh_column(SOURCE)

    def show_claim(self, id: str) -> bool:
        """Put the cursor on a claim; whether it is among the rows."""
        return self.go_to(id)
