"""Audience and presenter on two screens, in a process whose platform has two."""

import json
import os
import shutil
import subprocess
import sys


def test_the_audience_has_the_other_screen_and_both_survive_it_being_unplugged(root, tmp_path):
    common = {"y": 0, "logicalBaseDpi": 96, "dpr": 1}
    screens = [
        {"name": "desk", "x": 0, "width": 1600, "height": 1000, "logicalDpi": 96, **common},
        {"name": "hall", "x": 1600, "width": 3840, "height": 2160, "logicalDpi": 192, **common},
    ]
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    project = tmp_path / "talk.hazard.json"
    shutil.copy(root / "samples" / "code-synthesis-llm.hazard.json", project)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={file}",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.present.two_screens", str(project)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout.splitlines() == [
        "screens 2",
        "presenter at home True",
        "audience elsewhere True",
        "audience 1920 x 1080 whole True",
        "sharp 2 True 2",
        "swapped True",
        "still sharp 1 True 1",
        "after unplugging True True 1",
        "plugged in again True True",
        "put away True True",
        "left True",
    ]
