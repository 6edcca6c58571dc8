"""The minutes of a meeting as headings, facts and tables of text: what every format writes. No Qt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from workbench.analysis.due_date import day_words
from workbench.analysis.meeting_log import STATE_WORD as STATES
from workbench.analysis.meeting_log import Entry, Kind, about, entries, meetings, tally_words, wanted_meeting
from workbench.evidence.dates import parse_time
from workbench.export.dates import figure_time, spelled
from workbench.export.errors import ExportError
from workbench.export.facts import UNTITLED_PROJECT, one_line, project_of
from workbench.export.minutes_changes import Told, told_changes
from workbench.model.base import Record
from workbench.model.review import ActionItem, Comment, Decision, Meeting, Stop, Vote
from workbench.store.store import Store
from workbench.values import value_type

MOST_CHANGES: Final = 300
"""Lines of the list of changes; more are counted."""
_UNTITLED: Final = "Untitled meeting"
_NO_START: Final = "No picture of what changed: no revision was kept when the meeting began."
_NOT_THERE: Final = "No picture of what changed: the revision of its {} is not beside the project."
_SAME: Final = "Nothing on the diagrams and in the ratings changed during the meeting."
_RATINGS_ALONE: Final = "Nothing but the ratings above changed during the meeting."
_RATINGS: Final = ("Ratings changed", ("About", "Rating", "Before", "After", "Why"), (31, 13, 14, 14, 28))
_OF_REVIEW: Final = (Meeting, ActionItem, Comment, Decision, Vote, Stop)
"""What the meeting itself adds; it has tables of its own."""


@value_type(frozen=True, slots=True)
class Table:
    """Lines of one kind.

    Attributes:
        name: of its heading.
        rows: a text for each of the ``headings``; lines are parted by line feeds.
        widths: shares of the page the columns take.
    """

    name: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@value_type(frozen=True, slots=True)
class Minutes:
    """The minutes but for the pictures.

    Attributes:
        title: of the meeting; ``project`` that of the project.
        facts: name and value, such as the day; those without a value are left out.
        time: when it began, UTC; None: nobody noted it.
        agenda: titles of the stops of the route.
        tables: what was noted, and which ratings changed; those without rows too, which say so.
        changes: every other change of the project during the meeting, a line each.
        notes: what is missing and why.
    """

    title: str
    project: str
    facts: tuple[tuple[str, str], ...]
    time: datetime | None
    agenda: tuple[str, ...]
    tables: tuple[Table, ...]
    changes: tuple[str, ...]
    notes: tuple[str, ...]


@value_type(frozen=True, slots=True)
class Picture:
    """What a meeting changed on one diagram: its title, and the picture's file."""

    title: str
    data: bytes


@value_type(frozen=True, slots=True)
class Span:
    """The project when a meeting began and when it ended, without the log; None: nobody kept it, and ``why``."""

    before: Store | None
    after: Store | None
    why: str = ""


def meeting_named(store: Store, wanted: str | None) -> Meeting:
    """The meeting that is meant: by id, number or title; None: the one under way, else the last.

    Raises:
        ExportError: there is none, or not that one.
    """
    known = meetings(store)
    if not known:
        raise ExportError("the project has no meeting yet; start one, and its log becomes minutes.")
    if wanted is None:
        found = wanted_meeting(store)
        return found if found is not None else known[-1]
    text = one_line(wanted).casefold()
    hits = [one for one in known if one.id == wanted] or [
        one for number, one in enumerate(known, 1) if text in (str(number), one_line(one.title).casefold())
    ]
    if len(hits) == 1:
        return hits[0]
    listed = ", ".join(f"{number} {one_line(one.title)[:60]}".strip() for number, one in enumerate(known, 1))
    said = f"{len(hits)} meetings are called {wanted!r}" if hits else f"there is no meeting {wanted!r}"
    raise ExportError(f"{said}; give a number: {listed}.")


def without_log(records: Mapping[str, Record]) -> Store:
    """A project without meetings, their log, and the stops of the route."""
    return Store(record for record in records.values() if not isinstance(record, _OF_REVIEW))


