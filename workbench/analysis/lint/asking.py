"""Asking the rules: all of them about everything, or those in force about one record."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Final

from workbench.analysis.findings import NO_REASON, SEVERITIES, Finding, Rule
from workbench.analysis.lint.context import Context
from workbench.analysis.lint.family import Family, Whole
from workbench.analysis.lint.idle import IDLE, idle_messages
from workbench.analysis.lint.options import Options
from workbench.analysis.lint.registry import FAMILIES, WHOLES
from workbench.model.base import Record
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.review import Answer
from workbench.store.store import Store

_Rules = dict[str, Rule]
_RANKS: Final = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_AT_ONCE: Final = 64
"""Records that one rule is asked about before the next portion."""


def options_of(store: Store) -> Options:
    """What the project says about the linter."""
    project = store.find(PROJECT_ID, Project)
    return Options(project.lint if project is not None else None)


def order_of(finding: Finding) -> tuple[int, str, str, str]:
    """Worst first, then by rule and record."""
    return _RANKS[finding.severity], finding.rule, finding.element, finding.message


class Chosen:
    """The rules in force, by the class of record they are about."""

    def __init__(self, rules: Iterable[Rule], options: Options) -> None:
        """Leave out what the options switch off."""
        self.options = options
        self.by_class: dict[type[Record], tuple[Rule, ...]] = {}
        on = {rule.id: rule for rule in rules if rule.id not in options.off}
        self.families = [(one, there) for one in FAMILIES if (there := _those(one.rules, on))]
        self.wholes = [(one, there) for one in WHOLES if (there := _those(one.rules, on))]
        self.family_of: dict[type[Record], list[tuple[Family, _Rules]]] = {}
        for family, there in self.families:
            for cls in family.about:
                self.family_of.setdefault(cls, []).append((family, there))
        for rule in on.values():
            for cls in rule.about:
                self.by_class[cls] = (*self.by_class.get(cls, ()), rule)
        self.idle = IDLE.id in on

    def asked(self, cls: type[Record]) -> Iterator[str]:
        """Ids of the rules that look at records of a class by themselves."""
        for rule in self.by_class.get(cls, ()):
            yield rule.id
        for _, rules in self.family_of.get(cls, ()):
            yield from rules


def of_records(context: Context, chosen: Chosen) -> Iterator[list[Finding]]:
    """What is found about single records, a portion at a time; the document must not change meanwhile."""
    subjects = {one.subject for one in context.store.all(Answer) if one.answer == "suppressed"} if chosen.idle else ()
    about: dict[str, list[Finding]] = {id: [] for id in subjects if id in context.records}
    for portion in _of_rules(context, chosen):
        for finding in portion if about else ():
            if finding.element in about:
                about[finding.element].append(finding)
        yield portion
    yield [
        finding_of(context, IDLE, id, message)
        for id, there in about.items()
        for message in idle_messages(context.store, id, there, chosen.asked(type(context.records[id])))
    ]


def _of_rules(context: Context, chosen: Chosen) -> Iterator[list[Finding]]:
    for cls, rules in chosen.by_class.items():
        records = list(context.store.all(cls))
        for rule in rules:
            for some in _portions(context, rule, records):
                told = zip(some, map(rule.check, repeat(context), some), strict=True)
                yield [finding_of(context, rule, record.id, message) for record, said in told for message in said]
    for family, there in chosen.families:
        for cls in family.about:
            for some in _portions(context, family, list(context.store.all(cls))):
                pairs = zip(some, map(family.check, repeat(context), some), strict=True)
                yield [
                    finding_of(context, there[id], record.id, message)
                    for record, said in pairs
                    for id, message in said
                    if id in there
                ]


def _portions(context: Context, asked: Rule | Family, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """The records that have to be looked at one by one."""
    if asked.sift is not None:
        records = list(asked.sift(context, records))
        yield ()  # sifting many took a portion's time by itself
    for start in range(0, len(records), _AT_ONCE):
        yield records[start : start + _AT_ONCE]


def of_record(context: Context, record: Record, rules: Iterable[Rule]) -> Iterator[Finding]:
    """What rules find about a record."""
    for rule in rules:
        for message in rule.check(context, record):
            yield finding_of(context, rule, record.id, message)


def _those(rules: Iterable[Rule], on: _Rules) -> _Rules:
    return {rule.id: rule for rule in rules if rule.id in on}


def of_family(context: Context, record: Record, family: Family, rules: _Rules) -> list[Finding]:
    """What a family finds about a record, of the rules given."""
    said = family.check(context, record)
    return [finding_of(context, rules[id], record.id, message) for id, message in said if id in rules]


def of_whole(context: Context, whole: Whole, rules: _Rules) -> list[Finding]:
    """What a look at the whole document finds, of the rules given."""
    said = whole.find(context.store)
    return [finding_of(context, rules[id], element, message) for id, element, message in said if id in rules]


def finding_of(context: Context, rule: Rule, element: str, message: str) -> Finding:
    """A finding, as much as it counts in this project, and suppressed where somebody said so."""
    answer = context.suppression(rule.id, element)
    reason = (answer.reason.strip() or NO_REASON) if answer is not None else ""
    return Finding(rule.id, context.options.severity(rule), element, message, reason)
