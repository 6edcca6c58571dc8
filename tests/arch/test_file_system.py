"""What writes to the file system goes through one seam, so that tests can make every operation fail."""

import ast
from functools import cache
from pathlib import Path

import pytest

SEAM = "files/fileops.py"
MODULES = {
    "os": {
        *("open", "write", "fsync", "fdatasync", "replace", "rename", "renames"),
        *("unlink", "remove", "rmdir", "mkdir", "makedirs", "truncate", "ftruncate"),
        *("link", "symlink", "chmod", "chown", "utime", "fdopen"),
    },
    "shutil": {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move", "rmtree"},
    "tempfile": {"mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory"},
}
"""Functions that change the file system."""
METHODS = {"write_bytes", "write_text", "unlink", "mkdir", "rmdir", "touch", "chmod", "symlink_to", "hardlink_to"}
"""Methods of paths that do so, but ``replace`` and ``rename``, which others have too."""
CLASSES = {"QSaveFile", "QFile", "QTemporaryFile", "QTemporaryDir", "QSettings", "QDir"}
READERS = {"read_bytes", "read_text", "open"}
READ_ELSEWHERE = {
    "analysis/": "data files of the program",
    "cli/git_setup.py": "settings of git, to which lines are added",
    "cli/given.py": "a copy of standard input",
    "commands/schemes.py": "data files of the program",
    "evidence/formats/": "runs, which importers only look at, in pieces",
    "evidence/intake.py": "runs, which importers only look at, in pieces",
    "evidence/mapping.py": "profiles given by the user, which are only looked at",
    "files/log_": "hazard logs and profiles of their columns, which the importer only looks at",
    "panels/help_window.py": "the guide",
    "panels/icons.py": "data files of the program",
    "render/tokens.py": "data files of the program",
}
"""Where files are read past the seam (beginnings of paths), and what they are."""


WRITTEN_ELSEWHERE = {"cli/given.py": "a copy of standard input, gone with the command"}


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    """Every call in a module."""
    return tuple(node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> tuple[str, str]:
    """What is called, and the name before the dot."""
    if isinstance(call.func, ast.Name):
        return call.func.id, ""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr, call.func.value.id if isinstance(call.func.value, ast.Name) else "?"
    return "", "?"


def writes(path: Path) -> list[str]:
    """Calls of a module that change the file system."""
    found = []
    for call in calls(path):
        name, owner = name_of(call)
        if owner in MODULES:
            guilty = name in MODULES[owner]
        elif owner:
            guilty = name in METHODS
        else:
            guilty = name in CLASSES or name == "open"
        if guilty:
            found.append(f"{path.name}:{call.lineno} {owner}.{name}")
    return found


def renames(path: Path) -> list[str]:
    """Calls of ``replace`` and ``rename`` with one argument: text, records and titles take more, or names."""
    found = []
    for call in calls(path):
        name, owner = name_of(call)
        if owner and name in ("replace", "rename") and len(call.args) == 1 and not call.keywords:
            found.append(f"{path.name}:{call.lineno}")
    return found


def reads(path: Path) -> list[str]:
    """Calls of a module that open files for reading."""
    found = []
    for call in calls(path):
        name, owner = name_of(call)
        if owner and name in READERS:
            texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name != "open" or any(set(text) <= set("rwabt+x") for text in texts):
                found.append(f"{path.name}:{call.lineno} {name}")
    return found


def modules(root: Path) -> list[tuple[str, Path]]:
    package = root / "workbench"
    return [(path.relative_to(package).as_posix(), path) for path in sorted(package.rglob("*.py"))]


def test_nothing_writes_past_the_seam(root):
    for name, path in modules(root):
        if name != SEAM and name not in WRITTEN_ELSEWHERE:
            assert writes(path) == [], f"{name}: let FileOps do it"
            assert renames(path) == [], f"{name}: let FileOps do it"


def test_what_is_the_users_own_is_read_through_the_seam(root):
    for name, path in modules(root):
        if name != SEAM and not name.startswith(tuple(READ_ELSEWHERE)):
            assert reads(path) == [], f"{name}: let FileOps do it, or say here what is read"


@pytest.mark.parametrize(
    "text",
    ["open('a')", "os.replace(a, b)", "path.unlink()", "tempfile.mkdtemp()", "path.write_text('')", "QSaveFile(name)"],
)
def test_the_check_itself_finds_writes(tmp_path, text):
    path = tmp_path / "module.py"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert writes(path)


@pytest.mark.parametrize(
    ("text", "found"), [("a.replace(b)", 1), ("a.rename(b)", 1), ("text.replace('a', 'b')", 0), ("r.replace(x=1)", 0)]
)
def test_the_check_itself_finds_renames(tmp_path, text, found):
    path = tmp_path / "module.py"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert len(renames(path)) == found


@pytest.mark.parametrize(("text", "found"), [("p.read_bytes()", 1), ("p.open('rb')", 1), ("host.open(path)", 0)])
def test_the_check_itself_finds_reads(tmp_path, text, found):
    path = tmp_path / "module.py"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert len(reads(path)) == found
