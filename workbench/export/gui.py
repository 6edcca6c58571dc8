"""The application object that fonts and painters need, made without a display where there is none yet."""

from PySide6.QtGui import QGuiApplication

_kept: list[QGuiApplication] = []


def ensure_gui() -> None:
    """Make sure Qt can draw: keep the application that runs, else make one on Qt's offscreen platform.

    The platform is given as an argument, so that a display that cannot be reached, or a ``QT_QPA_PLATFORM`` meant
    for another program, does not stop an export.
    """
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["hazard-workbench", "-platform", "offscreen"]))
