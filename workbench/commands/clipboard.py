"""Cut, copy, paste: fragments of a project as plain JSON, so that they pass between windows and projects."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson
from pydantic import ValidationError

from workbench.commands.create import fresh_code, place
from workbench.commands.errors import CommandError
from workbench.commands.guards import insert_control
from workbench.model.base import Record
from workbench.model.drawing import Placement
from workbench.model.elements import Control, Element, Guard, Link
from workbench.model.ids import derived_id, new_id
from workbench.model.records import REF_FIELDS, new_record
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction

FORMAT: Final = "hazard-workbench-fragment"
MIME: Final = "application/x-hazard-workbench"
_LARGEST: Final = 64 * 1024 * 1024


def copy(reader: Reader, diagram: str, ids: Iterable[str]) -> bytes:
    """The elements named, the lines between them with the controls on those lines, and where they stand here.

    Evidence is left out: a copy is a new claim, and nobody has measured it.
    """
    chosen: dict[str, Record] = {}
    bars = []
    for id in ids:
        record = reader.get(id)
        if isinstance(record, Element):
            chosen[id] = record
        elif isinstance(record, Guard):
            bars.append(record)
            chosen[record.control] = _expect(reader, record.control)
        elif isinstance(record, Link):
            for end in (record.source, record.target):
                found = reader.get(end)
                if isinstance(found, Element):
                    chosen[end] = found
    links, guards = _between(reader, chosen)
    for guard in guards.values():
        chosen.setdefault(guard.control, _expect(reader, guard.control))
    placements = []
    for id in chosen:
        placement = reader.get(derived_id("placement", diagram, id))
        if isinstance(placement, Placement):
            placements.append(placement)
    for id in guards:
        placement = reader.get(derived_id("placement", diagram, id))
        if isinstance(placement, Placement):
            placements.append(placement)
    records = [*chosen.values(), *links.values(), *guards.values()]
    payload = {
        "format": FORMAT,
        "version": 1,
        "records": [_plain(record) for record in records],
        "placements": [_plain(placement) for placement in placements],
        "bars": [bar.control for bar in bars],
    }
    return orjson.dumps(payload, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def _expect(reader: Reader, id: str) -> Record:
    record = reader.get(id)
    if record is None:
        raise CommandError("Something of the selection no longer exists.")
    return record


def _between(reader: Reader, chosen: dict[str, Record]) -> tuple[dict[str, Link], dict[str, Guard]]:
    """Links with both ends chosen, the guards on them, and links that end in one of those guards."""
    links: dict[str, Link] = {}
    guards: dict[str, Guard] = {}

    def enter(link: Link) -> None:
        links[link.id] = link
        for guard in reader.referrers(link.id, Guard, "subject"):
            guards[guard.id] = guard

    outgoing = [link for id in chosen for link in reader.referrers(id, Link, "source")]
    for link in outgoing:
        if link.target in chosen:
            enter(link)
    for link in outgoing:
        if link.target in guards or any(g.control == link.target for g in guards.values()):
            enter(link)
    return links, guards


def _plain(record: Record) -> dict[str, Any]:
    return {"type": record.TYPE, "id": record.id, "fields": record.model_dump(mode="json", exclude_defaults=True)}


def read_fragment(data: bytes) -> dict[str, Any]:
    """The fragment in ``data``.

    Raises:
        CommandError: it is none, or it is damaged.
    """
    if len(data) > _LARGEST:
        raise CommandError("What is on the clipboard is too large to paste.")
    try:
        payload = orjson.loads(data)
    except orjson.JSONDecodeError:
        payload = None
    if not isinstance(payload, dict) or payload.get("format") != FORMAT:
        raise CommandError("There is nothing on the clipboard that can be pasted here.")
    for key in ("records", "placements", "bars"):
        if not isinstance(payload.get(key), list):
            raise CommandError("What is on the clipboard is damaged; copy it again.")
    return payload


def paste(tx: Transaction, diagram: str, data: bytes, x: float, y: float, *, onto: str | None = None) -> list[str]:
    """Make copies with new ids and codes, centred on a point of a diagram (scene units).

    Args:
        onto: a line that controls from the clipboard are put on.

    Returns:
        Ids of the copies to select.

    Raises:
        CommandError: the clipboard holds nothing that can be pasted.
    """
    payload = read_fragment(data)
    records = _records(payload["records"])
    renamed = {record.id: new_id(record.TYPE) for record in records}
    made: list[str] = []
    for record in sorted(records, key=lambda r: not isinstance(r, Element)):
        copied = _remapped(tx, record, renamed)
        if copied is None:
            continue
        if isinstance(copied, Element):
            copied = copied.replace(code=fresh_code(tx, copied.TYPE))
            made.append(copied.id)
        tx.put(copied)
    _place_copies(tx, diagram, payload, renamed, (x, y))
    return _stand(tx, diagram, made, (x, y), onto)


def duplicate(tx: Transaction, diagram: str, ids: Iterable[str], dx: float, dy: float) -> list[str]:
    """Copies of what is selected, shifted by an offset (scene units)."""
    data = copy(tx, diagram, ids)
    centre = _centre(_placements(read_fragment(data)["placements"]))
    return paste(tx, diagram, data, centre[0] + dx, centre[1] + dy)


def paste_same(tx: Transaction, diagram: str, data: bytes, x: float, y: float, *, onto: str | None = None) -> list[str]:
    """Show the originals on this diagram too, centred on a point; no copies are made.

    Raises:
        CommandError: the originals are not in this project, or all stand here already.
    """
    payload = read_fragment(data)
    wanted = [record.id for record in _records(payload["records"]) if isinstance(record, Element)]
    here = [id for id in wanted if isinstance(tx.get(id), Element)]
    if not here:
        raise CommandError("These elements are not in this project; use Paste to make copies.")
    if onto is not None:
        return [insert_control(tx, onto, id, diagram=diagram) for id in here if tx.find(id, Control)]
    stations = {p.subject: p for p in _placements(payload["placements"])}
    cx, cy = _centre(stations.values())
    placed = []
    for id in here:
        if derived_id("placement", diagram, id) in tx.records or (
            tx.find(id, Control) is not None and tx.referrers(id, Guard, "control") and id not in payload["bars"]
        ):
            continue
        old = stations.get(id)
        offset = (old.x - cx, old.y - cy) if old is not None and old.hangs_on is None else (0.0, 0.0)
        place(tx, diagram, id, x + offset[0], y + offset[1])
        placed.append(id)
    if not placed:
        raise CommandError("These elements stand on this diagram already.")
    return placed


def _records(entries: Iterable[Any]) -> list[Record]:
    try:
        return [new_record(entry["type"], entry["id"], **entry["fields"]) for entry in entries]
    except (KeyError, TypeError, ValidationError) as problem:
        raise CommandError("What is on the clipboard is damaged, or from a newer version.") from problem


def _placements(entries: Iterable[Any]) -> list[Placement]:
    return [record for record in _records(entries) if isinstance(record, Placement)]


def _remapped(tx: Transaction, record: Record, renamed: Mapping[str, str]) -> Record | None:
    """A copy whose references point at copies, or at originals that exist here; None where it cannot stand."""
    changes: dict[str, Any] = {"id": renamed[record.id]}
    for ref in REF_FIELDS[type(record)]:
        value = getattr(record, ref.name)
        if ref.many:
            changes[ref.name] = tuple(t for t in (renamed.get(item, item) for item in value) if _known(tx, t, renamed))
        elif value is not None:
            target = renamed.get(value, value)
            if not _known(tx, target, renamed):
                if ref.on_remove == "cascade":
                    return None
                changes[ref.name] = None
            else:
                changes[ref.name] = target
    return record.replace(**changes)


def _known(tx: Transaction, id: str, renamed: Mapping[str, str]) -> bool:
    return id in tx.records or id in renamed.values()


def _centre(placements: Iterable[Placement]) -> tuple[float, float]:
    own = [p for p in placements if p.station is None and p.hangs_on is None]
    if not own:
        return 0.0, 0.0
    xs, ys = [p.x for p in own], [p.y for p in own]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _place_copies(
    tx: Transaction, diagram: str, payload: Mapping[str, Any], renamed: Mapping[str, str], at: tuple[float, float]
) -> None:
    placements = _placements(payload["placements"])
    cx, cy = _centre(placements)
    for old in placements:
        subject = renamed.get(old.subject)
        if subject is None or subject not in tx.records:
            continue
        bar = renamed.get(old.hangs_on or "")
        hangs = bar if bar in tx.records else None
        free = old.station is None and hangs is None
        tx.put(
            old.replace(
                id=derived_id("placement", diagram, subject),
                diagram=diagram,
                subject=subject,
                hangs_on=hangs,
                x=old.x + at[0] - cx if free else old.x,
                y=old.y + at[1] - cy if free else old.y,
            )
        )


def _stand(tx: Transaction, diagram: str, made: list[str], at: tuple[float, float], onto: str | None) -> list[str]:
    """Every copy stands somewhere: controls on the chosen line, anything else where it was pasted."""
    selected = []
    loose = 0
    for id in made:
        control = tx.find(id, Control)
        if control is not None and tx.referrers(id, Guard, "control"):
            continue
        if control is not None and onto is not None:
            selected.append(insert_control(tx, onto, id, diagram=diagram))
            continue
        if derived_id("placement", diagram, id) not in tx.records:
            place(tx, diagram, id, at[0] + 32.0 * loose, at[1])
            loose += 1
        selected.append(id)
    return selected
