"""Writes a figure as SVG: text as text, one group an element, clean enough to be edited by hand.

Every line of text stands where it was measured with Source Sans Pro. Where that font is missing the next family of
the list is used, those of about the same width first: Calibri and Carlito run narrower, Segoe UI and Arial some 8 %
wider, DejaVu Sans 20 %, so that a full line may then touch the edge of its box. ``textLength`` is not used: librsvg
ignores it, and where it works it squeezes a line that somebody edits. The file refers to nothing outside itself and
holds no script; what the user typed is escaped, and characters that XML forbids are shown as U+FFFD.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from workbench.export.paper import MM, Leaf
from workbench.layout.geometry import Point
from workbench.render.characters import clean
from workbench.render.ops import Dash, Ellipse, Group, Lines, Op, Ops, PathOp, Polygon, RoundRect, TextOp
from workbench.render.sizes import shared

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNSAFE: Final = re.compile(_FORBIDDEN.pattern[:-1] + "&<>\"']")
_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9_.-]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_TITLE_LIMIT: Final = 2_000
_MOST_KEPT: Final = 65_536
_NARROW: Final = ("Source Sans Pro", "Source Sans 3", "Calibri", "Carlito")
"""Families as narrow as the one that text is measured with, before the wider ones of the tokens."""
_PLAIN: Final = ("Arial", "Liberation Sans")
"""On most systems; narrower than what else is there."""


def write_svg(page: Leaf, *, transparent: bool = False, paper: bool = False) -> bytes:
    """The SVG file of a figure.

    Args:
        page: what to draw, and how large.
        transparent: no canvas behind the figure.
        paper: the page is paper, so its size is told in millimetres.
    """
    sheet, unit = page.sheet, "mm" if paper else ""
    shown = (page.width / MM, page.height / MM) if paper else (page.width, page.height)
    box = (-page.x / page.scale, -page.y / page.scale, page.width / page.scale, page.height / page.scale)
    writer = _Writer()
    writer.out += [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<svg xmlns="http://www.w3.org/2000/svg"',
        f' width="{num(shown[0])}{unit}" height="{num(shown[1])}{unit}"',
        f' viewBox="{" ".join(map(num, box))}" role="img">\n',
        f"<title>{escape(clean(sheet.title[:_TITLE_LIMIT]))}</title>\n",
    ]
    if not transparent:
        corner = f' x="{num(box[0])}" y="{num(box[1])}"' if box[0] or box[1] else ""
        size = f'width="{num(box[2])}" height="{num(box[3])}"'
        writer.out.append(f'<rect class="canvas"{corner} {size} fill="{sheet.canvas}"/>\n')
    writer.out.append(f'<g font-family="{_families()}" stroke-linejoin="round">\n')
    writer.ops(sheet.ops)
    writer.out.append("</g>\n</svg>\n")
    return "".join(writer.out).encode("utf-8")


def _families() -> str:
    """The font list as an attribute's value: each family once, names of several words in single quotes."""
    names = [name.strip(" '\"") for name in shared().type.svg_fallback.split(",")]
    wide = names.index("Noto Sans") if "Noto Sans" in names else 0
    ordered = dict.fromkeys((*_NARROW, *names[:wide], *_PLAIN, *names[wide:]))
    return ", ".join(f"'{name}'" if " " in name else name for name in ordered)


def escape(text: str) -> str:
    """Text as character data or attribute value of XML; forbidden characters are shown as U+FFFD."""
    if _UNSAFE.search(text) is None:
        return text
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def num(value: float) -> str:
    """A number with two decimals at most, no trailing zeros, no minus before zero."""
    return _numbers[value]


class _Numbers(dict[float, str]):
    """Numbers as they are written, remembered: elements of one kind are drawn alike, each about its own origin."""

    def __missing__(self, value: float) -> str:
        whole = int(value)
        if whole == value:
            text = str(whole)
        else:
            text = f"{value:.2f}".rstrip("0").rstrip(".")
            text = "0" if text == "-0" else text
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[value] = text
        return text


_numbers: Final = _Numbers()


