"""Small files to begin from: projects with a record of every type there is, and runs of every format."""

import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tests.faults.edits import Editor, small_project
from workbench.files.canonical import canonical_bytes
from workbench.files.project import load_project
from workbench.model.base import Record
from workbench.model.records import references
from workbench.paths import sample

LARGEST = 60_000
"""Bytes a seed may have: most of a fuzzer's time should not go into copying."""


def one_of_each(count: int = 1) -> dict[str, Record]:
    """Records of the large sample: some of every type, and whatever these refer to."""
    records = load_project(sample("code-synthesis-llm.hazard.json")).store.records
    chosen: dict[str, Record] = {}
    seen: dict[type[Record], int] = {}
    for record in records.values():
        if seen.get(type(record), 0) < count:
            seen[type(record)] = seen.get(type(record), 0) + 1
            waiting = [record]
            while waiting:
                one = waiting.pop()
                if one.id not in chosen:
                    chosen[one.id] = one
                    waiting += [records[target] for _, target in references(one)]
    return chosen


@cache
def sample_data(count: int = 1) -> str:
    """The same as the text of a project."""
    return canonical_bytes(one_of_each(count).values()).decode()


def project_seeds() -> list[bytes]:
    """Projects: hand-made small ones, the small sample, one with every type of record; and the last without lines."""
    small = [canonical_bytes(Editor(small_project(number), number).edit(5).values()) for number in range(6)]
    whole = sample_data().encode()
    return [*small, sample("autonomous-mower.hazard.json").read_bytes(), whole, json.dumps(json.loads(whole)).encode()]


def versioned_seeds() -> list[bytes]:
    """The same without a version: the one who reads them gives it."""
    seeds = []
    for data in project_seeds():
        raw: dict[str, Any] = json.loads(data)
        seeds.append(json.dumps({"x_later": {"a": [1]}, "records": raw["records"]}).encode())
    return seeds


def merge_seeds() -> Iterable[bytes]:
    """Three versions of small projects."""
    for number in range(12):
        base = small_project(number)
        sides = {"base": base, "ours": Editor(base, number).edit(4), "theirs": Editor(base, number + 99).edit(4)}
        yield json.dumps({name: json.loads(canonical_bytes(side.values())) for name, side in sides.items()}).encode()


RUNS: dict[str, bytes] = {
    "human-eval": b'{"task_id": "a/0", "passed": true, "result": "passed"}\n{"task_id": "a/1", "passed": false}\n',
    "junit": b'<testsuite tests="2" failures="1"><testcase classname="c" name="a"/><testcase name="b"><failure '
    b'message="m"/></testcase></testsuite>',
    "table": b"task,ok\na,1\nb,0\nc,\n",
    "bandit": b'{"errors": [], "generated_at": "2026-01-01T00:00:00Z", "metrics": {"_totals": {"loc": 10}, "a.py": '
    b'{"loc": 10}}, "results": [{"filename": "a.py", "issue_severity": "HIGH", "test_id": "B102"}]}',
}
"""The least a file of some formats holds."""

OPTIONS: dict[str, dict[str, Any]] = {
    "table": {"profile": {"columns": {"item": "task"}, "metrics": [{"passed": "ok"}]}}
}


def importer_seeds(name: str) -> tuple[list[bytes], str, dict[str, Any]]:
    """Run files of one format, the ending of their names and how they are read.

    Real files are taken from the reference material where ``HAZARD_SHARED`` names its folder.
    """
    from workbench.evidence.imported import ReadOptions
    from workbench.evidence.intake import read_head
    from workbench.evidence.reading import importers

    options = OPTIONS.get(name, {})
    found = [RUNS[name]] if name in RUNS else []
    ending = ".csv" if name == "table" else ""
    folder = Path(os.environ.get("HAZARD_SHARED", "/nowhere")) / "evalruns"
    known = importers()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and 0 < path.stat().st_size <= LARGEST:
            head = read_head(path)
            scores = {one.name: one.sniff(head, path, ReadOptions()) for one in known}
            if max(scores, key=scores.__getitem__) == name and scores[name]:
                found.append(path.read_bytes())
                ending = ending or path.suffix
    return found or [b"{}"], ending, options
