"""Taking another version into the open project: what the merge of the files is, in one step that undo takes back."""

import pytest

from tests.faults.merges import sides
from workbench.commands.merge_in import merge_in, take_over
from workbench.files.merge import merge
from workbench.model.elements import Hazard
from workbench.store.store import Store


@pytest.mark.parametrize("number", range(40))
def test_the_open_project_becomes_what_the_merge_of_the_files_is(number: int) -> None:
    base, ours, theirs = sides(number)
    store = Store(ours.values())
    with store.transaction("Merge", origin="merge") as tx:
        merged = merge_in(tx, base, theirs)
    expected = merge(base, ours, theirs)
    assert dict(store.records) == dict(expected.records)
    assert merged.conflicts == expected.conflicts
    if store.undo():
        assert dict(store.records) == ours


def test_a_merge_worked_out_elsewhere_is_taken_over() -> None:
    base = {"h": Hazard(id="h", title="Old")}
    store = Store(base.values())
    merged = merge(base, store.snapshot(), {"h": Hazard(id="h", title="New")})
    with store.transaction("Merge", origin="merge") as tx:
        take_over(tx, merged)
    assert store.get("h") == Hazard(id="h", title="New")
    assert len(store.history.done) == 1
