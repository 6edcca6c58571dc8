"""Actions of the operational design domain: showing it, walking it, its taxonomy, and writing it to files."""

from typing import Final

from workbench.actions.action import Action
from workbench.actions.state import writable
from workbench.actions.workbench import Workbench

_MENU: Final = ("Tools", "Operational design domain")
_ROW: Final = frozenset({"odd"})


def any_entry(wb: Workbench) -> bool:
    """The project has a taxonomy."""
    return wb.session.store.count("odd_category") > 0


def _none_yet(wb: Workbench) -> bool:
    return writable(wb) and not any_entry(wb)


def _on_entry(wb: Workbench) -> bool:
    return writable(wb) and bool(wb.odd.entry)


def _on_name(wb: Workbench) -> bool:
    return _on_entry(wb) or (writable(wb) and bool(wb.odd.group))


def odd_actions() -> tuple[Action, ...]:
    """The coverage of the operational design domain and what can be done in it."""
    return (
        Action("odd.view", "Operational design domain", lambda wb: wb.odd.toggle(), ("View",), 5, "columns",
               ("Ctrl+Alt+O",), checked_when=lambda wb: wb.odd.shown,
               tip="Which categories were considered, and what was found in them"),
        Action("odd.next", "Next unconsidered", lambda wb: wb.odd.next(), _MENU, 1, "chevron-right", ("F9",),
               any_entry, contexts=_ROW, tip="Lead on to the next entry, or pair, that nobody has considered"),
        Action("odd.cross", "Cross two groups", lambda wb: wb.odd.cross(), _MENU, 1, "grid", (), any_entry,
               tip="Walk through pairs of categories"),
        Action("odd.tag", "Tag hazard with entry…", lambda wb: wb.odd.tag(), _MENU, 1, "hazard", (), _on_entry,
               contexts=_ROW, tip="Let a hazard carry the current entry, or no longer"),
        Action("odd.baseline", "Load the baseline taxonomy", lambda wb: wb.odd.baseline(), _MENU, 2, "plus", (),
               _none_yet, tip="The entries that ship with the program"),
        Action("odd.add", "Add entry…", lambda wb: wb.odd.add(), _MENU, 2, "plus", (), writable, contexts=_ROW,
               tip="An entry of the project’s own, beside the current one or in a group of its own"),
        Action("odd.rename", "Rename entry or group…", lambda wb: wb.odd.rename(), _MENU, 2, "edit", (),
               _on_name, contexts=_ROW),
        Action("odd.remove", "Remove entry…", lambda wb: wb.odd.remove(), _MENU, 2, "delete", (), _on_entry,
               contexts=_ROW, tip="With all below it; undo brings it back"),
        Action("odd.export", "Export coverage…", lambda wb: wb.odd.export(), _MENU, 3, "export", (), any_entry,
               tip="As figure (PNG, SVG, PDF) or table (CSV, Markdown, HTML)"),
    )  # fmt: skip
