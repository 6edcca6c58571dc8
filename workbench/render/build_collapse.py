"""What a collapsed element hides: everything reachable only through it, away from the focus."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final

from workbench.values import value_type

_HUBS: Final = ("top_event", "hazard", "gate")


@value_type(frozen=True, slots=True)
class Collapse:
    """What is hidden on a diagram.

    Attributes:
        hidden: ids of elements that are not drawn.
        behind: for each collapsed element that hides something, the ids of what it hides.
    """

    hidden: frozenset[str] = frozenset()
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_hidden(
    kinds: Mapping[str, str], edges: Iterable[tuple[str, str]], collapsed: frozenset[str], focus: str | None
) -> Collapse:
    """Hide what no path reaches from the centre without going through a collapsed element.

    The centre is the focus; in a part of the diagram without it, its first top event, else hazard, else gate. A part
    without any of these hides nothing.

    Args:
        kinds: element kind by id, of everything placed that links may join.
        edges: pairs of ids joined by a line, in any order; ends that are not placed are left out.
        collapsed: ids of collapsed elements.
    """
    near: dict[str, list[str]] = {id: [] for id in kinds}
    for one, other in edges:
        if one in near and other in near:
            near[one].append(other)
            near[other].append(one)
    hidden: set[str] = set()
    seen: set[str] = set()
    for start in sorted(collapsed & near.keys()):
        if start in seen:
            continue
        part = _reached(start, near, frozenset())
        seen |= part
        centre = _centre(part, kinds, focus)
        if centre is not None:
            hidden |= part - _reached(centre, near, collapsed)
    behind = {}
    for id in sorted(collapsed - hidden):
        found = _reached(id, near, frozenset(near.keys() - hidden - {id})) - {id} if id in near else set()
        if found & hidden:
            behind[id] = tuple(sorted(found & hidden))
    return Collapse(frozenset(hidden), behind)


def _centre(part: set[str], kinds: Mapping[str, str], focus: str | None) -> str | None:
    if focus in part:
        return focus
    for kind in _HUBS:
        hubs = sorted(id for id in part if kinds[id] == kind)
        if hubs:
            return hubs[0]
    return None


def _reached(start: str, near: Mapping[str, list[str]], walls: frozenset[str]) -> set[str]:
    """Everything reached from ``start``; walls are reached, not passed. The start itself is never a wall..."""
    found = {start}
    waiting = deque((start,))
    while waiting:
        here = waiting.popleft()
        if here in walls:
            continue
        for other in near[here]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
