"""Finding records by what people call them, and by the text in them."""

import unicodedata
from collections.abc import Iterator

from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.model.base import Record, record_type
from workbench.model.codes import code_key
from workbench.model.drawing import Diagram
from workbench.model.elements import Control, Element, Guard, Link
from workbench.model.kinds import ELEMENT_KINDS, label
from workbench.model.records import CLASS_OF
from workbench.model.runs import Evidence
from workbench.store.reader import Reader
from workbench.values import value_type


def elements(reader: Reader) -> Iterator[Element]:
    """Every element, kind by kind."""
    for kind in ELEMENT_KINDS:
        for record in reader.all(CLASS_OF[kind]):
            if isinstance(record, Element):
                yield record


def resolve(reader: Reader, text: str) -> str:
    """The id of what ``text`` names: an id, a code, a title only one has, or ``B-7@C-12`` (a control on a line).

    Raises:
        CommandError: nothing, or more than one thing, is called that.
    """
    wanted = text.strip()
    if reader.get(wanted) is not None:
        return wanted
    control, at, end = wanted.partition("@")
    if at and control.strip() and end.strip():
        return _resolve_guard(reader, control.strip(), end.strip())
    folded = wanted.casefold()
    found = [record.id for record in elements(reader) if record.code.casefold() == folded]
    if not found:
        found = [record.id for record in elements(reader) if record.title.strip().casefold() == folded]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(f"nothing is called {wanted!r}; give an id, a code such as C-1, or an exact title")
    raise CommandError(f"{len(found)} elements are called {wanted!r}; give an id: {', '.join(found[:5])}")


def _resolve_guard(reader: Reader, control_text: str, end_text: str) -> str:
    control, end = resolve(reader, control_text), resolve(reader, end_text)
    if not isinstance(reader.get(control), Control):
        raise CommandError(f"{control_text!r} is not a control; write it as CONTROL@ELEMENT, such as B-7@C-12")
    found = []
    for guard in reader.referrers(control, Guard, "control"):
        link = reader.find(guard.subject, Link)
        ends = (link.source, link.target) if link is not None else (guard.subject,)
        if end in ends or end == guard.subject:
            found.append(guard.id)
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(f"{control_text} stands on no line of {end_text}")
    raise CommandError(f"{control_text} stands on {len(found)} lines of {end_text}; give an id: {', '.join(found)}")


def resolve_diagram(reader: Reader, text: str) -> str:
    """The id of the diagram that ``text`` names: an id, a title only one has, or the number of its tab from 1.

    Raises:
        CommandError: no diagram, or more than one, is called that.
    """
    ordered = sorted(reader.all(Diagram), key=lambda d: (d.order, d.id))
    wanted = text.strip()
    for sheet in ordered:
        if sheet.id == wanted:
            return sheet.id
    found = [d.id for d in ordered if d.title.strip().casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    if not found and wanted.isdigit() and 1 <= int(wanted) <= len(ordered):
        return ordered[int(wanted) - 1].id
    titles = ", ".join(repr(d.title) for d in ordered[:8]) or "none"
    what = "more than one diagram is" if found else "no diagram is"
    raise CommandError(f"{what} called {wanted!r}; the diagrams are: {titles}")


@value_type(frozen=True, slots=True)
class Hit:
    """One place where a text was found.

    Attributes:
        id: the record to show.
        field: where in it; ``text`` is the field's whole text.
    """

    id: str
    field: str
    text: str


_FIELDS = (
    "code",
    "title",
    "description",
    "owner",
    "source",
    "tags",
    "references",
    "note",
    "alternative_to",
    "rationale",
    "analyst_reason",
    "quotation",
    "link",
)


def fold(text: str) -> str:
    """Text for comparing: without case and accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    values = record.__dict__  # asking the record itself for a field it lacks is slow
    for name in _FIELDS:
        value = values.get(name)
        if isinstance(value, str):
            if value:
                yield name, value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, str):
                    yield name, item


def _hit(record: Record, wanted: str, shown: str) -> Hit | None:
    for field, text in _texts(record):
        if wanted in fold(text):
            return Hit(shown, field, text)
    return None


def search(reader: Reader, text: str) -> list[Hit]:
    """Every element, control on a line and claim whose text holds ``text``, whatever the case and accents.

    Elements come first, kind by kind in order of code; a claim is found on what it speaks of. One hit a record.
    """
    wanted = fold(text.strip())
    if not wanted:
        return []
    hits: list[Hit] = []
    for kind in ELEMENT_KINDS:
        found = [record for record in reader.all(CLASS_OF[kind]) if isinstance(record, Element)]
        here = [(code_key(record.code), hit) for record in found if (hit := _hit(record, wanted, record.id))]
        hits.extend(hit for _, hit in sorted(here, key=lambda pair: pair[0]))
    hits.extend(hit for guard in reader.all(Guard) if (hit := _hit(guard, wanted, guard.id)))
    hits.extend(hit for claim in reader.all(Evidence) if (hit := _hit(claim, wanted, claim.subject)))
    return hits


def same_title(reader: Reader, kind: str, title: str, *, limit: int = 8) -> list[Element]:
    """Elements of ``kind`` whose title is, or begins with, what is being typed; exact ones first."""
    wanted = fold(" ".join(title.split()))
    if not wanted:
        return []
    exact, begins = [], []
    for record in reader.all(CLASS_OF[kind]):
        if isinstance(record, Element):
            name = fold(" ".join(record.title.split()))
            if name == wanted:
                exact.append(record)
            elif name.startswith(wanted):
                begins.append(record)
    return (exact + sorted(begins, key=name_of))[:limit]


def kind_word(record: Record) -> str:
    """The word for the record's kind."""
    return label(record_type(record))
