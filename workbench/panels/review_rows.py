"""The meeting log as rows of a table: what each says, its order, what a search and a filter look at. No Qt."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from workbench.analysis.claims import searchable
from workbench.analysis.due_date import day_words
from workbench.analysis.meeting_log import STATE_WORD, WORD, Entry, Kind, State, about, entries, tally_words
from workbench.analysis.words import short_name
from workbench.model.drawing import Diagram
from workbench.model.elements import Guard
from workbench.model.judgement import PROJECT_ID
from workbench.model.review import Meeting
from workbench.panels.evidence_filter import Chip
from workbench.panels.run_rows import RunSource
from workbench.store.store import Store
from workbench.values import value_type

WHOLE: Final = "Project"
_LAST: Final = "9999"
_ORDER: Final[dict[State, int]] = {"overdue": 0, "open": 1, "noted": 2, "resolved": 3, "done": 4, "dropped": 5}


@value_type(frozen=True, slots=True)
class ReviewRow:
    """One line of the log as it is shown.

    Attributes:
        on: code or title of what it is pinned to; ``about`` the same in full.
        due: the day as a table says it; what stands in the file where that is no day.
        meeting: title of the meeting it was noted in; empty outside of one.
        noted: the day it was noted.
    """

    entry: Entry
    on: str
    about: str
    due: str
    meeting: str
    noted: str

    @property
    def id(self) -> str:
        """Id of the record."""
        return self.entry.id

    @property
    def text(self) -> str:
        """What was said, on one line, a vote with its hands."""
        said = " ".join(self.entry.text.split())
        return f"{said} ({tally_words(self.entry.tally)})" if self.entry.tally else said


def review_rows(store: Store, today: date | None) -> list[ReviewRow]:
    """Everything noted: what is overdue first, then what is open by its day, then the rest, the newest first."""
    titles = {meeting.id: " ".join(meeting.title.split()) or "Untitled" for meeting in store.all(Meeting)}
    rows = [_row(store, entry, titles) for entry in reversed(entries(store, today))]
    return sorted(rows, key=_place)  # a stable order: the newest first among equals


def _place(row: ReviewRow) -> tuple[int, str]:
    entry = row.entry
    return _ORDER[entry.state] if entry.waits else len(_ORDER), (entry.due or _LAST) if entry.waits else ""


def _row(store: Store, entry: Entry, titles: dict[str, str]) -> ReviewRow:
    whole = entry.subject in ("", PROJECT_ID)
    return ReviewRow(
        entry,
        WHOLE if whole else short_name(store, entry.subject)[:60],
        about(store, entry.subject),
        day_text(entry.due),
        titles.get(entry.meeting, ""),
        day_text(entry.at),
    )


def day_text(time: str) -> str:
    """The day of a date or time in ISO 8601 as a table says it; the text itself where it is none."""
    try:
        return day_words(date.fromisoformat(time.strip()[:10])) if time.strip() else ""
    except ValueError:
        return " ".join(time.split())


def found_by(row: ReviewRow) -> str:
    """What a search looks at."""
    entry = row.entry
    words = (WORD[entry.kind], STATE_WORD[entry.state], row.text, row.about, entry.who, row.due, row.meeting)
    return searchable(" ".join(words))


def no_source(_: ReviewRow) -> RunSource:
    """Lines of a log have no file."""
    return "no file"


def _state(*states: State) -> Callable[[ReviewRow, RunSource], bool]:
    return lambda row, _: row.entry.state in states


REVIEW_CHIPS: Final[tuple[Chip[ReviewRow], ...]] = (
    Chip("", "All", lambda _row, _source: True, True, "Everything noted"),
    Chip("waits", "To do", _state("overdue", "open"), True, "Open actions and comments, overdue or not"),
    Chip("overdue", "Overdue", _state("overdue"), True, "Open actions past their day"),
    Chip("done", "Done", _state("done", "dropped", "resolved"), True, "Actions done or dropped, comments resolved"),
)  # fmt: skip


@value_type(frozen=True, slots=True)
class Filter:
    """What rows are shown beside the state: all where a value is empty.

    Attributes:
        who: name of an owner or author.
        meeting: id of a meeting; ``-``: outside of any.
        subject: id of what is looked at: an element, a control, or a control on a line.
    """

    kind: Kind | str = ""
    who: str = ""
    meeting: str = ""
    subject: str = ""

    def keeps(self, store: Store, row: ReviewRow) -> bool:
        """Whether a row is shown."""
        entry = row.entry
        return (
            self.kind in ("", entry.kind)
            and self.who.casefold() in ("", entry.who.casefold())
            and (self.meeting in ("", entry.meeting) or (self.meeting == "-" and not entry.meeting))
            and (not self.subject or entry.subject in told_with(store, self.subject))
        )


def told_with(store: Store, subject: str) -> frozenset[str]:
    """What is looked at together with something: a control on a line with the control."""
    guard = store.find(subject, Guard)
    return frozenset({subject, guard.control} if guard is not None else {subject})


def named(rows: Iterable[ReviewRow]) -> list[str]:
    """The owners and authors of some rows, each once, in the order of the alphabet."""
    once = {row.entry.who.casefold(): row.entry.who for row in rows if row.entry.who}
    return [once[key] for key in sorted(once)]


def leads_somewhere(store: Store, row: ReviewRow) -> bool:
    """Whether there is something to show: an element, a line, a control on one, or a diagram."""
    return row.entry.subject in store and row.entry.subject != PROJECT_ID


def is_diagram(store: Store, row: ReviewRow) -> bool:
    """Whether a line is pinned to a diagram as a whole."""
    return store.find(row.entry.subject, Diagram) is not None
