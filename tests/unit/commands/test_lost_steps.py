"""What a crash left is told in the words of the history, with what it was done to."""

import pytest

from tests.unit.files.journals import edit, edited, follow, small, text
from workbench.commands.lost_steps import lost_steps
from workbench.files.canonical import content_hash
from workbench.files.owner import Owner
from workbench.files.recovery import scan_recoverable
from workbench.model.elements import Cause


@pytest.fixture(autouse=True)
def _gone(monkeypatch):
    monkeypatch.setattr(Owner, "runs", lambda _: False)


def told(folder):
    (left,) = scan_recoverable(folder)
    return lost_steps(left)


def test_each_edit_says_what_it_was_done_to(tmp_path):
    edited(tmp_path, [("add", 1), ("type", 4), ("type", 5), ("undo", 0), ("redo", 0)])
    assert told(tmp_path) == [
        "Add c1 “né”",
        "Type “Secrets leak 5”",
        "Undo: Type “Secrets leak 5”",
        "Redo: Type “Secrets leak 5”",
    ]


def test_what_was_deleted_is_called_by_the_name_it_had(tmp_path):
    store = small()
    journal = follow(store, tmp_path)
    with store.transaction("Delete") as tx:
        tx.remove("c")
    assert journal.flush(10)
    assert told(tmp_path) == ["Delete “Copied keys”"]


def test_only_what_was_done_since_the_last_save_is_told(tmp_path):
    path = tmp_path / "p.hazard.json"
    store = small()
    path.write_bytes(text(store))
    journal = follow(store, tmp_path / "j", path, content_hash(text(store)))
    edit(store, "add", 1)
    journal.saved(path, content_hash(text(store)))
    with store.transaction("Rename") as tx:
        tx.put(Cause(id="c", title="Keys in the log"))
    assert journal.flush(10)
    assert told(tmp_path / "j") == ["Rename “Keys in the log”"]


def test_what_cannot_be_brought_back_is_not_told(tmp_path):
    edited(tmp_path)
    for base in tmp_path.glob("*.base.json"):
        base.unlink()
    assert told(tmp_path) == []


def test_of_a_journal_begun_anew_the_earlier_edits_are_counted(tmp_path):
    path = tmp_path / "p.hazard.json"
    path.write_bytes(text(small()))
    store = small()
    journal = follow(store, tmp_path / "j", path, content_hash(text(store)), least=3_000)
    for number in range(60):
        edit(store, "add", number)
        assert journal.flush(10)
    (left,) = scan_recoverable(tmp_path / "j")
    steps = lost_steps(left)
    assert len(steps) == len(left.unsaved) == 60
    assert steps[0] == "Earlier edit"
    assert steps[-1].startswith(("Add c", "Delete c"))


def test_steps_that_do_not_fit_end_the_list(tmp_path):
    store, journal = edited(tmp_path, [("add", 1)])
    step = {"do": "step", "label": "Break", "at": "", "joined": False, "before": [], "put": {}, "gone": ["nothing"]}
    journal._say(step)
    journal._say({**step, "label": "After", "gone": []})
    assert journal.flush(10)
    assert told(tmp_path) == ["Add c1 “né”"]
    assert text(store) != text(small())
