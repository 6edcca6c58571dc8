"""The taxonomy of the operational design domain: the baseline that ships, and the order entries are walked in."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from workbench.model.judgement import OddCategory
from workbench.paths import resource
from workbench.store.reader import Reader

OTHER: Final = "Other"
"""What entries without a group stand under."""


@lru_cache(maxsize=1)
def baseline() -> tuple[OddCategory, ...]:
    """The entries that ship with the program, in order; read once."""
    data = json.loads(resource("odd", "baseline.json").read_text(encoding="utf-8"))
    return tuple(OddCategory(**entry) for entry in data["entries"])


def group_of(entry: OddCategory) -> str:
    """The heading an entry stands under."""
    return entry.group.strip() or OTHER


def ordered(reader: Reader) -> list[tuple[OddCategory, int]]:
    """Every entry with its depth, parents before their children, in an order that hangs on nothing but the records.

    Groups and entries of the baseline come first and as they stand there; a project's own follow by name.
    """
    entries = list(reader.all(OddCategory))
    shipped = {entry.id: place for place, entry in enumerate(baseline())}
    groups = list(dict.fromkeys(entry.group for entry in baseline()))

    def place(entry: OddCategory) -> tuple[int, str, int, str, str]:
        group = group_of(entry)
        at = groups.index(group) if group in groups else len(groups)
        return at, group.casefold(), shipped.get(entry.id, len(shipped)), entry.name.casefold(), entry.id

    entries.sort(key=place)
    known = {entry.id: entry for entry in entries}
    below: dict[str, list[OddCategory]] = {}
    tops = []
    for entry in entries:
        parent = known.get(entry.parent or "")
        if parent is None or group_of(parent) != group_of(entry) or _loops(entry, known):
            tops.append(entry)
        else:
            below.setdefault(parent.id, []).append(entry)
    found: list[tuple[OddCategory, int]] = []
    waiting = [(entry, 0) for entry in reversed(tops)]
    while waiting:
        entry, depth = waiting.pop()
        found.append((entry, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(entry.id, ()))]
    return found


def _loops(entry: OddCategory, known: dict[str, OddCategory]) -> bool:
    """Whether the parents of an entry run in a circle, as in a damaged file."""
    seen = {entry.id}
    at = known.get(entry.parent or "")
    while at is not None:
        if at.id in seen:
            return True
        seen.add(at.id)
        at = known.get(at.parent or "")
    return False


def descendants(entries: Iterable[tuple[OddCategory, int]]) -> dict[str, set[str]]:
    """For every entry of ``ordered`` the ids of itself and of all that stand below it."""
    found: dict[str, set[str]] = {}
    above: list[str] = []
    for entry, depth in entries:
        del above[depth:]
        above.append(entry.id)
        for id in above:
            found.setdefault(id, set()).add(entry.id)
    return found
