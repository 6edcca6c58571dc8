"""Seeded mutants of what keeps a user's work: would a test notice if a line of it were wrong? Run as a script:

``python -m tests.faults.mutants RESULTS [--count 400] [--seed 1] [--seconds 60]``

Each mutant is one small change of one file, made in a scratch copy and run against the tests of its part; the checkout
stays as it is. A line of RESULTS (JSON) says which it was and what became of it: ``killed``, ``timeout`` or
``survived``. Mutants that are in RESULTS already are passed over, so that a run can be taken up again. Survivors are to
be read: each wants a better test, or is no change of behaviour.
"""

import argparse
import ast
import copy
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

import orjson  # noqa: F401 - imported once for the tests of every mutant, as are the next ones
import psygnal  # noqa: F401 - as above
import pydantic  # noqa: F401 - as above
import pytest
from PySide6 import QtTest, QtWidgets  # noqa: F401 - as above

from workbench.values import value_type

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDERS: Final = ("workbench", "tests", "resources", "samples")
PARTS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "save": (
        ("atomic", "fileops", "beside", "project", "header", "rescue"),
        (
            "tests/unit/files/test_project.py",
            "tests/unit/files/test_ways_in_and_out.py",
            "tests/unit/files/test_fileops.py",
            "tests/unit/files/test_older_versions.py",
            "tests/unit/files/test_bad_files.py",
            "tests/faults/test_atomic_save.py",
        ),
    ),
    "journal": (
        ("journal_lines", "journal", "journal_fresh", "journal_writer", "recovery", "lock", "owner"),
        (
            "tests/unit/files/test_journal.py",
            "tests/unit/files/test_journal_fresh.py",
            "tests/unit/files/test_journal_writer.py",
            "tests/unit/files/test_lock.py",
            "tests/faults/test_journal.py",
            "tests/faults/test_journal_fresh.py",
        ),
    ),
    "merge": (
        ("merge", "merge_ratings", "settling"),
        ("tests/unit/files/test_settling.py", "tests/unit/files/test_merge.py"),
    ),
    "migrations": (
        ("migrations/registry",),
        ("tests/unit/files/test_migrations.py", "tests/unit/files/test_older_versions.py"),
    ),
}
"""Files below ``workbench/files``, and the tests that are to notice a change of one, by part."""

_FLIPS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_REMOVABLE: Final = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Return, ast.Delete)
Change = Callable[[ast.AST], ast.AST]
"""Changes a node of a copy in place, or gives another one for it."""


@value_type(frozen=True, slots=True)
class Mutant:
    """One change: of which file, which node of it in the order of ``ast.walk``, and which way."""

    part: str
    file: str
    node: int
    way: str
    line: int

    @property
    def name(self) -> str:
        """What tells it from every other mutant of this version of the code."""
        return f"{self.file}:{self.line}:{self.node}:{self.way}"


def ways(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """The changes that can be made of a node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _FLIPS:
        yield "flip the comparison", _flip
    elif isinstance(node, ast.BoolOp):
        yield "swap and/or", _swap_junction
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "drop the not", lambda one: one.operand  # type: ignore[attr-defined]  # it is the node looked at here
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "negate the condition", _negate
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "other truth", _other_truth
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "one more", lambda one: _add(one, 1)
        yield "one less", lambda one: _add(one, -1)
    elif isinstance(node, ast.Call) and len(node.args) > 1 and not any(isinstance(a, ast.Starred) for a in node.args):
        yield "swap arguments", _swap_arguments
    elif isinstance(node, _REMOVABLE) and not _is_text(node):
        yield "remove the statement", lambda one: ast.copy_location(ast.Pass(), one)


def _flip(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Compare)
    node.ops[0] = _FLIPS[type(node.ops[0])]()
    return node


def _swap_junction(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node


def _negate(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.If | ast.IfExp | ast.While)
    node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    return node


def _other_truth(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Constant)
    node.value = not node.value
    return node


def _add(node: ast.AST, step: int) -> ast.AST:
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, int | float)
    node.value += step
    return node


def _swap_arguments(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Call)
    node.args[0], node.args[1] = node.args[1], node.args[0]
    return node


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _code(tree: ast.Module) -> Iterator[tuple[int, ast.AST]]:
    """The nodes that run, with their numbers; not those of annotations, imports and texts for people."""
    passed: set[int] = set()
    for number, node in enumerate(ast.walk(tree)):
        notes = (getattr(node, "annotation", None), getattr(node, "returns", None))
        spoken = (node,) if isinstance(node, ast.JoinedStr) else ()
        for root in (*filter(None, notes), *spoken):
            passed.update(id(below) for below in ast.walk(root))
        if id(node) not in passed:
            yield number, node


def mutants_of(part: str, file: str, text: str) -> list[Mutant]:
    """Every mutant of one file."""
    return [
        Mutant(part, file, number, way, getattr(node, "lineno", 0))
        for number, node in _code(ast.parse(text))
        for way, _ in ways(node)
    ]


def mutated(text: str, mutant: Mutant) -> str:
    """The text of a file with one change made."""
    tree = copy.deepcopy(ast.parse(text))
    target = list(ast.walk(tree))[mutant.node]
    changed = dict(ways(target))[mutant.way](target)
    if changed is not target:
        for parent in ast.walk(tree):
            for field, value in ast.iter_fields(parent):
                if value is target:
                    setattr(parent, field, changed)
                elif isinstance(value, list):
                    value[:] = [changed if one is target else one for one in value]
    return ast.unparse(ast.fix_missing_locations(tree))


def chosen(root: Path, seed: int, count: int) -> list[Mutant]:
    """As many mutants as asked for, in an order that follows from the seed, so that more of them begin with these."""
    found = [
        mutant
        for part, (names, _) in PARTS.items()
        for file in (f"workbench/files/{name}.py" for name in names)
        for mutant in mutants_of(part, file, (root / file).read_text(encoding="utf-8"))
    ]
    random.Random(seed).shuffle(found)
    return found[:count]


class Scratch:
    """A copy of the program and its tests as they are now, in which one mutant at a time stands."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder, self._seconds = folder, seconds
        for name in FOLDERS:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)

    def run(self, tests: Sequence[str]) -> tuple[str, str]:
        """What becomes of tests here, in a process of their own, and what was said about the one that failed."""
        said = self.folder / "said.txt"
        child = os.fork()  # not a new interpreter: what does not change is imported once, which halves the time
        if child == 0:
            _test(self.folder, said, tests)
        until = time.monotonic() + self._seconds
        while (ended := os.waitpid(child, os.WNOHANG))[0] == 0:
            if time.monotonic() > until:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return "timeout", ""
            time.sleep(0.05)
        lines = said.read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line for line in lines if line.startswith(("FAILED", "ERROR"))] or lines
        return "killed" if ended[1] else "survived", "".join(told[-1:])

    def try_mutant(self, mutant: Mutant, tests: Sequence[str]) -> tuple[str, str]:
        """Run the tests with a mutant in its place; the file is as before afterwards."""
        path = self.folder / mutant.file
        text = path.read_text(encoding="utf-8")
        path.write_text(mutated(text, mutant), encoding="utf-8")
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
            compiled.unlink()  # one of the same length, made in the same second, would count as current
        try:
            return self.run(tests)
        finally:
            path.write_text(text, encoding="utf-8")


