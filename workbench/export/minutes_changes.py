"""What a meeting changed, for people who were not there: a table of the ratings, and lines for the rest. No Qt."""

from collections.abc import Mapping
from typing import Any, Final

from workbench.analysis.changes import as_text, grouped
from workbench.analysis.risk import Ratings
from workbench.analysis.words import name_of
from workbench.export.facts import one_line
from workbench.files.comparison import compare
from workbench.model.base import Record
from workbench.model.drawing import Diagram
from workbench.model.elements import Guard
from workbench.model.judgement import Assessment, OddConsideration
from workbench.model.review import Answer
from workbench.model.runs import Evidence, Run
from workbench.store.store import Store
from workbench.values import value_type

_BOOKKEEPING: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Assessment: ("by", "at"),
    OddConsideration: ("by", "at"),
    Answer: ("by", "at"),
    Evidence: ("attached_by", "attached_at", "reviewed_at"),
    Run: ("imported_at",),
    Guard: ("order",),
    Diagram: ("order",),
}
"""Fields by which the program knows who did what when, and what comes first: the minutes say it once, at their head."""
_RATED: Final = (*_BOOKKEEPING[Assessment], "severity", "frequency", "rationale")
"""What the table says of a rating."""


@value_type(frozen=True, slots=True)
class Told:
    """What differs before and after a meeting.

    Attributes:
        ratings: about, which rating, before, after and why, for each that differs.
        lines: all else, a line each; those that begin with blanks belong under the one before.
        same: nothing differs at all.
    """

    ratings: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    same: bool


def told_changes(before: Store, after: Store) -> Told:
    """What to tell of the way from one version to another."""
    rows = _ratings(before, after)
    sides = [_for_readers(one, other, rows) for one, other in ((before, after), (after, before))]
    lines = as_text(grouped(sides[0], sides[1], compare(sides[0], sides[1])))
    same = not compare(before.records, after.records)
    return Told(tuple(sorted(rows.values(), key=lambda row: row[:2])), tuple(lines), same)


def _ratings(before: Store, after: Store) -> dict[str, tuple[str, ...]]:
    """A row for each assessment, by its id, whose rating is another one now."""
    old, new = Ratings(before), Ratings(after)
    rows: dict[str, tuple[str, ...]] = {}
    for id in sorted({one.id for side in (before, after) for one in side.all(Assessment)}):
        was, now = _rated(old, before, id), _rated(new, after, id)
        if was == now:
            continue
        side = after if id in after else before
        rated = side.find(id, Assessment)
        assert rated is not None  # one of the two has it
        which = " ".join(part for part in (rated.phase, rated.dimension) if part)
        why = one_line(rated.rationale) if side is after else ""
        rows[id] = (name_of(side, rated.subject), which.capitalize(), was, now, why)
    return rows


def _rated(ratings: Ratings, side: Store, id: str) -> str:
    found = side.find(id, Assessment)
    rating = ratings.rated(found) if found is not None else None
    return f"{rating.index} {rating.level}" if rating is not None else "Not rated"


def _for_readers(side: Store, other: Store, told: Mapping[str, Any]) -> dict[str, Record]:
    """The records of one side without what no reader asks for and what the table of ratings says."""
    records = {}
    for key, record in side.records.items():
        if key in told and key not in other:
            continue
        left_out = _RATED if key in told else _BOOKKEEPING.get(type(record), ())
        if left_out and key in other:
            fields = type(record).model_fields
            records[key] = record.replace(**{name: fields[name].default for name in left_out})
        else:
            records[key] = record
    return records
