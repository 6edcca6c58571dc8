"""One claim in sentences: the verdict in force with its reason, and what a person judged. No Qt."""

from workbench.analysis.claims import ClaimRow
from workbench.analysis.words import VERDICT_WORD, word
from workbench.evidence.standing import Claim


def verdict_sentence(row: ClaimRow, claim: Claim | None) -> str:
    """The verdict in force with its reason; of a suspended one first why it is, then what it would be."""
    if claim is not None and claim.by_hand:
        why = "no criterion is set" if claim.metric is not None else "nothing was measured"
        suspended = f"Suspended. {' '.join(row.stale)} " if row.sign == "stale" else ""
        return f"{suspended}Nothing is computed: {why}."
    if claim is None or claim.judgement is None:
        return f"{VERDICT_WORD[row.sign]}. {row.reason}"
    computed = f"{word(claim.judgement.verdict)}. {claim.judgement.reason}"
    if row.sign == "stale":
        return f"Suspended. {' '.join(row.stale)} Otherwise, computed: {computed}"
    return f"Computed: {computed}" if row.analyst else computed


def by_hand(row: ClaimRow, claim: Claim | None) -> str:
    """What a person judged, with name, day and reason; empty where nobody did."""
    if claim is None or claim.evidence.analyst_verdict is None:
        return ""
    evidence = claim.evidence
    verdict = word(evidence.analyst_verdict or "")
    who = ", ".join(part for part in (evidence.reviewed_by or "somebody", evidence.reviewed_at[:10]) if part)
    differs = ", which differs from the computed verdict" if row.differs else ""
    return f"By hand ({who}): {verdict}{differs}. {evidence.analyst_reason or 'No reason given.'}"
