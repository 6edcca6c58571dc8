"""A document that is edited while a journal follows it, and is begun anew on the way; what must come back of it."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from tests.faults.journal_states import EDITS, LEAST
from tests.unit.files.journals import edit, follow, small, text
from workbench.files import journal_writer
from workbench.files.canonical import content_hash
from workbench.files.errors import ProjectFileError
from workbench.files.owner import Owner
from workbench.files.recovery import scan_recoverable


def documents() -> list[bytes]:
    """What the document is before and after each edit."""
    store = small()
    found = [text(store)]
    for what, number in EDITS:
        edit(store, what, number)
        found.append(text(store))
    return found


def edit_all(folder: Path, path: Path | None, told: Callable[[int], object]) -> None:
    """Make every edit, each of them told once the journal has it; ends early where its thread has died.

    Args:
        folder: where the journal lies.
        path: the file that holds the document before the first edit; None where it is untitled.
        told: called with how many edits the journal has confirmed by now.
    """
    store, others = small(), set(threading.enumerate())
    with patch.object(journal_writer, "TIMES_ITS_DOCUMENT", 1):
        journal = follow(store, folder, path, content_hash(text(store)) if path is not None else "", least=LEAST)
        try:
            for number, (what, which) in enumerate(EDITS, 1):
                edit(store, what, which)
                while not journal.flush(0.05):
                    if not set(threading.enumerate()) - others:
                        return
                told(number)
        finally:
            journal.close(keep=True, timeout=1 if set(threading.enumerate()) - others else 0)


def check(folder: Path, told: int, path: Path | None, *, ended: bool) -> None:
    """Look at what the next start finds.

    Args:
        folder: where the journal lies.
        told: how many edits it had confirmed.
        path: the file of the document.
        ended: the process is this one, and counts as gone.

    Raises:
        AssertionError: an edit that was confirmed does not come back, or something that never was does.
    """
    wanted = documents()
    with ExitStack() as patches:
        if ended:
            patches.enter_context(patch.object(Owner, "runs", lambda _: False))
        found = scan_recoverable(folder)
        assert len(found) < 2, "more than one document was found"
        try:
            back = found[0].restore() if found else None
        except ProjectFileError as problem:
            raise AssertionError(str(problem)) from problem
    assert back is not None or not told, "nothing was found"
    if back is not None:
        assert text(back.store) in wanted[told:], f"what comes back is none of the documents from {told} on"
        assert back.note == ""
    if path is not None:
        assert path.read_bytes() == wanted[0], "the file was touched"
