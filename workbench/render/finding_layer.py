"""The linter's findings over a picture: which badge stands on what is drawn, and where."""

from collections.abc import Callable, Iterable, Mapping

from workbench.analysis.lint.tally import Tally, together
from workbench.layout.geometry import Point
from workbench.render import shapes, shapes_bars, shapes_links
from workbench.render.badges import finding_ops
from workbench.render.ops import Ops
from workbench.render.picture import BarPicture, LinkPicture, NodePicture
from workbench.render.theme import Theme

Drawn = NodePicture | BarPicture | LinkPicture


class FindingLayer:
    """Badges over one picture. They hang on what is drawn by its id, so that they follow it wherever it goes.

    Attributes:
        tallied: findings by the record they are seen on.
    """

    def __init__(self, tallied: Mapping[str, Tally], behind: Callable[[str], Iterable[str]]) -> None:
        """Lay badges over a picture.

        Args:
            behind: gives the ids of everything collapsed behind an element, whose findings show on it.
        """
        self.tallied = tallied
        self._behind = behind

    def of(self, one: Drawn) -> Tally | None:
        """The findings that the badge of something drawn stands for; None: it has no badge."""
        found = self.tallied.get(one.id)
        if isinstance(one, BarPicture):
            control = self.tallied.get(one.control) if one.control != one.id else None
            return control.and_(found) if control is not None else found
        if isinstance(one, NodePicture) and one.hidden:
            return together(self.tallied, (one.id, *self._behind(one.id)))
        return found

    def spot(self, one: Drawn) -> Point:
        """Centre of the badge of something drawn, in scene units: at its top left, or on its line."""
        if isinstance(one, NodePicture):
            x, y = shapes.finding_spot(one)
            return one.box.x + x, one.box.y + y
        if isinstance(one, BarPicture):
            x, y = shapes_bars.finding_spot(one)
            return one.x + x, one.y + y
        return shapes_links.finding_spot(one)

    def look(self, tally: Tally) -> tuple[str, int]:
        """What badges that look alike have in common."""
        return tally.severity, min(tally.count, 10)

    def ops(self, tally: Tally, theme: Theme) -> Ops:
        """A badge, local to its centre."""
        return finding_ops(tally.severity, theme, count=min(tally.count, 10))
