"""What the marks and levels of a risk matrix mean, as ops. No Qt."""

from workbench.analysis.risk_matrix import MatrixView
from workbench.export.facts import one_line
from workbench.export.risk_matrix_ops import FEWER, SMALL, TEXT
from workbench.render.badges import chip_ops
from workbench.render.ops import Op, Ops, RoundRect, TextOp
from workbench.render.picture import Chip
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme


def legend_ops(
    view: MatrixView, width: float, theme: Theme, measure: Measure, *, many: bool = False, source: bool = True
) -> tuple[Ops, float]:
    """What marks and levels mean, and what is not shown; and how far it reaches down.

    Args:
        view: the matrix; width: room across; theme: its colours; measure: of its letters.
        many: there are more arrows than are drawn.
        source: say what is not rated and where the scheme comes from; somebody else does, where not.
    """
    ops: list[Op] = []
    x = 0.0
    ink, ground = theme.text.primary, theme.surface.canvas
    for phase in view.phases:
        if phase == "residual":
            ops.append(RoundRect(x, 0.0, 26.0, 20.0, 10.0, ink))
        else:
            ops.append(RoundRect(x + 0.5, 0.5, 25.0, 19.0, 9.5, ground, ink, 1.0, (3.0, 2.0)))
        ops.append(TextOp(x + 32.0, 14.5, phase, SMALL, 400, ink))
        x += 32.0 + measure.width(phase, SMALL, 400) + 22.0
    for level in sorted(view.scheme.levels, key=lambda one: -one.steps):
        drawn, wide = chip_ops(Chip(level.name, level.steps, level.name, level.colour), theme, measure, x, 2.0)
        ops += drawn
        x += wide + 10.0
    remarks = []
    if any(r is not None and r.inherited for entry in view.entries for r in (entry.initial, entry.residual)):
        remarks.append("* The worst of its consequences; nobody rated the hazard itself.")
    if view.unrated and source:
        count = len(view.unrated)
        remarks.append(f"{count} {'hazard is' if count == 1 else 'hazards are'} not rated here.")
    if view.shown == "both" and many:
        remarks.append(FEWER)
    origin = one_line(view.scheme.source) if source else ""
    if origin:
        remarks.append(f"Scheme: {origin}")
    y = 28.0
    for line in fit(" ".join(remarks), width=width, max_lines=8, size=TEXT, weight=400, measure=measure).lines:
        y += TEXT * 1.35
        ops.append(TextOp(0.0, y, line, TEXT, 400, theme.text.secondary))
    return tuple(ops), y + 5.0
