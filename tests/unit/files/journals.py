"""Documents that are edited while a journal follows them, and what comes back of them."""

from collections.abc import Sequence
from pathlib import Path

from workbench.files.canonical import canonical_bytes
from workbench.files.fileops import FileOps
from workbench.files.journal import Journal
from workbench.files.journal_lines import steps_in
from workbench.files.recovery import Recovered, scan_recoverable
from workbench.model.elements import Cause, Hazard, Link
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store

DONE = [("add", 0), ("add", 1), ("type", 2), ("type", 3), ("undo", 0), ("add", 2), ("undo", 0)]
"""Edits of every kind."""


def small() -> Store:
    """A hazard with a cause."""
    return Store(
        [
            Project(id=PROJECT_ID, title="Audit"),
            Hazard(id="h", title="Secrets leak"),
            Cause(id="c", title="Copied keys"),
            Link(id="l", source="c", target="h"),
        ]
    )


def text(store: Store) -> bytes:
    return canonical_bytes(store.records.values())


def edit(store: Store, what: str, number: int) -> None:
    """One of the things a user does; ``number`` chooses which cause and which words."""
    key = f"c{number % 4}"
    if what == "undo":
        store.undo()
    elif what == "redo":
        store.redo()
    elif what == "seal":
        store.history.seal()
    elif what == "back":  # typed and taken back: the step is gone from the history
        hazard = store.find("h", Hazard)
        for title in ("typed", hazard.title if hazard else ""):
            with store.transaction("Type", merge_key="type") as tx:
                tx.patch("h", title=title)
    elif what == "type":
        with store.transaction("Type", merge_key="type") as tx:
            tx.patch("h", title=f"Secrets leak {number}")
    elif key in store:
        with store.transaction(f"Delete {key}") as tx:
            tx.remove(key)
    else:
        with store.transaction(f"Add {key}") as tx:
            tx.put(Cause(id=key, title="né\n" * (number % 3)))
            tx.put(Link(id=f"l{key}", source=key, target="h"))


def labels(store: Store) -> tuple[Sequence[str], Sequence[str]]:
    """What can be undone and redone, as the menu says it."""
    return [entry.label for entry in store.history.done], [entry.label for entry in store.history.undone]


def journal_in(folder: Path) -> Path:
    (file,) = folder.glob("*.journal")
    return file


def steps_of(folder: Path) -> list[dict]:
    return list(steps_in(journal_in(folder).read_bytes()))


def recovered(folder: Path) -> Recovered:
    (left,) = scan_recoverable(folder)
    return left.restore()


def follow(
    store: Store, folder: Path, path: Path | None = None, saved_as: str = "", ops: FileOps | None = None, **more
) -> Journal:
    """A journal of a document that tries again at once."""
    return Journal.open(store, path, None, saved_as, folder=folder, ops=ops, retry=0.01, **more)


def edited(folder, edits=DONE, **more):
    """An untitled document after some edits, all of them in its journal."""
    store = small()
    journal = follow(store, folder, **more)
    for what, number in edits:
        edit(store, what, number)
    assert journal.flush(10)
    return store, journal
