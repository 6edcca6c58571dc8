"""Checking a document: all of it at once, or only what a change can affect."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice, repeat
from time import perf_counter
from typing import Any, Final

from workbench.analysis.findings import NO_REASON, SEVERITIES, Finding, Rule, Severity
from workbench.analysis.lint.context import DAY, Context, Tracking
from workbench.analysis.lint.days import later, newest_of
from workbench.analysis.lint.family import Family, Whole
from workbench.analysis.lint.idle import IDLE, idle_answers, idle_messages
from workbench.analysis.lint.names import keys
from workbench.analysis.lint.options import Options
from workbench.analysis.lint.registry import FAMILIES, RULES, WHOLES
from workbench.evidence.dates import DATED
from workbench.model.base import Record, record_type
from workbench.model.drawing import Placement, Route
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.records import references
from workbench.model.review import Answer
from workbench.store.collector import collector_paused
from workbench.store.diff import Diff
from workbench.store.store import Store

_DATED: Final = tuple(cls for cls, _ in DATED)
_Looking = tuple[Rule, Callable[[Context, Any], Iterable[str]]]
_Rules = dict[str, Rule]
_RANKS: Final = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_AT_ONCE: Final = 64
"""Records checked between two looks at the clock."""


def options_of(store: Store) -> Options:
    """What the project says about the linter."""
    project = store.find(PROJECT_ID, Project)
    return Options(project.lint if project is not None else None)


def order_of(finding: Finding) -> tuple[int, str, str, str]:
    """Worst first, then by rule and record."""
    return _RANKS[finding.severity], finding.rule, finding.element, finding.message


def check(store: Store, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Everything that rules find, worst first; what somebody suppressed says so."""
    chosen = _Chosen(rules, options_of(store))
    with collector_paused():
        context = Context(store, chosen.options)
        found: list[Finding] = []
        for cls, those in chosen.by_class.items():
            records = list(store.all(cls))
            for rule, look in those:
                looked = zip(records, map(look, repeat(context), records), strict=True)
                found += [_finding(context, rule, record.id, message) for record, said in looked for message in said]
        for family, rules_there in chosen.families:
            for cls in family.about:
                records = list(store.all(cls))
                told = zip(records, map(family.check, repeat(context), records), strict=True)
                found += [
                    _finding(context, rules_there[id], record.id, message)
                    for record, pairs in told
                    for id, message in pairs
                    if id in rules_there
                ]
        found += _idle(context, chosen, found)
        for whole, rules_there in chosen.wholes:
            found += _of_whole(context, whole, rules_there)
    found.sort(key=order_of)
    return found


def _idle(context: Context, chosen: "_Chosen", found: list[Finding]) -> list[Finding]:
    """What was suppressed and is no longer found, in the whole document."""
    subjects = dict.fromkeys(answer.subject for answer in context.store.all(Answer) if answer.answer == "suppressed")
    if not subjects or not chosen.idle:
        return []
    about: dict[str, list[Finding]] = {id: [] for id in subjects}
    for finding in found:
        if finding.element in about:
            about[finding.element].append(finding)
    return [
        _finding(context, IDLE, id, message)
        for id, there in about.items()
        for message in idle_messages(context.store, id, there, chosen.asked(type(context.records[id])))
    ]


class _Chosen:
    """The rules in force, by the class of record they are about."""

    def __init__(self, rules: Iterable[Rule], options: Options) -> None:
        self.options = options
        self.by_class: dict[type[Record], tuple[_Looking, ...]] = {}
        on = {rule.id: rule for rule in rules if rule.id not in options.off}
        self.families = [(one, there) for one in FAMILIES if (there := _those(one.rules, on))]
        self.wholes = [(one, there) for one in WHOLES if (there := _those(one.rules, on))]
        self.family_of: dict[type[Record], list[tuple[Family, _Rules]]] = {}
        for family, there in self.families:
            for cls in family.about:
                self.family_of.setdefault(cls, []).append((family, there))
        for rule in on.values():
            for cls in rule.about:
                self.by_class[cls] = (*self.by_class.get(cls, ()), (rule, rule.check))
        self.idle = IDLE.id in on

    def asked(self, cls: type[Record]) -> Iterator[str]:
        """Ids of the rules that look at records of a class by themselves."""
        for rule, _ in self.by_class.get(cls, ()):
            yield rule.id
        for _, rules in self.family_of.get(cls, ()):
            yield from rules


def _of_record(context: Context, record: Record, rules: Iterable[_Looking]) -> Iterator[Finding]:
    for rule, look in rules:
        for message in look(context, record):
            yield _finding(context, rule, record.id, message)


def _those(rules: Iterable[Rule], on: _Rules) -> _Rules:
    return {rule.id: rule for rule in rules if rule.id in on}


