"""The meetings of one window, as actions see them: the strip that notes, the dock, badges, minutes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QToolButton, QVBoxLayout

from workbench.analysis.meeting_log import KIND_OF, Kind, entries, running, wanted_meeting
from workbench.app.asking import FileAsking
from workbench.app.ports import Frame, Host
from workbench.app.steps import carry_out, write_out
from workbench.files.errors import ProjectFileError, SaveError
from workbench.model.review import Meeting
from workbench.panels.common import plain_tip
from workbench.panels.messages import show_error
from workbench.render.characters import single_line
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.app.docks import Docks
    from workbench.app.documents import Documents
    from workbench.app.status import StatusBar
    from workbench.canvas.view import DiagramView
    from workbench.panels.meeting_dialog import Wanted
    from workbench.panels.review_panel import ReviewPanel
    from workbench.present.capture import CaptureStrip
    from workbench.store.diff import Change

_LONGEST = 40
_WRITTEN = "Word document (*.docx);;Web page (*.html);;Markdown (*.md)"
_KEPT = "A revision of the project is kept now and at the end, so that the minutes show what changed."
_NOT_KEPT = "The project has no file yet, so no revision is kept and the minutes will not show what changed."


_SHOWN = frozenset({*KIND_OF, Meeting})
"""Classes of records whose changes badges, tab or status bar show."""


class Parts(Protocol):
    """The window's own parts that meetings work on."""

    docks: "Docks"
    files: "Documents"
    status: "StatusBar"
    view: "DiagramView"

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""


