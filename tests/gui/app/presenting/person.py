"""A person at the keyboard of a presentation."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Presenter:
    """A person at the keyboard of a presentation."""

    def __init__(self, driver):
        self.driver = driver
        self.window = driver.window
        self.store = driver.store
        self.began_whole = False

    @property
    def running(self):
        return self.window.presenting.running

    @property
    def show(self):
        return self.running.show

    @property
    def audience(self):
        return self.running.audience

    @property
    def stage(self):
        return self.audience.stage

    @property
    def selected(self):
        return self.running.session.primary

    def turn(self, times=6):
        for _ in range(times):
            QApplication.processEvents()

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        target = QApplication.focusWidget()
        QTest.keyClick(target or self.audience, key, modifiers)
        self.turn()

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget() or self.audience, text)
        self.turn()

    def select(self, id):
        self.running.session.select([id])
        self.turn()


def begun(driver):
    driver.key(Qt.Key.Key_F5)
    person = Presenter(driver)
    person.turn()
    assert driver.window.is_presenting
    person.stage.view.motion = False
    person.began_whole = person.audience.isFullScreen()
    person.audience.resize(1920, 1080)
    person.turn()
    return person


def a_cause(person):
    view = person.stage.view
    return next(id for id, node in view.scene.picture.nodes.items() if node.kind == "cause" and view.scene.links_of(id))
