"""What pen and laser leave on the screen, and how little of it is painted again."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from workbench.present.ink import FADES, STAYS, Ink
from workbench.present.ink_layer import InkLayer

LEFT = Qt.MouseButton.LeftButton


class Painted(QObject):
    """Notes which parts of a widget are painted."""

    def __init__(self, widget):
        super().__init__()
        self.rects = []
        widget.installEventFilter(self)

    def eventFilter(self, _widget, event):
        if event.type() == QEvent.Type.Paint:
            self.rects.append(QRect(event.rect()))
        return False


class Glass:
    def __init__(self):
        self.now = 0.0
        self.below = QWidget()
        self.below.resize(1000, 800)
        self.layer = InkLayer(self.below, Ink(lambda: self.now))
        self.layer.resize(1000, 800)
        self.below.show()
        self.layer.take("pen")
        self.painted = Painted(self.layer)

    def turn(self):
        QApplication.processEvents()

    def stroke(self):
        """A stroke from corner to corner, and back through the middle."""
        QTest.mousePress(self.layer, LEFT, pos=QPoint(50, 50))
        for step in range(1, 60):
            self.layer._draw_to(((50 + 15 * step) / 800, (50 + 11 * step) / 800))
        self.turn()

    def drawn(self, rect):
        image = QImage(rect.size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        self.layer.render(image, QPoint(), QRegion(rect))
        return image


@pytest.fixture
def glass(qapp):
    made = Glass()
    yield made
    made.layer.still()
    made.below.close()
    made.below.deleteLater()
    QApplication.processEvents()


def test_only_the_newest_piece_of_a_stroke_is_painted(glass):
    glass.stroke()
    glass.painted.rects.clear()
    glass.layer._draw_to((0.3, 0.9))
    glass.layer._draw_to((0.31, 0.9))
    glass.turn()
    glass.painted.rects.clear()
    glass.layer._draw_to((0.32, 0.9))
    glass.turn()
    assert glass.painted.rects
    assert all(rect.width() < 100 and rect.height() < 100 for rect in glass.painted.rects)


@pytest.mark.parametrize("faded", [False, True])
def test_a_part_that_is_painted_alone_looks_as_in_the_whole(glass, faded):
    glass.stroke()
    if faded:
        QTest.mouseRelease(glass.layer, LEFT, pos=QPoint(935, 699))
        glass.now += STAYS + FADES / 2
    whole = glass.drawn(QRect(0, 0, 1000, 800))
    part = QRect(400, 260, 180, 180)
    alone = glass.drawn(part)
    assert alone == whole.copy(part).convertToFormat(alone.format())
    assert any(alone.pixelColor(x, y) != Qt.GlobalColor.white for x in range(0, 180, 3) for y in range(0, 180, 3))


def test_a_stroke_that_stays_is_not_painted_again_until_it_fades(glass):
    glass.stroke()
    QTest.mouseRelease(glass.layer, LEFT, pos=QPoint(935, 699))
    glass.turn()
    glass.painted.rects.clear()
    glass.now += STAYS / 2
    glass.layer._faded()
    glass.turn()
    assert not glass.painted.rects
    glass.now += STAYS / 2 + FADES / 2
    glass.layer._faded()
    glass.turn()
    assert glass.painted.rects
    glass.now += FADES
    glass.layer._faded()
    assert not glass.layer.ink.strokes()
    assert not glass.layer._fade.isActive()


def test_a_dot_is_drawn_where_the_pen_only_touches(glass):
    QTest.mousePress(glass.layer, LEFT, pos=QPointF(500, 400).toPoint())
    glass.turn()
    assert glass.drawn(QRect(490, 390, 20, 20)).pixelColor(10, 10) != Qt.GlobalColor.white
