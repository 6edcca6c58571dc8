"""Carrying out one command from a dialog, and writing one file: done, or said why not."""

from collections.abc import Callable
from pathlib import Path

from workbench.app.ports import Frame
from workbench.commands.errors import CommandError
from workbench.export.errors import ExportError
from workbench.panels.messages import show_error
from workbench.store.integrity import IntegrityError
from workbench.store.store import ReadOnlyError
from workbench.store.transaction import Transaction


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
