"""Where things stand: moving, sizing, bending, collapsing. Meaning is never touched here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from workbench.commands.errors import CommandError
from workbench.commands.guards import set_station
from workbench.model.base import COORDINATE_LIMIT
from workbench.model.drawing import Placement, Route
from workbench.model.elements import Guard
from workbench.model.ids import derived_id
from workbench.store.transaction import Transaction

Point = tuple[float, float]


class PlanLike(Protocol):
    """What an arrangement says: centres of elements, stations of guards, offsets of hanging factors."""

    @property
    def positions(self) -> Mapping[str, Point]:
        """Centres by element (scene units)."""

    @property
    def stations(self) -> Mapping[str, float]:
        """Stations by guard."""

    @property
    def hang_offsets(self) -> Mapping[str, Point]:
        """Offsets from their bars by hanging factor."""


def placement_of(tx: Transaction, diagram: str, subject: str) -> Placement:
    """The placement of a subject on a diagram.

    Raises:
        CommandError: it does not stand there.
    """
    found = tx.find(derived_id("placement", diagram, subject), Placement)
    if found is None:
        raise CommandError("This element does not stand on the diagram shown.")
    return found


def move(tx: Transaction, diagram: str, places: Mapping[str, Point]) -> None:
    """Put the centres of elements at points (scene units); for a hanging factor, offsets from its bar."""
    for subject, (x, y) in places.items():
        old = placement_of(tx, diagram, subject)
        tx.put(old.replace(x=_bounded(x), y=_bounded(y)))


def _bounded(value: float) -> float:
    return max(-COORDINATE_LIMIT, min(COORDINATE_LIMIT, value))


def resize(tx: Transaction, diagram: str, subject: str, w: float, h: float, x: float, y: float) -> None:
    """Give an element a size and, because a corner was dragged, a new centre (scene units)."""
    old = placement_of(tx, diagram, subject)
    tx.put(old.replace(w=w, h=h, x=_bounded(x), y=_bounded(y)))


def reset_size(tx: Transaction, diagram: str, subjects: Iterable[str]) -> None:
    """Let elements take the size their text needs again."""
    for subject in subjects:
        old = placement_of(tx, diagram, subject)
        if old.w is not None or old.h is not None:
            tx.put(old.replace(w=None, h=None))


def collapse(tx: Transaction, diagram: str, subject: str, collapsed: bool) -> None:
    """Hide, or show again, what is reachable only through an element, away from the focus."""
    tx.put(placement_of(tx, diagram, subject).replace(collapsed=collapsed))


def _route(tx: Transaction, diagram: str, link: str) -> Route:
    return tx.find(derived_id("route", diagram, link), Route) or Route.of(diagram, link)


def _put_route(tx: Transaction, route: Route) -> None:
    if route.points or route.hidden:
        tx.put(route)
    elif route.id in tx.records:
        tx.remove(route.id)  # a route that says nothing is no record


def set_waypoints(tx: Transaction, diagram: str, link: str, points: Sequence[Point]) -> None:
    """Bend a link by hand; no points let the program find the way again."""
    _put_route(tx, _route(tx, diagram, link).replace(points=tuple(points)))


def apply_plan(tx: Transaction, diagram: str, plan: PlanLike) -> None:
    """Arrange a diagram as planned. Guards the plan has no station for are placed by the program."""
    for subject, (x, y) in plan.positions.items():
        old = tx.find(derived_id("placement", diagram, subject), Placement)
        if old is not None:
            tx.put(old.replace(x=_bounded(x), y=_bounded(y), hangs_on=None))
    for subject, (x, y) in plan.hang_offsets.items():
        old = tx.find(derived_id("placement", diagram, subject), Placement)
        if old is not None and old.hangs_on is not None:
            tx.put(old.replace(x=_bounded(x), y=_bounded(y)))
    for placement in tuple(tx.referrers(diagram, Placement, "diagram")):
        if placement.station is not None and placement.subject not in plan.stations:
            tx.remove(placement.id)
    for guard, station in plan.stations.items():
        if tx.find(guard, Guard) is not None:
            set_station(tx, diagram, guard, station)
    for route in tuple(tx.referrers(diagram, Route, "diagram")):
        if route.points:
            _put_route(tx, route.replace(points=()))
