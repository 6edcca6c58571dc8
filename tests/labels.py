"""What of a picture's texts is cut, and which labels of controls lie on each other, on bars or on boxes."""

from itertools import combinations
from math import hypot

from workbench.layout.clearance import Rect, overlap
from workbench.layout.geometry import Box
from workbench.render import shapes, shapes_bars
from workbench.render.ops import TextOp, flatten
from workbench.render.picture import DiagramPicture
from workbench.render.text import ELLIPSIS, Measure
from workbench.render.theme import Theme


def cut_texts(picture: DiagramPicture, theme: Theme, measure: Measure) -> set[str]:
    """The ids of everything of which a text ends in an ellipsis."""
    drawn = {id: shapes.node_ops(node, theme, measure) for id, node in picture.nodes.items()}
    drawn |= {id: shapes.bar_ops(bar, theme, measure) for id, bar in picture.bars.items()}
    return {
        id
        for id, ops in drawn.items()
        if any(isinstance(op, TextOp) and op.text.endswith(ELLIPSIS) for op, _, _ in flatten(ops))
    }


def label_clashes(picture: DiagramPicture, theme: Theme, measure: Measure) -> list[tuple[str, str]]:
    """Pairs of a label with another label, bar or box that it lies on, by the ids of what they belong to."""
    labels: list[tuple[str, Rect]] = []
    solid = [(n.id, (n.box.left, n.box.top, n.box.right, n.box.bottom)) for n in picture.nodes.values()]
    for bar in picture.bars.values():
        left, top, right, bottom = shapes_bars.label_rect(bar, theme, measure)
        labels.append((bar.id, (bar.x + left, bar.y + top, bar.x + right, bar.y + bottom)))
        half_w, half_h = shapes_bars.bar_half(bar)
        solid.append((bar.id, (bar.x - half_w, bar.y - half_h, bar.x + half_w, bar.y + half_h)))
    found = [(one, other) for (one, a), (other, b) in combinations(labels, 2) if overlap(a, b)]
    found += [(one, other) for one, a in labels for other, b in solid if one != other and overlap(a, b)]
    circles = {n.id: n.box for n in picture.nodes.values() if n.box.shape == "circle"}
    of_label = dict(labels)
    return [(one, other) for one, other in found if other not in circles or _in_circle(of_label[one], circles[other])]


def _in_circle(rect: Rect, circle: Box) -> bool:
    x, y = min(max(circle.x, rect[0]), rect[2]), min(max(circle.y, rect[1]), rect[3])
    return hypot(x - circle.x, y - circle.y) < min(circle.w, circle.h) / 2
