"""Revisions of a project, in a folder beside it: who saved what, when, why, and on what it was built.

``NAME.revisions/NUMBER-HASH8.json`` tells of one revision and ``objects/HASH.json`` holds its document, once however
many revisions have it. A revision is named by the hash of what it tells, so that two branches in git may both have a
number 8 and merging the branches is no conflict: the next revision has both as parents.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from workbench.files.atomic import write_atomically
from workbench.files.canonical import canonical_bytes, content_hash, dump
from workbench.files.errors import ProjectFileError, SaveError
from workbench.files.fileops import FileOps
from workbench.files.header import SUFFIX, Header
from workbench.files.project import LoadedProject, load_bytes, read_bounded
from workbench.store.store import Store
from workbench.values import value_type

FORMAT: Final = "hazard-workbench-revision"
MAX_REVISION_BYTES: Final = 1024 * 1024
MAX_MESSAGE: Final = 10_000
_NAME: Final = re.compile(r"([1-9][0-9]{0,8})-([0-9a-f]{8})")
_HASH: Final = re.compile(r"[0-9a-f]{64}")


@value_type(frozen=True, slots=True)
class Revision:
    """One saved state.

    Attributes:
        name: ``NUMBER-HASH8``; numbers may repeat where branches met, names do not.
        time: ISO 8601, UTC, to the second.
        sha256: of the document.
        parents: names of the one or two revisions it was built on; none for the first.
        baselines: names people gave it.
    """

    name: str
    number: int
    author: str
    time: str
    message: str
    sha256: str
    parents: tuple[str, ...] = ()
    baselines: tuple[str, ...] = ()


@value_type(frozen=True, slots=True)
class Damage:
    """Something wrong among the revisions: which file, what, and what to do.

    Attributes:
        unread: it could not be read now, so that nobody knows what it says.
    """

    file: str
    what: str
    unread: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


class Revisions:
    """The revisions of one project file."""

    def __init__(self, project: Path, ops: FileOps | None = None) -> None:
        """Look at the folder that belongs to ``project``; nothing is read or made yet."""
        name = project.name.removesuffix(SUFFIX) if project.name.endswith(SUFFIX) else project.stem
        self.folder = project.with_name(f"{name}.revisions")
        self._ops = ops or FileOps()

    # reading

    def all(self) -> list[Revision]:
        """Every revision that is whole, by number, then name.

        Raises:
            ProjectFileError: the folder cannot be read.
        """
        found, _ = self._read()
        return list(found.values())

    def left_out(self) -> list[Damage]:
        """The files of revisions that ``all`` leaves out, as they cannot be read or are not what was saved.

        Raises:
            ProjectFileError: the folder cannot be read.
        """
        _, damage = self._read()
        return damage

    def heads(self) -> list[Revision]:
        """Revisions on which none is built yet: one, or one for each branch that was merged in git."""
        return _heads(self.all())

    def find(self, wanted: str) -> Revision:
        """The revision with this number, name (or its beginning) or baseline.

        Raises:
            ProjectFileError: there is none, it is damaged, or several have the number.
        """
        text = wanted.strip()
        kept, damage = self._read()
        found = list(kept.values())
        hits = [one for one in found if text in (one.name, str(one.number))] or [
            one for one in found if text in one.baselines or (len(text) > 2 and one.name.startswith(text))
        ]
        if len(hits) == 1:
            return hits[0]
        if not hits:
            for one in damage:
                if text and one.file.startswith((f"{text}-", f"{text}.")):
                    raise ProjectFileError(str(one))
            told = f"it has {found[0].number} to {found[-1].number}" if found else "it has none yet"
            raise ProjectFileError(f"There is no revision {text!r}; {told}.")
        raise ProjectFileError(f"{len(hits)} revisions are called {text!r}; say which: {_listed(hits)}.")

    def load(self, revision: Revision) -> LoadedProject:
        """The document of a revision.

        Raises:
            ProjectFileError: it is missing, damaged, or cannot be read.
        """
        path = self._object(revision.sha256)
        data = read_bounded(path, self._ops)
        if content_hash(data) != revision.sha256:
            raise ProjectFileError(f"{path} is damaged: its bytes are not those saved; restore it from a copy.")
        return load_bytes(data, f"revision {revision.number}")

    # writing

    def save(
        self, store: Store, header: Header | None, *, message: str, author: str, time: datetime, baseline: str = ""
    ) -> Revision:
        """Keep the document as a new revision on top of what is there.

        Args:
            time: when, with its time zone.
            baseline: a name for it, such as ``Review May 2026``.

        Raises:
            ProjectFileError: the revisions that are there cannot be read.
            SaveError: it could not be written; earlier revisions are as they were.
        """
        data = canonical_bytes(store.records.values(), header)
        heads = sorted(_heads(self._certain()), key=lambda head: (-head.number, head.name))[:2]
        told = {
            "format": FORMAT,
            "version": 1,
            "number": max((head.number for head in heads), default=0) + 1,
            "author": author,
            "time": time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "message": message.strip()[:MAX_MESSAGE],
            "sha256": content_hash(data),
            "parents": sorted(head.name for head in heads),
        }
        text = dump(told)
        name = f"{told['number']}-{content_hash(text)[:8]}"
        self._make_folder("objects")
        target = self._object(str(told["sha256"]))
        if not self._holds(target, data):
            write_atomically(target, data, self._ops)
        write_atomically(self.folder / f"{name}.json", text, self._ops)
        if baseline.strip():
            self.name(name, baseline)
        title = " ".join(baseline.split())
        return _with_baselines(_revision(name, text), (title,) if title else ())

    def _certain(self) -> list[Revision]:
        """Every revision, where none is left out that could not be read now: it may be the one to build on."""
        found, damage = self._read()
        unread = next((one for one in damage if one.unread), None)
        if unread is not None:
            raise SaveError(f"The revision was not saved: {unread.what}")
        return list(found.values())

    def name(self, revision: str, baseline: str) -> None:
        """Give a revision a name people know, such as the review it was shown in.

        Raises:
            ProjectFileError: there is no such revision, or another has the name.
            SaveError: the name could not be written.
        """
        found, title = self.find(revision), " ".join(baseline.split())
        if not title:
            raise ProjectFileError("A baseline needs a name.")
        other = next((one for one in self.all() if title in one.baselines and one.name != found.name), None)
        if other is not None:
            raise ProjectFileError(f"Revision {other.number} has the name {title!r} already; choose another.")
        self._make_folder("baselines")
        text = dump({"name": title, "revision": found.name})
        write_atomically(self.folder / "baselines" / f"{content_hash(text)[:16]}.json", text, self._ops)

    def verify(self) -> list[Damage]:
        """What is wrong: no revisions, hashes that do not hold, parents or documents that are missing."""
        found, damage = self._read()
        for one in found.values():
            file = f"{one.name}.json"
            for parent in one.parents:
                if parent not in found:
                    damage.append(Damage(file, f"is built on {parent}, which is missing; restore it from a copy"))
                elif found[parent].number >= one.number:
                    damage.append(Damage(file, f"has no higher number than {parent}, on which it is built"))
            path = self._object(one.sha256)
            try:
                if content_hash(read_bounded(path, self._ops)) != one.sha256:
                    damage.append(Damage(f"objects/{path.name}", "is damaged: its bytes are not those that were saved"))
            except ProjectFileError as error:
                damage.append(Damage(f"objects/{path.name}", str(error)))
        return damage

    # the folder

    def _read(self) -> tuple[dict[str, Revision], list[Damage]]:
        found: dict[str, Revision] = {}
        damage: list[Damage] = []
        for path in self._files(self.folder):
            try:
                data = read_bounded(path, self._ops, MAX_REVISION_BYTES)
            except ProjectFileError as error:
                damage.append(Damage(path.name, str(error), unread=True))
                continue
            try:
                found[path.stem] = _revision(path.stem, data)
            except (ProjectFileError, ValueError, TypeError, KeyError) as error:
                damage.append(Damage(path.name, str(error)))
        ordered = sorted(found.values(), key=lambda revision: (revision.number, revision.name))
        named = self._baselines()
        return {one.name: _with_baselines(one, named.get(one.name, ())) for one in ordered}, damage

    def _baselines(self) -> Mapping[str, tuple[str, ...]]:
        named: dict[str, tuple[str, ...]] = {}
        for path in self._files(self.folder / "baselines"):
            try:
                told = orjson.loads(read_bounded(path, self._ops, MAX_REVISION_BYTES))
                revision, name = str(told["revision"]), str(told["name"])
            except (ProjectFileError, ValueError, TypeError, KeyError):
                continue
            named[revision] = (*named.get(revision, ()), name)
        return named

    def _files(self, folder: Path) -> Iterator[Path]:
        try:
            names = self._ops.names(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise ProjectFileError(f"{folder} cannot be read ({error.strerror}); check the disk.") from error
        yield from (folder / name for name in names if name.endswith(".json") and not name.startswith("."))

    def _object(self, sha256: str) -> Path:
        return self.folder / "objects" / f"{sha256}.json"

    def _holds(self, path: Path, data: bytes) -> bool:
        try:
            return read_bounded(path, self._ops) == data
        except ProjectFileError:
            return False

    def _make_folder(self, name: str) -> None:
        folder = self.folder / name
        try:
            self._ops.make_folder(folder)
            for above in (self.folder, self.folder.parent):
                self._ops.sync_folder(above)
        except OSError as error:
            raise SaveError(
                f"The revisions' folder {self.folder} could not be made ({error.strerror}); save the project elsewhere."
            ) from error


def _heads(revisions: list[Revision]) -> list[Revision]:
    built_on = {parent for revision in revisions for parent in revision.parents}
    return [revision for revision in revisions if revision.name not in built_on]


def _revision(name: str, data: bytes) -> Revision:
    match = _NAME.fullmatch(name)
    if match is None:
        raise ProjectFileError("is not named as a revision is; move it out of the folder")
    if content_hash(data)[:8] != match[2]:
        raise ProjectFileError("is damaged: its text does not match its name; restore it from a copy")
    told = orjson.loads(data)
    if told["format"] != FORMAT or told["number"] != int(match[1]) or not _HASH.fullmatch(told["sha256"]):
        raise ProjectFileError("is no revision this program knows; move it out of the folder")
    author, time, message = (str(told[key]) for key in ("author", "time", "message"))
    parents = tuple(map(str, told["parents"]))
    return Revision(name, told["number"], author, time, message, told["sha256"], parents)


def _with_baselines(revision: Revision, names: tuple[str, ...]) -> Revision:
    told: dict[str, Any] = {name: getattr(revision, name) for name in revision.__slots__}
    return Revision(**{**told, "baselines": tuple(sorted(names))})


def _listed(revisions: list[Revision]) -> str:
    return ", ".join(revision.name for revision in revisions)
