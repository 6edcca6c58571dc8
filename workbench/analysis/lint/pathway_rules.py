"""Rules about pathways: what guards them, what their controls share, and elements that mean the same thing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from workbench.analysis.findings import Rule, called, said, start
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.family import Family, by_whole
from workbench.analysis.lint.leaning import Leaned, foresee_leaning, leaned_on, words_for
from workbench.analysis.lint.names import words_of
from workbench.analysis.lint.paths import CENTRES, FULL, guards_on, is_barrier, links_of, routes
from workbench.model.base import record_type
from workbench.model.elements import Cause, Consequence, Control, DegradationFactor, Guard, Hazard, Link, TopEvent
from workbench.model.kinds import label
from workbench.model.review import Answer


def _ends(ctx: Context, record: Cause | Consequence) -> bool:
    """Whether a pathway begins, or ends, here."""
    if record.status == "retired":
        return False
    return type(record) is Consequence or not links_of(ctx, record.id, onwards=False)


def _of_pathways(ctx: Context, record: Cause | Consequence) -> Iterator[tuple[str, str]]:
    """What is wrong with the pathways that begin or end here; each is walked once."""
    if not _ends(ctx, record):
        return
    onwards = type(record) is Cause
    bare = False
    told: set[str] = set()
    for way in routes(ctx, record.id, onwards=onwards):
        pairs = [pair for link in way for pair in guards_on(ctx, link.id)]
        if not bare and not any(is_barrier(ctx, control) for _, control in pairs):
            bare = True
            yield "path-barrier", _bare(ctx, record, way, "only a safeguard" if pairs else "no control")
        for what, names in _shared(ctx, pairs) if len(pairs) > 1 else ():
            if what not in told:
                told.add(what)
                said = f"On the pathway of {called(record)}, {names} share {what}; they may fail together."
                yield "common-cause", said


def _sift_paths(ctx: Context, records: Sequence[Cause | Consequence]) -> list[Cause | Consequence]:
    """Those whose lines do not all go straight to a centre, with a control that counts and none that share anything."""
    onwards = bool(records) and type(records[0]) is Cause
    lines, far = ctx.by(Link, "source" if onwards else "target"), "target" if onwards else "source"
    get, guards, counting, leaned = ctx.records.get, ctx.by(Guard, "subject"), *ctx.once(_controls, None)
    return [
        record
        for record in records
        if any(
            values["kind"] == "leads_to"
            and (
                type(get(values[far])) not in CENTRES
                or _is_suspect(guards.get(values["id"], _NONE).values(), counting, leaned)
            )
            for link in lines.get(record.__dict__["id"], _NONE).values()
            if (values := link.__dict__)
        )
    ]


def _controls(ctx: Context, _: None) -> tuple[set[str], dict[str, tuple[Leaned, ...]]]:
    """The controls that count as a barrier, and what all may fail with, also by the ids of their guards."""
    safeguards = {one.subject for one in ctx.all(Answer) if one.rule == FULL and one.answer == "no"}
    counting = {control.id for control in ctx.all(Control) if control.status != "retired"} - safeguards
    return counting, foresee_leaning(ctx)


def _is_suspect(guards: Iterable[Guard], counting: set[str], leaned: dict[str, tuple[Leaned, ...]]) -> bool:
    bare = True
    told: set[Leaned] = set()
    for guard in guards:
        values = guard.__dict__
        control = values["control"]
        if control in counting:
            bare = False
        if values["id"] in leaned:
            return True
        for what in leaned.get(control, ()):
            if what in told:
                return True
            told.add(what)
    return bare


def _bare(ctx: Context, record: Cause | Consequence, way: tuple[Link, ...], what: str) -> str:
    onwards = isinstance(record, Cause)
    centre = ctx.records.get(
        way[-1].target if onwards else way[-1].source
    )  # its kind only: asked again where it changes
    name = "the top event" if isinstance(centre, TopEvent) else "the hazard"
    if onwards:
        return f"On the way from {called(record)} to {name} stands {what}; put one on a line."
    return f"On the way from {name} to {called(record)} stands {what}; put one on a line."


def _shared(ctx: Context, pairs: list[tuple[Guard, Control]]) -> Iterator[tuple[str, str]]:
    """What two or more controls of a pathway have in common, with their codes."""
    holders: dict[Leaned, tuple[Control, dict[str, None]]] = {}
    seen: set[str] = set()
    for guard, control in pairs:
        layer = guard.__dict__["alternative_to"]
        if layer in seen:
            continue  # alternatives are one layer
        if layer:
            seen.add(layer)
        name = control.code or control.title[:40]
        for what in leaned_on(ctx, guard, control):
            entry = holders.get(what)
            if entry is None:
                holders[what] = control, {name: None}
            else:
                entry[1][name] = None
    for what, (first, names) in holders.items():
        if len(names) > 1:
            yield words_for(ctx, what, first), " and ".join(names)


def _alternatives(ctx: Context, link: Link) -> Iterable[str]:
    if link.kind != "leads_to":
        return ()
    pairs = guards_on(ctx, link.id)
    if len(pairs) < 2 or any(guard.__dict__["alternative_to"] for guard, _ in pairs):
        return ()
    answer = ctx.answer("layers", link.id)
    if answer is not None:
        if answer.answer == "yes":
            return ()
        stand = "stand on one line and are declared alternatives; give them the same layer label"
        return said(f"{_codes(pairs)} {stand}.")
    drafts = ctx.options.number("ask_drafts")
    if not drafts and sum(_is_due(control) for _, control in pairs) < 2:
        return ()
    return said(
        f"Declare whether {_codes(pairs)} on one line are layers that must all fail, or alternatives of one layer."
    )


def _sift_layers(ctx: Context, links: Sequence[Link]) -> list[Link]:
    there = ctx.by(Guard, "subject")
    if ctx.options.number("ask_drafts"):
        return [link for link in links if len(there.get(link.id, _NONE)) > 1]
    due = {control.id for control in ctx.all(Control) if _is_due(control)}
    answered = {one.subject for one in ctx.all(Answer) if one.rule == "layers"}
    return [
        link
        for link in links
        if len(guards := there.get(link.__dict__["id"], _NONE)) > 1
        and (sum(guard.__dict__["control"] in due for guard in guards.values()) > 1 or link.id in answered)
    ]


def _is_due(control: Control) -> bool:
    """Whether a control is far enough for somebody to answer for it."""
    values = control.__dict__
    return bool(values["state"] == "verified" or values["status"] == "agreed")


def _codes(pairs: list[tuple[Guard, Control]]) -> str:
    return " and ".join(control.code or control.title[:40] for _, control in pairs)


_NAMESAKES: Final = 100
"""How many of one title are looked at: where ten thousand have it, comparing each with each would take minutes."""


def _sift_like(ctx: Context, causes: Sequence[Cause]) -> list[Cause]:
    titles = {words_of(one.title) for cls in (Control, DegradationFactor) for one in ctx.all(cls)}
    return [cause for cause in causes if words_of(cause.__dict__["title"]) in titles]


def _same_thing(ctx: Context, record: Cause | Control | DegradationFactor) -> Iterator[str]:
    """A cause that is also a control, or a factor that is also a cause, by title."""
    if record.status == "retired" or not record.title.strip():
        return
    others = _LIKE[type(record)]
    for id in ctx.named("title", record.title)[:_NAMESAKES]:
        other = ctx.get(id) if id != record.id else None
        if isinstance(other, others) and other.status != "retired":
            yield (
                f"The {called(record)} says the same as {label(record_type(other)).lower()} {other.code or other.id}; "
                "the same thing cannot be both."
            )


_NONE: Final[dict[str, Any]] = {}
_LIKE: Final[dict[type, tuple[type[Control] | type[Cause] | type[DegradationFactor], ...]]] = {
    Cause: (Control, DegradationFactor),
    Control: (),
    DegradationFactor: (),
}


def _chain(ctx: Context, record: Cause | Consequence) -> Iterable[str]:
    if record.status == "retired" or not record.title.strip():
        return ()
    for id in ctx.named("title", record.title)[:_NAMESAKES]:
        event = ctx.find(id, TopEvent) if id != record.id else None
        if event is not None:
            return said(
                f"{start(called(record))} and the top event {event.code or event.id} say the same; "
                "use the top event itself, so that the two bow-ties are chained.",
            )
    return ()


def _sift_chained(ctx: Context, records: Sequence[Cause | Consequence]) -> list[Cause | Consequence]:
    titles = {words_of(event.title) for event in ctx.all(TopEvent)}
    return [record for record in records if words_of(record.__dict__["title"]) in titles]


def _sufficient(ctx: Context, cause: Cause) -> Iterable[str]:
    answer = ctx.answer("cause-sufficient", cause.id)
    if answer is not None:
        if answer.answer == "yes":
            return ()
        return said(
            f"The {called(cause)} is declared not sufficient alone; join it with what else it takes by an AND gate.",
        )
    if not ctx.options.number("ask_drafts") and cause.status != "agreed":
        return ()
    if not any(
        type(ctx.records.get(link.target)) in (TopEvent, Hazard) for link in links_of(ctx, cause.id, onwards=True)
    ):
        return ()
    return said(f"Declare whether {called(cause)} alone can bring the top event about when no control works.")


PATHWAY_RULES: Final[tuple[Rule, ...]] = (
    Rule("path-barrier", "warning", "Every pathway has at least one control", (), by_whole,
         "structural", "A cause without a control leads to the top event whenever it occurs; a consequence without one "
         "follows whenever control is lost. What somebody declared a safeguard only does not count.",
         "This program’s own rule: with nothing on it, the bow-tie claims of a pathway that nothing stops it."),
    Rule("common-cause", "warning", "Controls of one pathway share no owner, component or degradation factor",
         (), by_whole, "structural",
         "Controls count as layers only as far as they fail independently. A shared owner, component (a tag that "
         "begins with “component:”) or degradation factor can take several away at once.",
         "Bowtie Risk Engine, guide to barriers, threats and consequences."),
    Rule("layers", "note", "Alternative controls are declared, so that they are not multiplied as layers", (Link,),
         _alternatives, "declared",
         "Two controls of which one or the other is used are one layer. Counted as two, they promise a protection that "
         "is not there.", "UK CAA, bow-tie elements: recovery controls (caa.co.uk).",
         "Must every control on this line fail before the step succeeds?",
         "The controls are alternatives: the fix gives them one layer label.", _sift_layers),
    Rule("cause-and-control", "warning", "Nothing is both a cause and a control or degradation factor", (Cause,),
         _same_thing, "structural",
         "The same element cannot start the pathway and guard it; one of the two is something else.",
         "Applying barrier analysis to overspeed events in rail operations (safetyinsights.org, 2026).",
         sift=_sift_like),
    Rule("chain", "warning", "Chained bow-ties share the top event itself", (Cause, Consequence), _chain, "structural",
         "Where a cause or consequence of one bow-tie is the top event of another, it has to be one element, or "
         "ratings and evidence drift apart.", "CGE, chaining bow-ties (cgerisk.com, 2018).",
         sift=_sift_chained),
    Rule("cause-sufficient", "note", "Each cause can bring the top event about on its own", (Cause,), _sufficient,
         "declared",
         "On a bow-tie every cause is drawn as enough by itself. One that needs another belongs behind an AND gate, or "
         "its controls are credited twice.", "Bowtie Risk Engine, guide to barriers, threats and consequences.",
         "Can this cause alone bring the top event about when no control works?",
         "It needs something else as well: join the two by an AND gate."),
)  # fmt: skip

PATHWAY_FAMILY: Final = Family(
    tuple(rule for rule in PATHWAY_RULES if rule.check is by_whole), (Cause, Consequence), _of_pathways, _sift_paths
)
