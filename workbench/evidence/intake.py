"""Reading bytes that nobody vouches for: bounded, cancellable, tolerant of NaN, never following what they say."""

import hashlib
import json
import math
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, AnyStr, BinaryIO, Final

import orjson

from workbench.evidence.problems import Cancelled, ImportProblem, one_line
from workbench.store.collector import collector_paused
from workbench.values import value_type

MIB: Final = 1024 * 1024
MAX_JSON: Final = 96 * MIB
"""Largest JSON text that is loaded whole: with its objects it stays below half a gibibyte."""
MAX_CONTAINERS: Final = 256 * MIB
"""Most memory that the values of one JSON text may take, by a cautious estimate made before it is parsed."""
MAX_LINE: Final = 16 * MIB
MAX_LINES_FILE: Final = 4 * 1024 * MIB
HEAD: Final = 64 * 1024
_CHUNK: Final = 4 * MIB

# an unfinished string is one token too: else each quote inside it would be tried as a beginning, in quadratic time
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}\[\]:,]', re.DOTALL)


class Watch:
    """Passes progress on and notices a wish to cancel."""

    def __init__(
        self, progress: Callable[[float], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        """Either may be left out."""
        self._progress = progress
        self._cancelled = cancelled

    def step(self, fraction: float) -> None:
        """Say how much is done, from 0 to 1.

        Raises:
            Cancelled: the user asked to stop.
        """
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            self._progress(min(1.0, max(0.0, fraction)))


@value_type(frozen=True, slots=True)
class Head:
    """The beginning of a file, for telling its format.

    Attributes:
        data: the first bytes, without a byte order mark.
        text: the same as text; what is no UTF-8 is replaced.
        keys: top-level keys of the JSON object the file begins with, as far as they stand in ``data``.
    """

    data: bytes
    text: str
    keys: tuple[str, ...]


def open_regular(path: Path) -> tuple[BinaryIO, int]:
    """The file opened for reading, and its size.

    Raises:
        ImportProblem: it does not exist, is a folder or no ordinary file, is empty, or may not be read.
    """
    try:
        info = os.stat(path)  # noqa: PTH116 - one call answers all four questions
        if stat.S_ISDIR(info.st_mode):
            raise ImportProblem(path, "is a folder", "name the run file inside it")
        if not stat.S_ISREG(info.st_mode):
            raise ImportProblem(path, "is no ordinary file", "copy the run to a file and read that")
        if info.st_size == 0:
            raise ImportProblem(
                path,
                "is empty: 0 bytes, which cannot tell 'nothing found' from 'not run'",
                "check that the run was written, or export it again",
            )
        return path.open("rb"), info.st_size
    except FileNotFoundError:
        raise ImportProblem(path, "does not exist", "check the path") from None
    except PermissionError:
        raise ImportProblem(path, "may not be read", "ask for permission to read it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportProblem(path, f"cannot be opened ({reason})", "check the path and the disk") from None


def read_head(path: Path) -> Head:
    """The first 64 KiB of a file.

    Raises:
        ImportProblem: the file cannot be read.
    """
    file, _ = open_regular(path)
    with file:
        data = file.read(HEAD)
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith(b"PK"):
        return Head(data, "", ())
    text = data.decode("utf-8", "replace")
    return Head(data, text, tuple(top_level_keys(text)))


def top_level_keys(text: str) -> Iterator[str]:
    """Keys of the object ``text`` begins with, nested ones left out; ``text`` may break off anywhere."""
    if not text.lstrip().startswith("{"):
        return
    depth = 0
    last = ""
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1 and mark == ":":
            yield last[1:-1]
        elif depth == 1:
            last = mark


def sha256_of(path: Path, watch: Watch, start: float = 0.0) -> str:
    """SHA-256 of a whole file in hexadecimal, read in pieces.

    Raises:
        ImportProblem: the file cannot be read.
        Cancelled: the user asked to stop.
    """
    digest = hashlib.sha256()
    file, size = open_regular(path)
    done = 0
    try:
        with file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                watch.step(start + (1.0 - start) * done / max(size, done))
    except OSError as error:
        raise ImportProblem(path, f"cannot be read to its end ({error.strerror})", "check the disk") from None
    return digest.hexdigest()


def containers_size(text: AnyStr, opening: AnyStr, brace: AnyStr, comma: AnyStr) -> int:
    """Bytes that the values of a JSON text may take in memory; marks inside strings count too, to be on the safe side.

    An empty list takes about 70 bytes, an object of one entry 200, and the value after a comma about 60.
    """
    return 72 * text.count(opening) + 200 * text.count(brace) + 64 * text.count(comma)


def parse_json(path: Path, data: bytes, where: str = "") -> Any:
    """The value of a JSON text; NaN and infinities, which strict parsers refuse, come back as floats.

    Args:
        path: for messages.
        data: UTF-8, with or without a byte order mark.
        where: which part of the file this is, for messages.

    Raises:
        ImportProblem: no JSON, not UTF-8, nested beyond what can be read, or it would need too much memory.
    """
    part = f"{where} " if where else ""
    if len(data) > MAX_JSON:
        raise too_large(path, len(data), part)
    if len(data) > MIB and containers_size(data, b"[", b"{", b",") > MAX_CONTAINERS:
        raise ImportProblem(path, f"{part}holds too many values to be an evaluation log", "check what wrote it")
    try:
        with collector_paused():
            return orjson.loads(data)
    except ValueError:
        pass  # NaN, lone surrogates, a byte order mark: the tolerant parser decides
    try:
        with collector_paused():
            return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ImportProblem(path, f"{part}is not UTF-8 text", "check that the file is whole") from None
    except json.JSONDecodeError as error:
        what = "is cut off or broken" if error.pos >= len(data) - 8 else "is not valid JSON"
        detail = f"{error.msg}, line {error.lineno}, column {error.colno}"
        raise ImportProblem(path, f"{part}{what} ({detail})", "copy or export the run again") from None
    except RecursionError:
        raise ImportProblem(path, f"{part}is nested too deeply to be a run", "check what wrote it") from None
    except (ValueError, MemoryError) as error:
        raise ImportProblem(path, f"{part}cannot be read ({error})", "check what wrote it") from None


def too_large(path: Path, size: int, part: str = "") -> ImportProblem:
    """The message for JSON that would need too much memory."""
    return ImportProblem(
        path,
        f"{part}is {size / MIB:,.0f} MiB of JSON; up to {MAX_JSON // MIB} MiB are read",
        "write it smaller or split it: an Inspect log as .eval, others as JSON Lines where the tool can",
    )


def read_json(path: Path) -> Any:
    """The value of a JSON file.

    Raises:
        ImportProblem: see ``parse_json``; or the file is too large.
    """
    file, size = open_regular(path)
    with file:
        if size > MAX_JSON:
            raise too_large(path, size)
        data = file.read(MAX_JSON + 1)
    return parse_json(path, data)


def json_lines(path: Path, watch: Watch, until: float = 1.0) -> Iterator[tuple[int, Any]]:
    """Line number and value of each line of a JSON Lines file; empty lines are left out.

    Raises:
        ImportProblem: a line is no JSON or longer than 16 MiB, or the file is too large.
        Cancelled: the user asked to stop.
    """
    file, size = open_regular(path)
    with file:
        if size > MAX_LINES_FILE:
            raise ImportProblem(path, f"is {size / MIB:,.0f} MiB of lines; 4,096 MiB are read", "split it")
        done = 0
        for number in range(1, 1 << 62):
            line = file.readline(MAX_LINE + 1)
            if not line:
                return
            if len(line) > MAX_LINE:
                raise ImportProblem(
                    path, f"line {number:,} is longer than {MAX_LINE // MIB} MiB", "check what wrote the file"
                )
            done += len(line)
            if number % 256 == 1:
                watch.step(until * done / size)
            if line.strip():
                yield number, parse_json(path, line, f"line {number:,}")


def text_of(value: object, limit: int = 1_000) -> str:
    """A value as one harmless line of text; empty for null, lists and objects."""
    if isinstance(value, bool) or value is None or not isinstance(value, str | int | float):
        return ""
    return one_line(str(value), limit)


def number_of(value: object) -> float | None:
    """A finite number, or None for anything else (NaN and infinities too)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def count_of(value: object) -> int | None:
    """A whole number from 0 up, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 2**53:
        return None
    return value


def object_of(value: object) -> dict[str, Any]:
    """A JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """A JSON array, or an empty one for anything else."""
    return value if isinstance(value, list) else []
