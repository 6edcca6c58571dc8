"""From the groups of a run to cells of a capability grid, or to points of its sweep.

A run tells its items apart by strata, such as ``{"topic": "races", "level": "design"}``. A mapping says which value of
which stratum belongs to which row, column and aspect, or to which number of blocks.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import product
from typing import Final, NamedTuple

from workbench.evidence.items import MAX_STRATA, Item, metric_of
from workbench.evidence.labels import metric_label
from workbench.evidence.made import can_turn, natural, pooled, turned
from workbench.model.runs import Metric
from workbench.values import value_type

_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+")
_DULL: Final = frozenset({"and", "of", "the", "level", "code", "a"})
_LEAST_STEM: Final = 4
_CLOSE: Final = 1e-9


class Measure(NamedTuple):
    """What a run measured, whatever the group."""

    name: str
    scorer: str
    reducer: str
    k: int | None


@value_type(frozen=True, slots=True)
class Dimension:
    """How one coordinate of a cell is found.

    Attributes:
        stratum: name of the stratum whose values tell; empty: all goes to ``fixed``.
        targets: name of the row (column, aspect, number of blocks) by value of the stratum; others are left out.
    """

    stratum: str = ""
    fixed: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)


class Group(NamedTuple):
    """What goes to one place.

    Attributes:
        target: the name for each dimension.
        metric: its figure; null where ``problem`` says why there is none.
    """

    target: tuple[str, ...]
    metric: Metric | None
    problem: str = ""


class RunGroups:
    """The groups of one run, from its stored figures and, where a file was just read, from its items."""

    def __init__(self, metrics: Iterable[Metric], items: Mapping[str, Sequence[Item]] | None = None) -> None:
        """Look through the metrics of one run."""
        self._metrics = list(metrics)
        self._items = items or {}

    def measures(self) -> dict[Measure, str]:
        """What the run measured, with words for it; what can be told apart by groups first."""
        words = {measure_of(metric): metric_label(metric) for metric in self._metrics if metric.unit == "proportion"}
        return dict(sorted(words.items(), key=lambda pair: not self.strata(pair[0])))

    def strata(self, measure: Measure) -> dict[str, tuple[str, ...]]:
        """The values of each stratum, in order of their numbers and letters; ids, of which there are many, left out."""
        found: dict[str, set[str]] = {}
        for metric in self._of(measure):
            for name, value in metric.strata.items():
                found.setdefault(name, set()).add(value)
        for item in self._whole(measure)[1]:
            for name, value in item.strata.items():
                if value:
                    found.setdefault(name, set()).add(value)
        return {
            name: tuple(sorted(values, key=natural))
            for name, values in sorted(found.items())
            if 1 <= len(values) <= MAX_STRATA
        }

    def groups(self, measure: Measure, dimensions: Sequence[Dimension], *, turn: bool = False) -> list[Group]:
        """One figure for each place that the dimensions lead to, in order of their numbers and letters.

        Args:
            measure: which figure.
            dimensions: how each coordinate is found.
            turn: take one less each figure: of a share of insecure answers the share of the others.
        """
        wanted = [
            sorted(set(d.targets.values()) - {""}, key=natural) if d.stratum else [d.fixed] * bool(d.fixed)
            for d in dimensions
        ]
        found = [self._group(measure, dimensions, target) for target in product(*wanted)]
        return [_turned(group) if turn else group for group in found if group is not None]

    def _group(self, measure: Measure, dimensions: Sequence[Dimension], target: tuple[str, ...]) -> Group | None:
        allowed: dict[str, set[str]] = {}
        for dimension, name in zip(dimensions, target, strict=True):
            if dimension.stratum:
                values = {value for value, to in dimension.targets.items() if to == name}
                allowed[dimension.stratum] = allowed.get(dimension.stratum, values) & values
        stored = [
            metric
            for metric in self._of(measure)
            if metric.strata.keys() == allowed.keys()
            and all(metric.strata[name] in values for name, values in allowed.items())
        ]
        if len(stored) == 1 and all(len(values) == 1 for values in allowed.values()):
            return Group(target, stored[0])
        whole, items = self._whole(measure)
        mine = [item for item in items if all(item.strata.get(name, "") in v for name, v in allowed.items())]
        if whole is not None and mine:
            return Group(target, pooled(whole, mine, allowed))
        if len(stored) == 1:
            return Group(target, stored[0])
        if len(stored) > 1:
            groups = ", ".join(" ".join(metric.strata.values()) for metric in stored)
            return Group(target, None, f"{len(stored)} groups ({groups}); a cell holds one figure")
        return None

    def whole(self, measure: Measure) -> Metric | None:
        """The figure over all of the run, else any of its groups."""
        return next(iter(sorted(self._of(measure), key=lambda metric: len(metric.strata))), None)

    def _of(self, measure: Measure) -> list[Metric]:
        return [metric for metric in self._metrics if measure_of(metric) == measure]

    def _whole(self, measure: Measure) -> tuple[Metric | None, Sequence[Item]]:
        """The figure over all of the run and its items, where these give the same figure."""
        for metric in self._of(measure):
            items = self._items.get(metric.id, ())
            if not metric.strata and items and metric.kind in ("proportion", "mean"):
                again = metric_of(metric.name, items).get("value")
                if again is None or metric.value is None:
                    continue
                if math.isclose(again, metric.value, rel_tol=_CLOSE, abs_tol=_CLOSE):
                    return metric, items
        return None, ()


def _turned(group: Group) -> Group:
    metric = group.metric
    if metric is None:
        return group
    if not can_turn(metric):
        return Group(group.target, None, f"{metric.name} is no share that could be turned round")
    return Group(group.target, turned(metric))


def measure_of(metric: Metric) -> Measure:
    """What a metric measured, whatever the group."""
    return Measure(metric.name, metric.scorer, metric.reducer, metric.k)


# guesses


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)} - _DULL


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    stem = min(len(short), max(_LEAST_STEM, len(short) - 3))
    return one == other or (len(short) >= _LEAST_STEM and long.startswith(short[:stem]))


def guess(value: str, names: Iterable[str]) -> str:
    """The name that a value of a stratum most likely means; empty where none or several would do."""
    mine = _words(value)
    scored: list[tuple[int, str]] = []
    for name in names:
        hits = sum(any(_alike(word, other) for other in mine) for word in _words(name))
        if hits:
            scored.append((hits, name))
    best = max((hits for hits, _ in scored), default=0)
    found = [name for hits, name in scored if hits == best]
    return found[0] if len(found) == 1 else ""


def guess_targets(values: Iterable[str], names: Sequence[str]) -> dict[str, str]:
    """For each value the name it most likely means, empty where that is not clear."""
    return {value: guess(value, names) for value in values}


def guess_blocks(values: Iterable[str]) -> dict[str, str]:
    """For each value the number of blocks in it; empty where there is none, or more than one."""
    found = {value: _NUMBER.findall(value) for value in values}
    return {value: str(int(n[0])) if len(n) == 1 and len(n[0]) <= 5 else "" for value, n in found.items()}


def best_stratum(strata: Mapping[str, Sequence[str]], names: Sequence[str]) -> str:
    """The stratum whose values mean most of the names; empty where none means any."""
    counts = {name: sum(bool(guess(value, names)) for value in values) for name, values in strata.items()}
    best = max(counts.values(), default=0)
    return next((name for name, count in counts.items() if count == best), "") if best else ""
