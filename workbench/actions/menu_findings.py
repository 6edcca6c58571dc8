"""Actions on the linter's findings: showing them and going from one to the next."""

from workbench.actions.action import Action
from workbench.actions.workbench import Workbench


def _any(wb: Workbench) -> bool:
    return wb.findings.count > 0


def finding_actions() -> tuple[Action, ...]:
    """Showing the dock, and going along its rows."""
    return (
        Action("findings.show", "Check: show findings", lambda wb: wb.findings.show(), ("Tools",), 3, "findings",
               ("F7",), tip="What the rules hold against the project, worst first"),
        Action("findings.next", "Next finding", lambda wb: wb.findings.go(1), ("Tools",), 3, "", ("F8",), _any),
        Action("findings.previous", "Previous finding", lambda wb: wb.findings.go(-1), ("Tools",), 3, "",
               ("Shift+F8",), _any),
    )  # fmt: skip
