"""Keeps what is drawn in step with the document: changes are gathered and taken in once per turn of the event loop."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from workbench.canvas.scene import Scene
from workbench.canvas.stage import Stage
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.store.diff import Change, Diff

if TYPE_CHECKING:
    from workbench.render.levels import Levelled
    from workbench.render.picture import DiagramPicture

_ALL: Final = 5


class Sync:
    """Listens to the store for one view.

    Attributes:
        builder: follows the document with the picture of everything; None: no diagram is shown.
        level: how much of the picture is shown, 1 to 5; another one counts from the next scene on.
        seen: the picture at that level; None where everything is shown.
    """

    def __init__(self, view: Stage) -> None:
        """Start listening."""
        self._view = view
        self._pending: Diff | None = None
        self.builder: PictureBuilder | None = None
        self.level = _ALL
        self.seen: Levelled | None = None
        self._kept: dict[int, _Kept] = {}
        self._timer = QTimer(view)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.flush)
        self._turn = QTimer(view)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        view.session.store.changed.connect(self._on_change)

    def close(self) -> None:
        """Stop listening."""
        self._timer.stop()
        self._turn.stop()
        self._view.session.store.changed.disconnect(self._on_change)

    def load(self) -> Scene:
        """The scene of the session's diagram, built anew."""
        self._pending = None
        self._timer.stop()
        self._kept.clear()
        session = self._view.session
        if session.diagram is None:
            self.builder = self.seen = None
            return Scene()
        self.builder = PictureBuilder(session.store, session.diagram, qt_measure())
        return self.scene()

    def scene(self) -> Scene:
        """A scene of the picture as it is, at the level in force; one that was shown before is brought up to date."""
        if self.builder is None:
            self.seen = None
            return Scene()
        kept = self._at(self.level, self.builder.picture)
        self.seen = kept.seen
        kept.scene.focus = self._focus()
        return kept.scene

    def _at(self, level: int, picture: "DiagramPicture") -> "_Kept":
        kept = self._kept.get(level)
        if kept is None:
            kept = self._kept[level] = self._made(level, picture)
        kept.catch_up()
        return kept

    def _made(self, level: int, picture: "DiagramPicture") -> "_Kept":
        if level == _ALL:
            return _Kept(Scene(picture), None)
        from workbench.canvas.part_scene import PartScene  # noqa: PLC0415 - the first picture shows everything
        from workbench.render.levels import Levelled  # noqa: PLC0415 - as above

        seen = Levelled(picture, level)
        return _Kept(PartScene(seen.picture, self._at(_ALL, picture).scene), seen)

    def _focus(self) -> str:
        session = self._view.session
        diagram = session.store.find(session.diagram, Diagram)
        return (diagram.focus or "") if diagram is not None else ""

    def _on_change(self, change: Change) -> None:
        self._view.machine.document_changed(change)
        self._pending = change.diff if self._pending is None else self._pending.then(change.diff)
        self._timer.start()
        self._turn.start()

    @property
    def this_turn(self) -> bool:
        """Whether the last change was made in this turn of the event loop: by what is being done just now."""
        return self._turn.isActive()

    def flush(self) -> None:
        """Take in what has changed."""
        diff, self._pending = self._pending, None
        self._timer.stop()
        if diff is None or self.builder is None:
            return
        touched = self.builder.apply(diff)
        self._view.scene.focus = self._focus()
        if touched.everything:
            self._kept.clear()
            self._view.take_in_all()
        elif touched:
            changed = (*touched.links, *touched.nodes, *touched.bars)
            for level, kept in self._kept.items():
                if level != self.level:
                    kept.behind.update(changed)
            self._view.take_in(changed if self.seen is None else self.seen.take_in(changed))


class _Kept:
    """A scene that was shown once.

    Attributes:
        scene: what was shown; ``seen``: the picture it is of; None: everything.
        behind: ids of what has changed since, which nobody has looked at.
    """

    def __init__(self, scene: Scene, seen: "Levelled | None") -> None:
        self.scene = scene
        self.seen = seen
        self.behind: set[str] = set()

    def catch_up(self) -> None:
        """Take in what it is behind with."""
        behind, self.behind = self.behind, set()
        if behind:
            for id in behind if self.seen is None else self.seen.take_in(behind):
                self.scene.refresh(id)
