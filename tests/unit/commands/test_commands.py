import pytest

from tests.support import there
from tests.unit.commands.drawing import Bowtie
from workbench.commands import bowtie, clipboard, connect, create, delete, edit, find, geometry, guards
from workbench.commands.errors import CommandError
from workbench.model.drawing import Diagram, Placement, Route
from workbench.model.elements import Control, DegradationFactor, Element, Guard, Hazard, Link, TopEvent
from workbench.model.ids import derived_id
from workbench.model.runs import Evidence
from workbench.store.store import Store


@pytest.fixture
def b() -> Bowtie:
    return Bowtie()


def titles(store: Store, cls: type[Element]) -> set[str]:
    return {record.title for record in store.all(cls)}


class TestCreate:
    def test_codes_count_up_per_kind_and_are_never_reused(self, b):
        first, _ = b.do(create.add_element, "cause", "x")
        assert b.store.get(first).code == "C-3"
        b.do(delete.delete_everywhere, [b.cause])
        second, _ = b.do(create.add_element, "cause", "y")
        assert b.store.get(second).code == "C-4"

    def test_first_top_event_becomes_the_centre(self, b):
        assert b.store.find(b.diagram, Diagram).focus == b.top

    def test_an_element_stands_on_a_second_diagram_once(self, b):
        second, _ = b.do(create.new_diagram, "Second")
        b.do(create.place_existing, second, b.cause, 5, 6)
        assert delete.diagrams_showing(b.store, b.cause) == [b.diagram, second]
        with pytest.raises(CommandError, match="stands on this diagram already"):
            b.do(create.place_existing, second, b.cause, 9, 9)

    def test_new_linked_element_runs_the_right_way(self, b):
        made, _ = b.do(create.create_linked, b.diagram, b.top, "cause", -500, 200, incoming=True)
        assert [link.target for link in b.store.referrers(made, Link, "source")] == [b.top]

    def test_tabs_keep_the_order_given(self, b):
        second, _ = b.do(create.new_diagram, "Second")
        b.do(create.move_diagram, second, 0)
        assert [d.title for d in sorted(b.store.all(Diagram), key=lambda d: d.order)] == ["Second", "Main"]

    def test_a_copied_diagram_shows_the_same_elements(self, b):
        before = sum(1 for _ in b.store.all(Control))
        made, _ = b.do(create.duplicate_diagram, b.diagram)
        subjects = {p.subject for p in b.store.all(Placement) if p.diagram == made}
        assert b.cause in subjects
        assert sum(1 for _ in b.store.all(Control)) == before


class TestConnect:
    @pytest.mark.parametrize(
        ("source", "target", "words"),
        [
            ("cause", "cause", "itself"),
            ("cause", "consequence", "cannot lead to consequence"),
            ("consequence", "cause", "no link may start here"),
            ("control", "top", "stands on a line"),
            ("cause", "top", "linked already"),
            ("cause", "hazard", "has a top event"),
            ("hazard", "top", "belongs to"),
        ],
    )
    def test_refusals_say_why(self, b, source, target, words):
        reason = connect.refusal(b.store, getattr(b, source), getattr(b, target))
        assert words in reason
        with pytest.raises(CommandError):
            b.do(connect.connect, getattr(b, source), getattr(b, target))

    def test_loops_are_refused(self, b):
        b.do(connect.connect, b.cause, b.other)
        assert "loop" in connect.refusal(b.store, b.other, b.cause)

    def test_linking_hazard_and_top_event_moves_the_hazards_links(self):
        store = Store()
        with store.transaction("Simple") as tx:
            diagram = create.new_diagram(tx, "Simple", "simple")
            hazard = create.create_on_diagram(tx, diagram, "hazard", 0, 0, "Blade turns")
            cause = create.create_on_diagram(tx, diagram, "cause", -300, 0, "Child on the lawn")
            link = connect.connect(tx, cause, hazard)
            event = create.create_on_diagram(tx, diagram, "top_event", 0, 200, "Contact")
            connect.connect(tx, event, hazard)
        assert there(store.find(link, Link)).target == event
        assert there(store.find(event, TopEvent)).hazard == hazard

    def test_kinds_offered_are_kinds_that_can_be_linked(self, b):
        for origin in (b.hazard, b.top, b.cause, b.consequence, b.guard):
            for incoming in (False, True):
                for kind in connect.linkable_kinds(b.store, origin, incoming=incoming):
                    trial = Bowtie()
                    twin = {b.hazard: "hazard", b.top: "top", b.cause: "cause", b.consequence: "consequence"}
                    start = getattr(trial, twin.get(origin, "guard"))
                    trial.do(create.create_linked, trial.diagram, start, kind, 0, 400, incoming=incoming)

    def test_reconnect_keeps_the_controls(self, b):
        gate, _ = b.do(create.create_on_diagram, b.diagram, "gate", -200, 0)
        b.do(connect.connect, gate, b.top)
        b.do(connect.reconnect, b.line, target=gate)
        assert b.store.find(b.line, Link).target == gate
        assert [g.id for g in guards.guards_of(b.store, b.line)] == [b.guard]


