"""Reading a run file: which importer it is for, told from its content, and the records it becomes."""

import importlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from workbench.evidence.imported import Draft, ImportedRun, Importer, ReadOptions
from workbench.evidence.intake import Watch, read_head, sha256_of
from workbench.evidence.problems import ImportProblem, one_line
from workbench.model.ids import derived_id
from workbench.model.runs import Metric, Run

if TYPE_CHECKING:
    from workbench.evidence.items import Item

FORMATS: Final = ("inspect_log", "human_eval")
"""Modules of ``formats`` that hold an ``IMPORTER``; loaded when a file is read, not when the program starts."""

_MAX_DOUBTS: Final = 60
_READ_SHARE: Final = 0.8


def importers() -> list[Importer]:
    """Every registered importer."""
    return [importlib.import_module(f"workbench.evidence.formats.{name}").IMPORTER for name in FORMATS]


def formats_read() -> str:
    """What this version reads, for messages."""
    return ", ".join(importer.label for importer in importers())


def read_run(
    path: Path | str,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    **options: Any,
) -> list[ImportedRun]:
    """The runs a file holds.

    Args:
        path: the file. It is only read; nothing in it is followed or run.
        progress: told how much is done, from 0 to 1; may be called from the thread that reads.
        cancelled: asked now and then whether to stop.
        options: fields of ``ReadOptions``.

    Raises:
        ImportProblem: the file is no run this version reads, or is broken; its message is one line for the user.
        Cancelled: ``cancelled`` said so.
    """
    path = Path(path)
    chosen = ReadOptions(**options)
    watch = Watch(progress, cancelled)
    watch.step(0.0)
    head = read_head(path)
    known = importers()
    scores = [importer.sniff(head, path, chosen) for importer in known]
    best = max(range(len(known)), key=scores.__getitem__)
    if not scores[best]:
        raise ImportProblem(path, "is no run file this version reads", f"it reads: {formats_read()}")
    importer = known[best]
    part = Watch(None if progress is None else lambda done: progress(done * _READ_SHARE), cancelled)
    try:
        drafts = importer.read(path, part, chosen)
        digest = sha256_of(path, watch, _READ_SHARE)
        source = {"path": _plain(path), "sha256": digest, "bytes": path.stat().st_size}
        runs = [_records(importer, draft, source, chosen, watch) for draft in drafts]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ImportProblem(path, f"{where}: {first['msg'].lower()}", "check what wrote the file") from None
    except OSError as error:
        raise ImportProblem(path, f"cannot be read ({error.strerror})", "check the disk") from None
    watch.step(1.0)
    return runs


def _plain(path: Path) -> str:
    """A path as text that JSON can hold, even where the file system's name is no UTF-8."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _records(
    importer: Importer, draft: Draft, source: dict[str, Any], options: ReadOptions, watch: Watch
) -> ImportedRun:
    """Records with ids that follow from the file's content: the same file read twice gives the same records."""
    told = replace(options, beside=())  # where a neighbour lay is no part of what was measured
    reading = f"{told!r}" if told != ReadOptions() else ""
    companions = [
        {"path": _plain(path), "sha256": sha256_of(path, watch, _READ_SHARE), "bytes": path.stat().st_size}
        for path in draft.companions
    ]
    parts = (source["sha256"], *(companion["sha256"] for companion in companions))
    run_id = derived_id("run", *parts, importer.name, draft.key, reading)
    doubts = _distinct(draft.doubts)
    given = {"format": importer.name, **draft.run, "source": source, "companions": companions, "doubts": doubts}
    run = Run.model_validate({"id": run_id, **given})
    metrics: dict[str, Metric] = {}
    items: dict[str, tuple[Item, ...]] = {}
    for fields in draft.metrics:
        strata = [part for pair in sorted(fields.get("strata", {}).items()) for part in pair]
        names = (run_id, fields["name"], fields.get("scorer", ""), fields.get("reducer", ""), *strata)
        metric_id = derived_id("metric", *names)
        stored = {name: value for name, value in fields.items() if name != "items"}
        metrics[metric_id] = Metric.model_validate({"id": metric_id, "run": run_id, **stored})
        if fields.get("items"):
            items[metric_id] = tuple(fields["items"])
    return ImportedRun(run, tuple(metrics.values()), items)


def _distinct(doubts: Iterable[str]) -> list[str]:
    kept = list(dict.fromkeys(one_line(doubt, 1_000) for doubt in doubts))
    if len(kept) > _MAX_DOUBTS:
        more = len(kept) - _MAX_DOUBTS
        kept = [*kept[:_MAX_DOUBTS], f"{more} more doubts of the same kinds are left out."]
    return kept
