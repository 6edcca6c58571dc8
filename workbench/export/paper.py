"""Paper: a figure fitted onto a page of a size of its own, or laid out as a poster over many sheets. No Qt.

Lengths are 1/96 inch, as on figures. A poster's sheets overlap; crop marks say where each is cut, and a first sheet
maps how they are put together.
"""

from collections.abc import Iterator
from math import ceil
from typing import Final

from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions, Orientation
from workbench.export.sheet import Sheet
from workbench.render.ops import Bounds, Group, Lines, Op, Ops, RoundRect, TextOp
from workbench.values import value_type

MM: Final = 96 / 25.4
SIZES: Final[dict[str, tuple[float, float]]] = {
    "A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297), "A5": (148, 210),
    "Letter": (215.9, 279.4), "Legal": (215.9, 355.6), "Tabloid": (279.4, 431.8),
}  # fmt: skip
"""Width and height upright, millimetres: ISO 216, and what North America prints on."""
MAX_MARGIN: Final = 50.0
MAX_OVERLAP: Final = 50.0
MAX_SHEETS: Final = 400
"""Of one poster. An A0 takes 25 sheets of A4."""
_MARK: Final = 5 * MM
_INK: Final = "#404040"
_HAIR: Final = 0.5
_SMALL: Final = 9
_MAP_TEXT: Final = 14


@value_type(frozen=True, slots=True)
class Paper:
    """A page.

    Attributes:
        margin: on every side that nothing is drawn on.
    """

    width: float
    height: float
    margin: float

    @property
    def room(self) -> tuple[float, float]:
        """Width and height within the margins."""
        return self.width - 2 * self.margin, self.height - 2 * self.margin


@value_type(frozen=True, slots=True)
class Leaf:
    """One page as it is written: a figure, or a part of it, at a scale and place.

    Attributes:
        sheet: the figure.
        width: of the page, with ``height``.
        scale: of the figure.
        x: where its upper left corner stands on the page, with ``y``; may lie outside.
        clip: what of the page it may cover; None: all.
        over: drawn above it, in places of the page.
        title: of the page, for lists of pages.
    """

    sheet: Sheet
    width: float
    height: float
    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0
    clip: Bounds | None = None
    over: Ops = ()
    title: str = ""


def paper(name: str, sheet: Sheet, orientation: Orientation = "auto", margin: float = 10.0) -> Paper:
    """A page of a named size.

    Args:
        sheet: the figure that ``auto`` turns the page for.
        margin: millimetres.

    Raises:
        ExportError: there is no such size, or the margins leave no room.
    """
    found = next((size for known, size in SIZES.items() if known.casefold() == name.strip().casefold()), None)
    if found is None:
        raise ExportError(f"there is no page size {name!r}; the sizes are: {', '.join(SIZES)}.")
    if not 0 <= margin <= MAX_MARGIN:
        raise ExportError(f"a margin of {margin:.10g} mm: give one from 0 to {MAX_MARGIN:g} mm.")
    width, height = found[0] * MM, found[1] * MM
    lying = sheet.width > sheet.height if orientation == "auto" else orientation == "landscape"
    return Paper(height, width, margin * MM) if lying else Paper(width, height, margin * MM)


def fitted(sheet: Sheet, page: Paper) -> Leaf:
    """A figure as large as it fits within the margins, in the middle."""
    wide, tall = page.room
    scale = min(wide / sheet.width, tall / sheet.height)
    x, y = (page.width - sheet.width * scale) / 2, (page.height - sheet.height * scale) / 2
    return Leaf(sheet, page.width, page.height, scale, x, y, title=sheet.title)


def leaf_of(sheet: Sheet, options: ExportOptions) -> Leaf:
    """The one page of a figure: paper, or as large as the figure itself.

    Raises:
        ExportError: there is no such paper.
    """
    if options.page:
        return fitted(sheet, paper(options.page, sheet, options.orientation, options.margin))
    return whole(sheet, 1.0 if options.width is None else options.width / sheet.width)


def whole(sheet: Sheet, scale: float = 1.0) -> Leaf:
    """A page as large as its figure."""
    return Leaf(sheet, sheet.width * scale, sheet.height * scale, scale, title=sheet.title)


def leaves_of(sheet: Sheet, options: ExportOptions) -> list[Leaf]:
    """The pages of a figure: one, or those of a poster, on paper turned so that there are fewest of them.

    Raises:
        ExportError: there is no such paper, or it would be too many sheets.
    """
    if not options.tile:
        return [leaf_of(sheet, options)]
    big = whole(sheet)
    if options.poster:
        big = fitted(sheet, paper(options.poster, sheet, "auto", options.margin))
    turns: tuple[Orientation, ...] = ("portrait", "landscape")
    ways = [options.orientation] if options.orientation != "auto" else turns
    pages = [paper(options.page, sheet, way, options.margin) for way in ways]
    cuts = [len(tiles(big.width, big.height, page, options.overlap * MM)) for page in pages]
    return poster(big, pages[cuts.index(min(cuts))], options.overlap)


@value_type(frozen=True, slots=True)
class Tile:
    """One sheet of a poster: its row and column from 0, and the part of the poster it shows."""

    row: int
    column: int
    x: float
    y: float
    w: float
    h: float

    @property
    def name(self) -> str:
        """Letters for the row, a number for the column: ``A1`` is the upper left one."""
        letters, rest = "", self.row
        while True:
            letters = chr(ord("A") + rest % 26) + letters
            rest = rest // 26 - 1
            if rest < 0:
                return f"{letters}{self.column + 1}"


