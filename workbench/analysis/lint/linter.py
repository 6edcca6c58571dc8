"""Checking a document: all of it at once, or only what a change can affect."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from time import perf_counter
from typing import Any, Final

from workbench.analysis.findings import NO_REASON, SEVERITIES, Finding, Rule, Severity
from workbench.analysis.lint.context import DAY, Context, Tracking
from workbench.analysis.lint.names import keys
from workbench.analysis.lint.options import Options
from workbench.analysis.lint.registry import RULES
from workbench.analysis.rules_links import LOOP, loops
from workbench.evidence.dates import DATED
from workbench.model.base import Record, record_type
from workbench.model.drawing import Placement, Route
from workbench.model.elements import Link
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.records import references
from workbench.model.review import Answer
from workbench.store.collector import collector_paused
from workbench.store.diff import Diff
from workbench.store.store import Store

_DATED: Final = tuple(cls for cls, _ in DATED)
_Looking = tuple[Rule, Callable[[Context, Any], Iterable[str]]]
_AT_ONCE: Final = 64
"""Records checked between two looks at the clock."""


def options_of(store: Store) -> Options:
    """What the project says about the linter."""
    project = store.find(PROJECT_ID, Project)
    return Options(project.lint if project is not None else None)


def order_of(finding: Finding) -> tuple[int, str, str, str]:
    """Worst first, then by rule and record."""
    return SEVERITIES.index(finding.severity), finding.rule, finding.element, finding.message


def check(store: Store, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Everything that rules find, worst first; what somebody suppressed says so."""
    chosen = _Chosen(rules, options_of(store))
    with collector_paused():
        context = Context(store, chosen.options)
        context.hold_still()
        found = [
            _finding(context, rule, record.id, message)
            for cls, those in chosen.by_class.items()
            for record in store.all(cls)
            for rule, look in those
            for message in look(context, record)
        ]
        if chosen.loop is not None:
            found += _of_loops(context, chosen.loop)
    found.sort(key=order_of)
    return found


class _Chosen:
    """The rules in force, by the class of record they are about."""

    def __init__(self, rules: Iterable[Rule], options: Options) -> None:
        self.options = options
        self.by_class: dict[type[Record], tuple[_Looking, ...]] = {}
        self.loop: Rule | None = None
        for rule in rules:
            if rule.id in options.off:
                continue
            if rule is LOOP:
                self.loop = rule
            for cls in rule.about:
                self.by_class[cls] = (*self.by_class.get(cls, ()), (rule, rule.check))


def _of_record(context: Context, record: Record, rules: Iterable[_Looking]) -> Iterator[Finding]:
    for rule, look in rules:
        for message in look(context, record):
            yield _finding(context, rule, record.id, message)


def _of_loops(context: Context, rule: Rule) -> list[Finding]:
    return [_finding(context, rule, element, message) for element, message in loops(context.store)]


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
        self._loops: list[Finding] = []
        self.revision = 0
        self._restart()

    def _restart(self) -> None:
        self._chosen = _Chosen(self._rules, options_of(self._store))
        self._context = Tracking(self._store, self._chosen.options)
        self._readers: dict[Hashable, dict[str, None]] = {}
        self._count(self._loops, ())
        self._loops = []
        self._loops_wanted = self._chosen.loop is not None
        self._context.hold_still()
        self._waiting: dict[str, None] = {
            record.id: None for cls in self._chosen.by_class for record in self._store.all(cls)
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
        return bool(self._waiting) or self._loops_wanted

    @property
    def waiting(self) -> int:
        """How many records wait to be checked."""
        return len(self._waiting)

    def all(self) -> list[Finding]:
        """Every finding known by now, worst first."""
        found = [finding for several in self.findings.values() for finding in several]
        found += self._loops
        found.sort(key=order_of)
        return found

    def of(self, id: str) -> tuple[Finding, ...]:
        """The findings about a record."""
        return (*self.findings.get(id, ()), *(finding for finding in self._loops if finding.element == id))

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
        self._context.let_go()
        for key in self._touched(diff):
            self._waiting.update(self._readers.get(key, ()))

    def _changes_options(self, diff: Diff) -> bool:
        before = after = None
        for _, old, new in diff.before_and_after():
            if isinstance(old, Project) or isinstance(new, Project):
                before = old.lint if isinstance(old, Project) else None
                after = new.lint if isinstance(new, Project) else None
        return before != after

    def _touched(self, diff: Diff) -> dict[Hashable, None]:
        """What a change touched, by the same names as what checks read; the records in it wait from now on."""
        touched: dict[Hashable, None] = {}
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
                if isinstance(record, _DATED) and DAY in self._readers:
                    self._look_at_day(touched)
            if old is not None:
                names.discard(old)
            if new is not None:
                names.add(new)
            if type(old) is not type(new) and old is not None and new is not None:
                waiting.update((holder, None) for holder in self._holders(id))
            self._look_at_loops(new)
        return touched

    def _holders(self, id: str) -> Iterator[str]:
        """Records that refer to one; asked for only where a record has become one of another kind."""
        for record in self._store.records.values():
            if any(target == id for _, target in references(record)):
                yield record.id

    def _look_at_day(self, touched: dict[Hashable, None]) -> None:
        before = self._context.forget_day()
        if self._context.look_up_day() != before:
            touched[DAY] = None

    def _look_at_loops(self, new: Record | None) -> None:
        if self._chosen.loop is None or self._loops_wanted:
            return
        if self._loops:  # rare: whatever touches a link or a title may end or rename one
            self._loops_wanted = True
        elif isinstance(new, Link) and new.kind == "leads_to" and new.source != new.target:
            self._loops_wanted = self._reaches(new.target, new.source)

    def _reaches(self, begin: str, goal: str) -> bool:
        seen, waiting = {begin}, [begin]
        while waiting:
            for link in self._store.referrers(waiting.pop(), Link, "source"):
                if link.kind == "leads_to" and link.target not in seen:
                    if link.target == goal:
                        return True
                    seen.add(link.target)
                    waiting.append(link.target)
        return goal in seen

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
            if self._loops_wanted:
                self._loops_wanted = False
                assert self._chosen.loop is not None
                found = _of_loops(self._context, self._chosen.loop)
                if found != self._loops:
                    self._count(self._loops, found)
                    self._loops = found
                    self.revision += 1
        return True

    def _check(self, id: str) -> None:
        record = self._store.get(id)
        rules = self._chosen.by_class.get(type(record), ()) if record is not None else ()
        found: tuple[Finding, ...] = ()
        if record is not None and rules:
            reads = self._context.reads
            reads.clear()
            found = tuple(_of_record(self._context, record, rules))
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
