"""What Inspect's score values and epoch reducers mean, item by item."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from statistics import median, mode
from typing import Any, Final

from workbench.evidence.estimate import of_rate, of_values
from workbench.evidence.intake import number_of
from workbench.evidence.statistics import pass_all_k, pass_at_k

_LETTERS: Final = {"C": 1.0, "I": 0.0, "P": 0.5}
_VERDICTS: Final = (0.0, 1.0, 0.5)
_WORDS: Final = {"yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}
NO_ANSWER: Final = "N"
_COUNTED: Final = re.compile(r"(pass_at|pass_k|at_least)_(\d{1,6})")


def as_number(value: object) -> float | None:
    """A score as a number, as Inspect's own ``value_to_float`` reads it, but for what it has no number for.

    ``C``, ``I``, ``P`` are 1, 0 and 0.5; yes, no, true, false and numbers in text are read as such. ``N`` (no answer or
    refusal), NaN (unscored), other words, lists and objects give None.
    """
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        letter = _LETTERS.get(value)
        if letter is not None:
            return letter
        word = value.strip().lower()
        if word in _WORDS:
            return _WORDS[word]
        try:
            return number_of(float(word))
        except ValueError:
            return None
    return number_of(value)


@dataclass(slots=True)
class ScoreColumn:
    """The values one scorer (or one key of a scorer that gives several) put on the samples.

    Attributes:
        values: usable numbers, with ``items``: the sample id of each.
        bounded: every value is a verdict (right, wrong, partial, 0 or 1), so none can lie outside 0 to 1.
        refused: samples marked as no answer.
        words: samples whose value is a word without a number.
    """

    values: list[float] = field(default_factory=list)
    items: list[Hashable] = field(default_factory=list)
    bounded: bool = True
    refused: int = 0
    words: int = 0

    def add(self, item: Hashable, value: object) -> bool:
        """Take one sample's value; whether it was a usable number."""
        number = as_number(value)
        if number is not None:
            self.values.append(number)
            self.items.append(item)
            if number not in _VERDICTS:
                self.bounded = False
            return True
        if value == NO_ANSWER:
            self.refused += 1
        elif isinstance(value, str):
            self.words += 1
        return False

    def by_item(self) -> dict[Hashable, list[float]]:
        """The values of each sample id, in order."""
        grouped: dict[Hashable, list[float]] = {}
        for item, value in zip(self.items, self.values, strict=True):
            grouped.setdefault(item, []).append(value)
        return grouped


def measure(column: ScoreColumn, reducer: str, epochs: int, planned: int | None) -> dict[str, Any] | None:
    """Fields of the metric a reducer makes of a column, with what is missing; None for a reducer that is not known.

    The mean over epochs is taken over all samples, clustered by item. Other reducers give one value an item; an item
    that lacks repeats counts as missing, because pass@k and the like are not defined where repeats were lost unevenly.
    The ids and values come along under ``items``.

    Args:
        column: the scorer's values.
        reducer: Inspect's name; empty where every item was run once.
        epochs: repeats planned for each item.
        planned: samples planned, repeats counted; None where unknown.
    """
    if epochs <= 1 or reducer in ("", "mean"):
        if not column.values:
            return of_rate([], []) | {"kind": "other", "missing": planned}
        fields = of_values(column.values, column.items, bounded=column.bounded)
        missing = None if planned is None else max(0, planned - len(column.values))
        return fields | {"missing": missing, "items": (column.items, column.values)}
    reduce = _reducer(reducer)
    if reduce is None:
        return None
    whole = {item: values for item, values in column.by_item().items() if len(values) >= epochs}
    function, extra, always_bounded = reduce
    if extra.get("k", 1) > epochs:
        return None
    reduced = [function(values) for values in whole.values()]
    bounded = always_bounded or column.bounded
    fields = of_values(reduced, list(whole), bounded=bounded)
    items = None if planned is None else planned // epochs
    missing = None if items is None else max(0, items - len(whole))
    return fields | extra | {"missing": missing, "items": (list(whole), reduced)}


def _reducer(name: str) -> tuple[Callable[[Sequence[float]], float], dict[str, Any], bool] | None:
    """The function of a reducer, the metric fields it fixes, and whether its values lie in 0 to 1 by themselves."""
    plain: dict[str, Callable[[Sequence[float]], float]] = {"max": max, "median": median, "mode": mode}
    if name in plain:
        return plain[name], {}, False
    match = _COUNTED.fullmatch(name)
    if match is None or int(match[2]) < 1:
        return None
    k = int(match[2])
    if match[1] == "pass_at":
        return lambda values: pass_at_k(len(values), _passes(values), k), {"kind": "pass_at_k", "k": k}, True
    if match[1] == "pass_k":
        return lambda values: pass_all_k(len(values), _passes(values), k), {}, True
    return lambda values: float(_passes(values) >= k), {}, True


def _passes(values: Sequence[float]) -> int:
    return sum(value >= 1.0 for value in values)
