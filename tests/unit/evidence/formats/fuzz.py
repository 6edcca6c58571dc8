"""Hostile variants of a good run file, and the one promise they are held against."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import importers, read_run

ROUNDS = int(os.environ.get("HAZARD_FUZZ", "0"))
"""Cases of each fuzz test; by default a modest number, so that the suite stays quick."""

SHARED = Path(os.environ.get("HAZARD_SHARED", "")) / "evalruns"
NO_SHARED = not os.environ.get("HAZARD_SHARED") or not SHARED.is_dir()
WHY_NOT = "HAZARD_SHARED does not name the folder with the collected evaluation runs"

WRONG: list[Any] = [
    None,
    True,
    -1,
    0,
    2**70,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "x" * 50,
    "NaN",
    "\ud800",
    [],
    [[]],
    {},
    {"a": 1},
]
"""Values of every type, to be put where another is expected."""

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def rounds(default: int) -> int:
    """How many cases to try."""
    return ROUNDS or default


def holds(path: Path, **options: Any) -> None:
    """Reading gives runs or the one kind of problem, on one line; anything else is a fault."""
    try:
        for imported in read_run(path, **options):
            assert all(doubt.endswith((".", "…")) and "\n" not in doubt for doubt in imported.doubts), imported.doubts
    except ImportProblem as problem:
        assert "\n" not in str(problem)  # noqa: PT017 - either outcome is right


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value, as the keys that lead to it."""
    yield at
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from places(inner, (*at, key))


def with_put(value: Any, at: tuple[Any, ...], new: Any) -> Any:
    """A copy of a JSON value with another value at one place."""
    if not at:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = with_put(value[at[0]], at[1:], new)
    return copy


def mutated(data: bytes, seed: int) -> bytes:
    """The bytes with a few of them changed, dropped, doubled or moved."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        here, length = chance.randrange(len(out) or 1), chance.randint(1, 40)
        kind = chance.randrange(6)
        if kind == 0:
            out[here : here + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del out[here : here + length]
        elif kind == 2:
            out[here:here] = out[here : here + length]
        elif kind == 3:
            out[here:here] = chance.choice([b"null", b"NaN", b"1e999", b"[", b"}", b'"', b"-1", b"9" * 30, b"[[{}]]"])
        elif kind == 4:
            del out[here:]
        else:
            there = chance.randrange(len(out) or 1)
            out[here : here + length] = out[there : there + length]
    return bytes(out)


def wrong_everywhere(path: Path, value: Any, before: bytes = b"", **options: Any) -> None:
    """Try a value of every wrong type at every place of a JSON file; ``before`` are lines that come first."""
    for at in places(value):
        for new in WRONG:
            path.write_bytes(before + json.dumps(with_put(value, at, new)).encode())
            holds(path, **options)


def broken_variants(path: Path, good: bytes, **options: Any) -> None:
    """Cut-off, empty-looking, deeply nested and oversized variants of a file."""
    variants = [good[: len(good) * part // 16] for part in range(1, 16)]
    variants += [b"{}", b"[]", b"[{}]", b"null", b"\xff\xfe" + good, b"\x00" * 64, good + good, good + b"]"]
    variants += [good.replace(b":", b":" + b"[" * 3_000 + b"]" * 3_000 + b",", 1), good.replace(b":", b":1e999,", 1)]
    variants += [b'{"eval":' * 50_000, b"[" * 200_000, good.replace(b"1", b"9" * 5_000, 1)]
    for variant in variants:
        path.write_bytes(variant or b" ")
        holds(path, **options)


def claims(path: Path) -> dict[str, int]:
    """How sure each importer is of a file; left out are those that say it is none of theirs, or take any table."""
    from workbench.evidence.imported import ReadOptions
    from workbench.evidence.intake import read_head

    scores = {importer.name: importer.sniff(read_head(path), path, ReadOptions()) for importer in importers()}
    return {name: score for name, score in scores.items() if score >= 20}
