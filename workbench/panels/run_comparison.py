"""Comparing two runs item by item: their files are read again, since the project keeps no items. No Qt."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

from workbench.analysis.claims import run_name
from workbench.analysis.words import number
from workbench.evidence.compare import Comparison, Pair, compare_runs, pair_items
from workbench.evidence.imported import ImportedRun, options_of
from workbench.evidence.items import Item
from workbench.evidence.labels import metric_label
from workbench.evidence.problems import Cancelled, ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.standing import source_paths
from workbench.model.runs import Metric, Run
from workbench.panels.run_facts import strata_words
from workbench.store.store import Store
from workbench.values import value_type

Outcome = Literal["only_a", "only_b", "no_score", "both", "neither", "same"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("only_a", "only_b", "no_score", "both", "neither", "same")
"""Discordant first."""
PASSED: Final[dict[Outcome, str]] = {
    "only_a": "Only A passed",
    "only_b": "Only B passed",
    "no_score": "No score",
    "both": "Both passed",
    "neither": "Neither passed",
    "same": "Same score",
}
GRADED: Final[dict[Outcome, str]] = {**PASSED, "only_a": "A higher", "only_b": "B higher"}
Progress = Callable[[float], None]


@value_type(frozen=True, slots=True)
class Choice:
    """What is compared.

    Attributes:
        metric_a: id of a metric of the first run, ``metric_b`` of the same figure of the second.
        found_a: where the user found the file of the first run, if it is not where the project says.
    """

    run_a: Run
    run_b: Run
    metric_a: Metric
    metric_b: Metric
    folder: Path | None = None
    found_a: Path | None = None
    found_b: Path | None = None


@value_type(frozen=True, slots=True)
class ItemRow:
    """One item of both runs; scores are averages where it was sampled more than once."""

    item: str
    a: float | None
    b: float | None
    outcome: Outcome


@value_type(frozen=True, slots=True)
class Compared:
    """The result, or why there is none.

    Attributes:
        graded: scores are not pass or fail.
    """

    comparison: Comparison
    rows: tuple[ItemRow, ...] = ()
    graded: bool = False

    @property
    def refused(self) -> str:
        """Why nothing can be said; empty where it can."""
        return self.comparison.refused

    def words(self) -> dict[Outcome, str]:
        """What the outcomes are called."""
        return GRADED if self.graded else PASSED

    def counts(self) -> dict[Outcome, int]:
        """How many items ended how."""
        counts = dict.fromkeys(OUTCOMES, 0)
        for row in self.rows:
            counts[row.outcome] += 1
        return counts


class NotComparable(Exception):  # noqa: N818 - the files are at fault, not the program
    """Two runs cannot be compared; the message is one sentence."""


def shared_metrics(store: Store, run_a: str, run_b: str) -> list[tuple[Metric, Metric]]:
    """The figures that both runs have, the whole run before its parts."""
    theirs = {figure_of(metric): metric for metric in store.referrers(run_b, Metric, "run")}
    pairs = [(m, theirs[figure_of(m)]) for m in store.referrers(run_a, Metric, "run") if figure_of(m) in theirs]
    return sorted(pairs, key=lambda pair: bool(pair[0].strata))


def figure_of(metric: Metric) -> tuple[object, ...]:
    """What makes two metrics readings of the same figure."""
    return metric_label(metric).casefold(), metric.k, tuple(sorted(metric.strata.items()))


def metric_words(metric: Metric) -> str:
    """A metric as the choice names it."""
    part = strata_words(metric)
    return f"{metric_label(metric)} ({part})" if part else metric_label(metric)


def compare(choice: Choice, progress: Progress, cancelled: Callable[[], bool]) -> Compared:
    """Read both files and compare.

    Raises:
        NotComparable: a file is not at hand, has changed, or cannot be read again.
        Cancelled: ``cancelled`` said so.
    """

    def second_half(share: float) -> None:
        progress(0.5 + share / 2)

    folder = choice.folder
    a = items_of(choice.run_a, choice.metric_a, folder, choice.found_a, lambda share: progress(share / 2), cancelled)
    b = items_of(choice.run_b, choice.metric_b, folder, choice.found_b, second_half, cancelled)
    if cancelled():
        raise Cancelled
    comparison = compare_runs(a, b)
    pairing = pair_items(a, b)
    known = [score for pair in pairing.pairs for score in (pair.a, pair.b) if score is not None]
    graded = any(score not in (0.0, 1.0) for score in known)
    rows = [ItemRow(pair.item, pair.a, pair.b, outcome_of(pair, graded=graded)) for pair in pairing.pairs]
    rows.sort(key=lambda row: (OUTCOMES.index(row.outcome), row.item))
    return Compared(comparison, tuple(rows), graded)


def outcome_of(pair: Pair, *, graded: bool) -> Outcome:
    """How an item ended in both runs."""
    if pair.a is None or pair.b is None:
        return "no_score"
    if pair.a != pair.b:
        return "only_a" if pair.a > pair.b else "only_b"
    if graded:
        return "same"
    return "both" if pair.a else "neither"


def items_of(
    run: Run,
    metric: Metric,
    folder: Path | None,
    found: Path | None,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Sequence[Item]:
    """The items behind a metric, read from the run's file again.

    Raises:
        NotComparable: the file is not at hand, has changed, or cannot be read again.
        Cancelled: ``cancelled`` said so.
    """
    name = run_name(run)
    if run.origin == "typed" or not (run.source.path or found):
        raise NotComparable(f"{name} was typed in: it has no items to compare.")
    places = [found] if found is not None else source_paths(run, folder)
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise NotComparable(f"The file of {name} is not at hand: {run.source.path} is not on this machine.")
    options = options_of(run)
    if options is None:
        raise NotComparable(f"{name} was read with a mapping that the project could not keep; read the file again.")
    beside = tuple(
        place for companion in run.companions if (place := _beside(companion.path, path, folder)) is not None
    )
    try:
        read = read_run(path, progress=progress, cancelled=cancelled, beside=beside, **options)
    except ImportProblem as problem:
        raise NotComparable(f"The file of {name} cannot be read again: {problem}") from None
    except MemoryError:
        raise NotComparable(f"The file of {name} is too large for this machine’s memory.") from None
    if run.source.sha256 and read and read[0].run.source.sha256 != run.source.sha256:
        raise NotComparable(f"{path.name} is not the file that {name} was read from: its SHA-256 differs.")
    again = _same_run(read, run)
    if again is None:
        raise NotComparable(f"{name} was not found in {path.name} any more.")
    wanted = figure_of(metric)
    key = next((m.id for m in again.metrics if m.id == metric.id or figure_of(m) == wanted), "")
    return tuple(again.items.get(key, ()))


def _beside(name: str, path: Path, folder: Path | None) -> Path | None:
    """A companion where it was, or beside the file where that lies now."""
    places = [Path(name), path.parent / Path(name).name]
    if folder is not None:
        places.insert(0, folder / name)
    return next((place for place in places if place.is_file()), None)


def _same_run(read: Sequence[ImportedRun], run: Run) -> ImportedRun | None:
    def told(other: Run) -> tuple[str, ...]:
        return other.run_id, other.task.name, other.model.name, other.title

    exact = [imported for imported in read if imported.run.id == run.id]
    alike = exact or [imported for imported in read if told(imported.run) == told(run)]
    if len(alike) == 1:
        return alike[0]
    return read[0] if len(read) == 1 else None


def sentence(compared: Compared, name_a: str, name_b: str) -> str:
    """The result in words: which run is ahead, then the figures that say so, the runs called A and B."""
    result = compared.comparison
    said = result.sentence
    for full, short in (("the first run", "A"), ("the second run", "B"), ("only the second", "only B")):
        said = said.replace(full, short)
    said = said.replace("the difference is", "A less B is")
    return said if result.refused or result.difference is None else f"{verdict_words(result, name_a, name_b)} {said}"


def verdict_words(result: Comparison, name_a: str, name_b: str) -> str:
    """Which run is ahead, or that it cannot be told."""
    if not result.decided or not result.difference:
        return "This does not tell the two runs apart."
    ahead, behind = (name_a, name_b) if result.difference > 0 else (name_b, name_a)
    return f"{ahead} scores higher than {behind} on these items."


def score_words(score: float | None, *, graded: bool) -> str:
    """One score as the table shows it."""
    if score is None:
        return "no score"
    if not graded:
        return "passed" if score else "failed"
    return number(score, "other")


def as_text(compared: Compared, name_a: str, name_b: str) -> str:
    """The result and every item, tab-separated, for the clipboard."""
    words = compared.words()
    lines = [f"A\t{name_a}", f"B\t{name_b}", sentence(compared, name_a, name_b), "", "Item\tA\tB\tOutcome"]
    for row in compared.rows:
        a, b = (score_words(score, graded=compared.graded) for score in (row.a, row.b))
        lines.append(f"{row.item}\t{a}\t{b}\t{words[row.outcome]}")
    return "\n".join(lines)
