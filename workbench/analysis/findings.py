"""What a rule is and what it found: data that the command line, the findings dock and SARIF all show."""

from typing import TYPE_CHECKING, Any, Final, Literal

from workbench.model.base import Record, record_type
from workbench.model.kinds import ELEMENT_KINDS, label
from workbench.model.records import CLASS_OF
from workbench.values import value_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workbench.analysis.lint.context import Context

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
"""Worst first."""

Kind = Literal["structural", "wording", "declared"]
KIND_WORD: Final[dict[Kind, str]] = {
    "structural": "Structure",
    "wording": "Wording",
    "declared": "Declared answer",
}
NO_REASON: Final = "No reason given."

_LONGEST: Final = 60
_WORDS: Final[dict[type[Record], str]] = {CLASS_OF[kind]: label(kind).lower() for kind in ELEMENT_KINDS}


@value_type(frozen=True, slots=True)
class Finding:
    """One thing a rule holds against a project.

    Attributes:
        rule: id of the rule, such as ``loop``.
        element: id of the record it is about.
        message: one sentence: what, where, what to do.
        suppressed: why somebody suppressed it; empty where nobody did.
    """

    rule: str
    severity: Severity
    element: str
    message: str
    suppressed: str = ""

    @property
    def open(self) -> bool:
        """Whether it still counts."""
        return not self.suppressed


@value_type(frozen=True, slots=True)
class Rule:
    """One rule of the linter.

    Attributes:
        title: what it wants, in a few words.
        about: classes of the records it looks at.
        check: messages for one record, each one sentence; reads the document through the context only, because what it
            reads decides when it is asked again.
        kind: follows from the structure, guesses from the wording, or needs a person's answer.
        explanation: why it matters, in a few sentences.
        source: where the rule comes from.
        question: for a declared answer, what is asked; *yes* satisfies the rule.
        no: what the answer *no* means, one sentence that ends the question's finding or explains the one that stays.
        sift: of all records of one class those that ``check`` may say something about, where everything is checked;
            none that it would may be missing. Nearly all records are sound, and one loop tells so sooner than a check
            of each.
    """

    id: str
    severity: Severity
    title: str
    about: tuple[type[Record], ...]
    check: "Callable[[Context, Any], Iterable[str]]"
    kind: Kind = "structural"
    explanation: str = ""
    source: str = ""
    question: str = ""
    no: str = ""
    sift: "Callable[[Context, Sequence[Any]], Iterable[Any]] | None" = None


def called(record: Record | None) -> str:
    """A record in a sentence: kind, code and title, on one line and bounded."""
    if record is None:
        return "something missing"
    word = _WORDS.get(type(record))
    if word is None:
        return f"{label(record_type(record)).lower()} {record.id}"
    values = record.__dict__
    title = " ".join(values["title"][:2_000].split())
    if not title:
        return f"{word} {values['code'] or values['id']}"
    title = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
    return f"{word} {values['code']} {title}" if values["code"] else f"{word} {title}"


def start(text: str) -> str:
    """A sentence with a capital at its start."""
    return text[:1].upper() + text[1:]


def said(*parts: str) -> tuple[str, ...]:
    """One message, written in parts."""
    return ("".join(parts),)
