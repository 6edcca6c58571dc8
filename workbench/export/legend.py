"""The legend of a figure: the signs that stand in it, and no others."""

from collections.abc import Callable, Iterable
from typing import Final

from workbench.analysis.findings import SEVERITIES
from workbench.render.badges import chip_ops, finding_ops, person_ops, pill_ops, verdict_ops
from workbench.render.finding_layer import Drawn, FindingLayer
from workbench.render.icons import commands
from workbench.render.ops import Dash, Ellipse, Lines, Op, Ops, PathOp, Polygon, RoundRect
from workbench.render.picture import BarPicture, Chip, DiagramPicture, LinkPicture, NodePicture
from workbench.render.silhouettes import AND_SIGN, gate_outline
from workbench.render.text import Measure
from workbench.render.theme import KindColours, Theme
from workbench.values import value_type

GLYPH_WIDTH: Final = 24.0
GLYPH_HEIGHT: Final = 22.0
_VERDICT_WORDS: Final = {
    "supports": "Evidence supports",
    "refutes": "Evidence refutes",
    "inconclusive": "Inconclusive",
    "stale": "Evidence stale",
}
_BAR_WORDS: Final = {
    "preventive": "Preventive control",
    "mitigative": "Mitigative control",
    "degradation": "Degradation control",
}


@value_type(frozen=True, slots=True)
class Entry:
    """One sign with its meaning.

    Attributes:
        ops: the sign, in a cell of ``width`` by ``GLYPH_HEIGHT`` with its origin at the upper left.
        text: what it means; empty where the sign holds its own word.
    """

    ops: Ops
    text: str
    width: float = GLYPH_WIDTH


Family = tuple[Entry, ...]


def legend_of(
    picture: DiagramPicture, theme: Theme, measure: Measure, findings: FindingLayer | None = None
) -> tuple[Family, ...]:
    """The signs in use in a picture, family by family: bodies, controls, verdicts, findings, ratings and the rest."""
    kinds = {node.kind for node in picture.nodes.values()}
    roles = {bar.role for bar in picture.bars.values()}
    signs = (_verdicts(picture, theme), _findings(picture, findings, theme) if findings is not None else ())
    families = (_bodies(kinds, theme), _controls(kinds, roles, theme), *signs)
    rest = (*_chips(picture, theme, measure), *_others(picture, theme, measure))
    return tuple(family for family in (*families, rest) if family)


def shown_chips(node: NodePicture, theme: Theme) -> tuple[Chip, ...]:
    """The ratings that a body shows: a hazard initial and residual, others the last; none without meta rows."""
    if not theme.type.meta:
        return ()
    return node.chips[:2] if node.kind == "hazard" else node.chips[-1:]


def _bodies(kinds: Iterable[str], theme: Theme) -> Family:
    drawn: dict[str, tuple[str, Callable[[Theme], Ops]]] = {
        "hazard": ("Hazard", _hazard),
        "top_event": ("Top event", _top_event),
        "cause": ("Cause", _cause),
        "consequence": ("Consequence", _consequence),
        "gate": ("Gate", _gate),
        "note": ("Note", _note),
    }
    return tuple(Entry(draw(theme), text) for kind, (text, draw) in drawn.items() if kind in kinds)


def _controls(kinds: Iterable[str], roles: Iterable[str], theme: Theme) -> Family:
    entries = [Entry(_bar(role, theme), text) for role, text in _BAR_WORDS.items() if role in roles]
    if "degradation_factor" in kinds:
        at = next((i for i, e in enumerate(entries) if e.text == _BAR_WORDS["degradation"]), len(entries))
        entries.insert(at, Entry(_factor(theme), "Degradation factor"))
    return tuple(entries)


def _verdicts(picture: DiagramPicture, theme: Theme) -> Family:
    carriers: tuple[NodePicture | BarPicture | LinkPicture, ...]
    carriers = (*picture.nodes.values(), *picture.bars.values(), *picture.links.values())
    badges = [one.badge for one in carriers if one.badge is not None]
    used = {badge.verdict for badge in badges}
    middle, level = GLYPH_WIDTH / 2, GLYPH_HEIGHT / 2
    entries = [Entry(verdict_ops(v, theme, middle, level), text) for v, text in _VERDICT_WORDS.items() if v in used]
    if any(badge.analyst for badge in badges):
        entries.append(Entry(person_ops(theme, middle, level, differs=True), "Judged otherwise than computed"))
    if any(badge.by_hand and not badge.analyst for badge in badges):
        entries.append(Entry(person_ops(theme, middle, level, differs=False), "Judged by hand, nothing computed"))
    return tuple(entries)


def _findings(picture: DiagramPicture, findings: FindingLayer, theme: Theme) -> Family:
    drawn: list[Drawn] = [*picture.nodes.values(), *picture.bars.values(), *picture.links.values()]
    used = {tally.severity for one in drawn if (tally := findings.of(one)) is not None}
    middle, level = GLYPH_WIDTH / 2, GLYPH_HEIGHT / 2
    return tuple(
        Entry(finding_ops(severity, theme, middle, level), f"Finding: {severity}")
        for severity in SEVERITIES
        if severity in used
    )


