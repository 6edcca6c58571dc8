"""The meeting log: meetings, and what is noted in or outside of one. Times are ISO 8601."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from workbench.analysis.meeting_log import CLASS, KIND_OF, MANY, Kind, Noted, running
from workbench.commands.errors import CommandError
from workbench.model.ids import new_id
from workbench.model.judgement import PROJECT_ID
from workbench.model.review import ActionItem, Comment, Decision, Meeting, Vote
from workbench.store.transaction import Transaction

N = TypeVar("N", ActionItem, Comment, Decision, Vote)
_GONE = "This does not exist any more."


def start_meeting(
    tx: Transaction, title: str, attendees: Iterable[str], agenda: Iterable[str], *, at: str, before: str = ""
) -> str:
    """Begin a meeting; what is noted from now on belongs to it.

    Args:
        tx: the change under way.
        title: what it is called.
        attendees: who is there; names given twice count once.
        agenda: titles of the stops of the route.
        at: when.
        before: content hash of the document as a revision keeps it; empty where none is kept.

    Raises:
        CommandError: a meeting is under way, or a text is too long.
    """
    other = running(tx)
    if other is not None:
        raise CommandError(f"The meeting {_named(other)} is under way; end it first.")
    made = Meeting(
        id=new_id("meeting"),
        title=_checked_title(title),
        started_at=at,
        attendees=_names(attendees),
        agenda=tuple(" ".join(line.split())[:4_000] for line in agenda),
        before=before,
    )
    return tx.put(made).id


def end_meeting(tx: Transaction, meeting: str, *, at: str, after: str = "") -> None:
    """End a meeting.

    Raises:
        CommandError: it is gone, or has ended.
    """
    record = _meeting(tx, meeting)
    if record.ended_at:
        raise CommandError(f"The meeting {_named(record)} has ended already.")
    tx.patch(meeting, ended_at=at, after=after)


def reopen_meeting(tx: Transaction, meeting: str) -> None:
    """Go on with a meeting that has ended.

    Raises:
        CommandError: it is gone, or another one is under way.
    """
    _meeting(tx, meeting)
    other = running(tx)
    if other is not None:
        raise CommandError(f"The meeting {_named(other)} is under way; end it first.")
    tx.patch(meeting, ended_at="", after="")


def edit_meeting(
    tx: Transaction, meeting: str, *, title: str | None = None, attendees: Iterable[str] | None = None
) -> None:
    """Give a meeting another title or other attendees; None leaves what is there.

    Raises:
        CommandError: it is gone, or a text is too long.
    """
    record = _meeting(tx, meeting)
    wanted: dict[str, Any] = {}
    if title is not None:
        wanted["title"] = _checked_title(title)
    if attendees is not None:
        wanted["attendees"] = _names(attendees)
    if any(getattr(record, name) != value for name, value in wanted.items()):
        tx.patch(meeting, **wanted)


def delete_meeting(tx: Transaction, meeting: str) -> None:
    """Remove a meeting; what was noted in it stays.

    Raises:
        CommandError: it is gone.
    """
    _meeting(tx, meeting)
    left = [record for cls in CLASS.values() for record in tx.referrers(meeting, cls, "meeting")]
    tx.remove(meeting)
    if left:
        count = f"{len(left)} {'line' if len(left) == 1 else 'lines'}"
        tx.notices.append(f"{count} of its log stay, without a meeting.")


def capture_action(
    tx: Transaction, subject: str | None, text: str, *, owner: str = "", due: str = "", at: str = ""
) -> str:
    """Note work somebody takes on.

    Args:
        tx: the change under way.
        subject: what it is pinned to; None for the project as a whole.
        text: what is to be done.
        owner: who does it.
        due: the day it is to be done by, ISO 8601.
        at: when it was noted.

    Raises:
        CommandError: it says nothing, or too much, or what it is pinned to is gone.
    """
    return _note(tx, ActionItem, subject, text, owner=" ".join(owner.split()), due=due, at=at)


def decide(tx: Transaction, subject: str | None, text: str, *, by: str = "", at: str = "") -> str:
    """Record a decision; see ``capture_action``."""
    return _note(tx, Decision, subject, text, by=by, at=at)


def comment(tx: Transaction, subject: str | None, text: str, *, by: str = "", at: str = "") -> str:
    """Pin a remark to something, or to the project; see ``capture_action``."""
    return _note(tx, Comment, subject or PROJECT_ID, text, by=by, at=at)


def vote(
    tx: Transaction,
    subject: str | None,
    question: str,
    tally: tuple[int, int, int],
    *,
    by: str = "",
    at: str = "",
) -> str:
    """Record a show of hands: how many agree, disagree and abstain; see ``capture_action``."""
    agree, disagree, abstain = tally
    return _note(tx, Vote, subject, question, agree=agree, disagree=disagree, abstain=abstain, by=by, at=at)


def edit_noted(tx: Transaction, id: str, **changes: Any) -> None:
    """Change what a line of the log says: ``text`` (a vote's question too), ``owner``, ``due``, ``agree``, ….

    Raises:
        CommandError: it is gone, would say nothing, or a value is not allowed.
    """
    record = _noted(tx, id)
    if "text" in changes:
        said = _words(KIND_OF[type(record)], changes.pop("text"))
        changes["question" if isinstance(record, Vote) else "text"] = said
    if all(getattr(record, name) == value for name, value in changes.items()):
        return
    try:
        tx.patch(id, **changes)
    except ValidationError as problem:
        raise CommandError("This is too long, or no value that can stand here.") from problem


def close_action(tx: Transaction, id: str, *, at: str, dropped: bool = False) -> None:
    """An action is done, or will not be done.

    Raises:
        CommandError: it is gone.
    """
    wanted = "dropped" if dropped else "done"
    if _action(tx, id).state != wanted:
        tx.patch(id, state=wanted, closed_at=at)


def reopen_action(tx: Transaction, id: str) -> None:
    """An action is to be done after all.

    Raises:
        CommandError: it is gone.
    """
    if _action(tx, id).state != "open":
        tx.patch(id, state="open", closed_at="")


def resolve_comment(tx: Transaction, id: str, *, resolved: bool = True) -> None:
    """A comment needs no answer any more, or needs one again.

    Raises:
        CommandError: it is gone.
    """
    found = tx.find(id, Comment)
    if found is None:
        raise CommandError(_GONE)
    wanted = "resolved" if resolved else "open"
    if found.state != wanted:
        tx.patch(id, state=wanted)


def pin(tx: Transaction, id: str, subject: str | None) -> None:
    """Pin a line of the log to something else; None: to the project as a whole.

    Raises:
        CommandError: one of the two is gone.
    """
    record = _noted(tx, id)
    wanted = _subject(tx, subject)
    if isinstance(record, Comment) and wanted is None:
        wanted = _subject(tx, PROJECT_ID)
    if record.subject != wanted:
        tx.patch(id, subject=wanted)


def delete_noted(tx: Transaction, ids: Iterable[str]) -> None:
    """Remove lines of the log.

    Raises:
        CommandError: one is gone.
    """
    for id in ids:
        _noted(tx, id)
        tx.remove(id)


def _note(tx: Transaction, cls: type[N], subject: str | None, text: str, **fields: Any) -> str:
    kind = KIND_OF[cls]
    said = _words(kind, text)
    meeting = running(tx)
    fields |= {"question" if cls is Vote else "text": said, "subject": _subject(tx, subject)}
    try:
        made = cls(id=new_id(cls.TYPE), meeting=meeting.id if meeting is not None else None, **fields)
    except ValidationError as problem:
        raise CommandError("This is too long, or no value that can stand here.") from problem
    return tx.put(made).id


def _words(kind: Kind, text: str) -> str:
    said = text.strip()
    if not said:
        raise CommandError(f"Say what the {kind} is: {MANY[kind]} without words help nobody later.")
    return said


def _subject(tx: Transaction, subject: str | None) -> str | None:
    if subject is not None and tx.get(subject) is None:
        raise CommandError("What this is about does not exist any more.")
    return subject


def _noted(tx: Transaction, id: str) -> Noted:
    record = tx.get(id)
    if not isinstance(record, Noted):
        raise CommandError(_GONE)
    return record


def _action(tx: Transaction, id: str) -> ActionItem:
    found = tx.find(id, ActionItem)
    if found is None:
        raise CommandError(_GONE)
    return found


def _meeting(tx: Transaction, id: str) -> Meeting:
    found = tx.find(id, Meeting)
    if found is None:
        raise CommandError("This meeting does not exist any more.")
    return found


def _named(meeting: Meeting) -> str:
    title = " ".join(meeting.title.split())
    return f"“{title if len(title) <= 60 else title[:59] + '…'}”" if title else "without a title"


def _checked_title(title: str) -> str:
    said = " ".join(title.split())
    if len(said) > 2_000:
        raise CommandError("The title is too long; 2,000 characters are enough.")
    return said


def _names(names: Iterable[str]) -> tuple[str, ...]:
    cleaned = (" ".join(name.split())[:4_000] for name in names)
    return tuple({name.casefold(): name for name in cleaned if name}.values())