def _of_family(context: Context, record: Record, family: Family, rules: _Rules) -> list[Finding]:
    said = family.check(context, record)
    return [_finding(context, rules[id], record.id, message) for id, message in said if id in rules]


def _of_whole(context: Context, whole: Whole, rules: _Rules) -> list[Finding]:
    said = whole.find(context.store)
    return [_finding(context, rules[id], element, message) for id, element, message in said if id in rules]


def _finding(context: Context, rule: Rule, element: str, message: str) -> Finding:
    answer = context.suppression(rule.id, element)
    reason = (answer.reason.strip() or NO_REASON) if answer is not None else ""
    return Finding(rule.id, context.options.severity(rule), element, message, reason)


class Linter:
    """The findings of a document that is being worked on.

    Every check notes what it read; a change asks only those checks again that read something of it. ``follow`` takes a
    change in, ``work`` does the checking, as much as there is time for.

    Attributes:
        findings: by the record they are about; records without findings are not there.
        revision: grows whenever the findings change.
    """

    def __init__(self, store: Store, rules: Iterable[Rule] = RULES) -> None:
        """Everything waits to be checked; ``work`` starts."""
        self._store = store
        self._rules = tuple(rules)
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self._open = dict.fromkeys(SEVERITIES, 0)
        self._wholes: dict[int, list[Finding]] = {}
        self._changed: set[str] = set()
        self.revision = 0
        self._restart()

    def _restart(self) -> None:
        self._chosen = _Chosen(self._rules, options_of(self._store))
        self._context = Tracking(self._store, self._chosen.options)
        self._readers: dict[Hashable, dict[str, None]] = {}
        for found in self._wholes.values():
            self._count(found, ())
            self._changed.update(finding.element for finding in found)
        self._of_wholes: dict[str, tuple[Finding, ...]] = {}
        self._wholes = {place: [] for place in range(len(self._chosen.wholes))}
        self._wholes_wanted = set(self._wholes)
        self._waiting: dict[str, None] = {
            record.id: None
            for cls in {**self._chosen.by_class, **self._chosen.family_of}
            for record in self._store.all(cls)
        }
        for id in self.findings:
            self._waiting.setdefault(id)

    @property
    def context(self) -> Context:
        """What the rules read; for asking what is declared or configured."""
        return self._context

    @property
    def busy(self) -> bool:
        """Whether anything waits to be checked."""
        return bool(self._waiting or self._wholes_wanted)

    @property
    def waiting(self) -> int:
        """How many records wait to be checked."""
        return len(self._waiting)

    def all(self) -> list[Finding]:
        """Every finding known by now, worst first."""
        return sorted(self.everything(), key=order_of)

    def everything(self) -> Iterator[Finding]:
        """Every finding known by now, in no order."""
        for several in (*self.findings.values(), *self._wholes.values()):
            yield from several

    def of(self, id: str) -> tuple[Finding, ...]:
        """The findings about a record."""
        return self.findings.get(id, ()) + self._of_wholes.get(id, ())

    def take_changed(self) -> set[str]:
        """Ids of the records about which something else is found than when last asked."""
        changed, self._changed = self._changed, set()
        return changed

    def _keep_whole(self, place: int, found: list[Finding]) -> None:
        self._changed.update(finding.element for finding in (*self._wholes[place], *found))
        self._wholes[place] = found
        self._of_wholes = {}
        for several in self._wholes.values():
            for finding in several:
                self._of_wholes[finding.element] = (*self._of_wholes.get(finding.element, ()), finding)

    def counts(self) -> dict[Severity, int]:
        """How many findings count, by severity."""
        return dict(self._open)

    def _count(self, before: Iterable[Finding], after: Iterable[Finding]) -> None:
        for finding in before:
            self._open[finding.severity] -= finding.open
        for finding in after:
            self._open[finding.severity] += finding.open

    # taking changes in

    def follow(self, diff: Diff) -> None:
        """Take a change in: what it can affect waits to be checked again."""
        if self._changes_options(diff):
            self.revision += 1
            self._restart()
            return
        self._context.forget()
        for key in self._touched(diff):
            self._waiting.update(self._readers.get(key, ()))

    def _changes_options(self, diff: Diff) -> bool:
        before = after = None
        for _, old, new in diff.before_and_after():
            if isinstance(old, Project) or isinstance(new, Project):
                before = (old.lint, old.risk_scheme) if isinstance(old, Project) else None
                after = (new.lint, new.risk_scheme) if isinstance(new, Project) else None
        return before != after

    def _touched(self, diff: Diff) -> dict[Hashable, None]:
        """What a change touched, by the same names as what checks read; the records in it wait from now on."""
        touched: dict[Hashable, None] = {}
        dated = False
        names, waiting = self._context.names, self._waiting
        for id, old, new in diff.before_and_after():
            if _moved_only(old, new):
                continue
            touched[id] = waiting[id] = None
            for record in (old, new):
                if record is None:
                    continue
                kind = record_type(record)
                touched[kind] = None
                for _, target in references(record):
                    waiting[target] = None  # a record is asked again by itself when what refers to it changes
                    touched[target, kind] = None
                for key in keys(record):
                    touched[key] = None
                if isinstance(record, Answer):
                    self._context.forget_answers()
                dated = dated or isinstance(record, _DATED)
            if old is not None:
                names.discard(old)
            if new is not None:
                names.add(new)
            if type(old) is not type(new) and old is not None and new is not None:
                waiting.update((holder, None) for holder in self._holders(id))
            self._look_at_wholes(old, new)
        if dated and DAY in self._readers:
            self._look_at_day(diff, touched)
        return touched

    def _holders(self, id: str) -> Iterator[str]:
        """Records that refer to one; asked for only where a record has become one of another kind."""
        for record in self._store.records.values():
            if any(target == id for _, target in references(record)):
                yield record.id

    def _look_at_day(self, diff: Diff, touched: dict[Hashable, None]) -> None:
        """Look for the newest day of the project anew, where the change can have made it another one."""
        known = self._context.look_up_day()
        before = after = None
        for _, old, new in diff.before_and_after():
            before = later(before, newest_of(old))
            after = later(after, newest_of(new))
        if later(known, after) == known and (before is None or before != known):
            return
        self._context.forget_day()
        if self._context.look_up_day() != known:
            touched[DAY] = None

    def _look_at_wholes(self, old: Record | None, new: Record | None) -> None:
        for place, (whole, rules) in enumerate(self._chosen.wholes):
            if place not in self._wholes_wanted and (
                any(isinstance(one, Answer) and one.rule in rules for one in (old, new))
                or whole.wanted(self._store, old, new, bool(self._wholes[place]))
            ):
                self._wholes_wanted.add(place)

    # checking

    def work(self, seconds: float | None = None) -> bool:
        """Check what waits, for about so long; whether everything is checked now."""
        until = perf_counter() + seconds if seconds is not None else None
        with collector_paused():
            while self._waiting:
                for id in list(islice(self._waiting, _AT_ONCE)):
                    self._waiting.pop(id, None)
                    self._check(id)
                if until is not None and perf_counter() > until:
                    return not self.busy
            while self._wholes_wanted:
                place = self._wholes_wanted.pop()
                found = _of_whole(self._context, *self._chosen.wholes[place])
                if found != self._wholes[place]:
                    self._count(self._wholes[place], found)
                    self._keep_whole(place, found)
                    self.revision += 1
                if until is not None and perf_counter() > until:
                    return not self.busy
        self._context.forget()
        return True

    def _check(self, id: str) -> None:
        record = self._store.get(id)
        rules = self._chosen.by_class.get(type(record), ()) if record is not None else ()
        families = self._chosen.family_of.get(type(record), ()) if record is not None else ()
        found: tuple[Finding, ...] = ()
        if record is not None and (rules or families):
            reads = self._context.reads
            reads.clear()
            found = tuple(_of_record(self._context, record, rules))
            for family, there in families:
                found += tuple(_of_family(self._context, record, family, there))
            if self._chosen.idle:
                told = idle_messages(self._store, id, found, self._chosen.asked(type(record)))
                found += tuple([_finding(self._context, IDLE, id, message) for message in told])
            readers = self._readers
            for key in reads:
                if key == id or key is None or (type(key) is tuple and key[0] == id):
                    continue  # whatever changes the record, or what refers to it, asks it again in any case
                entry = readers.get(key)
                if entry is None:
                    readers[key] = {id: None}
                else:
                    entry[id] = None
        before = self.findings.get(id, ())
        if found != before:
            self.revision += 1
            self._changed.add(id)
            self._count(before, found)
            if found:
                self.findings[id] = found
            else:
                del self.findings[id]


def _moved_only(old: Record | None, new: Record | None) -> bool:
    """Whether something was only moved on a diagram: no rule looks at places."""
    if not isinstance(new, Placement | Route) or old is None or type(old) is not type(new):
        return False
    return tuple(references(old)) == tuple(references(new))


def suppressed_in_vain(store: Store, id: str) -> list[Answer]:
    """Suppressions for a record of what is no longer found about it."""
    chosen, record = _Chosen(RULES, options_of(store)), store.get(id)
    if record is None:
        return []
    context = Context(store, chosen.options)
    found = [*_of_record(context, record, chosen.by_class.get(type(record), ()))]
    for family, there in chosen.family_of.get(type(record), ()):
        found += _of_family(context, record, family, there)
    return idle_answers(store, id, found, chosen.asked(type(record)))
