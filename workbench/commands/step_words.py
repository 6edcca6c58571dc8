"""What a step of the history did, and to what: ``Rename “Code review”``."""

from itertools import islice
from typing import Final

from workbench.commands.names import name_of
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Element, Guard, Link
from workbench.model.review import Stop
from workbench.model.runs import Run
from workbench.store.diff import Diff
from workbench.store.reader import Reader

_LOOKED_AT: Final = 400
"""Records of a step that are looked at; what a larger one did is not told by names."""
_NAMED: Final = 8
"""Things that are counted beside the first; more are told by their diagram."""
_LONGEST: Final = 40
_SPEAKS_OF: Final = ("control", "subject", "link", "run", "category", "grid")
"""Fields by which a record without a name of its own says what it belongs to, the most telling first."""
_LEAST: Final = 9
"""Rank of a record that says of nothing what it belongs to."""


def step_words(reader: Reader, label: str, diff: Diff) -> str:
    """The label of a step with what it was done to, by the name that this had after the step.

    Args:
        reader: the document, for the names of what the records of the step speak of.
        label: what was done, such as ``Rename``; one with a name in quotation marks says it all.
        diff: what it changed.
    """
    if "“" in label:
        return label
    known = {id: after or before for id, before, after in islice(diff.before_and_after(), _LOOKED_AT)}

    def named(id: str) -> str:
        record = known.get(id) or reader.get(id)
        if isinstance(record, Guard):
            return named(record.control)
        if isinstance(record, Link):
            ends = (known.get(end) or reader.get(end) for end in (record.source, record.target))
            return " → ".join(_short(end) for end in ends)
        if isinstance(record, Stop):
            from workbench.analysis.stops import title_at  # noqa: PLC0415 - nobody waits for it at the start

            return _in_marks(title_at(reader, record))
        return _quoted(record)

    subjects: dict[int, list[str]] = {}
    diagrams: list[str] = []
    for record in known.values():
        if record is not None:
            rank, id = _subject(record)
            subjects.setdefault(rank, []).append(id)
            if isinstance(record, Placement | Route):
                diagrams.append(record.diagram)
    if not subjects:
        return label
    ids = list(dict.fromkeys(subjects[min(subjects)]))
    if len(ids) > _NAMED and len(set(diagrams)) == 1:
        ids = diagrams[:1]
    first = named(ids[0])
    if first.strip("“”") in label:
        return label
    return f"{label} {first} and {len(ids) - 1:,} more" if len(ids) > 1 else f"{label} {first}"


def _subject(record: Record) -> tuple[int, str]:
    """How near a record is to what the user means (0: it is that), and the id of what it speaks of."""
    if isinstance(record, Element):
        return 0, record.id
    if isinstance(record, Diagram | Run):
        return 1, record.id
    if isinstance(record, Stop):  # its subject is another thing, which the step did nothing to
        return _LEAST - 1, record.id
    for rank, field in enumerate(_SPEAKS_OF, start=2):
        id = getattr(record, field, None)
        if isinstance(id, str) and id:
            return rank, id
    return (3 if isinstance(record, Link) else _LEAST), record.id


def _short(record: Record | None) -> str:
    """Code, else title or kind."""
    return str(getattr(record, "code", "")) or _quoted(record)


def _quoted(record: Record | None) -> str:
    """Title in quotation marks, cut; else code or kind."""
    title = " ".join(str(getattr(record, "title", "") or getattr(record, "name", "")).split())
    if title:
        return _in_marks(title)
    return name_of(record) if record is not None else "something that is gone"


def _in_marks(title: str) -> str:
    return f"“{title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + '…'}”"
