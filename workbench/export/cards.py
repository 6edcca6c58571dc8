"""Large cards for a screen or a page: one claim, one row of the hazard log, the risk matrix, a capability grid. No Qt.

A card is ops within the rectangle from (0, 0) to the size asked for, ground included. Its text is at least a fiftieth
of the screen's height wherever that can be laid out anew; the matrix and the grid are drawn as large as they fit.
"""

from datetime import date
from typing import Final

from workbench.export.card_claim import GONE, CardFacts, card_facts
from workbench.export.card_figures import capability_card_ops, matrix_card_ops
from workbench.export.card_flow import LINE, Flow, least_size, sign_ops, verdict_pill
from workbench.export.card_log import log_row_ops
from workbench.render.ops import Group, Lines, Op, Ops, RoundRect, TextOp
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.store.store import Store

__all__ = ["STRIP", "capability_card_ops", "card_ops", "log_row_ops", "matrix_card_ops"]

STRIP: Final = 0.2
"""Height of a lower third, as a share of the screen's."""
_STRIP_FROM: Final = 4.0
"""A card that is so many times as wide as high is a lower third."""
_SCREEN: Final = 0.58
"""Height of a screen by the width of the lower third on it, where nobody says."""
_TALLEST: Final = 0.48
"""Height of a plot on a page, as a share of its width."""


def card_ops(
    store: Store,
    claim_id: str,
    theme: Theme,
    measure: Measure,
    width: float,
    height: float,
    as_of: date | None = None,
    *,
    stage: float | None = None,
) -> Ops:
    """The evidence card of one claim, as a lower third where it is wide and low, else as a page.

    Args:
        store: the document.
        claim_id: id of the evidence; one that is gone gives a card that says so.
        theme: its colours; measure: of its letters.
        width: of the card, with ``height``.
        as_of: the day by which age is reckoned; else the newest day stored in the project.
        stage: height of the screen that a lower third stands on; else that of a wide screen.
    """
    facts = card_facts(store, claim_id, as_of=as_of)
    strip = width >= _STRIP_FROM * height
    size = least_size(stage or (width * _SCREEN if strip else height))
    if facts is None:
        word = TextOp(width / 2, height / 2, GONE, size, 400, theme.text.secondary, "middle")
        return (_ground(width, height, size, "none", theme, strip=strip), word)
    drawn = _strip if strip else _page
    ground = _ground(width, height, size, facts.row.sign, theme, strip=strip)
    body = drawn(facts, theme, measure, width, height, size)
    return (ground, Group(body, css=f"claim {facts.row.sign}", title=f"{facts.about}: {facts.row.claim}"))


def _ground(width: float, height: float, size: int, sign: str, theme: Theme, *, strip: bool) -> Op:
    """The ground of a card with the stripe of its verdict at the left edge."""
    colours = theme.verdict.get(sign)
    stripe = colours.fill if colours is not None else theme.border.strong
    wide, pen = size * 0.5, size / 18
    if not strip:
        page = RoundRect(0, 0, width, height, 0, theme.surface.canvas)
        return Group((page, RoundRect(0, 0, wide, height, 0, stripe)))
    r = size * 0.45
    card = RoundRect(pen / 2, pen / 2, width - pen, height - pen, r, theme.surface.raised, theme.border.strong, pen)
    left = RoundRect(0, 0, wide + r, height, r, stripe)
    cover = RoundRect(wide, pen, r + 1, height - 2 * pen, 0, theme.surface.raised)
    return Group((card, left, cover))


def _strip(facts: CardFacts, theme: Theme, measure: Measure, width: float, height: float, size: int) -> Ops:
    """Figure and verdict at the left, the plot in the middle, why and where from at the right."""
    pad = size * 0.75
    left, right = size * 1.5, width - pad
    column = (right - left) * 0.29
    ops: list[Op] = []
    first = Flow(left, pad, column, height - pad, measure, ops)
    title = f"{facts.row.on} · {facts.row.claim}"
    big = round(size * (2.6 if facts.measured else 1.5))
    room = height - 2 * pad - big * LINE
    taken = first.text(title, size, theme.text.secondary, lines=max(1, int(room / (size * LINE)) - 1))
    _figure(first, facts, theme, measure, size, big)
    for line in facts.counts[: 2 if taken < 2 else 1]:
        first.text(line, size, theme.text.primary)
    middle = left + column + size
    plot_width = (right - left) * 0.37
    if facts.drawable:
        plot = facts.plot(plot_width, height - 2 * pad, theme, measure, size)
        ops.append(Group(plot, css="plot", dx=middle, dy=pad))
    elif facts.quotation:
        _quotation(ops, facts.quotation, theme, measure, (middle, pad, plot_width, height - pad), size)
    begin = middle + plot_width + size if facts.drawable or facts.quotation else middle
    last = Flow(begin, pad, right - begin, height - pad, measure, ops)
    last.text(facts.sentence, round(size * 1.12), theme.text.primary, lines=4)
    for line in (*facts.more[:1], facts.source):
        last.text(line, size, theme.text.secondary, lines=3, before=size * 0.15)
    return tuple(ops)


