"""The steps of a presentation: the stops of the project's route, or every diagram whole where it has none."""

from workbench.analysis.levels import ALL
from workbench.analysis.stops import shown_at, stops_in_order, title_at
from workbench.model.drawing import Diagram
from workbench.model.review import Camera, Stop, StopShows
from workbench.session.session import diagrams
from workbench.store.store import Store
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Step:
    """What stands on the screen at one time.

    Attributes:
        key: tells it from the others: the id of its stop, or of the diagram it shows whole.
        stop: id of the stop; empty where nobody made one.
        diagram: the diagram shown, or the one behind a card; empty where there is none.
        shows, subject, camera, levels, highlighted, notes: as a ``Stop`` has them; ``subject`` is empty for none.
    """

    key: str
    title: str
    diagram: str = ""
    stop: str = ""
    shows: StopShows = "diagram"
    subject: str = ""
    camera: Camera | None = None
    levels: int = ALL
    highlighted: tuple[str, ...] = ()
    notes: str = ""


def route_of(store: Store) -> tuple[Step, ...]:
    """The steps in order; never none: without stops every diagram, without diagrams an empty screen."""
    steps = tuple(step_of(store, stop) for stop in stops_in_order(store))
    if steps:
        return steps
    return tuple(whole(diagram) for diagram in diagrams(store)) or (Step("", ""),)


def whole(diagram: Diagram) -> Step:
    """A diagram, all of it."""
    return Step(diagram.id, diagram.title or "Untitled diagram", diagram.id)


def step_of(store: Store, stop: Stop) -> Step:
    """A stop as a step, with what it shows now."""
    shown = shown_at(store, stop)
    on_diagram = shown.shows == "diagram"
    return Step(
        stop.id,
        title_at(store, stop),
        shown.id if on_diagram else stop.diagram or "",
        stop.id,
        shown.shows,
        "" if on_diagram else shown.id,
        stop.camera,
        stop.levels,
        stop.highlighted,
        stop.notes,
    )
