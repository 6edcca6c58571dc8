"""The slow, suspicious reading of a project file: finds what a fast parser lets pass, and says it by name.

Only files that are not in the program's own canonical text come here: edited by hand, written by other tools, damaged.
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from workbench.files.errors import ProjectFileError
from workbench.files.header import FORMAT, MAJOR, Header
from workbench.model.base import MAX_ID

MAX_DEPTH: Final = 100
"""Levels of nesting a file may have; the program's own files have fewer than ten."""

_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
"""Possessive: a text of a million escapes takes half a gigabyte where the pattern may go back into it."""

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_LONE: Final = re.compile("[\ud800-\udfff]")
REPAIR: Final = "correct it in a text editor, or go back to an earlier version of the file"


class _Twice(dict[str, Any]):
    """An object in which a key stands twice."""

    key = ""


class _BadNumber:
    """A number that JSON does not have, or that no program can hold."""

    def __init__(self, text: str) -> None:
        self.text = text if len(text) <= 24 else f"{text[:20]}…"


class _Reader:
    """Hooks of the parser; remembers whether anything odd was met, so that clean files are not searched."""

    def __init__(self) -> None:
        self.odd = False

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(pairs)
        if len(plain) == len(pairs):
            return plain
        self.odd = True
        seen: set[str] = set()
        twice = _Twice(plain)
        for key, _ in pairs:
            if key in seen:
                twice.key = key
            seen.add(key)
        return twice

    def constant(self, text: str) -> _BadNumber:
        self.odd = True
        return _BadNumber(text)

    def real(self, text: str) -> float | _BadNumber:
        value = float(text)
        return value if math.isfinite(value) else self.constant(text)

    def whole(self, text: str) -> int | _BadNumber:
        return int(text) if len(text) <= 4_000 else self.constant(text)


_OTHER_KINDS: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
"""What people open by mistake, by its first bytes."""


def shown(text: object, limit: int = 60) -> str:
    """A piece of a file as part of a one-line message: no line breaks or control characters, bounded."""
    cleaned = "".join(sign if sign.isprintable() else "�" for sign in str(text)[: limit + 1])
    return cleaned if len(cleaned) <= limit else f"{cleaned[: limit - 1]}…"


