"""What every test stands on: no display, no files of the person who runs it, no clock of theirs."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

_HOME = Path(tempfile.mkdtemp(prefix="hazard-workbench-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)

# Before anything imports Qt or asks for a folder. HAZARD_TEST_PLATFORM=xcb runs the window tests on a real display.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("HAZARD_TEST_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
os.environ.pop("QT_SCALE_FACTOR", None)
for name in ("CONFIG", "DATA", "STATE", "CACHE"):
    folder = _HOME / name.lower()
    folder.mkdir()
    os.environ[f"XDG_{name}_HOME"] = str(folder)

settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HAZARD_HYPOTHESIS", "suite"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material, where this computer has it."""
    name = os.environ.get("HAZARD_SHARED", "")
    if not name or not Path(name).is_dir():
        pytest.skip("HAZARD_SHARED does not name the folder of reference material")
    return Path(name)


@pytest.fixture(scope="session", autouse=True)
def _application(qapp):
    """One full application a process, made first: an export that finds none would make one that knows no windows."""
    yield
    # Without a display Qt keeps what was copied until after Python's end, and then ends it by a call into Python.
    qapp.clipboard().clear()


@pytest.fixture
def qtbot(qtbot):
    """Waits end with what they wait for; how long one may last is a guard, not a claim about any computer's speed."""
    for name in ("waitUntil", "waitExposed", "waitSignal"):
        setattr(qtbot, name, _patient(getattr(qtbot, name)))
    return qtbot


def _patient(wait: Callable[..., Any]) -> Callable[..., Any]:
    def waiting(*args: Any, timeout: int = 0, **more: Any) -> Any:
        return wait(*args, timeout=max(timeout, 60_000), **more)

    return waiting
