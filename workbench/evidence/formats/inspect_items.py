"""The samples behind the figures of an Inspect log, so that two runs can be compared item by item."""

import hashlib
from collections import Counter
from collections.abc import Hashable, Mapping
from functools import lru_cache
from itertools import repeat
from typing import Any, Final, NamedTuple

from workbench.evidence.intake import text_of
from workbench.evidence.items import Item

_DIGESTED: Final = 100
"""Characters of an input that every layout of the log keeps; summaries cut long ones short."""
_MAX_STRATA: Final = 20
_MAX_VALUE: Final = 80


class Known(NamedTuple):
    """What the rows of one item say beside their scores; ``rows`` counts its samples."""

    digest: str
    strata: dict[str, str]
    rows: int


def known_items(rows: Mapping[tuple[Hashable, int], dict[str, Any]]) -> dict[str, Known]:
    """What the log says about each item, by its id.

    Args:
        rows: the samples by item and epoch.
    """
    first: dict[Hashable, dict[str, Any]] = {}
    for (item, _), row in rows.items():
        first.setdefault(item, row)
    count = Counter(item for item, _ in rows)
    return {str(item): Known(_digest(row), _strata(row.get("metadata")), count[item]) for item, row in first.items()}


def _digest(row: dict[str, Any]) -> str:
    """A hash of the beginning of question and target; empty where neither is text."""
    parts = [
        " ".join(text.split())[:_DIGESTED] for name in ("input", "target") if isinstance(text := row.get(name), str)
    ]
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest() if parts else ""


@lru_cache(maxsize=4_096)
def _clean(text: str) -> str:
    return text_of(text, _MAX_VALUE)


def _strata(metadata: object) -> dict[str, str]:
    if not isinstance(metadata, dict):
        return {}
    found: dict[str, str] = {}
    for name, value in metadata.items():
        if isinstance(value, str | int) and len(found) < _MAX_STRATA:
            text = value if isinstance(value, str) else str(value)
            if 0 < len(text) <= _MAX_VALUE:
                found[_clean(name)] = _clean(text)
    return found


ScoredValues = tuple[list[Hashable], list[float]]
"""Ids of samples (or of items, where repeats were reduced to one value), and the value of each."""


def items_of(values: ScoredValues, known: dict[str, Known], *, each_sample: bool) -> tuple[Item, ...]:
    """The items of a metric, also those without a score.

    Args:
        each_sample: every sample is an item of its own, not one value for all repeats.
    """
    nothing = Known("", {}, 0)
    ids = [str(id) for id in values[0]]
    said = [known.get(id, nothing) for id in ids]
    strata, digests = [about.strata for about in said], [about.digest for about in said]
    items = list(map(Item, ids, values[1], repeat("scored"), repeat(""), strata, digests))
    scored = Counter(ids)
    for id, about in known.items():
        lacking = (about.rows if each_sample else 1) - scored[id]
        if lacking > 0:
            items += [Item(id, None, "unscored", "", about.strata, about.digest)] * lacking
    return tuple(items)
