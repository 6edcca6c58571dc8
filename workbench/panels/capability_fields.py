"""The fields of a cell's card, what is typed into them, and how it gets into the document. No Qt."""

from collections.abc import Mapping
from typing import Any, Final

from workbench.commands import capability
from workbench.commands.capability import Spot
from workbench.commands.errors import CommandError
from workbench.evidence.criterion import parse_criterion
from workbench.model.judgement import Aspect, HumanBaseline
from workbench.model.runs import Criterion
from workbench.panels.criterion_when import AFTER, BEFORE, SAID, UNKNOWN
from workbench.panels.forms import Field
from workbench.panels.parsing import BadValueError, parse
from workbench.store.transaction import Transaction

MODEL: Final = (
    Field("value", "Result", "probability", optional=True, half=True, hint="Such as 84 %"),
    Field("n", "Tasks (n)", "whole", optional=True, half=True, hint="Without n no interval"),
    Field("source", "Source", hint="Where the figure comes from"),
)
HUMAN: Final = (
    Field("value", "Result", "probability", optional=True, half=True, hint="Such as 93 %"),
    Field("n", "Tasks (n)", "whole", optional=True, half=True, hint="Without n a constant"),
    Field("bounds", "Interval, where n is not known", hint="Such as 88 % to 96 %", complete=True),
    Field("who", "Who", hint="Such as professional developers"),
    Field("source", "Source", hint="Where the figure comes from"),
)
CRITERION: Final = Field("criterion", "Must be", hint="Such as >= 80 % @ 95 %", complete=True)
WHEN: Final = Field("before", "This criterion was set", "choice", choices=(BEFORE, AFTER, UNKNOWN))
NOTE: Final = Field("note", "Note", "text", hint="How the doubts were ruled out, for instance")


def bounds_text(human: HumanBaseline | None) -> str:
    """The published interval of a human figure; empty where there is none."""
    if human is None or human.low is None or human.high is None:
        return ""
    return f"{human.low * 100:g} % to {human.high * 100:g} %"


def parse_bounds(text: str | None) -> tuple[float | None, float | None]:
    """Two rates, apart by ``to`` or a dash; a percent sign at the end counts for both.

    Raises:
        CommandError: the text says something else.
    """
    if not text or not text.strip():
        return None, None
    parts = [part.strip() for part in text.replace("–", " to ").replace("-", " to ").split(" to ")]
    if len(parts) == 2 and parts[1].endswith("%") and not parts[0].endswith("%"):
        parts[0] += " %"
    try:
        rates = [parse("probability", part, optional=False) for part in parts]
    except BadValueError:
        rates = []
    if len(rates) != 2:
        raise CommandError("Write the interval like 88 % to 96 %.")
    return rates[0], rates[1]


def cell_of(spot: Spot) -> tuple[str, str, Aspect]:
    """The place of a cell.

    Raises:
        CommandError: it is a point of the sweep.
    """
    if len(spot) != 3:
        raise CommandError("A point of the sweep has no such field.")
    return spot


def set_typed(tx: Transaction, grid: str, spot: Spot, values: Mapping[str, Any]) -> None:
    """Enter the model's result as typed; without one the place has none.

    Raises:
        CommandError: something is said about a result that is missing.
    """
    if values["value"] is None and (values["n"] or values["source"]):
        raise CommandError("Type the result first.")
    capability.type_in(tx, grid, spot, values["value"], values["n"], values["source"] or "")


def set_human(tx: Transaction, grid: str, spot: Spot, values: Mapping[str, Any]) -> None:
    """Enter what people achieve; without a result the place has none.

    Raises:
        CommandError: something is said about a result that is missing, or the interval cannot be read.
    """
    if values["value"] is None and any(values[name] for name in ("n", "bounds", "who", "source")):
        raise CommandError("Type the result first.")
    low, high = parse_bounds(values["bounds"])
    who, source = values["who"] or "", values["source"] or ""
    human = HumanBaseline(value=values["value"], n=values["n"], low=low, high=high, who=who, source=source)
    capability.set_human(tx, grid, spot, human)


def set_criterion(
    tx: Transaction, grid: str, cell: tuple[str, str, Aspect], values: Mapping[str, Any], before: Criterion | None
) -> None:
    """Set the criterion as typed; what the text does not say stays as ``before`` had it.

    Raises:
        CriterionProblem: the text is no criterion.
    """
    text = values["criterion"].strip()
    criterion = None
    if text:
        kept = {"set_before_results": SAID.get(values["before"])}
        if before is not None:
            kept |= {name: getattr(before, name) for name in ("min_n", "max_error_rate", "max_age_days")}
        criterion = parse_criterion(text).model_copy(update=kept)
    capability.set_criterion(tx, grid, cell, criterion)
