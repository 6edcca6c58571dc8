"""The small files of MLflow's file store: flat YAML, values, and histories of metrics. Nothing else of YAML is read."""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from workbench.evidence.intake import open_regular
from workbench.evidence.problems import ImportProblem, one_line

MAX_FILES: Final = 300
_MAX_META: Final = 256 * 1024
_MAX_VALUE: Final = 64 * 1024
_MAX_HISTORY: Final = 64 * 1024 * 1024
_MAX_LINE: Final = 4_096
_ENTRY: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_.\-]*):(?:\s+(.*))?")


class UnreadableMetric(ValueError):  # noqa: N818 - the file is at fault, not the program
    """Why the history of a metric cannot be read, as a clause."""


@dataclass(slots=True)
class History:
    """What was logged of one metric.

    Attributes:
        last: the value of the highest step, null where it is no finite number.
        lowest: and ``highest``: of all finite values.
        count: lines; ``broken`` of them could not be read.
    """

    last: float | None = None
    lowest: float | None = None
    highest: float | None = None
    count: int = 0
    broken: int = 0


def flat_yaml(path: Path) -> dict[str, str]:
    """The entries of a file of lines ``key: value``; of a key with a list or a block, nothing.

    Raises:
        ImportProblem: the file is too large or not of that kind.
    """
    entries: dict[str, str] = {}
    last = ""
    for number, line in enumerate(_text(path, _MAX_META).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#") or line.startswith(("---", "...", "- ")):
            continue
        if line[0] in " \t":
            if last:
                entries[last] = f"{entries[last]} {line.strip()}".strip()  # a long value goes on in the next line
            continue
        match = _ENTRY.fullmatch(line.rstrip())
        if match is None:
            raise ImportProblem(
                path, f"line {number:,} is no entry of the form name: value", "check what wrote the file"
            )
        last = match[1]
        entries[last] = match[2] or ""
    return {name: _scalar(value) for name, value in entries.items()}


def _scalar(text: str) -> str:
    """The text of a YAML value on one line."""
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return one_line(text[1:-1].replace("''", "'"), 1_000)
    if len(text) >= 2 and text[0] == text[-1] == '"':
        try:
            return one_line(str(orjson.loads(text)), 1_000)
        except orjson.JSONDecodeError:
            return one_line(text[1:-1], 1_000)
    return "" if text in ("null", "~", "[]", "{}", "|", ">") else one_line(text, 1_000)


def small_text(path: Path) -> str:
    """The text of a small file on one line; a long one is cut, and one that cannot be read is empty."""
    try:
        file, _ = open_regular(path)
    except ImportProblem:
        return ""
    with file:
        return one_line(file.read(_MAX_VALUE).decode("utf-8", "replace"), 1_000)


def _text(path: Path, limit: int) -> str:
    file, size = open_regular(path)
    with file:
        if size > limit:
            raise ImportProblem(path, f"is {size:,} bytes; {limit:,} are read", "check what wrote the file")
        data = file.read(limit)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportProblem(path, "is not UTF-8 text", "check that the file is whole") from None


def metric_history(path: Path) -> History:
    """What was logged of a metric: lines ``time value step``; older versions leave the step out, newer add to it.

    Raises:
        UnreadableMetric: the file is too large, or no line of it can be read.
    """
    history = History()
    newest: tuple[int, int] | None = None
    try:
        file, size = open_regular(path)
    except ImportProblem as problem:
        raise UnreadableMetric(f"the file {problem.what}") from None
    with file:
        if size > _MAX_HISTORY:
            raise UnreadableMetric(f"its file is {size:,} bytes; {_MAX_HISTORY:,} are read")
        while line := file.readline(_MAX_LINE + 1):
            if len(line) > _MAX_LINE:
                raise UnreadableMetric(f"line {history.count + 1:,} is longer than {_MAX_LINE:,} bytes")
            if not line.strip():
                continue
            history.count += 1
            found = _entry(line)
            if found is None:
                history.broken += 1
                continue
            step, time, value = found
            finite = value if math.isfinite(value) else None
            if newest is None or (step, time) >= newest:
                newest, history.last = (step, time), finite
            if finite is not None:
                history.lowest = finite if history.lowest is None else min(finite, history.lowest)
                history.highest = finite if history.highest is None else max(finite, history.highest)
    if newest is None:
        raise UnreadableMetric("no line of its file is a time, a value and a step")
    return history


def _entry(line: bytes) -> tuple[int, int, float] | None:
    parts = line.split()
    if not 2 <= len(parts) <= 6:
        return None
    try:
        return int(parts[2]) if len(parts) > 2 else 0, int(parts[0]), float(parts[1])
    except ValueError:
        return None
