"""The samples files of lm-evaluation-harness: one row for each document and filter, with the score of each metric."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.reported import check_lines, line_of, score_of
from workbench.evidence.intake import Watch, json_lines, list_of, object_of, read_json
from workbench.evidence.items import MAX_STRATA, Item, ItemState
from workbench.evidence.problems import ImportProblem

_KNOWN: Final = frozenset(
    [
        "doc_id",
        "doc",
        "target",
        "arguments",
        "resps",
        "filtered_resps",
        "filter",
        "metrics",
        "doc_hash",
        "prompt_hash",
        "target_hash",
    ]
)
_GROUPS: Final = frozenset(
    [
        "category",
        "subcategory",
        "subject",
        "level",
        "difficulty",
        "type",
        "domain",
        "topic",
        "language",
        "lang",
        "cwe",
        "cwe_id",
        "subset",
        "severity",
    ]
)
"""Fields of a document that name a group it belongs to; others are questions and answers."""
_NAMED: Final = re.compile(r"samples_(?P<task>.+?)_(?P<stamp>\d{4}-\d\d-\d\dT[\d.+-]+)\.jsonl?", re.DOTALL)
_STAMP: Final = re.compile(r"_(\d{4}-\d\d-\d\dT[\d.+-]+)\.json")
NO_FILTER: Final = "none"
MAX_ROWS: Final = 300_000
_MAX_VALUES: Final = 600_000
_MAX_COLUMNS: Final = 400
_NO_METRIC: Final = "bypass"

Column = tuple[str, str]
"""A metric's name and its filter's."""


@dataclass(slots=True)
class Samples:
    """What a samples file says.

    Attributes:
        columns: the items of each metric and filter.
        shaped: metrics whose values are no numbers, because the tool makes them up over all documents at once.
        rows: rows read; ``documents`` are distinct ones.
        twice: rows that repeat a document under the same filter.
        silent: rows whose answers are all empty.
        malformed: rows that are no objects or name no document.
        unnamed: rows that name no filter, though documents come several times.
        digest: the hash that the results file holds of the same rows; empty where the rows lack their parts.
    """

    columns: dict[Column, list[Item]] = field(default_factory=dict)
    shaped: set[Column] = field(default_factory=set)
    rows: int = 0
    documents: set[str] = field(default_factory=set)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    twice: int = 0
    silent: int = 0
    malformed: int = 0
    unnamed: bool = False
    crowded: bool = False
    digest: str = ""


def read_samples(path: Path, watch: Watch) -> Samples:
    """The rows of a samples file, JSON Lines or (up to version 0.4.2) one JSON list.

    Raises:
        ImportProblem: it is broken, too large, or has no row with a document.
        Cancelled: the user asked to stop.
    """
    samples = Samples()
    digest: Any = hashlib.sha256()
    values = 0
    for row in _rows(path, watch):
        document = line_of(row.get("doc_id")) if isinstance(row, dict) else ""
        if not document:
            samples.malformed += 1
            continue
        values += _take(samples, row, document)
        if values > _MAX_VALUES or samples.rows > MAX_ROWS:
            raise ImportProblem(path, f"holds more than {MAX_ROWS:,} rows or {_MAX_VALUES:,} scores", "split it")
        parts = [row.get(name) for name in ("doc_hash", "prompt_hash", "target_hash")]
        if digest is not None and all(isinstance(part, str) for part in parts):
            digest.update("".join(parts).encode("utf-8", "replace"))
        else:
            digest = None
    if not samples.rows:
        raise ImportProblem(path, "has no row with a document", "check what wrote the file")
    samples.digest = digest.hexdigest() if digest is not None else ""
    _drop_ids(samples)
    return samples


def _rows(path: Path, watch: Watch) -> Iterator[Any]:
    with path.open("rb") as file:
        first = file.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"[":
        yield from list_of(read_json(path))[: MAX_ROWS + 1]
    else:
        check_lines(path, MAX_ROWS)
        for _, row in json_lines(path, watch):
            yield row


def _take(samples: Samples, row: dict[str, Any], document: str) -> int:
    """Sort one row's scores into columns; how many there were."""
    samples.rows += 1
    samples.documents.add(document)
    name = line_of(row.get("filter"), 100)
    key = (document, name)
    if key in samples.seen:
        samples.twice += 1
    samples.seen[key] += 1
    if not name:
        again = samples.seen[key]
        samples.unnamed = samples.unnamed or again > 1
        name = NO_FILTER if again == 1 else f"filter {again}"
    samples.silent += _is_silent(row.get("resps"))
    strata = _strata(object_of(row.get("doc")))
    digest = line_of(row.get("doc_hash"), 100)
    metrics = _metrics(row)
    for metric, value in metrics:
        column = (metric, name)
        if column not in samples.columns:
            if len(samples.columns) >= _MAX_COLUMNS:
                samples.crowded = True
                continue
            samples.columns[column] = []
        if isinstance(value, list | dict):
            samples.shaped.add(column)
        score = score_of(value)
        state: ItemState = "scored" if score is not None else "unscored"
        samples.columns[column].append(Item(document, score, state, strata=strata, digest=digest))
    return len(metrics)


