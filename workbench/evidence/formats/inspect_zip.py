"""Single members of a zip file, read with every size bounded before anything is decompressed.

Not the standard library's ``zipfile``: before Python 3.14 it cannot read zstd members (method 93), which Inspect
writes, and it builds an object for each of the thousands of samples that are never opened. Nothing is ever extracted
to disk, so names in the archive are only compared, never used as paths.
"""

import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from workbench.evidence.intake import MAX_JSON, MIB, open_regular
from workbench.evidence.problems import ImportProblem
from workbench.values import value_type

_END: Final = struct.Struct("<4s4H2LH")
_END64_LOCATOR: Final = struct.Struct("<4sLQL")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_MAX_DIRECTORY: Final = 128 * MIB
_MAX_COMMENT: Final = 65_535
_MAX_RATIO: Final = 1_000
_RATIO_FREE: Final = 4 * MIB
_STORED, _DEFLATED, _ZSTD = 0, 8, 93
_COPY_AGAIN: Final = "copy or download the file again"


@value_type(frozen=True, slots=True)
class Member:
    """One entry of the central directory."""

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    offset: int


class ZipReader:
    """A zip file opened for reading a few of its members.

    Attributes:
        members: the entries whose names were wanted, by name; of two with one name the last.
        count: how many entries there are in all.
        twice: wanted names that stand in the directory more than once.
    """

    def __init__(self, path: Path, wanted: Callable[[bytes], bool]) -> None:
        """Read the central directory.

        Args:
            path: the file.
            wanted: which names to keep, from their raw bytes.

        Raises:
            ImportProblem: no zip, cut off, or its directory is not sound.
        """
        self.path = path
        self.members: dict[str, Member] = {}
        self.count = 0
        self.twice: list[str] = []
        self._file: BinaryIO
        self._file, self._size = open_regular(path)
        try:
            self._read_directory(wanted)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def _broken(self, what: str) -> ImportProblem:
        return ImportProblem(self.path, what, _COPY_AGAIN)

    def _at(self, offset: int, length: int) -> bytes:
        if offset < 0 or length < 0 or offset + length > self._size:
            raise self._broken("is a broken zip file: an entry points outside it")
        self._file.seek(offset)
        data = self._file.read(length)
        if len(data) != length:
            raise self._broken("is cut off")
        return data

    def _locate_directory(self) -> tuple[int, int]:
        """Offset and size of the central directory."""
        tail_size = min(self._size, _MAX_COMMENT + _END.size)
        tail = self._at(self._size - tail_size, tail_size)
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or at + _END.size > len(tail):
            raise self._broken("is a zip file without a directory: it is cut off, or was still being written")
        *_, size, offset, _ = _END.unpack_from(tail, at)
        end = self._size - tail_size + at
        if 0xFFFFFFFF in (size, offset) or tail[at + 8 : at + 12] == b"\xff" * 4:
            signature, _, end64, _ = _END64_LOCATOR.unpack(self._at(end - _END64_LOCATOR.size, _END64_LOCATOR.size))
            record = _END64.unpack(self._at(end64, _END64.size))
            if signature != b"PK\x06\x07" or record[0] != b"PK\x06\x06":
                raise self._broken("is a broken zip file: its large-file directory is not where it should be")
            size, offset = record[8], record[9]
        if size > _MAX_DIRECTORY:
            raise self._broken(f"has a zip directory of {size / MIB:,.0f} MiB, which no run needs")
        return offset, size

    def _read_directory(self, wanted: Callable[[bytes], bool]) -> None:
        offset, size = self._locate_directory()
        data = self._at(offset, size)
        at = 0
        total = 0
        unpack = _ENTRY.unpack_from
        while at + _ENTRY.size <= size:
            entry = unpack(data, at)
            if entry[0] != b"PK\x01\x02":
                break
            start = at + _ENTRY.size
            name = data[start : start + entry[10]]
            at = start + entry[10] + entry[11] + entry[12]
            self.count += 1
            total += entry[9]
            if wanted(name):
                self._keep(name, entry, data[start + entry[10] : start + entry[10] + entry[11]])
        if not self.count:
            raise self._broken("is a zip file without a single entry")
        if total > 1024 * MIB and total > _MAX_RATIO * self._size:
            raise ImportProblem(
                self.path,
                f"would unpack to {total / MIB:,.0f} MiB from {self._size / MIB:,.2f} MiB: a zip bomb, not a run",
                "do not open it",
            )

    def _keep(self, raw: bytes, entry: tuple[int, ...], extra: bytes) -> None:
        name = raw.decode("utf-8", "replace")
        size, packed, offset = entry[9], entry[8], entry[16]
        wide = _zip64_numbers(extra)
        if size == 0xFFFFFFFF:
            size = next(wide, size)
        if packed == 0xFFFFFFFF:
            packed = next(wide, packed)
        if offset == 0xFFFFFFFF:
            offset = next(wide, offset)
        if name in self.members:
            self.twice.append(name)
        self.members[name] = Member(name, entry[4], entry[3], entry[7], packed, size, offset)

    def read(self, name: str) -> bytes:
        """The content of a wanted member.

        Raises:
            KeyError: there is none of that name.
            ImportProblem: it is too large, damaged, encrypted, or packed in a way that is not read.
        """
        member = self.members[name]
        if member.flags & 0x1:
            raise ImportProblem(self.path, f"{name} is encrypted", "write the log without a password")
        if member.size > MAX_JSON:
            raise ImportProblem(
                self.path, f"{name} would unpack to {member.size / MIB:,.0f} MiB", f"{MAX_JSON // MIB} MiB are read"
            )
        ratio = member.size // max(member.packed, 1)
        if member.size > _RATIO_FREE and ratio > _MAX_RATIO:
            raise ImportProblem(
                self.path,
                f"{name} would unpack to {ratio:,} times its size: a zip bomb, not a run",
                "do not open it",
            )
        local = _LOCAL.unpack(self._at(member.offset, _LOCAL.size))
        if local[0] != b"PK\x03\x04":
            raise self._broken(f"is a broken zip file: {name} does not begin where the directory says")
        start = member.offset + _LOCAL.size
        if self._at(start, local[9]).decode("utf-8", "replace") != name:
            raise self._broken(f"is a broken zip file: another entry stands where {name} should be")
        packed = self._at(start + local[9] + local[10], member.packed)
        try:
            data = self._unpack(member, packed)
        except (zlib.error, EOFError, ValueError) as error:
            raise self._broken(f"is damaged in {name} ({error})") from None
        if len(data) != member.size or zlib.crc32(data) != member.crc:
            raise self._broken(f"is damaged in {name}: its checksum does not fit")
        return data

    def _unpack(self, member: Member, packed: bytes) -> bytes:
        """Decompressed bytes, at most one more than the directory promises."""
        if member.method == _STORED:
            return packed
        if member.method == _DEFLATED:
            return zlib.decompressobj(-15).decompress(packed, member.size + 1)
        if member.method == _ZSTD:
            return _unzstd(packed, member.size)
        raise ImportProblem(
            self.path,
            f"{member.name} is packed by zip method {member.method}; 0, 8 (deflate) and 93 (zstd) are read",
            "write the log again with Inspect",
        )


def _zip64_numbers(extra: bytes) -> Iterator[int]:
    """The 64-bit sizes of a zip64 extra field, in order."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            body = extra[at + 4 : at + 4 + length]
            return iter(struct.unpack_from(f"<{len(body) // 8}Q", body))
        at += 4 + length
    return iter(())


def _unzstd(packed: bytes, size: int) -> bytes:
    """Zstandard frames one after another, no more than ``size`` bytes and one.

    Raises:
        ValueError: the frames are damaged.
    """
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - only for logs that are packed so
    else:
        from backports import zstd
    out = bytearray()
    try:
        while packed and len(out) <= size:
            frame = zstd.ZstdDecompressor()
            out += frame.decompress(packed, max_length=size + 1 - len(out))
            if not frame.eof:
                break
            packed = frame.unused_data
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from None
    return bytes(out)
