"""How far the operational design domain has been walked through: computed from the records each time, never stored.

Every entry of the taxonomy is to be considered, also where it is then judged to hold no hazard. What a person decided
stands in a consideration; which hazards were found stands at the hazards. Where the two disagree, that is said.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal, get_args

from workbench.analysis.odd_taxonomy import descendants, group_of, ordered
from workbench.model.elements import Hazard, ImpactDimension
from workbench.model.judgement import Assessment, OddCategory, OddConsideration
from workbench.store.reader import Reader
from workbench.values import value_type

State = Literal["hazard_found", "judged_none", "not_applicable", "not_considered"]
STATES: Final[tuple[State, ...]] = get_args(State)
STATE_WORD: Final[dict[State, str]] = {
    "hazard_found": "Hazard found",
    "judged_none": "Judged none",
    "not_applicable": "Not applicable",
    "not_considered": "Not yet considered",
}
DIMENSIONS: Final[tuple[ImpactDimension, ...]] = get_args(ImpactDimension)
DIMENSION_GROUP: Final = "Impact dimensions"

NO_HAZARD_CARRIES: Final = "Said to hold a hazard, but no hazard carries it; tag the hazard or judge again."


@value_type(frozen=True, slots=True)
class Found:
    """A hazard that carries an entry."""

    id: str
    code: str
    title: str

    @property
    def name(self) -> str:
        """The code, else the title."""
        return self.code or self.title or self.id


@value_type(frozen=True, slots=True)
class Verdict:
    """What is known about one entry or one pair.

    Attributes:
        state: what a person decided; else what the hazards say.
        stated: whether a person decided it.
        hazards: those that carry it, by code; retired ones do not count.
        conflict: one sentence where decision and hazards contradict each other; else empty.
    """

    state: State
    stated: bool
    hazards: tuple[Found, ...]
    reason: str = ""
    by: str = ""
    at: str = ""
    conflict: str = ""

    @property
    def considered(self) -> bool:
        """Whether somebody has looked at it."""
        return self.state != "not_considered"


@value_type(frozen=True, slots=True)
class Entry:
    """One entry of the taxonomy as it is shown; ``path`` names its parents too."""

    id: str
    group: str
    name: str
    path: str
    depth: int
    verdict: Verdict


@value_type(frozen=True, slots=True)
class Group:
    """One heading of the taxonomy with its entries in order, parents before children."""

    name: str
    entries: tuple[Entry, ...]

    def count(self, state: State) -> int:
        """How many entries are in a state."""
        return sum(entry.verdict.state == state for entry in self.entries)

    @property
    def considered(self) -> int:
        """How many entries have been considered."""
        return len(self.entries) - self.count("not_considered")


@value_type(frozen=True, slots=True)
class Dimension:
    """One impact dimension and what carries it; considered where a hazard or a rating speaks of it."""

    name: ImpactDimension
    hazards: tuple[Found, ...]
    rated: bool

    @property
    def considered(self) -> bool:
        """Whether anybody has thought of it."""
        return self.rated or bool(self.hazards)


@value_type(frozen=True, slots=True)
class Coverage:
    """The whole taxonomy as it is shown."""

    groups: tuple[Group, ...]
    dimensions: tuple[Dimension, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, group after group."""
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def total(self) -> int:
        """How many entries there are."""
        return sum(len(group.entries) for group in self.groups)

    @property
    def considered(self) -> int:
        """How many of them have been considered."""
        return sum(group.considered for group in self.groups)

    @property
    def conflicts(self) -> tuple[Entry, ...]:
        """Entries whose consideration contradicts the hazards."""
        return tuple(entry for entry in self.entries if entry.verdict.conflict)

    def entry(self, id: str) -> Entry | None:
        """The entry with this id, or None."""
        return next((entry for entry in self.entries if entry.id == id), None)


@value_type(frozen=True, slots=True)
class Crossing:
    """The entries of two groups crossed; ``cells`` by id of row and column."""

    rows: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    cells: dict[tuple[str, str], Verdict]

    @property
    def considered(self) -> int:
        """How many pairs have been walked through."""
        return sum(verdict.considered for verdict in self.cells.values())


def coverage(reader: Reader) -> Coverage:
    """Every entry of the taxonomy with its state, hazards and contradictions."""
    entries = ordered(reader)
    below = descendants(entries)
    carried = _carried(reader)
    records = {record.category: record for record in reader.all(OddConsideration) if record.with_category is None}
    groups: dict[str, list[Entry]] = {}
    above: list[str] = []
    for entry, depth in entries:
        del above[depth:]
        above.append(entry.name)
        found = _sorted({hazard.id: hazard for id in below[entry.id] for hazard in carried.get(id, ())}.values())
        groups.setdefault(group_of(entry), []).append(
            Entry(
                entry.id, group_of(entry), entry.name, " › ".join(above), depth, _verdict(records.get(entry.id), found)
            )
        )
    made = tuple(Group(name, tuple(listed)) for name, listed in groups.items())
    return Coverage(made, _dimensions(reader))


