"""The figure of a capability grid: heat maps, sweep and legend, written as PNG, SVG or PDF.

The same grid gives the same bytes. The heat map is the one of the screen; nothing here needs pyqtgraph.
"""

from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from workbench.analysis.capability import grid_view, grids, sweep_view
from workbench.commands.names import short_title
from workbench.export.capability_figure import figure_ops, foot_ops
from workbench.export.dates import figure_time, spelled
from workbench.export.errors import ExportError
from workbench.export.facts import UNTITLED_PROJECT, one_line, project_of
from workbench.export.gui import ensure_gui
from workbench.export.options import ExportOptions, check, format_of
from workbench.export.out_file import check_place, put
from workbench.export.png import draw_image
from workbench.export.sheet import Sheet
from workbench.export.sheet_file import sheet_file
from workbench.model.judgement import CapabilityGrid
from workbench.render.fonts import qt_measure
from workbench.render.ops import Group, Op, Ops, TextOp
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme, load_theme
from workbench.store.store import Store

NO_GRID: Final = "the project has no capability grid to export; add one first."
_MARGIN: Final = 40.0
_TITLE: Final = 27
_SUBTITLE: Final = 15


def export_capability(store: Store, out: Path, *, grid: str | None = None, options: ExportOptions | None = None) -> int:
    """Write the figure of a capability grid into a file whose ending says the format; returns its bytes.

    Args:
        store: the project.
        out: the file to write.
        grid: id, title or number of a grid; None: the first by title.
        options: how to draw; its format gives way to the ending of ``out``.

    Raises:
        ExportError: an option, the file name, the grid or the folder does not do. Nothing was written.
    """
    wanted = replace(options or ExportOptions(), format=format_of(out))
    check_place(out)
    data = capability_bytes(store, grid, wanted)
    return put(out, data)


def capability_bytes(store: Store, grid: str | None = None, options: ExportOptions | None = None) -> bytes:
    """The file of one grid's figure.

    Raises:
        ExportError: an option or the grid does not do.
    """
    wanted = options or ExportOptions()
    sheet = capability_sheet(store, chosen_grid(store, grid), wanted)
    return sheet_file(store, [sheet], wanted)


def capability_image(store: Store, grid: str | None = None, options: ExportOptions | None = None) -> QImage:
    """The figure as an image, as a PNG would show it.

    Raises:
        ExportError: an option or the grid does not do.
    """
    wanted = replace(options or ExportOptions(), format="png")
    return draw_image(capability_sheet(store, chosen_grid(store, grid), wanted), wanted)


def chosen_grid(store: Store, wanted: str | None) -> CapabilityGrid:
    """The grid of an id, a title that only one has, or a number from 1; the first where nothing is asked for.

    Raises:
        ExportError: there is none, or several are called so.
    """
    found = grids(store)
    if not found:
        raise ExportError(NO_GRID)
    if wanted is None:
        return found[0]
    named = [grid for grid in found if grid.id == wanted.strip()]
    named = named or [grid for grid in found if grid.title.strip().casefold() == wanted.strip().casefold()]
    if not named and wanted.strip().isdigit() and 1 <= int(wanted) <= len(found):
        named = [found[int(wanted) - 1]]
    if len(named) == 1:
        return named[0]
    titles = ", ".join(repr(short_title(grid.title)) for grid in found[:8])
    what = "more than one capability grid is" if named else "no capability grid is"
    raise ExportError(f"{what} called {wanted!r}; the grids are: {titles}.")


def capability_sheet(store: Store, grid: CapabilityGrid, options: ExportOptions) -> Sheet:
    """The figure of a grid, ready to be written.

    Raises:
        ExportError: an option does not do.
    """
    check(options)
    time = figure_time(store, options.as_of)
    view = grid_view(store, grid, as_of=time.date() if time is not None and options.as_of is not None else None)
    sweep = sweep_view(store, grid)
    ensure_gui()
    theme, measure = load_theme(options.theme), qt_measure()
    title = one_line(grid.title) or "Capability grid"
    words = [one_line(project_of(store).title) or UNTITLED_PROJECT]
    words += [f"model {one_line(view.model)}"] if view.model else []
    words += [spelled(time.date())] if time is not None else []
    body, width, height = figure_ops(view, sweep, theme, measure)
    if not options.furniture:
        size = (width + 32.0, height + 32.0)
        return Sheet(title, *size, theme.surface.canvas, (Group(body, "figure", dx=16.0, dy=16.0),), time)
    head, below = _head(title, "Capability grid · " + " · ".join(words), width, theme, measure)
    foot, foot_height = foot_ops(view, sweep, width, theme, measure)
    top = _MARGIN + below + 20.0
    ops = (
        Group(head, "heading", dx=_MARGIN, dy=_MARGIN),
        Group(body, "figure", dx=_MARGIN, dy=top),
        Group(foot, "legend", dx=_MARGIN, dy=top + height + 24.0),
    )
    full_height = float(ceil(top + height + 24.0 + foot_height + _MARGIN))
    return Sheet(title, float(ceil(width + 2 * _MARGIN)), full_height, theme.surface.canvas, ops, time)


def _head(title: str, under: str, width: float, theme: Theme, measure: Measure) -> tuple[Ops, float]:
    ops: list[Op] = []
    y = 0.0
    for line in fit(title, width=width, max_lines=2, size=_TITLE, weight=600, measure=measure).lines:
        y += _TITLE if not ops else _TITLE * 1.2
        ops.append(TextOp(0.0, y, line, _TITLE, 600, theme.text.primary))
    for line in fit(under, width=width, max_lines=2, size=_SUBTITLE, weight=400, measure=measure).lines:
        y += _SUBTITLE * 1.6
        ops.append(TextOp(0.0, y, line, _SUBTITLE, 400, theme.text.secondary))
    return tuple(ops), y
