"""The hazard log as a Markdown table (GitHub's flavour): text stays text, also where it looks like markup."""

from workbench.export.log_sheet import EMPTY, Cell, LogSheet
from workbench.export.markup import in_markdown


def write_md(sheet: LogSheet) -> bytes:
    """The log as a table."""
    lines = [f"# {sheet.title}", "", in_markdown(sheet.project), ""]
    lines += [f"- {in_markdown(name)}: {in_markdown(value)}" for name, value in sheet.facts]
    lines.append("")
    if sheet.rows:
        lines.append(f"| {' | '.join(map(in_markdown, sheet.headings))} |")
        lines.append(f"|{'---|' * len(sheet.headings)}")
        lines += [f"| {' | '.join(map(_cell, row))} |" for row in sheet.rows]
    else:
        lines.append(EMPTY)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _cell(cell: Cell) -> str:
    level = f" ({in_markdown(cell.level)})" if cell.level else ""
    return "<br>".join(map(in_markdown, cell.lines)) + level
