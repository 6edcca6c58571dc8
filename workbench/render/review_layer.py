"""Open actions and comments over a picture: which badge stands on what is drawn, and where."""

from collections.abc import Callable, Iterable, Mapping

from workbench.analysis.review_tally import ReviewTally
from workbench.layout.geometry import Point
from workbench.render import shapes, shapes_bars, shapes_links
from workbench.render.badges import review_ops
from workbench.render.finding_layer import Drawn
from workbench.render.ops import Ops
from workbench.render.picture import BarPicture, NodePicture
from workbench.render.theme import Theme


class ReviewLayer:
    """Badges over one picture, as those of findings are.

    Attributes:
        tallied: what waits, by the record it is pinned to.
    """

    def __init__(self, tallied: Mapping[str, ReviewTally], behind: Callable[[str], Iterable[str]]) -> None:
        """Lay badges over a picture.

        Args:
            tallied: what waits; looked up again at each painting.
            behind: gives the ids of everything collapsed behind an element, which shows on it.
        """
        self.tallied = tallied
        self._behind = behind

    def of(self, one: Drawn) -> ReviewTally | None:
        """What the badge of something drawn stands for; None: it has no badge."""
        ids: Iterable[str] = (one.id,)
        if isinstance(one, BarPicture) and one.control != one.id:
            ids = (one.id, one.control)
        elif isinstance(one, NodePicture) and one.hidden:
            ids = (one.id, *self._behind(one.id))
        found: ReviewTally | None = None
        for id in ids:
            tally = self.tallied.get(id)
            found = tally.and_(found) if tally is not None else found
        return found

    def spot(self, one: Drawn) -> Point:
        """Centre of the badge, in scene units: at the lower left of a body, the lower right of a control."""
        if isinstance(one, NodePicture):
            x, y = shapes.review_spot(one)
            return one.box.x + x, one.box.y + y
        if isinstance(one, BarPicture):
            x, y = shapes_bars.review_spot(one)
            return one.x + x, one.y + y
        return shapes_links.review_spot(one)

    def look(self, tally: ReviewTally) -> tuple[str, int]:
        """What badges that look alike have in common."""
        return "overdue" if tally.overdue else "waits", min(tally.count, 10)

    def ops(self, tally: ReviewTally, theme: Theme) -> Ops:
        """A badge, local to its centre."""
        return review_ops(theme, count=min(tally.count, 10), overdue=bool(tally.overdue))
