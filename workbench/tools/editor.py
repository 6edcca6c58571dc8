"""What the tools need to know of the canvas, and may ask of it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from workbench.layout.geometry import Box, Path, Point
from workbench.session.session import Session
from workbench.tools.events import Hit, PointerEvent
from workbench.tools.preview import Cursor, Guide, LineDrop, Preview, Rect


class Editor(Protocol):
    """The canvas as the tools see it. All places are scene units unless said otherwise."""

    @property
    def session(self) -> Session:
        """Document, current diagram and selection."""

    @property
    def snapping(self) -> bool:
        """Whether dragged things snap to the grid and to their neighbours."""

    def hit(self, x: float, y: float, ignore: frozenset[str] = frozenset()) -> Hit | None:
        """The drawn thing at a point; handles are found too."""

    def box(self, id: str) -> Box | None:
        """Where an element or a bar is drawn; None where it is not on this diagram."""

    def within(self, rect: Rect, *, touching: bool = False) -> list[str]:
        """Elements, bars and links wholly inside a rectangle, or touching it."""

    def line_at(self, x: float, y: float, guard: str = "") -> LineDrop | None:
        """Where a control dropped at a point would stand; ``guard`` is the one being moved."""

    def stands_on(self, guard: str) -> str:
        """Id of the link a bar stands on; empty for a free bar."""

    def station(self, guard: str) -> float:
        """Distance of a bar from the end its line's stations count from."""

    def course(self, line: str) -> Path:
        """The points of a line as it is drawn; empty where it is not."""

    def standing_on(self, line: str) -> list[Point]:
        """Where controls stand on a line."""

    def reach(self, pixels: float) -> float:
        """So many pixels of the view in scene units."""

    @property
    def held_bend(self) -> tuple[str, int] | None:
        """The bend that keys act on: its line, and which of its bends."""

    def hold_bend(self, bend: tuple[str, int] | None) -> None:
        """Let keys act on a bend, or on none."""

    def neighbours(self, id: str) -> list[str]:
        """Ids next to an element or bar along the drawn lines, hanging factors included."""

    def snap(self, ids: Iterable[str], dx: float, dy: float) -> tuple[float, float, tuple[Guide, ...]]:
        """A shift of some elements, corrected so that they snap, and the guides that show to what."""

    def show(self, preview: Preview) -> None:
        """Show a preview in place of the last one."""

    def hover(self, hit: Hit | None) -> None:
        """Say what the pointer is over."""

    def set_cursor(self, cursor: Cursor) -> None:
        """Change the pointer's shape."""

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the content by pixels of the view."""

    def begin_edit(self, id: str, text: str | None = None) -> None:
        """Edit a title in place; ``text`` replaces it (the first key typed)."""

    def choose_kind(self, kinds: Sequence[str], at: Point, chosen: Callable[[str], None]) -> None:
        """Ask for one of several kinds in a small list at a place."""

    def open_menu(self, event: PointerEvent) -> None:
        """Open the context menu."""

    def create(self, kind: str) -> None:
        """Make something new under the pointer, else in the middle of the view, and edit its title."""

    def reveal(self, ids: Iterable[str]) -> None:
        """Bring things into view where they are not."""

    def badge_pressed(self, id: str) -> None:
        """The verdict badge of an element or bar was double-clicked."""

    def finding_pressed(self, id: str) -> None:
        """The linter's badge on an element, bar or line was clicked."""

    def review_pressed(self, id: str) -> None:
        """The badge of open actions and comments on an element, bar or line was clicked."""

    def tool_changed(self, tool: str) -> None:
        """Another tool is in use now."""
