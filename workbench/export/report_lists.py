"""Report: the hazard log, findings, accepted risks, open actions and the saved states, each a table."""

from collections.abc import Generator, Sequence
from typing import Final

from workbench.analysis.findings import Finding, Severity
from workbench.analysis.lint.linter import Linter
from workbench.analysis.lint.registry import BY_ID
from workbench.analysis.meeting_log import Entry, entries
from workbench.analysis.risk_findings import acceptance_of, expired
from workbench.analysis.words import name_of
from workbench.export.log_sheet import Cell, LogSheet
from workbench.export.report_context import FINDINGS, ROWS, Context
from workbench.export.report_model import Block, Section, Table, Words, cell, tidy
from workbench.model.judgement import RiskAcceptance

SEVERITY_WORD: Final[dict[Severity, str]] = {"error": "Error", "warning": "Warning", "note": "Note"}
_SLICE: Final = 0.03
"""Seconds of checking between two looks at whether the report is still wanted."""
_SHORT: Final = 200


def log(context: Context, sheet: LogSheet, widths: dict[str, float], usual: float) -> Section:
    """The hazard log, without the columns in which nothing stands."""
    blocks: list[Block] = []
    if not sheet.rows:
        return Section("log", "Hazard log", (Words("The project has no hazards yet.", "note"),))
    used = [place for place in range(len(sheet.columns)) if any(row[place].lines for row in sheet.rows)]
    rows, told = context.most(sheet.rows, ROWS, "hazards are listed; the exported hazard log has all")
    shown = tuple(tuple(_tidied(row[place]) for place in used) for row in rows)
    blocks.append(
        Table(
            tuple(sheet.headings[place] for place in used),
            shown,
            tuple(widths.get(sheet.columns[place], usual) for place in used),
        )
    )
    empty = [sheet.headings[place] for place in range(len(sheet.columns)) if place not in used]
    if empty:
        blocks.append(Words(f"Nothing stands in: {', '.join(empty)}.", "note"))
    return Section("log", "Hazard log", (*blocks, *told), "wide")


def _tidied(one: Cell) -> Cell:
    return Cell(tuple(map(tidy, one.lines)), tidy(one.level), one.steps)


def checked(context: Context) -> Generator[None, None, list[Finding]]:
    """What the linter finds, worst first."""
    linter = Linter(context.store)
    while not linter.known:
        linter.work(_SLICE)
        yield
    return linter.all()


def findings(context: Context, found: Sequence[Finding]) -> Section:
    """Open findings, then those somebody suppressed, with the reason."""
    blocks: list[Block] = []
    unsettled = [one for one in found if one.open]
    settled = [one for one in found if not one.open]
    if not unsettled:
        blocks.append(Words("No open findings; all rules were checked."))
    else:
        rest = "findings are listed, the worst first; the findings dock has all"
        shown, told = context.most(unsettled, FINDINGS, rest)
        rows = tuple(
            tuple(map(cell, (SEVERITY_WORD[one.severity], _about(context, one), one.message, _rule(one))))
            for one in shown
        )
        blocks += [Table(("Severity", "About", "Finding", "Rule"), rows, (1.2, 3, 6, 3)), *told]
    if settled:
        blocks.append(Words("Suppressed, with the reason somebody gave", "strong"))
        shown, told = context.most(settled, FINDINGS, "suppressed findings are listed")
        rows = tuple(tuple(map(cell, (_about(context, one), _rule(one), one.suppressed))) for one in shown)
        blocks += [Table(("About", "Rule", "Reason"), rows, (3, 3, 6)), *told]
    return Section("findings", "Findings", tuple(blocks))


def _about(context: Context, finding: Finding) -> str:
    return name_of(context.store, finding.element)[:_SHORT]


def _rule(finding: Finding) -> str:
    rule = BY_ID.get(finding.rule)
    return rule.title if rule is not None else finding.rule


def accepted(context: Context) -> Section:
    """Who accepted which residual risk, until when, and whether that stands on the day of the report."""
    store = context.store
    found = sorted(store.all(RiskAcceptance), key=lambda one: (name_of(store, one.subject), one.date, one.id))
    if not found:
        return Section("accepted", "Accepted risks", (Words("Nobody has accepted a residual risk.", "note"),))
    shown, told = context.most(found, ROWS, "acceptances are listed")
    rows = []
    for one in shown:
        facts = (name_of(store, one.subject)[:_SHORT], one.level, one.authority, one.name, one.date, one.expires)
        rows.append(tuple(map(cell, (*facts, _standing(context, one), one.conditions))))
    headings = ("Risk of", "Level", "Authority", "Name", "Date", "Until", "Standing", "Conditions")
    table = Table(headings, tuple(rows), (4, 1.7, 2, 2.4, 2.2, 2.2, 2, 3))
    return Section("accepted", "Accepted risks", (table, *told))


def _standing(context: Context, one: RiskAcceptance) -> str:
    if expired(one, context.day):
        return "Expired"
    residual = context.ratings.of(one.subject, "residual")
    if residual is None:
        return "Nothing is rated"
    stands = acceptance_of(context.store, one.subject, residual, context.day)
    if stands.record is not one:
        return "Replaced by a later one"
    return "Another level is left" if stands.rule else "In force"


def waiting(context: Context) -> list[Entry]:
    """Actions still to be done, those overdue first, then by day."""
    found = [one for one in entries(context.store, context.day) if one.kind == "action" and one.waits]
    return sorted(found, key=lambda one: (one.state != "overdue", one.due or "9999", one.at, one.id))


def actions(context: Context, found: Sequence[Entry]) -> Section:
    """What somebody has to do yet."""
    if not found:
        return Section("actions", "Open actions", (Words("No actions are open.", "note"),))
    shown, told = context.most(found, ROWS, "open actions are listed, those overdue first")
    rows = []
    for one in shown:
        about = name_of(context.store, one.subject)[:_SHORT] if one.subject else ""
        due = f"{one.due} (overdue)" if one.state == "overdue" else one.due
        rows.append(tuple(map(cell, (one.text, one.who, due, about, one.at[:10]))))
    return Section(
        "actions",
        "Open actions",
        (Table(("Action", "Owner", "Due", "About", "Noted"), tuple(rows), (5, 2, 2, 3, 1.6)), *told),
    )


def revisions(context: Context) -> Section:
    """The saved states, the newest first."""
    if context.revisions_told:
        return Section("revisions", "Revision history", (Words(tidy(context.revisions_told), "note"),))
    if not context.revisions:
        return Section("revisions", "Revision history", (Words("No revisions were saved.", "note"),))
    newest = list(reversed(context.revisions))
    shown, told = context.most(newest, ROWS, "revisions are listed, the newest first")
    rows = []
    for one in shown:
        saved = one.time[:16].replace("T", " ")
        rows.append(tuple(map(cell, (str(one.number), saved, one.author, one.message, ", ".join(one.baselines)))))
    table = Table(("Revision", "Saved (UTC)", "Author", "Message", "Baseline"), tuple(rows), (1.2, 2, 2, 5, 2))
    return Section("revisions", "Revision history", (table, *told))
