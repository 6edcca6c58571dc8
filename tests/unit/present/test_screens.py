import pytest

from workbench.present.screens import places


@pytest.mark.parametrize(
    ("screens", "home", "swapped", "wanted"),
    [
        (1, 0, False, (0, None)),
        (1, 0, True, (0, None)),
        (2, 0, False, (1, 0)),
        (2, 1, False, (0, 1)),
        (2, 0, True, (0, 1)),
        (3, 1, False, (0, 1)),
    ],
)
def test_the_presenter_sits_where_the_program_is_and_the_audience_elsewhere(screens, home, swapped, wanted):
    assert places(screens, home, swapped=swapped) == wanted
