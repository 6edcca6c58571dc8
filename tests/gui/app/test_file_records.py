"""What the file held stays known, whatever comes first: a look at it or an edit."""

from unittest.mock import patch

import pytest

from workbench.app.file_records import FileRecords
from workbench.commands.delete import delete_everywhere
from workbench.model.elements import Cause, Link, TopEvent
from workbench.store.store import Store


@pytest.fixture
def store():
    return Store([Cause(id="c", title="Before"), TopEvent(id="t", title="Event"), Link(id="l", source="c", target="t")])


def edit(store):
    with store.transaction("Edit") as tx:
        tx.patch("c", title="After")
        tx.put(Cause(id="new", title="New"))
        delete_everywhere(tx, ["t"])


def test_a_start_copies_nothing(store):
    with patch.object(Store, "snapshot", side_effect=AssertionError):
        FileRecords(store)


@pytest.mark.parametrize("looked_first", [True, False])
def test_edits_do_not_change_it(store, looked_first):
    before, held = dict(store.records), FileRecords(store)
    if looked_first:
        assert held.records == before
    edit(store)
    assert held.records == before
    store.undo()
    edit(store)
    assert held.records == before


def test_undo_of_nothing_done_here_counts_too(store):
    edit(store)
    before, held = dict(store.records), FileRecords(store)
    store.undo()
    assert held.records == before
    assert store.records != before


def test_what_was_saved_takes_its_place(store):
    held = FileRecords(store)
    edit(store)
    held.keep(store.snapshot())
    saved = dict(store.records)
    store.undo()
    assert held.records == saved
