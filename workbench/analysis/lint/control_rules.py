"""Rules about controls and what weakens them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from workbench.analysis.findings import Rule, called, said
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.paths import FULL
from workbench.model.elements import Control, DegradationFactor, Guard, Link

SEVERAL: Final = (" / ", ";", ",", " + ")
"""What parts several owners in one field; a word such as *and* may be part of one role's name."""
_PARTING: Final = re.compile("|".join(map(re.escape, SEVERAL)))
_BOTH: Final = frozenset(("leads_to", "degrades"))
_NONE: Final[dict[str, Guard]] = {}
_DECIDES: Final = ("active", "active_human", "human")


def _asked(ctx: Context, control: Control) -> bool:
    """Whether a control is called verified or agreed, so that its answers are due, and guards a pathway."""
    if control.status == "retired":
        return False
    ready = control.state == "verified" or control.status == "agreed"
    if not ready and not ctx.options.number("ask_drafts"):
        return False
    return ctx.once(_off_stems, control.id)


def _off_stems(ctx: Context, control: str) -> bool:
    """Whether a control stands anywhere but on stems of degradation factors."""
    lines = (ctx.find(guard.subject, Link) for guard in ctx.referrers(control, Guard, "control"))
    return any(line is None or line.kind != "degrades" for line in lines)


def _sift_asked(ctx: Context, controls: Sequence[Control]) -> Sequence[Control]:
    there, stems = ctx.by(Guard, "control"), ctx.once(_stems, None)
    ctx.foresee(
        _off_stems,
        {
            control.id: any(guard.__dict__["subject"] not in stems for guard in there.get(control.id, _NONE).values())
            for control in controls
        },
    )
    return controls


def _stems(ctx: Context, _: None) -> frozenset[str]:
    return frozenset(values["id"] for link in ctx.all(Link) if (values := link.__dict__)["kind"] == "degrades")


def _full(ctx: Context, control: Control) -> Iterable[str]:
    if not _asked(ctx, control) or ctx.answer(FULL, control.id) is not None:
        return ()
    return said(
        f"Declare whether {called(control)} is effective by itself, independent of its causes and of the other "
        "controls on its pathways, and auditable; otherwise it is a safeguard.",
    )


def _covers(ctx: Context, control: Control) -> Iterable[str]:
    if control.control_type not in _DECIDES:
        return ()
    answer = ctx.answer("control-detect", control.id)
    if answer is not None:
        if answer.answer == "yes":
            return ()
        return said(f"The {called(control)} is declared not to detect, decide and act; add what is missing to it.")
    if not _asked(ctx, control):
        return ()
    return said(f"Declare whether {called(control)} covers detecting, deciding and acting.")


def _type(_: Context, control: Control) -> Iterable[str]:
    if control.control_type is not None or control.status == "retired" or control.state == "proposed":
        return ()
    return said(
        f"The {called(control)} is {control.state.replace('_', ' ')}, but of no type; say whether it is passive, "
        "active, active and human, human or continuous.",
    )


def owners_of(text: str) -> list[str]:
    """The owners that a field names."""
    parts = [text]
    for sign in SEVERAL:
        parts = [piece for part in parts for piece in part.split(sign)]
    return [part.strip() for part in parts if part.strip()]


def _owner(_: Context, control: Control) -> Iterable[str]:
    if control.status == "retired":
        return ()
    owners = owners_of(control.owner[:400])
    if len(owners) > 1:
        return said(f"The {called(control)} has {len(owners)} owners; name the one role that answers for it.")
    if not owners and control.state != "proposed":
        return said(f"The {called(control)} is {control.state.replace('_', ' ')}, but nobody owns it; name a role.")
    return ()


def _uncontrolled(ctx: Context, factor: DegradationFactor) -> Iterable[str]:
    if factor.status == "retired":
        return ()
    lines = [link for link in ctx.referrers(factor.id, Link, "source") if link.kind == "degrades"]
    if not lines or any(ctx.referrers(link.id, Guard, "subject") for link in lines):
        return ()
    return said(f"Nothing stands against {called(factor)}; put a degradation control on its stem.")


def _sift_owners(_: Context, controls: Sequence[Control]) -> list[Control]:
    return [
        control for control in controls if not (owner := control.__dict__["owner"]).strip() or _PARTING.search(owner)
    ]


def _on_a_path_too(ctx: Context, control: Control) -> Iterable[str]:
    lines = [ctx.find(guard.subject, Link) for guard in ctx.referrers(control.id, Guard, "control")]
    if not {line.kind for line in lines if line is not None} >= _BOTH:
        return ()
    return said(
        f"The {called(control)} stands against a degradation factor and on a pathway; a degradation control acts on "
        "its factor only, so make it two controls.",
    )


