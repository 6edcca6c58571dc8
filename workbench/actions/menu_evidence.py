"""The part of the evidence menu that looks at claims and runs, compares them and attaches them to something else."""

from typing import Final

from workbench.actions.action import Action
from workbench.actions.state import writable

_MENU: Final = ("Evidence",)
_ROW: Final = frozenset({"claim", "run"})


def evidence_dock_actions() -> tuple[Action, ...]:
    """Showing the tables, the history of a metric, comparing, attaching, copying."""
    return (
        Action("evidence.claims", "Show claims", lambda wb: wb.evidence.dock.show("claims"), _MENU, 5, "evidence",
               ("Ctrl+Shift+I",), tip="Every claim of the project and how it stands"),
        Action("evidence.runs", "Show runs", lambda wb: wb.evidence.dock.show("runs"), _MENU, 5, "",
               ("Ctrl+Shift+U",), tip="Every evaluation run of the project and where it comes from"),
        Action("evidence.history", "History of this metric", lambda wb: wb.evidence.dock.history(), _MENU, 5, "history",
               ("Ctrl+Shift+H",), lambda wb: wb.evidence.dock.has_run(), contexts=_ROW,
               tip="The same figure in every run of the project, by date"),
        Action("evidence.compare", "Compare two runs…", lambda wb: wb.evidence.dock.compare(), _MENU, 5, "compare",
               ("Ctrl+Shift+M",), lambda wb: wb.session.store.count("run") > 1, contexts=_ROW,
               tip="Item by item: which items only one of them passed, and what the difference is worth"),
        Action("evidence.attach_here", "Attach to selected element…", lambda wb: wb.evidence.dock.attach(), _MENU, 6,
               "", ("Ctrl+Alt+A",), lambda wb: writable(wb) and wb.evidence.dock.has_row(), contexts=_ROW,
               tip="Let the run, or a copy of the claim, speak of what is selected; also by dragging it there"),
        Action("evidence.copy_provenance", "Copy provenance", lambda wb: wb.evidence.dock.copy_provenance(), _MENU, 6,
               "copy", ("Ctrl+Alt+P",), lambda wb: wb.evidence.dock.has_run(), contexts=_ROW),
    )  # fmt: skip
