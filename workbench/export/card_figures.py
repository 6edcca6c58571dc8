"""The risk matrix and a capability grid as large cards: drawn as on a panel, enlarged until the card is full. No Qt."""

from dataclasses import replace
from datetime import date
from typing import Final

from workbench.analysis.capability import GridView, SweepView, grid_view, sweep_view
from workbench.analysis.capability_words import ASPECT_WORD
from workbench.analysis.risk_matrix import matrix_view
from workbench.export.capability_figure import foot_ops
from workbench.export.capability_heat import heat_layout, heat_ops, shown_aspects, tells
from workbench.export.capability_sweep import sweep_ops
from workbench.export.card_flow import least_size
from workbench.export.extent import enlarged
from workbench.export.risk_matrix_legend import legend_ops
from workbench.export.risk_matrix_ops import MOST_ARROWS, SMALL, TEXT, matrix_layout, matrix_ops, ways
from workbench.export.risk_matrix_ops import least_size as least_matrix
from workbench.model.elements import ImpactDimension
from workbench.model.judgement import CapabilityGrid
from workbench.render.ops import Group, Op, Ops, RoundRect, TextOp
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme
from workbench.store.store import Store

NO_SCHEME: Final = "The project has no risk scheme."
NO_GRID: Final = "This capability grid is no longer in the project."
_PAD: Final = 1.5
"""Margin of a card, by the least size of its text."""
_BETWEEN: Final = 18.0
_FOOT: Final = 90.0
_HEADING: Final = 16
_HEAT: Final = 900.0
_SWEEP: Final = (640.0, 320.0)


def matrix_card_ops(
    store: Store,
    theme: Theme,
    measure: Measure,
    width: float,
    height: float,
    *,
    dimension: ImpactDimension | None = None,
    stage: float | None = None,
) -> Ops:
    """The risk matrix with its legend, from (0, 0) to the size asked for.

    Args:
        store: the document; ``theme``: its colours; ``measure``: of its letters.
        width: of the card, with ``height``.
        dimension: one impact dimension; None: of each hazard the worst.
        stage: height of the screen the card stands on, which its text is held against; else the card’s own.
    """
    size = least_size(stage or height)
    ground = RoundRect(0, 0, width, height, 0, theme.surface.canvas)
    view = matrix_view(store, dimension=dimension)
    if view is None:
        return (ground, TextOp(width / 2, height / 2, NO_SCHEME, size, 400, theme.text.secondary, "middle"))
    pad = size * _PAD
    least = least_matrix(view)
    k = min(size / SMALL, (width - 2 * pad) / least[0])
    across, down = (width - 2 * pad) / k, (height - 2 * pad) / k
    foot, below = legend_ops(view, across, theme, measure)
    k = min(k, (height - 2 * pad) / (least[1] + _BETWEEN + below))
    across, down = (width - 2 * pad) / k, (height - 2 * pad) / k
    layout = matrix_layout(view, across, down - below - _BETWEEN, measure)
    foot, below = legend_ops(view, across, theme, measure, many=len(ways(layout)) > MOST_ARROWS)
    body = matrix_ops(view, layout, theme, measure, lit=frozenset())
    return (
        ground,
        Group(enlarged(body, k), "matrix", dx=pad, dy=pad),
        Group(enlarged(foot, k), "legend", dx=pad, dy=pad + (layout.height + _BETWEEN) * k),
    )