def crossing(reader: Reader, rows: str, columns: str) -> Crossing:
    """The entries of one group against those of another; a group against itself has no cells."""
    groups = {group.name: group.entries for group in coverage(reader).groups}
    down, across = groups.get(rows, ()), groups.get(columns, ())
    below = descendants(ordered(reader))
    carriers: dict[str, set[str]] = {}
    hazards: dict[str, Found] = {}
    for id, found in _carried(reader).items():
        carriers[id] = {hazard.id for hazard in found}
        hazards.update((hazard.id, hazard) for hazard in found)
    reach = {entry.id: set().union(*(carriers.get(id, set()) for id in below[entry.id])) for entry in (*down, *across)}
    records = {
        (record.category, record.with_category): record
        for record in reader.all(OddConsideration)
        if record.with_category is not None
    }
    cells = {}
    for row in down if rows != columns else ():
        for column in across:
            both = _sorted(hazards[id] for id in reach[row.id] & reach[column.id])
            record = records.get((row.id, column.id)) or records.get((column.id, row.id))
            cells[row.id, column.id] = _verdict(record, both)
    return Crossing(down, across, cells)


def decided_pairs(reader: Reader) -> list[tuple[Entry, Entry, Verdict]]:
    """The pairs somebody decided about, in the order of the taxonomy."""
    entries = coverage(reader).entries
    place = {entry.id: at for at, entry in enumerate(entries)}
    below = descendants(ordered(reader))
    carried = _carried(reader)
    found = []
    for record in reader.all(OddConsideration):
        ends = (record.category, record.with_category or "")
        if not all(id in place for id in ends):
            continue
        first, second = sorted(ends, key=place.__getitem__)
        one, other = ({h.id: h for id in below[end] for h in carried.get(id, ())} for end in (first, second))
        both = _sorted(hazard for id, hazard in one.items() if id in other)
        found.append((entries[place[first]], entries[place[second]], _verdict(record, both)))
    return sorted(found, key=lambda pair: (place[pair[0].id], place[pair[1].id]))


def next_unconsidered(whole: Coverage, after: str = "") -> Entry | None:
    """The first entry not yet considered behind ``after`` in the order of the taxonomy, and around again."""
    entries = whole.entries
    at = next((place + 1 for place, entry in enumerate(entries) if entry.id == after), 0)
    return next((entry for entry in (*entries[at:], *entries[:at]) if not entry.verdict.considered), None)


def next_pair(crossed: Crossing, after: tuple[str, str] | None = None) -> tuple[str, str] | None:
    """The first pair not yet walked through behind ``after``, row by row, and around again."""
    places = list(crossed.cells)
    at = places.index(after) + 1 if after in crossed.cells else 0
    return next((place for place in (*places[at:], *places[:at]) if not crossed.cells[place].considered), None)


def _carried(reader: Reader) -> dict[str, list[Found]]:
    """Hazards in use by the entries they carry."""
    found: dict[str, list[Found]] = {}
    for hazard in reader.all(Hazard):
        if hazard.status != "retired" and hazard.odd:
            shown = Found(hazard.id, hazard.code, hazard.title)
            for entry in dict.fromkeys(hazard.odd):
                found.setdefault(entry, []).append(shown)
    return found


def _sorted(hazards: Iterable[Found]) -> tuple[Found, ...]:
    """By code as people count: H-9 before H-12."""
    return tuple(sorted(hazards, key=lambda hazard: (*_counted(hazard.code), hazard.id)))


@lru_cache(maxsize=8_192)
def _counted(code: str) -> tuple[str, int]:
    letters, _, digits = code.partition("-")
    return letters.casefold(), int(digits) if digits.isdecimal() and len(digits) < 9 else 0


def _verdict(record: OddConsideration | None, hazards: tuple[Found, ...]) -> Verdict:
    if record is None or record.state == "not_considered":
        state: State = "hazard_found" if hazards else "not_considered"
        said = (record.reason, record.by, record.at) if record is not None else ("", "", "")
        return Verdict(state, False, hazards, *said)
    conflict = ""
    if record.state == "hazard_found" and not hazards:
        conflict = NO_HAZARD_CARRIES
    elif record.state != "hazard_found" and hazards:
        names = ", ".join(hazard.name for hazard in hazards[:6]) + (" and others" if len(hazards) > 6 else "")
        carry = "carries" if len(hazards) == 1 else "carry"
        conflict = f"{STATE_WORD[record.state]}, but {names} {carry} it; judge again or untag the hazard."
    return Verdict(record.state, True, hazards, record.reason, record.by, record.at, conflict)


def _dimensions(reader: Reader) -> tuple[Dimension, ...]:
    found: Mapping[str, list[Found]] = {name: [] for name in DIMENSIONS}
    for hazard in reader.all(Hazard):
        if hazard.status != "retired":
            for name in dict.fromkeys(hazard.impact_dimensions):
                found[name].append(Found(hazard.id, hazard.code, hazard.title))
    rated = {record.dimension for record in reader.all(Assessment)}
    return tuple(Dimension(name, _sorted(found[name]), name in rated) for name in DIMENSIONS)


def has_taxonomy(reader: Reader) -> bool:
    """Whether the project has any entry at all."""
    return next(iter(reader.all(OddCategory)), None) is not None
