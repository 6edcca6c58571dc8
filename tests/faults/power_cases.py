"""What a power failure may leave of a journal that follows a document, and of the revisions beside a project."""

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from tests.faults.edits import Editor, small_project
from tests.faults.power import Recorder, State, states
from workbench.files.canonical import canonical_bytes
from workbench.files.errors import ProjectFileError
from workbench.files.journal import Journal
from workbench.files.owner import Owner
from workbench.files.project import load_project, save_project
from workbench.files.recovery import scan_recoverable
from workbench.files.revisions import Revisions
from workbench.store.store import Store

_NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass
class Case:
    """Something that was done, recorded.

    Attributes:
        documents: what the document was, as text, before and after everything the user was told was kept.
        holds: looks at what lies in a folder after a failure, where so many things had been told; raises where one is
            gone, or anything else than such a document comes back.
    """

    recorder: Recorder
    documents: list[bytes]
    holds: Callable[[Path, int], None]


def _text(store: Store) -> bytes:
    return canonical_bytes(store.records.values())


def _edit(store: Store, number: int) -> None:
    """Some edit that changes the document, else an undo."""
    before = store.revision
    editor = Editor({}, number)
    editor.store = store
    for _ in range(20):
        editor.edit(1)
        if store.revision != before:
            return


def journal(folder: Path, number: int) -> Case:
    """A document that is edited while a journal follows it, saved now and then, or untitled."""
    chance = random.Random(number)
    path = folder / "p.hazard.json" if number % 3 else None
    base = Store(small_project(number % 50).values())
    saved_as = save_project(base, path).content_hash if path is not None else ""
    store = load_project(path).store if path is not None else base
    (folder / "journals").mkdir()
    recorder = Recorder(folder, most=1 + len(_text(store)) // (1 + number % 3))
    following = Journal.open(store, path, None, saved_as, folder=folder / "journals", ops=recorder, retry=0.01)
    documents = [_text(store)]
    for _ in range(4):
        if store.history.done and chance.random() < 0.25:
            store.undo()
        else:
            _edit(store, chance.randrange(10**6))
        documents.append(_text(store))
        assert following.flush(30)
        recorder.told()
        if path is not None and chance.random() < 0.3:
            following.saved(path, save_project(store, path, ops=recorder).content_hash)
            assert following.flush(30)
    following.close(keep=True)

    def holds(left: Path, told: int) -> None:
        file = left / "p.hazard.json"
        with patch.object(Owner, "runs", lambda _: False):
            found = scan_recoverable(left / "journals")
            try:
                back = _text(found[0].restore().store) if found else b""
            except ProjectFileError:  # saved before the copy it begins with was on the disk: then the file has it all
                back = b""
        back = back or (file.read_bytes() if file.exists() else b"")
        if back or told:  # else an untitled document of which nothing was told yet
            assert back in documents[told:], f"what comes back is none of the documents from {told} on"

    return Case(recorder, documents, holds)


def revisions(folder: Path, number: int) -> Case:
    """Two revisions of a project, and a name for the first."""
    path = folder / "p.hazard.json"
    records = small_project(number % 50)
    texts = []
    save_project(Store(records.values()), path)
    recorder = Recorder(folder, most=1 + len(canonical_bytes(records.values())) // (1 + number % 3))
    kept = Revisions(path, recorder)
    for place in range(2):
        store = Store(Editor(records, number + place).edit(3 * place).values())
        texts.append(_text(store))
        kept.save(store, None, message=f"No. {place}", author="Ann", time=_NOON + timedelta(hours=place))
        recorder.told()
    kept.name("1", "Review")
    recorder.told()

    def holds(left: Path, told: int) -> None:
        there = Revisions(left / "p.hazard.json")
        assert there.verify() == [], "the revisions are damaged"
        found = there.all()
        assert len(found) >= min(told, 2), "a revision that was told is gone"
        for place, one in enumerate(found):
            assert one.number == place + 1
            assert _text(there.load(one).store) == texts[place], "a revision is another"
        if told == 3:
            assert found[0].baselines == ("Review",), "a name that was told is gone"

    return Case(recorder, texts, holds)


CASES: dict[str, Callable[[Path, int], Case]] = {"journals": journal, "revisions": revisions}


def check_case(name: str, number: int, most: int) -> int:
    """Look at every state of one case; how many there are.

    Raises:
        AssertionError: something that was told is gone, or what comes back never was.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        case = CASES[name](folder, number)
        seen: set[tuple[int, int]] = set()
        count = 0
        for state in states(case.recorder, most, number):
            count += 1
            same = state.told, hash(frozenset(state.files.items()))
            if same not in seen:  # of many choices nothing is seen: a write to a file that has no name
                seen.add(same)
                _look(case, folder, state, f"{name} {number}")
        return count


def _look(case: Case, folder: Path, state: State, what: str) -> None:
    """Lay what is left where it was, since a journal names the file it belongs to, and look at it."""
    for old in sorted(folder.rglob("*"), reverse=True):
        old.rmdir() if old.is_dir() else old.unlink()
    for path, data in state.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    try:
        case.holds(folder, state.told)
    except (AssertionError, ProjectFileError) as error:
        raise AssertionError(f"{what}: {error} {state.about}") from error
