import pytest

from workbench.panels.export_presets import MOST, SHIPPED, Presets


def test_presets_come_back_as_they_were_saved():
    presets = Presets()
    presets.last = {"format": "svg", "page": "A4", "tile": False}
    assert presets.save("  Board   paper ", {"format": "pdf", "margin": "12"}) == ""
    again = Presets(presets.stored())
    assert again.last == {"format": "svg", "page": "A4", "tile": False}
    assert again.get("Board paper") == {"format": "pdf", "margin": "12"}
    assert again.names()[0] == "Board paper"
    assert again.is_own("Board paper")


def test_the_program_brings_some_and_one_of_that_name_takes_its_place():
    presets = Presets()
    assert presets.names() == list(SHIPPED)
    presets.save("A4 page", {"format": "png"})
    assert presets.names().count("A4 page") == 1
    assert presets.get("A4 page") == {"format": "png"}
    presets.delete("A4 page")
    assert presets.get("A4 page") == SHIPPED["A4 page"]


@pytest.mark.parametrize("stored", ["", "{", "[]", '{"last": 3, "named": []}', '{"named": {"a": 1, " ": {}}}', "null"])
def test_a_damaged_text_gives_the_presets_of_the_program(stored):
    presets = Presets(stored)
    assert presets.last == {}
    assert set(SHIPPED) <= set(presets.names())


def test_a_name_is_asked_for_and_there_is_an_end():
    presets = Presets()
    assert presets.save("  ", {}) == "Give the preset a name."
    for number in range(MOST):
        assert presets.save(f"P{number}", {}) == ""
    assert "delete one first" in presets.save("one more", {})
    assert presets.save("P0", {"format": "svg"}) == ""
