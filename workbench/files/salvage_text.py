"""From the text of a damaged project file to whatever records can still be read of it, field by field."""

import json
import re
from typing import Any, Final

from workbench.files.careful import MAX_DEPTH, shown
from workbench.files.explain import name_record
from workbench.files.header import MINOR
from workbench.files.salvage_pieces import BLOCK, MARK, Bad, Lost, Pieces, Tables, Twice, decode, take_table
from workbench.files.salvage_scan import Scan, kind_like
from workbench.model.base import MAX_ID

_VERSION: Final = re.compile(r'"version"\s*:\s*(\{[^{}]*\})')
_MERGE: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?")
_UNREADABLE: Final = {sign: 0xDC00 + sign for sign in (*range(9), 11, 12, *range(14, 32), 127)}
"""Control characters a JSON text may not hold become marks, like bytes that are no UTF-8 do while decoding."""
_ESCAPED: Final = re.compile(r"\\u[dD][89a-fA-F]")
_LEVELS: Final = MAX_DEPTH - 8
"""Levels a field may have of the file's."""


def read_pieces(data: bytes) -> Pieces:
    """Everything that can be read of the text of a project, however damaged."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").translate(_UNREADABLE)
    text = BLOCK.sub(lambda block: f"{block[0][:8]}\n", text)  # the line's end: no text runs on behind it
    sides = _sides(text)
    if len(sides) == 1:
        return _read(text)
    ours, theirs = map(_read, sides)
    ours.notes.insert(
        0, "The file holds the marks of an unfinished merge; where its sides differ, the first was taken."
    )
    _add_theirs(ours, theirs)
    return ours


def _sides(text: str) -> list[str]:
    """The text; or both texts it holds, where a merge by lines has left its marks."""
    lines = text.split("\n")
    if not any(_MERGE.fullmatch(line) for line in lines if line[:1] in "<>"):
        return [text]
    ours, theirs, at = [], [], ""
    for line in lines:
        if line[:1] in "<|=>" and _MERGE.fullmatch(line):
            at = "" if line[0] == ">" else line[0]
            continue
        if at in ("", "<"):
            ours.append(line)
        if at in ("", "="):
            theirs.append(line)
    return ["\n".join(ours), "\n".join(theirs)]


def _add_theirs(ours: Pieces, theirs: Pieces) -> None:
    """Records only the second side has, and a word for each field in which it differs."""
    owners = {key: kind for kind, table in ours.tables.items() for key in table}
    for kind, table in theirs.tables.items():
        for key, fields in table.items():
            if key not in owners:
                ours.tables.setdefault(kind, {})[key] = fields
                continue
            mine = ours.tables[owners[key]][key]
            called = name_record(kind, key, fields)
            for name in sorted({*mine, *fields}):
                if mine.get(name) != fields.get(name):
                    other = "nothing" if name not in fields else shown(json.dumps(fields[name], ensure_ascii=False))
                    ours.lost.append(Lost(kind, key, called, name, f"the other side of the merge has {other}"))
    known = set(ours.lost)
    ours.lost.extend(one for one in theirs.lost if one not in known and one.id not in owners)


def _read(text: str) -> Pieces:
    top, _ = decode(text, len(text) - len(text.lstrip()))
    whole = isinstance(top, dict) and isinstance(top.get("records"), dict)
    pieces = Pieces({}, {}, [], [])
    if whole:
        for word, table in top.pop("records").items():
            kind = _known_kind(word, top, pieces.notes)
            if isinstance(table, dict):
                take_table(pieces, kind, table)
            else:
                pieces.lost.append(Lost(kind, "", shown(kind), "", "is no table of records"))
        pieces.top.update(top)
    else:
        Scan(text, pieces).run()
        version = [value for value, _ in (decode(text, found.start(1)) for found in _VERSION.finditer(text)) if value]
        if version:
            pieces.top["version"] = version[-1]
        if not text.rstrip("\r\n\t ").endswith("}"):
            pieces.notes.append(f"The file breaks off in line {text.count(chr(10)) + 1}.")
    if not whole or MARK.search(text) or _ESCAPED.search(text) or _has_odd({**pieces.tables, "": {"": pieces.top}}):
        _mend(pieces)
    return pieces


def _known_kind(word: str, top: dict[str, Any], notes: list[str]) -> str:
    """The type of a table; that of a known one where a letter differs and no newer version can have meant another."""
    word = MARK.sub("\ufffd", word[:MAX_ID])
    version = top.get("version")
    kind = kind_like(word)
    if kind != word and isinstance(version, dict) and version.get("minor") == MINOR:
        notes.append(f"Records of the unknown type {shown(word)!r} were read as {kind!r}.")
        return kind
    return word


# values


def _has_odd(tables: Tables) -> bool:
    """Whether a value holds what only the reader's own types say, or is nested too deeply."""
    return any(
        isinstance(value, dict | list | Bad) and _odd(value, _LEVELS)
        for table in tables.values()
        for fields in table.values()
        for value in (fields, *fields.values())
    )


def _odd(value: Any, levels: int) -> bool:
    if isinstance(value, Bad | Twice) or levels < 0:
        return True
    if isinstance(value, dict):
        return any(_odd(item, levels - 1) for item in value.values() if isinstance(item, dict | list | Bad))
    return isinstance(value, list) and any(
        _odd(item, levels - 1) for item in value if isinstance(item, dict | list | Bad)
    )


def _mend(pieces: Pieces) -> None:
    """Leave out fields that hold what no project may, and put a sign where a text holds what is none."""
    for name, value in list(pieces.top.items()):
        del pieces.top[name]
        if not _odd(value, _LEVELS):
            pieces.top[_unmarked(name)] = _unmarked(value)
    for kind, table in pieces.tables.items():
        for key, fields in table.items():
            called = name_record(kind, key, fields)
            if isinstance(fields, Twice):
                pieces.lost.append(Lost(kind, key, called, "", "a field stands twice; the first one was taken"))
            for name, value in list(fields.items()):
                if _odd(value, _LEVELS):
                    pieces.lost.append(Lost(kind, key, called, name, "holds what no project can hold"))
                    del fields[name]
                elif _marked(value):
                    fields[name] = _unmarked(value)
                    why = "some of its characters are damaged and shown as \ufffd"
                    pieces.lost.append(Lost(kind, key, called, name, why))
                if MARK.search(name):
                    fields.pop(name, None)
                    pieces.lost.append(Lost(kind, key, called, shown(name), "the name of the field is damaged"))


def _marked(value: Any) -> bool:
    if isinstance(value, str):
        return MARK.search(value) is not None
    if isinstance(value, dict):
        return any(_marked(key) or _marked(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_marked, value))


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return MARK.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_unmarked(key): _unmarked(item) for key, item in value.items()}
    return [_unmarked(item) for item in value] if isinstance(value, list) else value
