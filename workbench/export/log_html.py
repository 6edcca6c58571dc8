"""The hazard log as one HTML file: everything escaped, nothing loaded, readable on paper and without colours."""

from typing import Final

from workbench.export.log_sheet import EMPTY, Cell, LogSheet
from workbench.export.log_xlsx import FILLS
from workbench.export.markup import in_html

_STYLE: Final = """
body { font: 14px/1.4 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; color: #1f2328; margin: 2rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } dl { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: 0 0 1rem; }
dt { color: #57606a; } dd { margin: 0 } dl div { display: flex; gap: .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #d0d7de; padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #f0f2f4; position: sticky; top: 0; } tbody th { font-weight: 600; white-space: nowrap; }
td { min-width: 6rem; overflow-wrap: break-word; } ul { margin: 0; padding-left: 1.1rem; }
.rating { white-space: nowrap; font-weight: 600; }
@media print { body { margin: 0; font-size: 9px; } thead { display: table-header-group; } tr { break-inside: avoid; }
  @page { size: A3 landscape; margin: 12mm; } }
"""


def write_html(sheet: LogSheet) -> bytes:
    """The log as a page."""
    fills = "".join(f".s{steps} {{ background: #{colour}; }}\n" for steps, colour in enumerate(FILLS))
    facts = "".join(f"<div><dt>{in_html(name)}</dt><dd>{in_html(value)}</dd></div>" for name, value in sheet.facts)
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        '<meta name="viewport" content="width=device-width">\n',
        f"<title>{in_html(sheet.title)}: {in_html(sheet.project)}</title>\n",
        f"<style>{_STYLE}{fills}</style>\n</head>\n<body>\n",
        f"<h1>{in_html(sheet.title)}</h1>\n<p>{in_html(sheet.project)}</p>\n<dl>{facts}</dl>\n",
    ]
    if not sheet.rows:
        parts.append(f"<p>{EMPTY}</p>\n")
    else:
        heads = "".join(f'<th scope="col">{in_html(heading)}</th>' for heading in sheet.headings)
        parts.append(f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n")
        for row in sheet.rows:
            cells = "".join(
                _cell(cell, column, first=not place)
                for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True))
            )
            parts.append(f"<tr>{cells}</tr>\n")
        parts.append("</tbody>\n</table>\n")
    parts.append("</body>\n</html>\n")
    return "".join(parts).encode("utf-8", "replace")


def _cell(cell: Cell, column: str, *, first: bool) -> str:
    if first:
        return f'<th scope="row">{in_html(cell.text)}</th>'
    if cell.level:
        return f'<td class="rating s{cell.steps}">{in_html(cell.text)} <br>{in_html(cell.level)}</td>'
    if len(cell.lines) > 1 and column != "description":
        return f"<td><ul>{''.join(f'<li>{in_html(line)}</li>' for line in cell.lines)}</ul></td>"
    return f"<td>{'<br>'.join(map(in_html, cell.lines))}</td>"
