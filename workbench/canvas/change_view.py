"""A picture of two versions of a diagram, to look at only: both as one, or either as it was."""

from collections import Counter
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workbench.analysis.changes_drawn import Mark
from workbench.canvas.change_scenes import ChangeScenes, Side
from workbench.canvas.scene import Scene
from workbench.canvas.still_view import StillView
from workbench.layout.geometry import Box
from workbench.model.drawing import Placement
from workbench.render.fonts import qt_measure
from workbench.render.theme import ThemeName, load_theme


class ChangeView(StillView):
    """Shows one diagram of two versions.

    Attributes:
        changes: the versions compared; ``scenes``: their pictures.
        diagram: id of the diagram shown; ``side``: both versions of it as one, or one as it was.
        moved_too: what only stands elsewhere is marked.
    """

    def __init__(self, scenes: ChangeScenes, theme_name: ThemeName, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        self.scenes = scenes
        super().__init__(scenes.changes.store, load_theme(theme_name), parent)
        self.setObjectName("changes")
        self.setAccessibleName("Picture of the changes")
        self.diagram = ""
        self.side: Side = "changes"
        self.moved_too = True
        self.changes = scenes.changes

    # what is shown

    def show_diagram(self, diagram: str, side: Side) -> None:
        """Show a diagram, whole where it is another one than before."""
        another = diagram != self.diagram
        self.diagram, self.side = diagram, side
        if another:
            self.point_at(())
        self._show()
        if another:
            self.fit_at_once()

    def _show(self) -> None:
        scene = self._scene(self.side)
        if self.side == "changes":
            found = self.changes.marks(self.diagram)
            if not self.moved_too:
                found = {id: mark for id, mark in found.items() if mark != "moved"}
            self.marking.mark(found, dict(self._moved_from(scene)))
        else:
            self.marking.mark({}, {})
        self.show_scene(scene)

    def _moved_from(self, scene: Scene) -> Iterator[tuple[str, Box]]:
        """Where bodies stood before."""
        for old, new in self.changes.diff.updated.values():
            if isinstance(old, Placement) and isinstance(new, Placement) and new.diagram == self.diagram:
                node = scene.node(new.subject)
                if node is not None and (old.x, old.y) != (new.x, new.y):
                    box = node.box
                    wide, high = old.w or box.w, old.h or box.h
                    yield new.subject, Box(box.x + old.x - new.x, box.y + old.y - new.y, wide, high, box.shape)

    def _scene(self, side: Side) -> Scene:
        if self.scenes.has(self.diagram, side):
            return self._made(side)
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return self._made(side)
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _made(self, side: Side) -> Scene:
        scene = self.scenes.scene(self.diagram, side, qt_measure())
        assert scene is not None, "nobody says that it is not wanted"
        return scene

    def counted(self) -> Counter[Mark]:
        """How many marks of each kind the picture of both shows."""
        index = self._scene("changes").index
        return Counter(mark for id, mark in self.changes.marks(self.diagram).items() if id in index)

    def draws(self, ids: Iterable[str]) -> list[str]:
        """Those of some ids that are drawn on this diagram, on whichever side."""
        scene = self._scene("changes")
        return [id for id in ids if id in scene.index]

    def set_theme(self, name: ThemeName) -> None:
        """Show everything in the colours of another theme."""
        self.wear(load_theme(name))
