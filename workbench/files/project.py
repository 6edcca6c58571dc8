"""Reading and writing the project file."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final

import orjson
from pydantic import ValidationError

from workbench.files.atomic import write_atomically, write_in_place
from workbench.files.canonical import canonical_bytes, content_hash, dump
from workbench.files.careful import MAX_DEPTH, REPAIR, read_header, read_raw, read_tables, shown
from workbench.files.errors import ProjectFileError, SaveError
from workbench.files.explain import explain, name_record
from workbench.files.fileops import FileOps
from workbench.files.header import FORMAT, MAJOR, MINOR, SUFFIX, Header
from workbench.files.migrations.registry import CURRENT, migrate
from workbench.files.rescue import rescue
from workbench.files.validate import parse_fast, parse_tables
from workbench.model.base import record_type
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.records import CLASS_OF
from workbench.store.collector import collector_paused, let_settle
from workbench.store.integrity import IntegrityError
from workbench.store.store import Store
from workbench.values import value_type

MAX_BYTES: Final = 256 * 1024 * 1024
"""Largest file that is opened; a project of 10,000 elements has about 15 MiB."""

STDIN: Final = "-"
_MOST_COPIES: Final = 1_000
"""Of one older version beside one file; the last one is written over."""

_WORTH_A_LOOK: Final = 4 * 1024 * 1024
_FORMAT_NAME: Final = FORMAT.encode()
_BOM: Final = b"\xef\xbb\xbf"
_TOO_DEEP: Final = b"\n" + b" " * (2 * MAX_DEPTH + 1)


@value_type(frozen=True, slots=True)
class LoadedProject:
    """A project that was read.

    Attributes:
        store: the document; ``store.read_only`` says the same as ``read_only``.
        path: the file; None where it came from standard input.
        header: version and what a newer version wrote beside the records; give it to ``save_project`` again.
        content_hash: SHA-256 of the file's bytes.
        read_only: why it may not be changed, one sentence; empty where it may.
        notes: what the user should know about the reading, one sentence each.
        counts: records by type as the file has them, also where the document could not show them all.
    """

    store: Store
    path: Path | None
    header: Header
    content_hash: str
    read_only: str = ""
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def is_current(self) -> bool:
        """Whether saving the document now would write the very bytes that were read."""
        return content_hash(canonical_bytes(self.store.records.values(), self.header)) == self.content_hash

    @property
    def version(self) -> str:
        """The file's version, such as ``1.0``."""
        return self.header.version

    @property
    def title(self) -> str:
        """The project's title; empty where it has none."""
        project = self.store.find(PROJECT_ID, Project)
        return project.title if project else ""


@value_type(frozen=True, slots=True)
class SavedFile:
    """What is now on the disk.

    Attributes:
        content_hash: SHA-256 of the bytes.
        size: their number.
    """

    path: Path
    content_hash: str
    size: int


def load_project(path: Path | str, *, ops: FileOps | None = None) -> LoadedProject:
    """Read a project file; ``-`` reads standard input.

    Raises:
        ProjectFileError: it cannot be read, or is no project; one line that says what to do.
    """
    if str(path) == STDIN:
        return load_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    path = Path(path)
    return load_bytes(read_bounded(path, ops), str(path), path=path)


