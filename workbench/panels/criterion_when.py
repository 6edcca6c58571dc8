"""When a criterion was set, as dialogs and cards ask it: before the results were seen, after, or not known. No Qt."""

from typing import Final

from workbench.model.runs import Criterion

BEFORE: Final = "before"
AFTER: Final = "after"
UNKNOWN: Final = "unknown"
WHEN_WORDS: Final = (
    ("Before the results were seen", BEFORE),
    ("After the results were seen", AFTER),
    ("Not known", UNKNOWN),
)
SAID: Final[dict[str | None, bool | None]] = {BEFORE: True, AFTER: False, UNKNOWN: None}
"""What the criterion stores for each; for none chosen, ``get`` gives that nobody knows."""


def when_of(criterion: Criterion | None) -> str | None:
    """When a criterion was set, as the choice names it; None where there is none."""
    if criterion is None:
        return None
    return next(name for name, said in SAID.items() if said is criterion.set_before_results)