def _page(facts: CardFacts, theme: Theme, measure: Measure, width: float, height: float, size: int) -> Ops:
    """Claim above, figure and plot beside each other, verdict with its sentence, provenance at the foot."""
    pad = size * 2.2
    left, right = pad + size * 0.3, width - pad
    ops: list[Op] = []
    head = Flow(left, pad * 0.8, right - left, height, measure, ops)
    head.text(facts.about, round(size * 1.2), theme.text.secondary)
    head.text(facts.row.claim, round(size * 2.1), theme.text.primary, weight=600, lines=3, before=size * 0.2)
    foot, below = _reasons(facts, theme, measure, left, right, size)
    top, bottom = head.y + size * 1.2, height - pad * 0.8 - below
    ops.append(Group(foot, css="verdict", dy=bottom))
    column = (right - left) * 0.36
    numbers = Flow(left, top, column, bottom - size, measure, ops)
    _figure(numbers, facts, theme, measure, round(size * 1.4), round(size * (5.2 if facts.measured else 3)), apart=True)
    for line in facts.counts:
        numbers.text(line, round(size * 1.3), theme.text.primary, lines=3, before=size * 0.3)
    begin = left + column + size * 1.5
    box = (begin, top, right - begin, bottom - size * 1.5)
    if facts.drawable:
        tall = min(box[3] - top, box[2] * _TALLEST)
        plot = facts.plot(box[2], tall, theme, measure, round(size * 1.35))
        ops.append(Group(plot, css="plot", dx=begin, dy=top))
    elif facts.quotation:
        _quotation(ops, facts.quotation, theme, measure, box, round(size * 1.8))
    return tuple(ops)


def _reasons(
    facts: CardFacts, theme: Theme, measure: Measure, left: float, right: float, size: int
) -> tuple[Ops, float]:
    """Verdict with its sentence, doubts and provenance; and how far they reach down."""
    indent, large = size * 2.9, round(size * 1.6)
    ops: list[Op] = list(sign_ops(facts.row.sign, theme, left + size, large * 0.68, size * 2.0))
    flow = Flow(left + indent, 0.0, right - left - indent, size * 19.0, measure, ops)
    flow.text(facts.sentence, large, theme.text.primary, lines=4)
    for line in facts.more[:4]:
        flow.text(line, round(size * 1.15), theme.text.secondary, lines=2, before=size * 0.25)
    rule = max(flow.y, size * 2.4) + size * 0.7
    ops.append(Lines(((left, rule, right, rule),), theme.border.base, size / 18))
    flow.x, flow.width, flow.y = left, right - left, rule + size * 0.5
    flow.text(facts.source, size, theme.text.secondary, lines=2)
    return tuple(ops), flow.y


def _figure(
    flow: Flow, facts: CardFacts, theme: Theme, measure: Measure, size: int, big: int, *, apart: bool = False
) -> None:
    """The large figure, struck through where it is suspended, with the verdict beside it, or beneath it."""
    row = facts.row
    ink = theme.text.primary if facts.measured else theme.text.secondary
    beside = flow.x + measure.width(facts.figure, big, 600) + size
    flow.text(facts.figure, big, ink, weight=600, lines=1, struck=row.sign == "stale")
    middle = flow.y - big * LINE + big * 0.66
    if row.sign == "stale":  # the line through the text is a hairline, lost on a projector
        end = flow.x + measure.width(facts.figure, big, 600)
        flow.ops.append(Lines(((flow.x, middle + big * 0.04, end, middle + big * 0.04),), ink, big / 22))
    drawn, wide = verdict_pill(row.sign, theme, measure, 0.0, 0.0, size, person=row.analyst)
    if apart or beside + wide > flow.x + flow.width:
        beside, middle = flow.x, flow.y + size * 0.9
        flow.y += size * 2.0
    flow.ops.append(Group(drawn, css="verdict", dx=beside, dy=middle))


def _quotation(
    ops: list[Op],
    text: str,
    theme: Theme,
    measure: Measure,
    box: tuple[float, float, float, float],
    size: int,
) -> None:
    """What a document says, beside an upright line; ``box`` is left, top, width and foot."""
    left, top, width, foot = box
    flow = Flow(left + size, top, width - size, foot, measure, ops)
    flow.text(text, size, theme.text.primary, lines=30)
    if flow.y > top:
        ops.append(Lines(((left, top, left, flow.y),), theme.border.strong, size / 8))
