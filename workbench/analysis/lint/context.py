"""What a rule reads the document through; it remembers what was read, so that a change asks only those rules again."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import Any, Self, TypeVar

from workbench.analysis.lint.names import Field, Names, key_of
from workbench.analysis.lint.options import Options
from workbench.evidence.dates import newest_day
from workbench.model.base import Record
from workbench.model.review import Answer
from workbench.store.store import Store

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
DAY = "day"
"""What is read where a rule goes by the newest day of the project."""


class Context:
    """The document as rules see it; a ``Reader`` that can do a little more.

    Attributes:
        records: every record by id, for what a rule may read unnoticed: what a change of it asks again in any case.
        options: word lists, thresholds and severities of the project.
    """

    def __init__(self, store: Store, options: Options, names: Names | None = None) -> None:
        """Read from a store."""
        self.store = store
        self.records = store.records
        self.options = options
        self.names = names if names is not None else Names(store)
        self._day: date | None = None
        self._day_known = False
        self._answers: dict[tuple[str, str], Answer] | None = None
        self._tables: dict[tuple[type[Record], str | None], Mapping[str, Mapping[str, Record]]] = {}
        self._known: dict[Callable[..., Any], dict[Any, Any]] = {}

    def get(self, id: str) -> Record | None:
        """The record with this id, or None."""
        return self.records.get(id)

    def find(self, id: str | None, cls: type[R]) -> R | None:
        """The record with this id if it is of a class, else None."""
        record = self.records.get(id)  # type: ignore[arg-type]  # None is no id
        return record if isinstance(record, cls) else None

    def all(self, cls: type[R]) -> Iterator[R]:
        """Every record of a class; a rule that asks for it is asked again whenever any of them changes."""
        return self.store.all(cls)

    def by(self, cls: type[R], field: str) -> Mapping[str, Mapping[str, R]]:
        """The same for everything referred to, unnoticed: for sifting only."""
        table = self._tables.get((cls, field))
        if table is None:
            table = self._tables[cls, field] = self.store.referrers_by(cls, field)
        return table  # type: ignore[return-value]  # records of the class only

    def referrers(self, target: str, cls: type[R], field: str | None = None) -> list[R]:
        """Records of a class that refer to ``target`` (through ``field``, where given)."""
        table = self._tables.get((cls, field))
        if table is None:
            table = self._tables[cls, field] = self.store.referrers_by(cls, field)
        entry = table.get(target)
        return list(entry.values()) if entry is not None else []  # type: ignore[arg-type]  # records of the class only

    def once(self, make: Callable[[Self, K], V], about: K) -> V:
        """What ``make`` says about something, worked out once for all rules that ask, until ``forget``."""
        known = self._known.get(make)
        if known is None:
            known = self._known[make] = {}
        if about in known:
            found: V = known[about]
        else:
            found = known[about] = make(self, about)
        return found

    def foresee(self, make: Callable[[Self, K], V], said: dict[K, V]) -> None:
        """Take in what ``make`` would say about many things, where it was worked out for all of them together."""
        self._known[make] = said

    def forget(self) -> None:
        """The document has changed: what was worked out for several rules holds no more."""
        self._known.clear()

    def named(self, field: Field, text: str) -> tuple[str, ...]:
        """Ids of elements with this code; or of causes, consequences, controls, factors, top events so titled."""
        return self.names.of(field, text)

    @property
    def day(self) -> date | None:
        """The newest day stored in the project: what *today* means to a rule, since no output reads the clock."""
        return self.look_up_day()

    def look_up_day(self) -> date | None:
        """The same, for no rule."""
        if not self._day_known:
            self._day, self._day_known = newest_day(self.store), True
        return self._day

    def forget_day(self) -> date | None:
        """Look for the newest day anew when it is next asked for; returns the one known so far."""
        self._day_known = False
        return self._day

    def answer(self, rule: str, subject: str) -> Answer | None:
        """What somebody declared about a rule and a record; not a suppression."""
        found = self._answer(rule, subject)
        return found if found is not None and found.answer != "suppressed" else None

    def suppression(self, rule: str, subject: str) -> Answer | None:
        """The suppression of a rule for a record."""
        found = self._answer(rule, subject)
        return found if found is not None and found.answer == "suppressed" else None

    def _answer(self, rule: str, subject: str) -> Answer | None:
        if self._answers is None:
            self._answers = {(answer.rule, answer.subject): answer for answer in self.store.all(Answer)}
        return self._answers.get((rule, subject)) if self._answers else None

    def forget_answers(self) -> None:
        """Answers have changed."""
        self._answers = None


class Tracking(Context):
    """A context that remembers what is read.

    Attributes:
        reads: what was read since the set was last emptied: ids, (id, class) of references, classes, names.
    """

    def __init__(self, store: Store, options: Options) -> None:
        """Read from a store, with nothing read yet."""
        super().__init__(store, options)
        self.reads: set[Hashable] = set()

    def get(self, id: str) -> Record | None:  # noqa: D102 - as in Context
        self.reads.add(id)
        return self.store.get(id)

    def find(self, id: str | None, cls: type[R]) -> R | None:  # noqa: D102 - as in Context
        self.reads.add(id)
        return self.store.find(id, cls)

    def all(self, cls: type[R]) -> Iterator[R]:  # noqa: D102 - as in Context
        self.reads.add(cls.TYPE)
        return self.store.all(cls)

    def referrers(self, target: str, cls: type[R], field: str | None = None) -> list[R]:  # noqa: D102 - as in Context
        self.reads.add((target, cls.TYPE))
        return super().referrers(target, cls, field)

    def once(self, make: Callable[[Self, K], V], about: K) -> V:  # noqa: D102 - as in Context
        known = self._known.get(make)
        if known is None:
            known = self._known[make] = {}
        entry: tuple[V, frozenset[Hashable]] | None = known.get(about)
        if entry is None:
            outer, self.reads = self.reads, set()
            try:
                said = make(self, about)
                entry = known[about] = said, frozenset(self.reads)
            finally:
                self.reads = outer
        self.reads |= entry[1]
        return entry[0]

    def named(self, field: Field, text: str) -> tuple[str, ...]:  # noqa: D102 - as in Context
        self.reads.add((field, key_of(field, text)))
        return self.names.of(field, text)

    @property
    def day(self) -> date | None:  # noqa: D102 - as in Context
        self.reads.add(DAY)
        return self.look_up_day()

    def answer(self, rule: str, subject: str) -> Answer | None:  # noqa: D102 - as in Context
        self.reads.add((subject, Answer.TYPE))
        return super().answer(rule, subject)
