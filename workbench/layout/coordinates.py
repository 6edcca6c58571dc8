"""Places across the layers: near the neighbours, in the given order, never overlapping."""

from collections.abc import Sequence

from workbench.layout.interrupt import breathe


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
    gaps: Sequence[Sequence[float]],
    *,
    passes: int = 6,
) -> list[float]:
    """The coordinate of every node along its layer.

    Args:
        layers: The nodes of every layer in their final order.
        before: For every node its neighbours in the layer before.
        after: For every node its neighbours in the layer after.
        gaps: For every layer the least distances between the centres of neighbours, in its order.
        passes: How often the layers are passed, first to last and back in turns.
    """
    at = [0.0] * len(before)
    for layer, between in zip(layers, gaps, strict=True):
        y = -sum(between) / 2
        for v, gap in zip(layer, (*between, 0.0), strict=False):
            at[v] = y
            y += gap
    together = [(*before[v], *after[v]) for v in range(len(before))]
    order = range(len(layers))
    for number in range(passes):
        breathe()
        near = together if number >= passes - 2 else before if number % 2 == 0 else after
        for i in order if number % 2 == 0 else reversed(order):
            layer = layers[i]
            wanted = []
            for v in layer:
                around = near[v] or together[v]
                wanted.append(sum([at[u] for u in around]) / len(around) if around else at[v])
            for v, y in zip(layer, spread(wanted, gaps[i]), strict=True):
                at[v] = y
    return at
