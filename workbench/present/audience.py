"""What the audience sees: one stop over the whole screen, and for a moment what lies over it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPalette, QResizeEvent, QScreen, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from workbench.analysis.levels import ALL, LEVEL_TITLES
from workbench.panels.common import Label, column
from workbench.panels.style import palette_of, ui_font
from workbench.present.ink import Ink
from workbench.present.ink_layer import InkLayer
from workbench.present.sheets import KeySheet, ListSheet, Sheet, stage_sheet
from workbench.present.show import Show
from workbench.present.stop_screen import StopScreen
from workbench.render.theme import Theme
from workbench.session.session import Session

_NOTICE_MS: Final = 3_500
_TEXT: Final = 1 / 44
"""Text of what lies over the screen, as a share of its height."""
Groups = Sequence[Sequence[tuple[str, str]]]


class AudienceWindow(QWidget):
    """The window of the audience; it follows the show, and hands what is done in it to the show.

    Signals:
        closed: the window system wants it gone.
        enter_pressed: Enter, where no number of a stop was typed.
        card_asked: id of what the verdict badge that was clicked stands on.
        edit_asked: id of what was double-clicked.
        done: what was typed or chosen here is done; another window may have the keyboard again.
    """

    closed = Signal()
    done = Signal()
    enter_pressed = Signal()
    card_asked = Signal(str)
    edit_asked = Signal(str)

    def __init__(self, session: Session, show: Show, theme: Theme, now: Callable[[], float]) -> None:
        """Show where the show stands."""
        super().__init__()
        self.setWindowTitle("Presentation")
        self.setObjectName("audience")
        self.setAccessibleName("Presentation")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.running = show
        self.session = session
        self.theme = theme
        self.stage = StopScreen(session, theme, self)
        self.ink = InkLayer(self, Ink(now))
        self.cover = QWidget(self)
        self.cover.setAutoFillBackground(True)
        self.cover.setCursor(Qt.CursorShape.BlankCursor)
        self.cover.setAccessibleName("Blank screen")
        self.cover.hide()
        self.notice = Label(parent=self)
        self.notice.setObjectName("notice")
        self.notice.hide()
        self._notice_time = QTimer(self)
        self._notice_time.setSingleShot(True)
        self._notice_time.setInterval(_NOTICE_MS)
        self._notice_time.timeout.connect(self.notice.hide)
        self._foot = QWidget(self)
        self._foot.hide()
        self._foot_column = column(self._foot, 0, 0)
        self.sheet: Sheet | None = None
        self._needed = False
        view = self.stage.view
        view.focused.connect(self._soon_done)
        view.wandered.connect(self._wandered)
        view.rested.connect(show.hover)
        view.badge_activated.connect(self.card_asked)
        view.edit_asked.connect(self.edit_asked)
        self.stage.overview_changed.connect(self._on_overview)
        show.changed.connect(self._on_show)
        session.notice.connect(self.say)
        self.dress(theme)
        self._show_stop(animated=False)

    def dispose(self) -> None:
        """Stop following show and document; for the moment it goes."""
        self.running.changed.disconnect(self._on_show, missing_ok=True)
        self.session.notice.disconnect(self.say, missing_ok=True)
        self._notice_time.stop()
        self.ink.still()
        self.stage.dispose()

    def dress(self, theme: Theme) -> None:
        """Take the colours and text sizes of a theme."""
        self.theme = theme
        self.setPalette(palette_of(theme))
        self.setAutoFillBackground(True)
        self.stage.dress(theme)
        self.ink.colour = theme.accent.base
        self._dress_notice()

    def _dress_notice(self) -> None:
        theme = self.theme
        pad = self.pixels // 3
        self.notice.setFont(ui_font(self.pixels))
        self.notice.setStyleSheet(
            f"#notice {{ background: {theme.surface.overlay}; color: {theme.text.primary}; padding: {pad}px;"
            f" border: 1px solid {theme.border.strong}; border-radius: {pad}px; }}"
        )

    @property
    def pixels(self) -> int:
        """Height of the text of what lies over the screen."""
        return max(12, round(self.height() * _TEXT))

    def show_on(self, screen: QScreen) -> None:
        """Fill a screen."""
        if self.isVisible():
            self.showNormal()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()
        self.stage.focus()

    # following the show

    def _on_show(self, what: str) -> None:
        show, stage = self.running, self.stage
        if what == "stop":
            self._show_stop()
        elif what == "route":
            stage.retitle(show.current)
            stage.say(show.place)
        elif what == "levels":
            stage.set_levels(show.levels)
            if stage.step.shows == "diagram":
                self.say(f"Level {show.levels} of {ALL}: {LEVEL_TITLES[show.levels].lower()}")
        elif what == "light":
            stage.set_light(show.lit, show.turn, held=show.held_light)
            show.away = stage.away
        elif what == "blank":
            self._blank()
        elif what == "tool":
            self.ink.take(show.tool)
        elif what == "card":
            stage.open_card(show.card)

    def _show_stop(self, *, animated: bool = True) -> None:
        self.ink.wipe()
        self.notice.hide()
        show = self.running
        another = show.current.key != self.stage.step.key
        self.stage.show_step(show.current, show.levels, show.place, animated=animated)
        if self.isVisible() and another and self._foot.isHidden():
            self.stage.focus()

    def _blank(self) -> None:
        colour = self.running.blank
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colour or "black"))
        self.cover.setPalette(palette)
        self.cover.setVisible(bool(colour))
        self.cover.raise_()

    def _wandered(self) -> None:
        self.running.away = True

    def _on_overview(self, overview: bool) -> None:
        self.running.overview = overview
        self.running.changed.emit("overview")

    def say(self, text: str) -> None:
        """Say something beside the title for a moment, where nothing of the diagram lies."""
        self.notice.setText(" ".join(text.split())[:300])
        self._place_notice()
        self.notice.show()
        self.notice.raise_()
        self._notice_time.start()

    # the keyboard

    def come_forward(self) -> None:
        """Take the keyboard, for something that is typed or chosen here: it must be seen by whoever does so."""
        self._needed = True
        self.raise_()
        self.activateWindow()
        self._soon_done()

    def _soon_done(self) -> None:
        if self._needed:
            QTimer.singleShot(0, self, self._look_whether_done)  # an editor that closes gives up the keyboard first

    def _look_whether_done(self) -> None:
        typing = self.stage.view.titles.editor is not None or not self._foot.isHidden()
        if self._needed and self.sheet is None and not typing:
            self._needed = False
            self.done.emit()

    # what lies over the screen

    def open_sheet(self, sheet: Sheet) -> None:
        """Open a sheet; another one that is open closes."""
        if self.sheet is not None:
            self.sheet.close_down()
        self.sheet = sheet
        sheet.closed.connect(self._sheet_closed)
        self.come_forward()
        sheet.open()

    def _sheet_closed(self) -> None:
        self.sheet = None
        self.stage.focus()
        self._soon_done()

    def list_stops(self) -> None:
        """Offer the stops to choose from."""
        show = self.running
        rows = [f"{number}   {step.title}" for number, step in enumerate(show.steps, start=1)]
        made = ListSheet(self, self.theme, "Stops", rows, self.pixels, at=max(0, show.index))
        made.chosen.connect(show.jump)
        self.open_sheet(made)

    def list_keys(self, groups: Groups) -> None:
        """Say what every key does."""
        self.open_sheet(KeySheet(self, self.theme, groups, self.pixels))

    def put_at_foot(self, strip: QWidget) -> None:
        """Let a strip stand at the foot of the screen until ``clear_foot``."""
        self.clear_foot()
        self._foot.setStyleSheet(stage_sheet(self.theme))
        self._foot.setPalette(palette_of(self.theme))
        self._foot_column.addWidget(strip)
        self._foot.show()
        self._place_foot()
        self._foot.raise_()
        self.come_forward()

    def clear_foot(self) -> None:
        """Take away the strip at the foot."""
        while (item := self._foot_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not self._foot.isHidden():
            self._foot.hide()
            self.stage.focus()
            self._soon_done()

    # sizes

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for whole in (self.stage, self.ink, self.cover):
            whole.setGeometry(self.rect())
        self._dress_notice()
        self._place_notice()
        self._place_foot()

    def _place_notice(self) -> None:
        margin = self.pixels
        place, body = self.stage.place, self.stage.body.top()
        right = place.x() - margin
        self.notice.setMaximumSize(max(1, right - margin), max(1, body))
        self.notice.adjustSize()
        self.notice.move(right - self.notice.width(), (body - self.notice.height()) // 2)

    def _place_foot(self) -> None:
        if not self._foot.isHidden():
            tall = self._foot.sizeHint().height()
            self._foot.setGeometry(0, self.height() - tall, self.width(), tall)

    # keys and wheel

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        show = self.running
        text = event.text()
        if text.isascii() and text.isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            show.type_digit(text)
            self.stage.say(f"To stop {show.digits} …")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if show.digits:
                self._take_number()
            else:
                self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _take_number(self) -> None:
        show = self.running
        typed = show.digits
        missed = not show.take_number() and str(show.index + 1) != typed.lstrip("0")
        self.stage.say(show.place)
        if missed:
            self.say(f"There is no stop {typed}; the last one is {len(show.steps)}.")

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.stage.step.shows == "diagram" and self.running.tool:
            self.stage.view.wheelEvent(event)
        event.accept()

    # the end

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not QApplication.focusWidget():
            self.stage.focus()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # whoever presents leaves in good order
        self.closed.emit()