def capability_card_ops(
    store: Store,
    grid_id: str,
    theme: Theme,
    measure: Measure,
    width: float,
    height: float,
    as_of: date | None = None,
    *,
    stage: float | None = None,
) -> Ops:
    """A capability grid with its sweep and legend, as large as it fits from (0, 0) to the size asked for.

    Args:
        store: the document; ``theme``: its colours; ``measure``: of its letters.
        grid_id: id of the grid; one that is gone gives a card that says so.
        width: of the card, with ``height``.
        as_of: the day by which age is reckoned; else the newest day stored in the project.
        stage: height of the screen the card stands on, which its text is held against; else the card’s own.
    """
    size = least_size(stage or height)
    ground = RoundRect(0, 0, width, height, 0, theme.surface.canvas)
    grid = store.find(grid_id, CapabilityGrid)
    if grid is None:
        return (ground, TextOp(width / 2, height / 2, NO_GRID, size, 400, theme.text.secondary, "middle"))
    view, sweep = grid_view(store, grid, as_of=as_of), sweep_view(store, grid)
    pad = size * _PAD
    room = (width - 2 * pad, height - 2 * pad)
    arranged = [_arranged(_blocks(view, sweep, theme, measure), room, theme, beside=beside) for beside in (False, True)]
    body, across, down = max(arranged, key=lambda one: min(room[0] / one[1], room[1] / (one[2] + _FOOT)))
    foot, below = foot_ops(view, sweep, across, theme, measure)
    left_out = [name for name in view.rows if not _told(view, name)]
    if left_out:
        words = f"Rows without a figure are left out: {', '.join(left_out)}."
        lines = fit(words, width=across, max_lines=2, size=TEXT, weight=400, measure=measure).lines
        drawn = [
            TextOp(0.0, below + TEXT * 1.35 * n, line, TEXT, 400, theme.text.secondary)
            for n, line in enumerate(lines, 1)
        ]
        foot, below = (*foot, *drawn), below + TEXT * 1.35 * (len(lines) + 0.3)
    k = min(room[0] / across, room[1] / (down + _BETWEEN + below))
    left = (width - across * k) / 2
    return (
        ground,
        Group(enlarged(body, k), "grid", dx=left, dy=pad),
        Group(enlarged(foot, k), "legend", dx=left, dy=pad + (down + _BETWEEN) * k),
    )


Block = tuple[str, Ops, float, float]
"""Heading, ops, width and height of one part of a grid's card."""


def _told(view: GridView, row: str) -> bool:
    """Whether anything is known about a row."""
    return any(tells(view.cells[row, column, aspect]) for column in view.columns for aspect in shown_aspects(view))


def _blocks(view: GridView, sweep: SweepView, theme: Theme, measure: Measure) -> list[Block]:
    """A heat map for each aspect, without the rows nobody measured, and the sweep."""
    blocks: list[Block] = []
    for aspect in shown_aspects(view):
        rows = tuple(row for row in view.rows if any(tells(view.cells[row, column, aspect]) for column in view.columns))
        if rows:
            part = replace(
                view,
                attributes=tuple(name for name in view.attributes if name in rows),
                practices=tuple(name for name in view.practices if name in rows),
            )
            layout = heat_layout(part, aspect, _HEAT)
            drawn = heat_ops(part, aspect, layout, theme, measure)
            blocks.append((ASPECT_WORD[aspect], drawn, layout.width, layout.height))
    if sweep.levels:
        drawn = sweep_ops(sweep, _SWEEP[0], _SWEEP[1], theme, measure)
        blocks.append(("Complexity sweep", drawn, *_SWEEP))
    return blocks


def _arranged(
    blocks: list[Block], room: tuple[float, float], theme: Theme, *, beside: bool
) -> tuple[Ops, float, float]:
    """The blocks below each other, or beside each other; with width and height."""
    if not blocks:
        return (TextOp(0.0, 16.0, "Nothing was measured yet.", TEXT, 400, theme.text.secondary),), room[0], 24.0
    ops: list[Op] = []
    x = y = across = down = 0.0
    for heading, drawn, width, height in blocks:
        ops.append(TextOp(x, y + _HEADING, heading, _HEADING, 600, theme.text.primary))
        ops.append(Group(drawn, css="part", dx=x, dy=y + _HEADING * 0.5))
        across, down = max(across, x + width), max(down, y + height + _HEADING * 0.5)
        if beside:
            x += width + 2 * _BETWEEN
        else:
            y += height + _HEADING * 0.5 + 1.5 * _BETWEEN
    return tuple(ops), across, down
