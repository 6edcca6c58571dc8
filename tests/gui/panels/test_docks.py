"""Palette, history and evidence docks."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.gui.panels.conftest import attach
from workbench.panels.evidence_panel import EvidencePanel
from workbench.panels.evidence_table import ESTIMATE, INTERVAL, ON, VERDICT
from workbench.panels.history_panel import HistoryPanel
from workbench.panels.palette_panel import KIND_MIME, PalettePanel, kind_mime


@pytest.fixture
def shown(qtbot):
    def show(widget, width=900, height=260):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    return show


class TestPalette:
    def test_a_click_arms_one_kind_at_a_time(self, shown, scene):
        palette = shown(PalettePanel(scene.session), 240)
        armed: list[str] = []
        palette.armed.connect(armed.append)
        palette.button("cause").click()
        palette.button("control").click()
        palette.button("control").click()
        assert armed == ["cause", "control", ""]
        assert not palette.button("cause").isChecked()

    def test_keys_move_and_place(self, qtbot, shown, scene):
        palette = shown(PalettePanel(scene.session), 240)
        placed: list[str] = []
        palette.placed.connect(placed.append)
        palette.activateWindow()
        qtbot.waitUntil(palette.isActiveWindow)
        palette.button("hazard").setFocus()
        qtbot.keyClick(palette.button("hazard"), Qt.Key.Key_Down)
        assert palette.button("cause").hasFocus()
        qtbot.keyClick(palette.button("cause"), Qt.Key.Key_Return)
        assert placed == ["cause"]

    def test_a_drag_carries_the_kind(self, qapp):
        assert json.loads(bytes(kind_mime("gate").data(KIND_MIME).data())) == "gate"

    def test_read_only_takes_it_away(self, shown, scene):
        scene.store.read_only = "Newer."
        palette = shown(PalettePanel(scene.session), 240)
        assert not palette.button("cause").isEnabled()


class TestHistory:
    def test_a_click_goes_to_that_state(self, shown, scene):
        history = shown(HistoryPanel(scene.session))
        for title in ("One", "Two", "Three"):
            with scene.store.transaction(f"Rename to {title}") as tx:
                tx.patch(scene.hazard, title=title)
        history.flush()
        labels = [history.model.index(row).data() for row in range(history.model.rowCount())]
        assert labels == ["As opened", "Rename to One", "Rename to Two", "Rename to Three"]
        history.list.clicked.emit(history.model.index(1))
        assert scene.store.get(scene.hazard).title == "One"
        history.flush()
        assert history.list.currentIndex().row() == 1
        assert history.model.rowCount() == 4
        history.list.clicked.emit(history.model.index(3))
        assert scene.store.get(scene.hazard).title == "Three"

    def test_enter_goes_there_too(self, qtbot, shown, scene):
        history = shown(HistoryPanel(scene.session))
        with scene.store.transaction("Rename") as tx:
            tx.patch(scene.hazard, title="One")
        history.flush()
        history.list.setCurrentIndex(history.model.index(0))
        qtbot.keyClick(history.list, Qt.Key.Key_Return)
        assert scene.store.get(scene.hazard).title == "Insecure code"


class TestEvidence:
    def test_empty_says_what_to_do(self, qtbot, shown, scene):
        panel = shown(EvidencePanel(scene.session))
        buttons = [b for b in panel.findChildren(QPushButton) if b.isVisible()]
        assert [b.text() for b in buttons] == ["Add evaluation run…"]
        with qtbot.waitSignal(panel.add_requested):
            buttons[0].click()

    def test_rows_filter_and_follow(self, shown, scene):
        panel = shown(EvidencePanel(scene.session))
        counted: list[int] = []
        panel.count_changed.connect(counted.append)
        attach(scene, scene.causes[0], "bad", 90, 100)
        attach(scene, scene.control, "good", 0, 500)
        panel.flush()
        assert counted[-1] == 2
        model = panel.table.claims
        assert [model.index(row, VERDICT).data() for row in range(2)] == ["Refutes", "Supports"]
        assert model.index(0, ON).data() == "C-1"
        assert model.index(0, ESTIMATE).data() == "90.0\u202f%"
        panel.set_chip("supports")
        assert [row.claim for row in model.rows] == ["good"]
        panel.set_chip("")
        panel.filter.setText("BAD")
        assert [row.claim for row in model.rows] == ["bad"]
        panel.show_claim("e_good")
        assert panel.table.current().claim == "good"
        assert not panel.filter.text()

    def test_the_card_says_everything(self, shown, scene):
        attach(scene, scene.causes[0], "bad", 90, 100)
        panel = shown(EvidencePanel(scene.session))
        panel.show_claim("e_bad")
        assert panel.card._number.text() == "90.0\u202f%"
        assert panel.card._counts.text().startswith("90 of 100 · 95 % interval 82")
        assert panel.card._sentence.text().startswith("Refutes. 90 of 100: the lower bound")
        assert "file not at hand" in panel.card._source.text()

    def test_a_click_selects_the_subject_and_selection_moves_the_cursor(self, qtbot, shown, scene):
        attach(scene, scene.causes[0], "bad", 90, 100)
        attach(scene, scene.control, "good", 0, 500)
        panel = shown(EvidencePanel(scene.session))
        place = panel.table.visualRect(panel.table.claims.index(1, 1)).center()
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert scene.session.selection == (scene.control,)
        scene.session.select([scene.causes[0]])
        panel.flush()
        assert panel.table.current().claim == "bad"
        scene.session.select([scene.guards[0]])
        panel.flush()
        assert panel.table.current().claim == "good"

    def test_stale_and_odd_units_are_drawn_without_a_word_of_complaint(self, shown, scene):
        attach(scene, scene.causes[0], "rate", 90, 100)
        with scene.store.transaction("x") as tx:
            tx.patch("m_rate", unit="count", kind="count", value=12.0, successes=None)
        panel = shown(EvidencePanel(scene.session))
        assert not panel.table.grab().isNull()
        assert panel.table.claims.index(0, INTERVAL).data(Qt.ItemDataRole.ToolTipRole)

    def test_detaching_empties_the_table(self, shown, scene):
        attach(scene, scene.causes[0], "bad", 90, 100)
        panel = shown(EvidencePanel(scene.session))
        scene.store.undo()
        panel.flush()
        assert panel.count() == 0
        assert panel._stack.currentIndex() == 0
