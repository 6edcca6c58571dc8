"""Geometry: diagrams and what stands where on them. Meaning knows nothing of it."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from workbench.model.base import CascadeRef, ClearRef, Coordinate, Length, Line, Record, Text, Title
from workbench.model.ids import derived_id

Notation = Literal["bow_tie", "simple"]
WaypointLimit = 200


class Diagram(Record):
    """One sheet.

    Attributes:
        order: fractional index among the tabs; equal keys sort by id.
        focus: the element in the centre: a top event, or a hazard in the simple notation.
    """

    TYPE: ClassVar[str] = "diagram"

    title: Title = ""
    description: Text = ""
    order: Line = ""
    notation: Notation = "bow_tie"
    focus: ClearRef | None = None


class Placement(Record):
    """Where one subject stands on one diagram. All lengths are scene units (pixels at 100 %).

    Attributes:
        subject: an element, or a guard of a link.
        x: horizontal place of the *centre*; where ``hangs_on`` is set, measured from the centre of that bar.
        y: the same, downwards.
        w: width, null for the kind's own.
        h: height, null for what the text needs.
        station: for a guard, its distance along the line from the line's outer end; x and y are not used then.
        hangs_on: for a degradation factor, the guard it hangs under on this diagram.
        collapsed: what is reachable only through this element, away from the focus, is hidden.
    """

    TYPE: ClassVar[str] = "placement"

    diagram: CascadeRef
    subject: CascadeRef
    x: Coordinate = 0.0
    y: Coordinate = 0.0
    w: Length | None = None
    h: Length | None = None
    station: Coordinate | None = None
    hangs_on: ClearRef | None = None
    collapsed: bool = False

    @classmethod
    def at(cls, diagram: str, subject: str, x: float = 0.0, y: float = 0.0) -> Self:
        """The placement of ``subject`` on ``diagram``, with the id that follows from the two."""
        return cls(id=derived_id("placement", diagram, subject), diagram=diagram, subject=subject, x=x, y=y)


class Route(Record):
    """How one link runs on one diagram.

    Attributes:
        points: manual bends from source to target, scene units; empty: the program finds the way.
        hidden: the link is not drawn here.
    """

    TYPE: ClassVar[str] = "route"

    diagram: CascadeRef
    link: CascadeRef
    points: Annotated[tuple[tuple[Coordinate, Coordinate], ...], Field(max_length=WaypointLimit)] = ()
    hidden: bool = False

    @classmethod
    def of(cls, diagram: str, link: str) -> Self:
        """The route of ``link`` on ``diagram``, with the id that follows from the two."""
        return cls(id=derived_id("route", diagram, link), diagram=diagram, link=link)
