"""The canvas for screen readers: every element, control and line is a child with a name and a description.

Interfaces are made when a reader asks for them. Qt keeps plain pointers to them, so Python references are kept as long
as the view lives.
"""

from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from workbench.canvas import spoken
from workbench.canvas.accessible_parts import NOBODY, LeafInterface, keep, kept
from workbench.canvas.document_view import DocumentView

_installed = False


class Spoken(QObject):
    """Stands for one drawn thing; a reader's events need an object to be about."""

    def __init__(self, view: DocumentView, id: str) -> None:
        """A child of the view, so that it goes with it."""
        super().__init__(view)
        self.view = view
        self.id = id


class ItemInterface(LeafInterface):
    """One element, control or line."""

    def __init__(self, item: Spoken) -> None:
        """Speak for an item."""
        super().__init__(item)
        self._item = item

    def isValid(self) -> bool:
        """Whether it is still drawn."""
        item = self._item
        return Shiboken.isValid(item) and Shiboken.isValid(item.view) and item.id in item.view.scene.index

    def text(self, kind: QAccessible.Text) -> str:
        """Name, or description."""
        if not self.isValid():
            return ""
        scene = self._item.view.scene
        if kind == QAccessible.Text.Name:
            return spoken.name_of(scene, self._item.id)
        if kind == QAccessible.Text.Description:
            return spoken.sentences(scene, self._item.id)
        return ""

    def role(self) -> QAccessible.Role:
        """A list item: readers count and walk those."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Selected, focused, out of view."""
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        view = self._item.view
        state.selectable = True
        state.focusable = True
        state.selected = self._item.id in view.session.selection
        state.focused = view.hasFocus() and view.session.primary == self._item.id
        state.offscreen = not view.viewport().rect().intersects(self._view_rect())
        return state

    def _view_rect(self) -> QRect:
        view = self._item.view
        box = view.scene.box(self._item.id)
        rect = (box.left, box.top, box.right, box.bottom) if box is not None else view.scene.index.rect(self._item.id)
        if rect is None:
            return QRect()
        left, top, right, bottom = view.camera.rect_to_view(rect)
        return QRect(round(left), round(top), round(right - left), round(bottom - top))

    def rect(self) -> QRect:
        """On the screen."""
        if not self.isValid():
            return QRect()
        rect = self._view_rect()
        return QRect(self._item.view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def parent(self) -> QAccessibleInterface:
        """The canvas."""
        view = self._item.view
        return QAccessible.queryAccessibleInterface(view) if Shiboken.isValid(view) else NOBODY


class ViewInterface(QAccessibleWidget):
    """The canvas itself."""

    def __init__(self, view: DocumentView) -> None:
        """Speak for a view."""
        super().__init__(view, QAccessible.Role.List, "Diagram canvas")
        self._view = view
        self._items: dict[str, Spoken] = {}

    def _ids(self) -> list[str]:
        picture = self._view.scene.picture
        return [*picture.nodes, *picture.bars, *picture.links]

    def item(self, id: str) -> Spoken:
        """The object that stands for a drawn thing."""
        found = self._items.get(id)
        if found is None:
            found = self._items[id] = Spoken(self._view, id)
        return found

    def interface(self, id: str) -> QAccessibleInterface:
        """The interface of a drawn thing."""
        return QAccessible.queryAccessibleInterface(self.item(id))

    def childCount(self) -> int:
        """Everything drawn, then the widgets within: scroll bars, the title being edited."""
        return len(self._view.scene) + super().childCount()

    def child(self, index: int) -> QAccessibleInterface:
        """Elements first, then controls, then lines, then widgets."""
        ids = self._ids()
        return self.interface(ids[index]) if 0 <= index < len(ids) else super().child(index - len(ids))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its place."""
        item = child.object()
        ids = self._ids()
        if isinstance(item, Spoken):
            return ids.index(item.id) if item.id in ids else -1
        place = super().indexOfChild(child)
        return place + len(ids) if place >= 0 else place

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """What is drawn at a point of the screen."""
        at = self._view.viewport().mapFromGlobal(QPoint(x, y))
        hit = self._view.scene.hit(*self._view.camera.to_scene(at.x(), at.y()), self._view.camera.zoom)
        return self.interface(hit.id) if hit is not None else NOBODY

    def focusChild(self) -> QAccessibleInterface:
        """The title being edited, else what is selected last."""
        primary = self._view.session.primary
        if self._view.titles.editor is not None or primary is None or primary not in self._view.scene.index:
            return super().focusChild()
        return self.interface(primary)


def _make(_name: str, thing: Any) -> QAccessibleInterface | None:
    made: QAccessibleInterface | None = None
    if isinstance(thing, DocumentView):
        made = ViewInterface(thing)
    elif isinstance(thing, Spoken):
        made = ItemInterface(thing)
    if made is not None:
        keep(thing, made)
    return made


def install(view: DocumentView | None = None) -> None:
    """Let readers ask for canvases; once for the program.

    Args:
        view: a canvas that a reader may have asked for already: what Qt told it then is forgotten.
    """
    global _installed  # noqa: PLW0603 - Qt's list of factories is one for the program too
    if not _installed:
        QAccessible.installFactory(_make)
        _installed = True
    if view is not None and QAccessible.isActive():
        told = QAccessible.queryAccessibleInterface(view)
        if not isinstance(told, ViewInterface):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(told))


def announce_focus(view: DocumentView) -> None:
    """Tell readers, if there are any, that another thing is selected."""
    primary = view.session.primary
    if not QAccessible.isActive() or primary is None or primary not in view.scene.index:
        return
    interface = kept(view) or QAccessible.queryAccessibleInterface(view)
    if isinstance(interface, ViewInterface):
        QAccessible.updateAccessibility(QAccessibleEvent(interface.item(primary), QAccessible.Event.Focus))
