"""Merging with a file: another version is read, what it would bring in is shown, and it is taken in as one step."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from workbench.analysis.merge_preview import Preview, preview
from workbench.app.asking import FileAsking
from workbench.app.ports import Frame
from workbench.app.steps import carry_out
from workbench.commands.merge_in import take_over
from workbench.files.ancestry import shared_revision
from workbench.files.errors import ProjectFileError
from workbench.files.header import Header
from workbench.files.merge import merge_headers
from workbench.files.project import LoadedProject, load_project
from workbench.files.revisions import Revision, Revisions
from workbench.panels.merge_dialog import MergeDialog
from workbench.panels.messages import show_error
from workbench.panels.progress import work_beside
from workbench.values import value_type

_FILTER: Final = "Hazard Workbench projects (*.hazard.json);;All files (*)"
_MOST_REVISIONS: Final = 200
_LONGEST: Final = 60

Base = Callable[[], LoadedProject | None]
"""Reads the version two others grew from; gives None where they have none in common."""


class Document(Protocol):
    """What one window knows of its file.

    Attributes:
        header: what it says beside its records; None for a new document.
    """

    header: Header | None


@value_type(frozen=True, slots=True)
class _Bases:
    """What two versions may have grown from.

    Attributes:
        offered: in words; None stands for a file that is then asked for.
        found: the one that is known to be it; None where it is not known.
    """

    offered: list[tuple[str, Base | None]]
    found: Base | None


def merge_with_file(frame: Frame, asking: FileAsking, document: Document) -> int | None:
    """Ask for another version of the project, show what would come in, and merge it.

    Returns:
        How many places on diagrams it settled by itself; None where nothing was merged.
    """
    path = asking.open("project", "Merge with file", _FILTER)
    if path is None:
        return None
    own = frame.session.path
    try:
        read, wanted = work_beside(
            lambda _unwanted: (load_project(path), _bases(own, path)),
            title="Merge with file",
            text=f"Reading {path.name}.",
            parent=frame.widget,
        )
    except ProjectFileError as problem:
        show_error(frame.widget, "Not merged", str(problem))
        return None
    if not wanted or read is None:
        return None
    theirs, bases = read
    store = frame.session.store
    revision, ours, others = store.revision, store.snapshot(), theirs.store.snapshot()

    def work(base: Base) -> tuple[Preview, Header]:
        loaded = base()
        before = loaded.header if loaded is not None else Header()
        header = merge_headers(before, document.header or Header(), theirs.header)
        return preview(loaded.store.records if loaded is not None else {}, ours, others), header

    def another() -> tuple[str, Base] | None:
        chosen = asking.open("project", "Version both grew from", _FILTER)
        return None if chosen is None else (chosen.name, partial(load_project, chosen))

    dialog = MergeDialog(path.name, bases.offered, bases.found, another=another, work=work, parent=frame.widget)
    answer: tuple[Preview, Header] | None = dialog.show_modal()
    if answer is None:
        return None
    if store.revision != revision:
        show_error(frame.widget, "Not merged", "The project was changed meanwhile; merge again.")
        return None
    found, header = answer
    if not carry_out(frame, f"Merge with {path.name}", lambda tx: take_over(tx, found.merged)):
        return None
    document.header = header
    frame.session.notice.emit(f"Merged with {path.name}: {found.summary[:1].lower()}{found.summary[1:]}")
    return len(found.merged.settled)


def _bases(own: Path | None, other: Path) -> _Bases:
    """What both may have grown from, newest first."""
    offered: list[tuple[str, Base | None]] = []
    found: Base | None = None
    if own is not None:
        ours = Revisions(own)
        shared = shared_revision(ours, Revisions(other))
        if shared is not None:
            found = partial(_load, shared[1], shared[0])
            offered.append((f"{_named(shared[0])} (found: both are built on it)", found))
        rest = [one for one in ours.all()[::-1] if shared is None or one.name != shared[0].name]
        offered += [(_named(one), partial(_load, ours, one)) for one in rest[:_MOST_REVISIONS]]
    return _Bases([*offered, ("No common version", _nothing), ("A file…", None)], found)


def _load(kept: Revisions, revision: Revision) -> LoadedProject:
    return kept.load(revision)


def _nothing() -> None:
    """Two versions that have nothing in common."""


def _named(revision: Revision) -> str:
    """A revision in a line."""
    told = " ".join(" ".join((*revision.baselines, revision.message)).split())
    words = told if len(told) <= _LONGEST else told[: _LONGEST - 1].rstrip() + "…"
    return f"Revision {revision.number}, {revision.time[:10]}{f', {words}' if words else ''}"
