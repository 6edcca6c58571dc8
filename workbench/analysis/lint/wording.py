"""Rules that guess from the wording. They can be wrong: a finding is suppressed with a reason, or a list changed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from workbench.analysis.findings import Rule, called
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.names import words_of
from workbench.model.elements import (
    Cause,
    Consequence,
    Control,
    DegradationFactor,
    Element,
    Guard,
    Hazard,
    Link,
    TopEvent,
)
from workbench.values import value_type

BREAKS: Final = (" and/or ", " as well as ", " and ", " or ", "; ", " / ")
"""Where a bundle of two outcomes can be parted, in order of preference."""


def _counts(element: Element) -> bool:
    values = element.__dict__
    return values["status"] != "retired" and bool(values["title"].strip())


@value_type(frozen=True, slots=True)
class _Wording:
    """A rule that looks for words of a list in titles.

    Attributes:
        words: name of the list.
        told: what is wrong and what to do; the words found stand where ``{}`` is.
        whole: the title is nothing but one of the list.
        find: the words found in a title, empty where none are; null where the list is simply looked for.
    """

    words: str
    told: str
    whole: bool = False
    find: Callable[[Context, str], str] | None = None

    def __call__(self, ctx: Context, element: Element) -> Iterable[str]:
        if not _counts(element):
            return ()
        title = element.title
        if self.whole:
            found = title if ctx.options.is_one_of(self.words, title) else ""
        else:
            found = self.find(ctx, title) if self.find is not None else ctx.options.found(self.words, title)
        return (f"The {called(element)} {self.told.replace('{}', f'“{found}”')}",) if found else ()

    def sift(self, ctx: Context, elements: Sequence[Element]) -> list[Element]:
        """The elements whose titles may hold a phrase of the list."""
        find = self.find
        if find is not None:
            return [element for element in elements if find(ctx, element.__dict__["title"])]
        begins = ctx.options.first_words(self.words)
        return [element for element in elements if not begins.isdisjoint(words_of(element.__dict__["title"]))]


def _context(ctx: Context, hazard: Hazard) -> Iterable[str]:
    if not _counts(hazard) or hazard.description.strip():
        return ()
    if len(words_of(hazard.title)) >= ctx.options.number("hazard_words"):
        return ()
    return (f"The {called(hazard)} does not say in what context and on what scale; add it to title or description.",)


def bundle_of(ctx: Context, title: str) -> str:
    """The words that join two outcomes in a title; empty where none do."""
    folded = f" {title.casefold()} "
    for sign in BREAKS:
        if sign in folded:
            word = sign.strip()
            if word in (";", "/") or word in (listed.casefold() for listed in ctx.options.words("bundles")):
                return word
    return ctx.options.found("bundles", title)


_HAZARD: Final = _Wording(
    "events", "reads like an event or a loss ({}); name the activity, material or condition in its controlled state."
)
_TOP_EVENT: Final = _Wording(
    "harms", "names damage ({}); say which control is lost, at the first moment that can still be recovered."
)
_CATEGORY: Final = _Wording(
    "categories", "is a category, not a cause; say what happens that brings the top event about.", whole=True
)
_BARRIER_FAILURE: Final = _Wording(
    "barrier_failures",
    "names a control that is missing or fails ({}); name what the control stands against, and put the control on its "
    "line.",
)
_HUMAN_ERROR: Final = _Wording(
    "human_errors",
    "is a person's error ({}), which usually weakens a control; make it a degradation factor, or say what the person "
    "does that brings the top event about.",
)
_BUNDLED: Final = _Wording(
    "bundles",
    "bundles outcomes ({}); make each a consequence of its own, since severity and controls may differ.",
    find=bundle_of,
)
_EMPTY_CONTROL: Final = _Wording(
    "empty_controls", "names a thing, not what it does; say what it detects, stops or limits.", whole=True
)


def _sides(ctx: Context, control: str) -> tuple[str, str]:
    """The word by which a control says that it prevents, and the one by which it limits harm; one at most."""
    found = ctx.find(control, Control)
    if found is None or not _counts(found):
        return "", ""
    words = ctx.options.found("preventing", found.title), ctx.options.found("mitigating", found.title)
    return words if not all(words) else ("", "")


def _sift_sides(ctx: Context, _: Sequence[Guard]) -> list[Guard]:
    begins = ctx.options.first_words("preventing") | ctx.options.first_words("mitigating")
    there = ctx.by(Guard, "control")
    found: list[Guard] = []
    for control in ctx.all(Control):
        values = control.__dict__
        if not begins.isdisjoint(words_of(values["title"])) and values["id"] in there:
            found += there[values["id"]].values()
    return found


def _side(ctx: Context, guard: Guard) -> Iterable[str]:
    early, late = ctx.once(_sides, guard.__dict__["control"])
    if not early and not late:
        return ()
    control = ctx.get(guard.control)
    link = ctx.find(guard.subject, Link)
    if link is None or link.kind != "leads_to":
        return ()
    mitigates = type(ctx.records.get(link.source)) in (TopEvent, Hazard)
    if mitigates and early:
        return (f"The {called(control)} says that it prevents (“{early}”), yet it stands after the top event.",)
    if not mitigates and late:
        return (f"The {called(control)} says that it limits harm (“{late}”), yet it stands before the top event.",)
    return ()


def _generic_factor(ctx: Context, factor: DegradationFactor) -> Iterable[str]:
    if not _counts(factor):
        return ()
    if ctx.options.is_one_of("generic_factors", factor.title):
        return (f"The {called(factor)} could stand anywhere; say why this control degrades.",)
    if len(words_of(factor.title)) < ctx.options.number("factor_words") and not factor.description.strip():
        return (f"The {called(factor)} does not say why the control degrades; add it to title or description.",)
    return ()


WORDING_RULES: Final[tuple[Rule, ...]] = (
    Rule("hazard-wording", "warning", "A hazard is an activity, material or condition in its controlled state",
         (Hazard,), _HAZARD, "wording",
         "A hazard is what is normal and needed, such as developers running generated code. Once it reads as an event "
         "or a loss it is a top event or a consequence, and causes and controls can no longer be told apart.",
         "Primatech PT Notes 234 (updates.primatech.com); Defence Aviation Safety Authority, chapter 14.3 annex D.",
         sift=_HAZARD.sift),
    Rule("hazard-context", "note", "A hazard states its context and scale", (Hazard,), _context, "wording",
         "Reviewers judge severity and completeness by where, how often and on what scale the hazard is present.",
         "CGE, applying the CCPS and Energy Institute guidelines to an existing bow-tie (cgerisk.com, 2020)."),
    Rule("top-event-wording", "warning", "A top event is the first loss of control, not the damage", (TopEvent,),
         _TOP_EVENT, "wording",
         "The top event is the moment at which control is lost and can still be won back. Where it names the damage, "
         "nothing is left for mitigation to do.",
         "CGE (cgerisk.com, 2020); Wolters Kluwer, refreshing the bow-tie guidelines.", sift=_TOP_EVENT.sift),
    Rule("cause-category", "warning", "A cause is no category", (Cause,), _CATEGORY, "wording",
         "A category such as maintenance gathers many causes; none of its controls can be judged, because none says "
         "what it stands against.", "Bowtie Risk Engine, guide to barriers, threats and consequences.",
         sift=_CATEGORY.sift),
    Rule("cause-control-failure", "warning", "A cause is not the failure of a control", (Cause,), _BARRIER_FAILURE,
         "wording",
         "A control that is missing or fails starts nothing by itself. The cause is what the control stands against; "
         "why the control fails is a degradation factor.", "P. Harris, Illusory bow-tie (dhirubhai.net).",
         sift=_BARRIER_FAILURE.sift),
    Rule("cause-human-error", "note", "A person's error is usually a degradation factor", (Cause,), _HUMAN_ERROR,
         "wording",
         "Most errors of people weaken a control rather than start a pathway. Where one does start it, its title says "
         "what the person does.",
         "Applying barrier analysis to overspeed events in rail operations (safetyinsights.org, 2026).",
         sift=_HUMAN_ERROR.sift),
    Rule("consequence-bundled", "warning", "A consequence is one outcome", (Consequence,), _BUNDLED, "wording",
         "Outcomes that are bundled share one severity and one set of controls, which is seldom true.",
         "Bowtie Risk Engine, guide to barriers, threats and consequences.", sift=_BUNDLED.sift),
    Rule("control-wording", "warning", "The name of a control shows what it does", (Control,), _EMPTY_CONTROL,
         "wording", "A control named by a thing or a subject cannot be judged or tested: training of whom, to do what?",
         "Bowtie Master, how to identify barriers correctly in three steps.", sift=_EMPTY_CONTROL.sift),
    Rule("control-side", "note", "Prevention stands left, mitigation right", (Guard,), _side, "wording",
         "What keeps the top event from happening stands before it, what limits the harm after it.",
         "Bowtie Master, how to identify barriers correctly in three steps.", sift=_sift_sides),
    Rule("factor-wording", "warning", "A degradation factor says why its control degrades", (DegradationFactor,),
         _generic_factor, "wording",
         "Human error or poor maintenance weakens every control, and so says nothing about this one.",
         "Primatech PT Notes 228; CGE knowledge base, escalation factors."),
)  # fmt: skip
