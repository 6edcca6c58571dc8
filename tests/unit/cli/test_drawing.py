"""Commands that draw, and the window where there is none."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from workbench.cli import system
from workbench.cli.system import apt_line, missing_from, missing_sentence, wanted_platform
from workbench.files.project import load_project


@pytest.fixture
def bow_tie(root):
    return root / "resources" / "templates" / "bow-tie.hazard.json"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<"), ("pdf", b"%PDF")])
def test_export(hazard, bow_tie, tmp_path, ending, start):
    out = tmp_path / f"figure.{ending}"
    assert hazard("export", bow_tie, "-o", out).code == 0
    assert out.read_bytes().startswith(start)
    first = digest(out)
    assert hazard("export", bow_tie, "-o", out, "--diagram", "Bow-tie 1").code == 0
    assert digest(out) == first, "the same project gives the same bytes"


def test_export_of_every_diagram(hazard, bow_tie, tmp_path):
    assert hazard("export", bow_tie, "--all", tmp_path / "all", "--format", "svg").code == 0
    assert [path.name for path in (tmp_path / "all").iterdir()] == ["Bow-tie 1.svg"]


def test_export_of_the_risk_matrix(hazard, refused, root, bow_tie, tmp_path):
    out = tmp_path / "matrix.svg"
    sample = root / "samples" / "code-synthesis-llm.hazard.json"
    assert hazard("export", sample, "-o", out, "--what", "matrix").code == 0
    first = digest(out)
    assert hazard("export", sample, "-o", out, "--what", "matrix").code == 0
    assert digest(out) == first
    assert "H-8" in out.read_text("utf-8")
    assert "without --diagram" in refused("export", bow_tie, "-o", out, "--what", "matrix", "--diagram", "1")


def test_export_says_what_is_wrong(refused, bow_tie, tmp_path):
    out = tmp_path / "a.png"
    assert "say where to" in refused("export", bow_tie)
    assert "say where to" in refused("export", bow_tie, "-o", out, "--all", tmp_path)
    assert "--all takes every diagram" in refused("export", bow_tie, "--all", tmp_path, "--diagram", "1")
    assert "--diagram" not in refused("export", bow_tie, "-o", tmp_path / "a.gif")
    assert refused("export", bow_tie, "-o", out, "--diagram", "none")
    assert "theme" in refused("export", bow_tie, "-o", out, "--theme", "pink")
    assert "a deck is written as .pptx or .pdf" in refused("export", bow_tie, "-o", out, "--what", "deck")
    assert "xlsx, docx" in refused("export", bow_tie, "-o", out, "--what", "log")
    assert "no such file" in refused("export", tmp_path / "none", "-o", out)
    assert not out.exists()


def test_layout(hazard, bow_tie, tmp_path):
    out = tmp_path / "out.hazard.json"
    before = bow_tie.read_bytes()
    assert hazard("layout", bow_tie, "-o", out).code == 0
    assert bow_tie.read_bytes() == before
    arranged = load_project(out)
    assert arranged.is_current()
    assert set(arranged.store.records) >= {
        record for record in load_project(bow_tie).store.records if record[0] in "htceb"
    }
    again = tmp_path / "again.hazard.json"
    hazard("layout", out, "-o", again, "--diagram", "1")
    assert again.read_bytes() == out.read_bytes(), "arranging twice changes nothing"


def test_layout_says_what_is_wrong(refused, bow_tie, project, tmp_path):
    assert "Missing option" in refused("layout", bow_tie)
    assert "has no diagram" in refused("layout", project, "-o", tmp_path / "a")
    assert refused("layout", bow_tie, "-o", tmp_path / "a", "--diagram", "none")


# the window without a display


def environment(**changes):
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    return {**kept, **changes}


def start(root, *arguments, **changes):
    command = [sys.executable, "-m", "workbench", *map(str, arguments)]
    return subprocess.run(
        command, cwd=root, env=environment(**changes), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("changes", [{}, {"QT_QPA_PLATFORM": "offscreen"}, {"DISPLAY": ":987"}])
def test_without_a_display_it_draws_instead(root, bow_tie, tmp_path, changes):
    out = tmp_path / "diagram.png"
    result = start(root, bow_tie, "--or-export", out, **changes)
    assert (result.returncode, result.stderr) == (0, "")
    assert str(out) in result.stdout
    assert "instead of opening the window" in result.stdout
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("changes", [{}, {"DISPLAY": ":987"}])
def test_without_a_display_and_without_a_file_to_draw_it_says_so(root, bow_tie, changes):
    for arguments in ([], [bow_tie], ["--or-export", "a.png"]):
        result = start(root, *arguments, **changes)
        assert result.returncode == 2
        assert result.stderr.count("\n") == 1
        assert "display" in result.stderr
        assert "--or-export" in result.stderr


def test_a_bad_file_is_told_before_anything_is_drawn(root, tmp_path):
    bad = tmp_path / "bad.hazard.json"
    bad.write_text("{")
    result = start(root, bad, "--or-export", tmp_path / "a.png")
    assert result.returncode == 2
    assert "is not valid JSON" in result.stderr
    assert not (tmp_path / "a.png").exists()


def test_an_error_nobody_foresaw_goes_to_a_file(root, tmp_path):
    probe = """
