"""The diagram comes first; what stands around it follows, however early somebody asks for it."""

import pytest
from PySide6.QtWidgets import QWidget

from workbench.app.dock_contents import DockContents
from workbench.canvas.first_paint import FirstPaint


def test_docks_are_filled_after_the_first_picture(open_project, qtbot, root):
    window = open_project(root / "samples" / "code-synthesis-llm.hazard.json").window
    qtbot.waitUntil(lambda: window.docks.filled, timeout=5_000)
    assert isinstance(window.docks.contents, DockContents)


def test_a_dock_asked_for_early_is_filled_at_once(open_project, root):
    window = open_project(root / "samples" / "code-synthesis-llm.hazard.json").window
    window.docks.show("inspector")
    assert window.docks.filled
    first = window.docks.contents
    window.docks.fill()
    assert window.docks.contents is first


@pytest.mark.parametrize("shown", [True, False])
def test_what_waits_for_a_picture_happens_once_even_without_one(qtbot, shown):
    widget = QWidget()
    qtbot.addWidget(widget)
    done = []
    FirstPaint(widget, lambda: done.append(1))
    if shown:
        widget.show()
    qtbot.waitUntil(lambda: done == [1], timeout=5_000)
    widget.update()
    qtbot.wait(500)
    assert done == [1]
