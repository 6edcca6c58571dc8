"""The meeting log as entries: actions, decisions, votes and comments with their states on a day. No Qt.

A point in time is ISO 8601; a day is the first ten characters of one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal

from workbench.analysis.words import line_name, name_of
from workbench.model.base import Record
from workbench.model.elements import Guard
from workbench.model.judgement import PROJECT_ID
from workbench.model.review import ActionItem, Comment, Decision, Meeting, Vote
from workbench.store.reader import Reader
from workbench.store.store import Store
from workbench.values import value_type

Kind = Literal["action", "decision", "vote", "comment"]
State = Literal["overdue", "open", "noted", "resolved", "done", "dropped"]
Noted = ActionItem | Decision | Vote | Comment

KINDS: Final[tuple[Kind, ...]] = ("action", "decision", "vote", "comment")
CLASS: Final[dict[Kind, type[Noted]]] = {
    "action": ActionItem, "decision": Decision, "vote": Vote, "comment": Comment,
}  # fmt: skip
KIND_OF: Final[dict[type[Record], Kind]] = {cls: kind for kind, cls in CLASS.items()}
WORD: Final[dict[Kind, str]] = {"action": "Action", "decision": "Decision", "vote": "Vote", "comment": "Comment"}
MANY: Final[dict[Kind, str]] = {"action": "actions", "decision": "decisions", "vote": "votes", "comment": "comments"}
STATES: Final[tuple[State, ...]] = ("overdue", "open", "noted", "resolved", "done", "dropped")
STATE_WORD: Final[dict[State, str]] = {
    "overdue": "Overdue", "open": "Open", "noted": "Noted", "resolved": "Resolved", "done": "Done",
    "dropped": "Dropped",
}  # fmt: skip


WHOLE_PROJECT: Final = "The whole project"


@value_type(frozen=True, slots=True)
class Entry:
    """One line of the meeting log.

    Attributes:
        subject: id of what it is pinned to; empty for the project as a whole.
        meeting: id of the meeting it was noted in; empty outside of one.
        state: decisions and votes are ``noted``; an open action past its day is ``overdue``.
        who: owner of an action, author of anything else.
        due: day an action is to be done by, ISO 8601.
        tally: agree, disagree, abstain of a vote; else empty.
    """

    id: str
    kind: Kind
    text: str
    subject: str
    meeting: str
    state: State
    who: str
    due: str
    at: str
    closed_at: str
    tally: tuple[int, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in ("overdue", "open")


def entry(record: Noted, today: date | None) -> Entry:
    """A record as a line of the log, on a day; without one nothing is overdue."""
    kind = KIND_OF[type(record)]
    due = closed = ""
    tally: tuple[int, ...] = ()
    state: State = "noted"
    if isinstance(record, ActionItem):
        late = record.state == "open" and is_past(record.due, today)
        state, due, closed, who = "overdue" if late else record.state, record.due, record.closed_at, record.owner
    else:
        who = record.by
    if isinstance(record, Comment):
        state = record.state
    if isinstance(record, Vote):
        text, tally = record.question, (record.agree, record.disagree, record.abstain)
    else:
        text = record.text
    subject, meeting = record.subject or "", record.meeting or ""
    return Entry(record.id, kind, text, subject, meeting, state, who, due, record.at, closed, tally)


def is_past(due: str, today: date | None) -> bool:
    """Whether a due day (ISO 8601) lies before today; never for one that cannot be read."""
    if today is None:
        return False
    try:
        return date.fromisoformat(due.strip()[:10]) < today
    except ValueError:
        return False


def entries(reader: Reader, today: date | None = None, meeting: str | None = None) -> list[Entry]:
    """Everything noted, or what was noted in one meeting, in the order it was noted."""
    found = [entry(record, today) for cls in CLASS.values() for record in reader.all(cls)]
    return sorted((one for one in found if meeting is None or one.meeting == meeting), key=lambda e: (e.at, e.id))


def noted_on(reader: Reader, id: str, today: date | None = None) -> list[Entry]:
    """What is pinned to a record, in the order it was noted."""
    found = [entry(record, today) for cls in CLASS.values() for record in reader.referrers(id, cls, "subject")]
    return sorted(found, key=lambda e: (e.at, e.id))


def about(store: Store, subject: str) -> str:
    """What a line is pinned to, by its full name: a control on a line by code, title and line."""
    if subject in ("", PROJECT_ID):
        return WHOLE_PROJECT
    guard = store.find(subject, Guard)
    if guard is None:
        return name_of(store, subject)
    return f"{name_of(store, guard.control)} on {line_name(store, guard.subject)}"


def meetings(reader: Reader) -> list[Meeting]:
    """The meetings, the earliest first."""
    return sorted(reader.all(Meeting), key=lambda one: (one.started_at, one.id))


def running(reader: Reader) -> Meeting | None:
    """The meeting under way: the latest that has not ended; None where there is none."""
    return next((one for one in reversed(meetings(reader)) if not one.ended_at), None)


def wanted_meeting(reader: Reader) -> Meeting | None:
    """The meeting meant where none is named: the one under way, else the last; None where there was none."""
    found = meetings(reader)
    return running(reader) or (found[-1] if found else None)


def people(reader: Reader) -> list[str]:
    """Who has been named so far: attendees of the latest meeting first, then owners and authors, each once."""
    named: list[str] = []
    for meeting in reversed(meetings(reader)):
        named += meeting.attendees
    named += [item.owner for item in reader.all(ActionItem)]
    for cls in (Comment, Decision, Vote):
        named += [str(getattr(record, "by", "")) for record in reader.all(cls)]
    once: dict[str, str] = {}
    for name in map(str.strip, named):
        if name:
            once.setdefault(name.casefold(), name)
    return list(once.values())


@value_type(frozen=True, slots=True)
class Tail:
    """The end of the log, for a strip of the presenter's window.

    Attributes:
        counts: how many of each kind, of the meeting under way, else of all.
        lines: the last ones, the newest last, in plain words such as ``Action: Renew the rules (Lina, 4 Dec)``.
    """

    counts: Mapping[Kind, int]
    lines: tuple[str, ...]


def tail(reader: Reader, most: int = 3) -> Tail:
    """The log's last lines and how many of each kind there are."""
    meeting = running(reader)
    found = entries(reader, meeting=meeting.id if meeting is not None else None)
    counted = Counter(one.kind for one in found)
    last = found[len(found) - most :] if len(found) > most else found
    return Tail({kind: counted[kind] for kind in KINDS}, tuple(line_of(one) for one in last))


def line_of(one: Entry) -> str:
    """An entry in one short line."""
    said = " ".join(one.text.split()) or "Without words"
    if one.kind == "vote":
        return f"{WORD[one.kind]}: {said} ({tally_words(one.tally)})"
    beside = ", ".join(filter(None, (one.who, one.due))) if one.kind == "action" else ""
    return f"{WORD[one.kind]}: {said}" + (f" ({beside})" if beside else "")


def tally_words(tally: Iterable[int]) -> str:
    """A show of hands in words: ``5 agree, 1 disagrees, none abstain``."""
    agree, disagree, abstain = tally
    parts = ((agree, "agree"), (disagree, "disagree"), (abstain, "abstain"))
    return ", ".join(f"{number or 'none'} {verb}{'s' if number == 1 else ''}" for number, verb in parts)
