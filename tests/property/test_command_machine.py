"""Whatever an analyst does, in whatever order: undo takes it back, redo brings it again, saving loses nothing."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support import there
from workbench.commands import bowtie, clipboard, connect, create, delete, edit, geometry, guards
from workbench.commands.errors import CommandError
from workbench.files.canonical import canonical_bytes
from workbench.files.project import load_bytes
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Control, DegradationFactor, Element, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.kinds import ELEMENT_KINDS
from workbench.model.links import link_kind
from workbench.model.records import references
from workbench.session.session import Session
from workbench.store.store import Store

NUMBER = st.integers(min_value=-900, max_value=900)
PICK = st.integers(min_value=0, max_value=10_000)


class Analyst(RuleBasedStateMachine):
    """Runs commands as the window does; keeps the documents of every step to compare with."""

    @initialize()
    def start(self) -> None:
        self.store = Store([Project(id=PROJECT_ID, title="Machine")])
        self.session = Session(self.store)
        with self.store.transaction("Diagram") as tx:
            create.new_diagram(tx, "One")
        self.store.history.clear()
        self.past: list[dict[str, Record]] = [self.snapshot()]
        self.future: list[dict[str, Record]] = []
        self.clip: bytes | None = None

    # helpers

    def snapshot(self) -> dict[str, Record]:
        return dict(self.store.records)

    def pick(self, cls, number: int) -> str | None:
        ids = sorted(record.id for record in self.store.records.values() if isinstance(record, cls))
        return ids[number % len(ids)] if ids else None

    def run(self, command, *args, **keywords):
        """A command that succeeds is one step; one that refuses changes nothing."""
        if any(arg is None for arg in args):
            return None
        before, steps = self.snapshot(), self.store.history.position
        try:
            with self.store.transaction("Step") as tx:
                result = command(tx, *args, **keywords)
        except (CommandError, KeyError):
            assert self.snapshot() == before
            assert self.store.history.position == steps
            return None
        if self.snapshot() != before:
            assert self.store.history.position == steps + 1
            self.past.append(self.snapshot())
            self.future.clear()
        return result

    # what an analyst does

    @rule(kind=st.sampled_from(ELEMENT_KINDS), x=NUMBER, y=NUMBER, d=PICK, title=st.text(max_size=12))
    def draw(self, kind, x, y, d, title) -> None:
        self.run(create.create_on_diagram, self.pick(Diagram, d), kind, x, y, title)

    @rule(origin=PICK, x=NUMBER, y=NUMBER, d=PICK, incoming=st.booleans(), choice=PICK)
    def draw_linked(self, origin, x, y, d, incoming, choice) -> None:
        start = self.pick((Element, Guard), origin)
        kinds = connect.linkable_kinds(self.store, start, incoming=incoming) if start else ()
        if kinds:
            kind = kinds[choice % len(kinds)]
            made = self.run(create.create_linked, self.pick(Diagram, d), start, kind, x, y, incoming=incoming)
            refused_for_good_reason = kind == "degradation_factor" or isinstance(self.store.get(start or ""), Guard)
            assert made is not None or refused_for_good_reason

    @rule(a=PICK, b=PICK)
    def link(self, a, b) -> None:
        self.run(connect.connect, self.pick((Element, Guard), a), self.pick((Element, Guard), b))

    @rule(a=PICK, b=PICK, end=st.sampled_from(["source", "target"]))
    def relink(self, a, b, end) -> None:
        line, other = self.pick(Link, a), self.pick(Element, b)
        if line and other:
            self.run(connect.reconnect, line, **{end: other})

    @rule(a=PICK, index=st.integers(0, 4), station=st.integers(0, 400), d=PICK)
    def insert(self, a, index, station, d) -> None:
        self.run(
            guards.insert_control,
            self.pick(Link, a),
            title="control",
            index=index,
            diagram=self.pick(Diagram, d),
            station=float(station),
        )

    @rule(a=PICK, b=PICK)
    def share(self, a, b) -> None:

        self.run(guards.insert_control, self.pick(Link, a), self.pick(Control, b))

    @rule(a=PICK, b=PICK, index=st.integers(0, 4))
    def move_control(self, a, b, index) -> None:
        line = self.pick(Link, b)
        if line:
            self.run(guards.move_guard, self.pick(Guard, a), link=line, index=index)

    @rule(a=PICK, d=PICK, everywhere=st.booleans())
    def hang(self, a, d, everywhere) -> None:
        self.run(guards.hang_factor, self.pick(Diagram, d), self.pick(Guard, a), all_pathways=everywhere)

    @rule(a=PICK)
    def protect_from_degradation(self, a) -> None:

        self.run(guards.add_degradation_control, self.pick(DegradationFactor, a), "upkeep")

    @rule(a=PICK, x=NUMBER, y=NUMBER)
    def move(self, a, x, y) -> None:
        key = self.pick(Placement, a)
        placement = self.store.find(key, Placement)
        if placement is not None and placement.station is None:
            self.run(geometry.move, placement.diagram, {placement.subject: (float(x), float(y))})

    @rule(a=PICK, collapsed=st.booleans())
    def collapse(self, a, collapsed) -> None:
        placement = self.store.find(self.pick(Placement, a), Placement)
        if placement is not None:
            self.run(geometry.collapse, placement.diagram, placement.subject, collapsed)

    @rule(a=PICK, title=st.text(max_size=8))
    def type_title(self, a, title) -> None:
        self.run(edit.rename, self.pick(Element, a), title)

    @rule(ids=st.lists(PICK, max_size=4), d=PICK)
    def delete_here(self, ids, d) -> None:
        wanted = [self.pick((Element, Guard, Link), i) for i in ids]
        self.run(delete.take_off, self.pick(Diagram, d), [i for i in wanted if i])

    @rule(ids=st.lists(PICK, max_size=3))
    def delete_for_good(self, ids) -> None:
        wanted = [self.pick((Element, Guard, Link), i) for i in ids]
        self.run(delete.delete_everywhere, [i for i in wanted if i])

    @rule(title=st.text(max_size=5), notation=st.sampled_from(["bow_tie", "simple"]))
    def add_diagram(self, title, notation) -> None:
        self.run(create.new_diagram, title, notation)

    @rule(d=PICK)
    def copy_diagram(self, d) -> None:
        if self.store.count("diagram") < 5:
            self.run(create.duplicate_diagram, self.pick(Diagram, d))

    @rule(d=PICK)
    def remove_diagram(self, d) -> None:
        if self.store.count("diagram") > 1:
            self.run(delete.delete_diagram, self.pick(Diagram, d))

    @rule(a=PICK)
    def into_bow_tie(self, a) -> None:

        self.run(bowtie.add_top_event, self.pick(Hazard, a), "lost")

    @rule(a=PICK)
    def out_of_bow_tie(self, a) -> None:

        self.run(bowtie.remove_top_event, self.pick(TopEvent, a))

    @rule(ids=st.lists(PICK, min_size=1, max_size=5), d=PICK)
    def copy(self, ids, d) -> None:
        wanted = [self.pick((Element, Guard, Link), i) for i in ids]
        sheet = self.pick(Diagram, d)
        if sheet and all(wanted):
            self.clip = clipboard.copy(self.store, sheet, [i for i in wanted if i])

    @precondition(lambda self: self.clip is not None)
    @rule(d=PICK, same=st.booleans())
    def paste(self, d, same) -> None:
        if len(self.store) < 300:
            self.run(clipboard.paste_same if same else clipboard.paste, self.pick(Diagram, d), self.clip, 0.0, 0.0)

    @rule(ids=st.lists(PICK, max_size=3))
    def select(self, ids) -> None:
        wanted = [self.pick((Element, Guard, Link), i) for i in ids]
        self.session.select([i for i in wanted if i])

    # time

    @rule()
    def undo(self) -> None:
        if self.store.undo():
            self.future.append(self.past.pop())
            assert self.snapshot() == self.past[-1]

    @rule()
    def redo(self) -> None:
        if self.store.redo():
            self.past.append(self.future.pop())
            assert self.snapshot() == self.past[-1]

    @rule()
    def save_and_reload(self) -> None:
        data = canonical_bytes(self.store.records.values())
        loaded = load_bytes(data)
        assert not loaded.read_only
        assert dict(loaded.store.records) == self.snapshot()
        assert canonical_bytes(loaded.store.records.values()) == data

    # what always holds

    @invariant()
    def nothing_dangles(self) -> None:
        if not hasattr(self, "store"):
            return
        for record in self.store.records.values():
            for field, target in references(record):
                assert target in self.store, (record.id, field, target)

    @invariant()
    def links_are_legal(self) -> None:
        if not hasattr(self, "store"):
            return
        for link in self.store.all(Link):
            source, target = self.store.get(link.source), self.store.get(link.target)
            assert link_kind(there(source).TYPE, there(target).TYPE) == link.kind
            assert link.source != link.target

    @invariant()
    def nothing_is_selected_that_is_gone(self) -> None:
        if hasattr(self, "session"):
            assert all(id in self.store for id in self.session.selection)


Analyst.TestCase.settings = settings(
    max_examples=int(os.environ.get("HAZARD_MACHINE_EXAMPLES", "60")),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestAnalyst = Analyst.TestCase
