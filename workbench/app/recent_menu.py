"""File › Open recent: projects opened or saved lately that still exist."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from workbench.app.ports import Host
from workbench.panels.common import plain_tip
from workbench.render.characters import single_line


class RecentMenu(QMenu):
    """Fills itself each time it is shown."""

    def __init__(self, host: Host, window: QWidget) -> None:
        """Offer the recent projects of a program in one of its windows."""
        super().__init__("Open recent", window)
        self._host = host
        self._window = window
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Show the projects that exist now, newest first."""
        self.clear()
        paths = [Path(text) for text in self._host.settings.recent]
        for path in paths:
            if path.is_file():
                entry = QAction(single_line(path.name).replace("&", "&&"), self)
                entry.setToolTip(plain_tip(str(path)))
                entry.setStatusTip(single_line(str(path)))
                entry.triggered.connect(partial(self._open, path))
                self.addAction(entry)
        if self.isEmpty():
            self.addAction("No recent projects").setEnabled(False)

    def _open(self, path: Path, *_: object) -> None:
        self._host.open(path, self._window)
