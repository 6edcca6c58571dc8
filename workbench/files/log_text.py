"""How the hazard log writes lists, codes and dangerous beginnings into cells, and reads them again.

Writing and reading stand side by side: what one does the other takes back, so that a log goes round without loss.
"""

import re
from typing import Final

from workbench.values import value_type

LINE: Final = "\u2028"
"""Stands for a line break inside a title: in a cell that lists entries a line break ends the entry."""

_BREAKS: Final = re.compile(r"\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
_DANGEROUS: Final = re.compile(r"'*[\s\x00]*[=+\-@\t\r\n＝＋－＠]")
_QUOTED: Final = re.compile(r"'+[\s\x00]*[=+\-@\t\r\n＝＋－＠]")
_CODE: Final[dict[str, re.Pattern[str]]] = {
    kind: re.compile(rf"({letter}-\d{{1,9}})(?:[:.)]?\s+(.*))?", re.DOTALL)
    for kind, letter in {"cause": "C", "consequence": "E", "control": "B"}.items()
}
_BRACKETS: Final = re.compile(r"\[([^\]]*)\] ?(.*)", re.DOTALL)

COLUMNS: Final[dict[str, str]] = {
    "id": "ID",
    "title": "Hazard",
    "source": "Hazard source",
    "description": "Hazard description",
    "trigger_event": "Trigger event",
    "application": "Application/Domain",
    "users": "Users/Agents",
    "vector": "Vector",
    "protected_characteristics": "Protected characteristics",
    "assets": "Assets",
    "effects": "Potential effects",
    "hri": "HRI",
    "mitigations": "Recommended mitigations",
    "hri_post": "HRI (post)",
    "dimensions": "Impact dimensions",
    "owner": "Owner",
    "status": "Status",
}
"""Columns of the log in order, and their headings: those of the framework's template, with the hazard's short title
after its ID and three of our own at the end."""

DERIVED: Final[dict[str, str]] = {
    "hri_rated": "HRI rated by",
    "hri_post_rated": "HRI (post) rated by",
    "accepted": "Residual risk accepted",
}
"""Columns that are shown and exported but read from nowhere: a log says who rated and accepted a risk, and cannot do
it in their name."""

PARTS: Final[dict[str, tuple[str, str]]] = {
    "hri": ("severity", "frequency"),
    "hri_post": ("severity_post", "frequency_post"),
}
"""The two columns in which other logs keep what is one index here."""

TAKEN: Final[dict[str, str]] = {
    **COLUMNS,
    "severity": "Severity (initial)",
    "frequency": "Frequency (initial)",
    "severity_post": "Severity (residual)",
    "frequency_post": "Frequency (residual)",
}
"""Every column that can be read from a log, and its name."""

SHOWN: Final[dict[str, str]] = {**COLUMNS, **DERIVED}
"""Every column a log shows, and its heading."""

LISTS: Final = (
    *("trigger_event", "application", "users", "vector", "protected_characteristics", "assets", "effects"),
    *("mitigations", "dimensions"),
)
"""Columns whose cells hold several entries."""

STATUS_WORD: Final[dict[str, str]] = {
    "draft": "Draft",
    "in_review": "In review",
    "agreed": "Agreed",
    "retired": "Retired",
}
INHERITED: Final = " (worst effect)"
"""Marks a rating that nobody gave the hazard itself."""


@value_type(frozen=True, slots=True)
class Entry:
    """One entry of a list as text: code and title, either may be empty."""

    code: str
    title: str


def plain(text: str) -> str:
    """A text with one kind of line break."""
    return _BREAKS.sub("\n", text)


def entry_text(kind: str, code: str, title: str) -> str:
    """An element in a cell: ``C-12 Title``; a code of another shape, or none, in brackets where the text would mislead.

    Args:
        kind: cause, consequence or control.
        code: may be empty.
        title: line breaks in it are written as ``LINE``.
    """
    title = plain(title).replace("\n", LINE)
    pattern = _CODE[kind]
    found = pattern.fullmatch(code)
    if found is not None and not found[2] and not title.startswith((" ", "\t", LINE)):
        return f"{code} {title}".rstrip(" ") if not title else f"{code} {title}"
    if code or title.startswith("[") or pattern.fullmatch(title) or title.strip() != title:
        return f"[{code}] {title}"
    return title


def entry_of(kind: str, text: str) -> Entry:
    """Take ``entry_text`` back."""
    found = _CODE[kind].fullmatch(text)
    if found is not None:
        return Entry(found[1], _title(found[2] or ""))
    bracketed = _BRACKETS.fullmatch(text)
    if bracketed is not None:
        return Entry(bracketed[1].strip(), _title(bracketed[2]))
    return Entry("", _title(text))


def _title(text: str) -> str:
    return text.replace(LINE, "\n")


def guarded(text: str) -> str:
    """A text as a CSV may hold it: an apostrophe before what a spreadsheet would read as a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """Take ``guarded`` back."""
    return text[1:] if _QUOTED.match(text) else text


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula if somebody typed it."""
    return _DANGEROUS.match(text) is not None
