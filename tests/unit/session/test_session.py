from pathlib import Path

import pytest

from tests.unit.commands.drawing import Bowtie
from workbench.commands import create, delete, edit
from workbench.session.session import Session


@pytest.fixture
def b() -> Bowtie:
    return Bowtie()


def modified(session: Session) -> bool:
    """Asked anew each time: the type checker takes an answer for lasting."""
    return session.modified


def selection(session: Session) -> tuple[str, ...]:
    return session.selection


def test_modified_follows_the_document_and_undo(b):
    session = Session(b.store, Path("a.hazard.json"))
    seen: list[bool] = []
    session.modified_changed.connect(seen.append)
    b.do(edit.rename, b.cause, "Other")
    assert modified(session)
    b.store.undo()
    assert not modified(session)
    b.store.redo()
    session.mark_saved(Path("b.hazard.json"))
    assert not modified(session)
    b.store.undo()
    assert modified(session)
    assert seen == [True, False, True, False, True]


def test_typing_on_after_a_save_is_a_change(b):
    session = Session(b.store)
    for title in ("O", "Ot"):
        with b.store.transaction("Type", merge_key="title") as tx:
            edit.rename(tx, b.cause, title)
    session.mark_saved(None)
    with b.store.transaction("Type", merge_key="title") as tx:
        edit.rename(tx, b.cause, "Oth")
    assert modified(session)


def test_undo_restores_the_selection(b):
    session = Session(b.store)
    session.select([b.cause, b.other])
    b.do(delete.take_off, b.diagram, [b.cause])
    assert selection(session) == (b.other,)
    session.select([b.top])
    b.store.undo()
    assert selection(session) == (b.cause, b.other)


def test_selection_modes(b):
    session = Session(b.store)
    session.select([b.cause, "gone"])
    session.select([b.other], "add")
    assert selection(session) == (b.cause, b.other)
    session.select([b.cause], "toggle")
    assert selection(session) == (b.other,)
    assert session.primary == b.other


def test_undo_shows_the_diagram_it_changes(b):
    session = Session(b.store)
    second, _ = b.do(create.new_diagram, "Second")
    session.set_diagram(second)
    b.do(create.place_existing, second, b.cause, 0, 0)
    session.set_diagram(b.diagram)
    b.store.undo()
    assert session.diagram == second


def test_the_shown_diagram_may_vanish(b):
    session = Session(b.store)
    second, _ = b.do(create.new_diagram, "Second")
    session.set_diagram(second)
    b.do(delete.delete_diagram, second)
    assert session.diagram == b.diagram
