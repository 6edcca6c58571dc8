"""Opening a damaged project: what can be saved of it is shown first, and opens as a copy without a file."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from workbench.files.errors import ProjectFileError
from workbench.files.project import read_bounded
from workbench.files.salvage import Salvaged, salvage
from workbench.panels.messages import show_error
from workbench.panels.salvage_dialog import SalvageDialog
from workbench.session.session import Session


def ask_for_salvage(asking: QWidget | None, path: Path, problem: str) -> Salvaged | None:
    """Show what can be saved of a file that does not open; None where nothing can be, or nobody wants it."""
    try:
        saved = salvage(read_bounded(path), str(path))
    except ProjectFileError:
        show_error(asking, "Not opened", problem)
        return None
    return saved if SalvageDialog(path.name, problem, saved, asking).exec() else None


def session_of(saved: Salvaged, path: Path) -> Session:
    """The user's place in what was saved of a file: a document that lies in no file yet, and is to lie beside it."""
    session = Session(saved.store)
    session.called = f"{path.name.removesuffix('.json').removesuffix('.hazard')} (salvaged)"
    session.folder = path.parent
    session.mark_modified()
    return session
