"""Rules about the structure of a project: what may stand where. Pure functions over the document.

A file that breaks them opens all the same; the linter says so.
"""

from typing import Final

from workbench.analysis.findings import SEVERITIES, Finding, Rule
from workbench.analysis.rules_drawing import DRAWING_RULES
from workbench.analysis.rules_elements import ELEMENT_RULES
from workbench.analysis.rules_links import LINK_RULES
from workbench.model.review import Answer
from workbench.store.store import Store

RULES: Final[tuple[Rule, ...]] = (*LINK_RULES, *ELEMENT_RULES, *DRAWING_RULES)
"""Every rule, by id unique."""


def check_structure(store: Store) -> list[Finding]:
    """Findings of every rule, worst first, then by rule and record; those a person suppressed are left out."""
    suppressed = {(answer.rule, answer.subject) for answer in store.all(Answer) if answer.answer == "suppressed"}
    findings = [
        Finding(rule.id, rule.severity, element, message)
        for rule in RULES
        for element, message in rule.look(store)
        if (rule.id, element) not in suppressed
    ]
    findings.sort(key=lambda finding: (SEVERITIES.index(finding.severity), finding.rule, finding.element))
    return findings