import sys, workbench.cli.main as commands, workbench.__main__ as entry
def broken(arguments): raise ZeroDivisionError("a\\nb")
commands.run = broken
sys.exit(entry.main())
"""
    result = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=root,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    (report,) = (tmp_path / "hazard-workbench" / "crashes").iterdir()
    assert str(report) in result.stderr
    assert "ZeroDivisionError" in report.read_text()


def test_a_console_that_cannot_show_a_title(root, project):
    result = start(root, "info", project, PYTHONIOENCODING="iso8859-5")
    assert (result.returncode, result.stderr) == (0, "")
    assert "T\\xeftle" in result.stdout


# system libraries


def test_the_platform_a_window_would_use():
    assert wanted_platform({}) is None
    assert wanted_platform({"DISPLAY": ":0"}) == "xcb"
    assert wanted_platform({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}) == "wayland"
    assert wanted_platform({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}) is None
    assert wanted_platform({"QT_QPA_PLATFORM": "offscreen:size=1x1"}) is None
    assert wanted_platform({"QT_QPA_PLATFORM": "xcb"}) == "xcb"


def test_a_missing_library_is_named_with_its_apt_line():
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert missing_from(error) == "libEGL.so.1"
    assert missing_from(ImportError("No module named x")) is None
    line = missing_sentence(["libEGL.so.1"])
    assert line == "the system library libEGL.so.1 is missing; install with: sudo apt-get install libegl1"
    assert apt_line(["libglib-2.0.so.0", "libgthread-2.0.so.0"]).endswith("install libglib2.0-0")
    assert "libfoo" in apt_line(["libfoo.so.3"])


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_missing_libraries_are_all_found_at_once(monkeypatch, platform):
    absent = {"libGL.so.1", "libxkbcommon.so.0", "libxcb-cursor.so.0"}

    def load(name):
        if name.endswith(f"libq{platform}.so"):
            raise OSError("libGL.so.1: cannot open shared object file: No such file or directory")
        if name in absent:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("workbench.cli.system.ctypes.CDLL", load)
    expected = ["libGL.so.1", "libxkbcommon.so.0"] + (["libxcb-cursor.so.0"] if platform == "xcb" else [])
    assert system.missing_libraries(platform) == expected


@pytest.mark.parametrize("arguments", [["export", "FILE", "-o", "OUT"], ["FILE", "--or-export", "OUT"]])
def test_a_drawing_command_without_its_libraries(refused, monkeypatch, bow_tie, tmp_path, arguments):
    monkeypatch.setattr("workbench.cli.drawing.missing_libraries", lambda platform: ["libEGL.so.1"])
    monkeypatch.delenv("DISPLAY", raising=False)
    named = {"FILE": bow_tie, "OUT": tmp_path / "a.png"}
    assert refused(*(named.get(word, word) for word in arguments)).endswith("sudo apt-get install libegl1")


def test_templates_of_the_start_page_are_all_there(root):
    for name in ("empty", "simple", "bow-tie"):
        data = json.loads((root / "resources" / "templates" / f"{name}.hazard.json").read_bytes())
        assert data["records"]["project"]["project"]["risk_scheme"] in data["records"]["risk_scheme"]
