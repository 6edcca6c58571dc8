"""The file and edit menus."""

from typing import Final

from workbench.actions import edits, state
from workbench.actions.action import Action
from workbench.actions.menu_merge import merge_actions
from workbench.actions.menu_revisions import revision_actions

_LINE: Final = frozenset({"line"})
_CANVAS: Final = frozenset({"canvas"})
_THINGS: Final = frozenset({"node", "bar", "line"})
_ELEMENTS: Final = frozenset({"node", "bar"})
_LINKED: Final = frozenset({"node", "bar", "claim", "run"})


def file_actions() -> tuple[Action, ...]:
    """The file menu."""
    menu = ("File",)
    return (
        Action("file.new", "New…", lambda wb: wb.files.new(), menu, 1, "new", ("Ctrl+N",)),
        Action("file.open", "Open…", lambda wb: wb.files.open(), menu, 1, "open", ("Ctrl+O",), toolbar=1),
        Action(
            "file.save",
            "Save",
            lambda wb: _ignore(wb.files.save()),
            menu,
            2,
            "save",
            ("Ctrl+S",),
            enabled_when=state.writable,
            toolbar=1,
        ),
        Action(
            "file.save_as",
            "Save as…",
            lambda wb: _ignore(wb.files.save_as()),
            menu,
            2,
            "save-as",
            ("Ctrl+Shift+S",),
        ),
        Action(
            "file.changed_outside",
            "File changed outside…",
            lambda wb: wb.files.settle_outside(),
            menu,
            2,
            "compare",
            enabled_when=lambda wb: wb.files.changed_outside,
        ),
        *revision_actions(),
        *merge_actions(),
        Action(
            "file.export",
            "Export…",
            lambda wb: wb.files.export(),
            menu,
            3,
            "export",
            ("Ctrl+E",),
            enabled_when=state.on_diagram,
        ),
        Action(
            "file.export_report",
            "Export report…",
            lambda wb: wb.files.export_report(),
            menu,
            3,
            "export",
            tip="The whole analysis as one document: PDF, Word or a web page",
        ),
        Action(
            "file.print",
            "Print diagram…",
            lambda wb: wb.files.print_diagram(),
            menu,
            3,
            "print",
            ("Ctrl+P",),
            enabled_when=state.on_diagram,
            tip="On the printer's own paper; for posters over many sheets export a PDF",
        ),
        Action(
            "file.copy_image",
            "Copy as image",
            lambda wb: wb.clipboard.put_image(),
            menu,
            3,
            "copy-image",
            ("Ctrl+Alt+C",),
            enabled_when=state.on_diagram,
            contexts=_CANVAS,
        ),
        Action("file.recover", "Recover unsaved work…", lambda wb: wb.windows.recover(), menu, 4, "history"),
        Action("file.welcome", "Start page", lambda wb: wb.windows.welcome(), menu, 4, "recent"),
        Action("file.close", "Close window", lambda wb: wb.files.close(), menu, 5, "close", ("Ctrl+W",)),
        Action("file.quit", "Quit", lambda wb: wb.files.quit(), menu, 5, "", ("Ctrl+Q",)),
    )


def _ignore(_: bool) -> None:
    """Saving says itself whether it worked."""


def edit_actions() -> tuple[Action, ...]:
    """The edit menu."""
    menu = ("Edit",)
    return (
        Action("edit.undo", "Undo", edits.undo, menu, 1, "undo", ("Ctrl+Z",), state.can_undo, toolbar=2),
        Action("edit.redo", "Redo", edits.redo, menu, 1, "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), state.can_redo, toolbar=2),
        Action(
            "edit.cut",
            "Cut",
            edits.cut,
            menu,
            2,
            "cut",
            ("Ctrl+X",),
            state.can_delete,
            contexts=_ELEMENTS,
            canvas_only=True,
        ),
        Action(
            "edit.copy",
            "Copy",
            edits.copy,
            menu,
            2,
            "copy",
            ("Ctrl+C",),
            state.has_selection,
            contexts=_ELEMENTS,
            canvas_only=True,
        ),
        Action(
            "edit.paste",
            "Paste",
            edits.paste,
            menu,
            2,
            "paste",
            ("Ctrl+V",),
            state.editable,
            contexts=_CANVAS | _LINE,
            canvas_only=True,
        ),
        Action(
            "edit.paste_same",
            "Paste same element",
            edits.paste_same,
            menu,
            2,
            "shared",
            ("Ctrl+Shift+V",),
            state.editable,
            contexts=_CANVAS | _LINE,
            canvas_only=True,
        ),
        Action(
            "edit.duplicate",
            "Duplicate",
            edits.duplicate,
            menu,
            2,
            "duplicate",
            ("Ctrl+D",),
            state.can_delete,
            contexts=_ELEMENTS,
            canvas_only=True,
        ),
        Action(
            "edit.delete",
            "Delete from this diagram",
            edits.take_off,
            menu,
            3,
            "delete",
            ("Del", "Backspace"),
            state.can_delete,
            contexts=_THINGS,
            canvas_only=True,
        ),
        Action(
            "edit.delete_everywhere",
            "Delete everywhere",
            edits.delete_everywhere,
            menu,
            3,
            "",
            ("Shift+Del",),
            state.can_delete,
            contexts=_THINGS,
            canvas_only=True,
        ),
        Action(
            "edit.rename",
            "Edit title",
            lambda wb: wb.canvas.edit_title(),
            menu,
            4,
            "edit",
            ("F2",),
            state.title_selected,
            contexts=_ELEMENTS,
        ),
        Action(
            "edit.select_all",
            "Select all",
            lambda wb: wb.canvas.select_all(),
            menu,
            5,
            "",
            ("Ctrl+A",),
            state.on_diagram,
            contexts=_CANVAS,
            canvas_only=True,
        ),
        Action(
            "edit.select_kind",
            "Select all of this kind",
            lambda wb: wb.canvas.select_same_kind(),
            menu,
            5,
            "",
            ("Ctrl+Shift+A",),
            state.has_selection,
            contexts=_THINGS,
        ),
        Action("edit.find", "Find…", lambda wb: wb.windows.find(), menu, 6, "find", ("Ctrl+F",)),
        Action("edit.find_next", "Find next", lambda wb: wb.windows.find_next(False), menu, 6, "", ("F3", "Ctrl+G")),
        Action(
            "edit.find_previous",
            "Find previous",
            lambda wb: wb.windows.find_next(True),
            menu,
            6,
            "",
            ("Shift+F3", "Ctrl+Shift+G"),
        ),
        Action(
            "edit.open_link",
            "Open link…",
            lambda wb: wb.windows.open_link(),
            menu,
            6,
            "external",
            ("Ctrl+Alt+U",),
            state.linked,
            contexts=_LINKED,
            tip="A web or mail address among the references or sources of what is selected; you see all of it first",
            also="url address reference source web browser",
            why_off=lambda _: "What is selected refers to no web or mail address.",
        ),
        Action("edit.settings", "Settings…", lambda wb: wb.windows.settings(), menu, 7, "settings", ("Ctrl+,",)),
    )
