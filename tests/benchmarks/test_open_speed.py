"""Opening 10,000 elements and 13,000 links: the whole window against reading its file, and the memory it takes.

Each round is a process of its own, as the program is; in it the file is read once alone and once by the program, which
then builds and paints its window. The ratio of processor times is what counts, for a busy machine slows both alike;
run with ``--benchmark-enable -s`` to see it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generator import make_project
from workbench.files.project import save_project
from workbench.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
MOST_MB = 350.0
HANG_S = 60.0

OPEN = """
import json, sys, time
from pathlib import Path
import workbench.__main__
from workbench.app.start import make_qt_application
from workbench.app.application import Application
from workbench.files.project import load_project
qt = make_qt_application()
app = Application(qt)
path = Path(sys.argv[1])
alone = 0.0
if sys.argv[2] == "both":
    start = time.process_time()
    loaded = load_project(path)
    alone = time.process_time() - start
    del loaded
start = time.process_time()
window = app.open(path)
for _ in range(4):
    qt.processEvents()
whole = time.process_time() - start
picture = window.view.scene.picture
# Not ru_maxrss: a child inherits it from the process that forked it, however large that was.
status = Path("/proc/self/status")
marks = status.read_text().split("VmHWM:") if status.exists() else []
peak = int(marks[1].split()[0]) / 1024 if len(marks) > 1 else 0.0
print("FOUND", json.dumps([alone, whole, peak, len(picture.nodes), len(picture.links)]), flush=True)
import os
os._exit(0)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory, request):
    if not request.config.getoption("benchmark_enable"):
        pytest.skip("measured with --benchmark-enable only: several processes")
    path = tmp_path_factory.mktemp("open") / "large.hazard.json"
    save_project(Store(make_project()), path)
    return path


def opened(path, what):
    """Seconds to read alone, seconds to open, megabytes at most, from a new process."""
    folder = path.parent
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment[f"XDG_{name}_HOME"] = str(folder / name)
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(path), what],
        env=environment,
        capture_output=True,
        text=True,
        timeout=2 * HANG_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("FOUND"))
    alone, whole, peak, nodes, links = json.loads(line.removeprefix("FOUND "))
    assert nodes > 5_000
    assert links > 10_000
    return alone, whole, peak


def test_opening_a_large_project_against_reading_it(benchmark, project, capsys):
    opened(project, "both")
    found = []
    benchmark.pedantic(lambda: found.append(opened(project, "both")), rounds=ROUNDS)
    alone, whole = min(one[0] for one in found), min(one[1] for one in found)
    benchmark.extra_info.update(alone_s=alone, whole_s=whole, ratio=whole / alone)
    with capsys.disabled():
        sys.stdout.write(f"\nopen / load_project: {whole:.2f} s against {alone:.2f} s = {whole / alone:.2f}\n")
    assert whole < HANG_S


def test_memory_of_a_large_project_opened(benchmark, project, capsys):
    peaks = []
    benchmark.pedantic(lambda: peaks.append(opened(project, "open")[2]), rounds=2)
    benchmark.extra_info.update(peak_mb=max(peaks), limit_mb=MOST_MB)
    with capsys.disabled():
        sys.stdout.write(f"\npeak memory with the project open: {max(peaks):.0f} MB (limit {MOST_MB:.0f})\n")
    assert max(peaks) <= MOST_MB
