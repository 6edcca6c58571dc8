"""What the linter holds against the walk through the operational design domain."""

from collections.abc import Iterator
from typing import Final

from workbench.analysis.findings import Finding
from workbench.analysis.odd_coverage import Coverage, coverage
from workbench.model.elements import Hazard
from workbench.model.judgement import PROJECT_ID
from workbench.store.store import Store

NOT_CONSIDERED: Final = "odd-not-considered"
CONTRADICTION: Final = "odd-contradiction"
NO_REASON: Final = "odd-reason"
DIMENSION: Final = "impact-dimension"


def odd_findings(store: Store) -> list[Finding]:
    """Groups not walked through, contradictions, judgements without a reason, dimensions nobody considered.

    A project without a taxonomy and without hazards has none: nothing was begun.
    """
    whole = coverage(store)
    found = [*_of_entries(whole)]
    if next(iter(store.all(Hazard)), None) is not None:
        found += _of_dimensions(whole)
    return found


def _of_entries(whole: Coverage) -> Iterator[Finding]:
    for group in whole.groups:
        left = [entry for entry in group.entries if not entry.verdict.considered]
        if left:
            message = (
                f"{group.name}: {len(left)} of {len(group.entries)} entries are not yet considered, first "
                f"“{left[0].path}”; say of each whether it holds a hazard."
            )
            yield Finding(NOT_CONSIDERED, "warning", left[0].id, message)
    for entry in whole.entries:
        verdict = entry.verdict
        if verdict.conflict:
            yield Finding(CONTRADICTION, "warning", entry.id, f"{entry.group}, {entry.path}: {verdict.conflict}")
        elif verdict.state in ("judged_none", "not_applicable") and not verdict.reason.strip():
            message = f"{entry.group}, {entry.path}: set aside without a reason; say why it holds no hazard."
            yield Finding(NO_REASON, "note", entry.id, message)


def _of_dimensions(whole: Coverage) -> Iterator[Finding]:
    for dimension in whole.dimensions:
        if not dimension.considered:
            message = (
                f"Nobody considered the {dimension.name} dimension; no hazard and no rating names it. Mark the hazards "
                "it touches, or answer this finding with a reason."
            )
            yield Finding(DIMENSION, "warning", PROJECT_ID, message)
