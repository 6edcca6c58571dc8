"""Small run files made for the tests, in the shapes the tools write."""

import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def header(**changes: Any) -> dict[str, Any]:
    """The header of a finished Inspect log, as version 2 writes it."""
    log: dict[str, Any] = {
        "version": 2,
        "status": "success",
        "eval": {
            "eval_id": "E1",
            "run_id": "R1",
            "created": "2026-03-01T10:00:00+00:00",
            "task": "secure_code",
            "task_version": 3,
            "dataset": {"name": "prompts", "samples": 4, "sample_ids": ["a", "b", "c", "d"]},
            "model": "lab/model-1",
            "config": {"epochs": 1, "epochs_reducer": ["mean"]},
            "revision": {"type": "git", "commit": "abc1234", "dirty": True},
            "packages": {"inspect_ai": "0.3.285"},
        },
        "results": {"total_samples": 4, "completed_samples": 4, "scores": [score_entry("match", 0.5)]},
        "stats": {"started_at": "2026-03-01T10:00:00+00:00", "completed_at": "2026-03-01T10:05:00+00:00"},
    }
    return log | changes


def score_entry(
    scorer: str, value: float, *, name: str = "", reducer: str = "", metric: str = "accuracy", stderr: float = 0.1
) -> dict[str, Any]:
    """One entry of ``results.scores``."""
    entry = {
        "name": name or scorer,
        "scorer": scorer,
        "params": {},
        "metrics": {metric: {"name": metric, "value": value}, "stderr": {"name": "stderr", "value": stderr}},
    }
    return entry | ({"reducer": reducer} if reducer else {})


def row(id: Any, value: Any = None, *, epoch: int = 1, scorer: str = "match", **extra: Any) -> dict[str, Any]:
    """One sample summary."""
    scores = {} if value is None else {scorer: {"value": value, "answer": "x"}}
    return {"id": id, "epoch": epoch, "input": "q", "target": "t", "scores": scores, "completed": True} | extra


def rows(*values: Any) -> list[dict[str, Any]]:
    """Summaries of samples a, b, c … with these values."""
    return [row(chr(ord("a") + index), value) for index, value in enumerate(values)]


def write_eval(
    path: Path,
    log: dict[str, Any] | None,
    samples: Any,
    *,
    method: str = "deflate",
    start: dict[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Path:
    """An ``.eval`` file with ``more`` members; ``log`` None leaves it without header, as after a crash."""
    members: dict[str, bytes] = {"_journal/start.json": text({"version": 2, **(start or {})})}
    if log is not None:
        members["header.json"] = text(log)
    if samples is not None:
        members["summaries.json"] = text(samples)
    members |= {name: value if isinstance(value, bytes) else text(value) for name, value in (more or {}).items()}
    if method == "zstd":
        path.write_bytes(zstd_zip(members))
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def write_json(path: Path, log: dict[str, Any], samples: list[Any] | None = None) -> Path:
    """A ``.json`` log."""
    path.write_bytes(text(log if samples is None else log | {"samples": samples}))
    return path


def write_lines(path: Path, *lines: Any) -> Path:
    """A JSON Lines file."""
    path.write_bytes(b"".join(text(line) + b"\n" for line in lines))
    return path


def text(value: Any) -> bytes:
    """JSON as Python's tools write it, NaN included."""
    return json.dumps(value).encode()


def zstd_zip(members: dict[str, bytes]) -> bytes:
    """A zip whose members are packed by method 93, which ``zipfile`` before Python 3.14 does not write."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zip_of({name: (93, zstd.compress(data), len(data), zlib.crc32(data)) for name, data in members.items()})


def zip_of(members: dict[str, tuple[int, bytes, int, int]]) -> bytes:
    """A zip of members given as (method, packed bytes, size stated, checksum stated): also of lying ones."""
    out = bytearray()
    directory = bytearray()
    for name, (method, packed, size, crc) in members.items():
        raw = name.encode()
        numbers = (20, 0, method, 0, 0, crc, len(packed), size, len(raw), 0)
        directory += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *numbers, 0, 0, 0, 0, len(out)) + raw
        out += struct.pack("<4s5H3L2H", b"PK\x03\x04", *numbers) + raw + packed
    offset, count = len(out), len(members)
    return bytes(out + directory) + struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0
    )
