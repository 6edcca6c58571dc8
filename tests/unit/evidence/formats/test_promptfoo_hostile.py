"""promptfoo files that are broken or made to do harm: read or refused, never anything else."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from tests.unit.evidence.formats.promptfoo_files import FOUR, cells, row, table, version_3, write, write_lines
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run

NODE = {
    "_resultsLoaded": False,
    "createdAt": 1,
    "id": "e",
    "config": {"tests": [{"vars": {}, "assert": [1]}], "providers": [{"id": "p", "config": {"seed": 1}}]},
    "results": [],
    "prompts": [{"label": "r", "provider": "p", "metrics": {"testPassCount": 1, "testFailCount": 1}}],
}


def test_wrong_types_at_every_place(tmp_path):
    one = row(0, True, namedScores={"a": 1}, metadata={"pluginId": "p"}, kind="x")
    fuzz.wrong_everywhere(tmp_path / "x", version_3([one], named={"a": 1.0}))
    fuzz.wrong_everywhere(tmp_path / "x", NODE)
    fuzz.wrong_everywhere(tmp_path / "x", one, json.dumps(one).encode() + b"\n")


def test_broken_files(tmp_path):
    path = tmp_path / "x"
    for good in (
        write(tmp_path, version_3(FOUR)).read_bytes(),
        write_lines(tmp_path, *FOUR).read_bytes(),
        table(tmp_path, *cells()).read_bytes(),
    ):
        fuzz.broken_variants(path, good)


def test_a_gibibyte(tmp_path):
    path = tmp_path / "x"
    for start in (
        json.dumps(version_3(FOUR)).encode()[:-40],
        json.dumps(FOUR[0]).encode() + b'\n{"success": true, "x": "',
        table(tmp_path, *cells()).read_bytes(),
    ):
        path.write_bytes(start)
        with path.open("r+b") as file:
            file.truncate(2**30)
        with pytest.raises(ImportProblem):
            read_run(path)


@settings(max_examples=fuzz.rounds(200), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.integers(0, 2))
def test_mutated_bytes(tmp_path, seed, kind):
    made = (
        lambda: write(tmp_path, version_3(FOUR)),
        lambda: write_lines(tmp_path, *FOUR),
        lambda: table(tmp_path, *cells()),
    )
    path = made[kind]()
    path.write_bytes(fuzz.mutated(path.read_bytes(), seed))
    fuzz.holds(path)


def junk_row(fields: dict[str, Any], success: bool) -> dict[str, Any]:
    return row(0, success) | fields | {"success": success}


FIELDS = sorted(set(row(0)) - {"success"})


@settings(max_examples=fuzz.rounds(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.builds(junk_row, st.dictionaries(st.sampled_from(FIELDS), fuzz.junk, max_size=4), st.booleans()), max_size=4
    ),
    fuzz.junk,
    fuzz.junk,
    st.booleans(),
)
def test_junk_in_the_shape_of_results(tmp_path, rows, config, prompts, empty_answers_fail):
    log = version_3([row(0, True)]) | {"config": config}
    log["results"] |= {"results": rows, "prompts": prompts, "stats": config}
    fuzz.holds(write(tmp_path, log), empty_answers_fail=empty_answers_fail)
    fuzz.holds(write_lines(tmp_path, row(1), *rows))


texts = st.text(alphabet='ab[]()":,.\n{}PASFILERO01 ', max_size=30)


@settings(max_examples=fuzz.rounds(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(texts, min_size=16, max_size=16), max_size=3),
    st.lists(st.tuples(st.integers(0, 15), texts), max_size=4),
)
def test_junk_in_the_shape_of_tables(tmp_path, rows, changes):
    header, *good = cells()
    for at, text in changes:
        header[at] = text
    fuzz.holds(table(tmp_path, header, *good, *rows))
    old = [["task", "[p] x"], ["a", "[PASS] (1.00)\n\nx\n\nPass Reason: y"], *(["b", "[FAIL] " + r[0]] for r in rows)]
    fuzz.holds(table(tmp_path, *old))
