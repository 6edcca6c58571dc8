"""What a window knows of its presentation and its route before anybody asked for them."""

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QGuiApplication

from workbench.app.asking import FileAsking
from workbench.app.ports import Host

if TYPE_CHECKING:
    from workbench.app.presenting import Parts, Presenting
    from workbench.app.route import Parts as RouteParts
    from workbench.app.route import Route


class Presents:
    """Part of a window: makes what presents when it is first asked for."""

    _host: Host
    _asking: FileAsking
    _presenting: "Presenting | None" = None
    _route: "Route | None" = None

    @property
    def presenting(self) -> "Presenting":
        """Presenting; loaded when first asked for."""
        if self._presenting is None:
            from workbench.app.presenting import Presenting  # noqa: PLC0415 - with a presentation, not before

            window = cast("Parts", self)
            self._presenting = Presenting(self._host, window, window)
        return self._presenting

    @property
    def is_presenting(self) -> bool:
        """Whether a presentation is running."""
        return self._presenting is not None and self._presenting.running is not None

    @property
    def presenter_wanted(self) -> bool:
        """Whether the presenter's view is shown, or would be."""
        if self._presenting is not None:
            return self._presenting.presenter_wanted
        return len(QGuiApplication.screens()) > 1

    @property
    def dark_stage(self) -> bool:
        """Whether presentations are shown in dark colours."""
        return self._host.settings.dark_stage

    @property
    def route(self) -> "Route":
        """The route that is presented; loaded when first asked for."""
        if self._route is None:
            from workbench.app.route import Route  # noqa: PLC0415 - with its dock, not before

            window = cast("RouteParts", self)
            self._route = Route(window, window, self._asking)
        return self._route

    @property
    def stops_chosen(self) -> int:
        """How many stops are chosen in the dock."""
        return len(self._route.chosen) if self._route is not None else 0

    def stop_presenting(self) -> None:
        """End the presentation that is running, if any; the window closes."""
        if self._presenting is not None:
            self._presenting.leave()
        if self._route is not None:
            self._route.close_down()
