"""One figure as it is printed: title above, the diagram, legend and title block below."""

from collections.abc import Collection, Sequence
from datetime import datetime
from math import ceil, floor
from typing import Final

from workbench.export.extent import enlarged, extent
from workbench.export.facts import Fact, SheetFacts
from workbench.export.figure import finding_badges, lit_figure_ops
from workbench.export.footnotes import Footnote, list_ops, number_ops
from workbench.export.legend import Family, legend_of, shown_chips
from workbench.export.title_block import MIN_WIDTH, block_for
from workbench.render.finding_layer import FindingLayer
from workbench.render.ops import Group, Op, Ops, TextOp
from workbench.render.picture import DiagramPicture
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme
from workbench.values import value_type

_MARGIN: Final = 40.0
_PLAIN_MARGIN: Final = 16.0
_TITLE: Final = 27
_SUBTITLE: Final = 15
_NOTE: Final = 13
_TITLE_LINES: Final = 2
_ABOVE: Final = 30.0
"""Between the words above and the diagram."""
_BELOW: Final = 32.0
"""Between the diagram and the block below."""
_READABLE_WIDTH: Final = 2400.0
"""A sheet of twice, three times this width has words around it twice, three times as large."""
_EMPTY_WIDTH: Final = 640.0
_EMPTY_HEIGHT: Final = 240.0
_EMPTY: Final = "This diagram is empty."


@value_type(frozen=True, slots=True)
class Sheet:
    """A figure ready to be written: ops from the upper left corner (0, 0), lengths in 1/96 inch.

    Attributes:
        canvas: colour of the ground.
        time: the time the figure speaks of, UTC.
    """

    title: str
    width: float
    height: float
    canvas: str
    ops: Ops
    time: datetime | None = None


def sheet_for(
    picture: DiagramPicture,
    facts: SheetFacts,
    theme: Theme,
    measure: Measure,
    *,
    furniture: bool = True,
    findings: FindingLayer | None = None,
    legend: bool = True,
    block: bool = True,
    notes: Sequence[Footnote] = (),
    lit: Collection[str] = (),
) -> Sheet:
    """The sheet of one diagram.

    Args:
        furniture: title above, legend, title block and footnotes below; else the diagram alone.
        findings: the linter's badges to stand on it.
        legend: of that, the legend; ``block``: the title block.
        notes: footnotes of its verdicts.
        lit: ids at full strength while the rest is dimmed; empty: everything alike.
    """
    drawn = lit_figure_ops(picture, theme, measure, lit)
    if notes and furniture:
        drawn += number_ops(notes, theme, measure)
    if findings is not None:
        drawn += finding_badges(picture, findings, theme)
    reach = extent(drawn, measure)
    if reach is None:
        drawn = (TextOp(_EMPTY_WIDTH / 2, _EMPTY_HEIGHT / 2, _EMPTY, _SUBTITLE, 400, theme.text.secondary, "middle"),)
        reach = (0.0, 0.0, _EMPTY_WIDTH, _EMPTY_HEIGHT)
    left, top = floor(reach[0]), floor(reach[1])
    width, height = float(ceil(reach[2]) - left), float(ceil(reach[3]) - top)
    canvas = theme.surface.canvas
    if not furniture:
        group = Group(drawn, id="diagram", dx=_PLAIN_MARGIN - left, dy=_PLAIN_MARGIN - top)
        size = (width + 2 * _PLAIN_MARGIN, height + 2 * _PLAIN_MARGIN)
        return Sheet(facts.title, *size, canvas, (group,), facts.time)
    scale = max(1, round(width / _READABLE_WIDTH))
    inner = max(width / scale, MIN_WIDTH)
    head, head_height = _head(facts, inner, theme, measure)
    shown = legend_of(picture, theme, measure, findings) if legend else ()
    rows = facts.rows if block else ()
    remarks = _remarks(picture, theme) if legend else []
    foot, foot_height = _foot(shown, rows, remarks, notes, inner, theme, measure)
    margin = _MARGIN * scale
    diagram_top = margin + ceil(head_height + _ABOVE) * scale
    block_top = diagram_top + height + _BELOW * scale
    inset = floor((inner * scale - width) / 2)
    ops = (
        Group(enlarged(head, scale), id="heading", dx=margin, dy=margin),
        Group(drawn, id="diagram", dx=margin + inset - left, dy=diagram_top - top),
        Group(enlarged(foot, scale), id="furniture", dx=margin, dy=block_top),
    )
    full = (float(ceil(inner * scale + 2 * margin)), float(ceil(block_top + foot_height * scale + margin)))
    return Sheet(facts.title, *full, canvas, ops, facts.time)


def _head(facts: SheetFacts, width: float, theme: Theme, measure: Measure) -> tuple[Ops, float]:
    """Title and line under it, and how far they reach down."""
    ops: list[Op] = []
    y = 0.0
    fitted = fit(facts.title, width=width, max_lines=_TITLE_LINES, size=_TITLE, weight=600, measure=measure)
    for line in fitted.lines:
        y += _TITLE if not ops else _TITLE * 1.2
        ops.append(TextOp(0.0, y, line, _TITLE, 600, theme.text.primary))
    under = fit(facts.subtitle, width=width, max_lines=1, size=_SUBTITLE, weight=400, measure=measure)
    for line in under.lines:
        y += _SUBTITLE * 1.9
        ops.append(TextOp(0.0, y, line, _SUBTITLE, 400, theme.text.secondary))
    return tuple(ops), y


def _foot(
    legend: tuple[Family, ...],
    rows: Sequence[Sequence[Fact]],
    remarks: Sequence[str],
    notes: Sequence[Footnote],
    width: float,
    theme: Theme,
    measure: Measure,
) -> tuple[Ops, float]:
    """Legend, title block, the line under them and footnotes, and how far they reach down."""
    ops: list[Op] = []
    y = 0.0
    if legend or rows:
        block = block_for(legend, rows, width, theme, measure)
        ops += block.ops
        y = block.height
    words = " ".join(remarks)
    if words:
        y += 8
        fitted = fit(words, width=width, max_lines=3, size=_NOTE, weight=400, measure=measure)
        for line in fitted.lines:
            y += _NOTE * 1.3
            ops.append(TextOp(0.0, y, line, _NOTE, 400, theme.text.secondary))
    if notes:
        listed, height = list_ops(notes, width, theme, measure)
        ops.append(Group(listed, dy=y + 10))
        y += 10 + height
    return tuple(ops), y


def _remarks(picture: DiagramPicture, theme: Theme) -> list[str]:
    """Sentences that explain what the legend cannot show."""
    remarks = []
    if any(len(shown_chips(node, theme)) > 1 for node in picture.nodes.values()):
        remarks.append("Risk of a hazard: initial, then residual.")
    if any(chip.inherited for node in picture.nodes.values() for chip in shown_chips(node, theme)):
        remarks.append("A dashed risk is the worst of the consequences; nobody rated the hazard itself.")
    if any(bar.shared > 1 for bar in picture.bars.values()):
        remarks.append("Shared controls carry the number of lines they guard.")
    return remarks
