"""The hazard log: one row per hazard, read from the records the diagram is drawn from.

Columns after the template of the 2022 framework for code-synthesis models (arXiv 2207.14157).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from workbench.analysis.risk import Rating, Ratings
from workbench.analysis.risk_findings import acceptance_words
from workbench.evidence.dates import newest_day
from workbench.model.base import Record
from workbench.model.codes import code_key
from workbench.model.elements import Cause, Consequence, Control, Element, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import Assessment, OddCategory, RiskAcceptance, RiskScheme
from workbench.model.records import references
from workbench.store.diff import Diff
from workbench.store.reader import Reader
from workbench.values import value_type

GROUP_OF: Final[dict[str, str]] = {
    "application": "Application/Domain",
    "users": "Users/Agents",
    "vector": "Vector",
    "protected_characteristics": "Protected characteristics",
    "assets": "Assets",
}
"""Columns that hold entries of the operational design domain, and the group of the taxonomy each shows."""

KIND_OF: Final[dict[str, str]] = {"trigger_event": "cause", "effects": "consequence", "mitigations": "control"}
"""Columns that list elements, and the kind of each."""


@value_type(frozen=True, slots=True)
class Item:
    """One entry of a cell that lists elements or ODD entries."""

    id: str
    code: str
    title: str


Items = tuple[Item, ...]


@value_type(frozen=True, slots=True)
class LogRow:
    """One hazard as the log shows it.

    Attributes:
        element: id of the hazard.
        lists: entries by column: trigger events, ODD entries by group, potential effects, mitigations.
        hri: rating before the mitigations; ``hri_post`` after them; None where nobody rated.
        read: ids of all records the row was read from.
        accepted: who accepted the residual risk, or what is wrong with that.
    """

    element: str
    code: str
    title: str
    source: str
    description: str
    dimensions: tuple[str, ...]
    owner: str
    status: str
    lists: dict[str, Items]
    hri: Rating | None
    hri_post: Rating | None
    read: frozenset[str]
    accepted: str = ""

    @property
    def words(self) -> str:
        """The hazard's description; its title where nobody described it."""
        return self.description or self.title

    @property
    def signed(self) -> dict[str, str]:
        """Who gave the ratings and when, by column; empty where nobody said, or nothing is rated."""
        return {"hri_rated": signature(self.hri), "hri_post_rated": signature(self.hri_post)}

    def entries(self, column: str) -> Items:
        """The entries of a column that holds a list."""
        return self.lists.get(column, ())


def signature(rating: Rating | None) -> str:
    """Who gave a rating and on what day, as far as somebody said; one line."""
    if rating is None:
        return ""
    return ", ".join(part for part in (" ".join(rating.by.split()), rating.at[:10]) if part)


def roots_of(reader: Reader, hazard: str) -> list[str]:
    """The ids that the links of a hazard end at: its top events, or itself where it has none."""
    events = sorted(reader.referrers(hazard, TopEvent, "hazard"), key=lambda event: (code_key(event.code), event.id))
    return [event.id for event in events] or [hazard]


