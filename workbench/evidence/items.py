"""Items of a run: what happened to each sample, and the figures that follow from them.

Importers hand items over; the project stores only the figures. Items serve what needs both: strata, and the comparison
of two runs item by item.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, overload

from workbench.evidence.estimate import of_mean, of_rate

ItemState = Literal["scored", "error", "unscored", "refused", "truncated"]
MAX_STRATA: Final = 60
"""Most values of one stratum that become figures of their own; more are ids, not groups."""


class Item(NamedTuple):
    """One sample.

    Attributes:
        item: the task's id in its data set; repeats share it.
        score: null unless ``state`` is ``scored``; 0 or 1 where it is a pass or a fail.
        cluster: what makes samples alike (a shared prompt or passage); empty where it is the item itself.
        strata: groups the sample belongs to, such as ``{"language": "python"}``.
        digest: a hash of the item's content where the format has one: two runs are paired only where these agree.
    """

    item: str
    score: float | None = None
    state: ItemState = "scored"
    cluster: str = ""
    strata: Mapping[str, str] = {}
    digest: str = ""


class LaterItems(Sequence[Item]):
    """Items that are made when somebody asks for them: reading a run seldom needs them, comparing two does."""

    def __init__(self, make: Callable[[], tuple[Item, ...]]) -> None:
        """Keep how to make them, and what that takes."""
        self._make: Callable[[], tuple[Item, ...]] | None = make
        self._made: tuple[Item, ...] = ()

    @property
    def made(self) -> tuple[Item, ...]:
        """The items."""
        if self._make is not None:
            self._made, self._make = self._make(), None
        return self._made

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return self.made[index]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self.made == (other.made if isinstance(other, LaterItems) else other)

    def __hash__(self) -> int:
        return hash(self.made)


def metric_of(name: str, items: Sequence[Item], *, planned: int | None = None, **fields: Any) -> dict[str, Any]:
    """Fields of a metric computed from its items: a rate where every score is 0 or 1, else a mean.

    Items without a score are missing, never zero. The items come along under ``items`` for whoever compares runs.

    Args:
        name: the metric's name.
        items: every sample of the metric, also those without a score.
        planned: samples the run set out to take, where that is more than ``items``.
        fields: more fields of the ``Metric`` record; they win over computed ones.
    """
    scored = [item for item in items if item.score is not None and item.state == "scored"]
    scores = [item.score for item in scored if item.score is not None]
    clusters = [item.cluster or item.item for item in scored]
    if all(score in (0.0, 1.0) for score in scores):
        figures = of_rate(scores, clusters)
    else:
        figures = of_mean(scores, clusters, bounded=all(0.0 <= score <= 1.0 for score in scores))
    total = max(len(items), planned or 0)
    return {"name": name, **figures, "missing": total - len(scored), **fields, "items": tuple(items)}


def strata_of(metric: Mapping[str, Any], names: Iterable[str] = ()) -> list[dict[str, Any]]:
    """One metric for each value of each stratum of a metric's items.

    Args:
        metric: as ``metric_of`` made it.
        names: which strata; empty means all. One with a single value, or with too many, is left out.
    """
    groups: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    wanted = set(names)
    for item in metric["items"]:
        for name, value in item.strata.items():
            if value and (not wanted or name in wanted):
                groups[name][value].append(item)
    kept = {"scorer", "reducer", "tool_says_higher_is_better"}
    shared = {name: value for name, value in metric.items() if name in kept}
    made = []
    for name, values in sorted(groups.items()):
        if 2 <= len(values) <= MAX_STRATA:
            for value, items in sorted(values.items()):
                made.append(metric_of(metric["name"], items, **shared, strata={name: value}))
    return made