def _metrics(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Names and values of a row's metrics: those it lists, or (before 0.4.6) whatever is no part of the layout."""
    listed = row.get("metrics")
    names: Iterable[Any] = listed if isinstance(listed, list) else row.keys() - _KNOWN
    told = sorted({name for name in names if isinstance(name, str) and name in row and name != _NO_METRIC})
    found = [(line_of(name), row[name]) for name in told]
    if not isinstance(listed, list):
        found = [(name, value) for name, value in found if isinstance(value, int | float | list)]
    return found


def _is_silent(responses: object) -> bool:
    """Whether every answer is an empty text; scores of given choices are no answers and never empty."""
    texts = []
    for answers in list_of(responses):
        texts += answers if isinstance(answers, list) else [answers]
    return bool(texts) and all(isinstance(text, str) and not text.strip() for text in texts)


def _strata(document: Mapping[str, Any]) -> Mapping[str, str]:
    found = {}
    for name, value in document.items():
        if name.lower() in _GROUPS and isinstance(value, str) and 0 < len(value) <= 80:
            found[name] = line_of(value, 80)
    return found or _NONE


_NONE: Final[Mapping[str, str]] = {}


def _drop_ids(samples: Samples) -> None:
    """Leave out fields of documents that tell them apart one by one instead of grouping them."""
    values: dict[str, set[str]] = {}
    for items in samples.columns.values():
        for item in items:
            for name, value in item.strata.items():
                known = values.setdefault(name, set())
                if len(known) <= MAX_STRATA:
                    known.add(value)
    bad = {name for name, known in values.items() if not 2 <= len(known) <= MAX_STRATA}
    bad |= {name for name, known in values.items() if len(known) * 2 > len(samples.documents)}
    if bad:
        for column, items in samples.columns.items():
            samples.columns[column] = [
                item._replace(strata={name: value for name, value in item.strata.items() if name not in bad})
                for item in items
            ]


def sample_doubts(samples: Samples) -> list[str]:
    """What is odd about the rows themselves."""
    doubts = []
    if samples.malformed:
        doubts.append(f"{samples.malformed} rows of the samples name no document; they are left out.")
    if samples.unnamed:
        doubts.append("The rows name no filter, and documents come several times; each time is taken as a filter.")
    elif samples.twice:
        doubts.append(f"{samples.twice} rows repeat a document; they count as repeats of it.")
    if samples.silent:
        doubts.append(
            f"{samples.silent} of {samples.rows} rows hold empty answers only; the tool scores them like any other, "
            "although they may be requests that failed."
        )
    if samples.crowded:
        doubts.append(f"The samples have more than {_MAX_COLUMNS} metrics; the others are left out.")
    return doubts


def task_and_stamp(path: Path) -> tuple[str, str]:
    """The task and the time that the tool wrote into a samples file's name; empty where it did not."""
    match = _NAMED.fullmatch(path.name)
    return (match["task"], match["stamp"]) if match is not None else ("", "")


def samples_for(tasks: Iterable[str], path: Path, others: Iterable[Path]) -> dict[str, Path]:
    """Which of the files beside a results file hold the samples of which task, by the names the tool gives them."""
    found: dict[str, Path] = {}
    stamp = _STAMP.search(path.name)
    wanted = set(tasks)
    for other in others:
        task, when = task_and_stamp(other)
        if task:
            if task in wanted and (stamp is None or when == stamp[1]):
                found[task] = other
        elif other.suffix == ".jsonl" and not other.name.startswith("samples_"):
            # up to 0.4.2: <model arguments>_<task>.jsonl; the longest task that fits is meant
            fitting = [name for name in wanted if other.stem.endswith(f"_{name}")]
            if fitting:
                found.setdefault(max(fitting, key=len), other)
    return found
