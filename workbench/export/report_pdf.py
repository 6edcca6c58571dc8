"""The report as a PDF: a title page with contents, sections on pages that suit them, page numbers and bookmarks.

Pages are laid out here and drawn with the painter of the figures (``report_pages``). Qt's own document class would lay
tables out too, but draws pictures as pixels, breaks lines otherwise from one Qt to the next, and reads markup.
"""

from collections.abc import Generator
from typing import Final

from workbench.export.gui import here
from workbench.export.pdf import Page, Part, page_steps
from workbench.export.pdf_file import Description, Mark
from workbench.export.report_model import Block, Facts, Heading, Picture, Report, Section, Table, Words
from workbench.export.report_pages import PAPERS, SMALL, TEXT, Filled, Line, Pager
from workbench.export.steps import Aside, Step
from workbench.render.ops import Lines, Op, Polygon, TextOp
from workbench.render.text import Measure, elide
from workbench.render.theme import Theme

_TITLE: Final = 30
_SECTION: Final = 23
_PART: Final = 16
_KEEP: Final = 90.0
"""Room that must be left beneath a heading."""
_HEAD: Final = 48.0
"""Height of a heading with the room around it."""
_WIDE_TEXT: Final = 11

Entry = tuple[str, int, int]
"""Words, depth and page of one line of the contents."""


def write_pdf(
    report: Report, theme: Theme, measure: Measure, *, aside: Aside = here
) -> Generator[Step | None, None, bytes]:
    """The file, laid out step by step.

    Args:
        aside: where is done what Qt does not paint.

    Raises:
        ExportError: Qt could not write it.
    """
    body = Pager(theme, measure)
    entries: list[Entry] = []
    for number, section in enumerate(report.sections, 1):
        yield from _section(body, section, number, entries)
    front = _front(report, entries, 0, theme, measure)
    shift = len(front.leaves)
    front = _front(report, entries, shift, theme, measure)
    leaves = [*front.leaves, *body.leaves]
    pages = [_page(leaf, number, len(leaves), report, theme, measure) for number, leaf in enumerate(leaves)]
    yield None
    marks = [Mark(words, page + shift) for words, _, page in entries]
    description = Description(f"{report.title}: {report.project}", report.authors, report.time, marks)
    return (yield from page_steps(pages, description, aside=aside))


def _section(pager: Pager, section: Section, number: int, entries: list[Entry]) -> Generator[None, None, None]:
    pager.section(section.page)
    title = f"{number} {section.title}"
    entries.append((title, 0, pager.number))
    pager.text(title, _SECTION, weight=600)
    pager.y += 4.0
    pager.rule()
    pager.y += 10.0
    for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=True):
        if isinstance(block, Heading) and isinstance(following, Picture):
            pager.need(_HEAD + pager.height_of(following))
        _write(pager, block, section, entries)
        yield


def _write(pager: Pager, block: Block, section: Section, entries: list[Entry]) -> None:
    if isinstance(block, Heading):
        pager.space(16.0)
        pager.need(_KEEP)
        if section.id == "hazards":
            entries.append((block.text, 1, pager.number))
        pager.text(block.text, _PART, weight=600, keep=_KEEP)
        pager.y += 4.0
    elif isinstance(block, Words):
        _words(pager, block)
    elif isinstance(block, Facts):
        pager.facts(block.rows)
        pager.y += 6.0
    elif isinstance(block, Picture):
        pager.y += 4.0
        pager.picture(block)
        pager.y += 6.0
    elif isinstance(block, Table):
        pager.y += 4.0
        pager.table(block, _WIDE_TEXT if section.page == "wide" else SMALL)


def _words(pager: Pager, block: Words) -> None:
    theme = pager.theme
    if block.style == "strong":
        pager.space(8.0)
        pager.text(block.text, TEXT, weight=600, keep=40.0)
    elif block.style == "note":
        pager.text(block.text, SMALL, colour=theme.text.secondary)
    elif block.style == "item":
        pager.need(2 * TEXT)
        x, y = pager.left + 6.0, pager.y + TEXT * 0.68
        pager.ops.append(Polygon(((x - 2, y), (x, y - 2), (x + 2, y), (x, y + 2)), fill=theme.text.primary))
        pager.text(block.text, TEXT, indent=16.0)
    elif block.style == "quote":
        start, page = pager.y, pager.number
        pager.text(block.text, TEXT, indent=18.0)
        if page == pager.number:
            x = pager.left + 5.0
            pager.ops.append(Lines(((x, start + 2, x, pager.y - 2),), theme.border.strong, 2.0))
    else:
        pager.text(block.text, TEXT)
    pager.y += 4.0


def _front(report: Report, entries: list[Entry], shift: int, theme: Theme, measure: Measure) -> Pager:
    """Title, facts and contents; pages of the contents are ``shift`` further on than those of the body."""
    pager = Pager(theme, measure)
    pager.new_page("portrait")
    pager.y += 60.0
    pager.text(report.project, _TITLE, weight=600)
    pager.y += 6.0
    pager.text(report.title, _PART + 2, colour=theme.text.secondary)
    pager.y += 18.0
    pager.facts(report.facts)
    pager.y += 26.0
    pager.text("Contents", _PART, weight=600)
    pager.y += 6.0
    for words, depth, page in entries:
        indent = 18.0 * depth
        pager.need(TEXT * 1.5)
        room = pager.width - indent - 50.0
        shown = elide(words, width=room, size=TEXT, weight=400 if depth else 600, measure=measure)
        pager.line(Line(shown), pager.left + indent, room, TEXT, 400 if depth else 600)
        right = pager.left + pager.width
        number = TextOp(right, pager.y + TEXT, str(page + shift + 1), TEXT, 400, theme.text.primary, "end")
        pager.ops.append(number)
        begin = pager.left + indent + measure.width(shown, TEXT, 400 if depth else 600) + 8.0
        end = right - measure.width(number.text, TEXT, 400) - 8.0
        if end > begin:
            dots = Lines(((begin, pager.y + TEXT - 1, end, pager.y + TEXT - 1),), theme.border.base, 0.75, (1.0, 3.0))
            pager.ops.append(dots)
        pager.y += TEXT * (1.4 if depth else 1.6)
    return pager


def _page(leaf: Filled, number: int, count: int, report: Report, theme: Theme, measure: Measure) -> Page:
    """A page with its foot: what this is, and which page of how many."""
    wide, tall, margin = PAPERS[leaf.paper]
    base = tall - margin * 0.5
    foot: list[Op] = []
    if number:
        said, room = f"{report.project} · {report.title}", (wide - 2 * margin) * 0.8
        words = elide(said, width=room, size=SMALL, weight=400, measure=measure)
        foot.append(TextOp(margin, base, words, SMALL, 400, theme.text.secondary))
        foot.append(TextOp(wide - margin, base, f"{number + 1} of {count}", SMALL, 400, theme.text.secondary, "end"))
    return Page(wide, tall, theme.surface.canvas, (*leaf.parts, Part((*leaf.ops, *foot))))
