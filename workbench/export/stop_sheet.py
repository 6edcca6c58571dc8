"""One stop of a route as a page: what an audience sees of it, for thumbnails, decks, previews and minutes."""

from collections.abc import Callable
from typing import Final

from workbench.analysis.stops import Shown, shown_at, title_at
from workbench.export.card_figures import capability_card_ops, matrix_card_ops
from workbench.export.card_log import log_row_ops
from workbench.export.cards import card_ops
from workbench.export.dates import figure_time
from workbench.export.figure import lit_figure_ops
from workbench.export.sheet import Sheet
from workbench.export.stop_frame import StopView, stop_view, within
from workbench.model.review import Stop
from workbench.render.build import PictureBuilder
from workbench.render.ops import Group, Op, Ops, RoundRect, TextOp, flatten
from workbench.render.picture import DiagramPicture
from workbench.render.text import Measure, fit
from workbench.render.theme import Theme
from workbench.store.store import Store

SIZE: Final = (1920.0, 1080.0)
_HEAD: Final = 0.085
"""Height of the title's band, as a share of the page's."""
_TITLE: Final = 0.037
_MARGIN: Final = 0.03
_EMPTY: Final = "Nothing stands on this diagram yet."

Pictures = Callable[[str], DiagramPicture]
"""Gives the whole picture of a diagram by its id."""


def stop_sheet(
    store: Store,
    stop: Stop,
    theme: Theme,
    measure: Measure,
    size: tuple[float, float] = SIZE,
    *,
    pictures: Pictures | None = None,
) -> Sheet:
    """A page with the stop's title above what it shows: its part of the diagram at its level and light, or its card.

    Args:
        store: the document.
        stop: one of its stops.
        theme: its colours; ``measure``: of its letters.
        size: width and height of the page. Of a diagram the page keeps their ratio and counts in scene units, so that
            letters keep the sizes they were fitted with; whoever writes it gives the width wanted.
        pictures: gives pictures of diagrams that somebody has already.
    """
    shown = shown_at(store, stop)
    title = title_at(store, stop)
    time = figure_time(store, None)
    canvas = theme.surface.canvas
    if shown.shows != "diagram":
        head = size[1] * _HEAD
        card = Group(_card(store, shown, theme, measure, (size[0], size[1] - head)), id="card", dy=head)
        return Sheet(title, *size, canvas, (card, *_head(title, size, 1.0, theme, measure)), time)
    view = _view(_picture(store, shown.id, measure, pictures), stop, theme, measure, size)
    left, top, right, bottom = view.seen
    head = size[1] * _HEAD / view.zoom
    drawn = _figure(view, theme, measure)
    page = (right - left, bottom - top + head)
    ops = (Group(drawn, id="diagram", dx=-left, dy=head - top), *_head(title, size, view.zoom, theme, measure))
    return Sheet(title, *page, canvas, ops, time)


def smallest_text(
    store: Store,
    stop: Stop,
    theme: Theme,
    measure: Measure,
    size: tuple[float, float] = SIZE,
    *,
    pictures: Pictures | None = None,
) -> float:
    """Height of the smallest text at full strength, as a share of the page's; 1 where there is none.

    Below ``framing.READABLE`` the stop is an overview.
    """
    shown = shown_at(store, stop)
    if shown.shows != "diagram":
        card = _card(store, shown, theme, measure, (size[0], size[1] * (1 - _HEAD)))
        return min((op.size for op, _, _ in flatten(card) if isinstance(op, TextOp)), default=size[1]) / size[1]
    view = _view(_picture(store, shown.id, measure, pictures), stop, theme, measure, size)
    return view.text * view.zoom / size[1] if view.text else 1.0


def _picture(store: Store, diagram: str, measure: Measure, pictures: Pictures | None) -> DiagramPicture:
    return pictures(diagram) if pictures is not None else PictureBuilder(store, diagram, measure).picture


def _card(store: Store, shown: Shown, theme: Theme, measure: Measure, room: tuple[float, float]) -> Ops:
    if shown.shows == "evidence":
        return card_ops(store, shown.id, theme, measure, *room)
    if shown.shows == "log":
        return log_row_ops(store, shown.id, theme, measure, *room)
    if shown.shows == "capability":
        return capability_card_ops(store, shown.id, theme, measure, *room)
    return matrix_card_ops(store, theme, measure, *room)


def _view(whole: DiagramPicture, stop: Stop, theme: Theme, measure: Measure, size: tuple[float, float]) -> StopView:
    return stop_view(whole, stop, theme, measure, size[0], size[1] * (1 - _HEAD), size[1])


def _figure(view: StopView, theme: Theme, measure: Measure) -> Ops:
    lit, picture = view.lit, view.picture
    if not picture.nodes and not picture.bars:
        left, top, right, bottom = view.seen
        size = max(1, round((bottom - top) * _TITLE))
        return (TextOp((left + right) / 2, (top + bottom) / 2, _EMPTY, size, 400, theme.text.secondary, "middle"),)
    part = within(picture, view.seen)
    return lit_figure_ops(part, theme, measure, lit)


def _head(title: str, size: tuple[float, float], zoom: float, theme: Theme, measure: Measure) -> tuple[Op, ...]:
    """The title on a band that covers what reaches under it."""
    width, height = size[0] / zoom, size[1] / zoom
    letters = max(1, round(height * _TITLE))
    room = width * (1 - 2 * _MARGIN)
    line = fit(title, width=room, max_lines=1, size=letters, weight=600, measure=measure).lines
    band = RoundRect(0.0, 0.0, width, height * _HEAD, 0.0, theme.surface.canvas)
    words = tuple(
        TextOp(width * _MARGIN, height * (_HEAD + _TITLE * 0.7) / 2, text, letters, 600, theme.text.primary)
        for text in line[:1]
    )
    return (Group((band, *words), id="heading"),)
