"""Three-way merge of two versions of a project that grew from one: by record and field, as one set of records.

Ours stands at each conflict and a ``conflict`` record holds theirs, so that the merged project opens and nothing that
either side wrote is lost. Deleting on one side and using on the other is a conflict about what was deleted, and no
reference dangles in the result.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from workbench.files.canonical import plain
from workbench.files.header import Header
from workbench.files.merge_ratings import foreign_ratings
from workbench.files.settling import ABSENT, Clash, as_in_file, is_geometry, merge_record
from workbench.model.base import Record, record_type
from workbench.model.records import REF_FIELDS, references
from workbench.model.review import Conflict
from workbench.store.diff import Diff, between
from workbench.store.integrity import find_dangling, without_reference
from workbench.values import value_type

Side = Mapping[str, Record]
"""The records of one version, by id."""

_SideName = Literal["ours", "theirs"]

_CASCADES: Final[dict[type[Record], tuple[str, ...]]] = {
    cls: tuple(ref.name for ref in refs if ref.on_remove == "cascade") for cls, refs in REF_FIELDS.items()
}


@value_type(frozen=True, slots=True)
class Settled:
    """A difference in geometry that needed no question: what stayed and what was left out, as in the file."""

    record: str
    id: str
    field: str
    ours: Any
    theirs: Any


@value_type(frozen=True, slots=True)
class Merged:
    """What came of a merge.

    Attributes:
        records: the merged document by id, with a ``Conflict`` for every conflict.
        conflicts: these, in the order of the subjects.
        settled: geometry both sides changed, where ours (or the removal) stayed.
    """

    records: Side
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[Settled, ...] = ()

    def change_of(self, ours: Side) -> Diff:
        """What the merge changes in our version; apply it in one transaction."""
        ids = dict.fromkeys((*ours, *self.records))
        return between({key: ours.get(key) for key in ids}, {key: self.records.get(key) for key in ids})


def merge(base: Side, ours: Side, theirs: Side) -> Merged:
    """Merge two versions that both grew from ``base``. No side may hold a dangling reference; the result holds none."""
    work = _Merge(base, ours, theirs)
    for key in dict.fromkeys((*ours, *theirs, *base)):
        work.settle(key)
    work.mend_references()
    if work.part_ratings():
        work.mend_references()
    return work.result()


def merge_headers(base: Header, ours: Header, theirs: Header) -> Header:
    """The newer minor version's number; fields of a newer version from the side that changed them, else ours."""
    return Header(
        ours.major,
        max(ours.minor, theirs.minor),
        _merge_extra(base.extra, ours.extra, theirs.extra),
        _merge_extra(base.version_extra, ours.version_extra, theirs.version_extra),
    )


