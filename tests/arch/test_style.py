"""Format, lint and types, as part of the suite."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "arguments",
    [["ruff", "check", "--quiet"], ["ruff", "format", "--check", "--quiet"]],
    ids=["lint", "format"],
)
def test_ruff_has_nothing_to_say(root, arguments):
    result = subprocess.run(
        [sys.executable, "-m", *arguments, "."], cwd=root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
def test_types_are_strict(root):
    result = subprocess.run([sys.executable, "-m", "mypy"], cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-4_000:] + result.stderr


def test_thousands_are_parted_by_commas_everywhere(root):
    """The format ``:,`` writes them; nothing writes them in another way."""
    for path in (root / "workbench").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert 'replace(",", "\\u202f")' not in text, path
