"""Report: the summary for whoever reads one page."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from workbench.analysis.findings import SEVERITIES, Finding
from workbench.analysis.meeting_log import Entry
from workbench.analysis.risk import PHASES, Rating
from workbench.analysis.risk_findings import acceptance_of
from workbench.export.facts import one_line
from workbench.export.report_context import NOT_RATED, Context
from workbench.export.report_evidence import Told
from workbench.export.report_hazards import hazards_in_use, worst_first
from workbench.export.report_lists import SEVERITY_WORD
from workbench.export.report_model import Block, Section, Table, Words, cell, tidy
from workbench.model.elements import Control

_WORST: Final = 10
_SAID: Final = {
    "refutes": "refuted",
    "inconclusive": "inconclusive",
    "stale": "stale",
    "none": "without a verdict",
    "supports": "supported",
}


def summary(context: Context, claims: Sequence[Told], found: Sequence[Finding], todo: Sequence[Entry]) -> Section:
    """Counts by level, the worst residual risks, refuting evidence, open findings and actions, what is left out."""
    hazards = hazards_in_use(context)
    controls = sum(control.status != "retired" for control in context.store.all(Control))
    blocks: list[Block] = [
        Words(
            f"{_count(len(hazards), 'hazard')}, {_count(controls, 'control')}, "
            f"{_count(len(claims), 'claim')} of evidence."
        ),
        Words("Hazards by risk level", "strong"),
        _levels(context),
    ]
    rated = [hazard for hazard in hazards if context.rating(hazard.id, "residual") is not None]
    if rated:
        blocks.append(Words("Worst residual risk", "strong"))
        rows = []
        for hazard in worst_first(context, rated)[:_WORST]:
            before, after = context.rating(hazard.id, "initial"), context.rating(hazard.id, "residual")
            said = _accepted(context, after)
            name = cell(f"{hazard.code} {one_line(hazard.title)}".strip())
            rows.append((name, context.rated(before), context.rated(after), cell(said)))
        blocks.append(Table(("Hazard", "Initial", "Residual", "Accepted"), tuple(rows), (5, 2, 2, 3)))
    blocks += _evidence(claims)
    blocks += _waiting(found, todo)
    if context.left:
        blocks.append(Words("What this report leaves out", "strong"))
        blocks += [Words(tidy(said), "item") for said in dict.fromkeys(context.left)]
    return Section("summary", "Summary", tuple(blocks))


def _accepted(context: Context, residual: Rating | None) -> str:
    """Who accepted a residual risk and until when, in few words."""
    if residual is None or not residual.steps:
        return ""
    stands = acceptance_of(context.store, residual.subject, residual, context.day)
    if stands.record is None:
        return "Missing"
    state = {"acceptance-expired": "Expired: ", "acceptance-level": "Another level: "}.get(stands.rule, "")
    until = f"until {stands.record.expires}" if stands.record.expires else ""
    return state + ", ".join(part for part in (stands.record.name or stands.record.authority, until) if part)


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _levels(context: Context) -> Table:
    """Hazards by level, before the controls and after them; the worst level first."""
    counts = {phase: Counter[str]() for phase in PHASES}
    for hazard in hazards_in_use(context):
        for phase, counted in counts.items():
            rating = context.rating(hazard.id, phase)
            counted[rating.level if rating is not None else NOT_RATED] += 1
    scheme = context.ratings.scheme
    levels = sorted(scheme.levels, key=lambda level: -level.steps) if scheme is not None else []
    steps = {level.name: level.steps for level in levels}
    rows = []
    for name in (*steps, NOT_RATED):
        numbers = [counts[phase][name] for phase in counts]
        if any(numbers) or name in steps:
            said = cell(name.capitalize() if name == NOT_RATED else name)
            rows.append((said, *(cell(f"{number:,}") for number in numbers)))
    return Table(("Level", "Initial", "Residual"), tuple(rows), (3, 1, 1))


def _evidence(claims: Sequence[Told]) -> list[Block]:
    counted = Counter(told.row.sign for told in claims)
    if not claims:
        return [Words("Evidence", "strong"), Words("No evidence is attached, so no claim was tested.")]
    said = ", ".join(f"{counted[sign]:,} {word}" for sign, word in _SAID.items() if counted[sign])
    blocks: list[Block] = [Words("Evidence", "strong"), Words(f"{_count(len(claims), 'claim')}: {said}.")]
    refuting = [told for told in claims if told.row.sign == "refutes"]
    if refuting:
        blocks.append(Words("Evidence that refutes", "strong"))
        blocks += [
            Words(tidy(f"{told.card.about}: {told.row.claim}. {told.card.figure}. {told.card.sentence}"), "item")
            for told in refuting[:_WORST]
        ]
        if len(refuting) > _WORST:
            blocks.append(Words(f"And {len(refuting) - _WORST:,} more; see Evidence.", "note"))
    return blocks


def _waiting(found: Sequence[Finding], todo: Sequence[Entry]) -> list[Block]:
    counted = Counter(one.severity for one in found if one.open)
    listed = [f"{_count(counted[one], SEVERITY_WORD[one].lower())}" for one in SEVERITIES if counted[one]]
    late = sum(one.state == "overdue" for one in todo)
    overdue = f", {late:,} of them overdue" if late else ""
    return [
        Words("Open findings and actions", "strong"),
        Words(f"Findings: {', '.join(listed)}." if listed else "No open findings; all rules were checked."),
        Words(f"{_count(len(todo), 'open action')}{overdue}." if todo else "No actions are open."),
    ]
