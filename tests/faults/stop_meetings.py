"""Meetings held while random edits are made, and what their minutes must say whatever became of the document."""

from html.parser import HTMLParser

from tests.faults.edits import Editor
from workbench.analysis.meeting_log import KIND_OF, entries, meetings, running
from workbench.analysis.stops import stops_in_order, title_at
from workbench.commands import meeting as log
from workbench.export.minutes_docx import write_docx
from workbench.export.minutes_html import write_html
from workbench.export.minutes_md import write_md
from workbench.export.minutes_sheet import minutes, span_of
from workbench.model.base import Record
from workbench.model.review import ActionItem, Comment, Decision, Meeting, Vote
from workbench.store.store import Store
from workbench.store.transaction import Transaction

NOTED = (ActionItem, Decision, Vote, Comment)
_MOST = 4
"""Meetings that are kept; each look writes the minutes of all of them."""
_TABLES = {"Decisions": "decision", "Actions": "action", "Votes": "vote", "Comments": "comment"}


class Meetings:
    """Holds meetings, one after the other, and keeps the documents that revisions would keep of them."""

    def __init__(self) -> None:
        self.kept: dict[str, Store] = {}
        self._count = 0

    def _time(self) -> str:
        self._count += 1
        day, second = divmod(self._count, 86_400)
        return f"2026-{day // 28 + 1:02}-{day % 28 + 1:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"

    def _keep(self, it: Editor) -> str:
        hash = f"{self._count:064x}"
        self.kept[hash] = Store(it.store.records.values())
        return hash

    def hold(self, it: Editor, tx: Transaction) -> None:
        """Begin a meeting whose agenda is the route, or end the one under way."""
        now = running(tx)
        at = self._time()
        if now is not None:
            log.end_meeting(tx, now.id, at=at, after=self._keep(it))
            return
        for old in meetings(tx)[: -_MOST + 1]:
            log.delete_meeting(tx, old.id)
        agenda = [title_at(tx, stop) for stop in stops_in_order(tx)]
        log.start_meeting(tx, it.word(), [it.word(), "Ann"], agenda, at=at, before=self._keep(it))

    def note(self, it: Editor, tx: Transaction) -> None:
        """Note a line of any kind on anything."""
        on, text, at = it.pick(Record), f"{it.word()} {self._count}", self._time()
        kind = it.random.randrange(4)
        if kind == 0:
            log.capture_action(tx, on, text, owner=it.word(), due=it.random.choice(("", "2026-12-01")), at=at)
        elif kind == 1:
            log.decide(tx, on, text, by="Ann", at=at)
        elif kind == 2:
            log.vote(tx, on, text, (it.random.randrange(9), 1, 0), by="Ann", at=at)
        else:
            log.comment(tx, on, text, by="Ann", at=at)

    def change(self, it: Editor, tx: Transaction) -> None:
        """Take a line back, or pin it to something else."""
        line = it.pick(*NOTED)
        if line is None:
            return
        if it.random.random() < 0.5:
            log.delete_noted(tx, [line])
        else:
            log.pin(tx, line, it.pick(Record))

    def check(self, store: Store, *, word: bool) -> int:
        """Write the minutes of every meeting and read them again; gives how many there are.

        Args:
            store: the document.
            word: as a Word document too, which takes longest.

        Raises:
            AssertionError: a line, the agenda or a heading is missing.
        """
        held = meetings(store)
        for meeting in held:
            self._check(store, meeting, word=word)
        return len(held)

    def _check(self, store: Store, meeting: Meeting, *, word: bool) -> None:
        sheet = minutes(store, meeting, span_of(store, meeting, self.kept))
        assert sheet.title, "minutes without a title"
        assert not [note for note in sheet.notes if "not beside" in note], "a document that was kept is missed"
        assert len(sheet.agenda) == len(meeting.agenda), "stops of the agenda are missing"
        assert all(sheet.agenda), "a stop without a name on the agenda"
        noted = entries(store, None, meeting.id)
        for table in sheet.tables:
            kind = _TABLES.get(table.name)
            wanted = [one.text for one in noted if one.kind == kind]
            if kind is not None:
                assert [row[1] for row in table.rows] == wanted, f"{table.name}: lines are missing"
            assert all(len(row) == len(table.headings) and row[2] for row in table.rows), f"{table.name}: a broken line"
        page = _Words()
        page.feed(write_html(sheet, ()).decode())
        told = " ".join(" ".join(page.words).split())
        for one in noted:
            assert " ".join(one.text.split()) in told, "a line is not on the page"
        assert write_md(sheet, ()).startswith(b"# ")
        if word:
            assert write_docx(sheet, ()).startswith(b"PK")


def lines_of(store: Store) -> int:
    """How many lines were noted."""
    return sum(1 for cls in KIND_OF for _ in store.all(cls))


class _Words(HTMLParser):
    """The words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)
