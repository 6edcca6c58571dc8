"""What people declare to the linter: answers to its questions, suppressions, rules that a project leaves out."""

from collections.abc import Sequence
from typing import Any, Literal

from workbench.commands.errors import CommandError
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.lint import LintOptions
from workbench.model.review import Answer
from workbench.store.reader import Reader
from workbench.store.transaction import Transaction


def answer_rule(
    tx: Transaction,
    rule: str,
    subject: str,
    answer: Literal["yes", "no", "suppressed"],
    *,
    reason: str,
    by: str,
    at: str,
) -> str:
    """Declare an answer to a rule about a record, or suppress the rule for it; an earlier one is replaced.

    Args:
        at: when, in ISO 8601.

    Returns:
        Id of the answer.

    Raises:
        CommandError: the record is gone, or nobody said why.
    """
    if tx.get(subject) is None:
        raise CommandError("What the finding is about no longer exists.")
    if not reason.strip():
        raise CommandError("Say why: the reason is kept with the project.")
    withdraw_answer(tx, rule, subject)
    made = Answer.of(rule, subject).replace(answer=answer, reason=reason.strip(), by=by.strip(), at=at)
    return tx.put(made).id


def answer_of(reader: Reader, rule: str, subject: str) -> Answer | None:
    """What somebody declared about a rule and a record, suppressions too."""
    return next((one for one in reader.referrers(subject, Answer, "subject") if one.rule == rule), None)


def withdraw_answer(tx: Transaction, rule: str, subject: str) -> bool:
    """Take an answer or a suppression back; whether there was one."""
    found = [one.id for one in tx.referrers(subject, Answer, "subject") if one.rule == rule]
    for id in found:
        tx.remove(id)
    return bool(found)


def options_of(reader: Reader) -> LintOptions:
    """What the project says about the linter."""
    project = reader.find(PROJECT_ID, Project)
    return project.lint if project is not None else LintOptions.empty()


def switch_rule(tx: Transaction, rule: str, *, on: bool) -> None:
    """Check a rule in this project, or leave it out."""
    off = [id for id in options_of(tx).off if id != rule]
    set_options(tx, off=tuple(off if on else [*off, rule]))


def set_options(tx: Transaction, **changes: Any) -> None:
    """Change what the project says about the linter: ``off``, ``severities``, ``thresholds``, ``words``.

    Raises:
        CommandError: the project has no record of itself.
        pydantic.ValidationError: a value is not allowed.
    """
    project = tx.find(PROJECT_ID, Project)
    if project is None:
        raise CommandError("This project says nothing about itself yet; give it a title first.")
    tx.put(project.replace(lint={**dict(project.lint), **changes}))


def set_words(tx: Transaction, name: str, words: Sequence[str], shipped: Sequence[str]) -> None:
    """Give a list of words; one that is as shipped is not kept."""
    lists = {key: value for key, value in options_of(tx).words.items() if key != name}
    wanted = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
    set_options(tx, words=lists if wanted == tuple(shipped) else {**lists, name: wanted})


def set_threshold(tx: Transaction, name: str, value: int, shipped: int) -> None:
    """Give a threshold; one that is as shipped is not kept."""
    numbers = {key: number for key, number in options_of(tx).thresholds.items() if key != name}
    set_options(tx, thresholds=numbers if value == shipped else {**numbers, name: value})


def set_severity(tx: Transaction, rule: str, severity: str, shipped: str) -> None:
    """Say how much a rule counts in this project; as shipped is not kept."""
    kept = {key: value for key, value in options_of(tx).severities.items() if key != rule}
    set_options(tx, severities=kept if severity == shipped else {**kept, rule: severity})
