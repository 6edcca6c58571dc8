"""The hazard log as headings and cells of text: what every format writes. No Qt."""

from datetime import datetime
from typing import Final

from workbench.analysis.hazard_log import KIND_OF, LogRow, log_rows
from workbench.analysis.risk import Rating, scheme_of
from workbench.export.dates import figure_time, spelled
from workbench.files.log_text import INHERITED, SHOWN, STATUS_WORD, entry_text, plain
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store
from workbench.values import value_type

EMPTY: Final = "The project has no hazards yet."
_UNTITLED: Final = "Untitled project"


@value_type(frozen=True, slots=True)
class Cell:
    """One cell: its entries, one a line; ``level`` and ``steps`` where it is a rating."""

    lines: tuple[str, ...]
    level: str = ""
    steps: int = 0

    @property
    def text(self) -> str:
        """The entries, one a line."""
        return "\n".join(self.lines)


@value_type(frozen=True, slots=True)
class LogSheet:
    """The log with the words around it.

    Attributes:
        facts: name and value, such as the system and the risk scheme; those without a value are left out.
        time: the time the log speaks of, UTC; None: nothing in the project says when.
        columns: their ids; ``headings`` their words.
    """

    title: str
    project: str
    authors: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    time: datetime | None
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def log_sheet(store: Store, as_of: str | None = None) -> LogSheet:
    """The log of a project.

    Args:
        store: the project.
        as_of: ISO date that the heading names and by which acceptances run out; None: the newest time stored in the
            project.

    Raises:
        ExportError: ``as_of`` is no date.
    """
    project = store.find(PROJECT_ID, Project) or Project(id=PROJECT_ID)
    time = figure_time(store, as_of)
    scheme = scheme_of(store)
    system = " ".join(part for part in (project.system.name, project.system.model, project.system.version) if part)
    authors = tuple(name for name in map(_one_line, project.authors) if name)
    rows = log_rows(store, time.date() if time is not None and as_of is not None else None)
    facts = (
        ("System", _one_line(system)),
        ("Risk scheme", _one_line(scheme.name) if scheme is not None else ""),
        ("Authors" if len(authors) > 1 else "Author", ", ".join(authors)),
        ("Classification", _one_line(project.classification)),
        ("Date", spelled(time.date()) if time is not None else ""),
        ("Hazards", f"{len(rows):,}"),
    )
    columns = tuple(SHOWN)
    return LogSheet(
        title="Hazard log",
        project=_one_line(project.title) or _UNTITLED,
        authors=authors,
        facts=tuple(fact for fact in facts if fact[1]),
        time=time,
        columns=columns,
        headings=tuple(SHOWN.values()),
        rows=tuple(tuple(cell_of(row, column) for column in columns) for row in rows),
    )


def cell_of(row: LogRow, column: str) -> Cell:
    """One cell of the log."""
    if column in row.lists:
        kind = KIND_OF.get(column)
        return Cell(
            tuple(entry_text(kind, item.code, item.title) if kind else item.title for item in row.lists[column])
        )
    if column in ("hri", "hri_post"):
        return _rating(row.hri if column == "hri" else row.hri_post)
    if column == "dimensions":
        return Cell(tuple(name.capitalize() for name in row.dimensions))
    texts = {
        "id": row.code,
        "title": row.title,
        "source": row.source,
        "description": row.words,
        "owner": row.owner,
        "status": STATUS_WORD.get(row.status, row.status),
        "accepted": row.accepted,
        **row.signed,
    }
    text = plain(texts[column])
    return Cell(tuple(text.split("\n")) if text else ())


def _rating(rating: Rating | None) -> Cell:
    if rating is None:
        return Cell(())
    return Cell((rating.index + (INHERITED if rating.inherited else ""),), rating.level, rating.steps)


def _one_line(text: str) -> str:
    return " ".join(text.split())
