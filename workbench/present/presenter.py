"""The presenter's view: the stop that is shown, the next one, notes, clock and timer, and what the meeting noted."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPixmap, QResizeEvent, QScreen, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.commands.errors import CommandError
from workbench.commands.stops import set_notes
from workbench.model.review import Stop
from workbench.panels.common import ElidedLabel, Label
from workbench.panels.icons import icon
from workbench.panels.style import palette_of, ui_font
from workbench.present.presenter_parts import LogStrip, Notes, StopPicture, TimeBar
from workbench.present.sheets import stage_sheet
from workbench.present.show import Show
from workbench.present.stop_screen import StopScreen
from workbench.render.characters import single_line
from workbench.render.theme import Theme, load_theme
from workbench.session.session import Session
from workbench.store.diff import Change
from workbench.store.store import ReadOnlyError, Store

_SOON_MS: Final = 220
"""Pictures follow so much later, so that the audience's own move of the camera comes first."""
_HIGH: Final = 720
"""Height at which the next stop is drawn before it is made small."""
_OVERVIEW: Final = "Overview: text smaller than 1/50 of the screen"


class PresenterWindow(QWidget):
    """The window only the presenter sees.

    Signals:
        closed: the window system wants it gone.
        capture_asked: the kind of line to note.
        pause_asked, reset_asked: the timer.
    """

    closed = Signal()
    capture_asked = Signal(str)
    pause_asked = Signal()
    reset_asked = Signal()

    def __init__(
        self, store: Store, show: Show, audience: StopScreen, stage_theme: Theme, wall: Callable[[], str]
    ) -> None:
        """Follow a show.

        Args:
            store: the document.
            audience: the screen of the audience, shown small.
            stage_theme: the colours the next stop is drawn in.
            wall: gives the time of day.
        """
        super().__init__()
        self.setObjectName("presenter")
        self.setWindowTitle("Presenter view")
        self.setAccessibleName("Presenter view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = load_theme("dark")
        self.setPalette(palette_of(theme))
        self.setStyleSheet(f"{stage_sheet(theme)}\n#presenter {{ background: {theme.surface.window}; }}")
        self._store = store
        self.running = show
        self._audience = audience
        self._stage_theme = stage_theme
        self._noted_for = ""
        self._next: StopScreen | None = None
        self._session: Session | None = None
        self.title = ElidedLabel(font=ui_font(20, strong=True))
        self.place = Label(dim=True)
        self.place.setFont(ui_font(16))
        self.overview = Label(_OVERVIEW)
        self.overview.setFont(ui_font(15, strong=True))
        self.overview.setStyleSheet(f"color: {theme.verdict['inconclusive'].text};")
        self._sign = Label()
        self._sign.setPixmap(icon("warning", theme.verdict["inconclusive"].text).pixmap(18, 18))
        self.time = TimeBar(show.timer, wall, theme)
        self.current = StopPicture("Now", theme)
        self.upcoming = StopPicture("Next", theme)
        self.notes = Notes()
        self.log = LogStrip(store, theme)
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.draw)
        self.notes.written.connect(self._keep_notes)
        self.notes.left.connect(self.setFocus)
        self.log.asked.connect(self.capture_asked)
        self.time.pause_asked.connect(self.pause_asked)
        self.time.reset_asked.connect(self.reset_asked)
        show.changed.connect(self._on_show)
        store.changed.connect(self._on_change)
        audience.view.wandered.connect(self._soon.start)
        self._fill()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.title, 1)
        head.addWidget(self._sign)
        head.addWidget(self.overview)
        head.addWidget(self.place)
        head.addSpacing(16)
        head.addWidget(self.time)
        pictures = QHBoxLayout()
        pictures.setSpacing(20)
        pictures.addWidget(self.current, 3)
        pictures.addWidget(self.upcoming, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(14)
        whole.addLayout(head)
        whole.addLayout(pictures, 2)
        whole.addWidget(self.notes, 1)
        whole.addWidget(self.log)

    def dispose(self) -> None:
        """Keep what was typed, and follow no more."""
        self.notes.keep()
        self._soon.stop()
        self.time.still()
        self.running.changed.disconnect(self._on_show, missing_ok=True)
        self._store.changed.disconnect(self._on_change, missing_ok=True)
        if self._next is not None and self._session is not None:
            self._next.dispose()
            self._session.close()
            self._next.close()

    def show_on(self, screen: QScreen, *, whole: bool) -> None:
        """Show it on a screen: all of it, or a window on it."""
        room = screen.availableGeometry()
        self.setScreen(screen)
        self.setFocus()
        if whole:
            self.setGeometry(room)
            self.showMaximized()
            return
        self.showNormal()
        self.resize(min(1280, room.width() * 4 // 5), min(800, room.height() * 4 // 5))
        self.move(room.center() - QPoint(self.width() // 2, self.height() // 2))

    def write_notes(self) -> None:
        """Let the keyboard write notes."""
        self.activateWindow()
        self.notes.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.notes.moveCursor(QTextCursor.MoveOperation.End)

    # following

    def _on_show(self, what: str) -> None:
        if what in ("stop", "route"):
            self._fill()
        self._tell_overview()
        self._soon.start()

    def _on_change(self, _change: Change) -> None:
        self.log.refresh()
        self._soon.start()

    def _fill(self) -> None:
        """Words and notes of the stop; the pictures follow."""
        show = self.running
        step = show.current
        if self._noted_for and self._noted_for != step.stop:
            self.notes.keep()
        self._noted_for = step.stop
        self.title.set_text(step.title)
        self.place.setText(show.place)
        after = show.upcoming
        self.upcoming.heading.set_text(f"Next: {after.title}" if after is not None else "Next")
        if not (self.notes.hasFocus() and self._noted_for == step.stop and step.notes == self.notes.toPlainText()):
            editable = bool(step.stop) and not self._store.read_only
            self.notes.show_notes(step.notes, editable=editable, without=self._without_notes())
        self._tell_overview()
        self._soon.start()

    def _without_notes(self) -> str:
        """What to say where no notes can be written."""
        show = self.running
        if show.current.stop:
            return "No notes; the document is protected"
        if not any(step.stop for step in show.steps):
            return "Make stops of a route, and each has its notes here"
        after = show.upcoming
        then = f"the next stop is {single_line(after.title)}" if after is not None else "the route ends here"
        return f"This is what the window showed; {then}"

    def _tell_overview(self) -> None:
        self._warn(_OVERVIEW if self.running.overview else "")

    def _warn(self, words: str) -> None:
        """Say something beside the title with the sign of a warning; empty: nothing."""
        self.overview.setText(words)
        for sign in (self._sign, self.overview):
            sign.setVisible(bool(words))

    def _keep_notes(self, text: str) -> None:
        stop = self._store.find(self._noted_for, Stop)
        if stop is None or stop.notes == text:
            return
        try:
            with self._store.transaction("Edit notes", merge_key=f"notes:{stop.id}") as tx:
                set_notes(tx, stop.id, text)
        except (CommandError, ReadOnlyError) as problem:
            self._warn(str(problem))

    # pictures

    def draw(self) -> None:
        """Draw both pictures as things are."""
        self._soon.stop()
        if not self.isVisible():
            return
        view = self._audience.view
        if view.flying or (not view.isVisible() and self._audience.step.shows == "diagram"):
            self._soon.start()
            return
        ratio = self.devicePixelRatioF()
        now = self._small(self._audience.window().grab(), self.current, ratio)
        self.current.show_image(now, f"Now: {self.running.current.title}")
        step = self.running.upcoming
        if step is None:
            self.upcoming.show_image(QImage(), "End of the route")
            return
        screen = self._next_screen()
        wide = round(_HIGH * self._audience.width() / max(1, self._audience.height()))
        screen.resize(wide, _HIGH)
        number = f"Stop {self.running.index + 2} of {len(self.running.steps)}"
        screen.show_step(step, step.levels, number, animated=False)
        self.upcoming.show_image(self._small(screen.grab(), self.upcoming, ratio), f"Next: {step.title}")

    def _small(self, pixmap: QPixmap, picture: StopPicture, ratio: float) -> QImage:
        size = picture.wanted_size() * ratio
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = pixmap.toImage().scaled(size, keep, smooth)
        image.setDevicePixelRatio(1.0)
        return image

    def _next_screen(self) -> StopScreen:
        """A screen nobody sees, on which the next stop is drawn."""
        if self._next is None:
            selection = self._store.selection
            self._session = Session(self._store)
            self._store.selection = selection  # steps remember what is selected where people work
            after = self.running.upcoming
            self._session.set_diagram((after.diagram if after is not None else "") or self._session.diagram)
            self._next = StopScreen(self._session, self._stage_theme)
            self._next.view.motion = False
            self._next.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._next.show()
        return self._next

    def dress(self, stage_theme: Theme) -> None:
        """Draw the next stop in the colours of another theme."""
        self._stage_theme = stage_theme
        if self._next is not None:
            self._next.dress(stage_theme)
        self._soon.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed.emit()