def read_raw(data: bytes, name: str) -> dict[str, Any]:
    """The outermost object of a file, every trap checked.

    Args:
        name: what messages call the file.

    Raises:
        ProjectFileError: not UTF-8, not JSON, nested too deeply, a key given twice, a number JSON does not have,
            half of a surrogate pair, or no object at all.
    """
    if not data.strip():
        raise ProjectFileError(f"{name} is empty; go back to an earlier version of the file.")
    other = next((kind for begins, kind in _OTHER_KINDS if data.startswith(begins)), "")
    if other:
        raise ProjectFileError(f"{name} is not a project file: it begins like {other}.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProjectFileError(f"{name} is not UTF-8 text (line {line}); save it as UTF-8.") from None
    _check_depth(data, name)
    reader = _Reader()
    try:
        raw = json.loads(
            text,
            object_pairs_hook=reader.object,
            parse_constant=reader.constant,
            parse_float=reader.real,
            parse_int=reader.whole,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ProjectFileError(f"{name} is not valid JSON ({where}: {error.msg}); {REPAIR}.") from None
    if reader.odd or _SURROGATE.search(text):
        _refuse_odd(raw, name)
    if not isinstance(raw, dict):
        raise ProjectFileError(f"{name} is no project file: it holds no object {{…}} at its outermost level.")
    return raw


def _check_depth(data: bytes, name: str) -> None:
    depth = 0
    for token in _TOKEN.finditer(data):
        first = data[token.start()]
        if first in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = data.count(b"\n", 0, token.start()) + 1
                raise ProjectFileError(f"{name} is nested more than {MAX_DEPTH} levels deep (line {line}); {REPAIR}.")
        elif first in b"]}":
            depth -= 1


def _refuse_odd(raw: Any, name: str) -> None:
    """Find the first odd thing and say where it is. The depth is known to be bounded."""
    waiting: list[tuple[str, Any]] = [("", raw)]
    while waiting:
        path, value = waiting.pop()
        place = f" at {path}" if path else ""
        if isinstance(value, _Twice):
            raise ProjectFileError(f"{name}: the key {shown(value.key)!r} stands twice{place}; {REPAIR}.")
        if isinstance(value, _BadNumber):
            raise ProjectFileError(f"{name}: {value.text}{place} is no number a project can hold; {REPAIR}.")
        if isinstance(value, str) and _LONE.search(value):
            raise ProjectFileError(
                f"{name}: the text{place} holds half of a surrogate pair, no valid Unicode; {REPAIR}."
            )
        if isinstance(value, dict):
            for key, item in reversed(value.items()):
                if _LONE.search(key):
                    raise ProjectFileError(
                        f"{name}: a key{place} holds half of a surrogate pair, no valid Unicode; {REPAIR}."
                    )
                waiting.append((f"{path}.{shown(key, 30)}" if path else shown(key, 30), item))
        elif isinstance(value, list):
            waiting.extend((f"{path}[{place_}]", item) for place_, item in reversed(list(enumerate(value))))


def read_header(top: Mapping[str, Any], name: str) -> Header:
    """Format and version of a file.

    Raises:
        ProjectFileError: another format, or no version.
    """
    found = top.get("format")
    if found != FORMAT:
        what = f"its format is {shown(found)!r}" if isinstance(found, str) else "it names no format"
        raise ProjectFileError(f"{name} is no project of Hazard Workbench ({what}); open a .hazard.json file.")
    version = top.get("version")
    if not isinstance(version, dict):
        raise ProjectFileError(f'{name}: "version" is missing; it should read {{"major": {MAJOR}, "minor": 0}}.')
    major, minor = version.get("major"), version.get("minor")
    if type(major) is not int or type(minor) is not int or minor < 0:
        raise ProjectFileError(f'{name}: "version" must hold two whole numbers, "major" and "minor"; {REPAIR}.')
    if major < 1:
        raise ProjectFileError(f"{name}: there is no version {major}.{minor} of this format; {REPAIR}.")
    extra = {key: value for key, value in top.items() if key not in ("format", "version", "records")}
    version_extra = {key: value for key, value in version.items() if key not in ("major", "minor")}
    return Header(major, minor, extra, version_extra)


def read_tables(raw: Mapping[str, Any], name: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Records by type and id, shapes and ids checked.

    Raises:
        ProjectFileError: something else than an object where one is needed, an id that is empty, too long or
            used twice.
    """
    records = raw.get("records")
    if not isinstance(records, dict):
        what = "is missing" if "records" not in raw else "must be an object {…}"
        raise ProjectFileError(f'{name}: "records" {what}; {REPAIR}.')
    owner: dict[str, str] = {}
    for kind, table in records.items():
        if not isinstance(table, dict):
            raise ProjectFileError(f"{name}: records.{shown(kind)} must be an object {{…}} of records by id; {REPAIR}.")
        for key, fields in table.items():
            if not isinstance(fields, dict):
                raise ProjectFileError(f"{name}: {shown(kind)} {shown(key)!r} must be an object {{…}}; {REPAIR}.")
            if not 0 < len(key) <= MAX_ID:
                problem = "is empty" if not key else f"is longer than {MAX_ID} characters"
                raise ProjectFileError(f"{name}: the id {shown(key)!r} of a {shown(kind)} {problem}; {REPAIR}.")
            if key in owner:
                users = f"a {shown(owner[key])} and a {shown(kind)}"
                raise ProjectFileError(f"{name}: the id {shown(key)!r} is used twice, by {users}; {REPAIR}.")
            owner[key] = kind
    return records
