"""What the keys of a running presentation do."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer

from workbench.actions.registry import actions
from workbench.app.menus import keys_in_words
from workbench.present.audience import AudienceWindow
from workbench.present.editing import Editing
from workbench.present.route import route_of
from workbench.present.show import Show
from workbench.session.session import Session

if TYPE_CHECKING:
    from workbench.analysis.meeting_log import Kind
    from workbench.present.presenter import PresenterWindow


class Running:
    """What one presentation consists of.

    Attributes:
        session: the audience's place in the document; the window keeps its own.
        before: what gives the selection to the document's history when no presentation runs.
    """

    def __init__(self, session: Session, show: Show, audience: AudienceWindow, before: Callable[[], tuple[str, ...]]):
        self.session = session
        self.show = show
        self.audience = audience
        self.before = before
        self.editing = Editing(audience, show)
        self.presenter: PresenterWindow | None = None
        self.follow = QTimer(audience)
        self.follow.setSingleShot(True)
        self.follow.setInterval(0)
        self.follow.timeout.connect(lambda: show.follow(route_of(session.store)))


class PresentKeys(QObject):
    """Acts on the presentation of one window while one is running."""

    _running: Running | None = None

    def leave(self) -> None:
        """End the presentation."""
        raise NotImplementedError

    # the route

    @property
    def _show(self) -> Show:
        assert self._running is not None  # every action but those that start asks first
        return self._running.show

    def step(self, by: int) -> None:
        """Some stops on, or back."""
        if not self._show.step(by) and self._running is not None:
            end = "The last stop. Esc leaves." if by > 0 else "The first stop."
            self._running.audience.say(end)

    def first(self) -> None:
        """To the first stop."""
        self._show.jump(0)

    def last(self) -> None:
        """To the last stop."""
        self._show.last()

    def stop_list(self) -> None:
        """Show the stops to choose from."""
        if self._running is not None:
            self._running.audience.list_stops()

    def settle(self) -> None:
        """Show the stop as it was made."""
        self._show.settle()

    def step_back(self) -> None:
        """Take back the last thing laid over the route; at last, leave."""
        running = self._running
        if running is None:
            return
        typed = bool(running.show.digits)
        if not running.show.step_back():
            if running.session.selection:
                running.session.select(())
            else:
                self.leave()
        elif typed:
            running.audience.stage.say(running.show.place)

    # how it looks

    def levels(self, levels: int) -> None:
        """Show so much at every stop; 0: as each was made."""
        self._show.set_levels(levels)

    def change_levels(self, by: int) -> None:
        """Show a level more or less at this stop."""
        self._show.change_levels(by)

    def blank(self, colour: Literal["black", "white"]) -> None:
        """Show an empty screen, or the presentation again."""
        self._show.blank_out(colour)

    def zoom_by(self, steps: float) -> None:
        """Nearer or farther by notches."""
        if self._running is not None and self._show.current.shows == "diagram":
            self._show.away = True
            self._running.audience.stage.view.zoom_by(steps)
            self._running.audience.stage.view.wandered.emit()

    def laser(self) -> None:
        """Make the pointer a dot of light, or a pointer again."""
        self._show.take("laser")

    def pen(self) -> None:
        """Make the pointer a pen, or a pointer again."""
        self._show.take("pen")

    def erase(self) -> None:
        """Wipe away what was drawn."""
        if self._running is not None:
            self._running.audience.ink.wipe()

    # what editing knows

    @property
    def _editing(self) -> Editing:
        assert self._running is not None
        return self._running.editing

    def light(self) -> None:
        """Light the pathway through what is selected or under the pointer, or put it out."""
        self._editing.light()

    def card(self) -> None:
        """Open the evidence on what is selected or under the pointer."""
        self._editing.card()

    def select(self, by: int) -> None:
        """Select the next element in view, or the one before."""
        self._editing.select(by)

    def reword(self) -> None:
        """Edit the title of what is selected, in place."""
        self._editing.reword()

    def rate(self) -> None:
        """Choose another rating of what is selected."""
        self._editing.rate()

    def add_control(self) -> None:
        """Put a new control on the line that is selected or lit."""
        self._editing.add_control()

    def capture(self, kind: "Kind") -> None:
        """Capture an action, a decision, a vote or a comment."""
        self._editing.capture(kind)

    # the presenter

    def pause_timer(self) -> None:
        """Let the timer stand still, or go on."""
        self._show.timer.toggle()
        self._refresh_time()

    def reset_timer(self) -> None:
        """Begin the timer anew."""
        self._show.timer.reset()
        self._refresh_time()

    def write_notes(self) -> None:
        """Let the keyboard write the notes of the stop."""
        running = self._running
        if running is not None and running.presenter is not None:
            running.presenter.write_notes()
        elif running is not None:
            running.audience.say("Notes are in the presenter view; Alt+Shift+P shows it.")

    def _refresh_time(self) -> None:
        if self._running is not None and self._running.presenter is not None:
            self._running.presenter.time.refresh()

    def keys(self) -> None:
        """Show what every key does."""
        if self._running is None:
            return
        groups: dict[int, list[tuple[str, str]]] = {}
        for record in actions():
            if record.presenting:
                groups.setdefault(record.group, []).append((keys_in_words(record.shortcuts), record.title))
        self._running.audience.list_keys(list(groups.values()))
