"""Random three-way merges and the laws they must keep. Run as a script for the long run:

``python -m tests.faults.merges --count 100000 [--start 0]`` resumes from any number; a merge is its number.
"""

import argparse
import sys
import time
from typing import Any

from tests.faults.edits import Editor, Records, small_project
from workbench.files.canonical import canonical_bytes, plain
from workbench.files.merge import Merged, merge
from workbench.files.project import load_bytes
from workbench.files.settling import as_in_file
from workbench.model.base import Record
from workbench.model.judgement import PROJECT_ID, RiskScheme
from workbench.model.review import Conflict
from workbench.model.runs import Evidence
from workbench.store.integrity import find_dangling

BASES = 200


def sides(number: int) -> tuple[Records, Records, Records]:
    """Base, ours and theirs of one numbered merge."""
    base = small_project(number % BASES)
    times = 1 + number % 7
    return base, Editor(base, 2 * number + 1).edit(times), Editor(base, 2 * number + 2).edit(1 + number // 7 % 7)


_BY_SCHEME = (RiskScheme, Evidence)
"""What may be kept or go with the ratings that the other scheme's took the place of: they lean on evidence."""


def fields(record: Record | None) -> dict[str, Any]:
    """A record as the file has it."""
    return {} if record is None else as_in_file(plain(record))


def check(number: int) -> Merged:
    """Merge both ways and look at every law; raises AssertionError where one does not hold."""
    base, ours, theirs = sides(number)
    merged = merge(base, ours, theirs)
    assert not find_dangling(merged.records.values(), merged.records), "a reference dangles"
    nothing_dropped(base, ours, theirs, merged)
    assert merge(base, ours, ours).records == ours
    assert merge(base, base, theirs).records == theirs
    assert merge(base, ours, base).records == ours
    swapped = merge(base, theirs, ours)
    nothing_dropped(base, theirs, ours, swapped)
    known = base.keys()
    same = scheme_of(merged) == scheme_of(swapped)  # else schemes, and what is rated by them, are up to the side
    for one, other in ((merged, swapped), (swapped, merged)):
        seen = deleted(other) | brought(other) | other.records.keys()
        lost = {key for key in deleted(one) & known - seen if same or not isinstance(base[key], _BY_SCHEME)}
        assert not lost, "a deletion clashes on one side, and is carried out on the other"
    assert disputed(merged, ratings=same) == disputed(swapped, ratings=same), "fields clash on one side only"
    if number % 50 == 0:
        loaded = load_bytes(canonical_bytes(merged.records.values()))
        assert dict(loaded.store.records) == dict(merged.records), "the merged project does not read back"
    return merged


def deleted(merged: Merged) -> set[str]:
    """Subjects that one side deleted and the other used or changed."""
    return {one.subject for one in merged.conflicts if not one.field and None in (one.ours, one.theirs)}


def brought(merged: Merged) -> set[str]:
    """What comes along where theirs is chosen at some conflict."""
    return {key for one in merged.conflicts for table in one.brings.values() for key in table}


def disputed(merged: Merged, *, ratings: bool) -> set[tuple[str, str]]:
    """Fields both sides changed, of records that both sides have and that nobody's deletion touches."""
    gone = deleted(merged) | brought(merged)
    by_scheme = set() if ratings else {"likelihood", "severity", "frequency"}
    return {
        (one.subject, one.field)
        for one in merged.conflicts
        if one.field
        and one.field not in by_scheme
        and not any(target in gone for value in (one.ours, one.theirs) for target in ids_in(value))
    }


def scheme_of(merged: Merged) -> Any:
    """The risk scheme that stands."""
    return getattr(merged.records.get(PROJECT_ID), "risk_scheme", None)


def ids_in(value: Any) -> list[str]:
    """Texts in a value that may be ids."""
    return [value] if isinstance(value, str) else [item for item in value or () if isinstance(item, str)]


def nothing_dropped(base: Records, ours: Records, theirs: Records, merged: Merged) -> None:
    """What a side changed stands in the result, or a conflict holds it, or it is geometry, settled and said."""
    told = {(one.subject, one.field.split(".")[0]) for one in merged.conflicts}
    settled = {(one.id, one.field) for one in merged.settled}
    back = brought(merged)
    for side in (ours, theirs):
        for key in {*side, *base}:
            before, after, now = fields(base.get(key)), fields(side.get(key)), fields(merged.records.get(key))
            if after == before or (key, "") in told or (key, "") in settled or (side is theirs and key in back):
                continue
            if key not in side:
                assert key not in merged.records or stands_for(key, merged), f"{key}: a deletion was lost"
                continue
            assert key in merged.records, f"{key}: a record was lost"
            for name in {*before, *after}:
                value = after.get(name)
                if value == before.get(name) or (key, name) in told or (key, name) in settled:
                    continue
                held = kept(before.get(name), value, now.get(name))
                other = theirs if side is ours else ours
                group = value == now.get(name) or held or taken_together(key, name, settled, other)
                assert group, f"{key}.{name}: a change was lost"


def taken_together(key: str, name: str, settled: set[tuple[str, str]], other: Records) -> bool:
    """Whether a place gave way as a whole: x stays with y, and width with height."""
    groups = ({"x", "y", "station", "hangs_on"}, {"w", "h"})
    return key in other and any(name in group and any((key, one) in settled for one in group) for group in groups)


def kept(before: Any, after: Any, now: Any) -> bool:
    """Whether a list or a map of entries in the result has what a side added, and not what it removed."""
    if isinstance(after, list) or isinstance(before, list):
        before, after, now = (value or [] for value in (before, after, now))
        return all(item in now for item in after if item not in before)
    if isinstance(after, dict) and isinstance(now, dict):
        before = before or {}
        return all(
            now.get(key) == value or kept(before.get(key), value, now.get(key))
            for key, value in after.items()
            if value != before.get(key)
        )
    return False


def stands_for(key: str, merged: Merged) -> bool:
    """Whether a record stays because something the other side used stands on it, or it stands on that."""
    return bool(deleted(merged)) and not isinstance(merged.records[key], Conflict)


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--start", type=int, default=0)
    options = parser.parse_args()
    began, conflicts = time.perf_counter(), 0
    for number in range(options.start, options.start + options.count):
        try:
            conflicts += bool(check(number).conflicts)
        except AssertionError as error:
            sys.stdout.write(f"merge {number}: {error}\n")
            return 1
        if number % 1_000 == 999:
            told = f"{number + 1} merges, {conflicts} with conflicts, {time.perf_counter() - began:.0f} s"
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
