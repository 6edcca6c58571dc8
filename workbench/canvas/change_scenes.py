"""The pictures of two versions of a project, diagram by diagram, each made once: here, or in another thread."""

from collections.abc import Callable
from typing import Final, Literal

from workbench.analysis.change_rows import Changes
from workbench.canvas.scene import Scene
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.picture import DiagramPicture
from workbench.render.text import Measure
from workbench.store.collector import collector_paused, let_settle
from workbench.store.store import Store

Side = Literal["changes", "old", "new"]
LARGE: Final = 4_000
"""Records of both versions from which on a picture takes longer than anybody should wait for without a word."""


class ChangeScenes:
    """What can be shown of two versions.

    Attributes:
        changes: the versions.
    """

    def __init__(self, changes: Changes) -> None:
        """Make nothing yet."""
        self.changes = changes
        self._stores: dict[Side, Store] = {}
        self._scenes: dict[tuple[Side, str], Scene] = {}

    @property
    def large(self) -> bool:
        """Whether a picture is better made beside the window."""
        return len(self.changes.both) >= LARGE

    def has(self, diagram: str, side: Side) -> bool:
        """Whether a picture was made."""
        return (side, diagram) in self._scenes

    def scene(
        self, diagram: str, side: Side, measure: Measure, unwanted: Callable[[], bool] = lambda: False
    ) -> Scene | None:
        """A diagram as both versions have it, or as one does.

        Args:
            diagram: its id; a version that has none shows nothing.
            side: which versions.
            measure: of texts; in another thread than that of the window, one of its own.
            unwanted: says whether nobody waits for it any more; the scene is then None.
        """
        found = self._scenes.get((side, diagram))
        if found is not None:
            return found
        for step in (lambda: self._store(side), lambda: self.changes.marks(diagram)):
            step()
            if unwanted():
                return None
        with collector_paused():
            picture = self._picture(diagram, side, measure)
            if unwanted():
                return None
            found = self._scenes[side, diagram] = Scene(picture)
            let_settle()
        return found

    def make(self, diagram: str, side: Side, measure: Measure, unwanted: Callable[[], bool] = lambda: False) -> None:
        """Make all that showing a diagram needs; the arguments are those of ``scene``."""
        for one in dict.fromkeys(("changes", side)):  # the list and the legend go by the picture of both
            self.scene(diagram, one, measure, unwanted)

    def has_all(self, diagram: str, side: Side) -> bool:
        """Whether there is nothing left to make."""
        return self.has(diagram, side) and self.has(diagram, "changes")

    def _store(self, side: Side) -> Store:
        if side == "changes":
            return self.changes.store
        store = self._stores.get(side)
        if store is None:
            records = self.changes.before if side == "old" else self.changes.after
            with collector_paused():
                store = self._stores[side] = Store(records.values())
        return store

    def _picture(self, diagram: str, side: Side, measure: Measure) -> DiagramPicture:
        store = self._store(side)
        if store.find(diagram, Diagram) is None:
            return DiagramPicture(id=diagram, title="", notation="bow_tie")
        return PictureBuilder(store, diagram, measure).picture
