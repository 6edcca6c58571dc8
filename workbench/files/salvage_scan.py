"""One pass over the text of a damaged project: where records begin, and which of their fields are whole.

The layout does not matter, but helps: where each field stands on a line of its own, as the program writes them, damage
ends with that line. Nothing is guessed: a field is read whole or not at all.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from workbench.files.careful import shown
from workbench.files.explain import name_record
from workbench.files.salvage_pieces import BLOCK, MARK, STACK, Lost, Pieces, decode, take, take_table
from workbench.model.base import Part
from workbench.model.ids import PREFIX
from workbench.model.records import CLASS_OF

if TYPE_CHECKING:
    from pydantic import BaseModel

_KEY: Final = r'(?:(?<=\n)([ \t]*))?"((?:[^"\\\n]++|\\.)*+)"'
_HEADING: Final = re.compile(_KEY + r'(?:\s*:\s*\{|(?(1)[^"\n]{1,4}(?=\r?\n)|(?!)))')
"""Where a record or a table begins: a key and a bracket, of which one sign may be damaged where a line ends there."""

_FIELD: Final = re.compile(r'"((?:[^"\\\n]++|\\.)*+)"\s*:\s*')
_ENDED: Final = re.compile(r"\s*(?:[,}]|$)")
_BY_PREFIX: Final = {prefix: kind for kind, prefix in PREFIX.items()}
_PATIENCE: Final = 8
"""How often the text may be read over again before the rest of it is given up."""


@cache
def _field_names() -> frozenset[str]:
    """Names of fields that may hold an object: no record is filed under them."""
    waiting: list[type[BaseModel]] = [*CLASS_OF.values(), Part]
    names: set[str] = set()
    for cls in waiting:
        names.update(cls.model_fields)
        waiting.extend(cls.__subclasses__() if issubclass(cls, Part) else ())
    return frozenset(names)


class Scan:
    """One pass over a damaged text: from one heading of a record to the next.

    Attributes:
        kind: type of the table that is being read; empty where its heading was not found.
        sure: nothing was passed over since that heading, so that no other heading can have been missed.
        left: characters that may still be read in vain.
        indent: how far records are indented in a file that has them on lines of their own; ``top``: the tables' map.
    """

    def __init__(self, text: str, pieces: Pieces) -> None:
        self.text = text
        self.pieces = pieces
        self.kind = ""
        self.sure = False
        self.left = _PATIENCE * (len(text) + STACK)
        self.indent, self.top = self._indents()

    def _indents(self) -> tuple[int | None, int]:
        fields, top = _field_names(), -1
        counted: Counter[int] = Counter()
        for found in _HEADING.finditer(self.text):
            if found[1] is not None and found[2] == "records":
                top = len(found[1])
            elif found[1] is not None and found[0][-1] == "{" and found[2] not in CLASS_OF and found[2] not in fields:
                counted[len(found[1])] += 1
        return (counted.most_common(1)[0][0] if counted else None), top

    def _headings(self) -> Iterator[re.Match[str]]:
        for found in _HEADING.finditer(self.text):
            if found[1] is not None and self.indent is not None:
                if self.top < len(found[1]) <= self.indent or found[2] == "records":
                    yield found
            elif found[2] not in _field_names() or found[2] in CLASS_OF:
                yield found

    def run(self) -> None:
        """Read every record whose heading is there."""
        done = 0
        headings = [*self._headings()]
        for place, found in enumerate(headings):
            if found.start() < done:
                continue
            self._pass_over(done, found.start())
            if self.left < 0:
                self.pieces.notes.append("The rest of the file is damaged so badly that nothing was read of it.")
                return
            following = headings[place + 1].start() if place + 1 < len(headings) else len(self.text)
            done = self._read_at(found, following)
        self._pass_over(done, len(self.text))

    def _read_at(self, found: re.Match[str], following: int) -> int:
        """Read what stands under a heading; where that ends."""
        key = _read_key(found[2])
        value, end = decode(self.text, found.end() - 1) if found[0][-1] == "{" else (None, found.end())
        if value is None:
            self.left -= end - found.end() + len(self.text) // 500  # the parser counts all lines up to an error
        if self._is_table(found, value):
            self.kind, self.sure = kind_like(MARK.sub("\ufffd", key)), True
            if value is not None:
                take_table(self.pieces, self.kind, value)
        elif found[2] == "records" and value is not None:
            for kind, table in value.items():
                if isinstance(table, dict):
                    take_table(self.pieces, kind_like(MARK.sub("\ufffd", kind)), table)
        elif value is not None:
            self._file(key, value)
        elif found[2] != "records":
            return self._read_fields(key, found.end(), following)
        return end if value is not None else found.end()

    def _is_table(self, found: re.Match[str], value: Any) -> bool:
        if found[2] == "records":
            return False
        if found[1] is not None and self.indent is not None:
            # an id stands where a table should, once the blanks before it are damaged
            return len(found[1]) < self.indent and (found[2] in CLASS_OF or not _like_an_id(found[2]))
        if found[2] not in CLASS_OF or found[2] == self.kind:
            return False
        return value is None or all(isinstance(item, dict) for item in value.values())

    def _kind_of(self, key: str) -> str:
        """The type of a record: that of its table; of its id's first letters where a heading may have been missed."""
        return self.kind if self.sure else _BY_PREFIX.get(key.partition("_")[0], self.kind)

    def _file(self, key: str, fields: dict[str, Any]) -> None:
        kind = self._kind_of(key)
        if kind:
            take(self.pieces, kind, key, fields)
        else:
            self.pieces.lost.append(Lost("", key, f"record {shown(key)}", "", "what kind it is of cannot be read"))

    def _read_fields(self, key: str, at: int, following: int) -> int:
        """Read the fields of a record that is damaged somewhere; where it ends."""
        kind = self._kind_of(key)
        end = following
        if self.indent is not None:
            closing = re.compile(rf'\n[ \t]{{0,{self.indent}}}["}}]').search(self.text, at, following)
            end = closing.start() if closing else following
        chunk = self.text[at:end]
        self.sure = self.sure and self.text[end + 1 : following].lstrip(" \t").startswith("}")
        block = BLOCK.search(chunk)
        if block:  # what stands behind it may be of another record
            self.kind, chunk, end = "", chunk[: block.start()], at + block.start()
        indent = min((len(found[1]) for found in re.finditer(r'\n([ \t]*)"', chunk)), default=None)
        known = CLASS_OF[kind].model_fields.keys() if kind in CLASS_OF else ()
        fields: dict[str, Any] = {}
        bad: list[str] = []
        done = 0
        for found in _FIELD.finditer(chunk):
            name, start = _read_key(found[1]), found.start()
            of_a_part = indent is not None and chunk.rfind("\n", 0, start) + 1 + indent != start
            if start < done or of_a_part or (indent is None and bad and name not in known):
                continue
            if name in fields:
                end = at + start
                break
            value, stop = decode(chunk, found.end())
            whole = value is not None or chunk.startswith("null", found.end())
            if whole and _ENDED.match(chunk, stop):
                fields[name], done = value, stop
            else:
                bad.append(name)
                self.left -= stop - found.end()
        called = name_record(kind, key, fields)
        if fields and kind:
            take(self.pieces, kind, key, fields)
            why = "is damaged" if bad else "is damaged; a field may be missing"
            self.pieces.lost.extend(Lost(kind, key, called, name, why) for name in bad or [""])
        else:
            self.pieces.lost.append(Lost(kind, key, called or f"record {shown(key)}", "", "is damaged"))
        return end

    def _pass_over(self, start: int, end: int) -> None:
        """Text between two records: it may have held another, or the heading of a table."""
        between = self.text[start:end]
        if not between.strip("{}[], \t\r\n"):
            if self.indent is not None and _closes(between, self.indent):
                self.kind, self.sure = "", False
            return
        self.sure = False
        lines = [line for line in between.split("\n") if line.strip(" \t\r,{}[]")]
        outer = [line for line in lines if self.indent is not None and len(line) - len(line.lstrip()) < self.indent]
        kinds = [kind for line in outer if (kind := kind_like(re.sub(r"[^a-z_]", "", line))) in CLASS_OF]
        if BLOCK.search(between) or (self.indent is not None and _closes(between, self.indent)):
            self.kind = ""
        if kinds:
            self.kind = kinds[-1]
        found = _FIELD.search(between)
        if self.kind and found is not None and found[1] not in ("records", "format", "version"):
            why = f"its beginning is damaged: {shown(lines[0].strip())}"
            self.pieces.lost.append(Lost(self.kind, "", f"a {shown(self.kind)}", "", why))


def _like_an_id(key: str) -> bool:
    """Whether a key begins as the program's own ids do."""
    prefix, mark, _ = key.partition("_")
    return bool(mark) and prefix in _BY_PREFIX


def _read_key(raw: str) -> str:
    """A key of the text, its escapes undone."""
    key = decode(f'"{raw}"', 0)[0] if "\\" in raw else raw
    return key if isinstance(key, str) else raw


def _closes(between: str, indent: int) -> bool:
    """Whether a table ends here: a bracket alone on a line that is less indented than records are."""
    return any(len(line) - len(line.lstrip()) < indent for line in between.split("\n") if line.strip() in ("}", "},"))


@cache
def kind_like(word: str) -> str:
    """A record type; the known one where a single letter of its name differs."""
    if word in CLASS_OF:
        return word
    like = [kind for kind in CLASS_OF if len(kind) == len(word) and sum(map(str.__ne__, kind, word)) == 1]
    return like[0] if len(like) == 1 else word
