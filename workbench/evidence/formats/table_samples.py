"""Tables with a row for each sample: from rows to runs with metrics, strata and doubts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.table_runs import (
    MAX_RUNS,
    Places,
    general_doubts,
    number_in,
    run_fields,
    too_many_runs,
)
from workbench.evidence.imported import Draft, ReadOptions
from workbench.evidence.items import Item, ItemState, metric_of, strata_of
from workbench.evidence.labels import percent
from workbench.evidence.problems import ImportProblem, one_line
from workbench.evidence.profile import Measure, Profile, verdict_of
from workbench.evidence.statistics import missing_bounds
from workbench.evidence.strata import Groups
from workbench.evidence.tables import Row

_FEW: Final = 5
_MOST_WORDS: Final = 1_000
_LONGEST: Final = 200


@dataclass(slots=True)
class _Part:
    """The rows of one run."""

    items: list[list[Item]]
    rows: int = 0
    scored: int = 0
    errors: int = 0
    empty: int = 0
    counted_empty: int = 0
    unscored: int = 0
    invalid: int = 0
    ragged: list[int] = field(default_factory=list)
    unclear: Counter[str] = field(default_factory=Counter)
    models: dict[str, None] = field(default_factory=dict)
    tasks: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)


class _Reader:
    """Sorts rows into runs, and their cells into items."""

    def __init__(self, path: Path, profile: Profile, options: ReadOptions) -> None:
        self.path = path
        self.profile = profile
        self.parts: dict[tuple[str, ...], _Part] = {}
        self._options = options
        self._places = Places(profile)
        self._item, self._cluster = self._places.of(profile.item), self._places.of(profile.cluster)
        self._answer, self._error = self._places.of(profile.answer), self._places.of(profile.error)
        self._valid = self._places.of(profile.valid)
        self._model, self._task = self._places.of(profile.model), self._places.of(profile.task)
        self._passed = [[self._places.of(name) or 0 for name in measure.passed] for measure in profile.metrics]
        self._score = [self._places.of(measure.score) or 0 for measure in profile.metrics]
        self._verdicts: list[dict[str, bool | None]] = [{} for _ in profile.metrics]
        self._groups = Groups()

    def take(self, row: Row) -> None:
        """Add one row."""
        cells = row.cells
        key = self._places.key(cells)
        part = self.parts.get(key)
        if part is None:
            if len(self.parts) >= MAX_RUNS:
                raise too_many_runs(self.path, self.profile)
            part = self.parts[key] = _Part([[] for _ in self.profile.metrics])
        part.rows += 1
        item = self._text(cells, self._item) or f"row {row.line}"
        part.names[item] = None
        if row.ragged:
            part.ragged.append(row.line)
            self._add_missing(part, item, cells, "unscored")
            part.unscored += 1
            return
        for found, place in ((part.models, self._model), (part.tasks, self._task)):
            if (text := self._text(cells, place)) and len(found) < _MOST_WORDS:
                found[text] = None
        if self._error is not None and self.profile.is_error(cells[self._error]):
            part.errors += 1
            self._add_missing(part, item, cells, "error")
            return
        if self._valid is not None and not self.profile.counts(cells[self._valid]):
            part.invalid += 1
            part.unscored += 1
            self._add_missing(part, item, cells, "unscored")
            return
        self._score_row(part, item, cells)

    def _text(self, cells: Sequence[str], place: int | None) -> str:
        return "" if place is None else cells[place][:_LONGEST]

    def _score_row(self, part: _Part, item: str, cells: Sequence[str]) -> None:
        empty = self._answer is not None and not cells[self._answer]
        scored = lost = told = False
        for index, measure in enumerate(self.profile.metrics):
            value = self._passes(index, measure, cells) if measure.passed else self._number(index, measure, cells)
            state: ItemState = "scored"
            if value is None:
                state = "unscored"
                unclear = [cells[place][:60] for place in self._passed[index]] or [cells[self._score[index]][:60]]
                words = " and ".join(unclear)
                part.unclear[words if words in part.unclear or len(part.unclear) < _MOST_WORDS else "other words"] += 1
            elif empty and not value:
                if self._options.empty_answers_fail:
                    told = True
                else:
                    value, state, lost = None, "error", True
            scored = scored or value is not None
            part.items[index].append(Item(item, value, state, self._text(cells, self._cluster), self._strata(cells)))
        part.scored += scored
        part.counted_empty += told
        part.empty += lost and not scored
        part.unscored += not scored and not lost

    def _add_missing(self, part: _Part, item: str, cells: Sequence[str], state: ItemState) -> None:
        for items in part.items:
            items.append(Item(item, None, state, self._text(cells, self._cluster), self._strata(cells)))

    def _strata(self, cells: Sequence[str]) -> dict[str, str]:
        return self._groups.of((name, cells[place]) for name, place in self._places.strata)

    def _passes(self, index: int, measure: Measure, cells: Sequence[str]) -> float | None:
        known = self._verdicts[index]
        said = []
        for place in self._passed[index]:
            text = cells[place]
            if text not in known:
                if len(known) >= _MOST_WORDS:
                    known.clear()
                known[text] = verdict_of(text, measure)
            said.append(known[text])
        if measure.combine == "any":
            return 1.0 if True in said else (None if None in said else 0.0)
        return 0.0 if False in said else (None if None in said else 1.0)

    def _number(self, index: int, measure: Measure, cells: Sequence[str]) -> float | None:
        found = number_in(cells[self._score[index]], share=measure.unit != "other")
        if found is None:
            return None
        value, _, percents = found
        return value / 100 if percents or measure.unit == "percent" else value


def samples_of(path: Path, profile: Profile, rows: Iterable[Row], options: ReadOptions) -> list[Draft]:
    """The runs of a table with a row for each sample.

    Raises:
        ImportProblem: there are no rows, none of them has a value, or there are too many runs.
    """
    reader = _Reader(path, profile, options)
    for row in rows:
        reader.take(row)
    if not reader.parts:
        raise ImportProblem(path, "holds a header and no rows", "check that the run was written")
    if not any(part.scored or part.errors or part.empty or part.invalid for part in reader.parts.values()):
        seen = Counter(value for part in reader.parts.values() for value in part.unclear.elements())
        raise ImportProblem(
            path,
            f"has no row with a value that the mapping knows; it has {_words(seen)}",
            "say in the mapping which values pass and which fail, or choose another column",
        )
    return [_draft(path, profile, key, part) for key, part in sorted(reader.parts.items())]


def _words(seen: Counter[str]) -> str:
    words = [f"{one_line(word, 40) or 'nothing'!r} {count:,} times" for word, count in seen.most_common(_FEW)]
    return ", ".join(words) + (" and others" if len(seen) > _FEW else "")


def _draft(path: Path, profile: Profile, key: tuple[str, ...], part: _Part) -> Draft:
    metrics: list[dict[str, Any]] = []
    for measure, items in zip(profile.metrics, part.items, strict=True):
        made = metric_of(measure.name, items, **_kind(measure, items))
        metrics += [made, *strata_of(made)]
    models, tasks = list(part.models), list(part.tasks)
    repeats = len(part.names) < part.rows
    run = run_fields(path, profile, key, models, tasks)
    run["counts"] = {
        "planned": part.rows,
        "attempted": part.rows,
        "scored": part.scored,
        "errors": part.errors + part.empty,
        "unscored": part.unscored,
        "clusters": len(part.names) if repeats else None,
    }
    doubts = [*_doubts(profile, part, metrics[0]), *general_doubts(profile, models)]
    return Draft(run, metrics, doubts, key="\x1f".join(key))


def _kind(measure: Measure, items: Sequence[Item]) -> dict[str, Any]:
    """What the mapping knows of a metric better than its values do."""
    if measure.k is not None:
        return {"kind": "pass_at_k", "k": measure.k}
    outside = any(item.score is not None and not 0 <= item.score <= 1 for item in items)
    return {"unit": "other"} if measure.score and (measure.unit == "other" or outside) else {}


def _doubts(profile: Profile, part: _Part, metric: dict[str, Any]) -> list[str]:
    doubts = []
    missing = metric["missing"]
    if part.errors:
        doubts.append(
            f"{part.errors:,} of {part.rows:,} rows tell of an error; they count as missing, not as failures."
        )
    if part.invalid:
        wanted = " or ".join(profile.valid_values) or "true"
        doubts.append(
            f"{part.invalid:,} of {part.rows:,} rows do not count, since {one_line(profile.valid, 60)} is not "
            f"{one_line(wanted, 60)}; they count as missing, not as failures."
        )
    if part.empty:
        doubts.append(f"{part.empty:,} of {part.rows:,} rows hold no answer; they count as missing, not as failures.")
    if part.counted_empty:
        doubts.append(
            f"{part.counted_empty:,} of {part.rows:,} rows hold no answer; they are counted as failures, as the reader "
            "was told."
        )
    if part.ragged:
        lines = ", ".join(f"{line:,}" for line in part.ragged[:_FEW]) + (" …" if len(part.ragged) > _FEW else "")
        count = len(part.ragged)
        doubts.append(
            f"{count:,} {'row has' if count == 1 else 'rows have'} more or fewer cells than the header (line {lines}); "
            "their values may stand in wrong columns, so they count as missing."
        )
    if part.unclear:
        kinds = {bool(measure.passed): None for measure in profile.metrics}
        said = " or ".join("say neither pass nor fail" if passed else "are no plain number" for passed in kinds)
        doubts.append(f"Some values {said} and count as missing: {_words(part.unclear)}.")
    if missing and metric.get("successes") is not None:
        worst, best = missing_bounds(int(metric["successes"]), metric["n"], missing)
        doubts.append(
            f"{missing:,} of {part.rows:,} rows are missing: {metric['name']} lies between {percent(worst)} (none of "
            f"them counts) and {percent(best)} (all do)."
        )
    if len(part.names) < part.rows:
        doubts.append(
            f"{part.rows:,} rows of {len(part.names):,} items: rows of one item are not independent, so the interval "
            "is widened for them."
        )
    elif not profile.item:
        doubts.append("No column says which item a row is about: every row counts as one of its own, repeats unseen.")
    for measure, items in zip(profile.metrics, part.items, strict=True):
        outside = sum(item.score is not None and not 0 <= item.score <= 1 for item in items)
        if measure.score and measure.unit != "other" and outside:
            doubts.append(f"{outside:,} values of {measure.name} lie outside 0 to 1; it is shown as a plain number.")
    return doubts
