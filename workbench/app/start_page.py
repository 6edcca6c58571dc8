"""What the start page offers: recent projects and samples."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from workbench.app.ports import Host
from workbench.app.settings import Settings
from workbench.panels.welcome import Entry, WelcomePage
from workbench.paths import data_root

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


def make_start_page(host: Host, window: QWidget, ask_for_file: Callable[[], None]) -> WelcomePage:
    """The start page of a window; what is chosen on it opens in a window of its own."""
    page = WelcomePage(recent_entries(host.settings), sample_entries(), window)
    page.template_chosen.connect(lambda template: host.new(template, window))
    page.open_requested.connect(ask_for_file)
    page.file_chosen.connect(lambda path: host.open(Path(path), window))
    page.sample_chosen.connect(lambda path: host.open_copy(Path(path), window))
    return page
