"""Runs as rows of the evidence dock: what a run is, how it stands, and who leans on it. No Qt."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from workbench.analysis.claims import named, run_name, searchable, told_apart
from workbench.analysis.words import word
from workbench.evidence.standing import SourceState
from workbench.evidence.verdict import day_of
from workbench.model.runs import Counts, Evidence, Metric, Run
from workbench.store.store import Store
from workbench.values import value_type

Standing = Literal["stands", "typed", "unverified", "unfinished", "invalid", "superseded", "withdrawn"]
STANDINGS: Final[tuple[Standing, ...]] = (
    "withdrawn",
    "invalid",
    "superseded",
    "unfinished",
    "unverified",
    "typed",
    "stands",
)
"""In the order in which they want to be looked at."""
STANDING_WORD: Final[Mapping[str, str]] = {
    "stands": "Stands",
    "typed": "Typed in",
    "unverified": "Unverified",
    "unfinished": "Unfinished",
    "invalid": "Invalid",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
}
SOURCE_WORD: Final[Mapping[str, str]] = {
    "at hand": "At hand",
    "changed": "Changed",
    "not at hand": "Not at hand",
    "no file": "No file",
    "": "…",
}
SOURCE_ORDER: Final = ("changed", "not at hand", "no file", "at hand", "")
_UNFINISHED: Final = ("error", "cancelled", "started")
RunSource = SourceState | Literal["no file", ""]
NOT_KNOWN: Final = "–"


@value_type(frozen=True, slots=True)
class RunRow:
    """One run, ready to show.

    Attributes:
        standing: whether it speaks, and if not why; ``why`` says it in a sentence.
        day: day of the run; null where not known. ``imported`` is the day it came into the project.
        n: samples with a score; null where not known. ``errors`` likewise.
        claims: how many claims lean on one of its metrics.
        source: whether its file is on this machine; empty until somebody looked.
        found_by: everything the search looks through, folded.
    """

    id: str
    name: str
    standing: Standing
    why: str
    model: str
    task: str
    dataset: str
    status: str
    format: str
    day: date | None = None
    n: int | None = None
    errors: int | None = None
    claims: int = 0
    metrics: int = 0
    typed: bool = False
    source: RunSource = ""
    found_by: str = ""

    @property
    def when(self) -> str:
        """The day of the run."""
        return f"{self.day.isoformat()}" if self.day is not None else NOT_KNOWN


def figure(count: int | None) -> str:
    """A count with thin spaces; a dash where nobody knows."""
    return NOT_KNOWN if count is None else f"{count:,}"


def standing_of(store: Store, run: Run) -> tuple[Standing, str]:
    """How a run stands, and the sentence that says why."""
    if run.withdrawn is not None:
        said = " ".join(part for part in (run.withdrawn.by, run.withdrawn.at[:10]) if part)
        return "withdrawn", f"Withdrawn{f' ({said})' if said else ''}: {run.withdrawn.reason or 'no reason given'}"
    if run.invalidated:
        return "invalid", "The tool or its user marked this run as invalid, so nothing can rest on it."
    if run.superseded_by is not None:
        later = store.find(run.superseded_by, Run)
        return "superseded", f"Superseded by {run_name(later) or 'a later run'}."
    if run.status in _UNFINISHED:
        return "unfinished", f"Status {run.status}: nothing can rest on it."
    if not run.verified:
        return "unverified", "Read from a version of the format that this program was not written for."
    if run.origin == "typed":
        return "typed", "Figures typed in by a person; there is no file to check them against."
    return "stands", ""


def scored(counts: Counts) -> int | None:
    """Samples with a score, else those there is a record of."""
    return counts.scored if counts.scored is not None else counts.attempted


class RunRows:
    """Every run of a document, newest first; rows of runs that did not change are kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, tuple[Run, Run | None, int, int, RunRow]] = {}

    def all(self) -> list[RunRow]:
        """The rows as the document is now."""
        store = self._store
        run_of = {metric.id: metric.run for metric in store.all(Metric)}
        metrics = Counter(run_of.values())
        claims = Counter(run_of[e.metric] for e in store.all(Evidence) if e.metric is not None and e.metric in run_of)
        names = told_apart(store.all(Run))
        kept: dict[str, tuple[Run, Run | None, int, int, RunRow]] = {}
        for run in store.all(Run):
            later = store.find(run.superseded_by, Run)
            measured, leaning = metrics[run.id], claims[run.id]
            old = self._kept.get(run.id)
            same = old is not None and old[0] is run and old[1] is later and old[2:4] == (measured, leaning)
            if old is not None and same and old[4].name == (names[run.id] or run.id):
                kept[run.id] = old
            else:
                kept[run.id] = (run, later, measured, leaning, run_row(store, run, measured, leaning, names[run.id]))
        self._kept = kept
        rows = [entry[4] for entry in kept.values()]
        rows.sort(key=newest_first)
        return rows


def newest_first(row: RunRow) -> tuple[int, str]:
    """Order by day, newest first; runs without a day last."""
    return (-row.day.toordinal() if row.day is not None else 0, row.name)


def run_row(store: Store, run: Run, metrics: int, claims: int, name: str = "") -> RunRow:
    """The row of one run, called ``name`` where its own is not enough."""
    standing, why = standing_of(store, run)
    name = name or run_name(run) or run.id
    model, task, dataset = named(run.model), named(run.task), named(run.dataset)
    day = day_of(run.completed_at) or day_of(run.started_at)
    status = "Not said" if run.status == "unknown" else word(run.status)
    typed = run.origin == "typed"
    source = run.source
    words = (name, model, task, dataset, status, run.format, STANDING_WORD[standing], why, run.run_id, run.note)
    files = (source.path, source.sha256, source.repository, source.repository_path, source.commit)
    return RunRow(
        id=run.id,
        name=name,
        standing=standing,
        why=why,
        model=model or NOT_KNOWN,
        task=task or NOT_KNOWN,
        dataset=dataset or NOT_KNOWN,
        status=status,
        format="typed in" if typed else " ".join(part for part in (run.format, run.format_version) if part),
        day=day,
        n=scored(run.counts),
        errors=run.counts.errors,
        claims=claims,
        metrics=metrics,
        typed=typed,
        source="no file" if typed or not source.path else "",
        found_by=searchable("\n".join((*words, *files, "typed in" if typed else "", run.completed_at))),
    )
