"""Actions about merging: taking another version in, and settling what both changed."""

from typing import Final

from workbench.actions.action import Action
from workbench.actions.state import writable
from workbench.actions.workbench import Workbench

_MENU: Final = ("File", "Merge")
_SEVERAL: Final = frozenset({"merge"})


def _any(wb: Workbench) -> bool:
    return wb.session.store.count("conflict") > 0 or wb.merging.shown


def _walking(wb: Workbench) -> bool:
    return wb.merging.left > 0


def _asked(wb: Workbench) -> bool:
    return writable(wb) and wb.merging.asked


def _several(wb: Workbench) -> bool:
    return writable(wb) and _walking(wb)


def merge_actions() -> tuple[Action, ...]:
    """Merging with a file, and the conflicts it left."""
    return (
        Action("merge.file", "Merge with file…", lambda wb: wb.merging.with_file(), _MENU, 1, "open", (), writable,
               tip="Take in what another version of this project changed; undo takes it back"),
        Action("merge.view", "Settle conflicts", lambda wb: wb.merging.toggle(), _MENU, 1, "compare", ("Ctrl+Alt+M",),
               _any, checked_when=lambda wb: wb.merging.shown,
               tip="What both versions changed, one question after the other"),
        Action("merge.next", "Next conflict", lambda wb: wb.merging.go(1), _MENU, 2, "chevron-right", (), _walking,
               tip="Key N in the view of the conflicts"),
        Action("merge.previous", "Previous conflict", lambda wb: wb.merging.go(-1), _MENU, 2, "chevron-left", (),
               _walking, tip="Shift+N in the view of the conflicts"),
        Action("merge.ours", "Keep ours", lambda wb: wb.merging.choose("ours"), _MENU, 3, "", (), _asked,
               tip="Key 1 in the view of the conflicts"),
        Action("merge.theirs", "Take theirs", lambda wb: wb.merging.choose("theirs"), _MENU, 3, "", (), _asked,
               tip="Key 2 in the view of the conflicts"),
        Action("merge.element_ours", "Keep ours for all of this element",
               lambda wb: wb.merging.settle_element("ours"), _MENU, 4, "", (), _asked, contexts=_SEVERAL),
        Action("merge.element_theirs", "Take theirs for all of this element",
               lambda wb: wb.merging.settle_element("theirs"), _MENU, 4, "", (), _asked, contexts=_SEVERAL),
        Action("merge.rest_ours", "Keep ours for all that are open…", lambda wb: wb.merging.settle_rest("ours"), _MENU,
               5, "", (), _several, contexts=_SEVERAL),
        Action("merge.rest_theirs", "Take theirs for all that are open…", lambda wb: wb.merging.settle_rest("theirs"),
               _MENU, 5, "", (), _several, contexts=_SEVERAL),
    )  # fmt: skip
