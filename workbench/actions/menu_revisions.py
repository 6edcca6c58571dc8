"""Actions about versions: saving and using revisions, and comparing two versions of the project."""

from typing import Final

from workbench.actions.action import Action
from workbench.actions.state import writable
from workbench.actions.workbench import Workbench

_MENU: Final = ("File", "Revisions")
_ROW: Final = frozenset({"revision"})


def _one(wb: Workbench) -> bool:
    return wb.revisions_chosen == 1


def _two(wb: Workbench) -> bool:
    return wb.revisions_chosen == 2


def _restorable(wb: Workbench) -> bool:
    return writable(wb) and _one(wb)


def _on_file(wb: Workbench) -> bool:
    return wb.session.path is not None


def _comparing(wb: Workbench) -> bool:
    return wb.comparing


def revision_actions() -> tuple[Action, ...]:
    """Revisions, and the comparison of two versions."""
    return (
        Action("revisions.save", "Save revision…", lambda wb: wb.revisions.save(), _MENU, 1, "save", ("Ctrl+Alt+R",),
               writable, tip="Keep the project as it is now, with a message"),
        Action("revisions.show", "Show revisions", lambda wb: wb.revisions.show(), _MENU, 1, "revisions", (),
               tip="The dock with every revision and its picture"),
        Action("revisions.compare", "Compare with the present", lambda wb: wb.revisions.compare(), _MENU, 2, "compare",
               (), _one, contexts=_ROW, tip="What changed since the revision chosen, on the diagram"),
        Action("revisions.compare_two", "Compare the two chosen", lambda wb: wb.revisions.compare(), _MENU, 2, "", (),
               _two, contexts=_ROW, tip="What changed from the older revision to the newer one"),
        Action("revisions.open", "Open read-only", lambda wb: wb.revisions.open(), _MENU, 2, "external", (), _one,
               contexts=_ROW, tip="The revision in a window of its own"),
        Action("revisions.restore", "Restore revision…", lambda wb: wb.revisions.restore(), _MENU, 3, "undo", (),
               _restorable, contexts=_ROW, tip="Bring the document back to it, as one step that undo takes back"),
        Action("revisions.name", "Name baseline…", lambda wb: wb.revisions.name(), _MENU, 3, "edit", (), _one,
               contexts=_ROW, tip="A name people know it by, such as the review it was shown in"),
        Action("revisions.verify", "Verify revisions", lambda wb: wb.revisions.verify(), _MENU, 3, "check", (),
               _on_file, tip="Whether every revision is still what was saved"),
        Action("compare.file", "Compare with file…", lambda wb: wb.revisions.compare_with_file(), _MENU, 4, "compare",
               (), tip="What differs between another project file and the document"),
        Action("compare.next", "Next change", lambda wb: wb.revisions.step(1), _MENU, 5, "", ("F4",), _comparing),
        Action("compare.previous", "Previous change", lambda wb: wb.revisions.step(-1), _MENU, 5, "", ("Shift+F4",),
               _comparing),
        Action("compare.changes", "Both versions in one picture", lambda wb: wb.revisions.show_side("changes"), _MENU,
               5, "", (), _comparing, tip="Key 1 in the comparison"),
        Action("compare.old", "Only the old version", lambda wb: wb.revisions.show_side("old"), _MENU, 5, "", (),
               _comparing, tip="Key 2 in the comparison"),
        Action("compare.new", "Only the new version", lambda wb: wb.revisions.show_side("new"), _MENU, 5, "", (),
               _comparing, tip="Key 3 in the comparison"),
        Action("compare.export", "Export the changes…", lambda wb: wb.revisions.export(), _MENU, 6, "export", (),
               _comparing, tip="The picture of both versions as SVG, PNG or PDF"),
        Action("compare.close", "Close the comparison", lambda wb: wb.revisions.close(), _MENU, 6, "close", (),
               _comparing),
    )  # fmt: skip
