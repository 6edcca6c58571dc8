"""What the start page offers: recent projects and samples."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.app.ports import Host
from workbench.app.settings import Settings
from workbench.panels.icons import icon
from workbench.panels.welcome import Entry, WelcomePage
from workbench.paths import data_root
from workbench.render.characters import single_line

_MARGIN = 40
_LONGEST_NAME = 60
_SAMPLES = (
    ("code-synthesis-llm.hazard.json", "Code-writing model", "Bow-ties with evidence from evaluation runs"),
    ("autonomous-mower.hazard.json", "Autonomous mower", "A small analysis in the simple notation"),
)


def recent_entries(settings: Settings) -> list[Entry]:
    """Recent projects that still exist, newest first."""
    found = []
    for text in settings.recent:
        path = Path(text)
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except (OSError, ValueError):
            continue
        title = path.name.removesuffix(".hazard.json")
        found.append(Entry(title, f"{changed:%d %b %Y, %H:%M}", path))
    return found


def sample_entries() -> list[Entry]:
    """The samples that came with the program."""
    folder = data_root() / "samples"
    return [Entry(title, line, folder / name) for name, title, line in _SAMPLES if (folder / name).is_file()]


class StartPage(QWidget):
    """The start page of a window, with the way back to the document that is open there.

    What is chosen on it opens in a window of its own; this one goes back to its document.

    Attributes:
        left: the user is done with the page.
    """

    left = Signal()

    def __init__(self, host: Host, window: QWidget, ask_for_file: Callable[[], None], back_to: str = "") -> None:
        """Offer what there is now.

        Args:
            back_to: name of the document to go back to; empty where there is none worth going back to.
        """
        super().__init__(window)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        if back_to:
            rows.addLayout(self._way_back(back_to))
        page = WelcomePage(recent_entries(host.settings), sample_entries())
        rows.addWidget(page, 1)
        page.template_chosen.connect(lambda template: self._done(host.new(template, window)))
        page.open_requested.connect(ask_for_file)
        page.file_chosen.connect(lambda path: self._done(host.open(Path(path), window)))
        lost = host.lost_work
        page.offer_recovery(bool(lost.found))
        page.recover_requested.connect(lambda: lost.look(window))

        def offer() -> None:
            page.offer_recovery(bool(lost.found))

        lost.changed.connect(offer)
        self.destroyed.connect(lambda: lost.changed.disconnect(offer, missing_ok=True))
        page.sample_chosen.connect(lambda path: self._done(host.open_copy(Path(path), window)))

    def _way_back(self, name: str) -> QHBoxLayout:
        shown = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
        back = QPushButton(icon("chevron-left"), "Back to " + single_line(shown).replace("&", "&&"))
        back.setToolTip("Esc")
        back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 24, _MARGIN, 0)
        row.addWidget(back)
        row.addStretch(1)
        return row

    def take_focus(self) -> None:
        """Let the keyboard work on what can be begun."""
        cards = self.findChildren(QAbstractButton)
        if cards:
            cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _done(self, opened: object) -> None:
        if opened is not None:
            self.left.emit()
