"""The deck: the route of a presentation as slides, one a stop; without stops one a diagram. ``.pptx`` or ``.pdf``."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final

from workbench.analysis.stops import shown_at, stops_in_order, title_at
from workbench.export.api import chosen_diagrams
from workbench.export.dates import figure_time, spelled
from workbench.export.errors import ExportError
from workbench.export.facts import UNTITLED_PROJECT, one_line, project_of
from workbench.export.gui import here
from workbench.export.options import ExportOptions, check
from workbench.export.out_file import check_place, put
from workbench.export.paper import Leaf, fitted, paper
from workbench.export.pdf import leaf_steps
from workbench.export.pptx import TOLD, Slide, pptx_steps
from workbench.export.pptx_ops import ops_shapes
from workbench.export.slides import drawing, made_slides, no_options_of_figures
from workbench.export.steps import Aside, Doing, Steps, between, finished
from workbench.export.stop_frame import stop_view, within
from workbench.export.stop_sheet import stop_sheet
from workbench.model.review import Stop
from workbench.render.build import PictureBuilder
from workbench.render.characters import single_line
from workbench.render.lighting import Rect
from workbench.render.ops import Bounds, Group, Ops, TextOp
from workbench.render.picture import DiagramPicture
from workbench.render.text import Measure
from workbench.render.theme import Theme, load_theme
from workbench.store.collector import collector_paused
from workbench.store.store import Store
from workbench.values import value_type

ENDINGS: Final = ("pptx", "pdf")
_SIZE: Final = (1280.0, 720.0)
"""A slide in units of 1/96 inch."""
_ROOM: Final = (1280.0 * 0.94, 720.0 * 0.77)
"""Of it for the drawing, under the title."""
_FOOT: Final = 11
_LAID_OUT: Final = 0.5
"""Share of the work on a PDF that goes into the pages; the rest draws them."""


@value_type(frozen=True, slots=True)
class _Made:
    """What all slides of a deck share."""

    store: Store
    theme: Theme
    measure: Measure
    whole: Callable[[str], DiagramPicture]
    footer: str


def export_deck(store: Store, out: Path, *, options: ExportOptions | None = None) -> int:
    """Write the deck as the ending of ``out`` says; returns the bytes written.

    Raises:
        ExportError: an option or the place does not do, or there is nothing to show. What lay there is as it was.
    """
    return finished(deck_steps(store, out, options=options))


def deck_steps(store: Store, out: Path, *, options: ExportOptions | None = None, aside: Aside = here) -> Steps[int]:
    """The same step by step, so that somebody may stop it before anything is written; each slide is named.

    Args:
        store: the project; it must not change meanwhile.
        aside: where slides are made that Qt does not paint.

    Raises:
        ExportError: as ``export_deck``.
    """
    check_place(out)
    return put(out, (yield from _deck(store, out.suffix[1:].lower(), options, out.name, aside)))


def deck_bytes(store: Store, format: str, options: ExportOptions | None = None, *, name: str = "the file") -> bytes:
    """The file of the deck.

    Raises:
        ExportError: as ``export_deck``.
    """
    return finished(_deck(store, format, options, name, here))


def _deck(store: Store, format: str, options: ExportOptions | None, name: str, aside: Aside) -> Steps[bytes]:
    wanted = options or ExportOptions()
    if format not in ENDINGS:
        raise ExportError(f"{name}: a deck is written as .pptx or .pdf; give it one of these endings.")
    check(wanted)
    no_options_of_figures(wanted, f".{format}")
    route = stops_in_order(store)
    if format == "pptx" and not route:
        every = chosen_diagrams(store, None, every=True)
        return (yield from aside(lambda measure: made_slides(store, every, wanted, measure)))
    if not route:
        diagrams = chosen_diagrams(store, None, every=True)
        route = [Stop(id=f"stop-{number}", diagram=diagram.id) for number, diagram in enumerate(diagrams)]
    time = figure_time(store, wanted.as_of)
    project, title = project_of(store), _title(store)
    authors = [author for author in map(one_line, project.authors) if author]
    if format == "pptx":

        def slides(measure: Measure) -> Steps[bytes]:
            made = _made(store, wanted, time, measure)
            with collector_paused():
                drawn = [_slide(made, stop) for stop in route]
                return (yield from pptx_steps(drawn, title=title, authors=authors, time=time))

        return (yield from aside(slides))
    leaves = yield from between(0.0, _LAID_OUT, aside(lambda measure: _leaves(store, route, wanted, time, measure)))
    yield Doing(_LAID_OUT, "Drawing the pages")
    steps = leaf_steps(leaves, title=title, authors=authors, transparent=wanted.transparent, aside=aside)
    return (yield from between(_LAID_OUT, 1.0, steps))


def _title(store: Store) -> str:
    return one_line(project_of(store).title) or UNTITLED_PROJECT


def _made(store: Store, options: ExportOptions, time: datetime | None, measure: Measure) -> _Made:
    day = time.date() if time is not None else None
    said = (_title(store), spelled(day) if day is not None else "", one_line(project_of(store).classification))
    whole = cache(lambda diagram: PictureBuilder(store, diagram, measure, day).picture)
    return _Made(store, load_theme(options.theme), measure, whole, " · ".join(part for part in said if part))


def _leaves(
    store: Store, route: Sequence[Stop], options: ExportOptions, time: datetime | None, measure: Measure
) -> Steps[list[Leaf]]:
    made = _made(store, options, time, measure)
    leaves: list[Leaf] = []
    for number, stop in enumerate(route, start=1):
        named = single_line(title_at(store, stop), TOLD)
        yield Doing((number - 1) / len(route), f"Slide {number} of {len(route)}: {named}")
        with collector_paused():
            leaves.append(_leaf(made, stop, number, len(route), options))
    return leaves


def _leaf(made: _Made, stop: Stop, number: int, count: int, options: ExportOptions) -> Leaf:
    """A stop as a page: of the size of a slide, or on paper."""
    width, height = _SIZE
    above = (width, height - _FOOT * 2.2)
    sheet = stop_sheet(made.store, stop, made.theme, made.measure, above, pictures=made.whole)
    if options.page:
        return fitted(sheet, paper(options.page, sheet, options.orientation, options.margin))
    colour = made.theme.text.secondary
    foot: Ops = (
        TextOp(width - 24, height - 8, f"{number} of {count}", _FOOT, 400, colour, "end"),
        TextOp(24, height - 8, made.footer[:160], _FOOT, 400, colour),
    )
    clip = (0.0, 0.0, *above)
    return Leaf(sheet, width, height, width / sheet.width, clip=clip, over=foot, title=sheet.title)


def _slide(made: _Made, stop: Stop) -> Slide:
    shown = shown_at(made.store, stop)
    draw = partial(_card, made, stop) if shown.shows != "diagram" else partial(_diagram, made, stop, shown.id)
    theme, title = made.theme, title_at(made.store, stop)
    return Slide(title, draw, stop.notes, made.footer, theme.surface.canvas, theme.text.primary)


def _card(made: _Made, stop: Stop, place: Bounds, first: int) -> Sequence[str]:
    sheet = stop_sheet(made.store, stop, made.theme, made.measure, _SIZE)
    card = next(op for op in sheet.ops if isinstance(op, Group) and op.id == "card")
    return ops_shapes(card.ops, made.measure, place, (sheet.width, sheet.height - card.dy), first)


def _diagram(made: _Made, stop: Stop, diagram: str, place: Bounds, first: int) -> Iterable[str]:
    view = stop_view(made.whole(diagram), stop, made.theme, made.measure, *_ROOM, _SIZE[1])
    dimmed = made.theme.dimmed()
    lit = view.lit

    def theme_of(id: str) -> Theme:
        return made.theme if not lit or id in lit else dimmed

    return drawing(_with_ends(view.picture, view.seen), view.seen, made.measure, theme_of)(place, first)


def _with_ends(picture: DiagramPicture, seen: Rect) -> DiagramPicture:
    """What lies in a part of the scene, and what the lines seen there lead to: a connector joins two shapes."""
    part = within(picture, seen)
    for link in part.links.values():
        wanted = (link.source, link.target, *link.bars)
        part.nodes |= {id: picture.nodes[id] for id in wanted if id in picture.nodes}
        part.bars |= {id: picture.bars[id] for id in wanted if id in picture.bars}
        part.bars |= {id: bar for id, bar in picture.bars.items() if bar.control == link.target}
    on_line = {id for link in part.links.values() for id in link.bars}
    for link in picture.links.values():
        if on_line.isdisjoint(link.bars) and not any(id in part.bars for id in link.bars):
            continue
        part.links[link.id] = link
        part.nodes |= {id: picture.nodes[id] for id in (link.source, link.target) if id in picture.nodes}
        part.bars |= {id: picture.bars[id] for id in link.bars if id in picture.bars}
    return part
