"""Run by a test in a process of its own, on two screens that Qt makes up: prints what stands where, one fact a line."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from tests.support import there
from workbench.app.application import Application
from workbench.panels.style import make_application

_SCREENS = "screens"


def turn():
    for _ in range(8):
        QCoreApplication.processEvents()


def where(widget):
    return widget.screen().name()


def sharp(window, view):
    """Pixels of the screen to one of the window, and whether what is drawn has as many."""
    drawn = view.backing.size
    wide = round(view.viewport().width() * window.devicePixelRatioF())
    return f"{window.devicePixelRatioF():g} {drawn.width() == wide} {view.camera.ratio:g}"


def main(path):
    qt = make_application("two screens")
    program = Application(qt)
    window = there(program.open(Path(path)))
    turn()
    told = sys.stdout.write
    told(f"screens {len(QGuiApplication.screens())}\n")
    home = where(window)
    window.run_action("present.start")
    turn()
    running = there(window.presenting.running)
    told(f"presenter at home {where(running.presenter) == home}\n")
    told(f"audience elsewhere {where(running.audience) != home}\n")
    told(f"audience {running.audience.width()} x {running.audience.height()} whole {running.audience.isFullScreen()}\n")
    told(f"sharp {sharp(running.audience, running.audience.stage.view)}\n")
    window.run_action("present.swap")
    turn()
    told(f"swapped {where(running.audience) == home and where(running.presenter) != home}\n")
    told(f"still sharp {sharp(running.audience, running.audience.stage.view)}\n")
    window.run_action("present.swap")
    turn()
    screens = QGuiApplication.screens
    setattr(QGuiApplication, _SCREENS, staticmethod(lambda: [window.screen()]))  # as after the other was unplugged
    running.show.step(1)
    qt.screenRemoved.emit(screens()[-1])
    turn()
    told(f"after unplugging {where(running.audience) == home} {running.presenter is None} {running.show.index}\n")
    setattr(QGuiApplication, _SCREENS, staticmethod(screens))
    qt.screenAdded.emit(screens()[-1])
    turn()
    told(f"plugged in again {where(running.audience) != home} {where(running.presenter) == home}\n")
    window.run_action("present.presenter")
    turn()
    told(f"put away {running.presenter is None} {where(running.audience) != home}\n")
    window.presenting.leave()
    turn()
    told(f"left {not window.is_presenting}\n")
    window.close()
    turn()


if __name__ == "__main__":
    main(sys.argv[1])
