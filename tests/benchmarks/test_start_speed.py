"""Launch until the sample is painted, against a bare Qt window: a new process each, interleaved, least of several.

The ratio is what counts; run with ``--benchmark-enable -s`` to see it.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "code-synthesis-llm.hazard.json"

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1600, 1000)
window.show()
app.exec()
"""

OURS = """
import sys
from pathlib import Path
import workbench.__main__
from PySide6.QtCore import QTimer
from workbench.app import start
from workbench.canvas.view import DiagramView
painted = DiagramView.paintEvent
def paint(self, event):
    painted(self, event)
    if self.scene.picture.nodes:
        QTimer.singleShot(0, leave)
def leave():
    heavy = sorted({"networkx", "pyqtgraph", "numpy", "scipy", "click", "email"} & set(sys.modules))
    print("HEAVY", heavy, flush=True)
    early = [name for name in ("inspector", "outline", "evidence_panel") if f"workbench.panels.{name}" in sys.modules]
    print("BEFORE THE PICTURE", early, flush=True)
    import os
    os._exit(0)
DiagramView.paintEvent = paint
start.run(Path(sys.argv[1]))
"""


def launch(code: str, tmp_path: Path, *args: str) -> tuple[float, str]:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path / "bytecode")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment[f"XDG_{name}_HOME"] = str(tmp_path / name)
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *args], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    took = time.perf_counter() - begin
    assert done.returncode == 0, done.stderr
    return took, done.stdout


def test_the_window_paints_the_sample_and_loads_nothing_heavy(tmp_path):
    _, said = launch(OURS, tmp_path, str(SAMPLE))
    assert "HEAVY []" in said
    assert "BEFORE THE PICTURE []" in said


def test_launch_against_a_bare_window(benchmark, tmp_path, request):
    if not request.config.getoption("benchmark_enable"):
        pytest.skip("measured with --benchmark-enable only: nine pairs of processes")
    pairs = []
    launch(BARE, tmp_path)
    launch(OURS, tmp_path, str(SAMPLE))

    def pair() -> None:
        bare, _ = launch(BARE, tmp_path)
        ours, _ = launch(OURS, tmp_path, str(SAMPLE))
        pairs.append((bare, ours))

    benchmark.pedantic(pair, rounds=9)
    bare, ours = min(b for b, _ in pairs), min(o for _, o in pairs)
    benchmark.extra_info["ratio"] = ours / bare
    benchmark.extra_info["median of pairs"] = statistics.median(o / b for b, o in pairs)