def tiles(width: float, height: float, page: Paper, overlap: float) -> list[Tile]:
    """How a poster is cut for sheets of paper, row by row.

    Args:
        width: of the poster, with ``height``.
        overlap: what a sheet shares with the one before it.

    Raises:
        ExportError: the overlap leaves no room, or it would be too many sheets.
    """
    wide, tall = page.room
    if min(wide, tall) - overlap < 10 * MM:
        raise ExportError("margins and overlap leave less than 10 mm of a sheet; make them smaller.")
    columns = max(1, ceil((width - overlap) / (wide - overlap) - 1e-9))
    rows = max(1, ceil((height - overlap) / (tall - overlap) - 1e-9))
    if rows * columns > MAX_SHEETS:
        raise ExportError(
            f"that would be {rows * columns} sheets, more than {MAX_SHEETS}; choose larger paper or a smaller poster."
        )
    out = []
    for row in range(rows):
        for column in range(columns):
            x, y = column * (wide - overlap), row * (tall - overlap)
            out.append(Tile(row, column, x, y, min(wide, width - x), min(tall, height - y)))
    return out


def poster(leaf: Leaf, page: Paper, overlap: float = 10.0) -> list[Leaf]:
    """The sheets of a poster: a map of them, then each.

    Args:
        leaf: the poster as one page.
        page: the paper it is printed on.
        overlap: millimetres.

    Raises:
        ExportError: as ``tiles``.
    """
    if not 0 <= overlap <= MAX_OVERLAP:
        raise ExportError(f"an overlap of {overlap:.10g} mm: give one from 0 to {MAX_OVERLAP:g} mm.")
    cut = tiles(leaf.width, leaf.height, page, overlap * MM)
    out = [_map(leaf, page, cut, overlap)]
    for tile in cut:
        left, top = page.margin, page.margin
        window = (left, top, left + tile.w, top + tile.h)
        last = tile.row == cut[-1].row, tile.column == cut[-1].column
        out.append(
            Leaf(
                leaf.sheet,
                page.width,
                page.height,
                leaf.scale,
                left + leaf.x - tile.x,
                top + leaf.y - tile.y,
                window,
                tuple(_marks(tile, window, leaf.title, overlap * MM, last)),
                f"{leaf.title} {tile.name}",
            )
        )
    return out


def _marks(tile: Tile, window: Bounds, title: str, overlap: float, last: tuple[bool, bool]) -> Iterator[Op]:
    """Where a sheet is cut, how far the next one covers it, and which sheet it is: all in the margin."""
    left, top, right, bottom = window
    reach = min(_MARK, left, top)
    corners = [
        *((x, top - reach, x, top - 1) for x in (left, right)),
        *((x, bottom + 1, x, bottom + reach) for x in (left, right)),
        *((left - reach, y, left - 1, y) for y in (top, bottom)),
        *((right + 1, y, right + reach, y) for y in (top, bottom)),
    ]
    yield Group((Lines(tuple(corners), _INK, _HAIR),), css="crop-marks")
    covered = []
    if not last[1]:
        covered += [(right - overlap, top - reach, right - overlap, top - 1)]
        covered += [(right - overlap, bottom + 1, right - overlap, bottom + reach)]
    if not last[0]:
        covered += [(left - reach, bottom - overlap, left - 1, bottom - overlap)]
        covered += [(right + 1, bottom - overlap, right + reach, bottom - overlap)]
    if covered and overlap:
        yield Group((Lines(tuple(covered), _INK, _HAIR, (2.0, 2.0)),), css="overlap-marks")
    if left >= _SMALL * 1.6:
        words = f"{tile.name} · {title}"[:120]
        yield TextOp(left + reach + 4, bottom + _SMALL * 1.3, words, _SMALL, 400, _INK)


def _map(leaf: Leaf, page: Paper, cut: list[Tile], overlap: float) -> Leaf:
    """The poster small, with every sheet drawn on it by name."""
    wide, tall = page.room
    head = _MAP_TEXT * 5.0
    scale = min(wide / leaf.width, (tall - head) / leaf.height)
    x, y = (page.width - leaf.width * scale) / 2, page.margin + head
    rows, columns = cut[-1].row + 1, cut[-1].column + 1
    words = (
        leaf.title[:100],
        f"{len(cut)} sheets in {rows} {'row' if rows == 1 else 'rows'} of {columns}, {overlap:g} mm overlap.",
        "Cut each sheet at its left and upper marks, and lay it on the dashed marks of the sheet before.",
    )
    over: list[Op] = [
        TextOp(page.margin, page.margin + _MAP_TEXT * (1.1 + 1.4 * i), text, _MAP_TEXT, 600 if i == 0 else 400, _INK)
        for i, text in enumerate(words)
    ]
    over.append(RoundRect(x, y, leaf.width * scale, leaf.height * scale, 0.0, None, _INK, 1.0))
    for tile in cut:
        left, top, w, h = x + tile.x * scale, y + tile.y * scale, tile.w * scale, tile.h * scale
        size = max(7, min(28, round(min(w, h) * 0.3)))
        over.append(RoundRect(left, top, w, h, 0.0, None, _INK, _HAIR, (3.0, 2.0)))
        halo = RoundRect(left + w / 2 - size, top + h / 2 - size * 0.8, 2 * size, size * 1.3, 3.0, "#FFFFFF")
        over += [halo, TextOp(left + w / 2, top + h / 2 + size * 0.3, tile.name, size, 600, _INK, "middle")]
    clip = (x, y, x + leaf.width * scale, y + leaf.height * scale)
    small = leaf.scale * scale
    name = f"{leaf.title}: how the sheets are put together"
    return Leaf(
        leaf.sheet, page.width, page.height, small, x + leaf.x * scale, y + leaf.y * scale, clip, tuple(over), name
    )
