"""Puts lines of text of a PDF into the order in which they are read.

Qt writes the runs of a line as they stand from the left. Where some of it is written from the right that is another
order than it is read in, and a bracket there is drawn, and named, as its mirror image. The writer marks such lines
(``mark``); here the marks are taken out, the runs between two of them are sorted by the text that was to be written,
and mirrored signs get what they mean beside them (``ActualText``). Nothing looks otherwise: a run stands by itself.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbench.values import value_type

_AT: Final = -77_777
"""Where marks stand: far off every page."""
_MARK: Final = re.compile(rb"-77777 (\d+) 1 1 re\nf\*?\n")
_BLOCK: Final = re.compile(rb"q\n(?:(?!q\n|Q\n|BT\n)[^\n]*\n)*BT\n/(\w+) .*?\nET\nQ\n", re.DOTALL)
_GLYPH: Final = re.compile(rb"<([0-9A-Fa-f]{4})> Tj")
_PAGE: Final = re.compile(rb"/Type /Page\b")
_CONTENTS: Final = re.compile(rb"/Contents (\d+) 0 R")
_RESOURCES: Final = re.compile(rb"/Resources (\d+) 0 R")
_FONTS: Final = re.compile(rb"/Font <<(.*?)>>", re.DOTALL)
_FONT: Final = re.compile(rb"/(\w+) (\d+) 0 R")
_NAMES: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
_RANGE: Final = re.compile(rb"<(\w+)> <\w+> (?:\[(.*?)\]|<(\w+)>)", re.DOTALL)
_LENGTH: Final = re.compile(rb"/Length \d+(?: 0 R)?")
_MIRRORED: Final = dict(zip("()[]{}<>«»≤≥‹›", ")(][}{><»«≥≤›‹", strict=True))
_MOST_TRIES: Final = 5_000

Names = dict[bytes, dict[int, str]]
"""What each glyph of a font stands for, by the font's name on the page."""


@value_type(frozen=True, slots=True)
class _Run:
    """Letters drawn one after the other: what writes them, and of each its place in that and what it stands for."""

    code: bytes
    glyphs: tuple[tuple[int, int, str], ...]


