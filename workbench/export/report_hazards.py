"""Report: each hazard with its diagram and its pathways, and the diagrams that show no hazard."""

from collections.abc import Generator, Iterable
from itertools import pairwise

from workbench.analysis.hazard_log import roots_of
from workbench.analysis.pathways import passed_by, ways
from workbench.analysis.risk_findings import acceptance_words
from workbench.analysis.words import short_name
from workbench.commands.guards import guards_of
from workbench.export.facts import UNTITLED_DIAGRAM, SheetFacts, diagrams_in_order, one_line
from workbench.export.log_sheet import Cell
from workbench.export.report_context import DRAWN, HAZARDS, PATHWAYS, Context
from workbench.export.report_model import Block, Facts, Heading, Picture, Section, Table, Words, cell, tidy
from workbench.export.sheet import sheet_for
from workbench.files.log_text import STATUS_WORD
from workbench.model.codes import code_key
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Element, Guard, Hazard, Link, TopEvent
from workbench.render.build import PictureBuilder

_WIDTHS = (3.0, 4.0, 3.0)
_HEADINGS = ("From", "Controls on the way", "To")
_DEGRADED = ("Degradation factor", "Controls against it", "Weakens")
_NONE = "none"
_AT_ONCE = 20


def hazards_in_use(context: Context) -> list[Hazard]:
    """Every hazard that is not retired, in the order of the codes."""
    found = [hazard for hazard in context.store.all(Hazard) if hazard.status != "retired"]
    return sorted(found, key=lambda hazard: (code_key(hazard.code), hazard.id))


def looked_up(context: Context) -> Generator[None, None, None]:
    """Look up the ratings of all hazards, which walks every pathway of those nobody rated."""
    for number, hazard in enumerate(context.store.all(Hazard), 1):
        context.rating(hazard.id, "initial")
        context.rating(hazard.id, "residual")
        if not number % _AT_ONCE:
            yield


def worst_first(context: Context, hazards: Iterable[Hazard]) -> list[Hazard]:
    """The worst residual rating first, then the worst initial one; those nobody rated last."""

    def badness(hazard: Hazard) -> tuple[tuple[int, int, int], ...]:
        ratings = (context.rating(hazard.id, "residual"), context.rating(hazard.id, "initial"))
        return tuple(context.ratings.badness(one) if one is not None else (-1, -99, -99) for one in ratings)

    return sorted(hazards, key=badness, reverse=True)


def hazards(context: Context) -> Generator[None, None, Section]:
    """A part for each hazard, then the diagrams that stand by themselves."""
    every = hazards_in_use(context)
    blocks: list[Block] = []
    if not every:
        blocks.append(Words("The project has no hazards yet.", "note"))
    worst = worst_first(context, every) if len(every) > HAZARDS else every
    chosen, told = context.most(worst, HAZARDS, "hazards have a part of their own here, the worst; the log has all")
    drawn: set[str] = set()
    for hazard in every if len(every) <= HAZARDS else sorted(chosen, key=lambda one: (code_key(one.code), one.id)):
        yield from _hazard(context, hazard, f"hazard-{len(blocks)}", blocks, drawn)
    blocks += told
    others = [diagram for diagram in diagrams_in_order(context.store) if diagram.id not in drawn]
    if len(every) <= HAZARDS and others:
        blocks.append(Heading("Other diagrams", "diagrams"))
        for diagram in others:
            _draw(context, diagram, blocks)
            yield
    return Section("hazards", "Hazards and their pathways", tuple(blocks))


def _hazard(
    context: Context, hazard: Hazard, anchor: str, blocks: list[Block], drawn: set[str]
) -> Generator[None, None, None]:
    title = f"{hazard.code} {one_line(hazard.title)}".strip()
    after = context.rating(hazard.id, "residual")
    blocks.append(Heading(tidy(title), anchor))
    if one_line(hazard.description) not in ("", one_line(hazard.title)):
        blocks.append(Words(tidy(hazard.description)))
    own, also = _diagrams_of(context, hazard)
    facts = (
        ("Initial risk", context.rated_words(context.rating(hazard.id, "initial"))),
        ("Residual risk", context.rated_words(after)),
        ("Accepted", acceptance_words(context.store, after, context.day)),
        ("Impact", ", ".join(name.capitalize() for name in hazard.impact_dimensions)),
        ("Source", hazard.source),
        ("Owner", hazard.owner),
        ("Status", STATUS_WORD.get(hazard.status, hazard.status)),
        ("Also on", ", ".join(map(_called, also))),
    )
    blocks.append(Facts(tuple((name, tidy(value)) for name, value in facts if value.strip())))
    blocks += _lines_of(context, hazard, title)
    yield
    for diagram in own:
        if diagram.id not in drawn:
            drawn.add(diagram.id)
            _draw(context, diagram, blocks)
            yield


