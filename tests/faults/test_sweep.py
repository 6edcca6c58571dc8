"""Whatever file operation fails, in whatever way: nothing that was told to be saved is lost, and nothing is cut."""

import pytest

from tests.faults import sweep
from tests.faults.savers import in_place
from workbench.files.fileops import FileOps


@pytest.mark.parametrize("scenario", sweep.SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_fault_at_any_operation_loses_nothing(scenario: sweep.Scenario) -> None:
    log = sweep.operations(scenario, 3)
    assert {"create", "write", "sync", "replace"} <= set(log)
    for at in range(0, len(log), 6 if scenario.name == "journal" else 1):  # ``test_journal`` has the rest of that
        for fault in (sweep.FAULTS[at % 5], "kill"):
            sweep.point(scenario, 3, at, fault)


def test_a_saver_that_writes_in_place_is_caught() -> None:
    def act(trial: sweep.Trial) -> None:
        in_place(trial.store, trial.path, FileOps())

    sabotaged = sweep.Scenario("in place", sweep.nothing, act, sweep.old_or_new)
    places = range(len(sweep.operations(sabotaged, 3)))
    with pytest.raises(AssertionError, match="neither the old nor the new"):
        [sweep.point(sabotaged, 3, at, "kill") for at in places]
