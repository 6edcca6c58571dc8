"""Another rating of a hazard or consequence, chosen on the matrix with the arrow keys; nothing is typed."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.analysis.risk import level_of
from workbench.model.judgement import Phase, RiskScheme
from workbench.panels.common import Label
from workbench.panels.style import ui_font
from workbench.present.sheets import Sheet
from workbench.render.characters import single_line
from workbench.render.theme import Theme

_HINT: Final = "Arrows choose a cell · Tab initial or residual · Enter keeps it · Esc drops it"


class RatingSheet(Sheet):
    """A matrix to choose one cell of.

    Signals:
        rated: phase, severity and frequency.
    """

    rated = Signal(str, str, str)

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        name: str,
        scheme: RiskScheme,
        ratings: dict[Phase, tuple[str, str]],
        pixels: int,
    ) -> None:
        """Offer the cells of a scheme.

        Args:
            name: what is rated.
            ratings: severity and frequency in force by phase; empty codes where there are none.
        """
        super().__init__(parent, theme, f"Rate {name[:80]}", pixels)
        self._ratings = ratings
        self.phase: Phase = "residual" if ratings.get("residual", ("", ""))[0] else "initial"
        self.words = Label()
        self.words.setFont(ui_font(pixels))
        self.words.setAccessibleName("Rating chosen")
        self.matrix = _Cells(theme, scheme, pixels, self)
        self.body.addWidget(self.words)
        self.body.addWidget(self.matrix)
        hint = Label(_HINT, dim=True)
        hint.setFont(ui_font(max(12, round(pixels * 0.75))))
        self.body.addWidget(hint)
        self.matrix.moved.connect(self._say)
        self.matrix.taken.connect(self._keep)
        self._show_phase()

    def _show_phase(self) -> None:
        self.matrix.stand_on(*self._ratings.get(self.phase, ("", "")))
        self._say()

    def _say(self) -> None:
        severity, frequency = self.matrix.codes
        level, _ = level_of(self.matrix.scheme, severity, frequency)
        self.words.setText(f"{self.phase.capitalize()}: {severity}{frequency} {level}".strip())
        self.words.setAccessibleDescription(self.words.text())

    def _keep(self) -> None:
        severity, frequency = self.matrix.codes
        self.close_down()
        self.rated.emit(self.phase, severity, frequency)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return False  # Tab is the phase

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.phase = "initial" if self.phase == "residual" else "residual"
            self._show_phase()
        elif Qt.Key(key) in steps:
            self.matrix.step(*steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)
        event.accept()


class _Cells(QWidget):
    """The cells of a scheme, one of them current.

    Signals:
        moved: another one is current; ``taken``: it was clicked.
    """

    moved = Signal()
    taken = Signal()

    def __init__(self, theme: Theme, scheme: RiskScheme, pixels: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self._theme = theme
        self._pixels = pixels
        self._severities = [category.code for category in scheme.severities] or [""]
        self._frequencies = [category.code for category in scheme.frequencies] or [""]
        self._at = (0, 0)
        self.setFont(ui_font(round(pixels * 0.85)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self._size())

    def _size(self) -> QSize:
        wide, high = self._pixels * 4, round(self._pixels * 2.2)
        return QSize(wide * len(self._severities) + self._pixels * 2, high * len(self._frequencies) + self._pixels * 2)

    @property
    def codes(self) -> tuple[str, str]:
        """Severity and frequency of the current cell."""
        return self._severities[self._at[0]], self._frequencies[self._at[1]]

    def stand_on(self, severity: str, frequency: str) -> None:
        """Make a cell current; one that the scheme does not have leaves that side where it is."""
        x, y = self._at
        self._at = (
            self._severities.index(severity) if severity in self._severities else x,
            self._frequencies.index(frequency) if frequency in self._frequencies else y,
        )
        self.update()

    def step(self, dx: int, dy: int) -> None:
        """Go some cells on."""
        x, y = self._at
        self._at = (
            max(0, min(x + dx, len(self._severities) - 1)),
            max(0, min(y + dy, len(self._frequencies) - 1)),
        )
        self.moved.emit()
        self.update()

    def _cell(self, x: int, y: int) -> QRectF:
        left, top = self._pixels * 2.0, self._pixels * 2.0
        wide = (self.width() - left) / len(self._severities)
        high = (self.height() - top) / len(self._frequencies)
        return QRectF(left + x * wide, top + y * high, wide, high)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at: QPointF = event.position()
        for x in range(len(self._severities)):
            for y in range(len(self._frequencies)):
                if self._cell(x, y).contains(at):
                    self._at = (x, y)
                    self.taken.emit()
                    return

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        colours = {level.name: theme.level(level.steps, level.colour) for level in self.scheme.levels}
        painter = QPainter(self)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(QColor(theme.text.secondary))
        for x, severity in enumerate(self._severities):
            cell = self._cell(x, 0)
            painter.drawText(QRectF(cell.left(), 0, cell.width(), cell.top()), middle, single_line(severity))
        for y, frequency in enumerate(self._frequencies):
            cell = self._cell(0, y)
            painter.drawText(QRectF(0, cell.top(), cell.left(), cell.height()), middle, single_line(frequency))
        for x, severity in enumerate(self._severities):
            for y, frequency in enumerate(self._frequencies):
                cell = self._cell(x, y).adjusted(1, 1, -1, -1)
                name, _ = level_of(self.scheme, severity, frequency)
                look = colours.get(name)
                painter.fillRect(cell, QColor(look.fill if look is not None else theme.surface.panel))
                painter.setPen(QColor(look.text if look is not None else theme.text.secondary))
                painter.drawText(cell, middle, single_line(f"{severity}{frequency}"))
        pen = QPen(QColor(theme.text.primary), max(3.0, self._pixels / 7))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(self._cell(*self._at).adjusted(2, 2, -2, -2))
        painter.end()
