"""A large JSON object read in pieces: the members of one long array one by one, the rest as it comes.

A log whose samples carry whole transcripts may have gigabytes; of each sample only a few fields are kept.
"""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from workbench.evidence.intake import (
    MAX_CONTAINERS,
    MIB,
    Watch,
    containers_size,
    open_regular,
)
from workbench.evidence.problems import ImportProblem
from workbench.store.collector import collector_paused

MAX_FILE: Final = 8 * 1024 * MIB
MAX_VALUE: Final = 32 * MIB
_CHUNK: Final = MIB
_MAX_ROWS: Final = 1_000_000
_CUT: Final = 32
"""A parser stopped this close to the end of what was read may have stopped because the rest is missing."""


class _Window:
    """The part of the text that is being looked at."""

    def __init__(self, path: Path, text: io.TextIOBase, watch: Watch, size: int) -> None:
        self.path = path
        self.at = 0
        self._text = text
        self._watch = watch
        self._size = size
        self._read = 0
        self._buffer = ""
        self._ended = False
        self._decode = json.JSONDecoder().raw_decode

    def _more(self) -> None:
        """Read three times what is being looked at, so that retries add up to a third of the work."""
        left = len(self._buffer) - self.at
        if left > MAX_VALUE:
            raise self.problem(f"holds a value of more than {MAX_VALUE // MIB} MiB")
        chunk = self._text.read(min(max(_CHUNK, 3 * left), MAX_VALUE + _CHUNK - left))
        self._read += len(chunk)
        self._watch.step(0.7 * self._read / self._size)
        self._ended = not chunk
        self._buffer = self._buffer[self.at :] + chunk
        self.at = 0
        if left > _CHUNK and containers_size(self._buffer, "[", "{", ",") > MAX_CONTAINERS // 2:
            raise self.problem("holds too many values to be an evaluation log")

    def problem(self, what: str) -> ImportProblem:
        """A message about this file."""
        return ImportProblem(self.path, what, "check that the file is whole, or export the run again")

    def next_mark(self) -> str:
        """The next character that is no white space, not consumed; empty at the end of the text."""
        while True:
            while self.at < len(self._buffer):
                mark = self._buffer[self.at]
                if mark not in " \t\r\n":
                    return mark
                self.at += 1
            if self._ended:
                return ""
            self._more()

    def take(self, marks: str) -> str:
        """The next character, which must be one of ``marks``."""
        mark = self.next_mark()
        if not mark or mark not in marks:
            raise self.problem("is cut off" if not mark else "is not valid JSON")
        self.at += 1
        return mark

    def value(self) -> Any:
        """The next value, however long its text is."""
        self.next_mark()
        while True:
            try:
                with collector_paused():
                    value, end = self._decode(self._buffer, self.at)
            except json.JSONDecodeError as error:
                may_be_cut = error.msg.startswith("Unterminated") or error.pos > len(self._buffer) - _CUT
                if self._ended or not may_be_cut:
                    what = "is cut off or broken" if self._ended else "is not valid JSON"
                    raise self.problem(f"{what} ({error.msg})") from None
            else:
                if end < len(self._buffer) or self._ended:
                    self.at = end
                    return value
            self._more()


def read_large_object(
    path: Path, array: str, keep: Callable[[Any], Any], watch: Watch
) -> tuple[dict[str, Any], list[Any]]:
    """The members of a JSON object, and what ``keep`` makes of each member of its ``array``.

    Raises:
        ImportProblem: no JSON object, broken, or larger than what is read.
        Cancelled: the user asked to stop.
    """
    file, size = open_regular(path)
    with file:
        if size > MAX_FILE:
            raise ImportProblem(path, f"is {size / MIB:,.0f} MiB; {MAX_FILE // MIB:,} MiB are read", "split the run")
        with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            window = _Window(path, text, watch, size)
            try:
                return _object(window, array, keep)
            except UnicodeDecodeError:
                raise window.problem("is not UTF-8 text") from None
            except RecursionError:
                raise window.problem("is nested too deeply to be a run") from None
            except (ValueError, MemoryError) as error:
                raise window.problem(f"cannot be read ({error})") from None


def _object(window: _Window, array: str, keep: Callable[[Any], Any]) -> tuple[dict[str, Any], list[Any]]:
    members: dict[str, Any] = {}
    rows: list[Any] = []
    window.take("{")
    mark = "," if window.next_mark() != "}" else window.take("}")
    while mark == ",":
        key = window.value()
        if not isinstance(key, str):
            raise window.problem("is not valid JSON (a key is no text)")
        window.take(":")
        if key == array and window.next_mark() == "[":
            _array(window, keep, rows)
        else:
            members[key] = window.value()
        mark = window.take(",}")
    if window.next_mark():
        raise window.problem("holds more than one JSON value")
    return members, rows


def _array(window: _Window, keep: Callable[[Any], Any], rows: list[Any]) -> None:
    window.take("[")
    mark = "," if window.next_mark() != "]" else window.take("]")
    while mark == ",":
        rows.append(keep(window.value()))
        if len(rows) > _MAX_ROWS:
            raise window.problem(f"holds more than {_MAX_ROWS:,} samples")
        mark = window.take(",]")
