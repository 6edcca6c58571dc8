"""Starting the window: what ``hazard-workbench [FILE]`` does where there is a display."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from workbench.app import loading
from workbench.app.application import Application
from workbench.app.errors import ErrorReporter
from workbench.canvas.first_paint import FirstPaint
from workbench.panels.style import make_application

NAME = "Hazard Workbench"


def make_qt_application() -> QApplication:
    """The process's Qt application, made on first call."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QCoreApplication.setApplicationName("hazard-workbench")
    QApplication.setApplicationDisplayName(NAME)
    QApplication.setDesktopFileName("hazard-workbench")
    return make_application(sys.argv[0])


def run(path: Path | None = None) -> int:
    """Open the window on a project, or on the start page, and return the exit code once it is closed."""
    qt = make_qt_application()
    reporter = ErrorReporter()
    app = Application(qt)
    window = (app.open(path) if path is not None else None) or app.start_page()
    FirstPaint(window.view.viewport(), lambda: app.lost_work.look(window))
    wake = QTimer()  # lets Python see Ctrl+C in the terminal
    wake.start(500)
    wake.timeout.connect(lambda: None)
    loading.keep_loaded()
    try:
        return qt.exec()
    finally:
        app.parting.wait()
        reporter.remove()
