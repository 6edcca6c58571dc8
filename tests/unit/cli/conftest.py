"""Running the command line inside the test."""

from dataclasses import dataclass

import pytest

from tests.unit.files.test_project import small
from workbench.cli.main import run
from workbench.files.project import save_project


@dataclass
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def hazard(capsys, monkeypatch):
    """``hazard("info", path)`` runs a command and returns exit code and output."""

    def call(*arguments) -> Result:
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def refused(hazard):
    """Runs a command that must exit 2 with one line on standard error; returns the line."""

    def call(*arguments) -> str:
        result = hazard(*arguments)
        assert result.code == 2, result
        assert result.err.startswith("hazard-workbench: ")
        assert result.err.count("\n") == 1
        return result.err.removeprefix("hazard-workbench: ").strip()

    return call


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "small.hazard.json"
    save_project(small(), path)
    return path
