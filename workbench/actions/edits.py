"""What the edit and diagram actions do: one command, in one transaction, with what else happened said."""

from collections.abc import Callable

from pydantic import ValidationError

from workbench.actions.state import is_collapsed, placed, selected_line, single
from workbench.actions.workbench import Workbench
from workbench.analysis.words import plain_error
from workbench.commands import bowtie, clipboard, create, delete, geometry, guards
from workbench.commands.errors import CommandError
from workbench.commands.names import name_of
from workbench.commands.step_words import step_words
from workbench.model.elements import Guard, Link
from workbench.store.history import Entry
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction


def change(wb: Workbench, label: str, command: Callable[[Transaction], list[str] | str | None]) -> None:
    """Run a command as one undoable step; select what it returns, say what it noticed, or why it refused."""
    wb.canvas.cancel()
    store = wb.session.store
    before = store.history.last_diff
    try:
        with store.transaction(label) as tx:
            made = command(tx)
            notices = tx.notices
    except (CommandError, ReadOnlyError) as problem:
        wb.windows.tell(str(problem))
        return
    except ValidationError as problem:
        wb.windows.tell(plain_error(problem))
        return
    if made is not None:
        wb.session.select([made] if isinstance(made, str) else made)
        if store.history.last_diff is not before:  # else the step before would get this selection
            store.history.amend_selection(wb.session.selection)
    if notices:  # in one breath: the status bar holds one notice, and the last must not hide the others
        wb.session.notice.emit(" ".join(notices))


def _diagram(wb: Workbench) -> str:
    if wb.session.diagram is None:
        raise CommandError("No diagram is open.")
    return wb.session.diagram


def undo(wb: Workbench) -> None:
    """Take back the last step; a gesture under way is dropped first."""
    wb.canvas.cancel()
    if wb.session.store.undo():
        wb.session.notice.emit(f"Undone: {_step(wb, wb.session.store.history.undone[-1])}")


def redo(wb: Workbench) -> None:
    """Make the last undone step again."""
    wb.canvas.cancel()
    if wb.session.store.redo():
        wb.session.notice.emit(f"Redone: {_step(wb, wb.session.store.history.done[-1])}")


def _step(wb: Workbench, entry: Entry) -> str:
    return step_words(wb.session.store, entry.label, entry.diff)


def copy(wb: Workbench) -> None:
    """Copy what is selected."""
    wb.clipboard.put_fragment(clipboard.copy(wb.session.store, _diagram(wb), wb.session.selection))
    wb.session.notice.emit(f"Copied {_count(len(wb.session.selection))}.")


def cut(wb: Workbench) -> None:
    """Copy what is selected and take it off this diagram."""
    copy(wb)
    change(wb, "Cut", lambda tx: delete.take_off(tx, _diagram(wb), wb.session.selection))


def _count(number: int) -> str:
    return "1 element" if number == 1 else f"{number:,} elements"


def _paste(wb: Workbench, label: str, command: Callable[..., list[str]]) -> None:
    data = wb.clipboard.fragment()
    if data is None:
        wb.windows.tell("There is nothing on the clipboard that can be pasted here.")
        return
    x, y = wb.paste_point()
    line = wb.session.store.find(selected_line(wb), Link)
    onto = line.id if line is not None and not _has_boxes(data) else None
    change(wb, label, lambda tx: command(tx, _diagram(wb), data, x, y, onto=onto))


def _has_boxes(data: bytes) -> bool:
    """Whether a fragment holds anything besides controls, so that it cannot go onto a line."""
    try:
        entries = clipboard.read_fragment(data)["records"]
    except CommandError:
        return True
    return any(entry.get("type") != "control" for entry in entries)


def paste(wb: Workbench) -> None:
    """Paste copies; controls go onto the selected line."""
    _paste(wb, "Paste", clipboard.paste)


def paste_same(wb: Workbench) -> None:
    """Show the originals here too."""
    _paste(wb, "Paste same element", clipboard.paste_same)


def duplicate(wb: Workbench) -> None:
    """Copies beside the originals."""
    step = 24.0
    change(
        wb,
        "Duplicate",
        lambda tx: clipboard.duplicate(tx, _diagram(wb), wb.session.selection, step, step),
    )


