"""Actions on the linter's findings: showing them and going from one to the next."""

from typing import Final

from workbench.actions import state
from workbench.actions.action import Action
from workbench.actions.workbench import Workbench

_THINGS: Final = frozenset({"node", "bar", "line"})


def _any(wb: Workbench) -> bool:
    return wb.findings.count > 0


def _show_on_selected(wb: Workbench) -> None:
    wb.findings.show_on(wb.session.primary or "")


def finding_actions() -> tuple[Action, ...]:
    """Showing the dock, going along its rows, and the badges on the diagram."""
    return (
        Action("findings.show", "Check: show findings", lambda wb: wb.findings.show(), ("Tools",), 3, "findings",
               ("F7",), tip="What the rules hold against the project, worst first"),
        Action("findings.here", "Findings on what is selected", _show_on_selected, ("Tools",), 3, "", ("Shift+F7",),
               state.has_selection, contexts=_THINGS, tip="What the rules hold against it, as its badge says"),
        Action("findings.next", "Next finding", lambda wb: wb.findings.go(1), ("Tools",), 3, "", ("F8",), _any),
        Action("findings.previous", "Previous finding", lambda wb: wb.findings.go(-1), ("Tools",), 3, "",
               ("Shift+F8",), _any),
        Action("view.findings", "Findings on the diagram", lambda wb: wb.findings.toggle_badges(), ("View",), 3,
               "findings", ("Ctrl+F7",), checked_when=lambda wb: wb.findings.badged,
               tip="A badge at the top left of what the rules find something about"),
    )  # fmt: skip
