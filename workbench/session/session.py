"""What the user is looking at: current diagram, selection, hover, focus. Never saved in the document."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from psygnal import Signal

from workbench.model.drawing import Diagram
from workbench.model.elements import ImpactDimension
from workbench.store.diff import Change
from workbench.store.store import Store
from workbench.values import value_type

SelectMode = Literal["set", "add", "toggle"]

_START = object()
"""Position of a document before its first step."""


@value_type(frozen=True, slots=True)
class Lens:
    """What the diagram is looked at for; everything else is dimmed.

    Attributes:
        title: what it shows, such as ``Social impacts``.
        dimension: an impact dimension; null where ``hazards`` are meant.
        hazards: ids of the hazards meant.
        coloured: every impact dimension at once, told apart by tags and colours.
    """

    title: str
    dimension: ImpactDimension | None = None
    hazards: frozenset[str] = frozenset()
    coloured: bool = False


@value_type(frozen=True, slots=True)
class Viewport:
    """What part of a diagram is seen: the scene point in the middle of the view, and the zoom factor."""

    x: float
    y: float
    zoom: float


def _nobody() -> tuple[str, str]:
    return "", ""


class Session:
    """One open document and one user's place in it.

    Attributes:
        path: file the document was read from or last saved to; None while untitled.
        called: what the document is called where it has no file and its title does not say enough.
        folder: where the file lies that it was made from, where it has none of its own; Save as begins there.
        viewports: last viewport by diagram id, so that switching tabs returns to the same place.
        evidence: id of the claim or run the user is on in the evidence dock; empty while they work elsewhere.
        signature: who works on the document, and the time now (ISO 8601): what goes beside anything a person judges.
        notice: emits a sentence for the status bar.
        reveal: emits ids that should be brought into view.
    """

    diagram_changed = Signal(object)
    selection_changed = Signal(tuple)
    modified_changed = Signal(bool)
    hovered_changed = Signal(object)
    path_changed = Signal(object)
    lens_changed = Signal(object)
    grouping_changed = Signal(bool)
    notice = Signal(str)
    reveal = Signal(tuple)

    def __init__(self, store: Store, path: Path | None = None) -> None:
        """Start on the first diagram, with nothing selected."""
        self.store = store
        self._path = path
        self._diagram: str | None = None
        self._selection: tuple[str, ...] = ()
        self._hovered: str | None = None
        self._lens: Lens | None = None
        self._grouped = False
        self._modified = False
        self._saved_position: object = None  # the diff of the last step done when saved
        self.called = ""
        self.folder: Path | None = None
        self.viewports: dict[str, Viewport] = {}
        self.evidence = ""
        self.signature: Callable[[], tuple[str, str]] = _nobody
        store.selection = lambda: self._selection
        store.changed.connect(self._on_change)
        self.mark_saved(path)
        ordered = diagrams(store)
        if ordered:
            self._diagram = ordered[0].id

    def close(self) -> None:
        """Stop listening to the store."""
        self.store.changed.disconnect(self._on_change)

    # the file

    @property
    def path(self) -> Path | None:
        """File of the document; None while untitled."""
        return self._path

    @property
    def modified(self) -> bool:
        """Whether the document differs from what was last saved."""
        return self._modified

    def mark_saved(self, path: Path | None) -> None:
        """The document as it is now lies on disk at ``path`` (None: it is new and unchanged)."""
        self._saved_position = self._position()
        if path != self._path:
            self._path = path
            self.path_changed.emit(path)
        self._set_modified(False)

    def mark_modified(self) -> None:
        """The document differs from every file, whatever undo does (a restored or converted document)."""
        self._saved_position = None
        self._set_modified(True)

    def _position(self) -> object:
        return self.store.history.last_diff or _START

    def _set_modified(self, value: bool) -> None:
        if value != self._modified:
            self._modified = value
            self.modified_changed.emit(value)

    # diagram

    @property
    def diagram(self) -> str | None:
        """Id of the diagram shown; None where the project has none."""
        return self._diagram

    def set_diagram(self, diagram: str | None) -> None:
        """Show another diagram; the selection is cleared."""
        if diagram == self._diagram:
            return
        self.select(())
        self.set_hovered(None)
        self._diagram = diagram
        self.store.history.seal()
        self.diagram_changed.emit(diagram)

    # selection

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of selected elements, links and guards, in order of selection."""
        return self._selection

    @property
    def primary(self) -> str | None:
        """The id the inspector shows: the one selected last."""
        return self._selection[-1] if self._selection else None

    def select(self, ids: Iterable[str], mode: SelectMode = "set") -> None:
        """Change the selection; ids that do not exist are left out."""
        wanted = [key for key in dict.fromkeys(ids) if key in self.store]
        if mode == "set":
            result = wanted
        elif mode == "add":
            result = [*(key for key in self._selection if key not in wanted), *wanted]
        else:
            kept = [key for key in self._selection if key not in wanted]
            result = [*kept, *(key for key in wanted if key not in self._selection)]
        if tuple(result) != self._selection:
            self._selection = tuple(result)
            self.selection_changed.emit(self._selection)

    @property
    def hovered(self) -> str | None:
        """Id under the pointer."""
        return self._hovered

    def set_hovered(self, id: str | None) -> None:
        """Say what the pointer is over."""
        if id != self._hovered:
            self._hovered = id
            self.hovered_changed.emit(id)

    @property
    def lens(self) -> Lens | None:
        """What the diagram is looked at for; None shows all of it alike."""
        return self._lens

    def set_lens(self, lens: Lens | None) -> None:
        """Look at the diagram for something, or at all of it again."""
        if lens != self._lens:
            self._lens = lens
            self.lens_changed.emit(lens)

    @property
    def grouped(self) -> bool:
        """Whether hazards are listed by impact dimension."""
        return self._grouped

    def set_grouped(self, on: bool) -> None:
        """List hazards by impact dimension, or all together."""
        if on != self._grouped:
            self._grouped = on
            self.grouping_changed.emit(on)

    # following the document

    def _on_change(self, change: Change) -> None:
        self._set_modified(self._position() is not self._saved_position)
        if self._diagram not in self.store:
            ordered = diagrams(self.store)
            self.set_diagram(ordered[0].id if ordered else None)
        if change.selection is not None:
            self._follow(change)
            self.select(change.selection)
        else:
            self.select(self._selection)
        if self._hovered is not None and self._hovered not in self.store:
            self.set_hovered(None)

    def _follow(self, change: Change) -> None:
        """Undo and redo show the diagram they change, if it is another one than the current."""
        touched = {getattr(after or before, "diagram", None) for _, before, after in change.diff.before_and_after()} - {
            None
        }
        if touched and self._diagram not in touched:
            target = next((d.id for d in diagrams(self.store) if d.id in touched), None)
            if target is not None:
                self.set_diagram(target)


def diagrams(store: Store) -> list[Diagram]:
    """The project's diagrams in the order of their tabs."""
    return sorted(store.all(Diagram), key=lambda d: (d.order, d.id))
