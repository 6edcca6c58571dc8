"""Hostile project files: every kind of attack in every type of field, in every text at once, and on the structure.

Each opens and can be drawn, checked, written as a log and saved, or is refused with one plain line; within two seconds
of the processor and 512 MiB, and without reading anything else, a socket or another program. As a script, all of them:

``python -m tests.faults.hostile [--start 0] [--count N]`` resumes from any number; a file is its number.
``--write DIR`` writes the files instead, to be looked at.
"""

import argparse
import copy
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, get_args, get_origin
from xml.etree import ElementTree as ET

from pydantic import BaseModel

from tests.faults.audit import Watch
from tests.faults.fuzz import say
from tests.faults.mutations import ATTACKS, DEEP, MILLION, text_of
from tests.faults.seeds import sample_data
from workbench.model.records import CLASS_OF

SECONDS = 2.0
MEMORY = 512 * 2**20
BATCH = 100
_TEXTS = tuple(name for name, value in ATTACKS.items() if isinstance(value, str) and value != DEEP)
_DRAWN = {"svg", "title", "desc", "defs", "style", "g", "path", "rect", "ellipse", "circle", "line", "polygon"}
_DRAWN |= {"polyline", "text", "tspan", "clipPath", "linearGradient", "stop", "pattern", "marker", "use", "metadata"}
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

Case = tuple[str, Callable[[], bytes]]


def _document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sample_data())
    return found


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Parts of records inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


