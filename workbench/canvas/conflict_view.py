"""The diagrams of a merge in dispute: what stands now, faded what one side deleted, and a mark on every conflict."""

from collections import defaultdict
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from typing_extensions import override

from workbench.analysis.changes_drawn import Mark
from workbench.analysis.conflicts import ghosts
from workbench.analysis.lint.place import standing_on
from workbench.canvas.scene import Scene
from workbench.canvas.still_view import StillView
from workbench.commands.delete import diagrams_drawing
from workbench.model.base import Record, record_type
from workbench.model.elements import Control
from workbench.model.records import references
from workbench.model.review import Conflict
from workbench.render.build import PictureBuilder, Touched
from workbench.render.fonts import ThreadMeasure, qt_measure
from workbench.render.theme import Theme
from workbench.store.collector import collector_paused, let_settle
from workbench.store.diff import Change, Diff
from workbench.store.store import Store

_TITLE: Final = "Picture of what is in dispute"


class Disputed:
    """The document and what its conflicts keep of what was deleted, as one document that follows the first.

    Attributes:
        store: both, to draw from; nobody else changes it.
        gone: ids of what is not in the document.
    """

    def __init__(self, document: Store) -> None:
        """Take in the document as it is."""
        self._document = document
        records = document.snapshot()
        found = self._ghosts()
        self.gone = set(found)
        tables: dict[str, dict[str, Record]] = {}
        for record in (*records.values(), *found.values()):
            tables.setdefault(record_type(record), {})[record.id] = record
        self.store = Store.of_tables(tables, frozenset())

    def follow(self, diff: Diff) -> None:
        """Take in a change of the document."""
        found = self._ghosts()
        with self.store.transaction("Follow") as tx:
            for key in (*diff.removed, *self.gone):
                if key in tx.records:
                    tx.remove(key)
            for _, _, new in diff.before_and_after():
                if new is not None:
                    tx.put(new)
            for record in found.values():
                tx.put(record)
        self.store.history.clear()
        self.gone = set(found)

    def _ghosts(self) -> dict[str, Record]:
        """What is not in the document and can stand beside it."""
        document = self._document
        found: dict[str, Record] = {}
        for conflict in document.all(Conflict):
            if conflict.ours is None and not conflict.field:
                found |= {key: record for key, record in ghosts(conflict).items() if key not in document}
        while True:
            standing = {
                key: record
                for key, record in found.items()
                if all(target in document or target in found for _, target in references(record))
            }
            if len(standing) == len(found):
                return standing
            found = standing

    def place(self, conflict: str) -> str:
        """The element, line, control on a line or diagram that shows what a conflict is about; empty for none."""
        return standing_on(self.store, conflict)


class ConflictView(StillView):
    """Shows one diagram with its conflicts.

    Attributes:
        disputed: what is drawn.
        diagram: id of the diagram shown; empty before any is.
    """

    def __init__(self, document: Store, theme: Theme) -> None:
        """Show nothing yet."""
        self.disputed = Disputed(document)
        super().__init__(self.disputed.store, theme)
        self.setAccessibleName(_TITLE)
        self.diagram = ""
        self._builder: PictureBuilder | None = None
        self._touched: Touched | None = None
        self._asked = ""
        self._made: tuple[str, PictureBuilder, Scene] | None = None
        self.disputed.store.changed.connect(self._on_change)

    @override
    def dispose(self) -> None:
        super().dispose()
        self.disputed.store.changed.disconnect(self._on_change, missing_ok=True)

    def follow(self, diff: Diff) -> None:
        """Take in a change of the document."""
        self.disputed.follow(diff)
        touched, self._touched = self._touched, None
        if self._builder is None:
            return
        if touched is not None and touched.everything:
            self._show()
            return
        if touched:
            ids = (*touched.links, *touched.nodes, *touched.bars)
            for id in ids:
                self.scene.refresh(id)
            self.marking.forget(ids)
        self.marking.remark(self._marked())
        self.refresh()

    def rest(self) -> None:
        """Nothing is in dispute, so nothing is to be drawn until something is again."""
        self._builder, self.diagram = None, ""

    def _on_change(self, change: Change) -> None:
        self._made = None
        if self._builder is not None:
            self._touched = self._builder.apply(change.diff)

    def show_place(self, conflict: str, preferred: str | None) -> bool:
        """Light what a conflict is about, on the diagram shown if it is drawn there; False where no diagram draws it.

        Args:
            preferred: the diagram to show it on, where that draws it and the one shown does not.
        """
        self._asked = place = self.disputed.place(conflict)
        wanted = self._diagram_of(place, preferred)
        if wanted != self.diagram or self._builder is None:
            self._load(wanted)
        return self.centre(self.place_drawn(place))

    def _diagram_of(self, place: str, preferred: str | None) -> str:
        drawing = diagrams_drawing(self.disputed.store, place) if place else []
        wanted = next((one for one in (self.diagram, preferred or "") if one in drawing), None)
        return wanted or next(iter(drawing), self.diagram or preferred or "")

    def prepare(self, conflict: str, preferred: str | None) -> None:
        """Make what ``show_place`` will show, in another thread, while nothing changes in the document."""
        diagram = self._diagram_of(self.disputed.place(conflict), preferred)
        if diagram != self.diagram or self._builder is None:
            with collector_paused():
                builder = PictureBuilder(self.disputed.store, diagram, ThreadMeasure())
                self._made = diagram, builder, Scene(builder.picture)
                let_settle()

    def _load(self, diagram: str) -> None:
        made, self._made = self._made, None
        self.diagram = diagram
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            if made is not None and made[0] == diagram:
                _, self._builder, scene = made
                self._show(scene)
            else:
                self._builder = PictureBuilder(self.disputed.store, diagram, qt_measure())
                self._show()
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.fit_at_once()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Once it has its size, what is asked about stands in the middle."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.centre(self.place_drawn(self._asked)))

    def _show(self, made: Scene | None = None) -> None:
        if self._builder is None:
            return
        self.scene = scene = made or Scene(self._builder.picture)
        self.marking.mark(self._marked(), {})
        self.show_scene(scene)

    def _marked(self) -> dict[str, Mark]:
        """Signs by what is drawn: a minus where one side deleted it, a triangle where both changed it."""
        found: dict[str, Mark] = {}
        bars: defaultdict[str, list[str]] = defaultdict(list)
        for bar in self.scene.picture.bars.values():
            bars[bar.control].append(bar.id)
        for conflict in self.disputed.store.all(Conflict):
            deleted = not conflict.field and None in (conflict.ours, conflict.theirs)
            place = self.disputed.place(conflict.id)
            for id in (place,) if place in self.scene.index else bars.get(place, ()):
                if found.get(id) != "removed":
                    found[id] = "removed" if deleted else "changed"
        return found | {id: "removed" for id in self.disputed.gone if id in self.scene.index}

    def place_drawn(self, place: str) -> tuple[str, ...]:
        """Ids under which something is drawn on the diagram shown."""
        if place in self.scene.index:
            return (place,)
        if isinstance(self.disputed.store.get(place), Control):
            return tuple(self.scene.bars_of(place))
        return ()
