import re
from collections import Counter

import pytest

from workbench.actions.registry import MENUS, action, actions
from workbench.paths import resource


def test_every_action_has_an_id_of_its_own():
    counted = Counter(record.id for record in actions())
    assert [id for id, times in counted.items() if times > 1] == []
    assert action("edit.undo").title == "Undo"


@pytest.mark.parametrize("presenting", [False, True], ids=["window", "presentation"])
def test_no_two_actions_share_a_key(presenting):
    counted = Counter(keys for record in actions() if record.presenting == presenting for keys in record.shortcuts)
    assert counted
    assert [keys for keys, times in counted.items() if times > 1] == []


def test_every_key_of_a_presentation_is_an_action():
    keys = {key: record.id for record in actions() if record.presenting for key in record.shortcuts}
    assert {keys[key] for key in ("Right", "Space", "PgDown", "N")} == {"present.next"}
    assert {keys[key] for key in ("Left", "PgUp", "Backspace")} == {"present.previous"}
    assert [keys[f"Ctrl+{level}"] for level in range(1, 6)] == [f"present.level_{level}" for level in range(1, 6)]
    assert {"Home", "End", "G", "[", "]", "Ctrl+0", "B", "W", "P", "L", "K", "E", "F1", "Esc"} <= keys.keys()
    assert [keys[key] for key in "ADVC"] == [f"present.{kind}" for kind in ("action", "decision", "vote", "comment")]


def test_no_key_is_the_beginning_of_a_chord():
    keys = {keys for record in actions() for keys in record.shortcuts}
    assert {chord for chord in keys if ", " in chord and chord.split(", ")[0] in keys} == set()


def test_menus_exist_and_titles_are_sentence_case():
    for record in actions():
        assert record.menu[:1], record.id
        assert record.menu[0] in MENUS, record.id
        first, *rest = record.title.split()
        assert first[0].isupper(), record.id
        assert all(word.islower() or not word.isalpha() or word == "Hazard" or word == "Workbench" for word in rest), (
            record.title
        )


def test_icons_exist():
    for record in actions():
        assert not record.icon or resource("icons", f"{record.icon}.svg").is_file(), record.icon


def test_what_the_issue_asks_for_can_be_reached():
    wanted = {
        "file.new",
        "file.open",
        "file.save",
        "file.save_as",
        "file.export",
        "file.copy_image",
        "edit.undo",
        "edit.redo",
        "edit.cut",
        "edit.copy",
        "edit.paste",
        "edit.paste_same",
        "edit.duplicate",
        "edit.delete",
        "edit.delete_everywhere",
        "edit.select_all",
        "edit.select_kind",
        "edit.find",
        "edit.settings",
        "view.fit",
        "view.zoom_selection",
        "insert.on_line",
        "diagram.arrange",
        "diagram.add_top_event",
        "diagram.remove_top_event",
        "evidence.attach",
        "tools.palette",
        "help.guide",
        "help.shortcuts",
    }
    assert wanted <= {record.id for record in actions()}
    assert action("tools.palette").shortcuts == ("Ctrl+K", "Ctrl+Shift+P")


def test_no_key_belongs_to_the_desktop():
    """Linux takes Ctrl+Alt with a function key for its consoles; desktops take Alt with one for their windows."""
    taken = re.compile(r"(Ctrl\+)?Alt\+F\d+|Ctrl\+Alt\+(Del|Backspace)|Alt\+Tab|Meta\+.*")
    assert [keys for record in actions() for keys in record.shortcuts if taken.fullmatch(keys)] == []
