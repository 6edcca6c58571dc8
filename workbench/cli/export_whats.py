"""What ``export --what`` writes, one function each: a project file in, files out."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from workbench.cli.drawing import load_drawing
from workbench.cli.opening import open_for_reading
from workbench.cli.output import CommandFailedError
from workbench.commands.errors import CommandError
from workbench.commands.find import resolve
from workbench.export.errors import ExportError
from workbench.export.log import export_log
from workbench.store.store import Store

_DOORS: Final = {
    **dict.fromkeys(("drawio", "dot", "mmd"), ("workbench.export.graphs", "export_graph", "export_graphs")),
    "pptx": ("workbench.export.slides", "export_slides", "export_each_slide"),
}
"""What writes diagrams that are no pictures, one and all, by the ending of the file."""
_FIGURES: Final = ("workbench.export.api", "export_file", "export_all")


@contextmanager
def _refusals_told() -> Iterator[None]:
    """What an export refuses is what the command refuses, in the same line."""
    try:
        yield
    except ExportError as error:
        raise CommandFailedError(str(error)) from None


def draw(file: str, out: Path, diagram: str | None = None, **options: Any) -> None:
    """Draw one diagram (in a PDF or on slides: all) of a project file to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    module, door, _ = _DOORS.get(out.suffix[1:].lower(), _FIGURES)
    api = load_drawing(module)
    chosen = _chosen(store, options)
    with _refusals_told():
        getattr(api, door)(store, out, diagram=diagram, options=chosen)


def _chosen(store: Store, options: dict[str, Any]) -> Any:
    """The options of a figure of diagrams, with the ids of what is to be shown only, or lit."""
    named = {name: _named(store, name, options.get(name, ())) for name in ("only", "light")}
    return load_drawing("workbench.export.options").ExportOptions(**options | named)


def _named(store: Store, option: str, names: Iterable[str]) -> tuple[str, ...]:
    """The ids of what is named.

    Raises:
        CommandFailedError: there is no such thing, or several are called so.
    """
    try:
        return tuple(resolve(store, name) for name in names)
    except CommandError as error:
        raise CommandFailedError(f"--{option}: {error}.") from None


def draw_all(file: str, folder: Path, ending: str, **options: Any) -> list[Path]:
    """Draw every diagram of a project file into ``folder``; the files written.

    Raises:
        CommandFailedError: one line that says what, where and what to do; files already written stay.
    """
    store = open_for_reading(file).store
    module, _, door = _DOORS.get(ending.lower(), _FIGURES)
    api = load_drawing(module)
    chosen = _chosen(store, options)
    with _refusals_told():
        written: list[Path] = getattr(api, door)(store, folder, ending.lower(), chosen)
    return written


def write_figure(of: str, door: str, file: str, out: Path, *, grid: str | None = None, **options: Any) -> None:
    """Write one figure of a project file to ``out``.

    Args:
        of: the module of the export room that knows it.
        door: its function.
        file: the project.
        out: its ending says how it is written.
        grid: of a capability figure, which grid; None: the only one there is.
        options: see ``ExportOptions``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    api = load_drawing(f"workbench.export.{of}")
    chosen = load_drawing("workbench.export.options").ExportOptions(**options)
    which = {"grid": grid} if grid is not None else {}
    with _refusals_told():
        getattr(api, door)(store, out, options=chosen, **which)


draw_capability = partial(write_figure, "capability", "export_capability")


def write_log(file: str, out: Path, as_of: str | None = None, **_of_figures: Any) -> None:
    """Write the hazard log of a project file to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    store = open_for_reading(file).store
    with _refusals_told():
        export_log(store, out, as_of=as_of)


def write_minutes(
    file: str, out: Path, meeting: str | None = None, as_of: str | None = None, **_of_figures: Any
) -> list[Path]:
    """Write the minutes of a meeting of a project file to ``out``; the files written.

    Raises:
        CommandFailedError: one line that says what, where and what to do.
    """
    loaded = open_for_reading(file)
    api = load_drawing("workbench.export.minutes")
    with _refusals_told():
        written = api.export_minutes(loaded.store, out, meeting=meeting, project=loaded.path, as_of=as_of)
    return [path for path, _ in written]


def write_report(
    file: str, out: Path, template: Path | None = None, as_of: str | None = None, **_of_figures: Any
) -> None:
    """Write the report of a project file to ``out``.

    Raises:
        CommandFailedError: one line that says what, where and what to do; ``out`` is as it was.
    """
    loaded = open_for_reading(file)
    api = load_drawing("workbench.export.report")
    with _refusals_told():
        api.export_report(loaded.store, out, project=loaded.path, as_of=as_of, template=template)


WHOLE: Final[dict[str, Callable[..., list[Path] | None]]] = {
    "log": write_log,
    "odd": partial(write_figure, "odd", "export_odd"),
    "matrix": partial(write_figure, "risk_matrix", "export_matrix"),
    "minutes": write_minutes,
    "deck": partial(write_figure, "deck", "export_deck"),
    "report": write_report,
}
"""What is written of the whole project: neither a diagram nor a grid is chosen. The files, where not OUT alone."""
