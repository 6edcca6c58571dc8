"""Figures that the program makes of a run's figures, and that therefore stand in no file: groups pooled, rates turned.

Their ids follow from what they are made of, so that they can be told apart from lost ones and made again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from workbench.evidence.items import Item, metric_of
from workbench.model.ids import derived_id
from workbench.model.runs import Metric, Reported

_NUMBER: Final = re.compile(r"\d+")
_TURNED: Final = "1 − "


def natural(text: str) -> tuple[list[int], str]:
    """By the numbers in a text, then by its letters: ``chain 9`` before ``chain 10``."""
    return [int(part[:12]) for part in _NUMBER.findall(text)], text.casefold()


def pooled(whole: Metric, items: Sequence[Item], groups: Mapping[str, set[str]]) -> Metric:
    """The figure of some items of a run; its id follows from what it is made of.

    Args:
        whole: the figure over all of the run.
        items: those of its items that are in the groups.
        groups: the values of each stratum that are taken together.
    """
    strata = {name: ", ".join(sorted(values, key=natural)) for name, values in groups.items()}
    shared: dict[str, Any] = {"scorer": whole.scorer, "reducer": whole.reducer, "k": whole.k}
    fields = metric_of(whole.name, items, **shared, strata=strata)
    fields.pop("items")
    fields["tool_says_higher_is_better"] = whole.tool_says_higher_is_better
    return Metric.model_validate({**fields, "id": _pooled_id(whole.id, strata), "run": whole.run})


def _pooled_id(whole: str, strata: Mapping[str, str]) -> str:
    return derived_id("metric", whole, *(part for pair in sorted(strata.items()) for part in pair))


def can_turn(metric: Metric) -> bool:
    """Whether one less the figure says something: a share of items or a mean of scores from 0 to 1, not yet turned."""
    return metric.unit == "proportion" and metric.kind in ("proportion", "mean") and not is_turned(metric)


def is_turned(metric: Metric) -> bool:
    """Whether the program made the figure by turning another round."""
    return metric.name.startswith(_TURNED)


def turned_name(metric: Metric) -> str:
    """Name of the figure that was turned round."""
    return metric.name.removeprefix(_TURNED)


def turned(metric: Metric) -> Metric:
    """One less the figure, such as the share of secure answers from that of insecure ones; its interval turns too.

    Missing items stay missing: they are in neither share. What the tool reported, and what the figure was held against,
    was of the figure as it stood, and is left out.

    Raises:
        ValueError: the figure is no share: see ``can_turn``.
    """
    if not can_turn(metric):
        raise ValueError(f"{metric.name} is no share of items")
    better, estimate = metric.tool_says_higher_is_better, metric.estimate
    if estimate is not None:
        low, high = (None if end is None else 1 - end for end in (estimate.high, estimate.low))
        estimate = estimate.model_copy(update={"low": low, "high": high})
    return metric.replace(
        id=derived_id("metric", metric.id, _TURNED),
        name=f"{_TURNED}{metric.name}",
        value=None if metric.value is None else 1 - metric.value,
        successes=None if metric.successes is None or metric.n is None else metric.n - metric.successes,
        estimate=estimate,
        reported=Reported.empty(),
        tool_says_higher_is_better=None if better is None else not better,
        baselines=(),
    )


def remade(
    stored: Iterable[Metric], figures: Mapping[str, Metric], items: Mapping[str, Sequence[Item]]
) -> dict[str, Metric]:
    """The program's own among some figures of a run, made again from what stands in the place of the others.

    Args:
        stored: figures as the project has them.
        figures: what the run's file gives now, or another run, by the id of the figure whose place it takes.
        items: the samples behind each of ``figures``, by the same id, as far as there are any.

    Returns:
        What was made, by the id in the project; what is not the program's own, or cannot be made, is not there.
    """
    made: dict[str, Metric] = {}
    for metric in sorted(stored, key=is_turned):  # what was turned round may have been pooled before
        again = (
            _turned_again(metric, {**figures, **made}) if is_turned(metric) else _pooled_again(metric, figures, items)
        )
        if again is not None:
            made[metric.id] = again
    return made


def _turned_again(stored: Metric, figures: Mapping[str, Metric]) -> Metric | None:
    base = next((figure for id, figure in figures.items() if derived_id("metric", id, _TURNED) == stored.id), None)
    return turned(base) if base is not None and can_turn(base) else None


def _pooled_again(stored: Metric, figures: Mapping[str, Metric], items: Mapping[str, Sequence[Item]]) -> Metric | None:
    alike = (id for id, figure in figures.items() if figure.name == stored.name and not figure.strata)
    whole = next((id for id in alike if _pooled_id(id, stored.strata) == stored.id), None)
    if whole is None:
        return None
    groups = _groups(stored.strata, items.get(whole, ()))
    mine = [item for item in items.get(whole, ()) if all(item.strata.get(n, "") in v for n, v in groups.items())]
    again = pooled(figures[whole], mine, groups) if mine else None
    return again if again is not None and again.strata == stored.strata else None


def _groups(strata: Mapping[str, str], items: Sequence[Item]) -> dict[str, set[str]]:
    """The values of each stratum that were taken together, told from how they were written down."""
    return {
        name: {value for item in items if f", {(value := item.strata.get(name, ''))}, " in f", {text}, "}
        for name, text in strata.items()
    }
