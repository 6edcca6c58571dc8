"""One claim in sentences: the verdict in force with its reason, what a person judged, where it comes from. No Qt."""

from typing import Final

from workbench.analysis.claims import ClaimRow, named
from workbench.analysis.due_date import day_words
from workbench.analysis.words import VERDICT_WORD, word
from workbench.evidence.standing import Claim
from workbench.model.runs import Run

_STATE: Final = {
    "at hand": "file at hand",
    "changed": "file changed since",
    "not at hand": "file not at hand",
    "no file": "no file",
}


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


def provenance(row: ClaimRow, run: Run | None, state: str = "") -> str:
    """Where a claim's figures come from, with the gaps that reading the file left, one a line.

    Args:
        state: whether the file is here, where somebody has looked.
    """
    gaps = run.doubts if run is not None else ()
    return "\n".join([origin_line(row, run, state), *(f"Gap in the file: {doubt}" for doubt in gaps)])


def origin_line(row: ClaimRow, run: Run | None, state: str = "") -> str:
    """Data set, format, day, file, hash of a claim's run, and whether the file is here."""
    if run is None:
        return row.run
    digest = run.source.sha256
    parts = [
        row.run,
        named(run.dataset),
        "typed in by hand" if run.origin == "typed" else run.format,
        day_words(row.day) if row.day is not None else "no date",
        run.source.repository_path or run.source.path,
        f"sha256 {digest[:4]}…{digest[-4:]}" if digest else "no hash",
        _STATE.get(state, ""),
    ]
    return " · ".join(dict.fromkeys(part for part in parts if part))