@cache
def field_types() -> dict[str, tuple[str, ...]]:
    """A path to one field of every type there is: record type, field, and fields of parts."""
    found: dict[str, tuple[str, ...]] = {}
    present = _document()["records"]
    for kind in present.keys() & CLASS_OF.keys():
        waiting: list[tuple[tuple[str, ...], type[BaseModel]]] = [((kind,), CLASS_OF[kind])]
        while waiting:
            path, cls = waiting.pop()
            for name, info in cls.model_fields.items():
                if name == "id" or len(path) > 3:
                    continue
                what = f"{info.annotation} {info.metadata}"
                if what not in found or (*path, name) < found[what]:
                    found[what] = (*path, name)
                waiting += [((*path, name), part) for part in _models(info.annotation)]
    return found


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Put a value into a field of the first record of a type; parts are made where they are missing."""
    kind, *inner, name = path
    holder = next(iter(data["records"][kind].values()))
    cls: Any = CLASS_OF[kind]
    for step in inner:
        annotation = cls.model_fields[step].annotation
        cls = next(_models(annotation))
        listed = get_origin(annotation) is tuple
        holder[step] = [holder[step][0] if holder.get(step) else {}] if listed else holder.get(step) or {}
        holder = holder[step][0] if listed else holder[step]
    holder[name] = value


def _everywhere(value: Any, text: str) -> Any:
    """Every text of the records but for ids and words the model chooses from."""
    if isinstance(value, dict):
        return {key: _everywhere(item, text) if key not in _KEPT else item for key, item in value.items()}
    if isinstance(value, list):
        return value
    return text[:1_900] if isinstance(value, str) and (" " in value or value.istitle()) else value


_KEPT = {"subject", "source", "target", "order", "status", "kind", "notation", "colour", "at", "date", "path", "cells"}


def _cases() -> Iterator[Case]:
    for attack, value in ATTACKS.items():
        for what, path in sorted(field_types().items()):
            yield f"{attack} in {'.'.join(path)} ({what[:40]})", partial(_with_field, path, value)
    for attack in _TEXTS:
        yield f"{attack} in every text", partial(_in_every_text, ATTACKS[attack])
        yield f"{attack} as an id", partial(_renamed, ATTACKS[attack])
        yield f"{attack} as a record type", partial(_with_table, ATTACKS[attack])
        yield f"{attack} as an unknown field", partial(_with_unknown, ATTACKS[attack])
    yield from STRUCTURE.items()


def _with_field(path: tuple[str, ...], value: Any) -> bytes:
    data = _document()
    _put(data, path, copy.deepcopy(value))
    return text_of(data)


def _in_every_text(text: str) -> bytes:
    return text_of(_everywhere(_document(), text))


def _renamed(id: str) -> bytes:
    return sample_data().replace(json.dumps(next(iter(_document()["records"]["cause"]))), json.dumps(id)).encode()


def _with_table(kind: str) -> bytes:
    data = _document()
    data["records"][kind] = {"x_1": {"title": kind}}
    return text_of(data)


def _with_unknown(text: str) -> bytes:
    data = _document()
    for table in data["records"].values():
        for fields in table.values():
            fields["x_more"] = {"x_text": text[:20_000]}
    data[text[:1_000]] = text[:1_000]
    return text_of(data)


def _many(kind: str, count: int, **fields: Any) -> bytes:
    data = _document()
    data["records"].setdefault(kind, {}).update({f"x_{number}": dict(fields) for number in range(count)})
    return text_of(data)


def _cycle() -> bytes:
    data = _document()
    ids = [f"c_x{number}" for number in range(200)]
    data["records"]["cause"].update({key: {"title": key} for key in ids})
    ends = zip(ids, [*ids[1:], ids[0]], strict=True)
    data["records"]["link"].update({f"l_{a}": {"source": a, "target": b} for a, b in ends})
    diagram = next(iter(data["records"]["diagram"]))
    for number, key in enumerate(ids):
        where = {"diagram": diagram, "subject": key, "x": 1e6 * (-1) ** number, "y": -1e6}
        data["records"]["placement"][f"pl_{key}"] = where
    return text_of(data)


STRUCTURE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one bracket a hundred thousand times": lambda: b"[" * 100_000,
    "objects without end": lambda: b'{"a":' * 100_000,
    "a million keys": lambda: b"{" + b",".join(b'"k%d":0' % number for number in range(MILLION)) + b"}",
    "the same key a hundred thousand times": lambda: b'{"a":0' + b',"a":0' * 100_000 + b"}",
    "one text of ten million letters": lambda: b'{"a":"' + b"x" * 10_000_000 + b'"}',
    "digits without end": lambda: b'{"a":' + b"9" * MILLION + b"}",
    "digits behind the point": lambda: b'{"a":0.' + b"1" * MILLION + b"}",
    "an exponent without end": lambda: b'{"a":1e' + b"9" * 100_000 + b"}",
    "blanks without end": lambda: b" " * 10_000_000 + b"{}",
    "backslashes": lambda: b'{"a":"' + b"\\\\" * MILLION + b"}",
    "quotes": lambda: b'"' * MILLION,
    "utf-16": lambda: sample_data().encode("utf-16"),
    "bytes that are no text": lambda: bytes(range(256)) * 1_000,
    "null bytes": lambda: bytes(MILLION),
    "a byte order mark in the middle": lambda: sample_data().replace('"records"', '\ufeff"records"', 1).encode(),
    "a zip": lambda: b"PK\x03\x04" + bytes(1_000),
    "everything on one line": lambda: json.dumps(_document()).encode(),
    "everything twice": lambda: sample_data().encode() * 2,
    "a version of its own": lambda: sample_data().replace('"major": 1', '"major": 99999999999999999999').encode(),
    "a minor of its own": lambda: sample_data().replace('"minor": 0', '"minor": 99999999999999999999').encode(),
    "a negative version": lambda: sample_data().replace('"minor": 0', '"minor": -1').encode(),
    "ten thousand causes": lambda: _many("cause", 10_000, title="x"),
    "twenty thousand records of no known type": lambda: _many("zzz", 20_000, title="x"),
    "two thousand hazards tagged a hundred times": lambda: _many("hazard", 2_000, tags=["x"] * 100),
    "a loop of two hundred causes at the ends of the world": _cycle,
}
"""What is done to the file as a whole."""


@cache
def cases() -> tuple[Case, ...]:
    """Every hostile file by its number: its name, and how it is made."""
    return tuple(_cases())


def try_one(data: bytes) -> str:
    """Open a hostile file and do with it what a user would; how it ended. Raises AssertionError where it does harm."""
    from workbench.files.errors import ProjectFileError
    from workbench.files.project import load_bytes

    began = time.process_time()
    try:
        loaded = load_bytes(data, "the file")
    except ProjectFileError as error:
        message = str(error)
        assert message.isprintable(), f"the message is no plain line: {message!r}"
        assert len(message) < 600, f"a message of {len(message)} characters"
        _in_time(began, "refusing")
        return "refused"
    _in_time(began, "opening")
    _draw(loaded.store)
    _use(loaded)
    return "opened"


def _in_time(began: float, what: str, times: int = 1) -> None:
    taken = time.process_time() - began
    assert taken < times * SECONDS, f"{what} took {taken:.1f} s"


def _draw(store: Any) -> None:
    from workbench.export.api import render_bytes
    from workbench.export.errors import ExportError
    from workbench.export.options import ExportOptions

    began = time.process_time()
    try:
        drawn = render_bytes(store, options=ExportOptions(format="svg", furniture=True))
    except ExportError:  # no diagram
        return
    _in_time(began, "drawing")
    top = ET.fromstring(drawn)
    for element in top.iter():
        name = element.tag.rpartition("}")[2]
        assert (
            name in _DRAWN or not name[:1].isalpha() or element.tag.startswith("{http://purl") or "rdf" in element.tag
        ), name
        assert not any(key.rpartition("}")[2].startswith(("on", "href")) for key in element.attrib), element.attrib
        assert not set(element.text or "") & set(_BIDI), f"a mark that turns the text: {element.text!r}"


def _use(loaded: Any) -> None:
    from workbench.analysis.lint.linter import check
    from workbench.export.log_csv import write_csv
    from workbench.export.log_sheet import log_sheet
    from workbench.files.canonical import canonical_bytes
    from workbench.files.project import load_bytes

    began = time.process_time()
    check(loaded.store)
    _in_time(began, "checking", 5)  # the window does it in slices, after the first picture
    began = time.process_time()
    write_csv(log_sheet(loaded.store), mark=False)
    _in_time(began, "the log")
    if not loaded.read_only:
        again = load_bytes(canonical_bytes(loaded.store.records.values(), loaded.header))
        assert dict(again.store.records) == dict(loaded.store.records), "it is saved as something else"


def peak_memory() -> int:
    """MiB this program has had at most. ``getrusage`` tells what the process had that it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def work(start: int, stop: int, step: int) -> None:
    """The child: a line for every file, and limits that end it."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try_one(sample_data().encode())  # libraries and fonts are loaded
    watch = Watch()
    for number in range(start, stop, step):
        data = cases()[number][1]()
        began = time.process_time()
        watch.clear()
        try:
            outcome, problem = try_one(data), ""
            assert not watch.seen, f"it reached for {watch.seen[:3]}"
        except Exception as error:  # whatever else leaves the loader is what this looks for
            outcome, problem = "failed", f"{type(error).__name__}: {error}"[:500]
        taken, peak = time.process_time() - began, peak_memory()
        sys.stdout.write(json.dumps([number, outcome, round(taken, 2), peak, problem]) + "\n")
        sys.stdout.flush()


def run(start: int, stop: int, step: int = 1, tell: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Try files in children; what became of them, and everything that was wrong."""
    told: dict[str, Any] = {"opened": 0, "refused": 0, "slowest": 0.0, "memory": 0, "wrong": []}
    at = start
    while at < stop:
        end = min(at + BATCH * step, stop)
        numbers = f"{at}:{end}:{step}"
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.hostile", "--worker", numbers],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        done = at - step
        assert child.stdout is not None
        for line in child.stdout:
            done, outcome, taken, peak, problem = json.loads(line)
            told[outcome] = told.get(outcome, 0) + 1
            told["slowest"], told["memory"] = max(told["slowest"], taken), max(told["memory"], peak)
            if problem:
                told["wrong"].append(f"{done} {cases()[done][0]}: {problem}")
                tell(told["wrong"][-1])
        child.stdout.close()
        if child.wait() != 0:
            done += step
            told["wrong"].append(f"{done} {cases()[done][0]}: the program ended with {child.returncode}")
            tell(told["wrong"][-1])
        at = done + step
        tell(f"{at} of {stop}: " + ", ".join(f"{key} {value}" for key, value in told.items() if key != "wrong"))
    return told


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--count", type=int, default=len(cases()))
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--worker")
    options = parser.parse_args()
    if options.worker:
        start, stop, step = map(int, options.worker.split(":"))
        work(start, stop, step)
        return 0
    stop = min(options.start + options.count, len(cases()))
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for number in range(options.start, stop, options.step):
            (options.write / f"{number:04}.hazard.json").write_bytes(cases()[number][1]())
        return 0
    told = run(options.start, stop, options.step, say)
    return int(bool(told["wrong"]))


if __name__ == "__main__":
    sys.exit(main())
