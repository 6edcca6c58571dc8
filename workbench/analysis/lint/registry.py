"""Every rule of the program. A part that brings rules of its own adds its tuple here."""

from typing import Final

from workbench.analysis.findings import Rule
from workbench.analysis.lint.control_rules import CONTROL_RULES
from workbench.analysis.lint.evidence_rules import EVIDENCE_RULES
from workbench.analysis.lint.family import Family, Whole
from workbench.analysis.lint.idle import IDLE
from workbench.analysis.lint.pathway_rules import PATHWAY_FAMILY, PATHWAY_RULES
from workbench.analysis.lint.review_rules import REVIEW_RULES
from workbench.analysis.lint.risk_rules import DOMAIN, ODD_RULES, RISK_FAMILY, RISK_RULES
from workbench.analysis.lint.wording import WORDING_RULES
from workbench.analysis.rules_drawing import BOW_TIE_RULES, DRAWING_RULES
from workbench.analysis.rules_elements import ELEMENT_RULES
from workbench.analysis.rules_links import GUARD_FAMILY, LINK_FAMILY, LINK_RULES, LOOPS

RULES: Final[tuple[Rule, ...]] = (
    *LINK_RULES,
    *ELEMENT_RULES,
    *DRAWING_RULES,
    *BOW_TIE_RULES,
    *WORDING_RULES,
    *PATHWAY_RULES,
    *CONTROL_RULES,
    *EVIDENCE_RULES,
    *RISK_RULES,
    *ODD_RULES,
    *REVIEW_RULES,
    IDLE,
)
"""Every rule, by id unique."""

FAMILIES: Final[tuple[Family, ...]] = (LINK_FAMILY, GUARD_FAMILY, PATHWAY_FAMILY, RISK_FAMILY)
"""Checks that serve several rules at once."""

WHOLES: Final[tuple[Whole, ...]] = (LOOPS, DOMAIN)
"""Looks at the whole document at once."""

BY_ID: Final[dict[str, Rule]] = {rule.id: rule for rule in RULES}
