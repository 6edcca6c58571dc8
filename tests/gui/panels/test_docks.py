"""Palette and history docks."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from workbench.canvas.drops import kind_in
from workbench.panels.history_panel import HistoryPanel
from workbench.panels.palette_panel import PalettePanel


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

    def test_a_drag_carries_what_the_canvas_takes(self, qtbot, shown, scene, monkeypatch):
        dragged: list[str] = []
        monkeypatch.setattr(QDrag, "exec", lambda drag, _action: dragged.append(kind_in(drag.mimeData())))
        gate = shown(PalettePanel(scene.session), 240).button("gate")
        begin = gate.rect().center()
        qtbot.mousePress(gate, Qt.MouseButton.LeftButton, pos=begin)
        for far in (1, QApplication.startDragDistance()):
            at = QPointF(begin + QPoint(far, 0))
            left = Qt.MouseButton.LeftButton
            gate.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, at, at, left, left, Qt.KeyboardModifier.NoModifier))
        assert dragged == ["gate"]

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
