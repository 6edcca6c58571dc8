"""The capability grid and the complexity sweep as they are shown: computed from the records each time, never stored.

A grid holds what was measured on one model, by attribute of the specification and level of abstraction, understanding
and execution apart, beside what people achieve. Source of the frame: see ``resources/capability/standard.json``.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, get_args

from workbench.analysis.capability_cell import CellView, cell_view
from workbench.evidence.dates import newest_day
from workbench.evidence.staleness import plain_name
from workbench.model.judgement import (
    PROJECT_ID,
    Aspect,
    CapabilityCell,
    CapabilityGrid,
    Project,
    SweepPoint,
    SystemUnderAnalysis,
)
from workbench.model.runs import Metric, Run
from workbench.store.reader import Reader
from workbench.values import value_type

ASPECTS: Final[tuple[Aspect, ...]] = get_args(Aspect)
TREND_LEVELS: Final = 3
"""Levels of complexity below which points are not joined by a line."""

Place = tuple[str, str, Aspect]
"""Row, column and aspect of a cell."""


@value_type(frozen=True, slots=True)
class GridView:
    """A capability grid as it is shown.

    Attributes:
        attributes: rows about the specification; ``practices``: the rows below, about any specification.
        columns: levels of abstraction.
        cells: one for each row, column and aspect, blank ones too.
        model: whose results they are, in words; empty where nobody has said.
    """

    id: str
    title: str
    model: str
    attributes: tuple[str, ...]
    practices: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[Place, CellView]

    @property
    def rows(self) -> tuple[str, ...]:
        """Attributes, then practices."""
        return (*self.attributes, *self.practices)

    def measured(self, aspect: Aspect) -> int:
        """How many cells of an aspect hold a figure."""
        return sum(cell.value is not None for place, cell in self.cells.items() if place[2] == aspect)

    def used(self, aspect: Aspect) -> bool:
        """Whether anything at all was entered for an aspect."""
        return any(cell.id for place, cell in self.cells.items() if place[2] == aspect)


@value_type(frozen=True, slots=True)
class PointView:
    """The result at one number of blocks."""

    blocks: int
    shown: CellView


@value_type(frozen=True, slots=True)
class SeriesView:
    """The points of one model, by number of blocks.

    Attributes:
        joined: whether a line may be drawn through them; else ``apart`` says why not.
    """

    name: str
    points: tuple[PointView, ...]
    joined: bool
    apart: str = ""


@value_type(frozen=True, slots=True)
class HumanPoint:
    """What people achieve at one number of blocks; without bounds it is a constant."""

    blocks: int
    value: float
    low: float | None
    high: float | None


@value_type(frozen=True, slots=True)
class SweepView:
    """A complexity sweep as it is shown.

    Attributes:
        title: what the steps are, such as ``Chained building blocks``.
        levels: the numbers of blocks for which there is a record.
        human: by number of blocks; ``human_joined``: whether a line may be drawn through them.
    """

    id: str
    title: str
    levels: tuple[int, ...]
    series: tuple[SeriesView, ...]
    human: tuple[HumanPoint, ...]
    human_joined: bool


def grids(store: Reader) -> list[CapabilityGrid]:
    """Every capability grid, by title."""
    return sorted(store.all(CapabilityGrid), key=lambda grid: (grid.title.casefold(), grid.id))


def system_of(store: Reader, grid: CapabilityGrid) -> SystemUnderAnalysis | None:
    """What the grid is about: its own model, else the system under analysis."""
    project = store.find(PROJECT_ID, Project)
    system = project.system if project is not None else None
    if not grid.model.strip():
        return system
    versions = dict(system.versions) if system is not None else {}
    return SystemUnderAnalysis(model=grid.model.strip(), versions=versions)


def cells_of(store: Reader, grid: str) -> Iterator[CapabilityCell]:
    """The cells of a grid that hold something."""
    yield from store.referrers(grid, CapabilityCell, "grid")


def points_of(store: Reader, grid: str) -> list[SweepPoint]:
    """The points of a grid's sweep by series and number of blocks."""
    return sorted(store.referrers(grid, SweepPoint, "grid"), key=lambda point: (point.series, point.blocks, point.id))


def grid_view(store: Reader, grid: CapabilityGrid, *, as_of: date | None = None) -> GridView:
    """Every cell of a grid, by row, column and aspect.

    Args:
        store: the document.
        grid: the grid.
        as_of: the day by which age is reckoned; else the newest day stored in the project.
    """
    system = system_of(store, grid)
    known = {(cell.attribute, cell.level, cell.aspect): cell for cell in cells_of(store, grid.id)}
    ages = any(cell.criterion is not None and cell.criterion.max_age_days is not None for cell in known.values())
    day = as_of if as_of is not None or not ages else newest_day(store)
    cells: dict[Place, CellView] = {}
    for row in (*grid.attributes, *grid.practices):
        for column in grid.levels:
            for aspect in ASPECTS:
                cell = known.get((row, column, aspect))
                made = cell_view(store, cell, system=system, as_of=day) if cell is not None else None
                cells[row, column, aspect] = made or CellView(row, column, aspect)
    model = f"{system.model} {system.version}".strip() if system is not None else ""
    return GridView(grid.id, grid.title, model, grid.attributes, grid.practices, grid.levels, cells)


def sweep_view(store: Reader, grid: CapabilityGrid) -> SweepView:
    """Pass rate by number of blocks, for each series, with the human figures.

    Points of different versions are never averaged and never joined; nor are fewer than three levels.
    """
    system = system_of(store, grid)
    points = points_of(store, grid.id)
    names = dict.fromkeys(point.series for point in points)
    series = []
    for name in names:
        mine = [point for point in points if point.series == name]
        # another model is what a named series is for: it is not held against the system under analysis
        held = system if not name else None
        views = tuple(PointView(point.blocks, cell_view(store, point, system=held)) for point in mine)
        apart = _apart(store, views)
        series.append(SeriesView(name, views, not apart, apart))
    human = _human(points for one in series for points in one.points)
    title = grid.sweep_title or "Complexity"
    levels = tuple(sorted({point.blocks for point in points}))
    joined = len({point.blocks for point in human}) == len(human) >= TREND_LEVELS
    return SweepView(grid.id, title, levels, tuple(series), human, joined)


def _apart(store: Reader, points: tuple[PointView, ...]) -> str:
    """Why the points of a series are not joined; empty where they are."""
    measured = [point for point in points if point.shown.value is not None]
    if len(measured) < TREND_LEVELS:
        return f"No line below {TREND_LEVELS} levels."
    versions: dict[str, str] = {}
    for point in measured:
        run = store.find(point.shown.run, Run)
        metric = store.find(point.shown.metric, Metric)
        if run is None or metric is None:
            continue
        words = f"{point.shown.model or 'a model without name'}, {run.task.name} {run.task.version}".rstrip(", ")
        key = plain_name(run.model.name, run.model.version, run.task.version, run.dataset.version, metric.name)
        versions.setdefault(key, words)
    if len(versions) > 1:
        return f"Not joined: points of {len(versions)} versions ({'; '.join(versions.values())})."
    return ""


def _human(points: Iterable[PointView]) -> tuple[HumanPoint, ...]:
    found = {
        HumanPoint(point.blocks, point.shown.human, point.shown.human_low, point.shown.human_high): None
        for point in points
        if point.shown.human is not None
    }
    return tuple(sorted(found, key=lambda human: (human.blocks, human.value)))


def informing(store: Reader, element: str) -> list[CapabilityCell]:
    """The cells whose result an element leans on."""
    return store.referrers(element, CapabilityCell, "informs")
