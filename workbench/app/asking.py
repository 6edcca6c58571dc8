"""Asking for files, each kind of file beginning in the folder where the last one of its kind was."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QFileDialog

from workbench.app.ports import Frame, Host

Purpose = Literal["project", "run", "log", "figure", "minutes", "report"]
"""What a file is for; the program remembers one folder for each."""


class FileAsking:
    """The file dialogs of one window."""

    def __init__(self, host: Host, frame: Frame) -> None:
        """Speak for one window."""
        self._host = host
        self._frame = frame

    def folder(self, purpose: Purpose) -> Path:
        """Where to begin: the last folder used for this, else that of the project, else the user's own."""
        stored = dict(self._host.settings.folders).get(purpose, "")
        if stored and Path(stored).is_dir():
            return Path(stored)
        path = self._frame.session.path
        return path.parent if path is not None else Path.home()

    def remember(self, purpose: Purpose, path: Path) -> None:
        """A file was chosen; the next dialog of its kind begins beside it."""
        settings = self._host.settings
        folders = dict(settings.folders) | {purpose: str(path.absolute().parent)}
        if folders != dict(settings.folders):
            self._host.change_settings(replace(settings, folders=tuple(folders.items())))

    def open(self, purpose: Purpose, title: str, kinds: str) -> Path | None:
        """Ask for a file to read; None where the user cancelled."""
        chosen, _ = QFileDialog.getOpenFileName(self._frame.widget, title, str(self.folder(purpose)), kinds)
        return self._chosen(purpose, [chosen])

    def open_several(self, purpose: Purpose, title: str, kinds: str) -> list[Path]:
        """Ask for files to read; none where the user cancelled."""
        chosen, _ = QFileDialog.getOpenFileNames(self._frame.widget, title, str(self.folder(purpose)), kinds)
        self._chosen(purpose, chosen)
        return [Path(name) for name in chosen]

    def save(self, purpose: Purpose, title: str, name: str, kinds: str, folder: Path | None = None) -> Path | None:
        """Ask for a file to write, suggesting a name, and a folder where one is given; None if the user cancelled."""
        suggested = (folder or self.folder(purpose)) / name
        chosen, _ = QFileDialog.getSaveFileName(self._frame.widget, title, str(suggested), kinds)
        return self._chosen(purpose, [chosen])

    def _chosen(self, purpose: Purpose, names: list[str]) -> Path | None:
        if not names or not names[0]:
            return None
        path = Path(names[0])
        self.remember(purpose, path)
        return path