def _chips(picture: DiagramPicture, theme: Theme, measure: Measure) -> Family:
    shown = (chip for node in picture.nodes.values() for chip in shown_chips(node, theme))
    used = {(chip.steps, chip.level, chip.colour) for chip in shown if chip.level}
    entries = []
    for steps, level, colour in sorted(used, key=lambda one: (-one[0], *one[1:])):
        ops, width = chip_ops(Chip(level, steps, level, colour), theme, measure, 0.0, 3.0)
        entries.append(Entry(ops, "", width))
    return tuple(entries)


def _others(picture: DiagramPicture, theme: Theme, measure: Measure) -> Family:
    bars, nodes = sorted(picture.bars.values(), key=lambda bar: bar.id), picture.nodes.values()
    entries = []
    shared = next((bar for bar in bars if bar.shared > 1), None)
    if shared is not None:
        entries.append(Entry(_pill(shared, theme, measure), "Shared control"))
    planned = next((bar for bar in bars if bar.planned), None)
    if planned is not None:
        entries.append(Entry(_planned(planned, theme), "Planned control"))
    if any(node.hidden for node in nodes):
        entries.append(Entry(_collapsed(theme), "Collapsed"))
    return tuple(entries)


def _colours(bar: BarPicture, theme: Theme) -> KindColours:
    return theme.kind[f"{bar.role}_control"]


def _hazard(theme: Theme) -> Ops:
    colours = theme.kind.hazard
    stripes = tuple(
        command for x in (3, 8, 13, 18) for command in commands(f"M{x} 8 L{x + 2} 4 L{x + 4.4} 4 L{x + 2.4} 8 Z")
    )
    return (
        RoundRect(1.5, 3.5, 21, 15, 2, colours.fill, colours.border),
        RoundRect(2, 4, 20, 4, fill=colours.stripe_light),
        PathOp(stripes, fill=colours.stripe_dark),
    )


def _top_event(theme: Theme) -> Ops:
    colours = theme.kind.top_event
    return (
        Ellipse(12, 11, 9.5, 9.5, colours.fill, colours.border, 1.2),
        Ellipse(12, 11, 7.2, 7.2, None, colours.border),
    )


def _cause(theme: Theme) -> Ops:
    points = ((1.5, 4.5), (17.5, 4.5), (22.5, 11.0), (17.5, 17.5), (1.5, 17.5))
    return (Polygon(points, theme.kind.cause.fill, theme.kind.cause.border, 1.2),)


def _consequence(theme: Theme) -> Ops:
    upper = ((1.5, 7.5), (5.5, 3.5), (18.5, 3.5), (22.5, 7.5))
    lower = ((22.5, 14.5), (18.5, 18.5), (5.5, 18.5), (1.5, 14.5))
    return (Polygon((*upper, *lower), theme.kind.consequence.fill, theme.kind.consequence.border, 1.2),)


def _gate(theme: Theme) -> Ops:
    return (PathOp(gate_outline(AND_SIGN, 17, 17, 12, 11), theme.kind.gate.fill, theme.kind.gate.border, 1.2),)


def _note(theme: Theme) -> Ops:
    colours = theme.kind.note
    fold = Polygon(((16.5, 3.5), (16.5, 8.5), (21.5, 8.5)), theme.surface.canvas, colours.border)
    sheet = ((2.5, 3.5), (16.5, 3.5), (21.5, 8.5), (21.5, 18.5), (2.5, 18.5))
    return Polygon(sheet, colours.fill, colours.border, 1.2), fold


def _factor(theme: Theme) -> Ops:
    colours = theme.kind.degradation_factor
    return (
        Lines(((12, 0, 12, 6),), colours.border, 1.0, (2, 1.5)),
        Polygon(((5.5, 6.5), (23, 6.5), (18.5, 18.5), (1, 18.5)), colours.fill, colours.border, 1.2),
    )


def _bar(role: str, theme: Theme) -> Ops:
    colours, edge = theme.kind[f"{role}_control"], theme.canvas.edge
    if role == "degradation":
        stem = Lines(((12, 1, 12, 21),), theme.kind.degradation_factor.border, 1.0, (2, 1.5))
        return stem, RoundRect(3, 8.5, 18, 5, 1.5, colours.fill)
    if role == "mitigative":
        line = Lines(((1, 11, 7, 11), (17, 11, 23, 11)), edge)
        return line, RoundRect(8.2, 2, 3, 18, 1, colours.fill), RoundRect(12.8, 2, 3, 18, 1, colours.fill)
    line = Lines(((1, 11, 8, 11), (16, 11, 23, 11)), edge)
    return line, RoundRect(9.5, 2, 5, 18, 1, colours.fill)


def _pill(bar: BarPicture, theme: Theme, measure: Measure) -> Ops:
    return pill_ops(bar.shared, _colours(bar, theme).fill, theme, measure, GLYPH_WIDTH + 1, GLYPH_HEIGHT / 2)


def _planned(bar: BarPicture, theme: Theme) -> Ops:
    dash: Dash = (3.0, 2.0)
    line: Op = Lines(((1, 11, 7, 11), (17, 11, 23, 11)), theme.canvas.edge)
    return line, RoundRect(8.5, 2.5, 7, 17, 1, theme.surface.canvas, _colours(bar, theme).fill, 1.2, dash)


def _collapsed(theme: Theme) -> Ops:
    stroke, ground = theme.text.secondary, theme.surface.canvas
    return tuple(RoundRect(6.5 - 2.5 * i, 3.5 + 2.5 * i, 15, 10, 2, ground, stroke) for i in range(3))
