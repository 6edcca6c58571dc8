"""Parts of the presenter's view: a stop as a picture, the notes, clock and timer, the meeting log's last lines."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QSpinBox, QWidget
from typing_extensions import override

from workbench.analysis.meeting_log import KINDS, MANY, tail
from workbench.panels.common import ElidedLabel, Label, button, column
from workbench.panels.icons import icon
from workbench.panels.style import figure_font, ui_font
from workbench.present.timer import LONGEST, Timer
from workbench.render.theme import Theme
from workbench.store.store import Store

NOTES_PX: Final = 18
_TICK_MS: Final = 250
_WIDE, _HIGH = 16, 9


class StopPicture(QWidget):
    """A stop as the audience sees it, small, with a line above it."""

    def __init__(self, heading: str, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self.heading = ElidedLabel(heading, font=ui_font(15, strong=True))
        self._frame = _Frame(theme)
        lines = column(self, 0, 6)
        lines.addWidget(self.heading)
        lines.addWidget(self._frame, 1)

    def show_image(self, image: QImage, told: str) -> None:
        """Show an image; one without a size: the end of the route."""
        self._frame.image = image
        self._frame.setAccessibleName(told)
        self._frame.update()

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._frame.image

    def wanted_size(self) -> QSize:
        """Logical pixels the image is shown at."""
        return self._frame.inner().size()


class _Frame(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.image = QImage()
        self.shape = (_WIDE, _HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)

    def inner(self) -> QRect:
        """Where the image stands: as wide as the audience's screen for its height."""
        wide, high = self.image.width() or self.shape[0], self.image.height() or self.shape[1]
        scale = min(self.width() / wide, self.height() / high)
        size = QSize(max(1, round(wide * scale)), max(1, round(high * scale)))
        return QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = self.inner()
        if self.image.isNull():
            painter.setPen(QColor(self._theme.text.secondary))
            painter.setFont(ui_font(15))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), "End of the route")
        else:
            painter.drawImage(rect, self.image)
        painter.setPen(QColor(self._theme.border.strong))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()


class Notes(QPlainTextEdit):
    """The notes of a stop, in letters to be read at arm's length.

    Signals:
        written: the text, once somebody stopped typing for a moment or went elsewhere.
        left: Esc: the keyboard goes back to the presentation.
    """

    written = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        """Start empty and off."""
        super().__init__()
        self.setFont(ui_font(NOTES_PX))
        self.setAccessibleName("Notes")
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # keys are the presentation's until somebody wants to write
        self._kept = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(600)
        self._pause.timeout.connect(self.keep)
        self.textChanged.connect(self._pause.start)

    def show_notes(self, text: str, *, editable: bool, without: str) -> None:
        """Show the notes of a stop; what was typed for the one before is kept first by who calls.

        Args:
            without: said where there are none and none can be written.
        """
        if self._kept != text or self.toPlainText() != text:
            self._kept = text
            self.setPlainText(text)
        self._pause.stop()
        self.setReadOnly(not editable)
        self.setPlaceholderText("Notes" if editable else without)

    def keep(self) -> None:
        """Hand over what was typed, if it is another text."""
        self._pause.stop()
        text = self.toPlainText()
        if text != self._kept and not self.isReadOnly():
            self._kept = text
            self.written.emit(text)

    @override
    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # it leaves the notes, not the presentation
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.keep()
        super().focusOutEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.keep()
            self.left.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class TimeBar(QWidget):
    """The clock, and the timer with what sets it.

    Signals:
        pause_asked: let the timer stand still, or go on; ``reset_asked``: begin anew.
    """

    pause_asked = Signal()
    reset_asked = Signal()

    def __init__(self, timer: Timer, wall: Callable[[], str], theme: Theme) -> None:
        """Follow a timer; ``wall`` gives the time of day."""
        super().__init__()
        self._timer = timer
        self._wall = wall
        self._theme = theme
        self.timer = Label()
        self.timer.setFont(figure_font(30, strong=True))
        self.timer.setAccessibleName("Timer")
        self.clock = Label(dim=True)
        self.clock.setFont(figure_font(22))
        self.clock.setAccessibleName("Clock")
        self.pause = button("Pause", self.pause_asked.emit, tip="Let the timer stand still, or go on (T)")
        self.reset = button("Restart", self.reset_asked.emit, tip="Begin the timer anew (Shift+T)")
        self.minutes = QSpinBox()
        self.minutes.setRange(0, LONGEST)
        self.minutes.setSuffix(" min")
        self.minutes.setSpecialValueText("Count up")
        self.minutes.setAccessibleName("Minutes to count down from")
        self.minutes.setKeyboardTracking(False)
        self.minutes.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.minutes.valueChanged.connect(self._count)
        for one in (self.pause, self.reset):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self.timer, self.pause, self.reset, self.minutes):
            row.addWidget(widget)
        row.addSpacing(24)
        row.addWidget(self.clock)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self._tick.start()
        self.refresh()

    def still(self) -> None:
        """Follow no more."""
        self._tick.stop()

    def _count(self, minutes: int) -> None:
        self._timer.count(minutes)
        self.refresh()

    def refresh(self) -> None:
        """Show the time as it is."""
        timer = self._timer
        pressed = timer.warning
        theme = self._theme
        colour = theme.text.secondary if timer.paused else theme.text.primary
        if pressed == "soon":
            colour = theme.verdict["inconclusive"].text
        elif pressed == "over":
            colour = theme.verdict["refutes"].text
        self.timer.setText(timer.text)
        self.timer.setStyleSheet(f"color: {colour};")
        said = {"": "", "soon": ", little time is left", "over": ", the time is over"}[pressed]
        self.timer.setAccessibleDescription(timer.text + said)
        self.pause.setText("Go on" if timer.paused else "Pause")
        self.clock.setText(self._wall())


class LogStrip(QWidget):
    """A, D, V and C with how many there are of each, and the last lines of the log.

    Signals:
        asked: the kind of line to capture.
    """

    asked = Signal(str)

    def __init__(self, store: Store, theme: Theme) -> None:
        """Show what is noted; off where the document cannot be changed."""
        super().__init__()
        self._store = store
        self._buttons = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for kind in KINDS:
            made = button("", lambda kind=kind: self.asked.emit(kind))  # type: ignore[misc]
            made.setIcon(icon(kind, theme.text.primary))
            made.setFont(ui_font(15))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setEnabled(not store.read_only)
            self._buttons[kind] = made
            row.addWidget(made)
        self.lines = ElidedLabel(font=ui_font(14))
        row.addSpacing(12)
        row.addWidget(self.lines, 1)
        self.refresh()

    def refresh(self) -> None:
        """Show what is noted now."""
        end = tail(self._store)
        for kind, made in self._buttons.items():
            count = end.counts[kind]
            words = f"{kind[0].upper()}   {count} {kind if count == 1 else MANY[kind]}"
            made.setText(words)
            made.setAccessibleName(f"Capture {kind}; {end.counts[kind]} so far")
        self.lines.set_text("   ·   ".join(reversed(end.lines)) or "Nothing noted yet")
