"""A project that a newer version wrote is shown; whatever would change it is off, and says why."""

import pytest
from PySide6.QtWidgets import QAbstractButton

from workbench.paths import data_root

CHANGING = {
    "palette": {"Hazard", "Cause", "Control"},
    "inspector": {"Risk scheme…"},
    "evidence": {"Add run…"},
    "risk": {"Scheme…"},
    "log": {"Add hazard", "Import…"},
}


@pytest.fixture
def newer(open_project, tmp_path):
    path = tmp_path / "newer.hazard.json"
    text = (data_root() / "samples" / "code-synthesis-llm.hazard.json").read_text("utf-8")
    path.write_text(text.replace('"major": 1', '"major": 2'), "utf-8")
    return open_project(path)


@pytest.mark.parametrize("dock", CHANGING)
def test_buttons_that_change_are_off_and_say_why(newer, dock):
    why = newer.store.read_only
    assert why
    newer.window.docks.show(dock)
    newer.turn(12)
    panel = newer.window.docks._docks[dock].widget()
    if hasattr(panel, "flush"):
        panel.flush()
    found = {made.text(): made for made in panel.findChildren(QAbstractButton) if made.text() in CHANGING[dock]}
    assert set(found) == CHANGING[dock]
    for made in found.values():
        assert not made.isEnabled(), made.text()
        assert made.toolTip() == why


def test_title_and_status_say_so(newer):
    assert newer.window.windowTitle() == "newer.hazard.json[*] – read-only"
    assert newer.window.status._saved.text() == "Read-only"
