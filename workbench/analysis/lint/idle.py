"""Suppressions of what is no longer found: they would hide it silently, should it come back."""

from collections.abc import Iterable, Iterator
from typing import Final

from workbench.analysis.findings import Finding, Rule, called
from workbench.analysis.lint.family import by_whole
from workbench.model.review import Answer
from workbench.store.reader import Reader

IDLE: Final = Rule(
    "suppression-idle", "note", "What is suppressed is still found", (), by_whole, "structural",
    "A suppression outlives what it was given for. Should the same be found again one day, nobody would be told; take "
    "it back where its reason no longer holds.", "Rule of the program: what a person judged is reviewed like the rest.",
)  # fmt: skip


def idle_answers(reader: Reader, subject: str, found: Iterable[Finding], asked: Iterable[str]) -> list[Answer]:
    """Suppressions for a record whose rule finds nothing about it any more.

    Args:
        found: what is found about the record, suppressed or not.
        asked: ids of the rules that were asked; of others nothing is known.
    """
    given = [one for one in reader.referrers(subject, Answer, "subject") if one.answer == "suppressed"]
    if not given:
        return []
    known = {finding.rule for finding in found}
    wanted = set(asked)
    return [one for one in given if one.rule in wanted and one.rule not in known]


def idle_messages(reader: Reader, subject: str, found: Iterable[Finding], asked: Iterable[str]) -> Iterator[str]:
    """One sentence for each of them."""
    for answer in idle_answers(reader, subject, found, asked):
        who = f" by {answer.by}" if answer.by else ""
        when = f" on {answer.at[:10]}" if answer.at else ""
        what = called(reader.get(subject))
        yield f"On {what} the rule {answer.rule} was suppressed{who}{when}, but finds nothing any more; take it back."
