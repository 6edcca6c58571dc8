"""A claim as a small card for the inspector: verdict, value, the sentence that says why."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from workbench.analysis.claims import ClaimRow
from workbench.analysis.words import VERDICT_WORD
from workbench.panels.common import ElidedLabel, Label, allow_change, button, column
from workbench.panels.signs import draw_badge
from workbench.panels.style import SMALL_PX, current_theme, figure_font, ui_font
from workbench.render.characters import brief


class Badge(QWidget):
    """A verdict's sign."""

    def __init__(self, sign: str = "none", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setFixedSize(QSize(18, 18))
        self.set_sign(sign)

    def set_sign(self, sign: str) -> None:
        """Show another verdict."""
        self._sign = sign
        self.setAccessibleName(VERDICT_WORD.get(sign, ""))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_badge(painter, self._sign, current_theme(), QPointF(1, 1))


def verdict_label(sign: str, size: float) -> QLabel:
    """The verdict's word in its colour."""
    made = Label(VERDICT_WORD.get(sign, ""))
    made.setFont(ui_font(size, strong=True))
    colours = current_theme().verdict.get(sign)
    if colours is not None:
        palette = made.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours.text))
        made.setPalette(palette)
    return made


class ClaimCard(QWidget):
    """One claim; ``opened`` asks to see it in full, ``edit_asked`` to change it, ``removed`` to take it away."""

    opened = Signal(str)
    edit_asked = Signal(str)
    removed = Signal(str)

    def __init__(
        self, row: ClaimRow, *, read_only: str = "", editable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.row = row
        self.setAccessibleName(brief(f"{VERDICT_WORD.get(row.sign, '')}: {row.claim}"))
        layout = column(self, 8, 3)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Badge(row.sign))
        head.addWidget(verdict_label(row.sign, 13))
        head.addStretch(1)
        value = Label(row.estimate)
        font = figure_font(13, strong=True)
        font.setStrikeOut(row.sign == "stale")
        value.setFont(font)
        head.addWidget(value)
        layout.addLayout(head)
        claim = ElidedLabel(row.claim, font=ui_font(SMALL_PX, strong=True))
        layout.addWidget(claim)
        layout.addWidget(Label(row.reason, wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(2)
        criterion = ElidedLabel(row.criterion_in_full, font=ui_font(SMALL_PX))
        foot.addWidget(criterion, 1)
        show = button("Details", lambda: self.opened.emit(row.id), look="flat")
        show.setAccessibleName(brief(f"Details of {row.claim}"))
        foot.addWidget(show)
        edit = button("Edit", lambda: self.edit_asked.emit(row.id), look="flat")
        edit.setAccessibleName(brief(f"Edit {row.claim}"))
        if not editable:
            edit.hide()  # shown before it has a parent, it would be a window for a moment and take the focus
        allow_change(edit, read_only)
        foot.addWidget(edit)
        remove = button("Remove", lambda: self.removed.emit(row.id), look="flat")
        remove.setAccessibleName(brief(f"Remove {row.claim}"))
        allow_change(remove, read_only)
        foot.addWidget(remove)
        layout.addLayout(foot)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        colours = theme.verdict.get(self.row.sign)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.tint if colours is not None else theme.surface.raised))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
