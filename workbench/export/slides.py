"""Diagrams as slides: a ``.pptx`` of one diagram or of all of them, one a slide. The one door of this format."""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

from workbench.export.api import chosen_diagrams, files_in
from workbench.export.errors import ExportError
from workbench.export.extent import extent
from workbench.export.facts import SheetFacts, facts_for, one_line, project_of
from workbench.export.figure import figure_ops
from workbench.export.gui import here
from workbench.export.options import ExportOptions, check
from workbench.export.out_file import check_place, put
from workbench.export.part import part_of
from workbench.export.pptx import Slide, pptx_steps
from workbench.export.pptx_diagram import Frame, diagram_shapes
from workbench.export.pptx_xml import EMU
from workbench.export.steps import Aside, Steps, between, finished
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.lighting import lit_on
from workbench.render.ops import Bounds
from workbench.render.picture import DiagramPicture
from workbench.render.text import Measure
from workbench.render.theme import Theme, load_theme
from workbench.store.collector import collector_paused
from workbench.store.store import Store

_MOST: Final = 1.25
"""Small diagrams are enlarged no further."""
_READABLE: Final = 0.4
"""Below this scale the slides are made larger instead: it looks the same, and letters stay above one point."""
_ROOM: Final = (12_192_000 * 0.94, 6_858_000 * 0.77)
"""For the drawing on a slide of the usual size, EMU."""
_LAID_OUT: Final = 0.3
"""Share of the work that goes into the pictures; the rest draws and packs the slides."""
_OF_FIGURES: Final = (
    ("dpi", "--dpi"),
    ("width", "--width"),
    ("transparent", "--transparent"),
    ("findings", "--findings"),
    ("tile", "--tile"),
)


def export_slides(store: Store, out: Path, *, diagram: str | None = None, options: ExportOptions | None = None) -> int:
    """Write one diagram, or (None) every one on a slide of its own; returns the bytes written.

    Raises:
        ExportError: an option, the diagram or the place does not do. What lay there is as it was.
    """
    return finished(slides_steps(store, out, diagram=diagram, options=options))


def slides_steps(
    store: Store,
    out: Path,
    *,
    diagram: str | None = None,
    options: ExportOptions | None = None,
    aside: Aside = here,
) -> Steps[int]:
    """The same step by step, so that somebody may stop it before anything is written.

    Args:
        store: the project; it must not change meanwhile.
        aside: where the slides are made.

    Raises:
        ExportError: as ``export_slides``.
    """
    if out.suffix.lower() != ".pptx":
        raise ExportError(f"{out.name}: slides are written as .pptx; give it this ending.")
    chosen = chosen_diagrams(store, diagram, every=diagram is None)
    check_place(out)
    return put(out, (yield from aside(lambda measure: made_slides(store, chosen, options, measure))))


def export_each_slide(store: Store, folder: Path, format: str, options: ExportOptions | None = None) -> list[Path]:
    """Write every diagram into a ``.pptx`` of its own in ``folder``, named after its title; make the folder if needed.

    Raises:
        ExportError: as ``export_slides``; files already written stay.
    """
    diagrams = chosen_diagrams(store, None, every=True)
    written = [slides_bytes(store, [diagram], options) for diagram in diagrams]
    paths = files_in(folder, diagrams, format)
    for path, data in zip(paths, written, strict=True):
        put(path, data)
    return paths


def slides_bytes(store: Store, diagrams: Sequence[Diagram], options: ExportOptions | None = None) -> bytes:
    """The file of some diagrams, one a slide.

    Raises:
        ExportError: an option does not do, or means nothing to slides.
    """
    return finished(here(lambda measure: made_slides(store, diagrams, options, measure)))


