"""``doctor``: whether this computer has what the program needs; with a file, whether that project is sound."""

import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import click

from workbench.cli.output import FINDINGS, print_json
from workbench.cli.system import display_answers, missing_libraries, missing_sentence, wanted_platform
from workbench.files.own import state_folder
from workbench.paths import resource

State = Literal["ok", "note", "problem"]
_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. A ``note`` is worth knowing and breaks nothing."""

    name: str
    state: State
    detail: str


def run_checks() -> list[Check]:
    """Look at everything the program needs. Starts no Qt."""
    return [_python(), *map(_package, _PACKAGES), _zstd(), _drawing(), _display(), _resources(), _state_folder()]


_PACKAGES = ("PySide6-Essentials", "pydantic", "orjson", "networkx", "pyqtgraph", "psygnal", "font-source-sans-pro")


@click.command()
@click.argument("file", metavar="[FILE]", required=False)
@click.option("-o", "out", metavar="OUT", type=click.Path(path_type=Path), help="Write what can be saved of FILE here.")
@click.option("--force", is_flag=True, help="Replace OUT where it exists.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def doctor(ctx: click.Context, file: str | None, out: Path | None, *, force: bool, as_json: bool) -> None:
    """Check what the program needs from this computer, or whether a project is damaged; exit 1 where something is.

    Of a damaged FILE everything that still holds can be saved to OUT; what cannot is listed. FILE is never changed.
    """
    if file is not None:
        from workbench.cli.damaged import examine  # noqa: PLC0415 - a look at the computer reads no project

        ctx.exit(examine(file, out, as_json=as_json, force=force))
    if out is not None:
        raise click.UsageError("-o needs a FILE to save from.", ctx)
    checks = run_checks()
    if as_json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            click.echo(f"{check.state:<8} {check.name}: {check.detail}")
    if any(check.state == "problem" for check in checks):
        ctx.exit(FINDINGS)


def _python() -> Check:
    version = platform.python_version()
    if sys.version_info < _OLDEST_PYTHON:
        return Check("Python", "problem", f"{version} is too old; install Python 3.11 or later")
    return Check("Python", "ok", version)


def _package(name: str) -> Check:
    try:
        return Check(name, "ok", metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, "problem", f"is not installed; run: {sys.executable} -m pip install {name}")


def _zstd() -> Check:
    module = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    try:
        found = find_spec(module) is not None
    except ModuleNotFoundError:
        found = False
    if found:
        return Check("zstd", "ok", module)
    return Check("zstd", "problem", "Inspect logs cannot be read; run: python -m pip install backports.zstd")


def _drawing() -> Check:
    missing = missing_libraries("offscreen")
    if missing:
        return Check("drawing", "problem", missing_sentence(missing))
    return Check("drawing", "ok", "every system library that exports need is there")


def _display() -> Check:
    wanted = wanted_platform()
    if wanted is None:
        return Check("display", "note", "none; commands and exports work, the window does not open")
    missing = missing_libraries(wanted)
    if missing:
        return Check("display", "problem", missing_sentence(missing))
    if not display_answers(wanted):
        return Check(
            "display", "problem", f"DISPLAY={os.environ.get('DISPLAY', '')} does not answer; correct or unset it"
        )
    return Check("display", "ok", wanted)


def _resources() -> Check:
    missing = [name for name in ("project.schema.json", "themes", "templates") if not resource(name).exists()]
    if missing:
        return Check("resources", "problem", f"{', '.join(missing)} not found; install the program again")
    return Check("resources", "ok", str(resource()))


def _state_folder() -> Check:
    folder = state_folder()
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    if os.access(nearest, os.W_OK | os.X_OK):
        return Check("state folder", "ok", str(folder))
    return Check("state folder", "problem", f"{folder} may not be written; allow writing to {nearest}")
