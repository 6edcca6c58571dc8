"""The findings dock of one window, as actions see it."""

from typing import TYPE_CHECKING

from workbench.app.ports import Host

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.panels.findings_panel import FindingsPanel


class Findings:
    """What the ``Findings`` port of the actions is.

    Attributes:
        show_dock: brings the dock to the front; the window sets it.
    """

    def __init__(self, host: Host) -> None:
        """Speak for one window, whose dock comes later."""
        self._host = host
        self._panel: FindingsPanel | None = None
        self.show_dock: Callable[[], None] = lambda: None

    def wire(self, panel: "FindingsPanel") -> None:
        """The dock has been made."""
        self._panel = panel
        panel.author = self._author

    def _author(self) -> str:
        return self._host.settings.author

    @property
    def count(self) -> int:
        """How many findings count, as far as the project has been checked."""
        return self._panel.count() if self._panel is not None else 0

    def show(self) -> None:
        """Show the findings and let the keyboard work on them."""
        self.show_dock()

    def go(self, step: int) -> None:
        """To the next finding shown in the dock, or the one before, and to what it is about."""
        if self._panel is not None:
            self.show_dock()
            self._panel.flush()
            if self._panel.filled:
                self._panel.body.go(step)
