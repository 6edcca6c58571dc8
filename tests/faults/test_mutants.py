"""The mutants themselves: each is one change, none touches the checkout, and a run is taken up where it ended."""

import ast
import json
import subprocess
import sys

import pytest

from tests.faults.mutants import PARTS, ROOT, chosen, mutants_of, mutated

CODE = '''
"""A text."""

LIMIT: int = 3


def first(a: "int > 2", b, on=True) -> bool:
    """Not this: 1 < 2."""
    if a < b and not on:
        raise ValueError(f"{a > b} {LIMIT - 1}")
    a += 1
    return max(a, b)
'''


def test_every_way_is_found_once_where_code_runs():
    found = mutants_of("save", "x.py", CODE)
    told = sorted(f"{mutant.line} {mutant.way}" for mutant in found)
    assert told == sorted(
        [
            *("4 one more", "4 one less"),
            "7 other truth",
            *("9 negate the condition", "9 swap and/or", "9 flip the comparison", "9 drop the not"),
            "10 remove the statement",
            *("11 remove the statement", "11 one more", "11 one less"),
            *("12 remove the statement", "12 swap arguments"),
        ]
    )
    plain = ast.unparse(ast.parse(CODE))
    texts = [mutated(CODE, mutant) for mutant in found]
    assert len({plain, *texts}) == len(found) + 1
    for text in texts:
        ast.parse(text)
    assert any("return max(b, a)" in text for text in texts)


def test_more_mutants_begin_with_the_same():
    many = chosen(ROOT, 7, 10**6)
    assert chosen(ROOT, 7, 40) == many[:40] != chosen(ROOT, 8, 40)
    assert {mutant.part for mutant in many} == set(PARTS)
    assert len({mutant.name for mutant in many}) == len(many) >= 1_000


@pytest.mark.slow
def test_a_few_are_tried_in_a_copy_and_a_run_is_taken_up(tmp_path):
    results = tmp_path / "results.jsonl"
    sources = {path: path.read_bytes() for path in (ROOT / "workbench" / "files" / "migrations").glob("*.py")}
    command = [sys.executable, "-m", "tests.faults.mutants", results, "--part", "migrations", "--count", "100000"]
    tests = ("--tests", "tests/unit/files/test_migrations.py")
    for share in ("0/20", "0/10"):  # every mutant of the first is one of the second
        done = subprocess.run(
            [*command, "--share", share, *tests], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode in (0, 1), done.stderr
    lines = [json.loads(line) for line in results.read_text().splitlines()]
    assert len({line["mutant"] for line in lines}) == len(lines) > 2
    assert {line["outcome"] for line in lines} <= {"killed", "survived", "timeout"}
    assert "killed" in {line["outcome"] for line in lines}
    assert sources == {path: path.read_bytes() for path in sources}
