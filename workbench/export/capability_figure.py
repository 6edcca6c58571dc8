"""What stands in the figure of a capability grid, the same on screen and in files: heat maps, sweep, legend. No Qt."""

from collections.abc import Sequence
from typing import Final

from workbench.analysis.capability import GridView, SweepView
from workbench.analysis.capability_cell import NOT_MEASURED
from workbench.analysis.capability_words import ASPECT_WORD
from workbench.export.capability_heat import (
    BIG,
    SMALL,
    TEXT,
    HeatLayout,
    diamond,
    hatch_of,
    heat_layout,
    heat_ops,
    scale_words,
    shown_aspects,
    verdict_sign,
)
from workbench.export.capability_sweep import sweep_ops, sweep_remarks
from workbench.render.badges import verdict_ops
from workbench.render.ops import Ellipse, Group, Lines, Op, Ops, RoundRect, TextOp
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme

_WIDTH: Final = 900.0
_SWEEP_HEIGHT: Final = 320.0
_VERDICTS: Final = {
    "supports": "supports: the criterion is met",
    "refutes": "refutes: the criterion is missed",
    "inconclusive": "inconclusive against the criterion",
}


def figure_ops(view: GridView, sweep: SweepView, theme: Theme, measure: Measure) -> tuple[Ops, float, float]:
    """Heat maps one above the other and the sweep below; with width and height."""
    ops: list[Op] = []
    aspects = shown_aspects(view)
    layout = heat_layout(view, aspects[0], _WIDTH)
    y = 0.0
    if view.rows and view.columns:
        for aspect in aspects:
            layout = heat_layout(view, aspect, _WIDTH)
            if len(aspects) > 1 or view.used(aspect):
                ops.append(TextOp(0.0, y + 16.0, ASPECT_WORD[aspect], 16, 600, theme.text.primary))
            drawn = heat_ops(view, aspect, layout, theme, measure)
            ops.append(Group(drawn, f"heat {aspect}", "heat", dy=y + 8.0))
            y += 8.0 + layout.height + 28.0
    if sweep.levels:
        ops.append(TextOp(0.0, y + 16.0, "Complexity sweep", 16, 600, theme.text.primary))
        left = measure.width("Complexity sweep", 16, 600) + 24.0
        ops.append(TextOp(left, y + 16.0, "pass rate with 95 % intervals", TEXT, 400, theme.text.secondary))
        drawn = sweep_ops(sweep, _sweep_width(layout), _SWEEP_HEIGHT, theme, measure)
        ops.append(Group(drawn, "sweep", "sweep", dy=y + 26.0))
        y += 26.0 + _SWEEP_HEIGHT
    if not ops:
        ops.append(TextOp(0.0, 16.0, "This capability grid is empty.", TEXT, 400, theme.text.secondary))
        y = 24.0
    return tuple(ops), _sweep_width(layout), y


def _sweep_width(layout: HeatLayout) -> float:
    return max(layout.width, 640.0)


def legend_ops(
    view: GridView, width: float, theme: Theme, measure: Measure, *, sweep: SweepView | None = None
) -> tuple[Ops, float]:
    """Scale and signs that are in use, in rows; and how far they reach down."""
    ops: list[Op] = []
    x = y = 0.0
    for words, colours in zip(scale_words(), theme.heat, strict=True):
        edge = theme.border.strong if colours is theme.heat[0] else None
        ops.append(RoundRect(x + 0.5, y + 0.5, 61.0, 19.0, 3.0, colours.fill, edge))
        ops.append(TextOp(x + 31.0, y + 14.5, words, SMALL, 400, colours.text, "middle"))
        x += 66.0
    x += 14.0
    for glyph, words in _signs(view, sweep, theme):
        wide = 34.0 + measure.width(words, SMALL, 400) + 18.0
        if x + wide > width and x:
            x, y = 0.0, y + 26.0
        ops.append(Group(glyph, dx=x, dy=y))
        ops.append(TextOp(x + 34.0, y + 14.5, words, SMALL, 400, theme.text.primary))
        x += wide
    return tuple(ops), y + 20.0