def take_off(wb: Workbench) -> None:
    """Take what is selected off this diagram."""
    if wb.canvas.remove_bend():
        return
    change(wb, "Delete", lambda tx: delete.take_off(tx, _diagram(wb), wb.session.selection))


def delete_everywhere(wb: Workbench) -> None:
    """Remove what is selected from the project, naming the diagrams first where there are several."""
    store = wb.session.store
    shown: dict[str, None] = {}
    names = []
    for id in wb.session.selection:
        guard = store.find(id, Guard)
        record = store.get(guard.control if guard else id)
        if record is None:
            continue
        names.append(name_of(record))
        shown.update(dict.fromkeys(delete.diagrams_showing(store, record.id)))
    if len(shown) > 1:
        titles = ", ".join(name_of(record) for id in shown if (record := store.get(id)) is not None)
        what = names[0] if len(names) == 1 else f"{len(names):,} elements"
        question = f"{what} will be removed from {len(shown):,} diagrams: {titles}."
        if not wb.windows.confirm("Delete everywhere", question, "Delete everywhere"):
            return
    change(wb, "Delete everywhere", lambda tx: delete.delete_everywhere(tx, wb.session.selection))


def add_top_event(wb: Workbench) -> None:
    """Turn the selected hazard into a bow-tie."""
    record = single(wb)
    if record is not None:
        change(wb, "Add top event", lambda tx: bowtie.add_top_event(tx, record.id))
        wb.canvas.edit_title()


def remove_top_event(wb: Workbench) -> None:
    """Turn the bow-tie of the selected top event back into the simple notation."""
    record = single(wb)
    if record is not None:
        change(wb, "Remove top event", lambda tx: bowtie.remove_top_event(tx, record.id))


def set_focus(wb: Workbench) -> None:
    """Make the selected element the centre of this diagram."""
    record = single(wb)
    if record is not None:
        change(wb, "Set as centre", lambda tx: _patch_focus(tx, _diagram(wb), record.id))


def _patch_focus(tx: Transaction, diagram: str, focus: str) -> None:
    tx.patch(diagram, focus=focus)


def toggle_collapsed(wb: Workbench) -> None:
    """Collapse or expand the selected element."""
    subject = placed(wb)[0].subject
    collapsed = not is_collapsed(wb)
    label = "Collapse" if collapsed else "Expand"
    change(wb, label, lambda tx: geometry.collapse(tx, _diagram(wb), subject, collapsed))


def reset_size(wb: Workbench) -> None:
    """Let the selected elements take the size their text needs."""
    subjects = [p.subject for p in placed(wb)]
    change(wb, "Reset size", lambda tx: geometry.reset_size(tx, _diagram(wb), subjects))


def straighten(wb: Workbench) -> None:
    """Take the manual bends out of the selected line."""
    line = selected_line(wb)
    if line is not None:
        change(wb, "Remove bends", lambda tx: geometry.set_waypoints(tx, _diagram(wb), line, ()))


def add_factor(wb: Workbench) -> None:
    """Hang a new degradation factor under the selected control."""
    record = single(wb)
    if isinstance(record, Guard):
        change(wb, "Add degradation factor", lambda tx: guards.hang_factor(tx, _diagram(wb), record.id))
        wb.canvas.edit_title()


def add_degradation_control(wb: Workbench) -> None:
    """Put a new control on the stem of the selected degradation factor."""
    record = single(wb)
    if record is not None:
        change(wb, "Add degradation control", lambda tx: guards.add_degradation_control(tx, record.id))
        wb.canvas.edit_title()


def delete_diagram(wb: Workbench) -> None:
    """Remove the current diagram; elements that stand only there go too."""
    diagram = _diagram(wb)
    record = wb.session.store.get(diagram)
    title = name_of(record) if record is not None else ""
    question = f"The diagram “{title}” goes, and with it the elements that stand nowhere else. Undo brings it back."
    if wb.windows.confirm("Delete diagram", question, "Delete diagram"):
        change(wb, "Delete diagram", lambda tx: delete.delete_diagram(tx, diagram))


def duplicate_diagram(wb: Workbench) -> None:
    """A further diagram that shows the same elements at the same places."""
    diagram = _diagram(wb)
    made: list[str] = []

    def command(tx: Transaction) -> None:
        made.append(create.duplicate_diagram(tx, diagram))

    change(wb, "Duplicate diagram", command)
    if made:
        wb.session.set_diagram(made[0])
