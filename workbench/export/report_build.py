"""Puts a report together from the parts, step by step. The same project on the same day gives the same report."""

from collections.abc import Generator, Sequence

from workbench.analysis.risk import Ratings, scheme_of
from workbench.export.dates import figure_time, spelled
from workbench.export.facts import UNTITLED_PROJECT, one_line, project_of
from workbench.export.log_docx import USUAL_WIDTH, WIDTHS
from workbench.export.log_sheet import log_sheet
from workbench.export.report_context import Context
from workbench.export.report_evidence import evidence, judged
from workbench.export.report_hazards import hazards, looked_up
from workbench.export.report_lists import accepted, actions, checked, findings, log, revisions, waiting
from workbench.export.report_model import Report, tidy
from workbench.export.report_scope import risk, scope
from workbench.export.report_summary import summary
from workbench.files.revisions import Revision
from workbench.render.text import Measure
from workbench.render.theme import Theme
from workbench.store.store import Store

TITLE = "Hazard analysis report"


def build_report(
    store: Store,
    theme: Theme,
    measure: Measure,
    *,
    as_of: str | None = None,
    history: Sequence[Revision] = (),
    history_told: str = "",
) -> Generator[None, None, Report]:
    """Make the report of a project.

    Args:
        store: the document; it must not change meanwhile.
        theme: of the pictures; ``measure`` of their letters.
        as_of: the day the report speaks of, ISO; None: the newest day stored in the project.
        history: the saved states, oldest first; ``history_told``: what is wrong with them.

    Raises:
        ExportError: ``as_of`` is no date.
    """
    time = figure_time(store, as_of)
    day = time.date() if time is not None else None
    asked = day if as_of is not None else None
    context = Context(store, theme, measure, day, asked, Ratings(store), history, history_told, [], {})
    yield from looked_up(context)
    first = [(yield from scope(context)), (yield from risk(context)), (yield from hazards(context))]
    sheet = log_sheet(store, as_of)
    yield
    claims = yield from judged(context)
    found = yield from checked(context)
    todo = waiting(context)
    rest = [
        log(context, sheet, WIDTHS, USUAL_WIDTH),
        (yield from evidence(context, claims)),
        findings(context, found),
        accepted(context),
        actions(context, todo),
        revisions(context),
    ]
    project = project_of(store)
    scheme = scheme_of(store)
    authors = tuple(tidy(name) for name in map(one_line, project.authors) if name)
    system = " ".join(part for part in (project.system.name, project.system.model, project.system.version) if part)
    facts = (
        ("System", one_line(system)),
        ("Authors" if len(authors) > 1 else "Author", ", ".join(authors)),
        ("Classification", one_line(project.classification)),
        ("Date", spelled(day) if day is not None else ""),
        ("Last revision saved", _newest(history)),
        ("Risk scheme", one_line(scheme.name) if scheme is not None else ""),
    )
    return Report(
        title=TITLE,
        project=tidy(one_line(project.title) or UNTITLED_PROJECT),
        authors=authors,
        facts=tuple((name, tidy(value)) for name, value in facts if value),
        time=time,
        sections=(summary(context, claims, found, todo), *first, *rest),
    )


def _newest(history: Sequence[Revision]) -> str:
    """The newest saved state: number, baseline and name."""
    if not history:
        return ""
    newest = history[-1]
    return " ".join(part for part in (str(newest.number), *newest.baselines) if part)
