"""Minutes as one HTML file: everything escaped, pictures inside it, nothing loaded, readable on paper."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Final

from workbench.export.markup import in_html
from workbench.export.minutes_sheet import Minutes, Picture, Table

_STYLE: Final = """
body { font: 15px/1.45 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; color: #1f2328; margin: 2.5rem auto;
  max-width: 64rem; padding: 0 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: 0; }
dt { color: #57606a; } dd { margin: 0; overflow-wrap: anywhere; } ol { margin: .25rem 0; padding-left: 1.6rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #d0d7de; padding: .35rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
thead th { background: #f0f2f4; font-weight: 600; }
.none { color: #57606a; margin: 0; } .late { font-weight: 700; } .changes { padding-left: 1.2rem; }
.changes li.of { list-style: none; padding-left: 1rem; }
figure { margin: 1rem 0; border: 1px solid #d0d7de; padding: .5rem; } figure img { width: 100%; height: auto; }
figcaption { color: #57606a; padding: .25rem .25rem 0; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } thead { display: table-header-group; }
  tr, figure { break-inside: avoid; } h2 { break-after: avoid; } @page { size: A4; margin: 16mm; } }
"""

_INDENTED: Final = ' class="of"'


def write_html(sheet: Minutes, pictures: Sequence[Picture]) -> bytes:
    """The minutes as a page."""
    title = in_html(f"Minutes: {sheet.title}")
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta http-equiv="Content-Security-Policy" ',
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n",
        '<meta name="viewport" content="width=device-width">\n',
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<dl>",
        *(f"<dt>{in_html(name)}</dt><dd>{in_html(value)}</dd>" for name, value in sheet.facts),
        "</dl>\n",
    ]
    if sheet.agenda:
        lines = "".join(f"<li>{in_html(line)}</li>" for line in sheet.agenda)
        parts.append(f"<h2>Agenda</h2>\n<ol>{lines}</ol>\n")
    parts += [_table(table) for table in sheet.tables]
    if sheet.changes or sheet.notes or pictures:
        parts.append("<h2>What changed</h2>\n")
    parts += [f'<p class="none">{in_html(note)}</p>\n' for note in sheet.notes]
    if sheet.changes:
        lines = "".join(map(_change, sheet.changes))
        parts.append(f'<ul class="changes">{lines}</ul>\n')
    for picture in pictures:
        data = b64encode(picture.data).decode("ascii")
        words = in_html(picture.title)
        parts.append(
            f'<figure><img src="data:image/svg+xml;base64,{data}" alt="{words}"><figcaption>{words}</figcaption>'
            "</figure>\n"
        )
    parts.append("</body>\n</html>\n")
    return "".join(parts).encode("utf-8", "replace")


def _table(table: Table) -> str:
    head = f"<h2>{in_html(table.name)}</h2>\n"
    if not table.rows:
        return f'{head}<p class="none">None.</p>\n'
    columns = "".join(f'<col style="width: {width}%">' for width in table.widths)
    heads = "".join(f'<th scope="col">{in_html(heading)}</th>' for heading in table.headings)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in table.rows)
    body = f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>"
    return f"{head}<table><colgroup>{columns}</colgroup>\n{body}</table>\n"


def _change(line: str) -> str:
    return f"<li{_INDENTED if line.startswith(' ') else ''}>{in_html(line.strip())}</li>"


def _cell(text: str) -> str:
    return f"<td>{in_html(text)}</td>"
