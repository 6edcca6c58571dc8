"""Rates from counts alone, where a format sums its items up and does not list them."""

from typing import Any, Final

from workbench.evidence.estimate import LEVEL
from workbench.evidence.statistics import wilson

NO_MODEL_CODE: Final = "The format does not say which model wrote the code, or from which prompts."


def rate_of_counts(successes: int, n: int) -> dict[str, Any]:
    """Fields of a metric for ``successes`` of ``n`` items that are taken to be independent.

    Args:
        successes: items that count, from 0 to ``n``.
        n: scored items; 0 gives no value.
    """
    fields: dict[str, Any] = {"kind": "proportion", "unit": "proportion", "n": n}
    if n > 0:
        low, high = wilson(successes, n, LEVEL)
        estimate = {"low": low, "high": high, "level": LEVEL, "method": "wilson", "n_effective": n}
        fields |= {"value": successes / n, "successes": successes, "estimate": estimate}
    return fields


def count_of_things(number: int | None, n: int | None = None) -> dict[str, Any]:
    """Fields of a metric that counts; ``n`` is how many places were looked at, where that is known."""
    return {"kind": "count", "unit": "count", "value": number, "n": n}


def many(number: int, thing: str) -> str:
    """A number with its noun, such as ``1 file`` or ``2 files``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
