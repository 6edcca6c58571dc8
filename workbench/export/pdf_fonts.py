"""Settles the fonts that Qt embeds in a PDF: two fields of their header table differ from process to process.

Qt fills ``minLeftSideBearing`` and ``minRightSideBearing`` of the ``hhea`` table of some fonts from whatever it has
measured so far. No viewer reads them; here they are 0, and the checksums fit (OpenType 1.9, "The table directory").
"""

import struct
import zlib
from typing import Final

_ENTRY: Final = struct.Struct(">4sIII")
_HEAD_TOTAL: Final = 0xB1B0AFBA
_ADJUSTMENT_AT: Final = 8
_BEARINGS_AT: Final = 12
_MASK: Final = 0xFFFFFFFF


def settled(packed: bytes) -> bytes | None:
    """A deflated TrueType font with the two fields at 0, deflated again; None where ``packed`` is no such font."""
    try:
        font = bytearray(zlib.decompress(packed))
        count = int.from_bytes(font[4:6], "big")
        tables = {}
        for at in range(12, 12 + count * _ENTRY.size, _ENTRY.size):
            tag, _, offset, length = _ENTRY.unpack_from(font, at)
            tables[tag] = (at, offset, length)
        at, offset, length = tables[b"hhea"]
        head = tables[b"head"][1]
        struct.pack_into(">HH", font, offset + _BEARINGS_AT, 0, 0)
        struct.pack_into(">I", font, at + 4, _sum(font[offset : offset + length]))
        struct.pack_into(">I", font, head + _ADJUSTMENT_AT, 0)
        struct.pack_into(">I", font, head + _ADJUSTMENT_AT, (_HEAD_TOTAL - _sum(font)) & _MASK)
    except (zlib.error, struct.error, KeyError):
        return None
    return zlib.compress(bytes(font))


def _sum(data: bytes | bytearray) -> int:
    """The checksum of a table: its 32-bit words added up."""
    padded = bytes(data) + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & _MASK
