"""Frames of a presentation with 500 elements in view, at 1080p and at 4K: pen, laser, camera and pathway light.

By process time, against painting the whole view anew, which no frame of a move or a stroke may come near. That ratio is
asserted; the times are told.
"""

import gc
import statistics
import sys
import time
from itertools import islice

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.generator import make_project
from tests.support import there
from workbench.analysis.pathways import pathways
from workbench.present.ink import Ink
from workbench.present.ink_layer import InkLayer
from workbench.present.stage_view import StageView
from workbench.render.framing import Framing
from workbench.render.theme import stage_theme
from workbench.session.session import Session
from workbench.store.store import Store

pytestmark = pytest.mark.slow
SEEN = 500
ROUNDS = 7
FRAMES = 6
FRAME_MS = 16.0
"""What a frame may last on the computer the issue speaks of; told, not asserted: another one may be slower."""


class Stage:
    """A view with an ink layer over it, as the audience has them."""

    def __init__(self, width, height, zoom):
        self.over = QWidget()
        self.session = Session(Store(make_project(2_000)))
        self.view = StageView(self.session, stage_theme(dark=False), self.over)
        self.view.motion = False
        self.now = 0.0
        self.ink = InkLayer(self.over, Ink(lambda: self.now))
        self.over.resize(width, height)
        self.view.resize(width, height)
        self.ink.resize(width, height)
        self.over.show()
        turn()
        self.zoom = zoom
        left, top, right, bottom = there(self.view.scene.bounds())
        self.x, self.y = (left + right) / 2, (top + bottom) / 2
        self.settle()

    def settle(self):
        self.view.go_to(Framing(self.x, self.y, self.zoom, overview=False), animated=False)
        turn()

    def seen(self):
        port = self.view.viewport()
        area = self.view.camera.rect_to_scene((0.0, 0.0, float(port.width()), float(port.height())))
        return [id for id in self.view.scene.index.touching(area) if self.view.scene.box(id) is not None]

    def close(self):
        self.ink.still()
        self.view.dispose()
        self.session.close()
        self.over.close()


def turn():
    for _ in range(2):
        QApplication.processEvents()


def milliseconds(work):
    turn()
    start = time.process_time()
    for frame in range(FRAMES):
        work(frame)
        QApplication.processEvents()
    return (time.process_time() - start) / FRAMES * 1000


@pytest.fixture(scope="module", params=[(1920, 1080, 0.25), (3840, 2160, 0.5)], ids=["1080p", "4K"])
def stage(request, qapp):
    made = Stage(*request.param)
    assert len(made.seen()) >= SEEN * 0.9
    gc.collect()
    gc.freeze()
    yield made
    gc.unfreeze()
    made.close()


def report(name, stage, work, limit, benchmark, capsys):
    def anew(_frame):
        stage.view.refresh()

    milliseconds(work)
    ours = [milliseconds(work) for _ in range(ROUNDS)]  # not in turns: painting anew would end a move of the camera
    whole = [milliseconds(anew) for _ in range(ROUNDS)]
    mine, all_of_it = statistics.median(ours), statistics.median(whole)
    benchmark(lambda: (work(0), QApplication.processEvents()))
    with capsys.disabled():
        said = "within" if mine <= FRAME_MS else "over"
        told = f"{mine:.2f} ms ({said} {FRAME_MS:.0f}), all anew {all_of_it:.2f} ms (limit {limit} of it)"
        sys.stdout.write(f"\n{name}, {stage.over.width()} × {stage.over.height()}: {told}\n")
    assert mine <= all_of_it * limit


def test_the_pen_draws(stage, benchmark, capsys):
    stage.ink.take("pen")
    stage.ink.ink.begin((0.4, 0.4))
    for step in range(200):
        stage.ink.ink.draw((0.4 + step / 400, 0.4 + (step % 20) / 60))

    def draw(frame):
        stage.now += 0.016
        stage.ink._draw_to((0.9 + frame / 50, 0.5))

    report("pen", stage, draw, 0.6, benchmark, capsys)
    stage.ink.wipe()
    stage.ink.take("")


def test_the_laser_moves(stage, benchmark, capsys):
    stage.ink.take("laser")

    def point(frame):
        stage.now += 0.016
        stage.ink.ink.point((0.5 + frame / 50, 0.5))
        stage.ink._go_on()

    report("laser", stage, point, 0.6, benchmark, capsys)
    stage.ink.take("")


def test_the_camera_moves(stage, benchmark, capsys):
    stage.view.motion = True
    stage.view.go_to(Framing(stage.x + 900, stage.y + 300, stage.zoom * 1.6, overview=False), animated=True)
    move = stage.view._glide._animation
    move.pause()
    report("camera", stage, lambda frame: move.setCurrentTime(30 + 60 * (frame % 6)), 1.0, benchmark, capsys)
    stage.view.motion = False
    stage.settle()


def test_a_pathway_is_lit(stage, benchmark, capsys):
    view = stage.view
    causes = [id for id in stage.seen() if view.scene.node(id) is not None and view.scene.node(id).kind == "cause"]
    ways = [way.ids for cause in causes[:40] for way in islice(pathways(stage.session.store, cause), 1)][:4]
    assert len(ways) == 4
    report("pathway lit", stage, lambda frame: view.light(ways[frame % 4]), 2.0, benchmark, capsys)
    view.light(())
