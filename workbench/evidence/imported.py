"""What an importer hands back, and how an importer is registered."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.intake import Head, Watch
from workbench.evidence.items import Item
from workbench.evidence.problems import ImportProblem
from workbench.model.base import Record
from workbench.model.runs import Metric, Run, Source
from workbench.values import value_type

FILES_LISTED: Final = "files in the tool's own metrics"
"""Setting of a run: how many files its tool lists figures for, which nobody has said are those it scanned."""


@value_type(frozen=True, slots=True)
class ImportedRun:
    """One run read from a file: the records that may be stored, and what the importer could not know.

    Attributes:
        run: its ``doubts`` are also in the record, so that they stay with the project.
        items: the samples behind each metric, by the metric's id; only where the file has them. Never stored.
    """

    run: Run
    metrics: tuple[Metric, ...]
    items: Mapping[str, Sequence[Item]] = field(default_factory=dict)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the importer could not know or found odd, one plain sentence each."""
        return self.run.doubts


@value_type(frozen=True, slots=True)
class Reading:
    """What came of several files and folders.

    Attributes:
        runs: in the order of the files; a file read as part of another's run is not there a second time.
        problems: one for each file that could not be read, each one line for the user.
        passed_over: files in given folders that are no runs.
    """

    runs: tuple[ImportedRun, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    passed_over: int = 0


def records_for(imported: ImportedRun, *, imported_at: str = "") -> list[Record]:
    """The run and its metrics as records for the store, the run first.

    Args:
        imported: as read.
        imported_at: time of import, ISO 8601 UTC; the reader itself never looks at the clock.
    """
    run = imported.run.replace(imported_at=imported_at) if imported_at else imported.run
    return [run, *imported.metrics]


def placed_beside(imported: ImportedRun, folder: Path) -> ImportedRun:
    """The same run with the paths of its files as a project in ``folder`` should keep them.

    Relative where a file lies below the folder, so that both can be moved together; else absolute.
    """
    base = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links

    def kept(source: Source) -> Source:
        path = Path(os.path.abspath(source.path))  # noqa: PTH100
        text = path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)
        return source.model_copy(update={"path": text})

    run = imported.run.replace(
        source=kept(imported.run.source), companions=tuple(kept(part) for part in imported.run.companions)
    )
    return ImportedRun(run, imported.metrics, imported.items)


@value_type(frozen=True, slots=True)
class ReadOptions:
    """What the analyst told the importer beforehand.

    Attributes:
        empty_answers_fail: count rows without an answer as failures instead of as missing.
        columns: names of the fields ``item``, ``passed`` and ``answer`` of a JSON Lines file.
        scanned: how many files a scanner looked at, for formats that have no denominator.
        beside: other files that were given at the same time; an importer may read those it knows to belong together,
            and nothing else.
        profile: the mapping of the columns of a table (CSV, JSON Lines, Parquet), as a profile file holds it.
    """

    empty_answers_fail: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    scanned: int | None = None
    beside: tuple[Path, ...] = ()
    profile: Mapping[str, Any] = field(default_factory=dict)


OPTIONS: Final = "read with"
"""Setting of a run's provenance that keeps what the analyst told the reader, so that the file can be read again."""
TOO_LONG: Final = "a mapping too long to keep"
_MAX_OPTIONS: Final = 4_000
_KEPT_OPTIONS: Final = ("empty_answers_fail", "columns", "scanned", "profile")


def with_options(run: Mapping[str, Any], options: ReadOptions) -> dict[str, Any]:
    """Fields of a run, with what the analyst told the reader among the settings of its provenance.

    A mapping too long for that is left out; the run can then be read again by a person only.
    """
    told = {name: value for name in _KEPT_OPTIONS if (value := getattr(options, name)) not in (None, False, {})}
    fields = dict(run)
    if told:
        text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
        provenance = dict(fields.get("provenance", {}))
        kept = text if len(text) <= _MAX_OPTIONS else TOO_LONG
        provenance["settings"] = {**provenance.get("settings", {}), OPTIONS: kept}
        fields["provenance"] = provenance
    return fields


def options_of(run: Run) -> dict[str, Any] | None:
    """What the reader was told when a run was read, as options of ``read_run``; None where that was not kept."""
    text = run.provenance.settings.get(OPTIONS)
    if not text:
        return {}
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and all(_is_option(name, value) for name, value in told.items()) else None


def _is_option(name: str, value: object) -> bool:
    """Whether a value can be what a reader was told; a project file may hold anything."""
    if name == "scanned":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if name == "columns":
        return isinstance(value, dict) and all(isinstance(column, str) for column in value.values())
    return isinstance(value, bool if name == "empty_answers_fail" else dict) and name in _KEPT_OPTIONS


@dataclass(slots=True)
class Draft:
    """A run as an importer found it, before ids are given.

    Attributes:
        run: fields of the ``Run`` record, but for its id, source and doubts.
        metrics: fields of each ``Metric`` record, but for its id and run; ``items``, where there, holds the samples.
        doubts: sentences, in the order in which an analyst should read them.
        key: tells this run from others in the same file.
        companions: files of ``ReadOptions.beside`` (or of the folder) that were read for this run too.
    """

    run: dict[str, Any]
    metrics: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    key: str = ""
    companions: tuple[Path, ...] = ()


@value_type(frozen=True, slots=True)
class Importer:
    """One format.

    Attributes:
        name: stored as the run's format.
        label: what the program says it reads.
        sniff: how sure the importer is that the file is its own, from 0 (not at all) to 100, told from content only.
        read: reads the file, or raises ``ImportProblem`` or ``Cancelled``.
        main_file: for formats that are a folder: the file in it that stands for the run, or None where the folder is
            not one of theirs. The file is then sniffed and read like any other, its neighbours in ``beside``.
    """

    name: str
    label: str
    sniff: Callable[[Head, Path, ReadOptions], int]
    read: Callable[[Path, Watch, ReadOptions], list[Draft]]
    main_file: Callable[[Path], Path | None] | None = None
