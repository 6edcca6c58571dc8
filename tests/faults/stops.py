"""Random edits after stops were made: no stop may come to show nothing, or what is not there, and no minutes break.

``python -m tests.faults.stops --edits 10000 --seed 1`` makes so many edits of a sample, holds meetings meanwhile, and
looks at its stops and minutes.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.edits import STEPS, Editor
from tests.faults.stop_meetings import Meetings
from tests.support import there
from tests.unit.render.support import FixedMeasure
from workbench.analysis.stops import Shown, shown_at, stops_in_order, title_at
from workbench.commands import create, geometry, stops, stops_from
from workbench.commands.errors import CommandError
from workbench.export.stop_sheet import stop_sheet
from workbench.files.project import load_project
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Element, Guard, Hazard, Link
from workbench.model.judgement import CapabilityGrid
from workbench.model.review import Camera, Stop
from workbench.model.runs import Evidence
from workbench.render.build import PictureBuilder
from workbench.render.levels import at_level, telling_level
from workbench.render.lighting import lit_on
from workbench.render.ops import Group, TextOp, flatten
from workbench.render.picture import DiagramPicture
from workbench.render.theme import load_theme
from workbench.store.store import Store
from workbench.store.transaction import Transaction

SAMPLE = Path(__file__).parents[2] / "samples" / "code-synthesis-llm.hazard.json"
_RECORDS: dict[str, type[Record]] = {
    "evidence": Evidence,
    "log": Hazard,
    "capability": CapabilityGrid,
    "diagram": Diagram,
}
MEASURE = FixedMeasure()
Step = Callable[[Editor, Transaction], object]


MAKERS: tuple[Callable[[Transaction], list[str]], ...] = (
    stops_from.from_hazards,
    stops_from.from_claims,
    stops_from.from_log,
    stops_from.from_grids,
)


def _need(key: str | None) -> str:
    if key is None:
        raise KeyError
    return key


def _stop(it: Editor, tx: Transaction) -> None:
    """A stop of some view; what it highlights may stand elsewhere, or nowhere."""
    camera = (
        Camera(x=it.number() * 3, y=it.number() * 3, width=400.0, height=225.0) if it.random.random() < 0.5 else None
    )
    meant = [it.pick(Element, Guard, Link) for _ in range(it.random.randrange(4))]
    lit = tuple(id for id in meant if id is not None)
    stops.from_view(tx, stops.View(_need(it.pick(Diagram)), camera, it.random.randrange(1, 6), lit), title=it.word())


def _made(it: Editor, tx: Transaction) -> None:
    make = it.random.choice(
        (stops_from.from_hazards, stops_from.from_claims, stops_from.from_log, stops_from.from_grids)
    )
    for id in make(tx)[2:]:  # two are enough: every look at the route draws all of them
        tx.remove(id)


def _pathways(it: Editor, tx: Transaction) -> None:
    for id in stops_from.from_pathways(tx, _need(it.pick(Diagram)))[2:]:
        tx.remove(id)


def _shuffle(it: Editor, tx: Transaction) -> None:
    stops.move_stops(tx, [_need(it.pick(Stop)), _need(it.pick(Stop))], it.random.randrange(20))


def _change(it: Editor, tx: Transaction) -> None:
    stop = _need(it.pick(Stop))
    it.random.choice(
        (
            lambda: stops.set_levels(tx, [stop], it.random.randrange(1, 6)),
            lambda: stops.duplicate(tx, [stop]),
            lambda: stops.retitle(tx, stop, it.word()),
            lambda: stops.remove(tx, [stop]),
            lambda: stops.update_from_view(tx, stop, stops.View(_need(it.pick(Diagram)))),
        )
    )()


def _far(it: Editor, tx: Transaction) -> None:
    """Things move far away, and the views of them stay behind."""
    place = tx.expect(_need(it.pick(Placement)), Placement)
    geometry.move(tx, place.diagram, {place.subject: (it.number() * 20, it.number() * 20)})


def _again(it: Editor, tx: Transaction) -> None:
    """A route that random edits have emptied is begun anew."""
    if sum(1 for _ in tx.all(Stop)) > 30:
        for stop in list(tx.all(Stop))[10:]:
            tx.remove(stop.id)
    elif it.pick(Diagram) is None:
        create.new_diagram(tx, it.word())


OWN: tuple[Step, ...] = (_stop, _stop, _made, _pathways, _shuffle, _change, _far, _again)


@dataclass
class Ran:
    """What a run came to.

    Attributes:
        edits: changes that were made; what the rules refuse is none.
        undone: how many of them were taken back.
        stops, minutes: looks at them.
    """

    edits: int = 0
    undone: int = 0
    stops: int = 0
    minutes: int = 0


def run(edits: int, seed: int, every: int = 10) -> Ran:
    """Make so many edits, undo some, and look at every stop and all minutes after each few.

    Raises:
        AssertionError: a stop shows nothing, or something that is not there, or minutes miss something.
    """
    it = Editor(dict(load_project(SAMPLE).store.records), seed)
    held = Meetings()
    meeting: tuple[Step, ...] = (held.hold, held.note, held.note, held.note, held.change)
    ran = Ran()
    with it.chance():
        while ran.edits < edits:
            chance = it.random.random()
            step = it.random.choice(OWN if chance < 0.2 else meeting if chance < 0.35 else STEPS)
            before = it.store.revision
            try:
                with it.store.transaction("Edit") as tx:
                    step(it, tx)
            except (CommandError, KeyError, ValueError):
                continue
            if it.store.revision == before:
                continue
            ran.edits += 1
            if it.random.random() < 0.1:
                ran.undone += it.store.undo()
            if ran.edits % every == 0:
                ran.stops += check(it.store)
                ran.minutes += held.check(it.store, word=ran.edits % (20 * every) == 0)
    return ran


def check(store: Store) -> int:
    """Look at every stop of a document; gives how many there are."""
    pictures: dict[str, DiagramPicture] = {}

    def picture(diagram: str) -> DiagramPicture:
        if diagram not in pictures:
            pictures[diagram] = PictureBuilder(store, diagram, MEASURE).picture
        return pictures[diagram]

    route = stops_in_order(store)
    for stop in route:
        shown = shown_at(store, stop)
        assert shown.shows == "matrix" or store.find(shown.id, _RECORDS[shown.shows]) is not None, "shows what is gone"
        assert title_at(store, stop), "a stop without a name"
        _check_page(store, stop, shown, picture)
    return len(route)


def _check_page(store: Store, stop: Stop, shown: Shown, picture: Callable[[str], DiagramPicture]) -> None:
    sheet = stop_sheet(store, stop, load_theme("projector"), MEASURE, pictures=picture)
    body = [group for group in sheet.ops if isinstance(group, Group) and group.id != "heading"]
    assert any(isinstance(op, TextOp) for op, _, _ in flatten(body)), "an empty page"
    whole = picture(shown.id) if shown.shows == "diagram" else None
    if whole is None or not (whole.nodes or whole.bars):
        return
    seen = {op.id: (op.dx, op.dy) for group in _layers(body) for op in group.ops if isinstance(op, Group) and op.id}
    (diagram,) = body
    level = at_level(whole, telling_level(whole, stop.levels))
    assert seen, "nothing of the diagram is in view"
    for id in lit_on(level, stop.highlighted):
        if id in level.nodes or id in level.bars:
            x, y = there(seen.get(id))
            assert 0 <= x + diagram.dx <= sheet.width, "what is lit is out of view"
            assert 0 <= y + diagram.dy <= sheet.height, "what is lit is out of view"


def _layers(body: list[Group]) -> list[Group]:
    return [layer for group in body for layer in group.ops if isinstance(layer, Group)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=10)
    given = parser.parse_args()
    ran = run(given.edits, given.seed, given.every)
    told = f"{ran.edits:,} edits, {ran.undone:,} taken back: {ran.stops:,} looks at stops, none empty"
    sys.stdout.write(f"{told}; {ran.minutes:,} minutes, none broken\n")
