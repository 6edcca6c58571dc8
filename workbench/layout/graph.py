"""What an arrangement is made from and what it answers: plain data, scene units, centres."""

from dataclasses import field
from typing import Literal

from workbench.layout.geometry import Point, Shape, default_size
from workbench.values import value_type

Anchor = Literal["source", "target"]


@value_type(frozen=True, slots=True)
class LayoutNode:
    """A drawn element: its box of `w` x `h`, and how far labels or lists reach `below` and `above` the box."""

    id: str
    kind: str
    w: float
    h: float
    below: float = 0.0
    above: float = 0.0

    @property
    def shape(self) -> Shape:
        """The silhouette its kind is drawn with."""
        return default_size(self.kind)[2]


@value_type(frozen=True, slots=True)
class LayoutGuard:
    """A control standing on a link: the control, its label's size, and the height of what hangs beneath it.

    `hang_h` is measured from the lower end of the bar; 0 means that nothing hangs there. Hangs of the graph
    that name this guard are measured by the arrangement itself and need no `hang_h`.
    """

    id: str
    control: str
    label_w: float = 108.0
    label_h: float = 48.0
    hang_h: float = 0.0


@value_type(frozen=True, slots=True)
class LayoutLink:
    """A link with its guards in the order in which they are met from source to target."""

    id: str
    source: str
    target: str
    guards: tuple[LayoutGuard, ...] = ()


@value_type(frozen=True, slots=True)
class LayoutHang:
    """A degradation factor of `w` x `h` with `controls` bars across its stem.

    It hangs beneath the bar of `guard`; without a guard it stands free and is placed as an element.
    """

    id: str
    guard: str | None
    w: float = 132.0
    h: float = 44.0
    controls: int = 0


@value_type(frozen=True, slots=True)
class LayoutGraph:
    """Everything one diagram draws. `focus` is the element in the centre, if the diagram has one.

    Links whose ends are not among the nodes are ignored.
    """

    nodes: tuple[LayoutNode, ...] = ()
    links: tuple[LayoutLink, ...] = ()
    hangs: tuple[LayoutHang, ...] = ()
    focus: str | None = None


@value_type(frozen=True, slots=True)
class Plan:
    """An arrangement.

    Attributes:
        positions: Centre of every node, and of every free-standing degradation factor.
        stations: Distance of a bar's centre from the anchor end of its line (`anchor_end`), only where it
            differs from the place `routing.guard_spots` finds by itself.
        hang_offsets: Centre of a degradation factor, measured from the centre of the bar it hangs from.
        labels_above: Guards whose label stands above the bar because something hangs in its row.
    """

    positions: dict[str, Point] = field(default_factory=dict)
    stations: dict[str, float] = field(default_factory=dict)
    hang_offsets: dict[str, Point] = field(default_factory=dict)
    labels_above: frozenset[str] = frozenset()


def anchor_end(source_kind: str, focus: Anchor | None = None) -> Anchor:
    """The end of a link from which the stations of its guards are measured.

    It is the outer box, so that moving the centre of a bow-tie leaves the controls where they stand: the end
    that is not the focus, else the far end of what leads out of a top event or hazard, else the source.

    Args:
        source_kind: Kind of the element the link starts from.
        focus: Which end of the link is the focus of the diagram, if one is.
    """
    if focus is not None:
        return "source" if focus == "target" else "target"
    return "target" if source_kind in ("top_event", "hazard") else "source"