def _merge_extra(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    merged = {}
    for key in (*ours, *(key for key in theirs if key not in ours)):
        before, mine, other = (side.get(key, ABSENT) for side in (base, ours, theirs))
        value = other if mine == before else mine
        if value is not ABSENT:
            merged[key] = value
    return merged


class _Merge:
    """One merge at work: the document so far, and the conflicts found."""

    def __init__(self, base: Side, ours: Side, theirs: Side) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.records: dict[str, Record] = {}
        self.conflicts: dict[tuple[str, str], Conflict] = {}
        self.settled: list[Settled] = []
        self.dropped: set[str] = set()
        self._used: list[str] = []
        self._sides: dict[_SideName, Side] = {"ours": ours, "theirs": theirs}
        self._users = {name: _users_of(side.values()) for name, side in self._sides.items()}

    # every record by itself

    def settle(self, key: str) -> None:
        """Put what becomes of one record into the document, or leave it out."""
        base, ours, theirs = self.base.get(key), self.ours.get(key), self.theirs.get(key)
        if ours is None or theirs is None:
            self._settle_missing(key, base, ours, theirs)
        elif ours is theirs or ours == theirs or theirs == base:
            self.records[key] = ours
        elif ours == base:
            self.records[key] = theirs
        else:
            self.records[key], clashes = merge_record(base, ours, theirs)
            for clash in clashes:
                self._note(ours, clash)

    def _settle_missing(self, key: str, base: Record | None, ours: Record | None, theirs: Record | None) -> None:
        left = ours if ours is not None else theirs
        if left is None or left == base:
            return
        if base is None:
            self.records[key] = left
        elif is_geometry(left):
            self.settled.append(Settled(record_type(left), key, "", *(_whole(side) for side in (ours, theirs))))
        elif ours is not None:
            self._used.append(key)
        else:
            self._conflict(key, "", base, None, theirs)

    def _note(self, ours: Record, clash: Clash) -> None:
        if clash.settled:
            sides = (as_in_file(clash.ours), as_in_file(clash.theirs))
            self.settled.append(Settled(record_type(ours), ours.id, clash.field, *sides))
        elif clash.field:
            self._conflict(ours.id, clash.field, clash.base, clash.ours, clash.theirs)
        else:
            self._conflict(ours.id, "", self.base.get(ours.id), ours, self.theirs[ours.id])

    # ratings

    def part_ratings(self) -> bool:
        """Let nobody's rating be read by a scheme it was not made in; a conflict asks. False: there is none."""
        before = set(self.conflicts)
        for key, name in tuple(foreign_ratings(self.base, self.theirs, self.records)):
            ours, found = self.ours.get(key), self.records.get(key)
            if found is None or (key, "") in self.conflicts:
                continue
            if name:
                self.records[key] = found.replace(**{name: getattr(ours, name, None)})
                self._conflict_about(key, name)
            elif ours is not None:
                self.records[key] = ours
                self._drop_conflicts(key)
                self._conflict_about(key, "")
            else:
                del self.records[key]
                self.dropped.add(key)
        for key, name in tuple(foreign_ratings(self.base, self.ours, self.records)):
            if (key, "") not in self.conflicts:
                if not name:
                    self._drop_conflicts(key)  # the one about all of it holds them
                self._conflict_about(key, name)
        return self.conflicts.keys() != before or bool(self.dropped)  # one may have taken the place of another

    def _conflict_about(self, key: str, name: str) -> None:
        sides = (self.base.get(key), self.ours.get(key), self.theirs.get(key))
        self._conflict(key, name, *(getattr(side, name, None) if name else side for side in sides))

    # references

    def mend_references(self) -> None:
        """Keep what we still use, and let nothing refer to what we deleted: a conflict about that says so."""
        for key in self._used:
            self._keep(key)
        waiting: Iterable[Record] = tuple(self.records.values())
        while dangling := find_dangling(waiting, self.records):
            touched: set[str] = set()
            for one in dangling:
                if one.holder.id not in self.records or one.target in self.records:
                    continue
                if one.target in self.ours:
                    touched |= self._keep(one.target)
                else:
                    self._without(self.records[one.holder.id], one.field, one.target)
                    touched |= {one.holder.id, *self._left_behind(one.holder.id)}
            waiting = [self.records[key] for key in touched if key in self.records]

    def _keep(self, key: str) -> set[str]:
        """Keep what they deleted as we have it, and what stands on it and on nothing else they deleted: we use it."""
        self._conflict(key, "", self.base.get(key), self.ours[key], None)
        self.records[key] = self.ours[key]
        kept = self._standing_on([key], "ours", self.records)
        self.records.update(kept)
        return {key, *kept}

    def _standing_on(self, start: Iterable[str], name: _SideName, there: Side) -> dict[str, Record]:
        """What one side has on some records, and on what stands on these, as far as all it refers to is there."""
        side, users = self._sides[name], self._users[name]
        found: dict[str, Record] = {}
        waiting = [user for key in start for user in users.get(key, ())]
        while waiting:
            key = waiting.pop()
            if key in found or key in there:
                continue
            if all(target in there or target in found for _, target in references(side[key])):
                found[key] = side[key]
                waiting += users.get(key, ())
        return found

    def _without(self, holder: Record, name: str, target: str) -> None:
        """Take their use of something we deleted out of the document; the conflict about that brings it back."""
        ours = self.ours.get(holder.id)
        left = without_reference(holder, name, target)
        if ours is not None and not isinstance(getattr(ours, name), tuple):
            left = holder.replace(**{name: getattr(ours, name)})
        if target not in self.dropped:
            self._conflict(target, "", self.base.get(target), None, self.theirs[target])
        if left is None:
            del self.records[holder.id]
            self.dropped.add(holder.id)
            self._drop_conflicts(holder.id)
            return
        self.records[holder.id] = left
        before = self.base.get(holder.id)
        values = (getattr(side, name, ABSENT) for side in (before, left, self.theirs[holder.id]))
        self._conflict(holder.id, name, *values)

    def _left_behind(self, key: str) -> list[str]:
        """What stood on a record that was left out, and must be looked at again."""
        return [] if key in self.records else [one for one in self._users["theirs"].get(key, ()) if one in self.records]

    def _drop_conflicts(self, key: str) -> None:
        for pair in [pair for pair in self.conflicts if pair[0] == key and pair[1]]:
            del self.conflicts[pair]

    # conflicts

    def _conflict(self, key: str, name: str, base: Any, ours: Any, theirs: Any) -> None:
        known = next(side[key] for side in (self.ours, self.theirs, self.base) if key in side)
        values = {
            side: _whole(value) if isinstance(value, Record) else as_in_file(value)
            for side, value in (("base", base), ("ours", ours), ("theirs", theirs))
        }
        self.conflicts[key, name] = Conflict.of(key, name).replace(subject_type=record_type(known), **values)

    def result(self) -> Merged:
        """The document with its conflicts."""
        told = [self._with_what_it_brings(one) for one in self.conflicts.values()]
        brought = {key for conflict in told for table in conflict.brings.values() for key in table}
        for key in sorted(self.dropped - brought):
            self._conflict(key, "", self.base.get(key), None, self.theirs[key])
            told.append(self._with_what_it_brings(self.conflicts[key, ""]))
        records = {**self.records, **{conflict.id: conflict for conflict in told}}
        settled = (one for one in self.settled if one.field or one.id not in records)
        return Merged(records, tuple(told), tuple(settled))

    def _with_what_it_brings(self, conflict: Conflict) -> Conflict:
        brings = self._brings(conflict.subject, conflict.field) if conflict.theirs is not None else {}
        return conflict.replace(brings=brings) if brings else conflict

    def _brings(self, key: str, name: str) -> dict[str, dict[str, dict[str, Any]]]:
        """What the document lacks where theirs is chosen: what that refers to, and what stands on it."""
        start = self.theirs[key]
        needed: dict[str, Record] = {} if name else {key: start}
        waiting = [target for field, target in references(start) if not name or field == name]
        while waiting:
            one = waiting.pop()
            if one not in needed and one not in self.records:
                needed[one] = self.theirs[one]
                waiting += (target for _, target in references(self.theirs[one]))
        found = needed | self._standing_on(needed, "theirs", ChainMap(needed, self.records))
        found.pop(key, None)
        tables: dict[str, dict[str, dict[str, Any]]] = {}
        for one, record in sorted(found.items()):
            tables.setdefault(record_type(record), {})[one] = as_in_file(plain(record))
        return tables


def _users_of(records: Iterable[Record]) -> dict[str, list[str]]:
    """Ids of the records that go where a record goes, by its id."""
    users: dict[str, list[str]] = {}
    for record in records:
        for name in _CASCADES.get(type(record), ()):
            value = getattr(record, name)
            for target in value if isinstance(value, tuple) else (value,):
                if target is not None:
                    users.setdefault(target, []).append(record.id)
    return users


def _whole(record: Record | None) -> Any:
    return None if record is None else as_in_file(plain(record))
