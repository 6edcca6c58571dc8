"""What a rule found: data that the command line, the findings dock and SARIF all show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from workbench.model.base import Record, record_type
from workbench.model.elements import Element
from workbench.model.kinds import label
from workbench.store.store import Store

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
"""Worst first."""

_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule holds against a project.

    Attributes:
        rule: id of the rule, such as ``loop``.
        element: id of the record it is about.
        message: one sentence: what, where, what to do.
    """

    rule: str
    severity: Severity
    element: str
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the linter.

    Attributes:
        title: what it wants, in a few words.
        look: yields (record id, message) for everything that breaks it.
    """

    id: str
    severity: Severity
    title: str
    look: Callable[[Store], Iterator[tuple[str, str]]]


def called(record: Record | None) -> str:
    """A record in a sentence: kind, code and title, on one line and bounded."""
    if record is None:
        return "something missing"
    word = label(record_type(record)).lower()
    if not isinstance(record, Element):
        return f"{word} {record.id}"
    title = " ".join(record.title.split())
    title = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
    return " ".join(part for part in (word, record.code or (record.id if not title else ""), title) if part)
