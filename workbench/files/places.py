"""On which lines of a project file each record stands."""

import json
import re
from collections.abc import Callable
from typing import Final

from workbench.files.canonical import content_hash
from workbench.files.errors import ProjectFileError
from workbench.files.project import LoadedProject, read_bounded
from workbench.store.collector import collector_paused

Lines = tuple[int, int]
"""First and last line, from 1."""

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_DECODER: Final = json.JSONDecoder()


def lines_of(loaded: LoadedProject) -> dict[str, Lines]:
    """The lines of every record by its id, where the file is still the one that was read; however it is laid out.

    Nothing is said of standard input, nor of a file whose records are not found by type and id.
    """
    if loaded.path is None:
        return {}
    try:
        data = read_bounded(loaded.path)
    except ProjectFileError:
        return {}
    return lines_in(data) if content_hash(data) == loaded.content_hash else {}


def lines_in(data: bytes) -> dict[str, Lines]:
    """The same for the bytes of a file."""
    try:
        with collector_paused():
            return _Walk(data.decode("utf-8-sig")).found
    except (ValueError, IndexError, RecursionError):
        return {}


class _Walk:
    """Steps through three levels of keys; what lies below is parsed and forgotten, which is fastest."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._counted = 1, 0
        self.found: dict[str, Lines] = {}
        self._members(self._past(0), self._of_file)

    def _of_file(self, name: str, _: int, value: int) -> int:
        return self._members(value, self._of_records) if name == "records" else self._skip(value)

    def _of_records(self, _: str, __: int, value: int) -> int:
        return self._members(value, self._of_type)

    def _of_type(self, id: str, key: int, value: int) -> int:
        first = self._line_at(key)
        end = self._skip(value)
        self.found[id] = first, self._line_at(end)
        return end

    def _members(self, at: int, visit: Callable[[str, int, int], int]) -> int:
        """Visit each key of an object, with the places of key and value; the place after the object."""
        at = self._past(self._sign(at, "{"))
        if self._text[at] == "}":
            return at + 1
        while True:
            self._sign(at, '"')
            name, end = _DECODER.raw_decode(self._text, at)
            value = self._past(self._sign(self._past(end), ":"))
            end = self._past(visit(name, at, value))
            if self._text[end] == "}":
                return end + 1
            at = self._past(self._sign(end, ","))

    def _skip(self, at: int) -> int:
        return _DECODER.raw_decode(self._text, at)[1]

    def _sign(self, at: int, wanted: str) -> int:
        if self._text[at] != wanted:
            raise ValueError(f"no {wanted} there")
        return at + 1

    def _past(self, at: int) -> int:
        """The next place that is no space."""
        space = _SPACE.match(self._text, at)
        return space.end() if space is not None else at

    def _line_at(self, at: int) -> int:
        """The line of a place; places come in order, so that each line is counted once."""
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        return self._line
