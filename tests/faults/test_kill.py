"""The window killed at a few random moments; ``kill`` is the long run, under a display."""

import pytest

from tests.faults.kill import compared, run
from tests.faults.states import state_of
from tests.unit.files.journals import edit, follow, small
from workbench.files.owner import Owner

BUSY = 1.0
"""Seconds instead of a quarter: other tests run beside this one, and a window that gets no processor writes nothing."""


def test_every_edit_of_a_while_ago_is_back(tmp_path):
    out = tmp_path / "kill.jsonl"
    done = run(out, 3, "offscreen", BUSY)
    assert [one["fault"] for one in done] == ["", "", ""]
    assert [one["lost"] for one in done] == [0, 0, 0]
    assert sum(one["edits"] for one in done)
    assert run(out, 3, "offscreen", BUSY) == done, "what was done is not done again"


@pytest.mark.parametrize(
    ("sabotage", "lost", "fault"),
    [
        ("", 0, ""),
        ("young edit not kept", 0, ""),
        ("old edit not kept", 1, ""),
        ("another document kept", 0, "edit 2 of 2 came back as something else"),
        ("nothing offered", 0, "nothing was found"),
    ],
)
def test_the_check_can_fail(tmp_path, monkeypatch, sabotage, lost, fault):
    monkeypatch.setattr(Owner, "runs", lambda _: sabotage == "nothing offered")
    store = small()
    journal = follow(store, tmp_path)
    told = [{"what": "opened", "at": 0.0, **state_of(store)}]
    for number in range(2):
        edit(store, "add", number)
        told.append({"what": "add", "at": 10.0, **state_of(store)})
    assert journal.close(keep=True)
    edit(store, "add", 2)
    if "not kept" in sabotage:
        told.append({"what": "add", "at": 19.9 if "young" in sabotage else 10.0, **state_of(store)})
    if "another" in sabotage:
        told[-1]["digest"] = ""
    found = compared(told, 20.0, None, tmp_path)
    assert (found["lost"], found["fault"]) == (lost, fault)
