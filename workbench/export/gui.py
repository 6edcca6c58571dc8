"""The application object that fonts and painters need, made without a display where there is none yet."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QGuiApplication

from workbench.export.steps import Steps
from workbench.render.fonts import qt_measure
from workbench.render.text import Measure

T = TypeVar("T")

_kept: list[QGuiApplication] = []


def ensure_gui() -> None:
    """Make sure Qt can draw: keep the application that runs, else make one on Qt's offscreen platform.

    The platform is given as an argument, so that a display that cannot be reached, or a ``QT_QPA_PLATFORM`` meant
    for another program, does not stop an export.
    """
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["hazard-workbench", "-platform", "offscreen"]))


def here(make: Callable[[Measure], Steps[T]]) -> Steps[T]:
    """Steps that measure letters, done where they are asked for."""
    ensure_gui()
    return (yield from make(qt_measure()))
