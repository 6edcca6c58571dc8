"""The presentation of one window: makes the windows of audience and presenter, and does what their keys ask for.

Loaded when a presentation first starts.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QScreen
from PySide6.QtWidgets import QWidget

from workbench.actions.registry import actions
from workbench.actions.workbench import Workbench
from workbench.app.ports import Frame, Host
from workbench.app.present_keys import PresentKeys, Running
from workbench.app.route import camera_of
from workbench.app.settings import Settings
from workbench.model.drawing import Diagram
from workbench.present.audience import AudienceWindow
from workbench.present.awake import keeper
from workbench.present.presenter import PresenterWindow
from workbench.present.route import Step, route_of, whole
from workbench.present.screens import places
from workbench.present.show import Show
from workbench.render.theme import Theme, stage_theme
from workbench.session.session import Session, Viewport
from workbench.store.diff import Change

if TYPE_CHECKING:
    from workbench.app.route import Route
    from workbench.canvas.view import DiagramView

_ALSO: Final = ("edit.undo", "edit.redo", "present.presenter", "present.dark")
"""Actions whose keys count in a presentation as in the window."""


class Parts(Workbench, Frame, Protocol):
    """The window's own parts that a presentation works on."""

    view: "DiagramView"

    @property
    def route(self) -> "Route":
        """The stops of the project."""

    def refresh_actions(self) -> None:
        """Enable and check the actions anew, soon."""


