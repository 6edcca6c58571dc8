"""Checking a document: all of it at once, or only what a change can affect."""

from collections.abc import Hashable, Iterable, Iterator
from time import perf_counter
from typing import Final

from workbench.analysis.findings import SEVERITIES, Finding, Rule, Severity
from workbench.analysis.lint.asking import (
    Chosen,
    finding_of,
    of_family,
    of_record,
    of_records,
    of_whole,
    options_of,
    order_of,
)
from workbench.analysis.lint.context import DAY, Context, Tracking
from workbench.analysis.lint.days import later, newest_of
from workbench.analysis.lint.idle import IDLE, idle_answers, idle_messages
from workbench.analysis.lint.names import keys
from workbench.analysis.lint.registry import RULES
from workbench.evidence.dates import DATED
from workbench.model.base import Record, record_type
from workbench.model.drawing import Placement, Route
from workbench.model.judgement import Project
from workbench.model.records import references
from workbench.model.review import Answer
from workbench.store.collector import collector_paused, let_settle
from workbench.store.diff import Diff
from workbench.store.store import Store

_DATED: Final = tuple(cls for cls, _ in DATED)
_AT_ONCE: Final = 64
"""Records checked between two looks at the clock."""
_TRIES: Final = 3
"""Quick looks that are begun again because something was edited meanwhile."""


def check(store: Store, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Everything that rules find, worst first; what somebody suppressed says so."""
    chosen = Chosen(rules, options_of(store))
    with collector_paused():
        context = Context(store, chosen.options)
        found = [finding for portion in of_records(context, chosen) for finding in portion]
        for whole, rules_there in chosen.wholes:
            found += of_whole(context, whole, rules_there)
        found.sort(key=order_of)
        let_settle()
    return found


class Linter:
    """The findings of a document that is being worked on.

    Every check notes what it read; a change asks only those checks again that read something of it. ``follow`` takes a
    change in, ``work`` does the checking, as much as there is time for.

    Noting takes three times as long as checking. Who works in portions so sees everything soon, checked together
    without notes, and each record is checked again with notes after that; a change in between costs no more than this
    quick look.

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
        self._watched: list[set[str]] = []
        self.revision = 0
        self._restart()

    def _restart(self) -> None:
        self._known = False
        self._quick: Iterator[list[Finding]] | None = None
        self._quickly: list[Finding] = []
        self._taking: Iterator[tuple[str, tuple[Finding, ...]]] | None = None
        self._quick_of = -1
        self._quick_tries = 0
        self._chosen = Chosen(self._rules, options_of(self._store))
        self._context = Tracking(self._store, self._chosen.options)
        self._readers: dict[Hashable, dict[str, None]] = {}
        for found in self._wholes.values():
            self._count(found, ())
            self._tell(finding.element for finding in found)
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
    def known(self) -> bool:
        """Whether everything was looked at; what waits then is checked only to learn which changes matter to it."""
        return self._known

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

    def watch(self) -> set[str]:
        """A set that gets the id of each record about which something else is found; who asked for it empties it."""
        self._watched.append({finding.element for finding in self.everything()})
        return self._watched[-1]

    def _tell(self, ids: Iterable[str]) -> None:
        changed = tuple(ids)
        for watched in self._watched:
            watched.update(changed)

    def _keep_whole(self, place: int, found: list[Finding]) -> None:
        self._tell(finding.element for finding in (*self._wholes[place], *found))
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
            self._want(self._readers.get(key, ()))

    def _want(self, ids: Iterable[str]) -> None:
        """Let records be checked before whatever else waits."""
        waiting = self._waiting
        for id in ids:
            waiting.pop(id, None)
            waiting[id] = None

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
        names, wanted = self._context.names, dict[str, None]()
        for id, old, new in diff.before_and_after():
            if _moved_only(old, new):
                continue
            touched[id] = wanted[id] = None
            for record in (old, new):
                if record is None:
                    continue
                kind = record_type(record)
                touched[kind] = None
                for _, target in references(record):
                    wanted[target] = None  # a record is asked again by itself when what refers to it changes
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
                wanted.update((holder, None) for holder in self._holders(id))
            self._look_at_wholes(old, new)
        self._want(wanted)
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
            if until is not None and not self._known and self._quick_tries <= _TRIES and not self._look_quickly(until):
                return False
            while self._waiting:
                for _ in range(min(_AT_ONCE, len(self._waiting))):
                    self._check(self._waiting.popitem()[0])
                if until is not None and perf_counter() > until:
                    return not self.busy
            if not self._look_whole(until):
                return False
        self._context.forget()
        self._known = True
        return True

    def _look_whole(self, until: float | None) -> bool:
        while self._wholes_wanted:
            place = self._wholes_wanted.pop()
            found = of_whole(self._context, *self._chosen.wholes[place])
            if found != self._wholes[place]:
                self._count(self._wholes[place], found)
                self._keep_whole(place, found)
                self.revision += 1
            if until is not None and perf_counter() > until:
                return not self.busy
        return True

    def _look_quickly(self, until: float) -> bool:
        """Look at everything together, as far as there is time; whether nothing is left of that."""
        if self._quick is None or self._quick_of != self._store.revision:
            self._quick_tries += 1
            self._quick_of, self._quickly, self._taking = self._store.revision, [], None
            self._quick = of_records(Context(self._store, self._chosen.options), self._chosen)
        for portion in self._quick:
            self._quickly += portion
            if perf_counter() > until:
                return False
        if self._taking is None:
            found: dict[str, tuple[Finding, ...]] = {}
            for finding in self._quickly:
                found[finding.element] = (*found.get(finding.element, ()), finding)
            self._taking = iter([(id, found.get(id, ())) for id in {**self.findings, **found}])
        for id, there in self._taking:
            self._take(id, there)
            if perf_counter() > until:
                return False
        self._look_whole(until)
        if self._wholes_wanted:
            return False
        self._quick, self._quickly, self._taking, self._known = None, [], None, True
        return perf_counter() <= until

    def _check(self, id: str) -> None:
        record = self._store.get(id)
        rules = self._chosen.by_class.get(type(record), ()) if record is not None else ()
        families = self._chosen.family_of.get(type(record), ()) if record is not None else ()
        found: tuple[Finding, ...] = ()
        if record is not None and (rules or families):
            reads = self._context.reads
            reads.clear()
            found = tuple(of_record(self._context, record, rules))
            for family, there in families:
                found += tuple(of_family(self._context, record, family, there))
            if self._chosen.idle:
                told = idle_messages(self._store, id, found, self._chosen.asked(type(record)))
                found += tuple([finding_of(self._context, IDLE, id, message) for message in told])
            readers = self._readers
            for key in reads:
                if key == id or key is None or (type(key) is tuple and key[0] == id):
                    continue  # whatever changes the record, or what refers to it, asks it again in any case
                entry = readers.get(key)
                if entry is None:
                    readers[key] = {id: None}
                else:
                    entry[id] = None
        self._take(id, found)

    def _take(self, id: str, found: tuple[Finding, ...]) -> None:
        before = self.findings.get(id, ())
        if found != before:
            self.revision += 1
            self._tell((id,))
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
    chosen, record = Chosen(RULES, options_of(store)), store.get(id)
    if record is None:
        return []
    context = Context(store, chosen.options)
    found = [*of_record(context, record, chosen.by_class.get(type(record), ()))]
    for family, there in chosen.family_of.get(type(record), ()):
        found += of_family(context, record, family, there)
    return idle_answers(store, id, found, chosen.asked(type(record)))
