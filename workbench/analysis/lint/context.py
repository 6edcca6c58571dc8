"""What a rule reads the document through; it remembers what was read, so that a change asks only those rules again."""

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any, TypeVar

from workbench.analysis.lint.names import Field, Names, key_of
from workbench.analysis.lint.options import Options
from workbench.evidence.dates import newest_day
from workbench.model.base import Record
from workbench.model.records import reference_names
from workbench.model.review import Answer
from workbench.store.store import Store

R = TypeVar("R", bound=Record)
DAY = "day"
"""What is read where a rule goes by the newest day of the project."""


class Context:
    """The document as rules see it; a ``Reader`` that can do a little more.

    Attributes:
        records: every record by id, for what a rule may read unnoticed: what a change of it asks again in any case.
        options: word lists, thresholds and severities of the project.
        memo: what was worked out for several rules at once; null where what a rule reads has to be noted each time.
    """

    def __init__(self, store: Store, options: Options, names: Names | None = None) -> None:
        """Read from a store."""
        self.store = store
        self.records = store.records
        self.options = options
        self.names = names if names is not None else Names(store)
        self.memo: dict[Hashable, Any] | None = {}
        self._day: date | None = None
        self._day_known = False
        self._answers: dict[tuple[str, str], Answer] | None = None
        self._groups: dict[tuple[type[Record], str | None], dict[str, list[Record]]] | None = None

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

    def referrers(self, target: str, cls: type[R], field: str | None = None) -> list[R]:
        """Records of a class that refer to ``target`` (through ``field``, where given)."""
        if self._groups is None:
            return self.store.referrers(target, cls, field)
        group = self._groups.get((cls, field))
        if group is None:
            group = self._groups[cls, field] = grouped(self.store, cls, field)
        return group.get(target, [])  # type: ignore[return-value]  # records of the class only

    def hold_still(self) -> None:
        """The document stays as it is until ``let_go``: who refers to what is gathered by class."""
        if self._groups is None:
            self._groups = {}

    def let_go(self) -> None:
        """The document may change."""
        self._groups = None

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
        self.memo = None
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


def grouped(store: Store, cls: type[Record], field: str | None) -> dict[str, list[Record]]:
    """Records of a class by what they refer to (through ``field``, where given), in order of entry."""
    one, many = reference_names(cls)
    if field is not None:
        one, many = tuple(name for name in one if name == field), tuple(name for name in many if name == field)
    if len(one) == 1 and not many:
        return _by_one(store, cls, one[0])
    found: dict[str, dict[str, Record]] = {}
    for record in store.all(cls):
        values = record.__dict__
        targets = [values[name] for name in one]
        for name in many:
            targets += values[name]
        for target in targets:
            if target is not None:
                found.setdefault(target, {})[values["id"]] = record
    return {target: list(records.values()) for target, records in found.items()}


def _by_one(store: Store, cls: type[Record], field: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in store.all(cls):
        target = record.__dict__[field]
        entry = found.get(target)
        if entry is None:
            found[target] = [record]
        else:
            entry.append(record)
    return found
