"""Rules about the structure of a project: what may stand where.

A file that breaks them opens all the same; the linter says so.
"""

from typing import Final

from workbench.analysis.findings import Finding, Rule
from workbench.analysis.lint.linter import check
from workbench.analysis.rules_drawing import DRAWING_RULES
from workbench.analysis.rules_elements import ELEMENT_RULES
from workbench.analysis.rules_links import LINK_RULES
from workbench.store.store import Store

RULES: Final[tuple[Rule, ...]] = (*LINK_RULES, *ELEMENT_RULES, *DRAWING_RULES)
"""The rules that every sound file keeps, whatever it says."""


def check_structure(store: Store) -> list[Finding]:
    """Findings of the rules of structure, worst first; those a person suppressed are left out."""
    return [finding for finding in check(store, RULES) if finding.open]