def _sift_both(ctx: Context, controls: Sequence[Control]) -> list[Control]:
    there = ctx.by(Guard, "subject")
    against = {guard.control for stem in ctx.once(_stems, None) for guard in there.get(stem, _NONE).values()}
    return [control for control in controls if control.__dict__["id"] in against]


def _crowd(ctx: Context, control: Control) -> Iterable[str]:
    most = ctx.options.number("factors_per_control")
    targets = [control.id, *(guard.id for guard in ctx.referrers(control.id, Guard, "control"))]
    factors = {
        link.source for target in targets for link in ctx.referrers(target, Link, "target") if link.kind == "degrades"
    }
    if len(factors) <= most:
        return ()
    return said(
        f"The {called(control)} has {len(factors)} degradation factors; keep those that matter (at most {most}), or "
        "the diagram is cluttered.",
    )


def _sift_crowded(ctx: Context, controls: Sequence[Control]) -> list[Control]:
    most = ctx.options.number("factors_per_control")
    count: dict[str, int] = {}
    for link in ctx.all(Link):
        values = link.__dict__
        if values["kind"] == "degrades":
            end = ctx.records.get(values["target"])
            control = end.control if isinstance(end, Guard) else values["target"]
            count[control] = count.get(control, 0) + 1
    return [control for control in controls if count.get(control.__dict__["id"], 0) > most]


def _not_a_cause(ctx: Context, factor: DegradationFactor) -> Iterable[str]:
    answer = ctx.answer("factor-not-cause", factor.id)
    if answer is not None:
        if answer.answer == "yes":
            return ()
        return said(f"The {called(factor)} is declared able to cause the top event itself; draw it as a cause.")
    if not ctx.options.number("ask_drafts") and factor.status != "agreed":
        return ()
    return said(f"Declare whether {called(factor)} only weakens its control and cannot cause the top event itself.")


CONTROL_RULES: Final[tuple[Rule, ...]] = (
    Rule(FULL, "note", "A control is effective, independent and auditable, or is declared a safeguard", (Control,),
         _full, "declared",
         "A full barrier stops the pathway by itself, does not fail with its cause or with its neighbours, and can be "
         "checked. What does less may still help, but no pathway should rest on it alone.",
         "CCPS and Energy Institute concept book, as reviewed at safetyinsights.org (2024).",
         "Is it effective by itself, independent of cause and neighbours, and auditable?",
         "It is a safeguard: it stays on the line, but a pathway that has nothing else counts as unguarded.",
         _sift_asked),
    Rule("control-detect", "note", "An active control detects, decides and acts", (Control,), _covers, "declared",
         "An alarm that nobody acts on stops nothing. Passive hardware is exempt, continuous hardware only acts.",
         "CCPS and Energy Institute concept book, as reviewed at safetyinsights.org (2024).",
         "Does it cover detecting, deciding and acting, by machine or by people?",
         "Something is missing: the finding stays until the control is completed."),
    Rule("control-type", "note", "A control has a type", (Control,), _type, "structural",
         "Passive, active, active and human, human, continuous: what has to be shown about a control depends on it.",
         "CCPS and Energy Institute concept book, as reviewed at safetyinsights.org (2024)."),
    Rule("control-owner", "warning", "A control has one owner, by role", (Control,), _owner, "structural",
         "What nobody in particular answers for degrades. A role outlives a change of staff.",
         "CCPS and Energy Institute concept book, as reviewed at ininet.org.", sift=_sift_owners),
    Rule("factor-control", "warning", "Each degradation factor has a control", (DegradationFactor,), _uncontrolled,
         "structural", "A factor that nothing stands against is only a worry written down.",
         "UK CAA, bow-tie elements: escalation factor controls (caa.co.uk)."),
    Rule("factor-control-shared", "warning", "A degradation control acts on its factor only", (Control,),
         _on_a_path_too, "structural",
         "A control that guards both the pathway and the control beside it fails in two places at once.",
         "UK CAA, bow-tie elements: escalation factor controls (caa.co.uk).", sift=_sift_both),
    Rule("factor-crowd", "note", "A control has few degradation factors", (Control,), _crowd, "structural",
         "Hundreds of factors hide the few that matter; they are meant for critical controls. The number is a "
         "threshold of the project.", "CGE knowledge base, escalation factors; Primatech PT Notes 228.",
         sift=_sift_crowded),
    Rule("factor-not-cause", "note", "A degradation factor cannot cause the top event itself", (DegradationFactor,),
         _not_a_cause, "declared",
         "What can bring the top event about by itself is a cause with a pathway and controls of its own.",
         "UK CAA, bow-tie elements: escalation factors (caa.co.uk); Primatech PT Notes 228.",
         "Does it only weaken its control, and never cause the top event itself?",
         "It is a cause: draw it as one."),
)  # fmt: skip