class LogReader:
    """Reads rows of one document; the risk scheme and the taxonomy are looked up once."""

    def __init__(self, reader: Reader, day: date | None = None) -> None:
        """Look at a document.

        Args:
            reader: the document.
            day: the day by which acceptances run out; None: the newest day stored in the document.
        """
        self._reader = reader
        self._ratings = Ratings(reader)
        self._newest = day
        self._day_known = day is not None
        self._groups: dict[str, str] = {group: column for column, group in GROUP_OF.items()}
        self._odd: dict[str, tuple[int, str, str]] = {}
        for place, entry in enumerate(reader.all(OddCategory)):
            above = reader.find(entry.parent, OddCategory)
            self._odd[entry.id] = (place, entry.group, odd_name(entry, above))

    def rows(self) -> list[LogRow]:
        """Every hazard in the order of the codes."""
        hazards = sorted(self._reader.all(Hazard), key=lambda hazard: (code_key(hazard.code), hazard.id))
        return [self.row(hazard) for hazard in hazards]

    def row(self, hazard: Hazard) -> LogRow:
        """One hazard."""
        walk = _Walk(self._reader, hazard.id)
        after = self._ratings.of(hazard.id, "residual")
        lists = {column: _items(walk.found[column]) for column in KIND_OF} | self._odd_lists(hazard)
        return LogRow(
            hazard.id,
            hazard.code,
            hazard.title,
            hazard.source,
            hazard.description,
            hazard.impact_dimensions,
            hazard.owner,
            hazard.status,
            lists,
            self._ratings.of(hazard.id, "initial"),
            after,
            frozenset(walk.read),
            acceptance_words(self._reader, after, self.day()),
        )

    def day(self) -> date | None:
        """The day by which acceptances run out; None where none may."""
        if not self._day_known:
            self._day_known = True
            ends = any(one.expires for one in self._reader.all(RiskAcceptance))
            self._newest = newest_day(self._reader) if ends else None
        return self._newest

    def _odd_lists(self, hazard: Hazard) -> dict[str, Items]:
        found: dict[str, list[tuple[int, Item]]] = {column: [] for column in GROUP_OF}
        for key in hazard.odd:
            place, group, name = self._odd.get(key, (0, "", ""))
            column = self._groups.get(group)
            if column is not None:
                found[column].append((place, Item(key, "", name)))
        return {
            column: tuple(item for _, item in sorted(pairs, key=lambda pair: (pair[1].title.casefold(), pair[1].id)))
            for column, pairs in found.items()
        }


def odd_name(entry: OddCategory, above: OddCategory | None) -> str:
    """An ODD entry as the log names it: with what it stands under, since names repeat within a group."""
    return f"{above.name}: {entry.name}" if above is not None else entry.name


def log_rows(reader: Reader, day: date | None = None) -> list[LogRow]:
    """The whole log in the order of the hazards' codes; ``day`` as for ``LogReader``."""
    return LogReader(reader, day).rows()


class _Walk:
    """What leads to a hazard, what follows from it, and the controls on those lines.

    The way on leads through chained top events to their effects too; their causes and controls stand in the rows of
    their own hazards.
    """

    def __init__(self, reader: Reader, hazard: str) -> None:
        self._reader = reader
        self.found: dict[str, dict[str, Element]] = {column: {} for column in KIND_OF}
        roots = roots_of(reader, hazard)
        self.read: set[str] = {hazard, *roots}
        for root in dict.fromkeys((hazard, *roots)):
            self._guards(root)
            for rating in reader.referrers(root, Assessment, "subject"):
                self.read.add(rating.id)
        for root in roots:
            self._along(root, "target", "source")
            self._along(root, "source", "target")

    def _along(self, root: str, near: str, far: str) -> None:
        waiting, seen = [(root, True)], {root}
        while waiting:
            here, own = waiting.pop()
            for link in self._reader.referrers(here, Link, near):
                other = link.source if far == "source" else link.target
                record = self._reader.get(other)
                if link.kind != "leads_to":
                    continue
                self.read.update((link.id, other))
                if own:
                    self._guards(link.id)
                chained = isinstance(record, TopEvent | Hazard)
                if other in seen or (chained and far == "source"):
                    continue
                seen.add(other)
                self._take(record, far)
                waiting.append((other, own and not chained))

    def _take(self, record: Record | None, far: str) -> None:
        if isinstance(record, Cause) and far == "source":
            self.found["trigger_event"][record.id] = record
        elif isinstance(record, Consequence) and far == "target":
            self.found["effects"][record.id] = record
            for rating in self._reader.referrers(record.id, Assessment, "subject"):
                self.read.add(rating.id)

    def _guards(self, subject: str) -> None:
        for guard in self._reader.referrers(subject, Guard, "subject"):
            control = self._reader.find(guard.control, Control)
            self.read.update((guard.id, guard.control))
            if control is not None:
                self.found["mitigations"][control.id] = control


def listed(reader: Reader, hazard: str, column: str) -> tuple[Items, frozenset[str]]:
    """The elements of one column in a row, and ids of the records they were read from: without the cost of ratings."""
    walk = _Walk(reader, hazard)
    return _items(walk.found[column]), frozenset(walk.read)


