"""What starts loads what it shows and nothing else; and the guard against a broken PySide6."""

import json
import subprocess
import sys

import pytest

HEAVY = [
    "networkx",
    "numpy",
    "pyqtgraph",
    "scipy",
    "statsmodels",
    "pandas",
    "openpyxl",
    "docx",
    "xlsxwriter",
    "lxml",
    "jinja2",
]
QT = ["PySide6", "shiboken6"]
PROBE = """
import json, sys
from workbench.__main__ import main
sys.argv = ["hazard-workbench", *json.loads(sys.argv[1])]
code = main()
print("LOADED", json.dumps([name for name in {names!r} if name in sys.modules]))
sys.exit(code)
"""


def loaded(root, arguments, names, text=""):
    """Which of ``names`` a run of the command line has imported in the end."""
    result = subprocess.run(
        [sys.executable, "-c", PROBE.format(names=names), json.dumps(arguments)],
        cwd=root,
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in result.stderr, result.stderr
    line = next(line for line in result.stdout.splitlines() if line.startswith("LOADED"))
    return json.loads(line.removeprefix("LOADED "))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["info", "resources/templates/bow-tie.hazard.json"],
        ["check", "resources/templates/bow-tie.hazard.json"],
        ["schema"],
        ["doctor"],
        ["log", "samples/autonomous-mower.hazard.json", "--json"],
        ["migrate", "resources/templates/bow-tie.hazard.json"],
        ["evidence", "--help"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_that_draw_nothing_load_no_qt(root, arguments):
    assert loaded(root, arguments, QT + HEAVY) == []


def test_help_loads_no_models(root):
    assert loaded(root, ["--help"], ["pydantic", "orjson", "platformdirs"]) == []


def test_an_export_loads_no_analysis_libraries(root, tmp_path):
    arguments = ["export", "resources/templates/bow-tie.hazard.json", "-o", str(tmp_path / "out.svg")]
    assert loaded(root, arguments, HEAVY) == []


def test_the_window_is_built_without_analysis_libraries(root):
    probe = f"import sys, workbench.app.start; print([name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", probe], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.stdout.strip() == "[]", result.stdout + result.stderr


def test_the_window_is_built_without_reading_its_own_source(root):
    """PySide's import hook looks through the source of every module loaded after it; see ``workbench.app.loading``."""
    probe = "import workbench.app.start, linecache; print([name for name in linecache.cache if 'workbench' in name])"
    result = subprocess.run(
        [sys.executable, "-c", probe], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.stdout.count("workbench/") <= 1, result.stdout + result.stderr  # the module that ends it


def test_void_calls_keep_their_reference_to_none(root):
    """PySide6 6.12.0 on Python 3.11 lost one for each call and aborted the process."""
    probe = """
from PySide6.QtCore import QObject
import sys
thing = QObject()
before = sys.getrefcount(None)
for _ in range(200_000):
    thing.setObjectName("a")
after = sys.getrefcount(None)
assert after > before - 1_000, (before, after)
print("alive")
"""
    result = subprocess.run(
        [sys.executable, "-c", probe], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.stdout.strip() == "alive", result.stderr
