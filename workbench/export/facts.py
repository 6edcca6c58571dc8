"""What the title block of a figure says: facts of the project, no wall clock. No Qt."""

from datetime import datetime

from workbench.export.dates import figure_time, spelled
from workbench.export.options import ExportOptions
from workbench.model.drawing import Diagram
from workbench.model.judgement import PROJECT_ID, Project, RiskScheme, SystemUnderAnalysis
from workbench.store.store import Store
from workbench.values import value_type

UNTITLED_DIAGRAM = "Untitled diagram"
UNTITLED_PROJECT = "Untitled project"
_NOTATIONS = {"bow_tie": "Bow-tie", "simple": "Diagram"}


@value_type(frozen=True, slots=True)
class Fact:
    """One cell of the title block."""

    label: str
    value: str


@value_type(frozen=True, slots=True)
class SheetFacts:
    """The words around one figure.

    Attributes:
        title: of the diagram; ``subtitle`` the line under it.
        rows: rows of the title block; cells and rows without anything to say are left out.
        time: the time the figure speaks of, UTC; None: nothing in the project says when.
    """

    title: str
    subtitle: str
    rows: tuple[tuple[Fact, ...], ...]
    time: datetime | None


def diagrams_in_order(store: Store) -> list[Diagram]:
    """All diagrams in the order of their tabs."""
    return sorted(store.all(Diagram), key=lambda d: (d.order, d.id))


def project_of(store: Store) -> Project:
    """The project record, or an empty one."""
    return store.find(PROJECT_ID, Project) or Project(id=PROJECT_ID)


def one_line(text: str) -> str:
    """A text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def facts_for(store: Store, diagram: Diagram, options: ExportOptions) -> SheetFacts:
    """The words around the figure of ``diagram``.

    Raises:
        ExportError: ``options.as_of`` is no date.
    """
    project = project_of(store)
    sheets = [d.id for d in diagrams_in_order(store)]
    number, count = sheets.index(diagram.id) + 1, len(sheets)
    title = one_line(project.title) or UNTITLED_PROJECT
    time = figure_time(store, options.as_of)
    scheme = store.find(project.risk_scheme, RiskScheme)
    authors = [name for name in map(one_line, project.authors) if name]
    rows = (
        (Fact("Project", title), Fact("System", _system(project.system))),
        (
            Fact("Revision", one_line(options.revision)),
            Fact("Date", spelled(time.date()) if time is not None else ""),
            Fact("Classification", one_line(project.classification)),
        ),
        (
            Fact("Authors" if len(authors) > 1 else "Author", ", ".join(authors)),
            Fact("Risk scheme", one_line(scheme.name) if scheme is not None else ""),
            Fact("Sheet", f"{number} of {count}"),
        ),
    )
    filled = tuple(tuple(fact for fact in row if fact.value) for row in rows)
    notation = _NOTATIONS.get(diagram.notation, "Diagram")
    return SheetFacts(
        title=one_line(diagram.title) or UNTITLED_DIAGRAM,
        subtitle=f"{notation} {number} of {count} · {title}",
        rows=tuple(row for row in filled if row),
        time=time,
    )


def _system(system: SystemUnderAnalysis) -> str:
    name = one_line(f"{system.name} {system.version}") if system.name else ""
    model = one_line(system.model if name else f"{system.model} {system.version}")
    return ", ".join(part for part in (name, model) if part)
