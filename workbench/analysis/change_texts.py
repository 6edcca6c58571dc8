"""One change of a comparison with every word of both versions, field by field."""

from typing import Final

from workbench.analysis.change_rows import Changes, Row
from workbench.analysis.changes import short_name
from workbench.analysis.conflicts import by_weight, told
from workbench.files.comparison import RecordChange, compare, record_changes
from workbench.files.settling import as_in_file
from workbench.model.review import Conflict
from workbench.values import value_type

ABSENT: Final = "(not in this version)"
ALL: Final = "All of it"
LONGEST: Final = 80
"""Letters of a value up to which it is told in one line beside others."""
_MOST: Final = 60
"""Fields that are told one by one; beyond them something is too large to be read like this."""


@value_type(frozen=True, slots=True)
class Both:
    """Something of a change, as both versions have it.

    Attributes:
        what: such as ``Description``, or ``Status, owner`` where several short values are told together.
    """

    what: str
    old: str
    new: str


def both_texts(changes: Changes, row: Row) -> list[Both]:
    """What a row tells, in full: its own fields first, then those of what stands on it."""
    ids = dict.fromkeys((row.id, *row.ids))
    before, after = ({id: side[id] for id in ids if id in side} for side in (changes.before, changes.after))
    found = sorted(record_changes(compare(before, after)), key=lambda change: (change.id != row.id, change.record))
    texts = [one for change in found[:_MOST] for one in _told(change, row, changes)]
    return [*texts[:_MOST], *_rest(max(len(texts), len(found)) - _MOST)]


def _rest(count: int) -> list[Both]:
    return [Both(f"And {count} more", "", "")] if count > 0 else []


def _told(change: RecordChange, row: Row, changes: Changes) -> list[Both]:
    values = [_value(change, name, changes) for name in by_weight(change.fields)]
    if change.change != "changed":
        name = "" if change.id == row.id else short_name(change.id, (changes.after, changes.before))
        added = change.change == "added"
        lines = (f"{_field(one)}: {one.new if added else one.old}" for one in values)
        whole = "\n".join(lines)
        return [Both(_upper(name) or ALL, *((ABSENT, whole) if added else (whole, ABSENT)))]
    short = [one for one in values if _is_short(one)]
    return [*([_together(short)] if len(short) > 1 else short), *(one for one in values if not _is_short(one))]


def _together(values: list[Both]) -> Both:
    """Several short values as one, a line each."""
    first, *others = values
    what = ", ".join((first.what, *(_field(one)[:1].lower() + _field(one)[1:] for one in others)))
    old, new = ("\n".join(f"{_field(one)}: {text}" for one, text in side) for side in _sides(values))
    return Both(what, old, new)


def _sides(values: list[Both]) -> tuple[list[tuple[Both, str]], list[tuple[Both, str]]]:
    return [(one, one.old) for one in values], [(one, one.new) for one in values]


def _field(one: Both) -> str:
    """The name of a field without that of what it belongs to."""
    return _upper(one.what.rpartition(": ")[2])


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_short(one: Both) -> bool:
    return all(len(text) <= LONGEST and "\n" not in text for text in (one.old, one.new))


def _value(change: RecordChange, name: str, changes: Changes) -> Both:
    """A field in the words in which a merge would ask about it."""
    old, new = change.fields[name]
    if change.change == "changed":  # a file leaves out what is as it is by itself: a place at 0, a box that is open
        old, new = (as_in_file(getattr(side[change.id], name, None)) for side in (changes.before, changes.after))
    asked = Conflict(id="asked", subject=change.id, subject_type=change.record, field=name, ours=old, theirs=new)
    words = told(asked, changes.both)
    return Both(words.what, words.ours, words.theirs)
