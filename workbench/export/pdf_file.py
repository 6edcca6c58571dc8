"""Makes the bytes of a PDF that Qt wrote depend on its content alone, and adds title, authors and bookmarks.

``QPdfWriter`` puts the clock into two places, and the order and the numbers of its font objects hang on a hash seed
that differs from process to process. Here every object is numbered anew in the order in which it is met from the
catalogue, descriptions are written from the project, and the table of offsets is written again. Streams (pages,
fonts) stay as they are.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from workbench.export.errors import ExportError
from workbench.export.pdf_fonts import settled
from workbench.export.pdf_reading import in_reading_order
from workbench.export.svg import escape
from workbench.values import value_type

PRODUCER: Final = "Hazard Workbench"
_REF: Final = re.compile(rb"(?<![\w/])(\d+) 0 R\b")
_ROW: Final = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TAG: Final = re.compile(rb"(/FontName /)[A-Z]{6}\+")
_FONT_FILE: Final = re.compile(rb"/FontFile2 (\d+) 0 R")
_LENGTH: Final = re.compile(rb"/Length \d+ 0 R")
_DAMAGED: Final = "the PDF that Qt wrote has an unexpected shape; export as svg or png instead."


@value_type(frozen=True, slots=True)
class Mark:
    """A bookmark: its words, and the page it leads to, from 0."""

    title: str
    page: int


@value_type(frozen=True, slots=True)
class Description:
    """What a PDF says about itself.

    Attributes:
        time: when the content was last changed; None: nothing says so.
        marks: bookmarks in order.
    """

    title: str
    authors: Sequence[str]
    time: datetime | None
    marks: Sequence[Mark] = ()


def canonical(data: bytes, description: Description, lines: Sequence[str] = ()) -> bytes:
    """The same pages as ``data``, byte for byte the same for the same content.

    Args:
        data: the file as Qt wrote it.
        description: what the file says about itself.
        lines: what stands between marks on the pages, to be put into the order of reading.

    Raises:
        ExportError: the file is not built the way Qt builds it.
    """
    objects, root = _read(data)
    _settle_fonts(objects)
    in_reading_order(objects, lines)
    order = _order(objects, root)
    number = {old: new for new, old in enumerate(order, 1)}

    def renumber(head: bytes) -> bytes:
        return _REF.sub(lambda m: b"%d 0 R" % number[int(m[1])], head)

    bodies = []
    for new, old in enumerate(order, 1):
        head, stream = _split(objects[old])
        bodies.append(_TAG.sub(rb"\g<1>" + _letters(new) + b"+", renumber(head)) + stream)
    pages = [new for new, body in enumerate(bodies, 1) if re.search(rb"/Type /Page\b", _split(body)[0])]
    bodies[0], extra, info = _described(bodies[0], len(bodies) + 1, pages, description)
    return _write([*bodies, *extra], info)


def _read(data: bytes) -> tuple[dict[int, bytes], int]:
    """Every object's text by its number, and the number of the catalogue."""
    end = _START.search(data)
    if end is None:
        raise ExportError(_DAMAGED)
    table = int(end[1])
    trailer = data.find(b"trailer", table)
    rows = _ROW.findall(data, table, trailer)
    starts = {number: int(row[0]) for number, row in enumerate(rows) if row[2] == b"n"}
    edges = [*sorted(starts.values()), table]
    ends = dict(pairwise(edges))
    root = re.search(rb"/Root (\d+) 0 R", data[trailer:])
    objects = {}
    for number, start in starts.items():
        text = data[start : ends[start]].rstrip()
        opening = b"%d 0 obj" % number
        if not (text.startswith(opening) and text.endswith(b"endobj")):
            raise ExportError(_DAMAGED)
        objects[number] = text[len(opening) : -len(b"endobj")].strip(b"\n")
    if root is None or int(root[1]) not in objects:
        raise ExportError(_DAMAGED)
    catalogue = int(root[1])
    objects[catalogue] = re.sub(rb"/Metadata \d+ 0 R\s*", b"", objects[catalogue])
    return objects, catalogue


