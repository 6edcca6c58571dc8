"""Every step of the history says what it did, and to what."""

import pytest

from workbench.commands import connect, create, delete, edit, geometry, guards, stops
from workbench.commands.step_words import step_words
from workbench.model.elements import Link
from workbench.store.store import Store


class Drawn(Store):
    """A document that knows what was drawn in it first."""

    diagram: str
    cause: str
    hazard: str


@pytest.fixture
def store():
    made = Drawn()
    with made.transaction("Build") as tx:
        made.diagram = create.new_diagram(tx, "Overview")
        made.cause = create.create_on_diagram(tx, made.diagram, "cause", 0, 0, "Code review")
        made.hazard = create.create_on_diagram(tx, made.diagram, "hazard", 400, 0, "Wrong code <b>")
    return made


def done(store, label, command):
    with store.transaction(label) as tx:
        made = command(tx)
    entry = store.history.last
    assert entry.label == label
    return step_words(store, label, entry.diff), made


def test_an_element_is_named_by_its_title_after_the_step(store):
    assert done(store, "Rename", lambda tx: edit.rename(tx, store.cause, "Peer review"))[0] == "Rename “Peer review”"
    first = store.history.last
    done(store, "Rename", lambda tx: edit.rename(tx, store.cause, "Other"))
    assert step_words(store, "Rename", first.diff) == "Rename “Peer review”"


def test_what_moves_is_named_not_its_place(store):
    both = {store.cause: (10.0, 10.0), store.hazard: (500.0, 0.0)}
    assert done(store, "Move", lambda tx: geometry.move(tx, store.diagram, both))[0] in (
        "Move “Code review” and 1 more",
        "Move “Wrong code <b>” and 1 more",
    )


def test_many_things_at_once_are_told_by_their_diagram(store):
    def many(tx):
        return [create.create_on_diagram(tx, store.diagram, "cause", 0, 100 * n, f"C {n}") for n in range(12)]

    _, ids = done(store, "Build", many)
    at = {id: (900.0, 100.0 * n) for n, id in enumerate(ids)}
    assert done(store, "Arrange", lambda tx: geometry.move(tx, store.diagram, at))[0] == "Arrange “Overview”"


def test_a_line_is_told_by_its_ends_and_a_control_by_its_title(store):
    told, link = done(store, "Link", lambda tx: connect.connect(tx, store.cause, store.hazard))
    assert told == "Link C-1 → H-1"
    told, _ = done(store, "Add control", lambda tx: guards.insert_control(tx, link, title="Firewall"))
    assert told == "Add control “Firewall”"
    assert store.find(link, Link)
    told, _ = done(store, "Delete", lambda tx: delete.delete_everywhere(tx, [link]))
    assert told.startswith("Delete")
    assert "Firewall" in told or "C-1 → H-1" in told


def test_what_is_gone_keeps_its_name(store):
    assert done(store, "Delete", lambda tx: delete.delete_everywhere(tx, [store.cause]))[0] == "Delete “Code review”"
    store.undo()
    entry = store.history.undone[-1]
    assert step_words(store, entry.label, entry.diff) == "Delete “Code review”"


def test_a_label_that_names_it_already_stays(store):
    told, _ = done(store, "Attach evidence to Code review", lambda tx: edit.set_field(tx, store.cause, "owner", "Ann"))
    assert told == "Attach evidence to Code review"


def test_a_stop_is_named_by_its_title_else_by_what_it_shows(store):
    def make(title):
        return lambda tx: stops.from_view(tx, stops.View(store.diagram), title=title)

    told, untitled = done(store, "Add stop", make(""))
    assert told == "Add stop “Overview”"
    assert done(store, "Delete stop", lambda tx: stops.remove(tx, [untitled]))[0] == "Delete stop “Overview”"
    _, titled = done(store, "Add stop", make("Where we stand"))
    assert done(store, "Delete stop", lambda tx: stops.remove(tx, [titled]))[0] == "Delete stop “Where we stand”"
    _, card = done(store, "Add stop", lambda tx: stops.add_stop(tx, stops.Draft("", shows="log", subject=store.hazard)))
    told, _ = done(store, "Delete stop", lambda tx: stops.remove(tx, [card]))
    assert told == "Delete stop “Hazard log: H-1 Wrong code <b>”"