def read_bounded(path: Path, ops: FileOps | None = None, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file.

    Raises:
        ProjectFileError: missing, a folder, not permitted, no ordinary file, or larger than ``limit``.
    """
    ops = ops or FileOps()
    try:
        if path.is_dir():
            raise ProjectFileError(f"{path} is a folder; give the .hazard.json file inside it.")
        size = ops.status(path).st_size
        if size > limit:
            raise ProjectFileError(
                f"{path} has {size / 2**20:,.0f} MiB, more than the {limit / 2**20:,.0f} MiB a project may have; "
                "split it into several projects."
            )
        return ops.read(path, limit)
    except FileNotFoundError:
        raise ProjectFileError(f"{path}: there is no such file; check the path.") from None
    except PermissionError:
        raise ProjectFileError(f"{path} may not be read; get the permission to read it, or copy it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ProjectFileError(f"{path} cannot be read ({reason}); check the disk and the path.") from None


def load_bytes(data: bytes, name: str = "the project", *, path: Path | None = None) -> LoadedProject:
    """Read a project from its text.

    A file in the program's own canonical text is parsed fast and written back in memory: equal bytes prove that nothing
    was hidden (no key twice, no number that JSON does not have). Any other goes through the careful reading with its
    named errors.

    Args:
        name: what messages call the file.

    Raises:
        ProjectFileError: one line that says what, where and what to do.
    """
    if len(data) > MAX_BYTES:
        raise ProjectFileError(f"{name} is larger than the {MAX_BYTES // 2**20} MiB a project may have.")
    if len(data) > _WORTH_A_LOOK and _FORMAT_NAME not in data:  # reading it all to say so would take seconds
        raise ProjectFileError(f"{name} is no project of Hazard Workbench (it names no format); open a {SUFFIX} file.")
    with collector_paused():
        loaded = _load_canonical(data, path) or _load_carefully(data, name, path)
        let_settle()
    return loaded


def save_project(
    store: Store,
    path: Path | str,
    header: Header | None = None,
    *,
    in_place: Path | None = None,
    ops: FileOps | None = None,
) -> SavedFile:
    """Write the document to ``path``: all of it, on the disk, or the file that was there stays as it was.

    A file of an older version is copied beside it first, as ``NAME.v1.0.hazard.json``.

    Args:
        header: as read; a newer minor keeps its number and its fields.
        in_place: after a ``NoTemporaryFileError``, and once the user has agreed: where to keep a copy while the file
            is written over.

    Raises:
        NoTemporaryFileError: nothing was changed; asking the user, it can be tried again with ``in_place``.
        SaveError: one line that says what to do; nothing was changed.
    """
    data = canonical_bytes(store.records.values(), header)
    path = Path(path)
    if header is not None and header.older:
        _keep_older(path, ops or FileOps())
    if in_place is None:
        write_atomically(path, data, ops)
    else:
        write_in_place(path, data, in_place, ops)
    return SavedFile(path, content_hash(data), len(data))


def copy_project(
    source: Path, path: Path, digest: str, *, in_place: Path | None = None, ops: FileOps | None = None
) -> SavedFile:
    """Write the bytes of a project file to another: what a later version wrote would lose by being written anew.

    Args:
        source: the file as it was read.
        path: where to write.
        digest: SHA-256 of what was read.
        in_place: as for ``save_project``.
        ops: the file system.

    Raises:
        NoTemporaryFileError: as for ``save_project``.
        ProjectFileError: the file cannot be read, is not what was read any more, or the copy cannot be written; nothing
            was changed.
    """
    data = read_bounded(source, ops)
    if content_hash(data) != digest:
        raise ProjectFileError(f"{source} was changed since it was opened here; open it again and save that.")
    if in_place is None:
        write_atomically(path, data, ops)
    else:
        write_in_place(path, data, in_place, ops)
    return SavedFile(path, digest, len(data))


def _is_older(header: Header) -> bool:
    return (header.major, header.minor) < CURRENT


def _keep_older(path: Path, ops: FileOps) -> None:
    """Copy a file of an older version beside itself, unless that was done; any other file needs no copy.

    Raises:
        SaveError: the copy cannot be written.
    """
    try:
        data = read_bounded(path, ops)
        header = read_header(read_raw(data, str(path)), str(path))
    except ProjectFileError:
        return
    if not _is_older(header):
        return
    stem = path.name.removesuffix(SUFFIX) if path.name.endswith(SUFFIX) else path.stem
    for mark in ("", *(f"-{number}" for number in range(2, _MOST_COPIES))):
        copy = path.with_name(f"{stem}.v{header.version}{mark}{SUFFIX}")
        if not copy.exists():
            break
        if _is_same(copy, data, ops):
            return
    try:
        write_atomically(copy, data, ops)
    except SaveError as error:
        raise SaveError(f"{path} was not saved, because a copy of it could not be kept first: {error}") from error


def _is_same(path: Path, data: bytes, ops: FileOps) -> bool:
    try:
        return ops.read(path, len(data)) == data
    except OSError:
        return False


def _load_canonical(data: bytes, path: Path | None) -> LoadedProject | None:
    """The fast reading; None where the file needs the careful one."""
    try:
        plain = orjson.loads(data)
        if dump(plain) != data or _TOO_DEEP in data:
            return None
        header = read_header(plain, "")
        tables = parse_fast(plain) if header.major == MAJOR and not _is_older(header) else None
        if tables is None:
            return None
        store = Store.of_tables(tables.by_type, tables.targets)
    except (ValueError, TypeError, AttributeError, ProjectFileError, IntegrityError):
        return None
    if len(store) != len(tables):  # one id in two tables
        return None
    return _loaded(store, path, header, data)


def _load_carefully(data: bytes, name: str, path: Path | None) -> LoadedProject:
    notes = []
    text = data
    if data.startswith(_BOM):
        text = data[len(_BOM) :]
        notes.append("The file began with a byte order mark; saving leaves it out.")
    raw = read_raw(text, name)
    header = read_header(raw, name)
    if header.newer_major:
        return _rescued(raw, header, data, name, path)
    raw, version = migrate(raw, (header.major, header.minor))
    if version != (header.major, header.minor):
        older = header.version
        notes.append(
            f"The file was of version {older}; saving makes it {version[0]}.{version[1]} and keeps a copy beside it."
        )
        header = replace(read_header(raw, name), older=older)
    tables = read_tables(raw, name)
    _check_own_ids(tables, name)
    try:
        records = parse_tables(tables)
    except ValidationError as error:
        raise ProjectFileError(explain(error, tables, name)) from None
    try:
        store = Store(records)
    except IntegrityError as error:
        first = error.dangling[0]
        kind = record_type(first.holder)
        holder = name_record(kind, first.holder.id, tables[kind][first.holder.id])
        more = f" ({len(error.dangling) - 1} more like this)" if len(error.dangling) > 1 else ""
        raise ProjectFileError(
            f"{name}: {holder}: {first.field} names {shown(first.target)!r}, which is not in the file{more}; {REPAIR}."
        ) from None
    return _loaded(store, path, header, data, notes)


def _check_own_ids(tables: dict[str, dict[str, dict[str, Any]]], name: str) -> None:
    """The key is the id; a field of that name is dropped where it says the same."""
    for kind in tables.keys() & CLASS_OF.keys():
        for key, fields in tables[kind].items():
            if fields.pop("id", key) != key:
                raise ProjectFileError(
                    f'{name}: {name_record(kind, key, fields)}: the field "id" differs from the key it is filed under; '
                    f"{REPAIR}."
                )


def _loaded(store: Store, path: Path | None, header: Header, data: bytes, notes: Iterable[str] = ()) -> LoadedProject:
    told = list(notes)
    if header.newer_minor:
        told.append(f"The file is of version {header.version}, newer than this program; what it does not know is kept.")
    counts = {kind: store.count(kind) for kind in store.kinds()}
    return LoadedProject(store, path, header, content_hash(data), notes=tuple(told), counts=counts)


def _rescued(raw: dict[str, Any], header: Header, data: bytes, name: str, path: Path | None) -> LoadedProject:
    reason = (
        f"The file is of version {header.version}; this program writes {MAJOR}.{MINOR}. "
        "It can be looked at, not changed: use a newer Hazard Workbench."
    )
    notes: tuple[str, ...] = ()
    try:
        tables = read_tables(raw, name)
    except ProjectFileError:  # the newer version lays out its records otherwise
        tables, notes = {}, ("Its records are laid out in a way this program does not know; none can be shown.",)
    store = rescue(tables)
    store.read_only = reason
    counts = {kind: len(table) for kind, table in tables.items() if table}
    return LoadedProject(store, path, header, content_hash(data), reason, notes, counts)
