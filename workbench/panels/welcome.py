"""The start page: begin something, go on with something, or look at a sample."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.panels.common import Label, column
from workbench.panels.icons import icon
from workbench.panels.style import SMALL_PX, TITLE_PX, current_theme, ui_font
from workbench.render.characters import brief, single_line
from workbench.values import value_type

_HEADING_PX: Final = 20


@value_type(frozen=True, slots=True)
class Entry:
    """A file to open: its title, a line about it (or when it was last saved), and where it lies."""

    title: str
    line: str
    path: Path


TEMPLATES: Final = (
    ("empty", "Empty project", "Nothing but a diagram"),
    ("bow-tie", "Bow-tie", "A hazard, its top event, and a line each side"),
    ("simple", "Simple notation", "Cause, hazard, consequence, without a top event"),
    ("code-synthesis", "Code synthesis", "Risk scheme, ODD and hazards of code-writing models"),
)
"""(name for ``new --template``, title, line)."""


class WelcomePage(QWidget):
    """Three columns: Start, Recent, Samples.

    Attributes:
        template_chosen: emits the name of a template.
        open_requested: the user wants to choose a file.
        file_chosen: emits the path of a recent project.
        sample_chosen: emits the path of a sample.
        recover_requested: the user wants back what a crash left unsaved.
    """

    template_chosen = Signal(str)
    open_requested = Signal()
    file_chosen = Signal(str)
    sample_chosen = Signal(str)
    recover_requested = Signal()

    def __init__(self, recent: Sequence[Entry], samples: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Start page")
        outer = column(self, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        body = QWidget()
        for ground in (scroll.viewport(), body):
            ground.setAutoFillBackground(False)
        scroll.setWidget(body)
        outer.addWidget(scroll)
        page = column(body, 40, 20)
        title = Label("Hazard Workbench")
        title.setFont(ui_font(28, strong=True))
        page.addWidget(title)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        page.addLayout(columns)
        page.addStretch(1)
        columns.addLayout(self._start(), 1)
        columns.addLayout(
            self._files("Recent", recent, "recent", "Projects you open appear here.", self.file_chosen.emit), 1
        )
        columns.addLayout(self._files("Samples", samples, "sample", "No samples found.", self.sample_chosen.emit), 1)

    def _start(self) -> QVBoxLayout:
        rows = _headed("Start")
        for name, text, line in TEMPLATES:
            card = _Card("new" if name == "empty" else "template", text, line)
            card.clicked.connect(partial(self.template_chosen.emit, name))
            rows.addWidget(card)
        card = _Card("open", "Open…", "A project on this machine")
        card.clicked.connect(self.open_requested)
        rows.addWidget(card)
        self._recover = _Card("history", "Recover unsaved work…", "What a crash left behind")
        self._recover.clicked.connect(self.recover_requested)
        self._recover.hide()
        rows.addWidget(self._recover)
        rows.addStretch(1)
        return rows

    def offer_recovery(self, offered: bool) -> None:
        """Show the way to unsaved work, or hide it where there is none."""
        self._recover.setVisible(offered)

    def _files(
        self, heading: str, entries: Sequence[Entry], sign: str, nothing: str, chosen: Callable[[str], object]
    ) -> QVBoxLayout:
        rows = _headed(heading)
        if not entries:
            rows.addWidget(Label(nothing, dim=True, wrap=True))
        for entry in entries:
            card = _Card(sign, entry.title, entry.line, str(entry.path))
            card.clicked.connect(partial(chosen, str(entry.path)))
            rows.addWidget(card)
        rows.addStretch(1)
        return rows


def _headed(text: str) -> QVBoxLayout:
    rows = QVBoxLayout()
    rows.setSpacing(6)
    heading = Label(text)
    heading.setFont(ui_font(_HEADING_PX, strong=True))
    rows.addWidget(heading)
    return rows


class _Card(QAbstractButton):
    """A picture, a title and a line or two under it, all of it a button."""

    def __init__(self, sign: str, title: str, line: str, path: str = "") -> None:
        super().__init__()
        self._lines = [single_line(part) for part in (line, path) if part]
        self._icon = icon(sign)
        self._title = single_line(title)
        self.setAccessibleName(brief(title))
        self.setAccessibleDescription(brief(", ".join(self._lines)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, 34 + 18 * len(self._lines))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # Qt presses such a button with the space bar only
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.isDown()
        edge = theme.accent.base if self.hasFocus() else theme.border.strong if lit else theme.border.base
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(theme.accent.tint if lit else theme.surface.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._icon.paint(painter, 12, 9, 18, 18)
        painter.setFont(ui_font(TITLE_PX, strong=True))
        painter.setPen(QColor(theme.text.primary))
        room = self.rect().adjusted(40, 7, -10, 0)
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(room, 0, painter.fontMetrics().elidedText(self._title, elide, room.width()))
        painter.setFont(ui_font(SMALL_PX))
        painter.setPen(QColor(theme.text.secondary))
        for index, line in enumerate(self._lines):
            how = Qt.TextElideMode.ElideMiddle if index else elide
            shown = painter.fontMetrics().elidedText(line, how, room.width())
            painter.drawText(room.adjusted(0, 20 + 18 * index, 0, 0), 0, shown)
