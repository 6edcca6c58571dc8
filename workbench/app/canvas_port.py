"""The canvas as actions see it."""

from typing import TYPE_CHECKING

from workbench.actions.workbench import Align, Axis
from workbench.canvas.view import DiagramView

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.canvas.camera_view import CameraView


class CanvasPort:
    """Hands what actions ask for to the view.

    Attributes:
        seen: gives the picture that is seen now and so is zoomed; another may stand in the place of the diagram, and
            None means that no picture does.
    """

    def __init__(self, view: DiagramView) -> None:
        """Speak for one view."""
        self._view = view
        self.seen: Callable[[], CameraView | None] = lambda: view

    @property
    def zooms(self) -> bool:
        """Whether a picture is seen that can be zoomed."""
        return self.seen() is not None

    @property
    def points(self) -> bool:
        """Whether something is selected, or ringed, in the picture that is seen."""
        seen = self.seen()
        return seen is not None and bool(seen.session.selection)

    @property
    def levels(self) -> int:
        """How much of the diagram is shown, from 1 to 5 (everything)."""
        return self._view.levels

    def set_levels(self, level: int) -> None:
        """Show more or less of the diagram."""
        self._view.set_levels(level)

    def light_pathway(self) -> None:
        """Light a pathway, or the next one."""
        self._view.light_pathway()

    @property
    def tool(self) -> str:
        """Name of the tool in use."""
        return self._view.tool

    def seen_part(self) -> tuple[float, float, float, float] | None:
        """The part of the diagram that is seen (left, top, right, bottom in scene units); None: all of it."""
        return self._view.seen_part()

    def fit(self) -> None:
        """Show the whole diagram."""
        if (seen := self.seen()) is not None:
            seen.fit()

    def zoom_to_selection(self) -> None:
        """Show what is selected, as large as fits."""
        if (seen := self.seen()) is not None:
            seen.zoom_to_selection()

    def zoom_by(self, steps: float) -> None:
        """Zoom in or out by notches."""
        if (seen := self.seen()) is not None:
            seen.zoom_by(steps)

    def set_zoom(self, factor: float) -> None:
        """Zoom to a factor."""
        if (seen := self.seen()) is not None:
            seen.set_zoom(factor)

    def edit_title(self) -> None:
        """Edit the title of what is selected, in place."""
        self._view.setFocus()
        self._view.edit_title()

    def add_bend(self) -> None:
        """Give the selected line a bend."""
        self._view.setFocus()
        self._view.add_bend()

    def remove_bend(self) -> bool:
        """Take away the bend in hand; False where there is none."""
        return self._view.remove_bend()

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
        if self._view.tool == "connect":
            self._view.select_tool()
        else:
            self._view.connect_tool()

    def pan_tool(self) -> None:
        """Drag the view until Esc."""
        self._view.pan_tool()

    def select_tool(self) -> None:
        """Back to selecting."""
        self._view.select_tool()

    def align(self, edge: Align) -> None:
        """Line up what is selected."""
        self._view.align(edge)

    def distribute(self, axis: Axis) -> None:
        """Give what is selected equal gaps."""
        self._view.distribute(axis)

    def select_all(self) -> None:
        """Select everything on the diagram."""
        self._view.select_all()

    def select_same_kind(self) -> None:
        """Select every element here of the kinds that are selected."""
        self._view.select_same_kind()

    def cancel(self) -> None:
        """Drop whatever gesture is under way."""
        self._view.cancel()
