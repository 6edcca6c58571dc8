"""The findings of one window, as actions see them: the dock, and the badges on the diagram."""

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.app.ports import Frame, Host

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.analysis.findings import Finding
    from workbench.canvas.finding_badges import FindingBadges
    from workbench.panels.findings_panel import FindingsPanel


class Findings:
    """What the ``Findings`` port of the actions is.

    Attributes:
        show_dock: brings the dock to the front; the window sets it.
    """

    def __init__(self, host: Host, frame: Frame, badges: "FindingBadges") -> None:
        """Speak for one window, whose dock comes later."""
        self._host = host
        self._frame = frame
        self._badges = badges
        self._panel: FindingsPanel | None = None
        self._badged: bool | None = None
        self.show_dock: Callable[[], None] = lambda: None

    def wire(self, panel: "FindingsPanel") -> None:
        """The dock has been made."""
        self._panel = panel
        panel.author = self._author
        panel.checked.connect(self._lay_badges)

    def _author(self) -> str:
        return self._host.settings.author

    @property
    def count(self) -> int:
        """How many findings count, as far as the project has been checked."""
        return self._panel.count() if self._panel is not None else 0

    def all(self) -> "list[Finding]":
        """Everything the linter holds against the project, once all of it has been checked."""
        if self._panel is None:
            return []
        self._panel.finish()
        return self._panel.linter.all()

    def show(self) -> None:
        """Show the findings and let the keyboard work on them."""
        self._show_on("")

    def show_on(self, id: str) -> None:
        """Show the findings on one thing of the diagram only, and let the keyboard work on them."""
        self._frame.session.select([id])
        self._show_on(id)

    def _show_on(self, id: str) -> None:
        if self._panel is not None:
            self._panel.show_only(id)
        self.show_dock()

    def go(self, step: int) -> None:
        """To the next finding shown in the dock, or the one before, and to what it is about."""
        if self._panel is not None:
            self.show_dock()
            self._panel.flush()
            if self._panel.filled:
                self._panel.body.go(step)

    # badges on the diagram

    @property
    def badged(self) -> bool:
        """Whether badges stand on the diagram."""
        return self._host.settings.finding_badges

    def toggle_badges(self) -> None:
        """Show the badges on the diagram, or hide them."""
        self._host.change_settings(replace(self._host.settings, finding_badges=not self.badged))

    def take_settings(self) -> None:
        """Follow changed preferences."""
        if self.badged != self._badged:
            self._badged = self.badged
            self._lay_badges()

    def _lay_badges(self) -> None:
        tallied = self._panel.tallied if self._panel is not None else None
        if tallied is None or not self.badged:
            self._badges.hide()
        else:
            self._badges.show(tallied.now, tallied.take_changed())
