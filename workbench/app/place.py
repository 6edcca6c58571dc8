"""The place of the diagram in one window: a diagram stands there, or one of the views that can take its place."""

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from workbench.app.ports import Frame
from workbench.model.base import Record
from workbench.panels.icons import icon
from workbench.session.turning import turn_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.app.tabs import DiagramTabs
    from workbench.canvas.camera_view import CameraView
    from workbench.canvas.view import DiagramView
    from workbench.panels.place_page import PlacePage


class Parts(Protocol):
    """The window's own parts that a view works on."""

    place: "Place"

    def run_action(self, id: str) -> None:
        """Do an action if it can be done now."""


P = TypeVar("P", bound="PlacePage")


class PlaceView(Generic[P]):
    """A view that can take the place of the diagram. Its widget is loaded and made when first shown.

    Attributes:
        title: the words on its tab; ``name``: the same for those who hear it.
        picture: the icon on its tab.
        action: id of the action that shows and hides it.
        kind: record type that it shows; its tab stands beside the diagrams while the project holds one.
    """

    title: ClassVar[str]
    name: ClassVar[str]
    picture: ClassVar[str]
    action: ClassVar[str]
    kind: ClassVar[str]

    def __init__(self, frame: Frame, parts: Parts) -> None:
        """Speak for one window."""
        self._frame = frame
        self._parts = parts
        self._panel: P | None = None

    # what each view says for itself

    def make_panel(self) -> P:
        """Its widget."""
        raise NotImplementedError

    def holds(self, record: Record) -> bool:
        """Whether this is where a record is shown."""
        raise NotImplementedError

    def reveal(self, record: Record) -> None:
        """Show a record that it holds."""
        raise NotImplementedError

    def before_leaving(self) -> None:
        """Take over what is being typed in the view."""

    # what they share

    @property
    def panel(self) -> P:
        """Its widget; made when first asked for."""
        if self._panel is None:
            panel = self._panel = self.make_panel()
            panel.closed.connect(self.hide)
            panel.do.connect(self._parts.run_action)
            panel.reveal_asked.connect(self._reveal_element)
            self._parts.place.take_in(panel)
        return self._panel

    @property
    def shown(self) -> bool:
        """Whether it stands in the place of the diagram."""
        return self._parts.place.view is self

    def show(self) -> None:
        """Show it in the place of the diagram, and let the keyboard work on it."""
        self._parts.place.show(self)

    def hide(self) -> None:
        """Show the diagram again, where this view stands in its place."""
        if self.shown:
            self._parts.place.show_diagram()

    def toggle(self) -> None:
        """Show it, or the diagram again."""
        if self.shown:
            self.hide()
        else:
            self.show()

    def _reveal_element(self, id: str) -> None:
        self.hide()  # the canvas has its size before it looks for the element
        self._frame.session.select([id])
        turn_to(self._frame.session, [id])
        self._frame.session.reveal.emit((id,))


AnyView = PlaceView[Any]


class Place:
    """Which of the diagram and the views stands in the middle of one window.

    A view is left for the diagram by Esc, by a click on a diagram's tab, and by whatever shows something on a diagram.

    Attributes:
        view: the view shown; None while the diagram is.
        on_picture: called when another picture is seen, at another zoom factor, or with something else ringed; None
            where none is seen.
    """

    def __init__(self, frame: Frame, column: QVBoxLayout, canvas: "DiagramView", tabs: "DiagramTabs") -> None:
        """Take over a column that holds the tabs of the diagrams and the canvas below them."""
        self._frame = frame
        self._column = column
        self._canvas = canvas
        self._tabs = tabs
        self._views: dict[AnyView, QToolButton] = {}
        self.view: AnyView | None = None
        self.on_picture: Callable[[CameraView | None], None] = lambda _picture: None
        canvas.zoom_changed.connect(lambda _zoom: self._tell_picture())
        tabs.bar.tabBarClicked.connect(lambda _index: self.show_diagram())
        session = frame.session
        session.store.changed.connect(self._on_change)
        session.diagram_changed.connect(self._on_diagram)
        session.reveal.connect(self._on_reveal)

    def add(self, view: AnyView, parts: Parts) -> None:
        """Let a view be shown here, by a tab beside those of the diagrams."""
        tab = self._views[view] = QToolButton()
        tab.setIcon(icon(view.picture))
        tab.setCheckable(True)
        tab.setAccessibleName(view.name)
        tab.clicked.connect(lambda _on=False: parts.run_action(view.action))
        self._tabs.add_view(tab, view.title)
        tab.setToolTip(view.name)
        self._show_tabs()

    def take_in(self, page: "PlacePage") -> None:
        """Put the widget of a view into the column, hidden."""
        page.hide()
        page.picture_changed.connect(self._tell_picture)
        self._column.addWidget(page, 1)

    def close_down(self) -> None:
        """Stop following the document."""
        session = self._frame.session
        session.store.changed.disconnect(self._on_change, missing_ok=True)
        session.diagram_changed.disconnect(self._on_diagram, missing_ok=True)
        session.reveal.disconnect(self._on_reveal, missing_ok=True)

    @property
    def widget(self) -> QWidget:
        """What stands in the middle of the window now."""
        return self._canvas if self.view is None else self.view.panel

    @property
    def picture(self) -> "CameraView | None":
        """The picture of a diagram that stands in the middle of the window; None where none does."""
        return self._canvas if self.view is None else self.view.panel.picture

    def _tell_picture(self) -> None:
        self.on_picture(self.picture)

    def show(self, view: AnyView) -> None:
        """Show a view in the place of the diagram, and let the keyboard work on it."""
        if self.view is not view:
            self._frame.commit_edits()
            self._change_to(view)
        self.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_diagram(self) -> None:
        """Show the diagram again; the keyboard goes to it if it was in the view."""
        if self.view is None:
            self._show_tabs()  # the click that asked for the view has checked its button already
            return
        self.view.before_leaving()
        focus = self._frame.widget.focusWidget()
        had_focus = focus is not None and (focus is self.widget or self.widget.isAncestorOf(focus))
        self._change_to(None)
        if had_focus:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_to(self, view: AnyView | None) -> None:
        """Let another part stand here; nothing is laid out in between."""
        coming = self._canvas if view is None else view.panel
        if self.view is not None and view is not None:
            self.view.before_leaving()
        self.widget.hide()
        self.view = view
        coming.show()
        self._show_tabs()
        self._tell_picture()

    def _show_tabs(self) -> None:
        store = self._frame.session.store
        for view, tab in self._views.items():
            tab.setChecked(view is self.view)
            tab.setVisible(view is self.view or store.count(view.kind) > 0)

    # following the document

    def _on_change(self, _: object) -> None:
        self._show_tabs()

    def _on_diagram(self, _: object) -> None:
        self.show_diagram()

    def _on_reveal(self, ids: tuple[str, ...]) -> None:
        """A record is shown in the view that holds it; anything else is on a diagram."""
        record = self._frame.session.store.get(ids[0]) if ids else None
        for view in self._views:
            if record is not None and view.holds(record):
                self.show(view)
                view.reveal(record)
                return
        self.show_diagram()
