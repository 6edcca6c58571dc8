"""Two runs compared item by item: which items both saw, and what the difference is worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from workbench.evidence.items import Item
from workbench.evidence.labels import number, percent
from workbench.evidence.statistics import Interval
from workbench.evidence.statistics_compare import mcnemar_exact, paired_difference, tango
from workbench.values import value_type

LEVEL: Final = 0.95
Counting = Literal["", "left out", "as failures"]


_COUNTED: Final[dict[Counting, str]] = {"left out": "as left out", "as failures": "as failures"}


class Pair(NamedTuple):
    """One item in both runs.

    Attributes:
        a: score of the first run, averaged over its repeats; None where none of them was scored. ``b``: the second's.
        cluster: what the item shares with others, such as a passage; else the item itself.
    """

    item: str
    a: float | None
    b: float | None
    cluster: str


@value_type(frozen=True, slots=True)
class Pairing:
    """The items of two runs side by side.

    Attributes:
        repeats: an item was sampled more than once in either run, so its scores are averages.
        refused: why the runs cannot be paired, one sentence; empty where they can.
    """

    pairs: tuple[Pair, ...] = ()
    repeats: bool = False
    refused: str = ""


@value_type(frozen=True, slots=True)
class Comparison:
    """What two runs on the same items say about each other; differences are the first run less the second.

    Attributes:
        n: items compared.
        both, only_a, only_b, neither: how many of them passed where; None where scores are not pass or fail, or
            repeats were averaged.
        difference: in the unit of the scores; null without a scored pair.
        low, high: two-sided interval of the difference at ``level``; null where its spread cannot be estimated.
        p_value: two-sided, of no difference.
        missing: items that lack a score in one run or both.
        counted: what was done with them above: left out, or taken as failures; whichever decides less.
        otherwise: the comparison with the missing ones counted the other way.
        bounds: the difference if each missing score had fallen against the first run, and if each had fallen for it.
        method: how interval and p-value were computed.
        refused: why nothing can be said, one sentence; empty where it can.
    """

    n: int = 0
    both: int | None = None
    only_a: int | None = None
    only_b: int | None = None
    neither: int | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    refused: str = ""
    level: float = LEVEL
    method: str = ""
    missing: int = 0
    counted: Counting = ""
    otherwise: "Comparison | None" = None
    bounds: Interval | None = None

    @property
    def decided(self) -> bool:
        """Whether the runs differ at the level, however the missing items are counted."""
        if self.p_value is None or self.p_value >= 1 - self.level:
            return False
        if not self.missing:
            return True
        return self.bounds is not None and (self.bounds[0] > 0 or self.bounds[1] < 0)

    @property
    def sentence(self) -> str:
        """The result in words, with what weakens it."""
        if self.refused:
            return self.refused
        if not self.missing:
            return self.figures
        lacking = f"{_items(self.missing)} without a score in one of the runs"
        if self.otherwise is None:
            return f"{self.figures} {lacking}: left out."
        here, there = _COUNTED[self.counted], _COUNTED[self.otherwise.counted]
        return f"{self.figures} This counts {lacking} {here}; {there}: {_lower(self.otherwise.figures)}"

    @property
    def figures(self) -> str:
        """Counts, difference and p-value in words, over the items scored in both runs."""
        parts = []
        if not self.n:
            return "No item has a score in both runs."
        if self.only_a is not None:
            parts.append(
                f"Of {_items(self.n)} only the first run passed {self.only_a:,} and only the second {self.only_b:,}"
            )
        else:
            parts.append(f"Over {_items(self.n)}")
        if self.difference is not None:
            shown = f"the difference is {points(self.difference)}"
            if self.low is not None and self.high is not None:
                shown += f", {percent(self.level, 4)} interval {points(self.low)} to {points(self.high)}"
            parts.append(shown)
        if self.p_value is not None:
            parts.append(f"p = {probability(self.p_value)} ({self.method})")
        return "; ".join(parts) + "."


def points(difference: float) -> str:
    """A difference of fractions in percentage points, with its sign."""
    shown = f"{100 * difference:+.1f}".removesuffix(".0").replace("-", "−")
    return f"{'0' if shown in ('+0', '−0') else shown} points"


def probability(p_value: float) -> str:
    """A p-value with two digits that say something."""
    return "< 0.0001" if p_value < 0.0001 else number(p_value, 2)


def _items(count: int) -> str:
    return f"{count:,} item" + ("" if count == 1 else "s")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


class _Seen(NamedTuple):
    scores: list[float]
    digests: set[str]
    clusters: set[str]
    rows: int


def _by_item(items: Iterable[Item]) -> dict[str, _Seen]:
    found: dict[str, _Seen] = {}
    for item in items:
        seen = found.get(item.item) or _Seen([], set(), set(), 0)
        if item.score is not None and item.state == "scored":
            seen.scores.append(item.score)
        if item.digest:
            seen.digests.add(item.digest)
        if item.cluster:
            seen.clusters.add(item.cluster)
        found[item.item] = seen._replace(rows=seen.rows + 1)
    return found


def pair_items(a: Sequence[Item], b: Sequence[Item]) -> Pairing:
    """Lay two runs side by side, item by item; repeats of an item are averaged first.

    Refused where the runs did not see the same items: ids differ, or contents (digests) that both formats tell.
    """
    if not a or not b:
        which = "both runs" if not a and not b else "the second run" if a else "the first run"
        return Pairing(
            refused=f"Only a summary of {which} is at hand, no items, so they are not compared item by item."
        )
    first, second = _by_item(a), _by_item(b)
    refused = _differ(first, second)
    if refused:
        return Pairing(refused=refused)
    pairs = []
    for id, one in first.items():
        other = second[id]
        clusters = one.clusters or other.clusters
        cluster = min(clusters) if clusters else id
        pairs.append(Pair(id, _mean(one.scores), _mean(other.scores), cluster))
    repeats = any(seen.rows > 1 for run in (first, second) for seen in run.values())
    return Pairing(tuple(pairs), repeats)


def _mean(scores: list[float]) -> float | None:
    return sum(scores) / len(scores) if scores else None


def _differ(first: Mapping[str, _Seen], second: Mapping[str, _Seen]) -> str:
    """Why two sets of items are not the same ones; empty where they are."""
    only_a, only_b = len(first.keys() - second.keys()), len(second.keys() - first.keys())
    changed = sum(
        1
        for id, one in first.items()
        if id in second and one.digests and second[id].digests and one.digests != second[id].digests
    )
    if not (only_a or only_b or changed):
        return ""
    shared = len(first) - only_a
    parts = []
    if only_a:
        parts.append(f"{_items(only_a)} only in the first run")
    if only_b:
        parts.append(f"{_items(only_b)} only in the second")
    if changed:
        parts.append(f"{changed:,} of the {shared:,} shared ones with other content")
    return f"The runs did not see the same items ({', '.join(parts)}), so they are not compared item by item."


def compare_runs(items_a: Sequence[Item], items_b: Sequence[Item], level: float = LEVEL) -> Comparison:
    """Compare two runs on the same items, the first less the second.

    One answer an item, passed or failed: the exact McNemar test and Tango's interval. Otherwise (repeats, partial
    scores, items that share a passage): the paired difference of means with its clustered standard error.

    Args:
        items_a: samples of one metric of the first run; ``items_b``: of the same metric of the second.
        level: of the interval.
    """
    pairing = pair_items(items_a, items_b)
    if pairing.refused:
        return Comparison(refused=pairing.refused, level=level)
    return _compared(pairing, level)


def _compared(pairing: Pairing, level: float) -> Comparison:
    missing = sum(pair.a is None or pair.b is None for pair in pairing.pairs)
    left_out = _scored(pairing, level)
    known = [score for pair in pairing.pairs for score in (pair.a, pair.b) if score is not None]
    if not missing or not all(0.0 <= score <= 1.0 for score in known):
        if not left_out.n:
            return replace(left_out, refused="No item has a score in both runs.", missing=missing)
        return replace(left_out, missing=missing, counted="left out" if missing else "")
    worst, best = (_mean_difference(_filled(pairing, *fill)) for fill in ((0.0, 1.0), (1.0, 0.0)))
    as_failed = replace(_scored(_filled(pairing, 0.0, 0.0), level), counted="as failures", missing=missing)
    left_out = replace(left_out, counted="left out", missing=missing)
    if _weight(left_out) >= _weight(as_failed):
        return replace(left_out, otherwise=as_failed, bounds=(worst, best))
    return replace(as_failed, otherwise=left_out, bounds=(worst, best))


def _weight(comparison: Comparison) -> float:
    """How little a comparison decides."""
    return 2.0 if comparison.p_value is None else comparison.p_value


def _scored(pairing: Pairing, level: float) -> Comparison:
    """The comparison over the items with a score in both runs."""
    scored = [(pair.a, pair.b, pair.cluster) for pair in pairing.pairs if pair.a is not None and pair.b is not None]
    if not scored:
        return Comparison(level=level)
    differences = [a - b for a, b, _ in scored]
    clusters = [cluster for _, _, cluster in scored]
    outcomes = [(a, b) for a, b, _ in scored]
    plain = not pairing.repeats and all(score in (0.0, 1.0) for pair in outcomes for score in pair)
    both, only_a, only_b, neither = (
        outcomes.count(pair) if plain else None for pair in ((1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0))
    )
    counts = (both, only_a, only_b, neither)
    if only_a is not None and only_b is not None and len(set(clusters)) == len(clusters):
        low, high = tango(only_a, only_b, len(scored), level)
        value, p_value = sum(differences) / len(scored), mcnemar_exact(only_a, only_b)
        method = "exact McNemar test, Tango's interval"
        return Comparison(len(scored), *counts, value, low, high, p_value, level=level, method=method)
    spread = paired_difference(differences, clusters, level)
    method = "paired difference, clustered" if spread.clusters < spread.n else "paired difference"
    figures = (spread.value, spread.low, spread.high, spread.p_value)
    return Comparison(len(scored), *counts, *figures, level=level, method=method)


def _filled(pairing: Pairing, a: float, b: float) -> Pairing:
    """The same pairs with scores put in where there are none."""
    pairs = tuple(
        pair._replace(a=a if pair.a is None else pair.a, b=b if pair.b is None else pair.b) for pair in pairing.pairs
    )
    return Pairing(pairs, pairing.repeats)


def _mean_difference(pairing: Pairing) -> float:
    return sum((pair.a or 0.0) - (pair.b or 0.0) for pair in pairing.pairs) / len(pairing.pairs)
