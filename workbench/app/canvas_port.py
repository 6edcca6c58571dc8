"""The canvas as actions see it."""

from workbench.actions.workbench import Align, Axis
from workbench.canvas.view import DiagramView
from workbench.model.base import record_type
from workbench.session.session import Session


class CanvasPort:
    """Hands what actions ask for to the view."""

    def __init__(self, session: Session, view: DiagramView) -> None:
        """Speak for one view."""
        self._session = session
        self._view = view

    @property
    def tool(self) -> str:
        """Name of the tool in use."""
        return self._view.tool

    def fit(self) -> None:
        """Show the whole diagram."""
        self._view.fit()

    def zoom_to_selection(self) -> None:
        """Show what is selected, as large as fits."""
        self._view.zoom_to_selection()

    def zoom_by(self, steps: float) -> None:
        """Zoom in or out by notches."""
        self._view.zoom_by(steps)

    def set_zoom(self, factor: float) -> None:
        """Zoom to a factor."""
        self._view.set_zoom(factor)

    def edit_title(self) -> None:
        """Edit the title of what is selected, in place."""
        self._view.setFocus()
        self._view.edit_title()

    def insert_control(self) -> None:
        """Put a new control on the selected line and edit its title."""
        self._view.setFocus()
        self._view.insert_control()

    def create(self, kind: str) -> None:
        """Make an element of a kind and edit its title."""
        self._view.setFocus()
        self._view.create_at_cursor(kind)

    def connect_tool(self) -> None:
        """Draw links until Esc; the same again goes back to selecting."""
        self._view.set_tool("select" if self._view.tool == "connect" else "connect")

    def pan_tool(self) -> None:
        """Drag the view until Esc."""
        self._view.set_tool("pan")

    def select_tool(self) -> None:
        """Back to selecting."""
        self._view.set_tool("select")

    def align(self, edge: Align) -> None:
        """Line up what is selected."""
        self._view.align(edge)

    def distribute(self, axis: Axis) -> None:
        """Give what is selected equal gaps."""
        self._view.distribute(axis)

    def select_all(self) -> None:
        """Select everything on the diagram."""
        self._session.select(self._view.ids())

    def select_same_kind(self) -> None:
        """Select every element here of the kinds that are selected."""
        store = self._session.store
        kinds = {record_type(record) for id in self._session.selection if (record := store.get(id)) is not None}
        shown = ((id, store.get(id)) for id in self._view.ids())
        self._session.select(id for id, record in shown if record is not None and record_type(record) in kinds)

    def cancel(self) -> None:
        """Drop whatever gesture is under way."""
        self._view.cancel()
