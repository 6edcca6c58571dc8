"""The wheel and the source archive: built, and found to hold what the installed program needs."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile

import pytest


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """Folder with a freshly built wheel and source archive."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return out


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """The wheel unpacked, as pip would lay it down."""
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed, folder, *arguments):
    """The command line of the unpacked wheel, far from the checkout."""
    command = [sys.executable, "-P", "-m", "workbench", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_wheel_holds_code_resources_and_samples(built, root):
    (wheel,) = built.glob("*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
        scripts = archive.read(next(name for name in names if name.endswith("/entry_points.txt"))).decode()
    for folder in ("resources", "samples"):
        for path in (root / folder).rglob("*"):
            if path.is_file():
                assert f"workbench/_data/{path.relative_to(root).as_posix()}" in names
    assert not any(name.startswith("tests/") for name in names)
    assert "hazard-workbench = workbench.__main__:main" in scripts
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Python: >=3.11" in metadata


def test_the_source_archive_builds_again(built):
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "workbench/__main__.py", "tests/conftest.py"} <= names
    assert any(name.startswith("resources/") for name in names)


def test_the_installed_program_finds_its_resources(installed, tmp_path):
    result = run(installed, tmp_path, "new", "a.hazard.json", "--template", "bow-tie")
    assert (result.returncode, result.stderr) == (0, "")
    info = run(installed, tmp_path, "info", "a.hazard.json", "--json")
    assert json.loads(info.stdout)["counts"]["hazard"] == 1
    doctor = json.loads(run(installed, tmp_path, "doctor", "--json").stdout)
    resources = next(check for check in doctor["checks"] if check["name"] == "resources")
    assert resources["state"] == "ok"
    assert resources["detail"].startswith(str(installed))


def test_the_installed_program_draws(installed, tmp_path):
    run(installed, tmp_path, "new", "a.hazard.json", "--template", "simple")
    result = run(installed, tmp_path, "export", "a.hazard.json", "-o", "a.svg")
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<")


def test_the_installed_program_finds_its_samples(installed, root):
    probe = "from workbench.paths import sample; print(sample('x').parent)"
    result = subprocess.run(
        [sys.executable, "-P", "-c", probe],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    folder = installed / "workbench" / "_data" / "samples"
    assert result.stdout.strip() == str(folder)
    assert sorted(path.name for path in folder.glob("*")) == sorted(path.name for path in (root / "samples").glob("*"))