class TestGuards:
    def test_one_control_guards_many_lines(self, b):
        assert guards.sharing(b.store, b.control) == 2
        assert sum(1 for _ in b.store.all(Control)) == 1

    def test_the_same_control_stands_once_on_a_line(self, b):
        with pytest.raises(CommandError, match="already"):
            b.do(guards.insert_control, b.line, b.control)

    def test_several_keep_their_order(self, b):
        last, _ = b.do(guards.insert_control, b.line, title="last")
        first, _ = b.do(guards.insert_control, b.line, title="first", index=0)
        middle, _ = b.do(guards.insert_control, b.line, title="middle", index=1)
        assert [g.id for g in guards.guards_of(b.store, b.line)] == [first, middle, b.guard, last]
        b.do(guards.move_guard, first, link=b.line, index=3)
        assert [g.id for g in guards.guards_of(b.store, b.line)] == [middle, b.guard, last, first]

    def test_moving_to_another_line_keeps_what_is_known(self, b):
        guard, _ = b.do(guards.insert_control, b.line, title="Review", diagram=b.diagram, station=120.0)
        b.do(edit.set_field, guard, "effectiveness", 0.7)
        b.do(guards.move_guard, guard, link=b.other_line, index=0)
        moved = b.store.find(guard, Guard)
        assert (moved.subject, moved.effectiveness) == (b.other_line, 0.7)
        assert derived_id("placement", b.diagram, guard) not in b.store

    def test_a_free_control_gives_up_its_place_when_it_goes_onto_a_line(self, b):
        free, _ = b.do(create.create_on_diagram, b.diagram, "control", 0, 300, "Free")
        b.do(guards.insert_control, b.outcome, free, diagram=b.diagram, station=50.0)
        assert derived_id("placement", b.diagram, free) not in b.store

    def test_factor_hangs_and_carries_a_degradation_control(self, b):
        factor, _ = b.do(guards.hang_factor, b.diagram, b.guard, title="Rules out of date")
        guard, _ = b.do(guards.add_degradation_control, factor, "Monthly update")
        link = guards.factor_links(b.store, factor)[0]
        assert link.target == b.control
        assert b.store.find(guard, Guard).subject == link.id
        assert "no degradation factors of its own" in connect.refusal(
            b.store, create_factor(b), b.store.find(guard, Guard).control
        )

    def test_no_control_stands_on_the_line_of_a_note(self, b):
        note, _ = b.do(create.create_on_diagram, b.diagram, "note", 0, 400, "n")
        line, _ = b.do(connect.connect, note, b.cause)
        with pytest.raises(CommandError, match="note"):
            b.do(guards.insert_control, line, title="x")


def create_factor(b: Bowtie) -> str:
    made, _ = b.do(create.add_element, "degradation_factor", "f")
    return made


