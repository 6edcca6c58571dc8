"""Slides: diagrams and figures as a PowerPoint file of native shapes. The same slides give the same bytes.

python-pptx packs the file and brings its template, so that slides have the theme, layouts, title and notes of a deck
made by hand; what is drawn on them is written by the modules beside this one.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from workbench.export.docx_parts import same_dates
from workbench.export.pptx_xml import NAMESPACES, fill
from workbench.export.steps import Doing, Steps
from workbench.render.characters import clean, single_line
from workbench.render.ops import Bounds
from workbench.values import value_type

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as PptxSlide

_WIDTH: Final = 12_192_000
_HEIGHT: Final = 6_858_000
"""A wide slide of 13.33 x 7.5 inches, EMU."""
_LARGEST: Final = 4.0
"""How many times as large a slide may be: the format ends at 56 inches."""
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
_TITLE_ONLY: Final = 5
_TITLE_POINTS: Final = 26
_TITLE_LIMIT: Final = 300
_NOTES_LIMIT: Final = 20_000
TOLD: Final = 48
"""Letters of a title that a progress window has room for."""
_FIRST: Final = 100
"""Number of the first shape that is drawn; the placeholders have those below."""
_AT_ONCE: Final = 200
"""Shapes drawn between two looks at whether the file is still wanted."""
_DRAWN: Final = 0.8
"""Share of the work that goes into the shapes; the rest packs them."""

Draw = Callable[[Bounds, int], Iterable[str]]
"""Shapes as XML for a place on the slide (left, top, right, bottom; EMU), numbered from a first number on."""


@value_type(frozen=True, slots=True)
class Slide:
    """One slide.

    Attributes:
        draw: makes its shapes.
        footer: what stands at its foot.
        ground: colour of the slide; ``ink`` of its title and footer.
        shapes: about how many shapes there are; 0: few.
    """

    title: str
    draw: Draw
    notes: str = ""
    footer: str = ""
    ground: str = "#FFFFFF"
    ink: str = "#000000"
    shapes: int = 0


def pptx_steps(
    slides: Sequence[Slide], *, title: str, authors: Sequence[str], time: datetime | None, enlarged: float = 1.0
) -> Steps[bytes]:
    """The file of some slides, made step by step; each slide is named when its turn comes.

    Args:
        time: the time the deck speaks of.
        enlarged: how many times as large as usual the slides are, for diagrams of very many elements.
    """
    import pptx

    deck = pptx.Presentation()
    _widen(deck, min(max(enlarged, 1.0), _LARGEST))
    facts = deck.core_properties
    facts.title, facts.author = clean(title)[:255], clean(", ".join(authors))[:255]
    facts.last_modified_by, facts.revision, facts.keywords = "", 1, ""
    facts.created = facts.modified = (time or _EPOCH).replace(tzinfo=None, microsecond=0)
    for number, slide in enumerate(slides, start=1):
        each = _DRAWN / len(slides)
        yield Doing(each * (number - 1), f"Slide {number} of {len(slides)}: {single_line(slide.title, TOLD)}")
        for drawn in _add(deck, slide, number):
            yield each * (number - 1 + min(1.0, drawn / slide.shapes if slide.shapes else 0.0))
    yield Doing(_DRAWN, "Packing the file")
    out = io.BytesIO()
    deck.save(out)
    yield (1 + _DRAWN) / 2
    return same_dates(out.getvalue())


def _widen(deck: "Presentation", times: float) -> None:
    """Make the template's narrow slides wide, and as many times as large; its layouts go with them."""
    from pptx.util import Emu

    before = deck.slide_width or _WIDTH
    deck.slide_width, deck.slide_height = Emu(round(_WIDTH * times)), Emu(round(_HEIGHT * times))
    across = _WIDTH * times / before
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape._element.xpath("./p:spPr/a:xfrm"):  # noqa: SLF001 - whether it has a place of its own
                shape.left, shape.width = Emu(round(shape.left * across)), Emu(round(shape.width * across))
                shape.top, shape.height = Emu(round(shape.top * times)), Emu(round(shape.height * times))


