"""Signs of the operational design domain as icons, and the chips of hazards."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPainter, QPen, QPixmap

from workbench.analysis.odd_coverage import STATE_WORD, Found, State, Verdict
from workbench.export.odd_signs import sign_ops
from workbench.panels.style import SMALL_PX, ui_font
from workbench.render.characters import single_line
from workbench.render.ops import Ops
from workbench.render.paint import compile_ops, paint
from workbench.render.theme import Theme

CHIP_HEIGHT: Final = 18.0
_PAD: Final = 6.0
_GAP: Final = 4.0
KEYS: Final[tuple[State, ...]] = ("hazard_found", "judged_none", "not_applicable", "not_considered")
"""The states by the keys 1 to 4."""


@lru_cache(maxsize=32)
def state_icon(state: State, theme: Theme) -> QIcon:
    """The sign of a state, the same whether its row is selected or not."""
    return _icon(sign_ops(state, theme))


def _icon(ops: Ops) -> QIcon:
    compiled = compile_ops(ops)
    result = QIcon()
    for scale in (1.0, 2.0, 3.0):
        pixmap = QPixmap(QSize(16, 16) * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, compiled)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(pixmap, mode)
    return result


def chip_boxes(hazards: tuple[Found, ...], room: QRectF) -> list[tuple[Found | None, str, QRectF]]:
    """Where each hazard's chip stands in a cell; the last, without a hazard, says how many found no room."""
    metrics = QFontMetricsF(ui_font(SMALL_PX))
    made: list[tuple[Found | None, str, QRectF]] = []
    x, top = room.left() + 2, room.center().y() - CHIP_HEIGHT / 2
    for number, hazard in enumerate(hazards):
        text = metrics.elidedText(single_line(hazard.name), Qt.TextElideMode.ElideRight, 90)
        width = metrics.horizontalAdvance(text) + 2 * _PAD
        rest = len(hazards) - number
        more = metrics.horizontalAdvance(f"+{rest}") + 2 * _PAD if rest > 1 else 0.0
        if made and x + width + (_GAP + more if rest > 1 else 0.0) > room.right():
            words = f"+{rest}"
            made.append((None, words, QRectF(x, top, metrics.horizontalAdvance(words) + 2 * _PAD, CHIP_HEIGHT)))
            break
        made.append((hazard, text, QRectF(x, top, width, CHIP_HEIGHT)))
        x += width + _GAP
    return made


def draw_chip(painter: QPainter, text: str, box: QRectF, theme: Theme) -> None:
    """One hazard's chip in the hazard's colours."""
    kind = theme.kind.hazard
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(kind.border), 1))
    painter.setBrush(QColor(kind.fill))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(ui_font(SMALL_PX))
    painter.setPen(QColor(kind.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def spoken(name: str, verdict: Verdict) -> str:
    """An entry or pair in words: name, state, hazards, reason, contradiction."""
    parts = [name, STATE_WORD[verdict.state].lower()]
    if verdict.hazards:
        parts.append("hazards " + ", ".join(hazard.name for hazard in verdict.hazards))
    if verdict.reason.strip():
        parts.append(f"reason: {verdict.reason.strip()}")
    return ", ".join(parts) + (f". Contradiction: {verdict.conflict}" if verdict.conflict else "")
