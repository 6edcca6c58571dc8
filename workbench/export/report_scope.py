"""Report: what is analysed, how far its operating domain was walked through, and the risk matrices."""

from collections.abc import Generator

from workbench.analysis.odd_coverage import DIMENSION_GROUP, STATES, coverage, has_taxonomy
from workbench.analysis.risk import scheme_of
from workbench.analysis.risk_matrix import MatrixView, Shown, matrix_view
from workbench.export.facts import one_line, project_of
from workbench.export.odd_table import summary
from workbench.export.report_context import ROWS, Context
from workbench.export.report_model import Block, Facts, Heading, Picture, Section, Table, Words, cell, tidy
from workbench.export.risk_matrix_legend import legend_ops
from workbench.export.risk_matrix_ops import MOST_ARROWS, matrix_layout, matrix_ops, ways
from workbench.export.sheet import Sheet
from workbench.model.judgement import Category
from workbench.render.ops import Group

_MATRIX: tuple[float, float] = (800.0, 380.0)
_STATE_HEADS = ("Hazard found", "Judged none", "Not applicable", "Not yet considered")


def scope(context: Context) -> Generator[None, None, Section]:
    """What is analysed, and the coverage of its operational design domain."""
    project = project_of(context.store)
    system = project.system
    blocks: list[Block] = [Words(tidy(part)) for part in project.description.split("\n\n") if part.strip()]
    facts = (
        ("System", f"{system.name} {system.version}".strip()),
        ("Model", system.model),
        ("Deployment", system.deployment),
        ("Versions that count", ", ".join(f"{name} {value}" for name, value in system.versions.items())),
    )
    known = tuple((name, tidy(value)) for name, value in facts if value.strip())
    blocks.append(Facts(known) if known else Words("The project does not describe the system.", "note"))
    yield
    blocks.append(Heading("Coverage of the operational design domain", "odd"))
    if not has_taxonomy(context.store):
        blocks.append(Words("The project has no taxonomy of its operating domain.", "note"))
        return Section("scope", "Scope and operating domain", tuple(blocks))
    whole = coverage(context.store)
    blocks.append(Words(f"{summary(whole)}."))
    rows = []
    for group in whole.groups:
        counts = [str(group.count(state)) for state in STATES]
        rows.append(tuple(map(cell, (group.name, f"{group.considered} of {len(group.entries)}", *counts))))
    considered = sum(dimension.considered for dimension in whole.dimensions)
    share = f"{considered} of {len(whole.dimensions)}"
    rows.append(tuple(map(cell, (DIMENSION_GROUP, share, "", "", "", ""))))
    blocks.append(Table(("Group", "Considered", *_STATE_HEADS), tuple(rows), (3, 2, 1.5, 1.5, 1.5, 2)))
    waiting = [entry for entry in whole.entries if not entry.verdict.considered]
    if waiting:
        blocks.append(Words("Not yet considered", "strong"))
        shown, told = context.most(waiting, ROWS, "entries not yet considered are listed")
        blocks += [Words(tidy(f"{one_line(entry.group)}: {one_line(entry.path)}"), "item") for entry in shown]
        blocks += told
    if whole.conflicts:
        blocks.append(Words("Decided against what the hazards say", "strong"))
        shown, told = context.most(whole.conflicts, ROWS, "contradictions are listed")
        blocks += [
            Words(tidy(f"{one_line(entry.group)}: {one_line(entry.path)}. {entry.verdict.conflict}"), "item")
            for entry in shown
        ]
        blocks += told
    return Section("scope", "Scope and operating domain", tuple(blocks))


def risk(context: Context) -> Generator[None, None, Section]:
    """The matrix before the controls and after them, and what its letters and figures mean."""
    blocks: list[Block] = []
    scheme = scheme_of(context.store)
    if scheme is None:
        blocks.append(Words("The project has no risk scheme, so nothing is rated.", "note"))
        return Section("risk", "Risk matrices", tuple(blocks))
    phases: tuple[tuple[Shown, str], ...] = (
        ("initial", "Initial risk, before the controls"),
        ("residual", "Residual risk, after the controls"),
    )
    for shown, title in phases:
        view = matrix_view(context.store, shown=shown)
        if view is not None:
            blocks += [Heading(title, f"risk-{shown}"), Picture(_matrix(context, view, title), "")]
            blocks += [Words(told, "note") for told in _unrated(view)]
        yield
    blocks.append(Heading("Categories", "risk-categories"))
    blocks.append(Words(tidy(f"{scheme.name}. {scheme.source}" if scheme.source else scheme.name)))
    for name, categories in (("Severity", scheme.severities), ("Frequency", scheme.frequencies)):
        rows = tuple(tuple(map(cell, (one.code, one.name, _defined(one)))) for one in categories)
        blocks.append(Table((name, "Name", "Definition"), rows, (1, 2, 7)))
    return Section("risk", "Risk matrices", tuple(blocks))


def _defined(category: Category) -> str:
    ends = [f"{end:g}" if end is not None else "" for end in (category.low, category.high)]
    unit = category.unit.replace("_", " ")
    bounds = f"from {ends[0] or '0'} to below {ends[1] or 'any'} {unit}" if any(ends) else ""
    return ". ".join(part for part in (category.definition.strip().rstrip("."), bounds) if part)


def _matrix(context: Context, view: MatrixView, title: str) -> Sheet:
    layout = matrix_layout(view, *_MATRIX, context.measure)
    body = matrix_ops(view, layout, context.theme, context.measure, lit=frozenset())
    many = len(ways(layout)) > MOST_ARROWS
    foot, below = legend_ops(view, layout.width, context.theme, context.measure, many=many, source=False)
    ops = (Group(body, css="matrix"), Group(foot, css="legend", dy=layout.height + 14.0))
    return Sheet(title, layout.width, layout.height + 14.0 + below, context.theme.surface.canvas, ops)


def _unrated(view: MatrixView) -> list[str]:
    count = len(view.unrated)
    return [f"{count:,} {'hazard is' if count == 1 else 'hazards are'} not rated."] if count else []