class TestDelete:
    def test_a_control_goes_from_that_line_only(self, b):
        b.do(delete.take_off, b.diagram, [b.guard])
        assert b.guard not in b.store
        assert b.shared in b.store
        assert b.control in b.store

    def test_the_last_guard_takes_the_control_with_it_and_says_so(self, b):
        b.do(delete.take_off, b.diagram, [b.guard])
        _, notices = b.do(delete.take_off, b.diagram, [b.shared])
        assert b.control not in b.store
        assert "Static analysis" in notices[0]

    def test_an_element_on_two_diagrams_stays_in_the_project(self, b):
        second, _ = b.do(create.new_diagram, "Second")
        b.do(create.place_existing, second, b.cause, 0, 0)
        _, notices = b.do(delete.take_off, b.diagram, [b.cause])
        assert b.cause in b.store
        assert "Second" in notices[0]
        _, notices = b.do(delete.take_off, second, [b.cause])
        assert b.cause not in b.store

    def test_delete_everywhere_names_the_diagrams(self, b):
        second, _ = b.do(create.new_diagram, "Second")
        b.do(create.place_existing, second, b.cause, 0, 0)
        _, notices = b.do(delete.delete_everywhere, [b.cause])
        assert "Main, Second" in notices[0]
        assert b.line not in b.store

    def test_a_link_drawn_elsewhere_is_hidden_here(self, b):
        second, _ = b.do(create.new_diagram, "Second")
        b.do(create.place_existing, second, b.cause, 0, 0)
        b.do(create.place_existing, second, b.top, 300, 0)
        b.do(delete.take_off, second, [b.line])
        assert b.line in b.store
        assert b.store.find(derived_id("route", second, b.line), Route).hidden
        b.do(delete.take_off, b.diagram, [b.line])
        assert b.line not in b.store

    def test_a_hanging_factor_moves_to_another_bar_of_its_control(self, b):
        factor, _ = b.do(guards.hang_factor, b.diagram, b.guard, title="Rules out of date")
        b.do(delete.take_off, b.diagram, [b.guard])
        assert b.store.find(derived_id("placement", b.diagram, factor), Placement).hangs_on == b.shared

    def test_a_factor_goes_with_the_last_bar(self, b):
        factor, _ = b.do(guards.hang_factor, b.diagram, b.guard, title="Rules out of date", all_pathways=False)
        _, notices = b.do(delete.take_off, b.diagram, [b.guard])
        assert factor not in b.store
        assert "Rules out of date" in notices[0]

    def test_undo_brings_all_of_it_back(self, b):
        b.do(guards.hang_factor, b.diagram, b.guard, title="Rules out of date")
        before = dict(b.store.records)
        b.do(delete.take_off, b.diagram, [b.cause, b.guard, b.top, b.hazard])
        b.store.undo()
        assert dict(b.store.records) == before

    def test_deleting_a_diagram_keeps_what_stands_elsewhere(self, b):
        second, _ = b.do(create.new_diagram, "Second")
        b.do(create.place_existing, second, b.cause, 0, 0)
        _, notices = b.do(delete.delete_diagram, b.diagram)
        assert b.cause in b.store
        assert b.hazard not in b.store
        assert notices


class TestNotations:
    def test_there_and_back_again(self):
        store = Store()
        with store.transaction("Simple") as tx:
            diagram = create.new_diagram(tx, "Simple", "simple")
            hazard = create.create_on_diagram(tx, diagram, "hazard", 0, 0, "Blade turns")
            cause = create.create_on_diagram(tx, diagram, "cause", -300, 0, "Child on the lawn")
            link = connect.connect(tx, cause, hazard)
            guards.insert_control(tx, link, title="Fence")
        before = dict(store.records)
        with store.transaction("There") as tx:
            event = bowtie.add_top_event(tx, hazard, "Contact")
        assert there(store.find(link, Link)).target == event
        assert there(store.find(diagram, Diagram)).notation == "bow_tie"
        assert there(store.find(diagram, Diagram)).focus == event
        with store.transaction("Back") as tx:
            bowtie.remove_top_event(tx, event)
        assert dict(store.records) == before
        store.undo()
        store.undo()
        assert dict(store.records) == before

    def test_a_hazard_with_several_top_events_is_not_folded(self, b):
        second, _ = b.do(create.create_on_diagram, b.diagram, "top_event", 0, 400, "Second")
        b.do(connect.connect, second, b.hazard)
        with pytest.raises(CommandError, match="several"):
            b.do(bowtie.remove_top_event, second)


class TestClipboard:
    def test_paste_makes_copies_with_their_own_codes(self, b):
        data = clipboard.copy(b.store, b.diagram, [b.cause, b.top])
        made, _ = b.do(clipboard.paste, b.diagram, data, 1000, 1000)
        kinds = sorted(b.store.get(id).TYPE for id in made)
        assert kinds == ["cause", "top_event"]
        copied = next(b.store.get(id) for id in made if b.store.get(id).TYPE == "cause")
        assert copied.code == "C-3"
        line = b.store.referrers(copied.id, Link, "source")[0]
        assert line.target in made
        guard = guards.guards_of(b.store, line.id)[0]
        assert guard.control not in (b.control, *made)

    def test_paste_into_another_project(self, b):
        other = Store()
        with other.transaction("New") as tx:
            diagram = create.new_diagram(tx, "There")
        data = clipboard.copy(b.store, b.diagram, [b.hazard, b.top, b.cause, b.consequence])
        with other.transaction("Paste") as tx:
            clipboard.paste(tx, diagram, data, 0, 0)
        assert titles(other, Hazard) == titles(b.store, Hazard)
        assert sum(1 for _ in other.all(Link)) == 2

    def test_paste_same_places_the_original(self, b):
        second, _ = b.do(create.new_diagram, "Second")
        data = clipboard.copy(b.store, b.diagram, [b.cause, b.top])
        placed, _ = b.do(clipboard.paste_same, second, data, 0, 0)
        assert placed == [b.cause, b.top]
        a, t = (b.store.find(derived_id("placement", second, id), Placement) for id in placed)
        assert t.x - a.x == 500

    def test_paste_same_of_a_stranger_says_what_to_do(self, b):
        data = clipboard.copy(b.store, b.diagram, [b.cause])
        other = Bowtie()
        with pytest.raises(CommandError, match="use Paste"):
            other.do(clipboard.paste_same, other.diagram, data, 0, 0)

    def test_a_control_is_pasted_onto_a_line(self, b):
        data = clipboard.copy(b.store, b.diagram, [b.guard])
        made, _ = b.do(clipboard.paste_same, b.diagram, data, 0, 0, onto=b.outcome)
        assert b.store.find(made[0], Guard).control == b.control
        copies, _ = b.do(clipboard.paste, b.diagram, data, 0, 0, onto=b.outcome)
        assert b.store.find(copies[0], Guard).control != b.control

    @pytest.mark.parametrize("data", [b"", b"hello", b"[]", b'{"format": "hazard-workbench-fragment"}', b"\xff"])
    def test_strange_clipboards_are_refused_in_words(self, b, data):
        with pytest.raises(CommandError, match="clipboard"):
            b.do(clipboard.paste, b.diagram, data, 0, 0)

    def test_damaged_records_are_refused(self, b):
        data = clipboard.copy(b.store, b.diagram, [b.cause]).replace(b'"cause"', b'"no such kind"', 1)
        with pytest.raises(CommandError, match="damaged"):
            b.do(clipboard.paste, b.diagram, data, 0, 0)


