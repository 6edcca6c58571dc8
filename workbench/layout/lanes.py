"""Columns of controls that several lines share."""

from collections.abc import Sequence

from workbench.layout.graph import LayoutGuard


def common_lanes(rows: Sequence[Sequence[LayoutGuard]]) -> dict[str, int]:
    """The column of every guard, counted from the knot.

    The n-th control of a line stands in the n-th column or further out. A control that guards several lines
    stands in one column on all of them, unless the orders of the lines contradict each other; the later
    line then has a column of its own for it.

    Args:
        rows: The guards of every line in order from the knot outwards.

    Returns:
        The column of every guard, by its id.
    """
    after: dict[tuple[str, int], set[tuple[str, int]]] = {}
    keys: dict[str, tuple[str, int]] = {}
    for number, row in enumerate(rows, 1):
        for i, guard in enumerate(row):
            key = (guard.control, 0)
            nearer = [keys[before.id] for before in row[:i]]
            # A column of its own where it stands on this line already, or nearer than these on another.
            if any(_leads_to(after, key, other) for other in nearer):
                key = (guard.id, number)
            keys[guard.id] = key
            after.setdefault(key, set())
            if nearer:
                after[nearer[-1]].add(key)
    lane: dict[tuple[str, int], int] = {}
    waiting = dict.fromkeys(after, 0)
    for following in after.values():
        for key in following:
            waiting[key] += 1
    ready = [key for key, count in waiting.items() if not count]
    for key in ready:  # grows while it is walked
        lane.setdefault(key, 0)
        for other in sorted(after[key]):
            lane[other] = max(lane.get(other, 0), lane[key] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return {id_: lane[key] for id_, key in keys.items()}


def _leads_to(
    after: dict[tuple[str, int], set[tuple[str, int]]], start: tuple[str, int], goal: tuple[str, int]
) -> bool:
    seen = {start}
    stack = [start]
    while stack:
        key = stack.pop()
        if key == goal:
            return True
        for other in after.get(key, ()):
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return False
