"""The fields of a cell's card, and what is typed into them. No Qt."""

from typing import Final

from workbench.commands.errors import CommandError
from workbench.model.judgement import HumanBaseline
from workbench.panels.forms import Field
from workbench.panels.parsing import BadValueError, parse

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
WHEN: Final = Field("before", "This criterion was set", "choice", choices=("before", "after", "unknown"))
WHEN_WORDS: Final = (
    ("Before the results were seen", "before"),
    ("After the results were seen", "after"),
    ("Not known", "unknown"),
)
SAID: Final[dict[str, bool | None]] = {"before": True, "after": False, "unknown": None}
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
