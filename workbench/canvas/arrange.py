"""Choosing and lining up what a scene shows, for the program's actions. Knows no Qt."""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from workbench.canvas.scene import Scene
from workbench.layout import align
from workbench.layout.geometry import Box, Point
from workbench.model.base import record_type
from workbench.model.elements import Guard
from workbench.session.session import Session
from workbench.tools import intents

Rule = Callable[[Sequence[Box]], Sequence[Point]]


def movable(session: Session, scene: Scene) -> list[tuple[str, Box]]:
    """What of the selection stands by itself, with its box: no controls on lines, no hanging factors."""
    found = []
    for id in session.selection:
        box = scene.box(id)
        if box is not None and not scene.line_of(id) and intents.hangs(session, id) is None:
            found.append((id, box))
    return found


def line_up(session: Session, scene: Scene, edge: str) -> None:
    """Align what is selected by an edge or middle line."""
    _place(session, scene, lambda boxes: align.align(boxes, cast("align.Edge", edge)))


def spread(session: Session, scene: Scene, axis: str) -> None:
    """Give what is selected equal gaps along an axis."""
    _place(session, scene, lambda boxes: align.distribute(boxes, cast("align.Axis", axis)))


def _place(session: Session, scene: Scene, rule: Rule) -> None:
    chosen = movable(session, scene)
    points = rule([box for _, box in chosen])
    moved = {
        id: (round(x, 2), round(y, 2))
        for (id, box), (x, y) in zip(chosen, points, strict=True)
        if (round(x, 2), round(y, 2)) != (box.x, box.y)
    }
    if moved:
        intents.move(session, moved)


def all_ids(scene: Scene) -> list[str]:
    """Everything that can be selected, elements first."""
    picture = scene.picture
    return [*picture.nodes, *picture.bars, *picture.links]


def same_kind(session: Session, scene: Scene) -> list[str]:
    """Everything on the diagram of the kinds that are selected; a control on a line counts as a control."""
    kinds = set(_kinds(session, session.selection))
    ids = all_ids(scene)
    return [id for id, kind in zip(ids, _kinds(session, ids), strict=True) if kind in kinds]


def _kinds(session: Session, ids: Iterable[str]) -> list[str]:
    kinds = []
    for id in ids:
        record = session.store.get(id)
        kinds.append("" if record is None else "control" if isinstance(record, Guard) else record_type(record))
    return kinds