def _settle_fonts(objects: dict[int, bytes]) -> None:
    for number in {int(found) for body in objects.values() for found in _FONT_FILE.findall(_split(body)[0])}:
        head, stream = _split(objects.get(number, b""))
        packed = settled(stream[len(b"\nstream\n") : -len(b"\nendstream")])
        if packed is not None:
            head = _LENGTH.sub(b"/Length %d" % len(packed), head)
            objects[number] = head + b"\nstream\n" + packed + b"\nendstream"


def _split(body: bytes) -> tuple[bytes, bytes]:
    """An object's dictionary, and its stream if it has one."""
    at = body.find(b"\nstream")
    return (body, b"") if at < 0 else (body[:at], body[at:])


def _order(objects: dict[int, bytes], root: int) -> list[int]:
    """The numbers of the objects in the order in which they are met from the catalogue, each before its parts."""
    order: list[int] = []
    seen = {root}
    waiting = [root]
    while waiting:
        old = waiting.pop()
        order.append(old)
        for found in reversed(_REF.findall(_split(objects[old])[0])):
            target = int(found)
            if target not in objects:
                raise ExportError(_DAMAGED)
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return order


def _letters(number: int) -> bytes:
    """Six letters for a number: the tag of an embedded subset."""
    letters = b""
    for _ in range(6):
        number, digit = divmod(number, 26)
        letters = bytes([ord("A") + digit]) + letters
    return letters


def _string(text: str) -> bytes:
    """A text as a PDF string: UTF-16, in hexadecimal so that nothing in it needs escaping."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"


def _described(
    catalogue: bytes, free: int, pages: Sequence[int], description: Description
) -> tuple[bytes, list[bytes], int]:
    """The catalogue with its new entries, the objects they need numbered from ``free``, the number of the last."""
    xmp = _xmp(description)
    extra = [b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n" % len(xmp) + xmp + b"\nendstream"]
    entries = b"/Metadata %d 0 R\n/ViewerPreferences << /DisplayDocTitle true >>\n" % free
    marks = [mark for mark in description.marks if mark.page < len(pages)]
    if marks:
        outline = free + 1
        first, last = outline + 1, outline + len(marks)
        entries += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % outline
        extra.append(b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first, last, len(marks)))
        for at, mark in enumerate(marks, first):
            beside = b"" if at == first else b" /Prev %d 0 R" % (at - 1)
            beside += b"" if at == last else b" /Next %d 0 R" % (at + 1)
            dest = b" /Parent %d 0 R /Dest [%d 0 R /Fit]" % (outline, pages[mark.page])
            extra.append(b"<< /Title " + _string(mark.title) + dest + beside + b" >>")
    info = b"<<\n/Title " + _string(description.title) + b"\n"
    if description.authors:
        info += b"/Author " + _string("; ".join(description.authors)) + b"\n"
    info += b"/Creator " + _string(PRODUCER) + b"\n/Producer " + _string(PRODUCER) + b"\n"
    if description.time is not None:
        when = b"(D:" + re.sub(r"\D", "", _stamp(description.time)).encode() + b"Z)"
        info += b"/CreationDate " + when + b"\n/ModDate " + when + b"\n"
    extra.append(info + b">>")
    end = catalogue.rindex(b">>")
    return catalogue[:end] + entries + catalogue[end:], extra, free + len(extra) - 1


def _stamp(time: datetime) -> str:
    """A time to the second, without its zone (which is UTC)."""
    return time.replace(tzinfo=None).isoformat(timespec="seconds")


def _xmp(description: Description) -> bytes:
    authors = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in description.authors)
    creator = f"<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>" if authors else ""
    when = ""
    if description.time is not None:
        stamp = _stamp(description.time) + "Z"
        when = f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/">\n'
        "<dc:format>application/pdf</dc:format>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(description.title)}</rdf:li></rdf:Alt></dc:title>'
        f"{creator}<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>{when}\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _write(bodies: Sequence[bytes], info: int) -> bytes:
    """The whole file; the first object is the catalogue."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    key = hashlib.sha256(out).hexdigest()[:32].encode()
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<<\n/Size %d\n/Root 1 0 R\n/Info %d 0 R\n" % (len(bodies) + 1, info)
    out += b"/ID [<%b> <%b>]\n>>\nstartxref\n%d\n%%%%EOF\n" % (key, key, table)
    return bytes(out)
