"""Capability grids: their rows and columns, their cells, and the points of their sweep."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, cast

from workbench.analysis.capability import Place
from workbench.analysis.capability_standard import standard
from workbench.commands.attach import enter_run
from workbench.commands.errors import CommandError
from workbench.evidence.criterion import CriterionProblem, check_meant
from workbench.model.base import Record
from workbench.model.elements import Element
from workbench.model.ids import new_id
from workbench.model.judgement import CapabilityCell, CapabilityGrid, HumanBaseline, Measured, SweepPoint
from workbench.model.records import reference_names
from workbench.model.runs import Criterion, Metric
from workbench.store.transaction import Transaction

Axis = Literal["attributes", "practices", "levels"]
Point = tuple[int, str]
"""Number of blocks and series of a point of a sweep."""
Spot = Place | Point
"""A cell of the grid, or a point of its sweep."""

_WHAT: Final[dict[Axis, str]] = {"attributes": "attribute", "practices": "practice", "levels": "level"}
_GONE: Final = "This capability grid does not exist any more."
MOST_BLOCKS: Final = 10_000


def _grid(tx: Transaction, grid: str) -> CapabilityGrid:
    record = tx.find(grid, CapabilityGrid)
    if record is None:
        raise CommandError(_GONE)
    return record


# the grid


def new_grid(tx: Transaction, title: str = "", *, empty: bool = False, model: str = "") -> str:
    """Make a capability grid.

    Args:
        tx: the change under way.
        title: its name.
        empty: without rows and columns; else with the standard attributes, practices and levels.
        model: what it is about; empty: the system under analysis.

    Returns:
        Its id.
    """
    frame = standard()
    made = CapabilityGrid(
        id=new_id("capability_grid"),
        title=title.strip() or frame.title,
        model=model.strip(),
        sweep_title=frame.sweep_title,
        attributes=() if empty else frame.attributes,
        practices=() if empty else frame.practices,
        levels=() if empty else frame.levels,
    )
    return tx.put(made).id


def delete_grid(tx: Transaction, grid: str) -> None:
    """Remove a grid with its cells and points; the runs behind them stay."""
    _grid(tx, grid)
    tx.remove(grid)


# rows and columns


def remove_name(tx: Transaction, grid: str, axis: Axis, name: str) -> None:
    """Remove a row or column and the cells in it.

    Raises:
        CommandError: there is none of that name.
    """
    names = getattr(_grid(tx, grid), axis)
    if name not in names:
        raise CommandError(f"There is no {_WHAT[axis]} called “{name}” any more.")
    tx.patch(grid, **{axis: tuple(one for one in names if one != name)})
    field = "level" if axis == "levels" else "attribute"
    for cell in [cell for cell in tx.referrers(grid, CapabilityCell, "grid") if getattr(cell, field) == name]:
        tx.remove(cell.id)


def set_names(tx: Transaction, grid: str, axis: Axis, names: Sequence[tuple[str, str]]) -> None:
    """Set all rows or columns at once, as a dialog hands them over.

    Args:
        tx: the change under way.
        grid: the grid.
        axis: which of its lists.
        names: name before (empty for a new one) and name now, in order; what is not listed is removed.

    Raises:
        CommandError: a name is empty or stands twice.
    """
    record = _grid(tx, grid)
    before = set(getattr(record, axis))
    kept = {old for old, _ in names if old}
    for name in before - kept:
        remove_name(tx, grid, axis, name)
    others = set(record.practices if axis == "attributes" else record.attributes if axis == "practices" else ())
    seen: set[str] = set()
    for _, new in names:
        _refuse(axis, new.strip(), seen | others)
        seen.add(new.strip())
    moved = {old: new.strip() for old, new in names if old in before and new.strip() != old}
    field = "level" if axis == "levels" else "attribute"
    cells = [cell for cell in tx.referrers(grid, CapabilityCell, "grid") if getattr(cell, field) in moved]
    for cell in cells:  # by way of names that nobody has, so that two rows can change places
        _rehome(tx, cell, **{field: f"\x00{getattr(cell, field)}"})
    for cell in tx.referrers(grid, CapabilityCell, "grid"):
        name = getattr(cell, field)
        if name.startswith("\x00"):
            _rehome(tx, cell, **{field: moved[name[1:]]})
    tx.patch(grid, **{axis: tuple(new.strip() for _, new in names)})


def _refuse(axis: Axis, name: str, taken: set[str]) -> None:
    if not name:
        raise CommandError(f"Give the {_WHAT[axis]} a name.")
    if name in taken:
        raise CommandError(f"“{name}” is there already; a name can stand once only.")


def _rehome(tx: Transaction, cell: CapabilityCell, **changes: str) -> None:
    """Give a cell another place, and with it the id that follows from the place; what refers to it follows."""
    place = {"attribute": cell.attribute, "level": cell.level, "aspect": cell.aspect, **changes}
    made = CapabilityCell.of(cell.grid, place["attribute"], place["level"], cast("Any", place["aspect"]))
    moved = tx.put(cell.replace(id=made.id, **changes))
    if moved.id == cell.id:
        return
    for holder in tx.referrers(cell.id, Record):
        single, many = reference_names(type(holder))
        fields: dict[str, Any] = {name: moved.id for name in single if getattr(holder, name) == cell.id}
        for name in many:
            ids = getattr(holder, name)
            fields[name] = tuple(moved.id if id == cell.id else id for id in ids)
        tx.patch(holder.id, **fields)
    tx.remove(cell.id)


# cells and points


def record_at(tx: Transaction, grid: str, spot: Spot) -> CapabilityCell | SweepPoint:
    """The record of a cell or point, or an empty one that is not in the document yet.

    Raises:
        CommandError: the grid has no such row, column or number of blocks.
    """
    record = _grid(tx, grid)
    if len(spot) == 3:
        row, level, aspect = spot
        if row not in (*record.attributes, *record.practices) or level not in record.levels:
            raise CommandError(f"The grid has no cell for “{row}” at “{level}”.")
        for cell in tx.referrers(grid, CapabilityCell, "grid"):
            if (cell.attribute, cell.level, cell.aspect) == spot:
                return cell
        return CapabilityCell.of(grid, row, level, aspect)
    blocks, series = spot
    if not 1 <= blocks <= MOST_BLOCKS:
        raise CommandError(f"The number of blocks is a whole number from 1 to {MOST_BLOCKS:,}.")
    for point in tx.referrers(grid, SweepPoint, "grid"):
        if (point.blocks, point.series) == (blocks, series):
            return point
    return SweepPoint.of(grid, blocks, series)


def _set(tx: Transaction, grid: str, spot: Spot, **fields: Any) -> None:
    """Set fields of a cell or point; one that says nothing any more goes."""
    record = record_at(tx, grid, spot).replace(**fields)
    if _says_nothing(record):
        if record.id in tx.records:
            tx.remove(record.id)
        return
    tx.put(record)


def _says_nothing(record: CapabilityCell | SweepPoint) -> bool:
    if record.metric is not None or record.typed is not None or record.human is not None:
        return False
    if isinstance(record, CapabilityCell):
        return record.criterion is None and not record.informs and not record.note
    return True


def fill(tx: Transaction, grid: str, spot: Spot, metric: str) -> None:
    """Let a figure of a run stand in a cell or point; a typed value gives way.

    Raises:
        CommandError: no such metric, cell or point.
    """
    if tx.find(metric, Metric) is None:
        raise CommandError("This figure is no longer in the project.")
    _set(tx, grid, spot, metric=metric, typed=None)


def fill_many(
    tx: Transaction, grid: str, fills: Mapping[Spot, Metric], records: Iterable[Record] = ()
) -> tuple[Spot, ...]:
    """Fill many cells and points from one run; human figures, criteria and what a cell informs stay.

    Args:
        tx: the change under way.
        grid: the grid.
        fills: the figure for each cell or point.
        records: the run and its metrics, where they are not in the project yet.

    Returns:
        The cells and points that held another figure before.

    Raises:
        CommandError: nothing would be filled, or a cell does not exist.
    """
    if not fills:
        raise CommandError("Nothing is mapped to a cell yet.")
    enter_run(tx, records)
    enter_run(tx, fills.values())
    replaced = []
    for spot, metric in fills.items():
        before = record_at(tx, grid, spot)
        if before.typed is not None or before.metric not in (None, metric.id):
            replaced.append(spot)
        fill(tx, grid, spot, metric.id)
    return tuple(replaced)


def type_in(
    tx: Transaction, grid: str, spot: Spot, value: float | None, n: int | None = None, source: str = ""
) -> None:
    """Type in a result where there is no run; it is marked as typed. None takes it away.

    Args:
        tx: the change under way.
        grid: the grid.
        spot: the cell or point.
        value: a rate from 0 to 1.
        n: tasks behind it; without n it has no interval.
        source: where it comes from.
    """
    _refuse_no_tasks(n)
    typed = Measured(value=value, n=n, source=source.strip()) if value is not None else None
    _set(tx, grid, spot, typed=typed, metric=None)


def set_human(tx: Transaction, grid: str, spot: Spot, human: HumanBaseline | None) -> None:
    """Set what people achieve on the same tasks; None takes it away.

    Raises:
        CommandError: the bounds do not hold the value between them.
    """
    if human is not None and human.value is not None:
        _refuse_no_tasks(human.n)
        low, high = human.low, human.high
        if (low is None) != (high is None):
            raise CommandError("Give both bounds of the human figure, or neither.")
        if low is not None and high is not None and not low <= human.value <= high:
            raise CommandError("The human figure does not lie between its bounds.")
    _set(tx, grid, spot, human=human if human is not None and human.value is not None else None)


def _refuse_no_tasks(n: int | None) -> None:
    if n == 0:
        raise CommandError("A rate over 0 tasks is none; leave n empty where it is not known.")


def set_criterion(tx: Transaction, grid: str, place: Place, criterion: Criterion | None) -> None:
    """Set what a cell must show; its comparator says whether a low value is the hazard or the reassurance.

    Raises:
        CommandError: the threshold is no rate.
    """
    if criterion is not None:
        try:
            check_meant(criterion, Metric(id="cell", run="cell", name="the rate"))
        except CriterionProblem as problem:
            raise CommandError(str(problem)) from None
    _set(tx, grid, place, criterion=criterion)


def set_informs(tx: Transaction, grid: str, place: Place, elements: Iterable[str]) -> None:
    """Say which causes, hazards and other elements lean on a cell.

    Raises:
        CommandError: one of them is no element of the analysis.
    """
    ids = tuple(dict.fromkeys(elements))
    for id in ids:
        element = tx.find(id, Element)
        if element is None or element.TYPE == "note":
            raise CommandError("A cell informs elements of the analysis: causes, hazards, controls and the like.")
    _set(tx, grid, place, informs=ids)


def set_note(tx: Transaction, grid: str, place: Place, note: str) -> None:
    """Write a note on a cell: what was done about its doubts, for instance."""
    _set(tx, grid, place, note=note)


def clear(tx: Transaction, grid: str, spots: Iterable[Spot]) -> int:
    """Empty cells and points: value, human figure, criterion and links.

    Returns:
        How many held something.
    """
    found = [record for spot in spots if (record := record_at(tx, grid, spot)).id in tx.records]
    for record in found:
        tx.remove(record.id)
    return len(found)


def follow(tx: Transaction, counterparts: Mapping[str, str]) -> int:
    """Let cells and points that lean on some figures lean on others: a run took another's place.

    Args:
        tx: the change under way.
        counterparts: id of the new metric by that of the old one.

    Returns:
        How many cells and points follow.
    """
    found: list[CapabilityCell | SweepPoint] = []
    for old in counterparts:
        found += tx.referrers(old, CapabilityCell, "metric")
        found += tx.referrers(old, SweepPoint, "metric")
    for record in found:
        if record.metric is not None:
            tx.patch(record.id, metric=counterparts[record.metric])
    return len(found)
