"""The hazard log as a Markdown table (GitHub's flavour): text stays text, also where it looks like markup."""

import re
from typing import Final

from workbench.export.log_sheet import EMPTY, Cell, LogSheet

_MARKUP: Final = re.compile(r"([\\`*_\[\]|~#!$<>&])")
_ENTITY: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_LINKED: Final = re.compile(r"(https?|ftp)://|www\.|@", re.IGNORECASE)


def write_md(sheet: LogSheet) -> bytes:
    """The log as a table."""
    lines = [f"# {sheet.title}", "", _text(sheet.project), ""]
    lines += [f"- {_text(name)}: {_text(value)}" for name, value in sheet.facts]
    lines.append("")
    if sheet.rows:
        lines.append(f"| {' | '.join(map(_text, sheet.headings))} |")
        lines.append(f"|{'---|' * len(sheet.headings)}")
        lines += [f"| {' | '.join(map(_cell, row))} |" for row in sheet.rows]
    else:
        lines.append(EMPTY)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _cell(cell: Cell) -> str:
    level = f" ({_text(cell.level)})" if cell.level else ""
    return "<br>".join(map(_text, cell.lines)) + level


def _text(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    marked = _MARKUP.sub(lambda found: _ENTITY.get(found[1]) or f"\\{found[1]}", shown)
    return _LINKED.sub(lambda found: found[0].replace(":", "&#58;").replace("@", "&#64;").replace(".", "&#46;"), marked)
