"""The targets of fuzzing, tried with some mutations each; the long run is that of the scripts."""

import json

import pytest

from tests.faults import fuzz_importers, fuzz_loader, fuzz_merge, fuzz_migrations, fuzz_salvage
from tests.faults.fuzz import checked, main, mutated, without_atheris

PREPARE = {
    "loader": fuzz_loader.prepare,
    "migrations": fuzz_migrations.prepare,
    "merge": fuzz_merge.prepare,
    "salvage": fuzz_salvage.prepare,
    **{name: fuzz_importers.prepare(name) for name in ("human-eval", "junit", "table", "bandit")},
}


@pytest.mark.parametrize("name", PREPARE)
def test_mutations_do_no_harm(name):
    target, seeds = PREPARE[name]()
    assert without_atheris(checked(target), [*seeds], 0, 60, 60) == -1


def test_a_target_that_fails_is_found_and_its_number_told(capsys):
    def target(data: bytes) -> None:
        assert b"\0" not in data

    failed = without_atheris(target, [b'{"a": 1}'], 0, 1_000, 60)
    assert failed >= 0
    assert f"input {failed} failed" in capsys.readouterr().out
    assert b"\0" in mutated(b'{"a": 1}', failed), "a number is an input"


def test_the_scripts_run_by_themselves(tmp_path, capsys):
    arguments = ["--seconds", "0", "--count", "3", "--corpus", str(tmp_path)]
    assert main("loader", fuzz_loader.prepare, [*arguments, "--only", str(_good(tmp_path))]) == 0


def _good(folder):
    path = folder / "good.json"
    path.write_text(json.dumps({"format": "hazard-workbench", "version": {"major": 1, "minor": 0}, "records": {}}))
    return path