def is_turned(text: str) -> bool:
    """Whether some of a text is written from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def mark(number: int, *, end: bool) -> tuple[float, float, float, float]:
    """A rectangle (left, top, width, height) to fill before and after the line of that number is drawn."""
    return float(_AT), float(2 * number + end), 1.0, 1.0


def in_reading_order(objects: dict[int, bytes], lines: Sequence[str]) -> None:
    """Sort marked lines on every page, and take the marks out.

    Args:
        objects: of the file, by number; pages are changed.
        lines: the text of each, by the number of its mark.
    """
    for head in list(objects.values()) if lines else []:
        contents = _CONTENTS.search(head) if _PAGE.search(head) and b"\nstream" not in head else None
        if contents is None:
            continue
        number = int(contents[1])
        code = _stream(objects[number])
        if _MARK.search(code) is None:
            continue
        packed = zlib.compress(_sorted(code, _names(objects, head), lines))
        described = _LENGTH.sub(b"/Length %d" % len(packed), objects[number].split(b"\nstream", 1)[0])
        objects[number] = described + b"\nstream\n" + packed + b"\nendstream"


def _stream(body: bytes) -> bytes:
    packed = body.split(b"\nstream\n", 1)[1].removesuffix(b"\nendstream")
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return packed


def _names(objects: dict[int, bytes], page: bytes) -> Names:
    resources = _RESOURCES.search(page)
    fonts = _FONTS.search(objects[int(resources[1])]) if resources is not None else None
    names: Names = {}
    for name, number in _FONT.findall(fonts[1]) if fonts is not None else ():
        table = _NAMES.search(objects[int(number)])
        names[name] = dict(_table(_stream(objects[int(table[1])]))) if table is not None else {}
    return names


def _table(code: bytes) -> Iterator[tuple[int, str]]:
    """What each glyph stands for, as a table of the file says."""
    for part in code.split(b"beginbfrange")[1:]:
        for first, listed, single in _RANGE.findall(part.split(b"endbfrange")[0]):
            texts = re.findall(rb"<(\w+)>", listed) if listed else [single]
            for at, text in enumerate(texts, int(first, 16)):
                yield at, bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def _sorted(code: bytes, names: Names, lines: Sequence[str]) -> bytes:
    """The code of a page without marks, its marked lines in order."""
    out, parts = [], _MARK.split(code)
    for at in range(0, len(parts), 2):
        number = int(parts[at - 1]) if at else 1
        inside = number % 2 == 0 and number // 2 < len(lines)
        out.append(_line(parts[at], names, lines[number // 2]) if inside else parts[at])
    return b"".join(out)


def _line(code: bytes, names: Names, text: str) -> bytes:
    found = list(_BLOCK.finditer(code))
    apart = any(one.end() != other.start() for one, other in pairwise(found))
    if not found or apart:
        return code
    runs = [_run(one[0], names.get(one[1], {})) for one in found]
    ordered = _Order(runs, _plain(text)).found()
    return code[: found[0].start()] + b"".join(ordered or [run.code for run in runs]) + code[found[-1].end() :]


def _run(code: bytes, glyphs: dict[int, str]) -> _Run:
    return _Run(
        code, tuple((one.start(), one.end(), _plain(glyphs.get(int(one[1], 16), ""))) for one in _GLYPH.finditer(code))
    )


def _plain(text: str) -> str:
    """Letters without their forms; blanks and marks of direction, which are not always drawn, are left out."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(char for char in letters if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf"))


class _Order:
    """Looks for an order of runs that gives a text."""

    def __init__(self, runs: Sequence[_Run], text: str) -> None:
        self._runs = runs
        self._text = text
        self._tries = 0

    def found(self) -> list[bytes] | None:
        """The code of the runs in order, blank ones last; None where there is no such order."""
        blank = [at for at, run in enumerate(self._runs) if not any(text for _, _, text in run.glyphs)]
        order = self._from(0, tuple(at for at in range(len(self._runs)) if at not in blank))
        if order is None:
            return None
        written: list[bytes] = []
        done = 0
        for at in (*order, *blank):
            code, done = self._written(self._runs[at], done)
            written.append(code)
        return written

    def _from(self, done: int, left: tuple[int, ...]) -> list[int] | None:
        """The rest of the runs, where so much of the text is written already."""
        self._tries += 1
        if not left or self._tries > _MOST_TRIES:
            return [] if done == len(self._text) and not left else None
        for at in left:
            said = "".join(text for _, _, text in self._runs[at].glyphs)
            if self._is_next(said, done):
                rest = self._from(done + len(said), tuple(one for one in left if one != at))
                if rest is not None:
                    return [at, *rest]
        return None

    def _is_next(self, said: str, done: int) -> bool:
        wanted = self._text[done : done + len(said)]
        return len(wanted) == len(said) and all(
            one in (other, _MIRRORED.get(other)) for one, other in zip(said, wanted, strict=True)
        )

    def _written(self, run: _Run, done: int) -> tuple[bytes, int]:
        """A run with what its mirrored signs mean, and how much of the text is written after it."""
        out, at = [], 0
        for start, end, said in run.glyphs:
            meant = self._text[done : done + len(said)]
            done += len(said)
            out.append(run.code[at:start])
            if said == meant:
                out.append(run.code[start:end])
            else:
                hexed = ("\ufeff" + meant).encode("utf-16-be").hex().upper().encode()
                out.append(b"/Span <</ActualText <" + hexed + b">>> BDC\n" + run.code[start:end] + b"\nEMC")
            at = end
        return b"".join((*out, run.code[at:])), done
