"""Reading a run file: which importer it is for, told from its content, and the records it becomes."""

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from workbench.evidence.folders import Given, expand, real_path
from workbench.evidence.imported import Draft, ImportedRun, Importer, Reading, ReadOptions, with_options
from workbench.evidence.intake import Watch, read_head, sha256_of
from workbench.evidence.items import Item, LaterItems
from workbench.evidence.problems import ImportProblem, NoRunFile, one_line
from workbench.model.ids import derived_id
from workbench.model.runs import Metric, Run

FORMATS: Final = (
    "inspect_log",
    "human_eval",
    "evalplus",
    "evalperf",
    "bigcode_harness",
    "sarif",
    "bandit",
    "junit",
    "cyberseceval",
    "garak",
    "promptfoo",
    "table",
    "eee",
    "mlflow",
    "lm_eval",
    "openai_evals",
    "helm",
)
"""Modules of ``formats`` that hold an ``IMPORTER``; loaded when a file is read, not when the program starts."""

_FILE_COST: Final = 20_000
"""Bytes that opening a file and telling its format are worth, for the share of the work."""
_RUN_ENDINGS: Final = frozenset({".csv", ".tsv", ".json", ".jsonl", ".eval", ".xml", ".sarif", ".parquet"})
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
        raise NoRunFile(path, "is no run file this version reads", f"formats read: {formats_read()}")
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


def read_many(
    paths: Iterable[Path | str],
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    **options: Any,
) -> Reading:
    """The runs of several files and folders; what cannot be read does not stop the others.

    A folder that is a run of its own (of HELM, of MLflow) is read as one; of any other folder every file is read that
    is a run, and the others are counted. Nothing outside the given paths is read.

    Args:
        paths: files and folders.
        progress: told how much of all of them is done, from 0 to 1.
        cancelled: asked now and then whether to stop.
        options: fields of ``ReadOptions``, for every file; ``beside`` is filled in here.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    watch = Watch(progress, cancelled)
    expansion = expand([Path(path) for path in paths], importers(), watch)
    total = sum(file.size + _FILE_COST for file in expansion.files) or 1
    gathered = _Gathered(passed_over=expansion.passed_over)
    done = 0
    for file in expansion.files:
        weight = file.size + _FILE_COST
        part = None if progress is None else _share_of(progress, done / total, weight / total)
        done += weight
        if file.real not in gathered.consumed:
            gathered.add(file, part, cancelled, options)
        watch.step(done / total)
    problems = [*expansion.problems, *gathered.unread()]
    if not gathered.runs and not problems and expansion.folders:
        count = gathered.passed_over
        looked = f"{count:,} {'file was' if count == 1 else 'files were'} looked at" if count else "it is empty"
        problems += [
            NoRunFile(folder, f"holds no run file this version reads ({looked})", f"formats read: {formats_read()}")
            for folder in expansion.folders
        ]
    return Reading(tuple(run for runs in gathered.runs.values() for run in runs), tuple(problems), gathered.passed_over)


@dataclass(slots=True)
class _Gathered:
    """What was read so far, by the file's real path, and the files that were read as parts of others' runs."""

    runs: dict[str, list[ImportedRun]] = field(default_factory=dict)
    problems: dict[str, ImportProblem] = field(default_factory=dict)
    consumed: set[str] = field(default_factory=set)
    passed_over: int = 0

    def add(
        self,
        file: Given,
        progress: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
        options: dict[str, Any],
    ) -> None:
        """Read one file."""
        real = file.real
        try:
            runs = read_run(file.path, progress=progress, cancelled=cancelled, **options | {"beside": file.beside})
        except ImportProblem as problem:
            if file.named or not (isinstance(problem, NoRunFile) or _is_empty_other(file)):
                self.problems[real] = problem
            else:
                self.passed_over += 1
            return
        except MemoryError:
            self.problems[real] = ImportProblem(file.path, "is too large for this machine's memory", "split it")
            return
        self.runs[real] = runs
        for imported in runs:
            for companion in imported.run.companions:
                part = real_path(Path(companion.path))
                self.consumed.add(part)
                if part != real:
                    self.runs.pop(part, None)

    def unread(self) -> list[ImportProblem]:
        """Problems of files that were not read as a part of another's run either."""
        return [problem for real, problem in self.problems.items() if real not in self.consumed]


def _is_empty_other(file: Given) -> bool:
    """Whether a file in a folder is empty and was not even meant to be a run; its name is all there is to go by."""
    return file.size == 0 and file.path.suffix.lower() not in _RUN_ENDINGS


def _share_of(progress: Callable[[float], None], start: float, share: float) -> Callable[[float], None]:
    return lambda done: progress(start + share * done)


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
    run = Run.model_validate({"id": run_id, **with_options(given, told)})
    metrics: dict[str, Metric] = {}
    items: dict[str, Sequence[Item]] = {}
    for fields in draft.metrics:
        strata = [part for pair in sorted(fields.get("strata", {}).items()) for part in pair]
        names = (run_id, fields["name"], fields.get("scorer", ""), fields.get("reducer", ""), *strata)
        metric_id = derived_id("metric", *names)
        stored = {name: value for name, value in fields.items() if name != "items"}
        metrics[metric_id] = Metric.model_validate({"id": metric_id, "run": run_id, **stored})
        if fields.get("items"):
            items[metric_id] = fields["items"] if isinstance(fields["items"], LaterItems) else tuple(fields["items"])
    return ImportedRun(run, tuple(metrics.values()), items)


def _distinct(doubts: Iterable[str]) -> list[str]:
    kept = list(dict.fromkeys(one_line(doubt, 1_000) for doubt in doubts))
    if len(kept) > _MAX_DOUBTS:
        more = len(kept) - _MAX_DOUBTS
        kept = [*kept[:_MAX_DOUBTS], f"{more} more doubts of the same kinds are left out."]
    return kept
