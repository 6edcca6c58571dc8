"""A power failure at any moment leaves the old project or the new one, and the new one once the user was told."""

import pytest

from tests.faults import power
from tests.faults.savers import SABOTAGED


@pytest.mark.parametrize("number", range(20))
def test_every_state_of_a_save_is_the_old_file_or_the_new_one(number: int) -> None:
    assert power.check_save(number, power.plain_save, most=2_000) > 20


@pytest.mark.parametrize("save", SABOTAGED, ids=lambda save: save.__name__)
def test_a_saver_with_a_fault_is_caught(save: power.Save) -> None:
    with pytest.raises(AssertionError, match=r"neither the old nor the new|is gone"):
        sum(power.check_save(number, save, most=2_000) for number in range(10))
