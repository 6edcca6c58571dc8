"""The store against a plain dictionary: transactions, failures, undo, redo, save and reload in any order."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support import there
from workbench.files.canonical import canonical_bytes
from workbench.files.project import load_bytes
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Control, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import OddCategory
from workbench.model.records import REF_FIELDS, references
from workbench.store.integrity import IntegrityError
from workbench.store.store import Store

IDS = [f"{letter}{number}" for letter in "chtbolgd" for number in range(4)]
ID = st.sampled_from(IDS)
MAKERS = (
    st.builds(Cause, id=ID, title=st.text(max_size=4)),
    st.builds(Hazard, id=ID, odd=st.lists(ID, max_size=2).map(tuple)),
    st.builds(OddCategory, id=ID, parent=st.none() | ID),
    st.builds(TopEvent, id=ID, hazard=st.none() | ID),
    st.builds(Control, id=ID, failure_probability=st.none() | st.floats(0, 1)),
    st.builds(Link, id=ID, source=ID, target=ID),
    st.builds(Guard, id=ID, control=ID, subject=ID),
    st.builds(Diagram, id=ID, focus=st.none() | ID),
    st.builds(Placement, id=ID, diagram=ID, subject=ID, x=st.floats(-1e6, 1e6), hangs_on=st.none() | ID),
)
STEP = st.one_of(
    st.tuples(st.just("put"), st.one_of(MAKERS)),
    st.tuples(st.just("remove"), ID),
    st.tuples(st.just("title"), ID, st.text(max_size=6)),
)


def removed_from(records: dict[str, Record], id: str) -> None:
    """What removing must do, said again in the plainest way."""
    del records[id]
    while True:
        dangling = [
            (record, name) for record in records.values() for name, target in references(record) if target == id
        ]
        if not dangling:
            return
        record, name = dangling[0]
        ref = next(ref for ref in REF_FIELDS[type(record)] if ref.name == name)
        if ref.on_remove == "cascade":
            removed_from(records, record.id)
        else:
            left = tuple(item for item in getattr(record, name) if item != id) if ref.many else None
            records[record.id] = record.replace(**{name: left})


def dangles(records: dict[str, Record]) -> bool:
    return any(target not in records for record in records.values() for _, target in references(record))


class StoreMachine(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.store = Store()
        self.now: dict[str, Record] = {}
        self.past: list[dict[str, Record]] = []
        self.future: list[dict[str, Record]] = []
        self.announced = 0
        self.store.changed.connect(self.count)

    def count(self, _: object) -> None:
        self.announced += 1

    @rule(steps=st.lists(STEP, min_size=1, max_size=6), fail=st.booleans())
    def transaction(self, steps, fail) -> None:
        after = dict(self.now)
        announced = self.announced
        try:
            with self.store.transaction("Step") as tx:
                for action, *arguments in steps:
                    if action == "put":
                        (record,) = arguments
                        tx.put(record)
                        after[record.id] = record
                    elif arguments[0] not in after:
                        with pytest.raises(KeyError):
                            tx.remove(arguments[0])
                    elif action == "remove":
                        tx.remove(arguments[0])
                        removed_from(after, arguments[0])
                    elif isinstance(after[arguments[0]], Cause):
                        tx.patch(arguments[0], title=arguments[1])
                        after[arguments[0]] = after[arguments[0]].replace(title=arguments[1])
                assert dict(tx.records) == after
                if fail:
                    raise LookupError
        except LookupError:
            assert fail
            assert self.announced == announced
        except IntegrityError:
            assert dangles(after)
            assert self.announced == announced
        else:
            assert not dangles(after)
            assert self.announced == announced + (after != self.now)
            if after != self.now:
                self.past.append(self.now)
                self.now = after
                self.future.clear()

    @rule()
    def undo(self) -> None:
        assert self.store.undo() == bool(self.past)
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self) -> None:
        assert self.store.redo() == bool(self.future)
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()

    @rule()
    def save_and_reload(self) -> None:
        data = canonical_bytes(self.store.records.values())
        loaded = load_bytes(data)
        assert dict(loaded.store.records) == self.now
        assert canonical_bytes(loaded.store.records.values()) == data
        assert loaded.is_current()

    @invariant()
    def document_is_as_expected(self) -> None:
        if hasattr(self, "store"):
            assert dict(self.store.records) == self.now
            assert not dangles(self.now)

    @invariant()
    def indexes_equal_a_fresh_build(self) -> None:
        if not hasattr(self, "store"):
            return
        fresh = Store(self.store.records.values())
        assert sorted(self.store.kinds()) == sorted(fresh.kinds())
        for kind in fresh.kinds():
            assert self.store.count(kind) == fresh.count(kind)
        for id in IDS:
            ours = {record.id for record in self.store.referrers(id, Record)}
            assert ours == {record.id for record in fresh.referrers(id, Record)}
            assert ours == {r.id for r in self.now.values() if any(target == id for _, target in references(r))}


StoreMachine.TestCase.settings = settings(
    max_examples=there(settings.default).max_examples, stateful_step_count=30, deadline=None
)
TestStoreMachine = StoreMachine.TestCase
