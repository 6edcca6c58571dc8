"""A power failure at any moment leaves the old project or the new one, and all of which the user was told."""

import pytest

from tests.faults import power
from tests.faults.power_cases import CASES, check_case
from tests.faults.savers import SABOTAGED


@pytest.mark.parametrize("number", range(20))
def test_every_state_of_a_save_is_the_old_file_or_the_new_one(number: int) -> None:
    assert power.check_save(number, power.plain_save, most=2_000) > 20


@pytest.mark.parametrize("save", SABOTAGED, ids=lambda save: save.__name__)
def test_a_saver_with_a_fault_is_caught(save: power.Save) -> None:
    with pytest.raises(AssertionError, match=r"neither the old nor the new|is gone"):
        sum(power.check_save(number, save, most=2_000) for number in range(10))


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("name", CASES)
def test_a_power_failure_costs_nothing_that_was_told_of_a_journal_or_of_revisions(name: str, number: int) -> None:
    assert check_case(name, number, most=100) > 20


def test_a_journal_that_is_never_synced_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power.Recorder, "sync", lambda _self, _descriptor: None)
    with pytest.raises(AssertionError, match="what comes back is none of the documents"):
        sum(check_case("journals", number, most=500) for number in range(4))


def test_revisions_whose_folder_is_never_synced_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power.Recorder, "sync_folder", lambda _self, _folder: None)
    with pytest.raises(AssertionError, match=r"revisions are damaged|that was told is gone"):
        sum(check_case("revisions", number, most=500) for number in range(4))
