"""Footnotes of a figure: a number beside each verdict, and beneath the figure what each rests on. No Qt."""

from collections.abc import Iterable, Sequence
from typing import Final

from workbench.analysis.claims import claims_on
from workbench.analysis.words import VERDICT_WORD
from workbench.model.judgement import Assessment
from workbench.render import shapes_bars, shapes_links
from workbench.render.ops import Group, Op, Ops, RoundRect, TextOp
from workbench.render.picture import DiagramPicture
from workbench.render.shapes import badge_spot
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme
from workbench.store.store import Store
from workbench.values import value_type

_SIZE: Final = 11
_TEXT: Final = 13
_MOST: Final = 99
_ASIDE: Final = 11.0
_PERSON: Final = 17.5
_LINES: Final = 3
_COLUMN: Final = 560.0
"""Least width of a column of footnotes."""


@value_type(frozen=True, slots=True)
class Footnote:
    """One number on a figure.

    Attributes:
        spots: where it stands, scene units: the left end of its baseline. A control on many lines has one number.
        text: what the claims say, the worst first.
    """

    number: int
    spots: tuple[tuple[float, float], ...]
    text: str


def footnotes_of(store: Store, picture: DiagramPicture) -> list[Footnote]:
    """A footnote for everything that carries a verdict, numbered from left to right and downwards."""
    texts: dict[str, list[tuple[float, float]]] = {}
    for (x, y), subjects in sorted(_marked(picture)):
        text = _said(store, subjects)
        if text:
            texts.setdefault(text, []).append((x, y))
    numbered = list(texts.items())[:_MOST]
    return [Footnote(number, tuple(spots), text) for number, (text, spots) in enumerate(numbered, start=1)]


def _marked(picture: DiagramPicture) -> Iterable[tuple[tuple[float, float], tuple[str, ...]]]:
    """Where each verdict stands, and whose claims it sums up."""
    for node in picture.nodes.values():
        if node.badge is not None:
            x, y = badge_spot(node)
            yield (node.box.x + x + _ASIDE, node.box.y + y - 4), (node.id,)
    for bar in picture.bars.values():
        if bar.badge is not None:
            x, y = shapes_bars.badge_spot(bar)
            aside = _ASIDE + (_PERSON if bar.badge.person else 0.0)
            yield (bar.x + x + aside, bar.y + y - 4), tuple(dict.fromkeys((bar.id, bar.control)))
    for link in picture.links.values():
        if link.badge is not None:
            x, y = shapes_links.badge_spot(link)
            yield (x + _ASIDE, y - 6), (link.id,)


def _said(store: Store, subjects: Sequence[str]) -> str:
    """The claims about some records, and about the ratings of them, in one line each."""
    ratings = [rating.id for subject in subjects for rating in store.referrers(subject, Assessment, "subject")]
    rows = [row for subject in (*subjects, *sorted(ratings)) for row in claims_on(store, subject)]
    said = []
    for row in rows:
        verdict = VERDICT_WORD.get(row.sign, row.sign)
        person = f", judged by {row.by}" if row.analyst and row.by else ""
        said.append(f"{row.on} – {row.claim}: {verdict.lower()}{person}. {row.reason}".strip())
    return " ".join(" ".join(line.split()) for line in said)


def number_ops(notes: Iterable[Footnote], theme: Theme, measure: Measure) -> Ops:
    """The numbers on the figure, in scene coordinates."""
    ops: list[Op] = []
    for note in notes:
        text = str(note.number)
        width = measure.width(text, _SIZE, 600)
        for x, y in note.spots:
            ground = RoundRect(x - 1, y - _SIZE * 0.8, width + 2, _SIZE, 2.0, theme.surface.canvas)
            ops += (ground, TextOp(x, y, text, _SIZE, 600, theme.text.primary))
    return (Group(tuple(ops), css="footnote-numbers"),) if ops else ()


def list_ops(notes: Sequence[Footnote], width: float, theme: Theme, measure: Measure) -> tuple[Ops, float]:
    """The footnotes from (0, 0), in as many columns as fit, and how far they reach down."""
    columns = max(1, min(3, int(width // _COLUMN), len(notes)))
    gap = _TEXT * 2.0
    each = (width - gap * (columns - 1)) / columns
    share = -(-len(notes) // columns)
    ops: list[Op] = []
    deepest = 0.0
    for column in range(columns):
        y, x = 0.0, column * (each + gap)
        for note in notes[column * share : (column + 1) * share]:
            room = each - _TEXT * 2
            fitted = fit(note.text, width=room, max_lines=_LINES, size=_TEXT, weight=400, measure=measure)
            for i, line in enumerate(fitted.lines):
                y += _TEXT * 1.3
                if i == 0:
                    ops.append(TextOp(x, y, str(note.number), _TEXT, 600, theme.text.primary))
                ops.append(TextOp(x + _TEXT * 2, y, line, _TEXT, 400, theme.text.primary))
            y += _TEXT * 0.35
        deepest = max(deepest, y)
    return (Group(tuple(ops), css="footnotes"),), deepest
