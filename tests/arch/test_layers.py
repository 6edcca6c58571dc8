"""The rooms and what they may import."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

HEAVY = {"networkx", "numpy", "pyqtgraph", "scipy", "statsmodels"}


def test_rooms_import_downwards_only(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    status = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def modules(root: Path) -> list[Path]:
    return sorted((root / "workbench").rglob("*.py"))


def top_level_imports(path: Path) -> set[str]:
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
    return names


def test_nothing_heavy_is_imported_with_a_module(root):
    for path in modules(root):
        heavy = {name for name in top_level_imports(path) if name.split(".")[0] in HEAVY}
        assert not heavy, f"{path} imports {heavy} at once"


def test_package_markers_are_empty(root):
    for path in (root / "workbench").rglob("__init__.py"):
        assert path.read_text(encoding="utf-8") == "", path


@pytest.mark.parametrize("folder", ["workbench", "tests"])
def test_files_stay_small(root, folder):
    for path in sorted((root / folder).rglob("*.py")):
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= 450, f"{path} has {lines} lines; split it"


def test_no_path_of_a_machine_is_in_the_code(root):
    banned = ("/" + "work/", "/" + "home/", "C:" + "\\Users", "/" + "root/")
    for folder in ("workbench", "tests", "resources", ".ci"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in {".py", ".json", ".md", ".toml", "", ".svg"} or not path.is_file():
                continue
            text = path.read_text(encoding="utf-8")
            for word in banned:
                assert word not in text, f"{path} names {word}"
