"""Logs of Inspect AI: ``.eval`` (a zip) and ``.json``, of every layout since early 2024.

Only the header and the one-line summaries of the samples are read, never the samples themselves (transcripts,
attachments, images), but for ``.json`` logs, where all of it is one text.
"""

import re
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.inspect_draft import LogParts, draft_of
from workbench.evidence.formats.inspect_zip import ZipReader
from workbench.evidence.formats.json_stream import read_large_object
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import MAX_JSON, MIB, Head, Watch, list_of, object_of, parse_json, read_json
from workbench.evidence.problems import ImportProblem

_HEADER: Final = "header.json"
_SUMMARIES: Final = "summaries.json"
_START: Final = "_journal/start.json"
_ROW_FIELDS: Final = ("id", "epoch", "scores", "score", "error", "limit")
STREAM_ABOVE: Final = 32 * MIB
"""Above this a ``.json`` log is read sample by sample; below, whole, which is faster."""

_JOURNAL: Final = re.compile(r"_journal/summaries/(\d{1,9})\.json")


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """A zip, or a JSON object with ``eval`` beside ``status`` or ``version`` near its beginning."""
    if head.data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return 60
    keys = set(head.keys)
    return 90 if "eval" in keys and keys & {"status", "version", "plan"} and "hash" not in keys else 0


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """The one run of the log.

    Raises:
        ImportProblem: the log is broken, too large, or a zip that holds no Inspect log.
        Cancelled: the user asked to stop.
    """
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    parts = _from_zip(path, watch) if zipped else _from_json(path, watch)
    watch.step(0.7)
    draft = draft_of(path, parts)
    if _shards(path):
        draft.doubts.append("A folder of shards lies beside this log: it was merged from several logs.")
    return [draft]


def _shards(path: Path) -> bool:
    return any(path.with_name(f"{name}.shards").is_dir() for name in (path.name, path.stem))


def _from_json(path: Path, watch: Watch) -> LogParts:
    if path.stat().st_size > STREAM_ABOVE:
        log, samples = read_large_object(path, "samples", _row, watch)
    else:
        log = object_of(read_json(path))
        samples = list_of(log.pop("samples", None))
    results = object_of(log.get("results"))
    reductions = log.get("reductions") or results.get("sample_reductions")
    return LogParts(log, samples, list_of(reductions), [])


def _row(sample: Any) -> Any:
    """What a summary would hold of a sample."""
    return {name: sample[name] for name in _ROW_FIELDS if name in sample} if isinstance(sample, dict) else None


def _wanted(name: bytes) -> bool:
    return name in (b"header.json", b"summaries.json") or name.startswith(b"_journal/s")


def _from_zip(path: Path, watch: Watch) -> LogParts:
    with ZipReader(path, _wanted) as archive:
        watch.step(0.05)
        doubts = [f"The zip holds {name} more than once; the last was read." for name in archive.twice]
        finished = _HEADER in archive.members
        if not finished and _START not in archive.members:
            raise ImportProblem(path, "is a zip file, but no Inspect log", "Inspect logs hold a header.json")
        header = _object(path, archive, _HEADER if finished else _START)
        watch.step(0.2)
        if not finished:
            header["status"] = "started"
            doubts.append("The log has no header: the run crashed, or had not ended when the file was copied.")
        samples = _summaries(path, archive, watch, doubts)
    return LogParts(header, samples, [], doubts)


def _object(path: Path, archive: ZipReader, name: str) -> dict[str, Any]:
    value = parse_json(path, archive.read(name), name)
    if not isinstance(value, dict):
        raise ImportProblem(path, f"{name} is no JSON object", "check what wrote the log")
    return value


def _summaries(path: Path, archive: ZipReader, watch: Watch, doubts: list[str]) -> list[Any]:
    """One row a sample; from the journal where the log has not ended."""
    if _SUMMARIES in archive.members:
        rows = parse_json(path, archive.read(_SUMMARIES), _SUMMARIES)
        if not isinstance(rows, list):
            raise ImportProblem(path, f"{_SUMMARIES} is no JSON list", "check what wrote the log")
        return rows
    matches = (_JOURNAL.fullmatch(name) for name in archive.members)
    journal = sorted((int(match[1]), match.string) for match in matches if match is not None)
    if sum(archive.members[name].size for _, name in journal) > MAX_JSON:
        raise ImportProblem(path, f"its journal would unpack to over {MAX_JSON // MIB} MiB", "read the finished log")
    collected: list[Any] = []
    for index, (_, name) in enumerate(journal):
        watch.step(0.2 + 0.4 * index / len(journal))
        collected += list_of(parse_json(path, archive.read(name), name))
    if not journal:
        doubts.append("The log holds no summaries of its samples, so nothing could be recomputed.")
    return collected


IMPORTER: Final = Importer("inspect", "Inspect logs (.eval and .json)", sniff, read)
