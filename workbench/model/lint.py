"""What a project says about the linter: rules left out, other severities, thresholds and words."""

from typing import Annotated, Literal

from pydantic import Field

from workbench.model.base import Line, Part

_Name = Annotated[str, Field(max_length=100)]
_Phrase = Annotated[str, Field(max_length=200)]


class LintOptions(Part):
    """What holds in this project instead of what is shipped; what is not named here stays as shipped.

    Attributes:
        off: ids of rules that are not checked.
        severities: severity by rule id.
        thresholds: numbers by name; the names are those of ``resources/lint/defaults.json``.
        words: lists of words or phrases by name; a list takes the place of the shipped one.
    """

    off: tuple[Line, ...] = ()
    severities: dict[_Name, Literal["error", "warning", "note"]] = Field(default_factory=dict)
    thresholds: dict[_Name, Annotated[int, Field(ge=0, le=1_000_000)]] = Field(default_factory=dict)
    words: dict[_Name, Annotated[tuple[_Phrase, ...], Field(max_length=2_000)]] = Field(default_factory=dict)