def _test(folder: Path, said: Path, tests: Sequence[str]) -> NoReturn:
    """Run tests in the copy, as a process of its own that ends with their outcome."""
    outcome = 3
    try:
        os.setsid()
        written = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(written, 1)
        os.dup2(written, 2)
        os.chdir(folder)
        sys.dont_write_bytecode = (folder / ".compiled").exists()
        (folder / ".compiled").touch()
        for name in [name for name in sys.modules if name.split(".")[0] in FOLDERS]:
            del sys.modules[name]
        sys.path.insert(0, str(folder))
        outcome = int(
            pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--tb=line", f"--basetemp={folder / 'temp'}", *tests])
        )
        source = sys.modules["workbench"].__file__ or ""
        outcome = outcome if Path(source).is_relative_to(folder) else 3
    except Exception:  # a mutant may do anything; that it was seen to is told
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(outcome)


def _known(results: Path) -> dict[str, str]:
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    return {line["mutant"]: line["outcome"] for line in map(json.loads, lines)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run mutants; 1 where one survived, 2 where tests fail without any."""
    parser = argparse.ArgumentParser(prog="mutants")
    parser.add_argument("results", type=Path)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=120, help="the most one mutant may take")
    parser.add_argument("--part", choices=PARTS, action="append", help="only mutants of this part")
    parser.add_argument("--share", default="0/1", help="N/M: every M-th mutant from the N-th on, for several processes")
    parser.add_argument("--tests", nargs="+", help="these tests instead of those of the part")
    parser.add_argument("--survivors", type=Path, help="only mutants that survived in this earlier result")
    asked = parser.parse_args(arguments)
    first, every = (int(number) for number in asked.share.split("/"))
    outcomes = _known(asked.results)
    earlier = _known(asked.survivors) if asked.survivors else None
    with tempfile.TemporaryDirectory(prefix="mutants-") as made, asked.results.open("a", encoding="utf-8") as out:
        scratch = Scratch(Path(made), asked.seconds)
        wanted = [
            one
            for one in chosen(scratch.folder, asked.seed, asked.count)
            if one.part in (asked.part or PARTS) and (earlier is None or earlier.get(one.name) == "survived")
        ][first::every]
        waiting = [one for one in wanted if one.name not in outcomes]
        for tests in {tuple(asked.tests or PARTS[one.part][1]) for one in waiting}:
            outcome, said = scratch.run(tests)
            if outcome != "survived":
                sys.stderr.write(f"{' '.join(tests)}: {outcome} without any mutant: {said}\n")
                return 2
        for mutant in waiting:
            began = time.monotonic()
            outcome, said = scratch.try_mutant(mutant, asked.tests or PARTS[mutant.part][1])
            outcomes[mutant.name] = outcome
            line = {"mutant": mutant.name, "part": mutant.part, "outcome": outcome, "said": said}
            out.write(json.dumps({**line, "seconds": round(time.monotonic() - began, 1)}) + "\n")
            out.flush()
    survivors = [one.name for one in wanted if outcomes[one.name] == "survived"]
    sys.stdout.write("\n".join([f"{len(wanted)} mutants, {len(survivors)} survived", *survivors, ""]))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
