"""Rules about ratings, residual risk and its acceptance, and about the walk through the operational design domain."""

from collections.abc import Iterable, Iterator
from typing import Final

from workbench.analysis.findings import Finding, Rule
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.family import Family, Whole, by_whole
from workbench.analysis.odd_findings import CONTRADICTION, DIMENSION, NO_REASON, NOT_CONSIDERED, odd_findings
from workbench.analysis.risk import Ratings, scheme_of
from workbench.analysis.risk_controls import Standings
from workbench.analysis.risk_findings import RULES as TITLES
from workbench.analysis.risk_findings import of_subject
from workbench.model.base import Record
from workbench.model.elements import Consequence, Element, Hazard, TopEvent
from workbench.model.judgement import Assessment, OddCategory, OddConsideration, RiskAcceptance, RiskScheme
from workbench.store.store import Store

_SCHEME: Final = "The project's risk scheme; MIL-STD-882E, risk assessment."
_JUSTIFY: Final = "MIL-STD-882E, order of precedence of mitigations and acceptance of residual risk."
_WHY: Final[dict[str, tuple[str, str]]] = {
    "rating-outside-scheme": ("A rating outside the scheme has no level, and is in no matrix and no log.", _SCHEME),
    "residual-eliminated": (
        "Warnings, training and procedures never eliminate a hazard; only removing it does.", _JUSTIFY),
    "residual-no-control": ("A residual rating better than the initial one has to rest on something.", _JUSTIFY),
    "residual-only-proposed": ("What is only proposed protects nobody yet.", _JUSTIFY),
    "residual-no-standing": ("Its controls are refuted, or what speaks for them is stale.", _JUSTIFY),
    "residual-only-procedures": ("Procedures and training come last in the order of precedence.", _JUSTIFY),
    "residual-worse": ("Controls do not make a risk worse; one of the two ratings is wrong.", _SCHEME),
    "acceptance-missing": ("A residual risk stays until somebody with the authority accepts it.", _JUSTIFY),
    "acceptance-expired": ("An acceptance holds until its day; after it somebody has to look again.", _JUSTIFY),
    "acceptance-level": ("What was accepted is another level of risk than the one that is left.", _JUSTIFY),
}  # fmt: skip

RISK_RULES: Final[tuple[Rule, ...]] = tuple(
    Rule(id, TITLES[id][0], TITLES[id][1], (), by_whole, explanation=why, source=source)
    for id, (why, source) in _WHY.items()
)


def _of_rated(ctx: Context, record: Element) -> Iterator[tuple[str, str]]:
    if not ctx.referrers(record.id, Assessment, "subject") and not ctx.referrers(record.id, RiskAcceptance, "subject"):
        return
    for _ in ctx.all(RiskScheme):
        break  # another scheme asks every rating again; a choice of another one starts the linter anew
    ratings = Ratings(ctx, scheme_of(ctx.store))
    for rule, _subject, message in of_subject(ctx, record.id, ratings, Standings(ctx, ctx.day), ctx.day):
        yield rule, message


RISK_FAMILY: Final = Family(RISK_RULES, (Hazard, Consequence, TopEvent), _of_rated)

_ODD: Final = "Khlaaf, Toward Comprehensive Risk Assessments and Assurance of AI-Based Systems (2023)."
ODD_RULES: Final[tuple[Rule, ...]] = (
    Rule(NOT_CONSIDERED, "note", "Every entry of the operational design domain was considered", (), by_whole,
         source=_ODD, explanation="Hazards are looked for entry by entry; one that nobody looked at may hold some."),
    Rule(CONTRADICTION, "warning", "What is judged of an entry agrees with its hazards", (), by_whole, source=_ODD,
         explanation="An entry is called free of hazards, yet a hazard names it; or the other way round."),
    Rule(NO_REASON, "note", "An entry is set aside with a reason", (), by_whole, source=_ODD,
         explanation="Without the reason nobody can tell later whether the judgement still holds."),
    Rule(DIMENSION, "note", "Each impact dimension was considered", (), by_whole,
         source="A Hazard Analysis Framework for Code Synthesis Large Language Models (2022).",
         explanation="The framework looks for technical, social, political and economic hazards. A dimension that no "
         "hazard and no rating names was not looked at."),
)  # fmt: skip


def _of_domain(store: Store) -> Iterable[tuple[str, str, str]]:
    found: list[Finding] = odd_findings(store)
    return [(one.rule, one.element, one.message) for one in found]


def _domain_changes(_: Store, old: Record | None, new: Record | None, __: bool) -> bool:
    record = new if new is not None else old
    if isinstance(record, OddCategory | OddConsideration):
        return True
    names = ("odd", "impact_dimensions", "status", "code", "title") if isinstance(record, Hazard) else ("dimension",)
    if not isinstance(record, Hazard | Assessment):
        return False
    return any(getattr(old, name, None) != getattr(new, name, None) for name in names) or old is None or new is None


DOMAIN: Final = Whole(ODD_RULES, _of_domain, _domain_changes)
