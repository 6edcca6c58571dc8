"""Minutes as Markdown (GitHub's flavour): text stays text; pictures lie beside the file."""

from collections.abc import Sequence
from urllib.parse import quote

from workbench.export.markup import in_markdown
from workbench.export.minutes_sheet import Minutes, Table


def write_md(sheet: Minutes, pictures: Sequence[tuple[str, str]]) -> bytes:
    """The minutes as text.

    Args:
        sheet: what they say.
        pictures: title and file name of each, in order.
    """
    lines = [f"# {in_markdown(f'Minutes: {sheet.title}')}", ""]
    lines += [f"- {in_markdown(name)}: {in_markdown(value)}" for name, value in sheet.facts]
    if sheet.agenda:
        lines += ["", "## Agenda", "", *(f"{n}. {in_markdown(line)}" for n, line in enumerate(sheet.agenda, 1))]
    for table in sheet.tables:
        lines += ["", f"## {in_markdown(table.name)}", "", *_table(table)]
    if sheet.changes or sheet.notes or pictures:
        lines += ["", "## What changed"]
    for note in sheet.notes:
        lines += ["", in_markdown(note)]
    if sheet.changes:
        lines += [
            "",
            *(f"{'  - ' if one.startswith(' ') else '- '}{in_markdown(one.strip())}" for one in sheet.changes),
        ]
    for title, name in pictures:
        lines += ["", f"### {in_markdown(title)}", "", f"![{in_markdown(title)}]({quote(name)})"]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _table(table: Table) -> list[str]:
    if not table.rows:
        return ["None."]
    return [
        f"| {' | '.join(map(in_markdown, table.headings))} |",
        f"|{'---|' * len(table.headings)}",
        *(f"| {' | '.join('<br>'.join(map(in_markdown, cell.splitlines())) for cell in row)} |" for row in table.rows),
    ]
