"""How an element is named in a sentence."""

from workbench.model.base import Record, record_type
from workbench.model.elements import Control, Element, Guard, Link
from workbench.model.judgement import Assessment
from workbench.model.kinds import label
from workbench.store.reader import Reader

_LONGEST = 60


def short_title(title: str) -> str:
    """A title on one line, cut to fit a sentence."""
    text = " ".join(title.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def name_of(record: Record) -> str:
    """Code and title of an element, or the word for the record's kind."""
    if isinstance(record, Element):
        return " ".join(part for part in (record.code, short_title(record.title)) if part) or label(record.TYPE)
    return short_title(str(getattr(record, "title", "") or "")) or label(record_type(record))


def describe(reader: Reader, id: str) -> str:
    """Code and title of what ``id`` names; a link by its ends, a guard by its control."""
    record = reader.get(id)
    if record is None:
        return "something that no longer exists"
    if isinstance(record, Link):
        source, target = reader.get(record.source), reader.get(record.target)
        ends = [_code(end) for end in (source, target) if end is not None]
        return "line " + " → ".join(ends)
    if isinstance(record, Guard):
        control = reader.find(record.control, Control)
        return name_of(control) if control else label(record.TYPE)
    if isinstance(record, Assessment):
        return f"{record.phase} rating of {describe(reader, record.subject)}"
    return name_of(record)


def _code(record: Record) -> str:
    if isinstance(record, Element):
        return record.code or short_title(record.title) or label(record.TYPE).lower()
    return label(record_type(record)).lower()
