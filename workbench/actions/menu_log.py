"""Actions of the hazard log: taking one in, and writing it out."""

from workbench.actions.action import Action
from workbench.actions.state import writable
from workbench.actions.workbench import Workbench


def _any_hazard(wb: Workbench) -> bool:
    return wb.session.store.count("hazard") > 0


def log_actions() -> tuple[Action, ...]:
    """The hazard log's files; its table is a dock."""
    return (
        Action("log.import", "Import hazard log…", lambda wb: wb.log.import_log(), ("File",), 3, "log",
               enabled_when=writable, tip="A log in CSV or XLSX, its columns mapped by you"),
        Action("log.export", "Export hazard log…", lambda wb: wb.log.export(), ("File",), 3, "export",
               enabled_when=_any_hazard, tip="CSV, XLSX, DOCX, HTML or Markdown"),
    )  # fmt: skip
