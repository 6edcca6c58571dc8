"""Frames of a presentation on a screen of 1920 × 1080 with 500 elements in view, against a plain scene of the same.

Moves of the camera and zooming by hand, by process time, ours and theirs turn about. The ratios are asserted;
the times are told, and ``--benchmark-enable`` puts a frame of ours into its own table.
"""

import gc
import statistics
import sys
import time

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from tests.benchmarks.baseline_scene import make_baseline
from tests.generator import make_project
from workbench.present.stage_view import StageView
from workbench.render.framing import Framing
from workbench.render.theme import stage_theme
from workbench.session.session import Session
from workbench.store.store import Store

pytestmark = pytest.mark.slow
SIZE = (1920, 1080)
SEEN = 500
ZOOM = 0.25
ROUNDS = 9
FRAME_MS = 16.0
"""What a frame may last on the computer the issue speaks of; told, not asserted: another one may be slower."""


def turn():
    for _ in range(2):
        QApplication.processEvents()


def seconds(work, frames):
    turn()
    start = time.process_time()
    for frame in range(frames):
        work(frame)
        QApplication.processEvents()
    return (time.process_time() - start) / frames


@pytest.fixture(scope="module")
def both(qapp):
    store = Store(make_project(2_000))
    view = StageView(Session(store), stage_theme(dark=False))
    view.motion = False
    view.resize(*SIZE)
    view.show()
    plain, items = make_baseline(view.scene, 2_000)
    plain.resize(*SIZE)
    plain.show()
    turn()
    gc.collect()
    gc.freeze()
    yield view, plain, items
    gc.unfreeze()
    view.dispose()
    view.close()
    plain.close()


def go(view, plain, zoom=ZOOM):
    left, top, right, bottom = view.scene.bounds()
    x, y = (left + right) / 2, (top + bottom) / 2
    view.go_to(Framing(x, y, zoom, overview=False), animated=False)
    plain.resetTransform()
    plain.scale(zoom, zoom)
    plain.centerOn(x, y)
    turn()
    return x, y


def in_view(view):
    area = view.camera.rect_to_scene((0.0, 0.0, float(SIZE[0]), float(SIZE[1])))
    return sum(1 for id in view.scene.index.touching(area) if view.scene.box(id) is not None)


def report(name, ours, theirs, limit, benchmark, capsys):
    seconds(ours, 3)
    seconds(theirs, 1)
    mine, other = [], []
    for _ in range(ROUNDS):
        mine.append(seconds(ours, 6))
        other.append(seconds(theirs, 2))
    a, b = statistics.median(mine), statistics.median(other)
    benchmark.extra_info.update(baseline_ms=b * 1000, ratio=a / b, limit=limit)
    benchmark(lambda: (ours(0), QApplication.processEvents()))
    with capsys.disabled():
        said = "within" if a * 1000 <= FRAME_MS else "over"
        told = f"{a * 1000:.2f} ms ({said} {FRAME_MS:.0f}) against {b * 1000:.2f} ms = {a / b:.3f} (limit {limit})"
        sys.stdout.write(f"\n{name}: {told}\n")
    assert a / b <= limit


def test_the_camera_moves_between_stops(both, benchmark, capsys):
    view, plain, _ = both
    x, y = go(view, plain)
    assert in_view(view) >= SEEN * 0.9
    view.motion = True
    view.go_to(Framing(x + 900, y + 300, ZOOM * 1.6, overview=False), animated=True)
    move = view._glide._animation
    move.pause()

    def ours(frame):
        move.setCurrentTime(30 + 60 * (frame % 6))

    def theirs(frame):
        factor = 1.08 if frame % 2 else 1 / 1.08
        plain.scale(factor, factor)

    report("camera between stops", ours, theirs, 0.2, benchmark, capsys)
    move.setCurrentTime(420)
    turn()
    assert view.camera.zoom == pytest.approx(ZOOM * 1.6)
    view.motion = False


@pytest.mark.parametrize("zoom", [ZOOM, 0.4], ids=["far", "near"])
def test_zooming_by_hand(both, benchmark, capsys, zoom):
    view, plain, _ = both
    go(view, plain, zoom)
    middle = QPointF(SIZE[0] / 2, SIZE[1] / 2)

    def ours(frame):
        view.zoom_at(view.camera.zoom * (1.05 if frame % 2 else 1 / 1.05), middle, gesture=True)

    def theirs(frame):
        factor = 1.05 if frame % 2 else 1 / 1.05
        plain.scale(factor, factor)

    report("zoom by hand", ours, theirs, 0.25, benchmark, capsys)
    view.sharpen()
