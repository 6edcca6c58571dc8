"""A picture of two versions of a diagram, to look at only: both as one, or either as it was."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workbench.analysis.change_rows import Changes
from workbench.analysis.changes_drawn import Mark
from workbench.canvas.scene import Scene
from workbench.canvas.still_view import StillView
from workbench.layout.geometry import Box
from workbench.model.drawing import Diagram, Placement
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.render.picture import DiagramPicture
from workbench.render.theme import ThemeName, load_theme
from workbench.store.collector import collector_paused
from workbench.store.store import Store

Side = Literal["changes", "old", "new"]


class ChangeView(StillView):
    """Shows one diagram of two versions.

    Attributes:
        changes: the versions compared.
        diagram: id of the diagram shown; ``side``: both versions of it as one, or one as it was.
        moved_too: what only stands elsewhere is marked.
    """

    def __init__(self, changes: Changes, theme_name: ThemeName, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        self._stores: dict[Side, Store] = {"changes": changes.store}
        super().__init__(changes.store, load_theme(theme_name), parent)
        self.setObjectName("changes")
        self.setAccessibleName("Picture of the changes")
        self._scenes: dict[tuple[Side, str], Scene] = {}
        self.diagram = ""
        self.side: Side = "changes"
        self.moved_too = True
        self.changes = changes

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
        key = (side, self.diagram)
        found = self._scenes.get(key)
        if found is None:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # a large diagram takes a second
            try:
                found = self._scenes[key] = Scene(self._picture(side))
            finally:
                QGuiApplication.restoreOverrideCursor()
        return found

    def _picture(self, side: Side) -> DiagramPicture:
        store = self._stores.get(side)
        if store is None:
            records = self.changes.before if side == "old" else self.changes.after
            with collector_paused():
                store = self._stores[side] = Store(records.values())
        if store.find(self.diagram, Diagram) is None:
            return DiagramPicture(id=self.diagram, title="", notation="bow_tie")
        return PictureBuilder(store, self.diagram, qt_measure()).picture

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
