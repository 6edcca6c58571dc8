"""The report as data: sections of words, facts, tables and pictures, the same for every format. No Qt.

All text is plain text, made presentable: what controls is visible, and nothing is longer than ``LONGEST``.
"""

from datetime import datetime
from typing import Final, Literal

from workbench.export.log_sheet import Cell
from workbench.export.sheet import Sheet
from workbench.render.characters import clean
from workbench.values import value_type

LONGEST: Final = 10_000
"""Characters of one text; who writes more is told in its place."""

Paper = Literal["portrait", "landscape", "wide"]
ACROSS: Final = 900.0
"""Pictures wider than this, in 1/96 inch, are too small to read on an upright A4 page."""

Style = Literal["normal", "note", "strong", "quote", "item"]


def tidy(text: str) -> str:
    """A text for a report: what controls is visible, and what is beyond ``LONGEST`` is said to be left out."""
    kept = clean(text[:LONGEST].replace("\u202f", "\u00a0")).strip()  # no line begins with a percent sign
    more = len(text) - LONGEST
    return f"{kept} … ({more:,} more characters)" if more > 0 else kept


def cell(text: str) -> Cell:
    """A cell of plain text; its lines stay lines."""
    shown = tidy(text)
    return Cell(tuple(shown.split("\n")) if shown else ())


@value_type(frozen=True, slots=True)
class Words:
    """A paragraph; ``item`` is one of a list, ``quote`` somebody's words, ``note`` small and dim."""

    text: str
    style: Style = "normal"
    kind: Literal["words"] = "words"


@value_type(frozen=True, slots=True)
class Heading:
    """A heading within a section; ``id`` is where a contents list points."""

    text: str
    id: str
    level: int = 2
    kind: Literal["heading"] = "heading"


@value_type(frozen=True, slots=True)
class Facts:
    """Names and values."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@value_type(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        widths: shares of the columns.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    kind: Literal["table"] = "table"


@value_type(frozen=True, slots=True, eq=False)
class Picture:
    """A figure with what it shows in words, for who cannot see it; ``share`` of the page's width at most."""

    sheet: Sheet
    caption: str
    share: float = 1.0
    kind: Literal["picture"] = "picture"

    @property
    def across(self) -> bool:
        """Whether it is read on a page across only."""
        return self.sheet.width > ACROSS


Block = Words | Heading | Facts | Table | Picture


@value_type(frozen=True, slots=True)
class Section:
    """One part of the report under a heading of its own, on pages as they suit it: A4, or A3 for ``wide``."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    page: Paper = "portrait"

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings within it."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))


@value_type(frozen=True, slots=True)
class Report:
    """The whole report.

    Attributes:
        facts: name and value, such as the system and the classification.
        time: the time the report speaks of, UTC; null: nothing in the project says when.
    """

    title: str
    project: str
    authors: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    time: datetime | None
    sections: tuple[Section, ...]

    def section(self, id: str) -> Section | None:
        """The section of an id; None where there is none."""
        return next((section for section in self.sections if section.id == id), None)
