"""What the parts of the canvas (editor of titles, drops, sync, the tools' host) may ask of the view they work for."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Signal

from workbench.canvas.camera_view import CameraView
from workbench.layout.geometry import Point
from workbench.session.session import Session
from workbench.tools.editor import Editor
from workbench.tools.events import Hit
from workbench.tools.preview import Preview
from workbench.tools.state import Machine


class Stage(CameraView):
    """A view of a session's diagram; ``DocumentView`` carries out what is only named here.

    Signals:
        context_menu_requested: the global point, and what was pressed: a ``Hit`` on a node, bar or link, or None.
        files_dropped: the files (``Path``), and the id of the element or guard they were dropped on, or None.
        evidence_dropped: ids of runs, metrics or claims, and the element, guard or link they were dropped on.
        badge_activated: the id of the element or guard whose verdict badge was double-clicked.
        findings_activated: the id of the element, guard or link whose badge of the linter was clicked.
        review_activated: the same of the badge of open actions and comments.
        tool_changed: name of the tool now in use.
        levels_changed: the level of detail now shown, 1 to 5.
        light_changed: something else is lit, or nothing any more.

    Attributes:
        session: document, current diagram, selection.
        host: the view as the tools see it.
        machine: the statechart of gestures.
    """

    context_menu_requested = Signal(QPoint, object)
    files_dropped = Signal(list, object)
    evidence_dropped = Signal(list, str)
    badge_activated = Signal(str)
    findings_activated = Signal(str)
    review_activated = Signal(str)
    tool_changed = Signal(str)
    levels_changed = Signal(int)
    light_changed = Signal()

    session: Session
    host: Editor
    machine: Machine

    def flush(self) -> None:
        """Take in what has changed in the document and is not drawn yet."""
        raise NotImplementedError

    def changed_just_now(self) -> bool:
        """Whether the last change of the document was made in this turn of the event loop."""
        raise NotImplementedError

    def show_controls(self) -> None:
        """Show the controls on lines, where the level of detail leaves them out."""
        raise NotImplementedError

    def take_in(self, changed: Iterable[str]) -> None:
        """Some things of the picture are others now."""
        raise NotImplementedError

    def take_in_all(self) -> None:
        """The whole picture is another now."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Drop the gesture under way; a title that is being typed is kept."""
        raise NotImplementedError

    def show_preview(self, preview: Preview) -> None:
        """Show what a gesture would do."""
        raise NotImplementedError

    def hover(self, hit: Hit | None) -> None:
        """The pointer is over something else."""
        raise NotImplementedError

    def reveal(self, ids: Iterable[str], *, animated: bool = True, readable: bool = True) -> None:
        """Bring things into view; ``readable``: zoom in where they could not be seen from so far away."""
        raise NotImplementedError

    def edit_title(self, id: str | None = None, text: str | None = None) -> None:
        """Edit a title in place; ``text`` replaces it."""
        raise NotImplementedError

    def scene_position_for_paste(self) -> Point:
        """Where something new goes (scene units)."""
        raise NotImplementedError
