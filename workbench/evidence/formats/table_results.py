"""Tables with a row for each result: figures over samples that the table does not hold."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.table_runs import (
    MAX_RUNS,
    THOUSANDS,
    Places,
    general_doubts,
    number_in,
    run_fields,
    strata_in,
    too_many_runs,
)
from workbench.evidence.imported import Draft
from workbench.evidence.problems import ImportProblem
from workbench.evidence.profile import Measure, Profile
from workbench.evidence.rates import successes_behind
from workbench.evidence.statistics import wilson
from workbench.evidence.tables import Row

_MAX_ROWS: Final = 20_000


def results_of(path: Path, profile: Profile, rows: Iterable[Row]) -> list[Draft]:
    """The runs of a table with a row for each result.

    Raises:
        ImportProblem: there are no rows, too many runs, or rows that the mapping cannot tell apart.
    """
    places = Places(profile)
    parts: dict[tuple[str, ...], list[Row]] = {}
    ragged = []
    for count, row in enumerate(rows):
        if count >= _MAX_ROWS:
            raise ImportProblem(path, f"holds more than {_MAX_ROWS:,} results", "map it as samples, or split it")
        if row.ragged:
            ragged.append(row.line)
            continue
        key = places.key(row.cells)
        if key not in parts and len(parts) >= MAX_RUNS:
            raise too_many_runs(path, profile)
        parts.setdefault(key, []).append(row)
    if not parts:
        raise ImportProblem(path, "holds a header and no rows that fit it", "check that the results were written")
    drafts = [_draft(path, profile, places, key, part) for key, part in sorted(parts.items())]
    if ragged:
        lines = ", ".join(f"{line:,}" for line in ragged[:5])
        for draft in drafts:
            draft.doubts.insert(0, f"{len(ragged):,} rows do not fit the header and were left out (line {lines}).")
    return drafts


def _draft(path: Path, profile: Profile, places: Places, key: tuple[str, ...], rows: Sequence[Row]) -> Draft:
    seen: dict[tuple[str, ...], int] = {}
    metrics: list[dict[str, Any]] = []
    doubts: dict[str, dict[str, None]] = {}
    for row in rows:
        values = tuple(row.cells[place] for _, place in places.strata)
        if values in seen:
            raise ImportProblem(
                path,
                f"lines {seen[values]:,} and {row.line:,} are results of one and the same run by this mapping",
                "name the columns that tell them apart as split or as strata",
            )
        seen[values] = row.line
        strata = strata_in(dict(zip(profile.strata, values, strict=True)))
        metrics += [{"strata": strata, **_metric(measure, places, row.cells, doubts)} for measure in profile.metrics]
    models = _distinct(rows, places.of(profile.model))
    tasks = _distinct(rows, places.of(profile.task))
    run = run_fields(path, profile, key, models, tasks)
    known = {metric.get("n") for metric in metrics if not metric["strata"]}
    n = known.pop() if len(known) == 1 else None
    run["counts"] = {"scored": n}
    general = ["The table holds figures, not samples: repeats and missing samples cannot be seen."]
    about = [f"{_names(list(names))}: {text}." for text, names in doubts.items()]
    return Draft(run, metrics, [*general, *about, *general_doubts(profile, models)], key="\x1f".join(key))


def _doubt(doubts: dict[str, dict[str, None]], text: str, measure: Measure) -> None:
    """Note a doubt; the same one about several metrics is told once."""
    doubts.setdefault(text, {})[measure.name] = None


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _distinct(rows: Sequence[Row], place: int | None) -> list[str]:
    return [] if place is None else list(dict.fromkeys(row.cells[place] for row in rows if row.cells[place]))


def _metric(
    measure: Measure, places: Places, cells: Sequence[str], doubts: dict[str, dict[str, None]]
) -> dict[str, Any]:
    """Fields of one metric; ``value`` only where the counts behind it are known for certain."""
    cell = {name: cells[places.of(name) or 0] if name else "" for name in measure.columns()}
    n = _whole(cell.get(measure.n, "")) if measure.n else None
    plain = measure.unit == "other"
    fields: dict[str, Any] = {
        "name": measure.name,
        "kind": "pass_at_k" if measure.k is not None else ("other" if plain else "proportion"),
        "unit": "other" if plain else "proportion",
        "k": measure.k,
        "n": n,
    }
    if measure.rate:
        value, tolerance = _share(cell[measure.rate], measure)
        stderr = _share(cell[measure.stderr], measure)[0] if measure.stderr else None
        fields["reported"] = {"value": value, "stderr": stderr}
        successes = None
        if value is None:
            _doubt(doubts, "has no number in some rows; it is left blank there", measure)
        elif not plain and not 0 <= value <= 1:
            fields |= {"unit": "other", "kind": "other"}
            _doubt(doubts, "lies outside 0 to 1 in some rows: perhaps it is in percent", measure)
        elif measure.k is None and n and not plain:
            successes = successes_behind(value, tolerance, n)
    else:
        successes = _whole(cell[measure.successes])
        if successes is not None and n is not None and successes > n:
            _doubt(doubts, "has more successes than samples in some rows; it is left blank there", measure)
            successes = None
    if successes is not None and n:
        low, high = wilson(successes, n)
        estimate = {"low": low, "high": high, "level": 0.95, "method": "wilson", "n_effective": n}
        return fields | {"value": successes / n, "successes": successes, "estimate": estimate}
    why = "the number of samples behind it is not given" if n is None else "it is not a count of samples passed"
    _doubt(doubts, f"is shown as the table gives it: {why}, so there is no interval of ours", measure)
    return fields


def _whole(text: str) -> int | None:
    found = number_in(text.replace(",", "") if THOUSANDS.fullmatch(text) else text)
    if found is None or not 0 <= found[0] <= 2**53 or found[0] != int(found[0]):
        return None
    return int(found[0])


def _share(text: str, measure: Measure) -> tuple[float | None, float]:
    """A cell in the metric's unit, and how far the true figure may lie from it, as it was rounded."""
    found = number_in(text, share=measure.unit != "other")
    if found is None:
        return None, 0.0
    value, digits, percents = found
    scale = 100.0 if percents or measure.unit == "percent" else 1.0
    return value / scale, 0.5 * 10.0**-digits / scale