class Presenting(PresentKeys):
    """What the ``PresentWork`` port of the actions is, for one window."""

    def __init__(self, host: Host, frame: Frame, parts: Parts) -> None:
        """Speak for one window."""
        super().__init__(frame.widget)
        self._host = host
        self._frame = frame
        self._parts = parts
        self._swapped = False
        self._wanted: bool | None = None
        self._awake = keeper()
        self._place_before: tuple[str | None, tuple[str, ...], Viewport | None, QWidget | None] = (None, (), None, None)

    @property
    def running(self) -> Running | None:
        """The presentation; None while there is none."""
        return self._running

    # starting and leaving

    def start(self) -> None:
        """Present the route from its first stop; without stops every diagram."""
        if self._running is None:
            self._begin(0, None)
        else:
            self.first()

    def from_here(self) -> None:
        """Present, beginning with what the window shows."""
        if self._running is not None:
            return
        session = self._frame.session
        diagram = session.store.find(session.diagram, Diagram)
        steps = route_of(session.store)
        if diagram is None:
            self._begin(0, None)
            return
        at = next((i for i, step in enumerate(steps) if step.diagram == diagram.id and step.shows == "diagram"), -1)
        self._begin(at, self._here(diagram))

    def from_stop(self) -> None:
        """Present the route, beginning with the stop chosen in the dock."""
        chosen = self._parts.route.chosen
        steps = route_of(self._frame.session.store)
        at = next((i for i, step in enumerate(steps) if step.stop in chosen), -1)
        if self._running is None and at >= 0:
            self._begin(at, None)

    def _here(self, diagram: Diagram) -> Step:
        """The part of the diagram that the window shows; where that is all of it, it may be larger on the screen."""
        here, camera = whole(diagram), camera_of(self._parts.view)
        return replace(here, key=f"here {diagram.id}", camera=camera) if camera is not None else here

    def _begin(self, at: int, here: Step | None) -> None:
        self._frame.commit_edits()
        main = self._frame.session
        store = main.store
        self._remember()
        before = store.selection
        session = Session(store, main.path)
        session.signature = main.signature
        show = Show(route_of(store), monotonic, at=at, here=here)
        session.set_diagram(show.current.diagram or session.diagram)  # so that no other one is drawn first
        audience = AudienceWindow(session, show, self._theme, monotonic)
        audience.stage.view.motion = not self._host.settings.reduced_motion
        self._running = running = Running(session, show, audience, before)
        audience.closed.connect(self.leave)
        audience.done.connect(self._bring_forward)
        audience.enter_pressed.connect(self.reword)
        audience.card_asked.connect(running.editing.open_card_on)
        audience.edit_asked.connect(running.editing.reword)
        store.changed.connect(self._on_change)
        main.notice.connect(audience.say)
        self._add_keys(audience)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._screens_changed)
            app.screenRemoved.connect(self._screens_changed)
        self._place()
        self._parts.refresh_actions()
        self._awake.hold()

    def leave(self) -> None:
        """End the presentation; the window is as it was before."""
        running, self._running = self._running, None
        if running is None:
            return
        self._awake.release()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.disconnect(self._screens_changed)
            app.screenRemoved.disconnect(self._screens_changed)
        running.follow.stop()
        main = self._frame.session
        main.store.changed.disconnect(self._on_change, missing_ok=True)
        main.notice.disconnect(running.audience.say, missing_ok=True)
        running.audience.stage.view.titles.commit()
        if running.presenter is not None:
            self._drop_presenter(running)
        running.audience.dispose()
        main.store.selection = running.before
        running.session.close()
        running.audience.hide()
        running.audience.deleteLater()
        self._go_back()
        self._parts.refresh_actions()

    def _remember(self) -> None:
        session, view = self._frame.session, self._parts.view
        seen = None
        if session.diagram is not None:
            x, y = view.camera.centre(view.viewport().width(), view.viewport().height())
            seen = Viewport(x, y, view.camera.zoom)
        self._place_before = (session.diagram, session.selection, seen, self._frame.widget.focusWidget())

    def _go_back(self) -> None:
        """Show what the window showed, and give it the keyboard."""
        diagram, selection, seen, focus = self._place_before
        session, view = self._frame.session, self._parts.view
        if diagram in session.store and diagram is not None:
            session.set_diagram(diagram)
        session.select(selection)
        if seen is not None and session.diagram == diagram:
            view.camera.zoom = seen.zoom
            view.camera.centre_on(seen.x, seen.y, view.viewport().width(), view.viewport().height())
            view.refresh()
            view.zoom_changed.emit(seen.zoom)
        window = self._frame.widget
        window.raise_()
        window.activateWindow()
        (focus or view).setFocus()

    def _on_change(self, _change: Change) -> None:
        if self._running is not None:
            self._running.follow.start()

    def _add_keys(self, window: QWidget) -> None:
        """Let the keys of the actions work in a window of the presentation."""
        for record in actions():
            if record.presenting or record.id in _ALSO:
                made = QAction(record.title, window)
                made.setShortcuts([QKeySequence(keys) for keys in record.shortcuts])
                made.setAutoRepeat(record.id in ("present.next", "present.previous", "edit.undo", "edit.redo"))
                made.triggered.connect(partial(self._run, record.id))
                window.addAction(made)

    def _run(self, id: str, _checked: bool = False) -> None:
        record = next(record for record in actions() if record.id == id)
        if record.enabled_when(self._parts):
            record.run(self._parts)
        elif self._frame.session.store.read_only and self._running is not None:
            self._running.audience.say(self._frame.session.store.read_only)

    # screens

    @property
    def presenter_wanted(self) -> bool:
        """Whether the presenter's view is shown, or would be."""
        return self._wanted if self._wanted is not None else len(QGuiApplication.screens()) > 1

    def presenter_view(self) -> None:
        """Show the presenter's view, or put it away."""
        self._wanted = not self.presenter_wanted
        if self._running is not None:
            self._place()
        else:
            said = "with" if self._wanted else "without"
            self._frame.session.notice.emit(f"The next presentation starts {said} the presenter view.")
        self._parts.refresh_actions()

    def swap_screens(self) -> None:
        """Let audience and presenter change screens."""
        running = self._running
        if running is None:
            return
        if len(QGuiApplication.screens()) < 2:
            running.audience.say("There is one screen only.")
            return
        self._swapped = not self._swapped
        self._place()

    def _screens_changed(self, _screen: QScreen) -> None:
        QTimer.singleShot(0, self, self._place)  # Qt moves windows off a screen that goes first

    def _place(self) -> None:
        """Put the windows on their screens, as many as there are now."""
        running = self._running
        if running is None:
            return
        screens = QGuiApplication.screens()
        home = self._frame.widget.screen()
        audience, presenter = places(len(screens), screens.index(home) if home in screens else 0, swapped=self._swapped)
        running.audience.show_on(screens[audience])
        if not self.presenter_wanted:
            if running.presenter is not None:
                self._drop_presenter(running)
            return
        if running.presenter is None:
            running.presenter = self._make_presenter(running)
        where = screens[audience if presenter is None else presenter]
        running.presenter.show_on(where, whole=presenter is not None)
        self._bring_forward()

    def _bring_forward(self) -> None:
        """Give the keyboard to the audience's window; on one screen to the presenter's, which lies over it."""
        running = self._running
        if running is None:
            return
        alone = len(QGuiApplication.screens()) < 2
        front = running.presenter if alone and running.presenter is not None else running.audience
        front.raise_()
        front.activateWindow()

    def _make_presenter(self, running: Running) -> PresenterWindow:
        made = PresenterWindow(running.session.store, running.show, running.audience.stage, self._theme, _time_of_day)
        made.closed.connect(self.presenter_view)
        made.capture_asked.connect(self.capture)
        made.pause_asked.connect(self.pause_timer)
        made.reset_asked.connect(self.reset_timer)
        self._add_keys(made)
        return made

    def _drop_presenter(self, running: Running) -> None:
        presenter, running.presenter = running.presenter, None
        if presenter is not None:
            presenter.dispose()
            presenter.hide()
            presenter.deleteLater()

    # looks

    @property
    def _theme(self) -> Theme:
        return stage_theme(dark=self._host.settings.dark_stage)

    def toggle_dark(self) -> None:
        """Present in dark colours, or in those for projectors."""
        settings = self._host.settings
        self._host.change_settings(replace(settings, dark_stage=not settings.dark_stage))

    def take_settings(self, settings: Settings) -> None:
        """Follow changed preferences."""
        running = self._running
        if running is not None:
            running.audience.stage.view.motion = not settings.reduced_motion
            if running.audience.theme is not self._theme:
                running.audience.dress(self._theme)
                if running.presenter is not None:
                    running.presenter.dress(self._theme)


def _time_of_day() -> str:
    return f"{datetime.now().astimezone():%H:%M}"