def _add(deck: "Presentation", slide: Slide, number: int) -> Iterator[int]:
    """One slide, some shapes a step; yields how many there are."""
    from pptx.dml.color import RGBColor
    from pptx.oxml import parse_xml
    from pptx.util import Emu, Pt

    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    times = (deck.slide_height or _HEIGHT) / _HEIGHT
    width, height = _WIDTH * times, _HEIGHT * times
    margin = width * 0.03
    named = page.shapes.title
    if named is not None:
        named.left, named.top = Emu(round(margin)), Emu(round(height * 0.03))
        named.width, named.height = Emu(round(width - 2 * margin)), Emu(round(height * 0.11))
        named.text = clean(slide.title[:_TITLE_LIMIT])
        for paragraph in named.text_frame.paragraphs:
            paragraph.font.size = Pt(round(_TITLE_POINTS * times))
            paragraph.font.color.rgb = RGBColor(*bytes.fromhex(slide.ink[1:]))  # type: ignore[no-untyped-call]
    tree = page.shapes._spTree  # noqa: SLF001 - shapes are put in as XML
    place = (margin, height * 0.15, width - margin, height * 0.92)
    for drawn, xml in enumerate(chain(slide.draw(place, _FIRST), _foot(slide, number, times)), start=1):
        tree.append(parse_xml(_spaced(xml)))
        if not drawn % _AT_ONCE:
            yield drawn
    if slide.ground.upper() != "#FFFFFF":
        ground = f"<p:bg><p:bgPr>{fill(slide.ground)}<a:effectLst/></p:bgPr></p:bg>"
        page._element.cSld.insert(0, parse_xml(_spaced(ground)))  # noqa: SLF001 - python-pptx has gradients alone
    _note(page, slide.notes)


def _note(page: "PptxSlide", notes: str) -> None:
    if not notes:
        return
    frame = page.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = clean(notes[:_NOTES_LIMIT])


def _foot(slide: Slide, number: int, times: float) -> list[str]:
    """Footer and number of the slide, in the places the layout has for them, above what reaches under them."""
    look = f'<a:rPr sz="{round(1_000 * times)}">{fill(slide.ink)}</a:rPr>'
    words = f"<a:r>{look}<a:t>{escape(clean(slide.footer[:_TITLE_LIMIT]))}</a:t></a:r>"
    counted = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{look}<a:t>{number}</a:t></a:fld>'
    width, height = _WIDTH * times, _HEIGHT * times
    top, tall = height * 0.94, height * 0.06

    def place(left: float, right: float) -> str:
        return (
            f'<a:xfrm><a:off x="{round(left)}" y="{round(top)}"/>'
            f'<a:ext cx="{round(right - left)}" cy="{round(tall)}"/></a:xfrm>{fill(slide.ground)}'
        )

    split = width * 0.88
    counter = _placeholder(12, "Slide Number", "sldNum", 12, place(split, width * 0.97), counted)
    return [_placeholder(13, "Footer", "ftr", 11, place(0.0, split), words, "l", round(width * 0.03)), counter]


def _placeholder(
    id: int, name: str, kind: str, index: int, place: str, content: str, align: str = "r", inset: int = 0
) -> str:
    inner = f'<a:bodyPr lIns="{inset}" anchor="ctr"/>' if inset else '<a:bodyPr anchor="ctr"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
        f'<p:txBody>{inner}<a:lstStyle/><a:p><a:pPr algn="{align}"/>{content}</a:p></p:txBody></p:sp>'
    )


def _spaced(xml: str) -> str:
    """The same element with its namespaces said."""
    end = min(place for place in (xml.find(">"), xml.find(" ")) if place > 0)
    return f"{xml[:end]} {NAMESPACES}{xml[end:]}"
