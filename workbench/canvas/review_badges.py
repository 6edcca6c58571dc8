"""The badges of open actions and comments over the diagram shown; they come after the first picture."""

from typing import TYPE_CHECKING

from workbench.canvas.stage import Stage
from workbench.canvas.sync import Sync

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.analysis.review_tally import ReviewTally


class ReviewBadges:
    """Keeps the badges of one view."""

    def __init__(self, view: Stage, sync: Sync) -> None:
        """Show none."""
        self._view = view
        self._sync = sync
        self._tallied: Mapping[str, ReviewTally] | None = None

    def show(self, tallied: "Mapping[str, ReviewTally] | None") -> None:
        """Lay badges over what is drawn, on whichever diagram; None: show none."""
        if tallied != self._tallied:
            self._tallied = tallied
            self.lay()
            self._view.refresh()

    def lay(self) -> None:
        """Lay the badges over the scene as it is; another one has none yet."""
        builder = self._sync.builder
        if not self._tallied or builder is None:
            self._view.scene.reviews = None
            return
        from workbench.render.review_layer import ReviewLayer  # noqa: PLC0415 - after the first picture

        self._view.scene.reviews = ReviewLayer(self._tallied, builder.behind)
