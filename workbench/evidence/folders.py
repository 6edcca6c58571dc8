"""Which files to read when files and folders are given: bounded, sorted, and never out of what was given."""

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workbench.evidence.imported import Importer
from workbench.evidence.intake import Watch
from workbench.evidence.problems import ImportProblem
from workbench.values import value_type

MAX_FILES: Final = 20_000
"""Files looked at in all given folders together."""
MAX_DEPTH: Final = 12
_MAX_ENTRIES: Final = 100_000
_MAX_BESIDE: Final = 2_000
"""So many files before and after one are given with it, lest the work grow with the square of their number."""


@value_type(frozen=True, slots=True)
class Given:
    """One file to read.

    Attributes:
        around: the files it was found or given with, itself among them at ``place``; all of them share the tuple.
        above: files of the folders it lies in that belong to it too.
        named: the user named the file itself, so that it is told when it is no run; else it lay in a folder.
        size: bytes, for the share of the work that it is.
        real: the path with every link followed: what tells whether two are the same file.
    """

    path: Path
    real: str
    around: tuple[Path, ...]
    place: int
    named: bool
    size: int
    above: tuple[Path, ...] = ()

    @property
    def beside(self) -> tuple[Path, ...]:
        """Files that an importer may read with it; of very many, those nearest by name."""
        before = self.around[max(0, self.place - _MAX_BESIDE) : self.place]
        return (*before, *self.around[self.place + 1 : self.place + 1 + _MAX_BESIDE], *self.above)


@dataclass(slots=True)
class Expansion:
    """What given paths come to.

    Attributes:
        files: in the order given, the files of a folder sorted by name.
        problems: folders that could not be listed, or not to their end.
        passed_over: entries of folders that are no ordinary files, or links that lead out.
        folders: the folders given, to tell which of them held nothing.
    """

    files: list[Given] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    passed_over: int = 0
    folders: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class _Folder:
    path: Path
    files: list[Path]
    folders: list["_Folder"]

    def all_files(self) -> list[Path]:
        """The files in it and below it."""
        return [*self.files, *(path for folder in self.folders for path in folder.all_files())]


class _Walk:
    """Lists one given folder."""

    def __init__(self, root: Path, expansion: Expansion, room: int, watch: Watch) -> None:
        self.root = os.path.realpath(root)
        self.room = room
        self.bounded = ""
        self._expansion = expansion
        self._watch = watch

    def list(self, path: Path, depth: int = 0) -> _Folder:
        """The folder and what lies below it; hidden entries are left out."""
        listed = _Folder(path, [], [])
        self._watch.step(0.0)
        try:
            with os.scandir(path) as entries:
                found = [entry for entry, _ in zip(entries, range(_MAX_ENTRIES), strict=False)]
        except OSError as error:
            self._expansion.problems.append(
                ImportProblem(path, f"cannot be listed ({error.strerror})", "ask for permission to read it")
            )
            return listed
        if len(found) == _MAX_ENTRIES:
            self.bounded = f"holds more than {_MAX_ENTRIES:,} entries in one folder; the others were not looked at"
        for entry in sorted(found, key=lambda entry: entry.name):
            if not entry.name.startswith("."):
                self._take(entry, listed, depth)
        return listed

    def _take(self, entry: os.DirEntry[str], listed: _Folder, depth: int) -> None:
        path = listed.path / entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                if depth >= MAX_DEPTH:
                    self.bounded = f"is deeper than {MAX_DEPTH} folders; what lies deeper was not looked at"
                else:
                    listed.folders.append(self.list(path, depth + 1))
                return
            ordinary = entry.is_file() and (not entry.is_symlink() or self._is_inside(path))
        except OSError:
            ordinary = False
        if not ordinary:
            self._expansion.passed_over += 1
        elif self.room <= 0:
            self.bounded = f"holds more than {MAX_FILES:,} files; the others were not looked at"
        else:
            self.room -= 1
            listed.files.append(path)

    def _is_inside(self, path: Path) -> bool:
        return os.path.realpath(path).startswith(self.root.rstrip(os.sep) + os.sep)


def expand(paths: Iterable[Path], importers: Sequence[Importer], watch: Watch) -> Expansion:
    """The files that given files and folders come to, each once.

    A folder that an importer knows as its own (a run folder) stands for one run; the files of any other folder are
    looked at one by one, and its folders likewise. Links in a folder are followed to files in the same folder only.

    Raises:
        Cancelled: the user asked to stop.
    """
    expansion = Expansion()
    given = list(dict.fromkeys(paths))
    folders = {path for path in given if _is_folder(path)}
    named = tuple(path for path in given if path not in folders)
    places = {path: place for place, path in enumerate(named)}
    mains = [importer for importer in importers if importer.main_file is not None]
    room = MAX_FILES
    for path in given:
        if path not in folders:
            expansion.files.append(Given(path, real_path(path), named, places[path], named=True, size=_size(path)))
            continue
        expansion.folders.append(path)
        walk = _Walk(path, expansion, room, watch)
        listed = walk.list(path)
        room = walk.room
        if walk.bounded:
            expansion.problems.append(ImportProblem(path, walk.bounded, "give a smaller folder"))
        _add(expansion, listed, mains, ())
    expansion.files = _each_once(expansion.files)
    return expansion


def _add(expansion: Expansion, folder: _Folder, mains: Sequence[Importer], above: tuple[Path, ...]) -> None:
    """The files of a listed folder; ``above`` are the files of the folders it lies in, as far as they were given."""
    main, below = _main_file(folder, mains)
    if main is not None:
        size = sum(map(_size, below))
        expansion.files.append(
            Given(main, real_path(main), tuple(below), below.index(main), named=False, size=size, above=above)
        )
        return
    files = tuple(folder.files)
    for place, path in enumerate(files):
        expansion.files.append(Given(path, real_path(path), files, place, named=False, size=_size(path)))
    for inner in folder.folders:
        _add(expansion, inner, mains, (*folder.files, *above))


def _main_file(folder: _Folder, mains: Sequence[Importer]) -> tuple[Path | None, list[Path]]:
    """The file that stands for a run folder, if it is one and the file is among those listed; and all of its files."""
    for importer in mains:
        assert importer.main_file is not None
        try:
            main = importer.main_file(folder.path)
        except OSError:
            continue
        if main is not None:
            below = folder.all_files()
            if main in below:
                return main, below
    return None, []


def _each_once(files: list[Given]) -> list[Given]:
    """Every file once, by what it really is; one that was named stays named."""
    named = {file.real for file in files if file.named}
    kept: dict[str, Given] = {}
    for file in files:
        if file.named or file.real not in named:
            kept.setdefault(file.real, file)
    return list(kept.values())


def real_path(path: Path) -> str:
    """A path with every link followed; one that no file can have stays as it is."""
    return str(path) if "\0" in str(path) else os.path.realpath(path)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 - an answer for every path, odd ones too
    except (OSError, ValueError):
        return False


def _size(path: Path) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return 0
