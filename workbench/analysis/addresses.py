"""Addresses in what people typed: which of them may be opened, what exactly would be opened, and where it leads.

Nothing is opened here. An address is opened only by a person who has seen all of it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, urlsplit

from workbench.model.base import Record
from workbench.model.elements import Element, Guard
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.reader import Reader
from workbench.values import value_type

ALLOWED: Final = ("http", "https", "mailto")
_MOST: Final = 50
"""Addresses that are offered at once, and things selected that are looked at."""
_LONGEST: Final = 2_000
_FOUND: Final = r"(?i)\b[a-z][a-z0-9+.-]{0,30}://\S+|\b(?:mailto|javascript|data|vbscript|file|tel|ms-[a-z]+):\S+"
"""As text: compiled when first used, which is after the start."""
_TRAILING: Final = ".,;:!?'\"»”’"
_PLAIN: Final = "!$&'()*+,;=:@-._~/?%"
_LONE_PERCENT: Final = "%(?![0-9A-Fa-f]{2})"
_MAIL: Final = r"[^@\s/?#]+@[^@\s/?#]+\.[^@\s/?#]+"


@value_type(frozen=True, slots=True)
class Address:
    """One address.

    Attributes:
        text: as it was typed.
        target: what would be opened, whole and in plain ASCII; empty where it may not be opened.
        host: where that leads, as it stands in the target: a host, or for mail who gets it.
        remarks: what a reader may overlook, a sentence each.
        refused: why it may not be opened, a sentence; empty where it may.
    """

    text: str
    target: str = ""
    host: str = ""
    remarks: tuple[str, ...] = ()
    refused: str = ""


def addresses_of(reader: Reader, ids: Iterable[str]) -> tuple[Address, ...]:
    """The addresses in the references of elements and in the sources of runs, of records and of claims on runs."""
    found: dict[str, None] = {}
    for place, id in enumerate(ids):
        record = reader.get(id)
        if record is None or place >= _MOST:
            continue
        for text in _texts(reader, record):
            found.update(dict.fromkeys(found_in(text)))
    return tuple(address(text) for text in list(found)[:_MOST])


def _texts(reader: Reader, record: Record) -> Iterator[str]:
    if isinstance(record, Guard):
        control = reader.get(record.control)
        if control is not None:
            yield from _texts(reader, control)
    elif isinstance(record, Element):
        yield from record.references
    elif isinstance(record, Run):
        yield from (record.source.path, record.source.repository_path)
    elif isinstance(record, Evidence) and record.metric is not None:
        metric = reader.get(record.metric)
        run = reader.get(metric.run) if isinstance(metric, Metric) else None
        if run is not None:
            yield from _texts(reader, run)


def any_address(reader: Reader, ids: Iterable[str]) -> bool:
    """Whether ``addresses_of`` would find one; asked whenever something is selected."""
    records = (reader.get(id) for _, id in zip(range(_MOST), ids, strict=False))
    return any(
        ":" in text and found_in(text) for record in records if record is not None for text in _texts(reader, record)
    )


def found_in(text: str) -> list[str]:
    """What in a text looks like an address; a sentence's full stop behind it is none of it."""
    found = []
    for match in re.finditer(_FOUND, text):
        one = match[0].rstrip(_TRAILING)
        if one.endswith(")") and one.count(")") > one.count("("):
            one = one[:-1]
        found.append(one)
    return found


def address(text: str) -> Address:
    """What opening an address would open, or why it may not be."""
    scheme, _, rest = text.partition(":")
    scheme = scheme.lower()
    if scheme not in ALLOWED:
        return Address(text, refused=f"Only http, https and mailto addresses are opened, and this one is {scheme}.")
    if len(text) > _LONGEST:
        return Address(text, refused=f"It has {len(text):,} characters; at most {_LONGEST:,} are opened.")
    if any(ord(char) < 32 or char in "\x7f\\" or "\ud800" <= char <= "\udfff" for char in text):
        return Address(text, refused="It holds a character that no address has, such as a control character or \\.")
    return _mail(text, rest) if scheme == "mailto" else _web(text, scheme)


def _mail(text: str, rest: str) -> Address:
    to, _, query = rest.partition("?")
    if not re.fullmatch(_MAIL, to):
        return Address(text, refused="It names nobody who could get the mail.")
    remarks = ["It fills in more of the mail than who gets it."] if query else []
    target = f"mailto:{_quoted(rest)}"
    return Address(text, target, _quoted(to), (*remarks, *_unlike(text, target)))


def _web(text: str, scheme: str) -> Address:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return Address(text, refused="Its host cannot be read.")
    plain = _ascii(host)
    if not plain:
        return Address(text, refused="It names no host that there can be.")
    remarks = []
    if plain.startswith("xn--") or ".xn--" in plain:
        remarks.append(f"The host is written in letters that may look like others: {_letters(plain)}.")
    if "@" in parts.netloc:
        remarks.append(f"What stands before the @ is a name, not a host: this leads to {plain}.")
    if scheme == "http":
        remarks.append("The connection is not encrypted (http).")
    bare = f"[{plain}]" if ":" in plain else plain
    where = f"{bare}:{port}" if port is not None else bare
    user = f"{_quoted(parts.netloc.rpartition('@')[0])}@" if "@" in parts.netloc else ""
    after = text.partition("://")[2][len(parts.netloc) :]
    before, mark, fragment = after.partition("#")
    target = f"{scheme}://{user}{where}{_quoted(before)}{mark}{_quoted(fragment)}"
    return Address(text, target, where, (*remarks, *_unlike(text, target)))


def _quoted(text: str) -> str:
    return quote(re.sub(_LONE_PERCENT, "%25", text), safe=_PLAIN)


def _unlike(text: str, target: str) -> list[str]:
    return [] if text.isascii() or text == target else ["Other letters than plain ones are spelled with % in it."]


def _ascii(host: str) -> str:
    """A host name as the network spells it; empty where it is none."""
    if re.fullmatch(r"[0-9a-f:.]+", host) and ":" in host:
        return host
    try:
        plain = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return plain if re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", plain) and ".." not in plain else ""


def _letters(host: str) -> str:
    """The letters a host name stands for."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
