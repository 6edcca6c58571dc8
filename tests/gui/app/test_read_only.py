"""A project that a newer version wrote is shown; whatever would change it is off, and says why."""

import pytest
from PySide6.QtWidgets import QAbstractButton

from workbench.model.judgement import OddCategory
from workbench.model.runs import Evidence
from workbench.panels.claim_card import ClaimCard
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


def test_entries_of_menus_that_change_are_off_and_say_why(newer):
    why, menus = newer.store.read_only, newer.window.menus
    newer.window.view.setFocus()
    menus.refresh()
    entry = menus.by_id["insert.cause"]
    assert not entry.isEnabled()
    assert entry.toolTip() == why
    assert menus.by_id["view.fit"].isEnabled()
    assert menus.by_id["view.fit"].toolTip() != why
    undo = menus.by_id["edit.undo"]
    assert not undo.isEnabled()
    assert undo.toolTip() == "Undo (Ctrl+Z)"  # there is nothing to take back, whoever may change the document
    newer.store.read_only = ""
    menus.refresh()
    assert entry.isEnabled()
    assert entry.toolTip() != why
    newer.store.read_only = why


def off_with(made, why):
    return not made.isEnabled() and made.toolTip() == why


def test_the_operating_domain_says_why_nothing_can_be_decided(newer):
    newer.window.menus.by_id["odd.view"].trigger()
    newer.turn(8)
    panel = newer.window.odd.panel
    panel.tree.go_to(next(iter(newer.store.all(OddCategory))).id)
    newer.turn()
    assert panel.strip.states
    for made in panel.strip.states.values():
        assert off_with(made, newer.store.read_only)


def test_a_capability_grid_says_why_it_cannot_be_filled(newer):
    newer.window.menus.by_id["capability.view"].trigger()
    newer.turn(8)
    body = newer.window.capability.panel.body
    for made in (*body._changing, body.add_point, body.card.add_element, body.card.take_away):
        assert off_with(made, newer.store.read_only), made.text()
    entries = {entry.text(): entry for entry in body.menu_for().actions()}
    for words in ("Edit", "Fill from run…", "Clear"):
        assert off_with(entries[words], newer.store.read_only), words


def test_claims_in_the_inspector_say_why_they_stay(newer):
    claim = next(iter(newer.store.all(Evidence)))
    newer.window.session.select([claim.subject])
    newer.window.docks.show("inspector")
    newer.turn(12)
    panel = newer.window.docks._docks["inspector"].widget()
    panel.flush()
    cards = panel.findChildren(ClaimCard)
    assert cards
    for made in cards[0].findChildren(QAbstractButton):
        assert made.text() == "Details" or off_with(made, newer.store.read_only), made.text()
