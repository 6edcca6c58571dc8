"""Diagrams for those who go on in another program: draw.io, Graphviz and Mermaid. The one door to these formats.

Loads Qt, since a drawing keeps its places and these hang on the sizes of texts.
"""

from pathlib import Path
from typing import Final, Literal, get_args

from workbench.export.api import chosen_diagrams, files_in
from workbench.export.dates import figure_time
from workbench.export.dot import write_dot
from workbench.export.drawio import write_drawio
from workbench.export.errors import ExportError
from workbench.export.gui import here
from workbench.export.mermaid import write_mermaid
from workbench.export.options import ExportOptions, check
from workbench.export.out_file import check_place, put
from workbench.export.part import part_of
from workbench.export.steps import Aside, Steps, finished
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.text import Measure
from workbench.render.theme import load_theme
from workbench.store.collector import collector_paused
from workbench.store.store import Store

GraphFormat = Literal["drawio", "dot", "mmd"]
GRAPHS: Final[tuple[GraphFormat, ...]] = get_args(GraphFormat)
_OF_FIGURES: Final = (
    ("dpi", "--dpi"),
    ("width", "--width"),
    ("transparent", "--transparent"),
    ("findings", "--findings"),
    ("light", "--light"),
)


def graph_format(path: Path) -> GraphFormat | None:
    """The format of graphs that a file name asks for by its ending; None where it asks for another."""
    ending = path.suffix[1:].lower()
    return ending if ending in GRAPHS else None


def export_graph(store: Store, out: Path, *, diagram: str | None = None, options: ExportOptions | None = None) -> int:
    """Write one diagram (None: the first by order) as the ending of ``out`` says; returns the bytes written.

    Raises:
        ExportError: an option, the diagram or the place does not do. What lay there is as it was.
    """
    return finished(graph_steps(store, out, diagram=diagram, options=options))


def graph_steps(
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
        aside: where the graph is made.

    Raises:
        ExportError: as ``export_graph``.
    """
    format = graph_format(out)
    if format is None:
        raise ExportError(f"{out.name}: give it an ending of {', '.join(f'.{name}' for name in GRAPHS)}.")
    chosen = chosen_diagrams(store, diagram, every=False)
    check_place(out)
    return put(out, (yield from aside(lambda measure: _made(store, chosen[0], format, options, measure))))


def export_graphs(store: Store, folder: Path, format: GraphFormat, options: ExportOptions | None = None) -> list[Path]:
    """Write every diagram into a file of its own in ``folder``, named after its title; make the folder if needed.

    Raises:
        ExportError: as ``export_graph``; files already written stay.
    """
    diagrams = chosen_diagrams(store, None, every=True)
    written = [graph_bytes(store, diagram, format, options) for diagram in diagrams]
    paths = files_in(folder, diagrams, format)
    for path, data in zip(paths, written, strict=True):
        put(path, data)
    return paths


def graph_bytes(store: Store, diagram: Diagram, format: GraphFormat, options: ExportOptions | None = None) -> bytes:
    """The file of one diagram.

    Raises:
        ExportError: an option does not do, or means nothing to a graph.
    """
    return finished(here(lambda measure: _made(store, diagram, format, options, measure)))


def _made(
    store: Store, diagram: Diagram, format: GraphFormat, options: ExportOptions | None, measure: Measure
) -> Steps[bytes]:
    wanted = options or ExportOptions()
    check(wanted)
    for name, flag in _OF_FIGURES:
        if getattr(wanted, name):
            raise ExportError(f"{flag} is for figures; leave it out with .{format}.")
    time = figure_time(store, wanted.as_of)
    theme = load_theme(wanted.theme)
    yield 0.0
    with collector_paused():
        whole = PictureBuilder(store, diagram.id, measure, time.date() if time is not None else None).picture
        picture = part_of(whole, wanted.only, wanted.seen, wanted.levels)
        yield 0.3
        if format == "drawio":
            return write_drawio(picture, theme, measure)
        if format == "dot":
            return write_dot(picture, theme, measure)
        return write_mermaid(picture, theme)
