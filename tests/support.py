"""Small helpers of the tests."""

from typing import Final, TypeVar

from workbench.analysis.findings import Finding, Rule
from workbench.analysis.lint.linter import check
from workbench.analysis.rules_drawing import DRAWING_RULES
from workbench.analysis.rules_elements import ELEMENT_RULES
from workbench.analysis.rules_links import LINK_RULES
from workbench.store.store import Store

T = TypeVar("T")

STRUCTURE: Final[tuple[Rule, ...]] = (*LINK_RULES, *ELEMENT_RULES, *DRAWING_RULES)
"""The rules that every sound file keeps, whatever it says."""


def there(value: T | None) -> T:
    """A value that must not be missing; a test that meets None fails here, which is its purpose."""
    assert value is not None
    return value


def structure_of(store: Store) -> list[Finding]:
    """What breaks the rules of structure, worst first; what somebody suppressed is left out."""
    return [finding for finding in check(store, STRUCTURE) if finding.open]
