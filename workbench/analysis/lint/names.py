"""Which elements have the same code, or the same title: an index that follows changes."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from workbench.model.base import Record
from workbench.model.elements import Cause, Consequence, Control, DegradationFactor, TopEvent
from workbench.model.kinds import ELEMENT_KINDS
from workbench.model.records import CLASS_OF
from workbench.store.reader import Reader

Field = Literal["code", "title"]
Key = str | tuple[str, ...]
_BETWEEN: Final = re.compile(r"[\W_]+")
_CODED: Final = tuple(CLASS_OF[kind] for kind in ELEMENT_KINDS)
_TITLED: Final = (TopEvent, Cause, Consequence, Control, DegradationFactor)

_LONGEST: Final = 2_000
_SIGNS: Final = {sign: " " for sign in range(128) if not chr(sign).isalnum()}


@lru_cache(maxsize=65_536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, in small: letters and digits, whatever stands between them."""
    small = text[:_LONGEST].casefold()
    if small.isascii():
        return tuple(small.translate(_SIGNS).split())  # five times as fast
    return tuple(word for word in _BETWEEN.split(small) if word)


def plain(text: str) -> str:
    """A text by which two say the same: its words, one space between them."""
    return " ".join(words_of(text))


class Names:
    """Ids of elements by code and by title; each is looked through when it is first asked for."""

    def __init__(self, reader: Reader) -> None:
        """Name the elements of a document."""
        self._reader = reader
        self._made: dict[Field, dict[Key, dict[str, None]]] = {}
        self._sorted: dict[tuple[Field, Key], tuple[str, ...]] = {}

    def _ids(self, field: Field) -> dict[Key, dict[str, None]]:
        made = self._made.get(field)
        if made is None:
            made = self._made[field] = {}
            coded = field == "code"
            for cls in _CODED if coded else _TITLED:
                for record in self._reader.all(cls):
                    values = record.__dict__
                    text = values[field]
                    key: Key = text.casefold() if coded else words_of(text)
                    if key:
                        entry = made.get(key)
                        if entry is None:
                            made[key] = {values["id"]: None}
                        else:
                            entry[values["id"]] = None
        return made

    def of(self, field: Field, text: str) -> tuple[str, ...]:
        """Ids of the elements with a code or title, in order, however they came to it."""
        key = key_of(field, text)
        found = self._sorted.get((field, key))
        if found is None:
            found = self._sorted[field, key] = tuple(sorted(self._ids(field).get(key, ())))
        return found

    def add(self, record: Record) -> None:
        """An element is there."""
        for field, key in keys(record):
            self._sorted.pop((field, key), None)
            if field in self._made:
                self._made[field].setdefault(key, {})[record.id] = None

    def discard(self, record: Record) -> None:
        """An element is there no more, or is about to change."""
        for field, key in keys(record):
            self._sorted.pop((field, key), None)
            entry = self._made[field].get(key) if field in self._made else None
            if entry is not None:
                entry.pop(record.id, None)
                if not entry:
                    del self._made[field][key]


def key_of(field: Field, text: str) -> Key:
    """What texts of a field are compared by."""
    return text.casefold() if field == "code" else words_of(text)


def keys(record: Record) -> Iterator[tuple[Field, Key]]:
    """What a record is found by."""
    kind = type(record)
    if kind in _CODED:
        values = record.__dict__
        if values["code"]:
            yield "code", values["code"].casefold()
        if kind in _TITLED:
            title = words_of(values["title"])
            if title:
                yield "title", title
