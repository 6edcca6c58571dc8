"""``kill -9`` of the real window at random moments while a script edits it: every edit older than 250 ms is back.

Run as ``python -m tests.faults.kill --out kill.jsonl --moments 300`` under a virtual display (``Xvfb`` is started
where there is no ``DISPLAY``; ``--platform offscreen`` needs none). One line of JSON is written for each moment; run
again, it goes on after the last one.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.faults.states import state_of
from workbench.files.journal_lines import steps_in
from workbench.files.project import load_project
from workbench.files.recovery import scan_recoverable

ROOT: Final = Path(__file__).resolve().parents[2]
AGE: Final = 0.25
"""Seconds after which an edit has to be on the disk."""

_LONGEST: Final = 2.5
_PATIENCE: Final = 600.0
_DOCUMENTS: Final = (
    "samples/autonomous-mower.hazard.json",
    "resources/templates/bow-tie.hazard.json",
    "samples/code-synthesis-llm.hazard.json",
    "-",
)


def moment(number: int, folder: Path, environment: dict[str, str], age: float) -> dict[str, Any]:
    """Start the window, let it be edited, kill it, and bring back what it left.

    Returns:
        What happened: ``lost`` says how many acknowledged edits older than ``age`` seconds did not come back, ``worst``
        how old the oldest edit was that did not, and ``fault`` what else was wrong.
    """
    chance = random.Random(number)
    name = _DOCUMENTS[number % len(_DOCUMENTS)]
    path = None if name == "-" else folder / Path(name).name
    if path is not None:
        shutil.copy(ROOT / name, path)
    environment = {**environment, "PYTHONPATH": str(ROOT)}
    for kind in ("CONFIG", "STATE", "DATA", "CACHE"):
        environment[f"XDG_{kind}_HOME"] = str(folder / kind.lower())
    command = [sys.executable, "-m", "tests.faults.kill_driver", str(number), str(path or "-")]
    with (folder / "errors.txt").open("wb") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors)
    assert process.stdout is not None
    watchdog = threading.Timer(_PATIENCE, process.kill)
    watchdog.start()
    first = process.stdout.readline()
    delay = chance.random() * _LONGEST
    time.sleep(delay)
    ended = process.poll()
    killed = time.monotonic()  # before, so that what is older by then is older in truth
    process.send_signal(signal.SIGKILL)
    told = [json.loads(line) for line in (first, *process.stdout.read().split(b"\n")) if line.endswith((b"}", b"}\n"))]
    process.stdout.close()
    process.wait()
    watchdog.cancel()
    result: dict[str, Any] = {"moment": number, "document": name, "after": round(delay, 3), "edits": len(told) - 1}
    if ended is not None or not told:
        reports = [folder / "errors.txt", *folder.glob("state/hazard-workbench/crashes/*.txt")]
        said = " ".join(file.read_text(errors="replace")[-600:] for file in reports)
        return {**result, "lost": 0, "worst": 0.0, "fault": f"the window ended by itself ({ended}): {said}"}
    return {**result, **compared(told, killed, path, folder / "state" / "hazard-workbench" / "journals", age)}


def compared(
    told: list[dict[str, Any]], killed: float, path: Path | None, journals: Path, oldest: float = AGE
) -> dict[str, Any]:
    """What came back, held against what was told; each edit is one line of the journal."""
    edits = [one for one in told if one["what"] != "save"]
    kept = sum(step["do"] in ("step", "undo", "redo") for file in journals.glob("*.journal") for step in _steps(file))
    missing = [killed - one["at"] for one in edits[kept + 1 :]]
    return {
        "lost": sum(age > oldest for age in missing),
        "worst": round(max(missing, default=0.0), 3),
        "fault": _fault(edits, kept, path, journals),
    }


def _steps(file: Path) -> list[dict[str, Any]]:
    return list(steps_in(file.read_bytes()))


def _fault(edits: list[dict[str, Any]], kept: int, path: Path | None, journals: Path) -> str:
    """What is wrong with what came back; empty where it is the document, with its undo steps, as it was told."""
    found = scan_recoverable(journals)
    on_disk = load_project(path).store if path is not None else None  # whatever else: it opens
    if len(found) > 1:
        return f"{len(found)} documents were found"
    if found:
        back = found[0].restore()
        if back.note:
            return back.note
        now, wanted = state_of(back.store), edits[: kept + 1][-1]
        if kept < len(edits) and any(now[key] != wanted[key] for key in now):
            return f"edit {kept} of {len(edits) - 1} came back as something else"
    elif on_disk is not None and kept < len(edits) and state_of(on_disk)["digest"] != edits[kept]["digest"]:
        return f"nothing was found, and the file is not what it was after edit {kept}"
    elif on_disk is None and kept:
        return "nothing was found"
    return ""


@contextmanager
def display(platform: str) -> Iterator[dict[str, str]]:
    """The environment of a window: a virtual display, or none at all."""
    environment = {**os.environ, "QT_QPA_PLATFORM": platform}
    if platform == "offscreen" or os.environ.get("DISPLAY"):
        yield environment
        return
    ready, told = os.pipe()
    command = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1600x1000x24"]
    with subprocess.Popen(command, pass_fds=[told], stderr=subprocess.DEVNULL) as server:
        os.close(told)
        with os.fdopen(ready) as number:
            environment["DISPLAY"] = f":{number.readline().strip()}"
        try:
            yield environment
        finally:
            server.terminate()


def run(out: Path, moments: int, platform: str, age: float = AGE) -> list[dict[str, Any]]:
    """Go on where ``out`` ends until there are so many moments in it."""
    done = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
    with display(platform) as environment, out.open("a") as file:
        for number in range(len(done), moments):
            with tempfile.TemporaryDirectory(prefix="hazard-kill-") as folder:
                done.append(moment(number, Path(folder), environment, age))
            file.write(json.dumps(done[-1]) + "\n")
            file.flush()
    return done


def main() -> int:
    """Run the moments that are left, and sum up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("kill.jsonl"))
    parser.add_argument("--moments", type=int, default=300)
    parser.add_argument("--platform", default="xcb", choices=("xcb", "offscreen"))
    asked = parser.parse_args()
    done = run(asked.out, asked.moments, asked.platform)
    ages = sorted(one["worst"] for one in done)
    faults = [one for one in done if one["fault"]]
    told = [
        f"{len(done)} moments, {sum(one['edits'] for one in done)} edits told",
        f"{sum(one['lost'] for one in done)} edits older than {AGE * 1000:.0f} ms lost, {len(faults)} other faults",
        f"oldest edit lost: median {ages[len(ages) // 2] * 1000:.0f} ms, worst {ages[-1] * 1000:.0f} ms",
        *map(str, faults),
    ]
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if faults or any(one["lost"] for one in done) else 0


if __name__ == "__main__":
    sys.exit(main())
