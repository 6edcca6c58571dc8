"""Files of a newer minor version: what this program does not know comes through open, edit and save unchanged.

``python -m tests.faults.newer [--start 0] [--count 10000]`` resumes from any number; a file is its number.
"""

import argparse
import json
import random
import sys
import time
from functools import cache
from typing import Any

from tests.faults.edits import Editor, Records, small_project
from tests.faults.seeds import one_of_each
from workbench.files.canonical import canonical_bytes
from workbench.files.project import load_bytes
from workbench.model.records import CLASS_OF

WORDS = ("x_later", "größe", "数据", "id_", "field with blanks", "a.b", "$ref", "__class__", "model_config", "\u202ex")
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**53 + 1, 2**70, -(2**80), 0.1, 1e-300, 1e300, -0.5, "", "text", "<b>", "a\nb\tc", "\0",
    "\u2028", "é" * 300, [], {}, [[]], [None, {"deep": [1, {"er": "x"}]}], {"id": "not an id", "kind": {"a": [1.5]}},
)  # fmt: skip

WRITTEN_ANEW = ("assessment", "evidence", "risk_scheme", "odd_category", "odd_consideration")
"""Types of which the random edits make new records under ids that may be, or were, there."""


def additions(rng: random.Random) -> dict[str, Any]:
    """Fields of a version to come."""
    chosen = rng.sample(WORDS, rng.randint(1, 3))
    return {name: rng.choice(VALUES) for name in chosen}


@cache
def part_fields() -> dict[str, set[str]]:
    """By record type: fields that hold one part, which keeps what it does not know."""
    from pydantic import BaseModel

    from tests.faults.hostile import _models

    found: dict[str, set[str]] = {}
    for kind, cls in CLASS_OF.items():
        for name, info in cls.model_fields.items():
            if any(issubclass(part, BaseModel) for part in _models(info.annotation)):
                found.setdefault(kind, set()).add(name)
    return found


@cache
def _large() -> Records:
    return one_of_each()


def newer_file(number: int) -> dict[str, Any]:
    """A document as a later minor version would write it."""
    rng = random.Random(number)
    records = _large() if number % 20 == 0 else Editor(small_project(number % 300), number).edit(3)
    data: dict[str, Any] = json.loads(canonical_bytes(records.values()))
    for kind, table in data["records"].items():
        for fields in table.values():
            if rng.random() < 0.5:
                fields.update(additions(rng))
            for name in sorted(part_fields().get(kind, set()) & fields.keys()):
                parts = fields[name] if isinstance(fields[name], list) else [fields[name]]
                for part in parts:
                    if isinstance(part, dict) and rng.random() < 0.5:
                        part.update(additions(rng))
    for place in range(rng.randint(0, 3)):
        kind = rng.choice(("treatment", "Zukunft", "x y", "causes", "record_type"))
        table = data["records"].setdefault(f"{kind}{place}", {})
        table |= {f"{kind}{place}_{key}": additions(rng) | {"id": "x"} for key in range(rng.randint(1, 3))}
    data |= additions(rng)
    data["version"] = {"major": 1, "minor": rng.choice((1, 2, 77, 2**40)), **additions(rng)}
    return data


Place = tuple[Any, ...]


def unknown(data: dict[str, Any]) -> dict[Place, Any]:
    """Everything in a document that this version does not know, by where it stands."""
    found: dict[Place, Any] = {}
    for name, value in data.items():
        if name not in ("format", "records", "version"):
            found[("", name)] = value
    found[("version",)] = data["version"]
    for kind, table in data["records"].items():
        for key, fields in table.items():
            if kind not in CLASS_OF:
                found[(kind, key)] = fields
                continue
            model = CLASS_OF[kind].model_fields
            for name, value in fields.items():
                if name not in model:
                    found[(kind, key, name)] = value
                elif name in part_fields().get(kind, ()):
                    for place, part in enumerate(value if isinstance(value, list) else [value]):
                        extra = {word: part[word] for word in WORDS if isinstance(part, dict) and word in part}
                        if extra:
                            found[(kind, key, name, place)] = extra
    return found


def check(number: int) -> int:
    """Open, edit, save, open again; how many unknown things came through. Raises AssertionError where one did not."""
    data = newer_file(number)
    loaded = load_bytes(json.dumps(data).encode())
    assert not loaded.read_only
    written = canonical_bytes(loaded.store.records.values(), loaded.header)
    before = unknown(data)
    assert same(unknown(json.loads(written)), before), "saving alone changes what is not known"
    edited = Editor(dict(loaded.store.records), 10**9 + number).edit(1 + number % 6)  # other ids than before
    saved = json.loads(canonical_bytes(edited.values(), loaded.header))
    after = unknown(saved)
    known = {key for table in saved["records"].values() for key in table}
    for place, value in before.items():
        if place[0] in CLASS_OF and place[1] not in known:
            continue  # the edit removed the record
        if place[0] in WRITTEN_ANEW and place not in after:
            continue  # the edit put another record in its place
        if len(place) > 3 and place not in after:
            kind, key, name, _ = place
            assert saved["records"][kind][key].get(name) != data["records"][kind][key].get(name), place
            continue  # the edit put another part in its place
        assert place in after, f"{place} is gone"
        assert same(after[place], value), f"{place} is another"
    again = load_bytes(canonical_bytes(edited.values(), loaded.header))
    assert again.header == loaded.header
    assert dict(again.store.records) == edited, "it reads back otherwise"
    return len(before)


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same type all through: 1 is not true and not 1.0."""
    return repr(one) == repr(other) or _text(one) == _text(other)


def _text(value: Any) -> Any:
    """Places of a document are no JSON keys."""
    if isinstance(value, dict):
        return sorted((repr(key), _text(item)) for key, item in value.items())
    return [_text(item) for item in value] if isinstance(value, list) else repr(value)


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0)
    options = parser.parse_args()
    began, things = time.perf_counter(), 0
    for number in range(options.start, options.start + options.count):
        try:
            things += check(number)
        except AssertionError as error:
            sys.stdout.write(f"file {number}: {error}\n")
            return 1
        if number % 500 == 499:
            told = f"{number + 1} files, {things} unknown fields and records kept, {time.perf_counter() - began:.0f} s"
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
