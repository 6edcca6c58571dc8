"""Lays a document out on pages: paragraphs, tables whose headings stand on every page, pictures, all as ops.

The pages are drawn by the same painter as figures, so that text is text, pictures are lines, and the same document
gives the same bytes. Lengths are 1/96 inch.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from workbench.export.log_sheet import Cell
from workbench.export.log_xlsx import FILLS
from workbench.export.pdf import Part
from workbench.export.report_model import Paper, Picture, Table
from workbench.export.svg import reads_right_to_left
from workbench.render.ops import Lines, Op, RoundRect, TextOp
from workbench.render.text import Measure, wrap
from workbench.render.theme import Theme
from workbench.values import value_type

PAPERS: Final[dict[Paper, tuple[float, float, float]]] = {
    "portrait": (595 / 0.75, 842 / 0.75, 64.0),
    "landscape": (842 / 0.75, 595 / 0.75, 56.0),
    "wide": (1191 / 0.75, 842 / 0.75, 48.0),
}
"""Width, height and margin: A4 upright, A4 across, A3 across."""
TEXT: Final = 13
SMALL: Final = 12
LINE: Final = 1.34
_PAD: Final = 5.0
_HEAD_FILL: Final = "#EEF1F4"
_LEAST_SHOWN: Final = 3
"""Lines of a row that stand on a page before it goes on overleaf."""
_LEAST_READ: Final = 0.75
"""Pictures that would be smaller than this stand on a page across."""
_LEAST_ACROSS: Final = 0.55
"""Those that would be smaller than this even there stand on A3."""
_LEAST_SCALE: Final = 0.8
"""A picture is drawn so much smaller at most to stay on the page begun."""


class Line(NamedTuple):
    """A line of text, and whether its paragraph reads from the right."""

    text: str
    from_right: bool = False


@value_type(slots=True, eq=False)
class Filled:
    """A page being filled: ops in its own lengths, and pictures at a scale."""

    paper: Paper
    ops: list[Op]
    parts: list[Part]


class Pager:
    """Fills pages from top to bottom.

    Attributes:
        leaves: the pages so far.
        y: where the next line begins on the last of them.
    """

    def __init__(self, theme: Theme, measure: Measure) -> None:
        """Begin without a page."""
        self.theme = theme
        self.measure = measure
        self.leaves: list[Filled] = []
        self.y = 0.0
        self._back: Paper | None = None

    @property
    def number(self) -> int:
        """The page being filled, from 0."""
        return len(self.leaves) - 1

    @property
    def left(self) -> float:
        """Left edge of what is written."""
        return PAPERS[self.leaves[-1].paper][2]

    @property
    def width(self) -> float:
        """Room across."""
        wide, _, margin = PAPERS[self.leaves[-1].paper]
        return wide - 2 * margin

    @property
    def bottom(self) -> float:
        """What no line may cross."""
        _, tall, margin = PAPERS[self.leaves[-1].paper]
        return tall - margin - 10.0

    @property
    def ops(self) -> list[Op]:
        """What is drawn on the page being filled."""
        return self.leaves[-1].ops

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y <= PAPERS[self.leaves[-1].paper][2] + 0.01

    def new_page(self, paper: Paper | None = None) -> None:
        """Begin a page; where no paper is said, on that of the page before, or of the one before a turned one."""
        self.leaves.append(Filled(paper or self._back or self.leaves[-1].paper, [], []))
        self._back = None
        self.y = PAPERS[self.leaves[-1].paper][2]

    def section(self, paper: Paper) -> None:
        """Begin a section: on this page where half of it is left, else on a new one."""
        if self.leaves and self._back is None and self.leaves[-1].paper == paper and self.y < self.bottom * 0.5:
            self.space(34.0)
        else:
            self.new_page(paper)

    def need(self, height: float) -> None:
        """Begin a page where so much does not fit any more."""
        if self.y + height > self.bottom and not self.fresh:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave some room; none at the head of a page."""
        if not self.fresh:
            self.y += height

    def text(
        self,
        text: str,
        size: int = TEXT,
        *,
        weight: int = 400,
        colour: str = "",
        indent: float = 0.0,
        keep: float = 0.0,
    ) -> None:
        """Write a paragraph, going on overleaf where it must.

        Args:
            text: to write; ``size``, ``weight`` and ``colour`` of its letters.
            indent: from the left edge.
            keep: room that must be left below it on the same page, for what it is the heading of.
        """
        lines = self._wrapped(text, self.width - indent, size, weight)
        self.need(min(len(lines), 2) * size * LINE + keep)
        for line in lines:
            self.need(size * LINE)
            self.line(line, self.left + indent, self.width - indent, size, weight, colour)
            self.y += size * LINE

    def line(self, line: Line, left: float, width: float, size: int, weight: int = 400, colour: str = "") -> None:
        """Write one line where it stands now; from the right where its paragraph reads so."""
        self.ops.append(_line(line, left, width, self.y + size, size, weight, colour or self.theme.text.primary))

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write names and values, each value beside its name."""
        widest = max((self.measure.width(name, TEXT, 400) for name, _ in rows), default=0.0)
        names = min(self.width * 0.3, widest + 16.0)
        for name, value in rows:
            self.need(TEXT * LINE)
            label = self._wrapped(name, names - 10, TEXT, 400)
            lines = self._wrapped(value, self.width - names, TEXT, 400)
            for number in range(max(len(label), len(lines))):
                self.need(TEXT * LINE)
                if number < len(label):
                    self.line(label[number], self.left, names, TEXT, 400, self.theme.text.secondary)
                if number < len(lines):
                    self.line(lines[number], self.left + names, self.width - names, TEXT)
                self.y += TEXT * LINE

    def picture(self, picture: Picture) -> None:
        """Draw a picture as wide as the page at most, with its caption below; on a page across where it needs one."""
        sheet = picture.sheet
        turned = self._paper_for(picture)
        if turned != self.leaves[-1].paper:
            back = self.leaves[-1].paper
            self.new_page(turned)
            self._back = back
        caption = 22.0 if picture.caption else 4.0
        whole = self.bottom - PAPERS[self.leaves[-1].paper][2] - caption
        scale = min(1.0, self.width * picture.share / sheet.width, whole / sheet.height)
        rest = (self.bottom - self.y - caption) / sheet.height
        if rest < scale and not self.fresh:
            if rest >= scale * _LEAST_SCALE:
                scale = rest
            else:
                self.new_page()
        self.leaves[-1].parts.append(Part(sheet.ops, self.left, self.y, scale))
        self.y += sheet.height * scale + 4.0
        if picture.caption:
            self.text(picture.caption, SMALL, colour=self.theme.text.secondary)
        if self._back is not None:
            self.y = self.bottom

    def height_of(self, picture: Picture) -> float:
        """How much of the page a picture takes with its caption; nothing where it goes on a page of its own."""
        if self._paper_for(picture) != self.leaves[-1].paper:
            return 0.0
        scale = min(1.0, self.width * picture.share / picture.sheet.width)
        return picture.sheet.height * scale + (30.0 if picture.caption else 14.0)

    def _paper_for(self, picture: Picture) -> Paper:
        """The paper on which a picture can be read: that of the page, or the smallest page across."""
        here = self.leaves[-1].paper
        sheet = picture.sheet
        if here != "portrait" or self.width * picture.share / sheet.width >= _LEAST_READ:
            return here
        wide, tall, margin = PAPERS["landscape"]
        enough = min((wide - 2 * margin) / sheet.width, (tall - 2 * margin - 32) / sheet.height) >= _LEAST_ACROSS
        return "landscape" if enough else "wide"

    def table(self, table: Table, size: int = SMALL) -> None:
        """Write a table; its headings stand at the head of every page it goes on to."""
        total = sum(table.widths) or 1.0
        widths = [self.width * width / total for width in table.widths]
        heads = [
            self._wrapped(words, width - 2 * _PAD, size, 600)
            for words, width in zip(table.headings, widths, strict=True)
        ]
        rows = [
            [_Column(self._lines(cell, w, size), cell) for cell, w in zip(row, widths, strict=True)]
            for row in table.rows
        ]
        high = size * LINE
        first = max((len(column.lines) for column in rows[0]), default=1) if rows else 0
        self.need(self._tall(heads, high) + min(first, _LEAST_SHOWN) * high + 2 * _PAD)
        self._head(heads, widths, size)
        for row in rows:
            self._row(row, heads, widths, size)
        self.y += 8.0

    def _tall(self, heads: list[list[Line]], high: float) -> float:
        return max(map(len, heads), default=1) * high + 2 * _PAD

    def _head(self, heads: list[list[Line]], widths: list[float], size: int) -> None:
        tall = self._tall(heads, size * LINE)
        x = self.left
        for lines, width in zip(heads, widths, strict=True):
            self._box(x, tall, width, _HEAD_FILL)
            self._write(lines, x, width, size, 600)
            x += width
        self.y += tall

    def _row(self, row: "list[_Column]", heads: list[list[Line]], widths: list[float], size: int) -> None:
        high = size * LINE
        done, total = 0, max((len(column.lines) for column in row), default=1) or 1
        while done < total:
            room = int((self.bottom - self.y - 2 * _PAD) / high)
            left = total - done
            whole = int((self.bottom - PAPERS[self.leaves[-1].paper][2] - self._tall(heads, high) - 2 * _PAD) / high)
            if room < left and (room < _LEAST_SHOWN or (not done and left <= whole * 0.5)):
                self.new_page()
                self._head(heads, widths, size)
                room = max(1, whole)
            take = min(room, left)
            tall = take * high + 2 * _PAD
            x = self.left
            for column, width in zip(row, widths, strict=True):
                fill = f"#{FILLS[column.cell.steps]}" if column.cell.level else None
                self._box(x, tall, width, fill)
                lines = column.lines[done : done + take]
                self._write(lines, x, width, size, 600 if column.cell.level else 400)
                x += width
            self.y += tall
            done += take

    def _box(self, x: float, tall: float, width: float, fill: str | None) -> None:
        self.ops.append(RoundRect(x, self.y, width, tall, 0.0, fill, self.theme.border.base, 0.75))

    def _write(self, lines: Sequence[Line], x: float, width: float, size: int, weight: int) -> None:
        ink = self.theme.text.primary
        for number, line in enumerate(lines):
            base = self.y + _PAD + size + number * size * LINE
            self.ops.append(_line(line, x + _PAD, width - 2 * _PAD, base, size, weight, ink))

    def _wrapped(self, text: str, width: float, size: int, weight: int) -> list[Line]:
        """The lines of a text; each paragraph reads from the side its first letter does."""
        found = []
        for paragraph in text.split("\n"):
            from_right = not paragraph.isascii() and reads_right_to_left(paragraph)
            lines = wrap(paragraph, width=width, size=size, weight=weight, measure=self.measure)
            found += [Line(line, from_right) for line in lines or [""]]
        return found if text else []

    def _lines(self, cell: Cell, width: float, size: int) -> list[Line]:
        weight, room = 600 if cell.level else 400, width - 2 * _PAD
        lines = [line for text in cell.lines for line in self._wrapped(text, room, size, weight)]
        if len(lines) == 1 and cell.level:
            return self._wrapped(f"{lines[0].text} {cell.level}", room, size, weight)
        return lines + (self._wrapped(cell.level, room, size, weight) if cell.level else [])

    def rule(self) -> None:
        """Draw a line across."""
        self.ops.append(Lines(((self.left, self.y, self.left + self.width, self.y),), self.theme.border.strong, 1.0))


@value_type(frozen=True, slots=True, eq=False)
class _Column:
    """A cell with its lines."""

    lines: list[Line]
    cell: Cell


def _line(line: Line, left: float, width: float, base: float, size: int, weight: int, colour: str) -> TextOp:
    if line.from_right:
        return TextOp(left + width, base, line.text, size, weight, colour, "end")
    return TextOp(left, base, line.text, size, weight, colour)
