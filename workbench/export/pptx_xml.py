"""DrawingML as text: geometry, fills, lines and paragraphs of shapes on slides. Lengths are EMU, 914,400 to the inch.

Written by hand, because python-pptx makes neither shapes with joints of their own nor lines between them; it reads what
stands here, and packs it. Names after ECMA-376, part 1, chapter 20.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from workbench.layout.geometry import Point
from workbench.render.characters import clean
from workbench.render.ops import Dash
from workbench.values import value_type

NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
EMU: Final = 9525
"""In one unit of a scene at 100 %, of which 96 make an inch."""
_SMALLEST, _LARGEST = 100, 400_000
"""Sizes of letters in hundredths of a point that the format takes."""
_NAME_LIMIT: Final = 255
_TURN: Final = 21_600_000
"""A whole turn in sixty-thousandths of a degree."""
_POINT: Final = 12_700
"""EMU in a point."""

Commands = Sequence[tuple[str | float, ...]]


@value_type(frozen=True, slots=True)
class Run:
    """A paragraph of a shape's text.

    Attributes:
        size: height of letters in EMU.
    """

    text: str
    size: float
    colour: str
    bold: bool = False
    struck: bool = False


@value_type(frozen=True, slots=True)
class Body:
    """How text stands in a shape.

    Attributes:
        align: ``l``, ``ctr`` or ``r``; ``anchor``: ``t``, ``ctr`` or ``b``.
        insets: left, top, right and bottom, EMU.
        wrap: lines are broken at the shape's edge; else only where the text breaks them.
    """

    align: str = "ctr"
    anchor: str = "ctr"
    insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    wrap: bool = True


def names(id: int, name: str, description: str = "") -> str:
    """The element that names a shape for lists and screen readers."""
    told = f" descr={attribute(description)}" if description else ""
    return f'<p:cNvPr id="{id}" name={attribute(name)}{told}/>'


def attribute(text: str) -> str:
    """A text as an attribute's value with its quotes, no longer than the format takes."""
    return quoteattr(clean(text[: _NAME_LIMIT * 4])[:_NAME_LIMIT], {"\n": " ", '"': "&quot;"})


def xfrm(x: float, y: float, w: float, h: float, *, turn: float = 0.0, flip: tuple[bool, bool] = (False, False)) -> str:
    """Place and size; ``turn`` in degrees clockwise, ``flip`` across and down."""
    said = f' rot="{round(turn * 60_000) % _TURN}"' if turn else ""
    said += ' flipH="1"' * flip[0] + ' flipV="1"' * flip[1]
    return f'<a:xfrm{said}><a:off x="{round(x)}" y="{round(y)}"/><a:ext cx="{round(w)}" cy="{round(h)}"/></a:xfrm>'


def preset(name: str, **adjust: float) -> str:
    """A shape of the format's own; adjustments in hundred-thousandths."""
    guides = "".join(f'<a:gd name="{key}" fmla="val {round(value)}"/>' for key, value in adjust.items())
    return f'<a:prstGeom prst="{name}"><a:avLst>{guides}</a:avLst></a:prstGeom>'


def outline(
    w: float,
    h: float,
    commands: Commands,
    sites: Iterable[Point] = (),
    *,
    filled: bool = True,
    words: Point | None = None,
) -> str:
    """A shape of its own: an outline in EMU from its upper left corner, with places where lines are joined.

    ``("M", x, y)``, ``("L", x, y)``, ``("C", x1, y1, x2, y2, x, y)`` and ``("Z",)`` as elsewhere.

    Args:
        words: where its text begins and where it ends, from the left; None: it has the whole width.
    """
    places = [(round(x), round(y)) for x, y in sites]
    wide, tall = max(round(w), 1), max(round(h), 1)
    guides = "".join(
        f'<a:gd name="connsiteX{i}" fmla="*/ {x} w {wide}"/><a:gd name="connsiteY{i}" fmla="*/ {y} h {tall}"/>'
        for i, (x, y) in enumerate(places)
    )
    joints = "".join(f'<a:cxn ang="0"><a:pos x="connsiteX{i}" y="connsiteY{i}"/></a:cxn>' for i in range(len(places)))
    begin, end = words if words is not None else (0.0, wide)
    guides += f'<a:gd name="words" fmla="*/ {round(begin)} w {wide}"/>'
    until = "r" if end >= wide else "wordsEnd"
    if until != "r":
        guides += f'<a:gd name="wordsEnd" fmla="*/ {round(end)} w {wide}"/>'
    inside = "" if filled else ' fill="none"'
    return (
        f"<a:custGeom><a:avLst/><a:gdLst>{guides}</a:gdLst><a:ahLst/><a:cxnLst>{joints}</a:cxnLst>"
        f'<a:rect l="words" t="t" r="{until}" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{tall}"{inside}>{"".join(map(_command, commands))}</a:path></a:pathLst>'
        "</a:custGeom>"
    )


