"""Shows a picture made of ops, as large as it goes: an evidence card, a matrix, a row of the log, a grid."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.render.ops import Ops, TextOp, flatten
from workbench.render.paint import Compiled, compile_ops, paint
from workbench.values import value_type

_LARGEST: Final = 6.0


@value_type(frozen=True, slots=True)
class Picture:
    """Ops within a rectangle from 0, 0.

    Attributes:
        told: what it says, for those who hear it.
    """

    width: float
    height: float
    ops: Ops
    told: str = ""

    def smallest_text(self) -> float:
        """Pixel size of its smallest text; 0 where it has none."""
        return float(min((op.size for op, _, _ in flatten(self.ops) if isinstance(op, TextOp)), default=0))


Make = Callable[[float, float], Picture]
"""Makes the picture for room of a width and a height."""


class CardView(QWidget):
    """Shows one picture at a time, made for its size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ground = QColor("white")
        self._make: Make | None = None
        self._picture: Picture | None = None
        self._compiled = Compiled()
        self._made_for = (0, 0)

    def show_picture(self, make: Make | None, ground: str) -> None:
        """Show what a maker makes on a ground; None: nothing."""
        self._make, self._ground = make, QColor(ground)
        self._remake()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def scale(self) -> float:
        """View pixels for one unit of the picture."""
        picture = self._picture
        if picture is None:
            return 1.0
        return min(self.width() / max(picture.width, 1.0), self.height() / max(picture.height, 1.0), _LARGEST)

    def smallest_text(self) -> float:
        """Height of the smallest text in view pixels; 0 where there is none."""
        return self._picture.smallest_text() * self.scale if self._picture is not None else 0.0

    def _remake(self) -> None:
        self._made_for = (self.width(), self.height())
        self._picture = self._make(float(self.width()), float(self.height())) if self._make is not None else None
        self._compiled = compile_ops(self._picture.ops, cosmetic=False) if self._picture is not None else Compiled()
        self.setAccessibleName(self._picture.told if self._picture is not None else "")
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._made_for != (self.width(), self.height()):
            self._remake()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._ground)
        picture = self._picture
        if picture is not None:
            scale = self.scale
            left = (self.width() - picture.width * scale) / 2
            top = (self.height() - picture.height * scale) / 2
            painter.translate(left, top)
            painter.scale(scale, scale)
            paint(painter, self._compiled)
        painter.end()
