"""What can be asked of an export, and its limits."""

import math
from pathlib import Path
from typing import Final, Literal, get_args

from workbench.analysis.levels import ALL
from workbench.export.errors import ExportError
from workbench.render.theme import THEME_NAMES, ThemeName
from workbench.values import value_type

Format = Literal["png", "svg", "pdf"]
Orientation = Literal["auto", "portrait", "landscape"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_ELSEWHERE: Final = {
    **dict.fromkeys(("drawio", "dot", "mmd"), "diagrams alone are written so"),
    **dict.fromkeys(("xlsx", "csv", "md"), "add --what log for the hazard log"),
    **dict.fromkeys(("docx", "html"), "add --what log for the hazard log, or --what report"),
}
"""Endings that other exports write, and what to do."""
WRITES: Final = "figures are png, svg or pdf"

MIN_DPI: Final = 24.0
MAX_DPI: Final = 1200.0
MAX_SIDE: Final = 20_000
"""Pixels; raster engines lose precision soon above, and many viewers refuse more."""
MAX_PIXELS: Final = 200_000_000
"""Of a PNG: 800 MB while it is drawn."""
MIN_WIDTH: Final = 16


@value_type(frozen=True, slots=True)
class ExportOptions:
    """How a figure is drawn.

    Attributes:
        format: ``png``, ``svg`` or ``pdf``.
        theme: name of the theme; ``print`` has a white canvas and inks that survive grey paper.
        dpi: resolution of a PNG. None: 192, or as much less as a very large diagram needs; with ``width`` what the
            width gives. SVG and PDF are drawn as lines and need none.
        width: width of the whole figure in pixels (SVG, PDF: in 1/96 inch); None: as large as on the canvas at 100 %.
        transparent: no canvas behind the figure.
        furniture: title above; below it what of the next three is asked for.
        legend: the signs in use; ``block``: the title block; ``footnotes``: what each verdict rests on.
        findings: the linter's badges stand on the figure.
        outlines: of an SVG: letters are drawn, for programs without the font.
        as_of: ISO date or time that stands in the title block and decides what is stale; None: the newest time
            stored in the project.
        revision: what the title block says of the revision; empty: left out.
        only: ids of what is drawn of the diagram; empty: all of it.
        seen: the part of the scene that is drawn (left, top, right, bottom); None: all of it.
        levels: how much of the diagram is drawn, from 1 (hazard and top event) to 5 (everything).
        light: ids at full strength while the rest is dimmed; empty: everything alike.
        page: size of the paper the figure is fitted onto, such as ``A4``; empty: as large as the figure.
        orientation: how that paper lies; ``auto``: as the figure does.
        margin: of the paper, millimetres.
        tile: a PDF of many such pages that are put together to a poster, with crop marks and a map.
        poster: size of the poster that is tiled; empty: as large as the figure.
        overlap: of the poster's pages, millimetres.
    """

    format: Format = "png"
    theme: ThemeName = "print"
    dpi: float | None = None
    width: float | None = None
    transparent: bool = False
    furniture: bool = True
    legend: bool = True
    block: bool = True
    footnotes: bool = False
    findings: bool = False
    outlines: bool = False
    as_of: str | None = None
    revision: str = ""
    only: tuple[str, ...] = ()
    seen: tuple[float, float, float, float] | None = None
    levels: int = 5
    light: tuple[str, ...] = ()
    page: str = ""
    orientation: Orientation = "auto"
    margin: float = 10.0
    tile: bool = False
    poster: str = ""
    overlap: float = 10.0


def format_of(path: Path) -> Format:
    """The format that a file name asks for by its ending.

    Raises:
        ExportError: the ending is missing, unknown or of a format that this version does not write.
    """
    return checked_format(path.suffix[1:], path.name)


def checked_format(name: str, asked: str = "") -> Format:
    """``name`` as a format.

    Raises:
        ExportError: it is none that this version writes.
    """
    ending = name.lower()
    if ending in FORMATS:
        return ending
    if ending in _ELSEWHERE:
        raise ExportError(f"{asked or name}: {WRITES}; {_ELSEWHERE[ending]}.")
    if not ending:
        raise ExportError(f"{asked or 'the file'}: the name has no ending; give it one of .png, .svg, .pdf.")
    raise ExportError(
        f"{asked or name}: .{ending} is no format of figures; {WRITES}, and diagrams also pptx, drawio, dot or mmd."
    )


def check(options: ExportOptions) -> None:
    """Refuse options outside their limits.

    Raises:
        ExportError: naming the option and what it may be.
    """
    checked_format(options.format)
    if options.theme not in THEME_NAMES:
        raise ExportError(f"there is no theme {options.theme!r}; the themes are: {', '.join(THEME_NAMES)}.")
    if options.dpi is not None and not (math.isfinite(options.dpi) and MIN_DPI <= options.dpi <= MAX_DPI):
        raise ExportError(f"--dpi {options.dpi:.10g}: give a resolution from {MIN_DPI:g} to {MAX_DPI:g}.")
    if options.width is not None and not (math.isfinite(options.width) and MIN_WIDTH <= options.width <= MAX_SIDE):
        raise ExportError(f"--width {options.width:.10g}: give a width from {MIN_WIDTH} to {MAX_SIDE} pixels.")
    if not 1 <= options.levels <= ALL:
        raise ExportError(f"--level {options.levels}: give a level from 1, hazard and top event, to {ALL}, everything.")
    if options.outlines and options.format != "svg":
        raise ExportError(f"--outlines draws the letters of an SVG; leave it out with .{options.format}.")
    if options.page and options.width is not None:
        raise ExportError("--width and --page both say how large the figure is; leave out one of them.")
    if options.tile and options.format != "pdf":
        raise ExportError(f"--tile makes a PDF of many pages; leave it out with .{options.format}.")
    if options.tile and not options.page:
        raise ExportError("--tile needs the paper it is printed on: add --page A4.")
    if options.poster and not options.tile:
        raise ExportError("--poster says how large a tiled poster is; add --tile and the paper, --page A4.")
    if options.orientation not in get_args(Orientation):
        raise ExportError(f"{options.orientation!r}: a page is portrait, landscape or auto: as the figure lies.")