def made_slides(
    store: Store, diagrams: Sequence[Diagram], options: ExportOptions | None, measure: Measure
) -> Steps[bytes]:
    """The same step by step.

    Raises:
        ExportError: as ``slides_bytes``.
    """
    wanted = options or ExportOptions()
    check(wanted)
    no_options_of_figures(wanted, ".pptx")
    words = [facts_for(store, diagram, wanted) for diagram in diagrams]
    theme = load_theme(wanted.theme)
    with collector_paused():
        day = words[0].time.date() if words and words[0].time is not None else None
        pictures: list[DiagramPicture] = []
        reaches: list[Bounds] = []
        for done, diagram in enumerate(diagrams):
            yield _LAID_OUT * done / len(diagrams)
            whole = PictureBuilder(store, diagram.id, measure, day).picture
            pictures.append(part_of(whole, wanted.only, wanted.seen, wanted.levels))
            yield _LAID_OUT * (done + 0.4) / len(diagrams)
            reaches.append(reach_of(pictures[-1], theme, measure))
        slides = [
            Slide(
                facts.title,
                drawing(picture, reach, measure, _themes(theme, lit_on(picture, wanted.light))),
                notes_of(picture, diagram),
                footer_of(facts),
                theme.surface.canvas,
                theme.text.primary,
                len(picture.nodes) + 2 * len(picture.bars) + 2 * len(picture.links),
            )
            for diagram, facts, picture, reach in zip(diagrams, words, pictures, reaches, strict=True)
        ]
        project = project_of(store)
        title = words[0].title if len(words) == 1 else one_line(project.title) or words[0].title
        authors = [name for name in map(one_line, project.authors) if name]
        enlarged = enlarged_for(reaches)
        steps = pptx_steps(slides, title=title, authors=authors, time=words[0].time, enlarged=enlarged)
        return (yield from between(_LAID_OUT, 1.0, steps))


def no_options_of_figures(options: ExportOptions, ending: str) -> None:
    """Refuse what means nothing to slides.

    Raises:
        ExportError: naming the option.
    """
    for name, flag in _OF_FIGURES:
        if getattr(options, name):
            raise ExportError(f"{flag} is for figures; leave it out with {ending}.")


def _themes(theme: Theme, lit: Collection[str]) -> Callable[[str], Theme]:
    """The theme of everything on a slide: dimmed where something else is lit."""
    dimmed = theme.dimmed() if lit else theme
    return lambda one: theme if one in lit else dimmed


def reach_of(picture: DiagramPicture, theme: Theme, measure: Measure) -> Bounds:
    """How far a diagram reaches with its labels, in scene units."""
    return extent(figure_ops(picture, theme, measure), measure) or (0.0, 0.0, 1.0, 1.0)


def enlarged_for(reaches: Sequence[Bounds]) -> float:
    """How many times as large the slides have to be, so that the largest of some drawings can still be read on them."""
    smallest = min((_scale(reach, *_ROOM) for reach in reaches), default=1.0)
    return max(1.0, _READABLE / smallest)


def drawing(
    picture: DiagramPicture, reach: Bounds, measure: Measure, theme_of: Callable[[str], Theme]
) -> Callable[[Bounds, int], Iterable[str]]:
    """What draws the part of a diagram within ``reach`` (scene units) into the middle of a place on a slide."""

    def draw(place: Bounds, first: int) -> Iterable[str]:
        left, top, right, bottom = place
        scale = _scale(reach, right - left, bottom - top)
        middle = (reach[0] + reach[2]) / 2, (reach[1] + reach[3]) / 2
        unit = scale * EMU
        frame = Frame(scale, (left + right) / 2 - middle[0] * unit, (top + bottom) / 2 - middle[1] * unit)
        return diagram_shapes(picture, measure, frame, theme_of, first)

    return draw


def _scale(reach: Bounds, width: float, height: float) -> float:
    wide, tall = max(reach[2] - reach[0], 1.0), max(reach[3] - reach[1], 1.0)
    return min(width / (wide * EMU), height / (tall * EMU), _MOST)


def notes_of(picture: DiagramPicture, diagram: Diagram) -> str:
    """What the speaker reads: the diagram's description, and controls that stand on no line yet."""
    waiting = [
        f"On {node.code or node.title} without a line yet: {'; '.join(node.listed)}"
        for node in sorted(picture.nodes.values(), key=lambda node: node.id)
        if node.listed
    ]
    return "\n".join([*([diagram.description] if diagram.description else []), *waiting])


def footer_of(facts: SheetFacts) -> str:
    """The title block in one line."""
    said = {fact.label: fact.value for row in facts.rows for fact in row}
    return " · ".join(said[name] for name in ("Project", "Revision", "Date", "Classification") if said.get(name))
