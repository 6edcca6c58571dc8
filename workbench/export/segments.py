"""The lines of a diagram cut at the controls on them: for formats whose lines join shapes. No Qt."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from workbench.layout.geometry import Path, Point, path_length, path_part
from workbench.render.picture import BarPicture, DiagramPicture, LinkPicture
from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Segment:
    """One stretch of a line between two drawn shapes.

    Attributes:
        link: id of the line; ``number`` counts its stretches from 0.
        source: id of the body or bar it begins at.
        target: id of the body or bar it ends at; of a note about a line, the id of that line.
        path: its corners in scene units, ends included. A stretch ends in the middle of a bar.
        arrow: an arrowhead at the end.
    """

    link: str
    number: int
    kind: str
    source: str
    target: str
    path: Path
    arrow: bool = False
    dashed: bool = False

    @property
    def id(self) -> str:
        """An id of its own."""
        return f"{self.link}/{self.number}"


def segments_of(picture: DiagramPicture) -> tuple[Segment, ...]:
    """Every stretch of every line, by the ids of lines and from source to target."""
    return tuple(part for id in sorted(picture.links) for part in _cut(picture.links[id], picture))


def _cut(link: LinkPicture, picture: DiagramPicture) -> Iterator[Segment]:
    """The stretches of one line: from its source over the bars on it to its target."""
    stations = (0.0, *sorted(link.gaps), path_length(link.path))
    shapes = (link.source, *link.bars, _end(link, picture))
    last = len(shapes) - 2
    for number, ((begin, end), (source, target)) in enumerate(
        zip(pairwise(stations), pairwise(shapes), strict=True),
    ):
        path = path_part(link.path, begin, end)
        yield Segment(link.id, number, link.kind, source, target, path, link.arrow and number == last, link.dashed)


def _end(link: LinkPicture, picture: DiagramPicture) -> str:
    """Id of the shape a line ends at: a control that is weakened or spoken of stands there as one of its bars."""
    if link.target in picture.nodes or link.target in picture.bars:
        return link.target
    bars = [bar for bar in picture.bars.values() if bar.control == link.target]
    return min(bars, key=lambda bar: (_away(bar, link.path[-1]), bar.id)).id if bars else link.target


def _away(bar: BarPicture, point: Point) -> float:
    return hypot(bar.x - point[0], bar.y - point[1])