class _Writer:
    """Collects the lines of the file; ids are used once each."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._ids: set[str] = set()
        self._written: dict[int, str] = {}  # by the identity of ops, which the sheet keeps alive

    def ops(self, ops: Iterable[Op]) -> None:
        for op in ops:
            if isinstance(op, Group):
                self._group(op)
            elif isinstance(op, TextOp):
                self.out.append(_text(op))
            elif isinstance(op, RoundRect):
                self.out.append(_rectangle(op))
            elif isinstance(op, Polygon):
                self.out.append(_polygon(op))
            elif isinstance(op, Ellipse):
                self.out.append(_ellipse(op))
            elif isinstance(op, Lines):
                self.out.append(_lines(op))
            else:
                self.out.append(_path(op))

    def _group(self, group: Group) -> None:
        start = "<g"
        if group.id:
            start += f' id="{self._unique(group.id)}"'
        if group.css:
            start += f' class="{escape(group.css)}"'
        if group.dx or group.dy:
            start += f' transform="translate({_numbers[group.dx]} {_numbers[group.dy]})"'
        self.out.append(start + ">\n")
        if group.title:
            self.out.append(f"<title>{escape(clean(group.title[:_TITLE_LIMIT]))}</title>\n")
        self._shared(group.ops)
        self.out.append("</g>\n")

    def _shared(self, ops: Ops) -> None:
        """What a group holds; groups that look alike share their ops, which are then written out once."""
        known = self._written.get(id(ops))
        if known is not None:
            self.out.append(known)
            return
        begin = len(self.out)
        self.ops(ops)
        if not any(isinstance(op, Group) for op in ops):  # groups have ids, each its own
            self._written[id(ops)] = "".join(self.out[begin:])

    def _unique(self, id: str) -> str:
        base = _NOT_IN_ID.sub("_", id)
        if not (base[0].isalpha() or base[0] == "_"):
            base = f"_{base}"
        name, number = base, 1
        while name in self._ids:
            number += 1
            name = f"{base}.{number}"
        self._ids.add(name)
        return name


@lru_cache(maxsize=1_024)
def _paint(fill: str | None, stroke: str | None, width: float, dash: Dash) -> str:
    text = f' fill="{fill}"' if fill else ' fill="none"'
    if stroke:
        text += f' stroke="{stroke}"'
        if width != 1.0:
            text += f' stroke-width="{num(width)}"'
        if dash:
            text += f' stroke-dasharray="{" ".join(map(num, dash))}"'
    return text


def _rectangle(op: RoundRect) -> str:
    radius = f' rx="{_numbers[op.r]}"' if op.r else ""
    return (
        f'<rect x="{_numbers[op.x]}" y="{_numbers[op.y]}" width="{_numbers[op.w]}" height="{_numbers[op.h]}"{radius}'
        f"{_paint(op.fill, op.stroke, op.width, op.dash)}/>\n"
    )


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_numbers[p[0]]},{_numbers[p[1]]}" for p in points)


def _polygon(op: Polygon) -> str:
    if op.closed:
        return f'<polygon points="{_points(op.points)}"{_paint(op.fill, op.stroke, op.width, op.dash)}/>\n'
    return f'<polyline points="{_points(op.points)}"{_paint(None, op.stroke, op.width, op.dash)}/>\n'


def _ellipse(op: Ellipse) -> str:
    paint = _paint(op.fill, op.stroke, op.width, op.dash)
    if op.rx == op.ry:
        return f'<circle cx="{_numbers[op.x]}" cy="{_numbers[op.y]}" r="{_numbers[op.rx]}"{paint}/>\n'
    return (
        f'<ellipse cx="{_numbers[op.x]}" cy="{_numbers[op.y]}" rx="{_numbers[op.rx]}" ry="{_numbers[op.ry]}"{paint}/>\n'
    )


def _lines(op: Lines) -> str:
    steps = ""
    pen: Point | None = None
    for x1, y1, x2, y2 in op.segments:
        if op.dash or pen != (x1, y1):  # a dash pattern begins anew with each line
            steps += f"M{_numbers[x1]} {_numbers[y1]}"
        steps += f"L{_numbers[x2]} {_numbers[y2]}"
        pen = (x2, y2)
    caps = ' stroke-linecap="round"' if op.round_caps else ""
    return f'<path d="{steps}"{_paint(None, op.stroke, op.width, op.dash)}{caps}/>\n'


def _path(op: PathOp) -> str:
    caps = ' stroke-linecap="round"' if op.round_caps and op.stroke else ""
    return f'<path d="{_steps(op.commands)}"{_paint(op.fill, op.stroke, op.width, op.dash)}{caps}/>\n'


@lru_cache(maxsize=2_048)
def _steps(commands: tuple[tuple[str | float, ...], ...]) -> str:
    """The steps of a path; icons are drawn over and over."""
    return "".join(str(c[0]) + " ".join(_numbers[float(v)] for v in c[1:]) for c in commands)


def _text(op: TextOp) -> str:
    anchor: str = op.anchor
    extra = ""
    if not op.text.isascii() and reads_right_to_left(op.text):
        extra = ' direction="rtl"'
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    if anchor != "start":
        extra += f' text-anchor="{anchor}"'
    if op.weight != 400:
        extra += f' font-weight="{op.weight}"'
    if op.struck:
        extra += ' text-decoration="line-through"'
    if "  " in op.text or op.text != op.text.strip():
        extra += ' xml:space="preserve"'
    return (
        f'<text x="{_numbers[op.x]}" y="{_numbers[op.y]}" font-size="{_numbers[op.size]}" fill="{op.colour}"{extra}>'
        f"{escape(op.text)}</text>\n"
    )


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is one of a script that runs from right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False