def _command(command: tuple[str | float, ...]) -> str:
    name, *numbers = command
    if name == "Z":
        return "<a:close/>"
    values = [float(number) for number in numbers]
    points = "".join(f'<a:pt x="{round(x)}" y="{round(y)}"/>' for x, y in zip(values[::2], values[1::2], strict=True))
    tag = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}[str(name)]
    return f"<a:{tag}>{points}</a:{tag}>"


def fill(colour: str | None) -> str:
    """One colour (``#rrggbb``), or none."""
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>' if colour else "<a:noFill/>"


def banded(colour: str, band: str, share: float) -> str:
    """One colour below, another in a band on top that takes a share of the height."""
    end = round(share * 100_000)
    stops = "".join(
        f'<a:gs pos="{place}"><a:srgbClr val="{ink[1:].upper()}"/></a:gs>'
        for place, ink in ((0, band), (end, band), (end, colour), (100_000, colour))
    )
    return f'<a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>'


def line(
    colour: str | None, width: float = 0.0, dash: Dash = (), *, arrow: bool = False, round_caps: bool = False
) -> str:
    """An outline or a line; ``dash`` in units of its width."""
    if not colour:
        return "<a:ln><a:noFill/></a:ln>"
    marks = ""
    if dash:
        pairs = zip(dash[::2], dash[1::2], strict=False)
        unit = max(width, 1.0)
        marks = "".join(f'<a:ds d="{round(a / unit * 100_000)}" sp="{round(b / unit * 100_000)}"/>' for a, b in pairs)
        marks = f"<a:custDash>{marks}</a:custDash>"
    head = '<a:tailEnd type="triangle"/>' if arrow else ""
    cap = ' cap="rnd"' if round_caps else ""
    return f'<a:ln w="{round(width)}"{cap}>{fill(colour)}{marks}<a:round/>{head}</a:ln>'


def text(paragraphs: Iterable[Run], body: Body) -> str:
    """A shape's text. Letters are in the theme's font, so that a deck's own look holds."""
    left, top, right, bottom = map(round, body.insets)
    wrap = "square" if body.wrap else "none"
    shrink = "<a:normAutofit/>" if body.wrap else "<a:noAutofit/>"
    inner = "".join(_paragraph(run, body.align) for run in paragraphs) or "<a:p><a:endParaRPr/></a:p>"
    return (
        f'<p:txBody><a:bodyPr wrap="{wrap}" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}"'
        f' anchor="{body.anchor}" rtlCol="0">{shrink}</a:bodyPr><a:lstStyle/>{inner}</p:txBody>'
    )


def _paragraph(run: Run, align: str) -> str:
    points = min(_LARGEST, max(_SMALLEST, round(run.size / _POINT * 100)))
    look = f' sz="{points}"' + ' b="1"' * run.bold + ' strike="sngStrike"' * run.struck
    inks = fill(run.colour)
    lines = (f"<a:r><a:rPr{look}>{inks}</a:rPr><a:t>{escape(part)}</a:t></a:r>" for part in clean(run.text).split("\n"))
    words = f"<a:br><a:rPr{look}>{inks}</a:rPr></a:br>".join(lines)
    turned = _runs_left(run.text)
    side = "r" if turned and align == "l" else align
    course = ' rtl="1"' * turned
    return f'<a:p><a:pPr algn="{side}"{course}><a:buNone/></a:pPr>{words}</a:p>'


def _runs_left(text: str) -> bool:
    """Whether a text is written from right to left: by its first letter that says so (Unicode annex 9, rule P2)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