def _diagrams_of(context: Context, hazard: Hazard) -> tuple[list[Diagram], list[Diagram]]:
    """The diagrams that are about a hazard, and the others that show it or its top events."""
    roots = dict.fromkeys((hazard.id, *roots_of(context.store, hazard.id)))
    places = {place.diagram for root in roots for place in context.store.referrers(root, Placement, "subject")}
    found = [diagram for diagram in diagrams_in_order(context.store) if diagram.id in places]
    own = [diagram for diagram in found if diagram.focus in roots] or found[:1]
    if len(own) > 1:  # an overview may have the same focus as the bow-tie of its first hazard
        shown = {diagram.id: _hazards_on(context, diagram) for diagram in own}
        own = [diagram for diagram in own if shown[diagram.id] == min(shown.values())]
    return own, [diagram for diagram in found if diagram not in own]


def _hazards_on(context: Context, diagram: Diagram) -> int:
    places = context.store.referrers(diagram.id, Placement, "diagram")
    return sum(isinstance(context.store.get(place.subject), Hazard) for place in places)


def _called(diagram: Diagram) -> str:
    return one_line(diagram.title) or UNTITLED_DIAGRAM


def _draw(context: Context, diagram: Diagram, blocks: list[Block]) -> None:
    name = _called(diagram)
    count = len(context.store.referrers(diagram.id, Placement, "diagram"))
    if count > DRAWN:
        said = f"The diagram {name} has {count:,} elements, more than a page can show; export it as a figure."
        context.left.append(tidy(said))
        blocks.append(Words(tidy(said), "note"))
        return
    picture = PictureBuilder(context.store, diagram.id, context.measure, context.asked).picture
    facts = SheetFacts(name, "", (), None)
    sheet = sheet_for(picture, facts, context.theme, context.measure, furniture=False)
    blocks.append(Picture(sheet, tidy(name)))


def _lines_of(context: Context, hazard: Hazard, title: str) -> list[Block]:
    """Every stretch of the pathways from one end or top event to the next, with the controls on it, in a table."""
    found = list(ways(context.store, hazard.id))
    stretches = dict.fromkeys(stretch for steps in found for stretch in _stretches(context, steps))
    if not stretches:
        return [Words("No pathway is drawn.", "note")]
    before = [steps for steps in stretches if isinstance(context.store.get(steps[-1]), TopEvent | Hazard)]
    ordered = [*before, *(steps for steps in stretches if steps not in before)]
    rows = [_row(context, steps) for steps in ordered[:PATHWAYS]]
    blocks: list[Block] = [Table(_HEADINGS, tuple(rows), _WIDTHS)]
    if len(stretches) > PATHWAYS:
        said = f"{PATHWAYS} of {len(stretches)} stretches of pathways are listed for {hazard.code or tidy(title)}."
        context.left.append(said)
        blocks.append(Words(said, "note"))
    return blocks + _degradation(context, passed_by(context.store, found))


def _degradation(context: Context, passed: set[str]) -> list[Block]:
    """What weakens the controls of some pathways, and what stands against that, in a table."""
    store = context.store
    links = [link for id in passed if (link := store.find(id, Link)) is not None and link.kind == "degrades"]
    rows = {}
    for link in links:
        target = store.get(link.target)
        weakened = target.control if isinstance(target, Guard) else link.target
        against = dict.fromkeys(_name(context, guard.control) for guard in guards_of(store, link.id))
        record = store.find(link.source, Element)
        order = (code_key(record.code if record is not None else ""), link.source, weakened, link.id)
        rows[order] = (
            cell(_name(context, link.source)),
            Cell(tuple(against) or (_NONE,)),
            cell(_name(context, weakened)),
        )
    if not rows:
        return []
    shown, told = context.most([rows[order] for order in sorted(rows)], PATHWAYS, "degradation factors are listed")
    return [Table(_DEGRADED, tuple(shown), _WIDTHS), *told]


def _stretches(context: Context, steps: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A pathway cut at its top events."""
    ends = (0, len(steps) - 1)
    knots = [at for at, id in enumerate(steps) if at in ends or isinstance(context.store.get(id), TopEvent | Hazard)]
    return [steps[first : second + 1] for first, second in pairwise(knots)]


def _row(context: Context, steps: tuple[str, ...]) -> tuple[Cell, ...]:
    """A stretch: what it begins at, the controls on the way and what else it passes, what it leads to."""
    passed = [f"through {_name(context, id)}" for id in steps[1:-1]]
    controls = _controls(context, steps)
    return cell(_name(context, steps[0])), Cell((*passed, *(controls or (_NONE,)))), cell(_name(context, steps[-1]))


def _name(context: Context, id: str) -> str:
    record = context.store.get(id)
    return tidy(f"{short_name(context.store, id)} {one_line(getattr(record, 'title', ''))}".strip())


def _controls(context: Context, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The controls on the lines between some steps, in their order."""
    found: dict[str, None] = {}
    for source, target in pairwise(steps):
        for link in context.store.referrers(source, Link, "source"):
            if link.kind == "leads_to" and link.target == target:
                guards = guards_of(context.store, link.id)
                found.update(dict.fromkeys(_name(context, guard.control) for guard in guards))
    return tuple(found)
