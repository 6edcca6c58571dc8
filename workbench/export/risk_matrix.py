"""The figure of the risk matrix: cells, hazards, legend, as PNG, SVG or PDF. The same project, the same bytes."""

from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from workbench.analysis.risk_matrix import Shown, matrix_view
from workbench.export.dates import figure_time, spelled
from workbench.export.errors import ExportError
from workbench.export.facts import UNTITLED_PROJECT, one_line, project_of
from workbench.export.gui import ensure_gui
from workbench.export.options import ExportOptions, check, format_of
from workbench.export.out_file import check_place, put
from workbench.export.png import draw_image
from workbench.export.risk_matrix_legend import legend_ops
from workbench.export.risk_matrix_ops import MOST_ARROWS, matrix_layout, matrix_ops, ways
from workbench.export.sheet import Sheet
from workbench.export.sheet_file import sheet_file
from workbench.model.elements import ImpactDimension
from workbench.render.fonts import qt_measure
from workbench.render.ops import Group, Op, Ops, TextOp
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme, load_theme
from workbench.store.store import Store

NO_SCHEME: Final = "the project has no risk scheme; choose one first (Tools, Risk scheme)."
_MARGIN: Final = 40.0
_CELL: Final = (176.0, 92.0)
_NAMES: Final = 124.0
_TITLE: Final = 27
_SUBTITLE: Final = 15


def export_matrix(
    store: Store,
    out: Path,
    *,
    dimension: ImpactDimension | None = None,
    shown: Shown = "both",
    options: ExportOptions | None = None,
) -> int:
    """Write the risk matrix into a file whose ending says the format; returns its bytes.

    Args:
        store: the project.
        out: the file to write.
        dimension: one impact dimension; None: of each hazard the worst.
        shown: initial ratings, residual ones, or both with arrows between.
        options: how to draw; its format gives way to the ending of ``out``.

    Raises:
        ExportError: an option, the file name or the folder does not do, or there is no scheme. Nothing was written.
    """
    wanted = replace(options or ExportOptions(), format=format_of(out))
    check_place(out)
    data = matrix_bytes(store, dimension=dimension, shown=shown, options=wanted)
    return put(out, data)


def matrix_bytes(
    store: Store,
    *,
    dimension: ImpactDimension | None = None,
    shown: Shown = "both",
    options: ExportOptions | None = None,
) -> bytes:
    """The file of the matrix.

    Raises:
        ExportError: an option does not do, or there is no scheme.
    """
    wanted = options or ExportOptions()
    sheet = matrix_sheet(store, wanted, dimension=dimension, shown=shown)
    return sheet_file(store, [sheet], wanted)


def matrix_image(
    store: Store,
    *,
    dimension: ImpactDimension | None = None,
    shown: Shown = "both",
    options: ExportOptions | None = None,
) -> QImage:
    """The matrix as an image, as a PNG would show it.

    Raises:
        ExportError: an option does not do, or there is no scheme.
    """
    wanted = replace(options or ExportOptions(), format="png")
    return draw_image(matrix_sheet(store, wanted, dimension=dimension, shown=shown), wanted)


def matrix_sheet(
    store: Store, options: ExportOptions, *, dimension: ImpactDimension | None = None, shown: Shown = "both"
) -> Sheet:
    """The figure, ready to be written.

    Raises:
        ExportError: an option does not do, or there is no scheme.
    """
    check(options)
    view = matrix_view(store, dimension=dimension, shown=shown)
    if view is None:
        raise ExportError(NO_SCHEME)
    time = figure_time(store, options.as_of)
    ensure_gui()
    theme, measure = load_theme(options.theme), qt_measure()
    width = _NAMES + max(1, len(view.severities)) * _CELL[0]
    height = 40.0 + max(1, len(view.frequencies)) * _CELL[1]
    layout = matrix_layout(view, width, height, measure)
    body = matrix_ops(view, layout, theme, measure, lit=frozenset())
    if not options.furniture:
        size = (layout.width + 32.0, layout.height + 32.0)
        return Sheet("Risk matrix", *size, theme.surface.canvas, (Group(body, "matrix", dx=16.0, dy=16.0),), time)
    words = [one_line(project_of(store).title) or UNTITLED_PROJECT, one_line(view.scheme.name)]
    words += [f"{dimension} impacts"] if dimension is not None else []
    words += [spelled(time.date())] if time is not None else []
    head, below = _head(" · ".join(word for word in words if word), layout.width, theme, measure)
    foot, foot_height = legend_ops(view, layout.width, theme, measure, many=len(ways(layout)) > MOST_ARROWS)
    top = _MARGIN + below + 20.0
    ops = (
        Group(head, "heading", dx=_MARGIN, dy=_MARGIN),
        Group(body, "matrix", dx=_MARGIN, dy=top),
        Group(foot, "legend", dx=_MARGIN, dy=top + layout.height + 20.0),
    )
    full = float(ceil(top + layout.height + 20.0 + foot_height + _MARGIN))
    return Sheet("Risk matrix", float(ceil(layout.width + 2 * _MARGIN)), full, theme.surface.canvas, ops, time)


def _head(under: str, width: float, theme: Theme, measure: Measure) -> tuple[Ops, float]:
    y = float(_TITLE)
    ops: list[Op] = [TextOp(0.0, y, "Risk matrix", _TITLE, 600, theme.text.primary)]
    for line in fit(under, width=width, max_lines=2, size=_SUBTITLE, weight=400, measure=measure).lines:
        y += _SUBTITLE * 1.6
        ops.append(TextOp(0.0, y, line, _SUBTITLE, 400, theme.text.secondary))
    return tuple(ops), y
