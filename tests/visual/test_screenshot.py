"""The picture in README is what the program shows now.

``HAZARD_UPDATE_SCREENSHOT=1`` makes it anew.
"""

import os

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.support import there
from workbench.app.application import Application
from workbench.app.settings import Settings
from workbench.paths import resource, sample

PICTURE = resource("guide", "main-window.png")
SIZE = QSize(1600, 1000)


@pytest.fixture
def picture(qapp, qtbot, monkeypatch):
    """The window on the sample, light, with one control selected."""
    monkeypatch.setattr("workbench.app.application.load_settings", lambda: Settings(theme="light"))
    app = Application(qapp)
    window = app.open(sample("code-synthesis-llm.hazard.json"))
    there(window).setWindowState(Qt.WindowState.WindowNoState)
    there(window).resize(SIZE)
    there(window).view.minimap_wanted = True
    for _ in range(30):
        QApplication.processEvents()
    there(window).view.fit()
    bars = sorted(there(window).view.scene.picture.bars.values(), key=lambda bar: (bar.y, bar.x))
    there(window).session.select([next(bar.id for bar in bars if bar.shared > 1)])
    there(window).view.overlay.motion = False
    for _ in range(30):
        QApplication.processEvents()
    image = there(window).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    there(window).close()
    for _ in range(4):
        QApplication.processEvents()
    return image


def test_the_screenshot_is_current(picture):
    if os.environ.get("HAZARD_UPDATE_SCREENSHOT"):
        assert picture.save(str(PICTURE))
    kept = QImage(str(PICTURE))
    assert kept.size() == SIZE
    assert difference(kept, picture) < 6, (
        "make it anew: HAZARD_UPDATE_SCREENSHOT=1 pytest tests/visual/test_screenshot.py"
    )


def difference(one: QImage, two: QImage) -> float:
    """Mean difference of grey values, 0 to 255, at a tenth of the size: text may lie half a pixel elsewhere."""
    small = [
        image.scaled(
            160, 100, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        ).convertToFormat(QImage.Format.Format_Grayscale8)
        for image in (one, two)
    ]
    pairs = [
        abs(small[0].pixelColor(x, y).lightness() - small[1].pixelColor(x, y).lightness())
        for x in range(160)
        for y in range(100)
    ]
    return sum(pairs) / len(pairs)
