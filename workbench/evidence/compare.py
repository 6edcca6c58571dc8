"""Two runs compared item by item: which items both saw, and what the difference is worth."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from workbench.evidence.items import Item
from workbench.evidence.labels import number, percent
from workbench.evidence.statistics import Interval
from workbench.evidence.statistics_compare import mcnemar_exact, paired_difference, tango
from workbench.values import value_type

LEVEL: Final = 0.95


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
        n: items with a score in both runs.
        both, only_a, only_b, neither: how many of them passed where; None where scores are not pass or fail, or
            repeats were averaged.
        difference: in the unit of the scores; null without a scored pair.
        low, high: two-sided interval of the difference at ``level``; null where its spread cannot be estimated.
        p_value: two-sided, of no difference.
        missing: items that lack a score in one run or both; they are left out above.
        bounds: for pass and fail: the difference if each missing score had fallen against the first run, and if each
            had fallen for it.
        as_failed: the same comparison with missing scores as failures, where some are missing.
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
    bounds: Interval | None = None
    as_failed: "Comparison | None" = None

    @property
    def decided(self) -> bool:
        """Whether the runs differ at the level, however the missing items are counted."""
        if self.p_value is None or self.p_value >= 1 - self.level:
            return False
        if not self.missing:
            return True
        if self.bounds is None or self.as_failed is None or not self.as_failed.decided:
            return False
        return self.bounds[0] > 0 or self.bounds[1] < 0

    @property
    def sentence(self) -> str:
        """The result in words, with what weakens it."""
        if self.refused:
            return self.refused
        said = self.figures
        if self.as_failed is not None:
            said += (
                f" {_items(self.missing)} without a score in one of the runs {'is' if self.missing == 1 else 'are'} "
                f"left out; counted as failures: {_lower(self.as_failed.figures)}"
            )
        elif self.missing:
            said += f" {_items(self.missing)} without a score in one of the runs left out."
        return said

    @property
    def figures(self) -> str:
        """Counts, difference and p-value in words, over the items scored in both runs."""
        parts = []
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
    scored = [(pair.a, pair.b, pair.cluster) for pair in pairing.pairs if pair.a is not None and pair.b is not None]
    missing = len(pairing.pairs) - len(scored)
    known = [score for pair in pairing.pairs for score in (pair.a, pair.b) if score is not None]
    graded = all(0.0 <= score <= 1.0 for score in known)
    as_failed = bounds = None
    if missing and graded:
        as_failed = _compared(_filled(pairing, 0.0, 0.0), level)
        worst, best = (_mean_difference(_filled(pairing, *fill)) for fill in ((0.0, 1.0), (1.0, 0.0)))
        bounds = (worst, best)
    if not scored:
        return Comparison(
            refused="" if as_failed is not None else "No item has a score in both runs.",
            level=level,
            missing=missing,
            bounds=bounds,
            as_failed=as_failed,
        )
    plain = not pairing.repeats and all(score in (0.0, 1.0) for score in known)
    counts: dict[str, int] = {}
    figures: tuple[float | None, float | None, float | None, float | None]
    if plain:
        outcomes = [(bool(a), bool(b)) for a, b, _ in scored]
        counts = {
            "both": outcomes.count((True, True)),
            "only_a": outcomes.count((True, False)),
            "only_b": outcomes.count((False, True)),
            "neither": outcomes.count((False, False)),
        }
    differences = [a - b for a, b, _ in scored]
    clusters = [cluster for _, _, cluster in scored]
    if plain and len(set(clusters)) == len(clusters):
        low, high = tango(counts["only_a"], counts["only_b"], len(scored), level)
        figures = (sum(differences) / len(scored), low, high, mcnemar_exact(counts["only_a"], counts["only_b"]))
        method = "exact McNemar test, Tango's interval"
    else:
        spread = paired_difference(differences, clusters, level)
        figures = (spread.value, spread.low, spread.high, spread.p_value)
        method = "paired difference, clustered" if spread.clusters < spread.n else "paired difference"
    return Comparison(
        len(scored),
        counts.get("both"),
        counts.get("only_a"),
        counts.get("only_b"),
        counts.get("neither"),
        *figures,
        level=level,
        method=method,
        missing=missing,
        bounds=bounds,
        as_failed=as_failed,
    )


def _filled(pairing: Pairing, a: float, b: float) -> Pairing:
    """The same pairs with scores put in where there are none."""
    pairs = tuple(
        pair._replace(a=a if pair.a is None else pair.a, b=b if pair.b is None else pair.b) for pair in pairing.pairs
    )
    return Pairing(pairs, pairing.repeats)


def _mean_difference(pairing: Pairing) -> float:
    return sum((pair.a or 0.0) - (pair.b or 0.0) for pair in pairing.pairs) / len(pairing.pairs)