class Meetings:
    """What the ``MeetingWork`` port of the actions is, for one window."""

    def __init__(self, host: Host, frame: Frame, parts: Parts, asking: FileAsking) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame
        self._parts = parts
        self._asking = asking
        self._strip: CaptureStrip | None = None
        self._column: QVBoxLayout | None = None
        self._following = False
        self._sign: QToolButton | None = None
        self._panel: ReviewPanel | None = None

    def settle_in(self, column: QVBoxLayout) -> None:
        """Learn where the strip goes: below the canvas."""
        self._column = column

    def close_down(self) -> None:
        """Stop following the session."""
        self._frame.session.selection_changed.disconnect(self._follow, missing_ok=True)
        self._frame.session.store.changed.disconnect(self._on_change, missing_ok=True)

    # noting

    def note(self, kind: Kind) -> None:
        """Open the strip that notes something about what is selected."""
        from workbench.present.capture import CaptureStrip  # noqa: PLC0415 - most windows open without it

        session, column = self._frame.session, self._column
        if column is None:
            return
        if self._strip is not None:
            if self._strip.kind == kind or self._strip.typed():
                self._strip.begin()  # what is typed there comes first
                return
            self._leave()
        self._frame.commit_edits()
        strip = self._strip = CaptureStrip(session, kind, self._subjects())
        strip.done.connect(lambda _id: self._leave())
        strip.cancelled.connect(self._leave)
        session.selection_changed.connect(self._follow)
        column.addWidget(strip)
        strip.begin()

    def _subjects(self) -> list[str]:
        session = self._frame.session
        return [*reversed(session.selection), *([session.diagram] if session.diagram is not None else [])]

    def _follow(self, _ids: object) -> None:
        if self._strip is not None:
            self._strip.pin_to(self._subjects())

    def _leave(self) -> None:
        strip, self._strip = self._strip, None
        self._frame.session.selection_changed.disconnect(self._follow, missing_ok=True)
        if strip is not None:
            strip.hide()
            strip.deleteLater()
        self._parts.view.setFocus()

    # meetings

    def start(self) -> None:
        """Ask for title and attendees, keep a revision, and begin a meeting."""
        from workbench.analysis.stops import stops_in_order, title_at  # noqa: PLC0415 - with a meeting, not before
        from workbench.commands.meeting import start_meeting  # noqa: PLC0415 - with a meeting, not before

        session = self._frame.session
        self._frame.commit_edits()
        last = wanted_meeting(session.store)
        below = _KEPT if session.path is not None else _NOT_KEPT
        wanted = self._ask(attendees=last.attendees if last is not None else (), below=below)
        if wanted is None:
            return
        before = self._keep(f"Meeting begins: {wanted.title}")
        agenda = [title_at(session.store, stop) for stop in stops_in_order(session.store)]
        at = session.signature()[1]
        done = carry_out(
            self._frame,
            "Start meeting",
            lambda tx: start_meeting(tx, wanted.title, wanted.attendees, agenda, at=at, before=before),
        )
        if done:
            session.notice.emit("The meeting has begun; what is noted from now on belongs to it.")

    def _ask(self, **known: Any) -> "Wanted | None":
        """Title and attendees, where the user gave them; ``known``: see ``MeetingDialog``."""
        from workbench.panels.meeting_dialog import MeetingDialog  # noqa: PLC0415 - dialogs load when used

        said: Wanted | None = MeetingDialog(self._frame.widget, **known).show_modal()
        return said

    def end(self) -> None:
        """Keep a revision, and end the meeting under way."""
        from workbench.commands.meeting import end_meeting  # noqa: PLC0415 - with a meeting, not before

        session = self._frame.session
        meeting = running(session.store)
        if meeting is None:
            return
        self._frame.commit_edits()
        after = self._keep(f"Meeting ends: {meeting.title}")
        at = session.signature()[1]
        if carry_out(self._frame, "End meeting", lambda tx: end_meeting(tx, meeting.id, at=at, after=after)):
            session.notice.emit("The meeting has ended; File, Export minutes… writes what came of it.")

    def edit(self) -> None:
        """Ask for title and attendees of the meeting that is meant."""
        from workbench.commands.meeting import edit_meeting  # noqa: PLC0415 - with a meeting, not before

        meeting = self._meant()
        if meeting is None:
            return
        wanted = self._ask(title=meeting.title, attendees=meeting.attendees, new=False)
        if wanted is not None:
            carry_out(
                self._frame,
                "Edit meeting",
                lambda tx: edit_meeting(tx, meeting.id, title=wanted.title, attendees=wanted.attendees),
            )

    def resume(self) -> None:
        """Go on with the meeting that is meant."""
        from workbench.commands.meeting import reopen_meeting  # noqa: PLC0415 - with a meeting, not before

        meeting = self._meant()
        if meeting is not None:
            carry_out(self._frame, "Resume meeting", lambda tx: reopen_meeting(tx, meeting.id))

    def delete(self) -> None:
        """Remove the meeting that is meant; what was noted in it stays."""
        from workbench.commands.meeting import delete_meeting  # noqa: PLC0415 - with a meeting, not before

        meeting = self._meant()
        if meeting is not None and carry_out(self._frame, "Delete meeting", lambda tx: delete_meeting(tx, meeting.id)):
            self._frame.session.notice.emit("The meeting is deleted, its log stays; Ctrl+Z brings it back.")

    def _meant(self) -> Meeting | None:
        """The meeting chosen in the dock, else the one under way, else the last."""
        store = self._frame.session.store
        chosen = self._panel.meeting_chosen if self._panel is not None else ""
        return store.find(chosen, Meeting) or wanted_meeting(store)

    def _keep(self, message: str) -> str:
        """Keep the document as a revision; its hash, or nothing where there is no file or it could not be kept."""
        from workbench.files.revisions import Revision, Revisions  # noqa: PLC0415 - with a meeting, not before
        from workbench.panels.progress import work_beside  # noqa: PLC0415 - as above

        session, path = self._frame.session, self._frame.session.path
        if path is None:
            return ""
        records, header, author = session.store.snapshot(), self._parts.files.header, self._host.settings.author

        def work(_unwanted: object) -> Revision:
            store = Store(records.values())
            return Revisions(path).save(store, header, message=message, author=author, time=datetime.now(UTC))

        try:
            kept, _ = work_beside(work, title="Meeting", text="Saving a revision.", parent=self._frame.widget)
        except (ProjectFileError, SaveError) as problem:
            show_error(self._frame.widget, "No revision kept", f"{problem} The minutes will not show what changed.")
            return ""
        return kept.sha256 if kept is not None else ""

    def export(self) -> None:
        """Ask where to, and write the minutes of the meeting that is meant."""
        from workbench.export.minutes import export_minutes  # noqa: PLC0415 - what writes files loads when used
        from workbench.export.names import safe_name  # noqa: PLC0415 - as above

        session = self._frame.session
        meeting = self._meant()
        if meeting is None:
            return
        name = f"Minutes {safe_name(meeting.title, 'meeting')}.docx"
        path = self._asking.save("minutes", "Export minutes", name, _WRITTEN)
        if path is not None:
            today = session.signature()[1][:10] or None
            write_out(
                self._frame,
                path,
                lambda: sum(
                    size
                    for _, size in export_minutes(
                        session.store, path, meeting=meeting.id, project=session.path, as_of=today
                    )
                ),
            )

    # the dock and the badges

    def wire(self, panel: "ReviewPanel") -> None:
        """The dock has been made."""
        self._panel = panel
        panel.requested.connect(self._parts.run_action)

    def begin(self) -> None:
        """The docks have been made: follow the document from now on."""
        self._following = True
        self._frame.session.store.changed.connect(self._on_change)
        self.lay_badges()

    def _on_change(self, change: "Change") -> None:
        if any(type(before or after) in _SHOWN for _, before, after in change.diff.before_and_after()):
            QTimer.singleShot(0, self._frame.widget, self.lay_badges)

    def lay_badges(self) -> None:
        """Show on the diagram, and on the tab of the dock, what waits."""
        if not self._following:
            return  # the first picture comes before
        from workbench.analysis.review_tally import review_tallies  # noqa: PLC0415 - after the first picture
        from workbench.session.today import today_of  # noqa: PLC0415 - as above

        session = self._frame.session
        today = today_of(session)
        self._parts.view.reviews.show(review_tallies(session.store, today) if self.badged else None)
        self._parts.docks.show_waiting(sum(one.waits for one in entries(session.store, today)))
        self._show_meeting()

    def _show_meeting(self) -> None:
        """Say in the status bar which meeting is under way; a press shows what was noted."""
        meeting = running(self._frame.session.store)
        if meeting is None:
            if self._sign is not None:
                self._sign.hide()
            return
        if self._sign is None:
            self._sign = QToolButton()
            self._sign.setAutoRaise(True)
            self._sign.clicked.connect(self.show)
            self._parts.status.put(self._sign)
        title = single_line(meeting.title) or "without a title"
        self._sign.setText(f"Meeting: {single_line(meeting.title, _LONGEST) or title}".replace("&", "&&"))
        self._sign.setToolTip(
            plain_tip(f"Under way: {title}. What is noted belongs to it; Review, End meeting ends it.")
        )
        self._sign.setAccessibleName(f"Meeting under way: {title}")
        self._sign.show()

    def show(self) -> None:
        """Show the actions and comments and let the keyboard work on them."""
        self.show_on("")

    def show_pinned(self, id: str) -> None:
        """A badge was clicked: select what it stands on, and show what is pinned to it."""
        self._frame.session.select([id])
        self.show_on(id)

    def show_on(self, id: str) -> None:
        """Show what is pinned to one thing of the diagram only, and let the keyboard work on it."""
        self._parts.docks.contents.review.show_only(id)
        self._parts.docks.show("review")

    @property
    def badged(self) -> bool:
        """Whether badges of open actions and comments stand on the diagram."""
        return self._host.settings.review_badges

    def toggle_badges(self) -> None:
        """Show the badges on the diagram, or hide them."""
        self._host.change_settings(replace(self._host.settings, review_badges=not self.badged))
