"""Rules about what a meeting noted: an action is done by somebody, by a day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from workbench.analysis.due_date import day_words
from workbench.analysis.findings import Rule, called
from workbench.analysis.meeting_log import is_past
from workbench.evidence.dates import day_of
from workbench.model.review import ActionItem

if TYPE_CHECKING:
    from workbench.analysis.lint.context import Context

_SOURCE: Final = "IEC 61882:2016, reporting and follow-up: each action has somebody responsible, and is closed out."
_LONGEST: Final = 60


def _named(ctx: "Context", action: ActionItem) -> str:
    said = " ".join(action.text.split()) or "without words"
    short = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"
    on = ctx.get(action.subject) if action.subject else None
    return f"The action “{short}”" + (f" on {called(on)}" if on is not None else "")


def _overdue(ctx: "Context", action: ActionItem) -> Iterator[str]:
    due = day_of(action.due)
    if action.state == "open" and due is not None and is_past(action.due, ctx.day):
        who = f" by {' '.join(action.owner.split())[:_LONGEST]}" if action.owner.strip() else ""
        yield f"{_named(ctx, action)} was to be done{who} until {day_words(due)}; do it, or agree on another day."


def _assigned(ctx: "Context", action: ActionItem) -> Iterator[str]:
    lacks = [word for word, text in (("owner", action.owner), ("due day", action.due)) if not text.strip()]
    if action.state == "open" and lacks:
        yield f"{_named(ctx, action)} has no {' and no '.join(lacks)}; agree on who does it by when."


REVIEW_RULES: Final[tuple[Rule, ...]] = (
    Rule("action-overdue", "warning", "Actions are done by their day", (ActionItem,), _overdue, source=_SOURCE,
         explanation="What a review asked for and nobody did leaves the risk where it was, while the log reads as if "
         "something were on its way. Past its day counts by the newest day stored in the project."),
    Rule("action-assigned", "note", "An action has an owner and a day", (ActionItem,), _assigned, source=_SOURCE,
         explanation="What everybody is to do some day is done by nobody."),
)  # fmt: skip
