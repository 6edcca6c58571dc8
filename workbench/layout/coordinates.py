"""Places across the layers: near the neighbours, in the given order, never overlapping."""

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter


def spread(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The places nearest to those wanted, in least squares, that keep their order and distances.

    Isotonic regression by pooling adjacent violators (Barlow et al., 1972) after the least distances are
    taken away.

    Args:
        wanted: The place each item would like, in order.
        gaps: Least distance between each item and the one after it; one fewer than there are items.
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    sums: list[float] = []
    counts: list[int] = []
    for place, offset in zip(wanted, offsets, strict=False):
        total, count = place - offset, 1
        while counts and sums[-1] * count >= total * counts[-1]:
            total += sums.pop()
            count += counts.pop()
        sums.append(total)
        counts.append(count)
    placed: list[float] = []
    for total, count in zip(sums, counts, strict=True):
        mean = total / count
        for _ in range(count):
            placed.append(mean + offsets[len(placed)])
    return placed


def place_across(
    layers: Sequence[Sequence[int]],
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
    above: Sequence[float],
    below: Sequence[float],
    *,
    passes: int = 6,
) -> list[float]:
    """The coordinate of every node along its layer.

    Args:
        layers: The nodes of every layer in their final order.
        before: For every node its neighbours in the layer before.
        after: For every node its neighbours in the layer after.
        above: How much room each node takes before its centre, half the gap to its neighbour included.
        below: The same after its centre.
        passes: How often the layers are passed each way.
    """
    at = [0.0] * len(before)
    gaps: list[list[float]] = []
    for layer in layers:
        gaps.append([below[a] + above[b] for a, b in pairwise(layer)])
        length = sum(gaps[-1])
        y = -length / 2
        for v, gap in zip(layer, (*gaps[-1], 0.0), strict=True):
            at[v] = y
            y += gap
    together = [(*before[v], *after[v]) for v in range(len(before))]
    order = list(range(len(layers)))
    for number in range(passes):
        last = number >= passes - 2
        for i in order if number % 2 == 0 else reversed(order):
            near = together if last else (before if number % 2 == 0 else after)
            layer = layers[i]
            wanted = []
            for v in layer:
                around = near[v] or together[v]
                if len(around) == 1:
                    wanted.append(at[around[0]])
                elif around:
                    wanted.append(sum(itemgetter(*around)(at)) / len(around))
                else:
                    wanted.append(at[v])
            for v, y in zip(layer, spread(wanted, gaps[i]), strict=True):
                at[v] = y
    return at
