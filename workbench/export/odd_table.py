"""The coverage of the operational design domain as a table: CSV, Markdown and HTML; equal projects give equal bytes."""

import csv
import io
from typing import Final, Literal

from workbench.analysis.odd_coverage import (
    DIMENSION_GROUP,
    STATE_WORD,
    Coverage,
    Verdict,
    coverage,
    decided_pairs,
)
from workbench.export.facts import UNTITLED_PROJECT, one_line, project_of
from workbench.export.markup import in_html, in_markdown
from workbench.files.log_text import guarded
from workbench.store.store import Store

TableFormat = Literal["csv", "md", "html"]
HEADINGS: Final = ("Group", "Entry", "Together with", "State", "Hazards", "Reason", "By", "At", "Contradiction")
TITLE: Final = "Operational design domain"
_STYLE: Final = (
    "body{font:15px/1.45 'Source Sans Pro','Source Sans 3',sans-serif;margin:2rem;color:#1b1f24;background:#fff}"
    "table{border-collapse:collapse}caption{text-align:left;font-weight:600;padding:.4rem 0}"
    "th,td{border:1px solid #c4cad2;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#eef1f4}tr.open td{background:#fff6dd}tr.against td{background:#fdeceb}"
)


def odd_table(store: Store, format: TableFormat) -> bytes:
    """The table in one of its formats, UTF-8."""
    whole = coverage(store)
    rows = table_rows(store, whole)
    if format == "csv":
        return _csv(rows)
    head = one_line(project_of(store).title) or UNTITLED_PROJECT
    return _markdown(head, whole, rows) if format == "md" else _html(head, whole, rows)


def table_rows(store: Store, whole: Coverage) -> list[tuple[str, ...]]:
    """Every entry, then the impact dimensions, then the pairs somebody decided about."""
    rows = [_row(entry.group, entry.path, "", entry.verdict) for entry in whole.entries]
    for dimension in whole.dimensions:
        known = Verdict("hazard_found" if dimension.considered else "not_considered", False, dimension.hazards)
        reason = "Rated in this dimension" if dimension.rated and not dimension.hazards else ""
        state = "Rated" if reason else STATE_WORD[known.state]
        rows.append((DIMENSION_GROUP, dimension.name.capitalize(), "", state, _names(known), reason, "", "", ""))
    for first, second, verdict in decided_pairs(store):
        rows.append(_row(first.group, first.path, f"{second.group}: {second.path}", verdict))
    return rows


def summary(whole: Coverage) -> str:
    """How far the walk has come, in one sentence."""
    against = len(whole.conflicts)
    told = f"{whole.considered} of {whole.total} entries considered"
    if against:
        told += f", {against} {'contradicts' if against == 1 else 'contradict'} the hazards"
    return told


def _row(group: str, path: str, other: str, verdict: Verdict) -> tuple[str, ...]:
    said = (verdict.reason, verdict.by, verdict.at, verdict.conflict)
    return (group, path, other, STATE_WORD[verdict.state], _names(verdict), *said)


def _names(verdict: Verdict) -> str:
    return ", ".join(one_line(hazard.name) for hazard in verdict.hazards)


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    """Comma-separated with a byte-order mark, so that spreadsheets take it for UTF-8; no cell is ever a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _markdown(head: str, whole: Coverage, rows: list[tuple[str, ...]]) -> bytes:
    lines = [f"# {TITLE}", "", in_markdown(f"{head}: {summary(whole)}."), ""]
    lines += ["| Group | Considered | Hazard found | Judged none | Not applicable | Not yet considered |"]
    lines += ["|---|---|---|---|---|---|"]
    for group in whole.groups:
        counts = [group.count(state) for state in STATE_WORD]
        cells = [in_markdown(group.name), f"{group.considered} of {len(group.entries)}", *map(str, counts)]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", f"| {' | '.join(HEADINGS)} |", "|" + "---|" * len(HEADINGS)]
    lines += [f"| {' | '.join(map(in_markdown, row))} |" for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _html(head: str, whole: Coverage, rows: list[tuple[str, ...]]) -> bytes:
    title = in_html(f"{TITLE} – {head}")
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{TITLE}</h1>",
        f"<p>{in_html(head)}: {in_html(summary(whole))}.</p>",
        "<table><caption>Every entry, the impact dimensions, and the pairs decided about</caption>",
        "<thead><tr>" + "".join(f'<th scope="col">{name}</th>' for name in HEADINGS) + "</tr></thead><tbody>",
    ]
    for row in rows:
        mark = ' class="against"' if row[-1] else ' class="open"' if row[3] == STATE_WORD["not_considered"] else ""
        lines.append(f"<tr{mark}>" + "".join(f"<td>{in_html(cell)}</td>" for cell in row) + "</tr>")
    lines.append("</tbody></table></body></html>")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
