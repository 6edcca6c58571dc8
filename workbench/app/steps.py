"""Carrying out one command from a dialog, and writing one file: done, or said why not."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.app.ports import Frame
from workbench.commands.errors import CommandError
from workbench.export.errors import ExportError
from workbench.panels.messages import show_error
from workbench.store.collector import collector_paused
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError, Store
from workbench.store.transaction import Transaction

if TYPE_CHECKING:
    from workbench.export.steps import Steps


def carry_out(frame: Frame, label: str, command: Callable[[Transaction], object]) -> bool:
    """Carry out a command as one undoable step, and say what else it did.

    Returns:
        Whether it was done; a refusal has been told.
    """
    session = frame.session
    try:
        with session.store.transaction(label) as tx:
            command(tx)
    except (CommandError, ReadOnlyError, IntegrityError) as problem:
        show_error(frame.widget, "Not changed", str(problem))
        return False
    if tx.notices:  # in one breath: the status bar holds one notice
        session.notice.emit(" ".join(tx.notices))
    return True


def write_out(frame: Frame, path: Path, write: Callable[[], int]) -> None:
    """Write a figure or a table, and say how large it became or why it was not written.

    Args:
        frame: the window that asks.
        path: the file that ``write`` writes.
        write: returns the size in bytes; may raise ``ExportError``.
    """
    try:
        size = write()
    except ExportError as problem:
        show_error(frame.widget, "Not exported", str(problem))
        return
    frame.session.notice.emit(f"Exported {path.name} ({size / 1024:,.0f} KiB)")


def write_in_steps(frame: Frame, path: Path, steps: "Steps[int]", *, text: str = "", cancelled: str = "") -> None:
    """Write a file, or files into a folder, with a progress window and Cancel where it takes long.

    Says how large it became, that it was not wanted any more, or why it was not written.

    Args:
        frame: the window that asks.
        path: the file or folder that the steps write, each file at the end of its own.
        steps: return the size in bytes; may raise ``ExportError``.
        text: what the progress window says; empty: that the file is written.
        cancelled: what is said after Cancel; empty: that the file was not exported.
    """
    from workbench.panels.progress import work_in_slices  # noqa: PLC0415 - with an export, not before

    told = text or f"Writing {path.name}."
    try:
        with collector_paused():  # it would stop the window to look through all that is made
            size, wanted = work_in_slices(steps, title="Export", text=told, parent=frame.widget)
    except ExportError as problem:
        show_error(frame.widget, "Not exported", str(problem))
        return
    if not wanted or size is None:
        frame.session.notice.emit(cancelled or f"{path.name} was not exported.")
        return
    frame.session.notice.emit(f"Exported {path.name} ({size / 1024:,.0f} KiB)")


def write_beside(frame: Frame, path: Path, make: Callable[[Store], bytes]) -> None:
    """The same for what needs no Qt, and is made in one go.

    Args:
        frame: the window that asks.
        path: the file to write.
        make: the bytes of the file, from the document as it is now; may raise ``ExportError``.
    """
    from workbench.export.out_file import put  # noqa: PLC0415 - with an export, not before
    from workbench.panels.beside import beside  # noqa: PLC0415 - as above

    store = Store(frame.session.store.snapshot().values())

    def made() -> "Steps[bytes]":
        yield 0.0
        return make(store)

    def steps() -> "Steps[int]":
        return put(path, (yield from beside(lambda _measure: made())))

    write_in_steps(frame, path, steps())
