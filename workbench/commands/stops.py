"""The stops of a presentation: made from what is seen, put in order, worded, kept in step with the view, removed."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from workbench.analysis.stops import stops_in_order
from workbench.analysis.words import plain_error
from workbench.commands.errors import CommandError
from workbench.model.ids import new_id
from workbench.model.order import key_between, keys_between
from workbench.model.review import Camera, Stop, StopShows
from workbench.store.transaction import Transaction
from workbench.values import value_type

_GONE = "This stop does not exist any more."
_LONGEST = 2_000


@value_type(frozen=True, slots=True)
class View:
    """What somebody sees of a diagram.

    Attributes:
        diagram: id of the diagram.
        camera: the part of it that is seen; None: all of it.
        levels: how much is shown, 1 to 5.
        highlighted: ids of what is meant; none: everything alike.
    """

    diagram: str
    camera: Camera | None = None
    levels: int = 5
    highlighted: tuple[str, ...] = ()


@value_type(frozen=True, slots=True)
class Draft:
    """A stop to be made; see ``Stop`` for the fields."""

    title: str
    diagram: str | None = None
    shows: StopShows = "diagram"
    subject: str | None = None
    camera: Camera | None = None
    levels: int = 5
    highlighted: tuple[str, ...] = ()
    notes: str = ""


def add_stop(tx: Transaction, draft: Draft, after: str | None = None) -> str:
    """Make a stop behind another one; at the end of the route where none is named."""
    return add_stops(tx, (draft,), after)[0]


def add_stops(tx: Transaction, drafts: Iterable[Draft], after: str | None = None) -> list[str]:
    """Make several stops behind another one, in their order; at the end where none is named."""
    wanted = list(drafts)
    route = _route(tx)
    at = next((place for place, stop in enumerate(route, 1) if stop.id == after), len(route))
    keys = keys_between(*_around(route, at), len(wanted))
    made = []
    for draft, key in zip(wanted, keys, strict=True):
        stop = Stop(
            id=new_id("stop"),
            diagram=draft.diagram,
            shows=draft.shows,
            subject=draft.subject,
            order=key,
            title=draft.title[:_LONGEST],
            camera=draft.camera,
            levels=draft.levels,
            highlighted=tuple(id for id in dict.fromkeys(draft.highlighted) if tx.get(id) is not None),
            notes=draft.notes[:200_000],
        )
        made.append(tx.put(stop).id)
    return made


def from_view(tx: Transaction, view: View, *, title: str = "", after: str | None = None) -> str:
    """Make a stop of what is seen now."""
    draft = Draft(title, view.diagram, camera=view.camera, levels=view.levels, highlighted=view.highlighted)
    return add_stop(tx, draft, after)


def update_from_view(tx: Transaction, stop: str, view: View) -> None:
    """Let a stop show what is seen now; title, notes and place in the route stay. A card becomes a diagram.

    Raises:
        CommandError: it is gone.
    """
    highlighted = tuple(id for id in view.highlighted if tx.get(id) is not None)
    _patch(
        tx, stop, diagram=view.diagram, shows="diagram", subject=None, camera=view.camera, levels=view.levels,
        highlighted=highlighted,
    )  # fmt: skip


def move_stops(tx: Transaction, stops: Sequence[str], index: int) -> None:
    """Put some stops together at a place in the route, counted without them; their order among each other stays.

    Raises:
        CommandError: one of them is gone.
    """
    route = _route(tx)
    moving = [stop for stop in route if stop.id in set(stops)]
    if len(moving) < len(set(stops)):
        raise CommandError(_GONE)
    others = [stop for stop in route if stop not in moving]
    at = max(0, min(index, len(others)))
    if [*others[:at], *moving, *others[at:]] == route:
        return
    for stop, key in zip(moving, keys_between(*_around(others, at), len(moving)), strict=True):
        tx.patch(stop.id, order=key)


def retitle(tx: Transaction, stop: str, title: str) -> None:
    """Give a stop another title; empty: it is called after what it shows.

    Raises:
        CommandError: it is gone, or the title is too long.
    """
    _patch(tx, stop, title=" ".join(title.split()))


def set_notes(tx: Transaction, stop: str, notes: str) -> None:
    """Write the notes of a stop.

    Raises:
        CommandError: it is gone, or they are too long.
    """
    _patch(tx, stop, notes=notes)


def set_levels(tx: Transaction, stops: Iterable[str], levels: int) -> None:
    """Say how much some stops show, 1 to 5.

    Raises:
        CommandError: one is gone.
    """
    for stop in stops:
        _patch(tx, stop, levels=min(max(levels, 1), 5))


def duplicate(tx: Transaction, stops: Iterable[str]) -> list[str]:
    """A copy of each stop behind it.

    Raises:
        CommandError: one is gone.
    """
    made = []
    for id in stops:
        route = _route(tx)
        at = next((place for place, stop in enumerate(route, 1) if stop.id == id), 0)
        if not at:
            raise CommandError(_GONE)
        copy = route[at - 1].replace(id=new_id("stop"), order=key_between(*_around(route, at)))
        made.append(tx.put(copy).id)
    return made


def remove(tx: Transaction, stops: Iterable[str]) -> None:
    """Take stops out of the route; what they show stays."""
    for stop in dict.fromkeys(stops):
        if tx.find(stop, Stop) is not None:
            tx.remove(stop)


def _route(tx: Transaction) -> list[Stop]:
    """The route in order; where two stops share a key (files written by hand), all get new ones."""
    route = stops_in_order(tx)
    if len({stop.order for stop in route}) < len(route):
        for stop, key in zip(route, keys_between(None, None, len(route)), strict=True):
            tx.patch(stop.id, order=key)
        route = stops_in_order(tx)
    return route


def _around(route: Sequence[Stop], at: int) -> tuple[str | None, str | None]:
    """The keys beside a place."""
    return route[at - 1].order if at else None, route[at].order if at < len(route) else None


def _patch(tx: Transaction, stop: str, **changes: Any) -> None:
    if tx.find(stop, Stop) is None:
        raise CommandError(_GONE)
    try:
        tx.patch(stop, **changes)
    except ValidationError as problem:
        raise CommandError(plain_error(problem)) from problem
