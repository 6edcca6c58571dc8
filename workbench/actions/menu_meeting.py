"""The review menu: what is noted, the meeting it is noted in, and its minutes."""

from typing import TYPE_CHECKING, Final

from workbench.actions.action import Action, Run
from workbench.actions.state import has_selection, writable
from workbench.actions.workbench import Workbench
from workbench.analysis.meeting_log import running
from workbench.model.review import Meeting

if TYPE_CHECKING:
    from workbench.analysis.meeting_log import Kind

_MENU: Final = ("Review",)
_MEANT: Final = "the meeting chosen in the dock, or that under way, or the last"
_THINGS: Final = frozenset({"node", "bar", "line"})


def _under_way(wb: Workbench) -> bool:
    return writable(wb) and running(wb.session.store) is not None


def _free(wb: Workbench) -> bool:
    return writable(wb) and running(wb.session.store) is None


def _any(wb: Workbench) -> bool:
    return next(wb.session.store.all(Meeting), None) is not None


def _editable(wb: Workbench) -> bool:
    return writable(wb) and _any(wb)


def _resumable(wb: Workbench) -> bool:
    return _free(wb) and _any(wb)


def _why_not_free(wb: Workbench) -> str:
    return "A meeting is under way; end it first." if running(wb.session.store) is not None else ""


def _why_none(wb: Workbench) -> str:
    return "" if running(wb.session.store) is not None else "No meeting is under way."


def _note(kind: "Kind") -> Run:
    return lambda wb: wb.meeting.note(kind)


def _show_on_selected(wb: Workbench) -> None:
    wb.meeting.show_on(wb.session.primary or "")


def meeting_actions() -> tuple[Action, ...]:
    """Noting something, meetings, and following up."""
    return (
        Action("review.action", "Note an action…", _note("action"), _MENU, 1, "action", ("Ctrl+R, A",), writable,
               contexts=_THINGS, tip="Who does what by when, pinned to what is selected", also="to do task assign"),
        Action("review.decision", "Record a decision…", _note("decision"), _MENU, 1, "decision", ("Ctrl+R, D",),
               writable, contexts=_THINGS, tip="What was decided about what is selected"),
        Action("review.vote", "Record a vote…", _note("vote"), _MENU, 1, "vote", ("Ctrl+R, V",), writable,
               contexts=_THINGS, tip="A show of hands: agree, disagree, abstain", also="show of hands poll"),
        Action("review.comment", "Comment…", _note("comment"), _MENU, 1, "comment", ("Ctrl+R, C",), writable,
               contexts=_THINGS, tip="A remark pinned to what is selected", also="remark note"),
        Action("review.start", "Start meeting…", lambda wb: wb.meeting.start(), _MENU, 2, "meeting", ("Ctrl+R, M",),
               _free, tip="What is noted from then on belongs to it; a revision is kept", why_off=_why_not_free),
        Action("review.end", "End meeting", lambda wb: wb.meeting.end(), _MENU, 2, "", ("Ctrl+R, E",), _under_way,
               tip="A revision is kept, so that the minutes show what changed", why_off=_why_none),
        Action("review.edit", "Title and attendees…", lambda wb: wb.meeting.edit(), _MENU, 2, "", (), _editable,
               tip=f"Of {_MEANT}"),
        Action("review.resume", "Resume meeting", lambda wb: wb.meeting.resume(), _MENU, 2, "", (), _resumable,
               tip="Go on with the meeting chosen in the dock, or the last one"),
        Action("review.delete", "Delete meeting", lambda wb: wb.meeting.delete(), _MENU, 2, "", (), _editable,
               tip=f"Remove {_MEANT}; what was noted in it stays"),
        Action("review.minutes", "Export minutes…", lambda wb: wb.meeting.export(), ("File",), 3, "export",
               enabled_when=_any, tip=f"Of {_MEANT}: Word, web page or Markdown", also="protocol meeting report"),
        Action("review.show", "Show actions and comments", lambda wb: wb.meeting.show(), _MENU, 3, "review", (),
               tip="Everything noted, what is overdue first"),
        Action("review.here", "Actions and comments on what is selected", _show_on_selected, _MENU, 3, "", (),
               has_selection, contexts=_THINGS, tip="What is pinned to it, as its badge says"),
        Action("view.review_badges", "Actions and comments on the diagram", lambda wb: wb.meeting.toggle_badges(),
               ("View",), 3, "comment", ("Alt+Shift+F7",), checked_when=lambda wb: wb.meeting.badged,
               tip="A badge at the lower left of what has open actions or comments"),
    )  # fmt: skip
