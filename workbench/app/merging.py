"""Merging in one window: another version of the project is taken in, and the view of what both changed.

The view and what works a merge out are loaded when first asked for.
"""

from typing import TYPE_CHECKING, Literal, Protocol

from typing_extensions import override

from workbench.app import place
from workbench.app.asking import FileAsking
from workbench.app.place import PlaceView
from workbench.app.ports import Frame, Host
from workbench.files.header import Header
from workbench.model.base import Record
from workbench.model.review import Conflict
from workbench.panels.messages import confirm

if TYPE_CHECKING:
    from workbench.app.menus import Menus
    from workbench.panels.merge_page import MergePage


class Document(Protocol):
    """What one window knows of its file.

    Attributes:
        header: what it says beside its records; None for a new document.
    """

    header: Header | None


class Parts(place.Parts, Protocol):
    """The window's own parts that the view works on."""

    menus: "Menus"
    files: Document


class Merging(PlaceView["MergePage"]):
    """What the ``MergeWork`` port of the actions is, for one window."""

    title = "Conflicts"
    name = "Merge conflicts"
    picture = "compare"
    action = "merge.view"
    kind = "conflict"
    _parts: Parts

    def __init__(self, host: Host, frame: Frame, parts: Parts, asking: FileAsking) -> None:
        """Speak for one window."""
        super().__init__(frame, parts)
        self._host = host
        self._asking = asking

    @override
    def make_panel(self) -> "MergePage":
        from workbench.panels.merge_page import MergePage  # noqa: PLC0415 - loaded when first shown

        return MergePage(self._frame.session, lambda parent: self._parts.menus.context_menu(parent, "merge"))

    @override
    def holds(self, record: Record) -> bool:
        return isinstance(record, Conflict)

    @override
    def reveal(self, record: Record) -> None:
        self.panel.go_to(record.id)

    @override
    def show(self) -> None:
        from workbench.panels.progress import work_beside  # noqa: PLC0415 - seldom needed

        self.panel.view.motion = not self._host.settings.reduced_motion
        self.panel.view.swap_wheel = self._host.settings.wheel_zooms
        if not self.shown and self.panel.to_prepare():
            _, wanted = work_beside(
                self.panel.prepare,
                title="Merge conflicts",
                text=f"Preparing {self._frame.session.store.count(Conflict.TYPE):,} conflicts.",
                parent=self._frame.widget,
            )
            if not wanted:
                return
        super().show()

    # walking and settling

    @property
    def asked(self) -> bool:
        """Whether the view is on a conflict that is open."""
        return self.shown and bool(self.panel.current)

    @property
    def left(self) -> int:
        """How many conflicts are open, while the view is shown; else 0."""
        return self.panel.left if self.shown else 0

    def go(self, step: int) -> None:
        """To the next open conflict (1), or the one before (-1)."""
        self.panel.go(step)

    def choose(self, choice: Literal["ours", "theirs"]) -> None:
        """Settle the conflict the user is on."""
        self.panel.choose(choice)

    def settle_element(self, choice: Literal["ours", "theirs"]) -> None:
        """Settle every open conflict of the element the user is on."""
        self.panel.settle_several(self.panel.open_on_element(), choice)

    def settle_rest(self, choice: Literal["ours", "theirs"]) -> None:
        """Ask, and settle every open conflict."""
        count = self.left
        what = "ours stay" if choice == "ours" else "theirs take the place of ours"
        question = f"Settle the {count:,} conflicts that are open: {what}? Undo brings them back."
        verb = "Keep ours" if choice == "ours" else "Take theirs"
        if count == 1 or confirm(self._frame.widget, "Settle all", question, verb):
            self.panel.settle_rest(choice)

    # merging with a file

    def with_file(self) -> None:
        """Ask for another version of the project, show what would come in, and merge it."""
        from workbench.app.merge_file import merge_with_file  # noqa: PLC0415 - loaded when first wanted

        self._frame.commit_edits()
        settled = merge_with_file(self._frame, self._asking, self._parts.files)
        if settled is not None and self._frame.session.store.count(Conflict.TYPE):
            self.review(settled)

    def review(self, settled: int) -> None:
        """Show what a merge left open; ``settled``: how many places on diagrams it settled by itself."""
        self.panel.say_places(settled)
        self.show()
