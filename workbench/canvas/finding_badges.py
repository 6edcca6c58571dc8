"""The linter's badges over the diagram shown; they come after the first picture, when the project has been checked."""

from typing import TYPE_CHECKING

from workbench.canvas.stage import Stage
from workbench.canvas.sync import Sync

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from workbench.analysis.lint.tally import Tally


class FindingBadges:
    """Keeps the badges of one view."""

    def __init__(self, view: Stage, sync: Sync) -> None:
        """Show none."""
        self._view = view
        self._sync = sync
        self._tallied: Mapping[str, Tally] | None = None

    def hide(self) -> None:
        """Show none."""
        if self._tallied is not None:
            self._tallied = None
            self.lay()
            self._view.refresh()

    def show(self, tallied: "Mapping[str, Tally]", changed: "Collection[str]") -> None:
        """Lay badges over what is drawn, on whichever diagram.

        Args:
            tallied: findings by where they are seen; looked up again at each painting.
            changed: where they are others than when last shown.
        """
        if self._tallied is not tallied:
            self._tallied = tallied
            self.lay()
            self._view.refresh()
            return
        scene = self._view.scene
        drawn = {id for id in changed if id in scene.index}
        if len(drawn) < len(changed):  # what is told of a control, or of something collapsed, is seen elsewhere
            drawn |= {bar.id for bar in scene.picture.bars.values() if bar.control in changed}
            drawn |= {node.id for node in scene.picture.nodes.values() if node.hidden}
        self._view.repaint_things(scene.index.rect(id) for id in drawn)

    def lay(self) -> None:
        """Lay the badges over the scene as it is; another one has none yet."""
        builder = self._sync.builder
        if self._tallied is None or builder is None:
            self._view.scene.findings = None
            return
        from workbench.render.finding_layer import FindingLayer  # noqa: PLC0415 - after the first picture

        self._view.scene.findings = FindingLayer(self._tallied, builder.behind)
