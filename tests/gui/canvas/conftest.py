"""A view with a small bow-tie, driven by real mouse and key events."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.canvas.chooser import KindChooser
from workbench.canvas.view import DiagramView
from workbench.commands import connect, create, guards
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Element
from workbench.model.ids import derived_id
from workbench.session.session import Session
from workbench.store.store import Store

DIAGRAM = "diagram_1"


class Pilot:
    """Moves a real pointer over a view, in scene units."""

    def __init__(self, qtbot, view):
        self.qtbot, self.view = qtbot, view
        self.session, self.store = view.session, view.session.store
        self.notices: list[str] = []
        self.session.notice.connect(self.notices.append)

    def turn(self):
        for _ in range(3):
            QApplication.processEvents()

    def px(self, x, y):
        vx, vy = self.view.camera.to_view(x, y)
        return QPoint(round(vx), round(vy))

    def hover(self, x, y):
        QTest.mouseMove(self.view.viewport(), self.px(x, y))
        self.turn()

    def press(self, x, y, button=Qt.MouseButton.LeftButton, keys=Qt.KeyboardModifier.NoModifier):
        self.hover(x, y)
        self.button, self.keys = button, keys
        QTest.mousePress(self.view.viewport(), button, keys, self.px(x, y))
        self.turn()
        self.at = (x, y)

    def move(self, x, y):
        sx, sy = self.at
        for share in (0.2, 0.6, 1.0):
            self._send_move(sx + (x - sx) * share, sy + (y - sy) * share)
        self.at = (x, y)

    def _send_move(self, x, y):
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent

        local = QPointF(self.px(x, y))
        buttons = self.button
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            local,
            QPointF(self.view.viewport().mapToGlobal(local.toPoint())),
            Qt.MouseButton.NoButton,
            buttons,
            self.keys,
        )
        QApplication.sendEvent(self.view.viewport(), event)
        self.turn()

    def release(self):
        QTest.mouseRelease(self.view.viewport(), self.button, self.keys, self.px(*self.at))
        self.turn()

    def drag(self, x1, y1, x2, y2, **more):
        self.press(x1, y1, **more)
        self.move(x2, y2)
        self.release()

    def click(self, x, y, **more):
        self.press(x, y, **more)
        self.release()

    def double(self, x, y):
        self.click(x, y)
        QTest.mouseDClick(
            self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.px(x, y)
        )
        self.turn()

    def key(self, key, keys=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.view, key, keys)
        self.turn()

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget() or self.view, text)
        self.turn()

    @property
    def popup(self):
        found = self.popups()
        return found[0] if found else None

    def popups(self):
        return [one for one in self.view.findChildren(KindChooser) if one.isVisible()]

    def add(self, kind, x, y, title="", **fields):
        with self.store.transaction("add") as tx:
            made = create.create_on_diagram(tx, DIAGRAM, kind, x, y, title, **fields)
        self.turn()
        return made

    def link(self, source, target):
        with self.store.transaction("link") as tx:
            made = connect.connect(tx, source, target)
        self.turn()
        return made

    def guard(self, line, title="", control=None):
        with self.store.transaction("guard") as tx:
            made = guards.insert_control(tx, line, control, title=title)
        self.turn()
        return made

    def where(self, id):
        placement = self.store.find(derived_id("placement", DIAGRAM, id), Placement)
        return (placement.x, placement.y) if placement is not None else None

    def title(self, id):
        return self.store.find(id, Element).title

    def all(self, cls):
        return list(self.store.all(cls))

    def pixel(self, x, y):
        at = self.px(x, y)
        return self.view.grab().toImage().pixelColor(at).name()


@pytest.fixture
def make_view(qtbot):
    made = []

    def make(records=None, theme="light", size=(1000, 700)):
        store = Store(records if records is not None else [Diagram(id=DIAGRAM, title="Sheet")])
        view = DiagramView(Session(store), theme)
        view.motion = False
        view.host.snapping = False
        view.resize(*size)
        qtbot.addWidget(view)
        view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitExposed(view)
        made.append(view)
        return view

    yield make
    for view in made:
        view.dispose()


@pytest.fixture
def pilot(qtbot, make_view):
    view = make_view()
    view.set_zoom(1.0)
    view.centre_on(400, 250)
    pilot = Pilot(qtbot, view)
    pilot.turn()
    return pilot


@pytest.fixture
def tie(pilot):
    pilot.top = pilot.add("top_event", 500, 200, "Top")
    pilot.c1 = pilot.add("cause", 60, 100, "One")
    pilot.c2 = pilot.add("cause", 60, 300, "Two")
    pilot.l1 = pilot.link(pilot.c1, pilot.top)
    pilot.l2 = pilot.link(pilot.c2, pilot.top)
    pilot.turn()
    return pilot