def span_of(store: Store, meeting: Meeting, kept: Mapping[str, Store]) -> Span:
    """The project before and after a meeting.

    Args:
        store: the project as it is now, which is what a meeting under way has come to.
        meeting: the meeting.
        kept: documents of revisions by their hash, as far as they are there.
    """
    if not meeting.before:
        return Span(None, None, _NO_START)
    if meeting.before not in kept:
        return Span(None, None, _NOT_THERE.format("beginning"))
    if meeting.ended_at and meeting.after not in kept:
        return Span(None, None, _NOT_THERE.format("end"))
    after = kept[meeting.after] if meeting.ended_at else store
    return Span(without_log(kept[meeting.before].records), without_log(after.records))


def minutes(store: Store, meeting: Meeting, span: Span, as_of: str | None = None) -> Minutes:
    """The minutes of a meeting.

    Args:
        store: the project.
        meeting: the meeting.
        span: the project before and after it.
        as_of: ISO date by which actions are overdue; None: the newest time stored in the project.

    Raises:
        ExportError: ``as_of`` is no date.
    """
    time = figure_time(store, as_of)
    today = time.date() if time is not None else None
    noted = entries(store, today, meeting.id)
    project = project_of(store)
    began, ended = parse_time(meeting.started_at), parse_time(meeting.ended_at)
    facts = (
        ("Project", one_line(project.title) or UNTITLED_PROJECT),
        ("Date", spelled(began.date()) if began is not None else ""),
        ("Time", _hours(began, ended)),
        ("Present", ", ".join(one_line(name) for name in meeting.attendees)),
        ("Classification", one_line(project.classification)),
        ("Actions as of", spelled(today) if today is not None and _kind(noted, "action") else ""),
    )
    told = Told((), (), same=False)
    notes = [span.why] if span.why else []
    if span.before is not None and span.after is not None:
        told = told_changes(span.before, span.after)
        if not told.lines:
            notes.append(_RATINGS_ALONE if told.ratings else _SAME)
    cut = len(told.lines) - MOST_CHANGES
    more = (f"and {cut} lines more: hazard-workbench diff",) if cut > 0 else ()
    return Minutes(
        title=one_line(meeting.title) or _UNTITLED,
        project=one_line(project.title) or UNTITLED_PROJECT,
        facts=tuple(fact for fact in facts if fact[1]),
        time=began,
        agenda=tuple(one_line(title) or "Untitled stop" for title in meeting.agenda),
        tables=(*_tables(store, noted), Table(*_RATINGS, told.ratings)),
        changes=(*told.lines[:MOST_CHANGES], *more),
        notes=tuple(notes),
    )


def _hours(began: datetime | None, ended: datetime | None) -> str:
    if began is None:
        return ""
    if ended is None:
        return f"from {began:%H:%M} UTC, not ended"
    day = "" if ended.date() == began.date() else f" on {spelled(ended.date())}"
    return f"{began:%H:%M} to {ended:%H:%M} UTC{day}"


def _kind(noted: Sequence[Entry], kind: Kind) -> list[Entry]:
    return [one for one in noted if one.kind == kind]


def _tables(store: Store, noted: Sequence[Entry]) -> tuple[Table, ...]:
    def on(one: Entry) -> str:
        return about(store, one.subject)

    numbered = {kind: list(enumerate(_kind(noted, kind), 1)) for kind in ("decision", "action", "vote", "comment")}
    decisions = ((f"D{n}", one.text, on(one), one.who) for n, one in numbered["decision"])
    actions = (
        (f"A{n}", one.text, on(one), one.who or "Nobody yet", _day(one.due) or "No day", STATES[one.state])
        for n, one in numbered["action"]
    )
    votes = ((f"V{n}", one.text, on(one), tally_words(one.tally)) for n, one in numbered["vote"])
    comments = ((f"C{n}", one.text, on(one), one.who, STATES[one.state]) for n, one in numbered["comment"])
    return (
        Table("Decisions", ("No.", "Decision", "About", "Noted by"), (6, 49, 30, 15), tuple(decisions)),
        Table("Actions", ("No.", "Action", "About", "Owner", "Due", "State"), (6, 34, 24, 14, 12, 10), tuple(actions)),
        Table("Votes", ("No.", "Question", "About", "Hands"), (6, 45, 26, 23), tuple(votes)),
        Table("Comments", ("No.", "Comment", "About", "By", "State"), (6, 44, 25, 14, 11), tuple(comments)),
    )


def _day(due: str) -> str:
    try:
        return day_words(date.fromisoformat(due.strip()[:10])) if due.strip() else ""
    except ValueError:
        return one_line(due)