class TestGeometry:
    def test_moves_and_bends_are_records_of_their_own(self, b):
        cause = b.store.get(b.cause)
        b.do(geometry.move, b.diagram, {b.cause: (7.777, 8)})
        assert b.store.find(derived_id("placement", b.diagram, b.cause), Placement).x == 7.78
        assert b.store.get(b.cause) is cause
        b.do(geometry.set_waypoints, b.diagram, b.line, [(1, 2), (3, 4)])
        b.do(geometry.set_waypoints, b.diagram, b.line, [])
        assert derived_id("route", b.diagram, b.line) not in b.store

    def test_what_does_not_stand_here_cannot_be_moved(self, b):
        with pytest.raises(CommandError):
            b.do(geometry.move, b.diagram, {b.control: (0, 0)})


class TestFind:
    def test_people_name_things_in_several_ways(self, b):
        for text in (b.cause, "C-1", "c-1", "insecure patterns in training data"):
            assert find.resolve(b.store, text) == b.cause
        assert find.resolve(b.store, "B-1@C-2") == b.shared
        assert find.resolve(b.store, "b-1 @ c-1") == b.guard

    @pytest.mark.parametrize("text", ["nothing", "", "B-1@E-1", "C-1@C-2", "@"])
    def test_a_name_that_fits_nothing_is_an_error(self, b, text):
        with pytest.raises(CommandError):
            find.resolve(b.store, text)

    def test_two_of_a_name_list_their_ids(self, b):
        twin, _ = b.do(create.add_element, "cause", "Prompt leaves out security")
        with pytest.raises(CommandError, match=twin):
            find.resolve(b.store, "prompt leaves out security")

    def test_search_looks_past_case_and_accents(self, b):
        b.do(edit.set_field, b.cause, "description", "Détail caché")
        assert [hit.id for hit in find.search(b.store, "DETAIL")] == [b.cause]
        assert find.search(b.store, "   ") == []

    def test_claims_are_found_on_what_they_speak_of(self, b):
        with b.store.transaction("Claim") as tx:
            tx.put(Evidence(id="ev_1", subject=b.cause, title="Nobody was harmed", analyst_reason="Looked at logs"))
        assert [hit.id for hit in find.search(b.store, "harmed")] == [b.cause]
        assert [hit.id for hit in find.search(b.store, "LOGS")] == [b.cause]

    def test_titles_that_exist_are_offered(self, b):
        assert [e.id for e in find.same_title(b.store, "control", "static ana")] == [b.control]
        assert find.same_title(b.store, "cause", "static ana") == []

    def test_diagrams_by_title_and_number(self, b):
        assert find.resolve_diagram(b.store, "main") == b.diagram
        assert find.resolve_diagram(b.store, "1") == b.diagram
        with pytest.raises(CommandError, match="'Main'"):
            find.resolve_diagram(b.store, "2")


def test_fields_of_parts_are_set_one_by_one(b):
    b.do(edit.set_field, b.cause, "likelihood.category", "B")
    b.do(edit.set_field, b.cause, "likelihood.value", 0.5)
    likelihood = b.store.get(b.cause).likelihood
    assert (likelihood.category, likelihood.value) == ("B", 0.5)
    with pytest.raises(CommandError):
        b.do(edit.set_field, b.cause, "nonsense", 1)


def test_factor_class_is_only_linked_to_controls(b):
    factor = create_factor(b)
    assert b.store.find(factor, DegradationFactor) is not None
    assert "control" in connect.refusal(b.store, factor, b.cause)