def _items(found: dict[str, Element]) -> Items:
    ordered = sorted(found.values(), key=lambda element: (code_key(element.code), element.title, element.id))
    return tuple(Item(element.id, element.code, element.title) for element in ordered)


class LogCache:
    """The rows of a document that changes: only hazards that a change touches are read again."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._rows: dict[str, LogRow] = {}
        self._users: dict[str, set[str]] = {}
        self._order: list[LogRow] | None = None
        self._day: date | None = None
        self.refill()

    @property
    def rows(self) -> list[LogRow]:
        """Every hazard in the order of the codes."""
        if self._order is None:
            self._order = sorted(self._rows.values(), key=lambda row: (code_key(row.code), row.element))
        return self._order

    def row(self, hazard: str) -> LogRow | None:
        """The row of a hazard."""
        return self._rows.get(hazard)

    def hazards_using(self, id: str) -> set[str]:
        """Hazards whose rows were read from a record."""
        return self._users.get(id, set())

    def refill(self) -> None:
        """Read everything."""
        self._rows.clear()
        self._users.clear()
        reader = LogReader(self._reader)
        self._day = reader.day()
        for hazard in self._reader.all(Hazard):
            self._keep(reader.row(hazard))
        self._order = None

    def follow(self, diff: Diff) -> bool:
        """Take a change in; whether any row may read otherwise now."""
        reader = LogReader(self._reader)
        whole = any(
            isinstance(record, RiskScheme | OddCategory) or record.TYPE == "project" for record in _touched(diff)
        )
        if whole or reader.day() != self._day:
            self.refill()
            return True
        touched: set[str] = set()
        for record in _touched(diff):
            if isinstance(record, Hazard):
                touched.add(record.id)
            touched |= self._users.get(record.id, set())
            for _, target in references(record) if isinstance(record, _JOINS) else ():
                touched |= self._users.get(target, set())
                if isinstance(self._reader.get(target), Hazard):
                    touched.add(target)
        if not touched:
            return False
        for key in touched:
            self._drop(key)
            hazard = self._reader.find(key, Hazard)
            if hazard is not None:
                self._keep(reader.row(hazard))
        self._order = None
        return True

    def _keep(self, row: LogRow) -> None:
        self._rows[row.element] = row
        for id in row.read:
            self._users.setdefault(id, set()).add(row.element)

    def _drop(self, key: str) -> None:
        old = self._rows.pop(key, None)
        for id in old.read if old is not None else ():
            users = self._users.get(id)
            if users is not None:
                users.discard(key)


_JOINS: Final = (Link, Guard, Assessment, RiskAcceptance, TopEvent)


def _touched(diff: Diff) -> Iterator[Record]:
    yield from diff.added.values()
    yield from diff.removed.values()
    for old, new in diff.updated.values():
        yield old
        yield new


def as_json(row: LogRow) -> dict[str, Any]:
    """A row as ``log --json`` prints it: the framework's columns, and beside them what tells shared elements apart."""
    lists = {column: [item.title or item.code for item in items] for column, items in row.lists.items()}
    return {
        "id": row.code or row.element,
        "source": row.source,
        "description": row.words,
        "trigger_event": lists["trigger_event"],
        **{column: lists[column] for column in GROUP_OF},
        "effects": lists["effects"],
        "hri": row.hri.index if row.hri is not None else None,
        "mitigations": lists["mitigations"],
        "hri_post": row.hri_post.index if row.hri_post is not None else None,
        "element": row.element,
        "title": row.title,
        "dimensions": list(row.dimensions),
        "owner": row.owner,
        "status": row.status,
        "codes": {column: [item.code for item in row.entries(column)] for column in KIND_OF},
        "hri_inherited": row.hri is not None and row.hri.inherited,
        "accepted": row.accepted,
        "hri_rated": {"by": row.hri.by, "at": row.hri.at} if row.hri is not None else None,
        "hri_post_rated": {"by": row.hri_post.by, "at": row.hri_post.at} if row.hri_post is not None else None,
        "hri_post_inherited": row.hri_post is not None and row.hri_post.inherited,
    }