def _signs(view: GridView, sweep: SweepView | None, theme: Theme) -> Sequence[tuple[Ops, str]]:
    """The signs in use, each 28 wide and 20 high, with their words."""
    ink, ground = theme.text.primary, theme.surface.canvas
    cells = list(view.cells.values())
    if sweep is not None:
        cells += [point.shown for series in sweep.series for point in series.points]
    bar = Lines(((3.0, 10.0, 25.0, 10.0), (3.0, 6.0, 3.0, 14.0), (25.0, 6.0, 25.0, 14.0)), ink, 1.6)
    signs: list[tuple[Ops, str]] = []
    if any(cell.value is not None and not cell.typed for cell in cells):
        signs.append(((bar, Ellipse(14.0, 10.0, 4.0, 4.0, ink, ink)), "model and 95 % interval"))
    if any(cell.value is not None and cell.typed for cell in cells):
        signs.append(((bar, Ellipse(14.0, 10.0, 4.0, 4.0, ground, ink, 1.6)), "model, typed in"))
    if any(cell.human is not None and not cell.human_constant for cell in cells):
        signs.append(((diamond(14.0, 10.0, 5.0, ink, ink),), "human baseline"))
    if any(cell.human is not None and cell.human_constant for cell in cells):
        signs.append(((diamond(14.0, 10.0, 5.0, ground, ink),), "human, a constant (no n)"))
    if any(cell.criterion is not None for cell in cells):
        signs.append(((Lines(((14.0, 2.0, 14.0, 18.0),), ink, dash=(2.0, 2.0)),), "criterion"))
    given = {verdict_sign(cell) for cell in view.cells.values()}
    signs += [(verdict_ops(sign, theme, 14.0, 10.0), words) for sign, words in _VERDICTS.items() if sign in given]
    if any(cell.stale for cell in cells):
        middle = theme.heat[1]
        stripes = Lines(tuple((x, 18.0, x + 16.0, 2.0) for x in (1.0, 6.0, 11.0)), hatch_of(middle), 2.0)
        signs.append(((RoundRect(0.5, 1.5, 28.0, 17.0, 2.0, middle.fill), stripes), "suspended (stale)"))
        if "stale" in given:
            signs.append((verdict_ops("stale", theme, 14.0, 10.0), "stale: the verdict does not count"))
    if any(cell.value is None for cell in view.cells.values()):
        dashed = RoundRect(0.5, 1.5, 28.0, 17.0, 2.0, ground, theme.text.secondary, 1.0, (4.0, 3.0))
        signs.append(((dashed,), _blank_words(view)))
    return signs


def _blank_words(view: GridView) -> str:
    """What a dashed cell says, as its cells do."""
    reasons = {cell.blank_reason for cell in view.cells.values() if cell.value is None}
    return NOT_MEASURED.lower() if reasons == {NOT_MEASURED} else f"{NOT_MEASURED.lower()}, or why there is no figure"


def foot_ops(view: GridView, sweep: SweepView, width: float, theme: Theme, measure: Measure) -> tuple[Ops, float]:
    """Legend and remarks, and how far they reach down."""
    signs, y = legend_ops(view, width, theme, measure, sweep=sweep)
    ops = list(signs)
    y += 10.0
    words = " ".join(_remarks(view, sweep))
    for line in fit(words, width=width, max_lines=6, size=TEXT, weight=400, measure=measure).lines:
        y += TEXT * 1.35
        ops.append(TextOp(0.0, y, line, TEXT, 400, theme.text.secondary))
    return tuple(ops), y + BIG / 4


def _remarks(view: GridView, sweep: SweepView) -> list[str]:
    remarks = ["Gap: model less human, in percentage points, with its 95 % interval."]
    total, blank = len(view.rows) * len(view.columns), 0
    for aspect in shown_aspects(view):
        blank += total - view.measured(aspect)
    if blank:
        remarks.append(f"{blank} of {total * len(shown_aspects(view))} cells hold no figure.")
    return remarks + sweep_remarks(sweep)
