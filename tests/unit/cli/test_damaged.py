"""``doctor FILE`` says what is damaged and writes what can be saved, elsewhere."""

import json

import pytest

from workbench.cli.main import run
from workbench.files.project import load_project
from workbench.paths import sample

GOOD = sample("autonomous-mower.hazard.json").read_bytes()


@pytest.fixture
def damaged(tmp_path):
    path = tmp_path / "damaged.hazard.json"
    path.write_bytes(GOOD[: len(GOOD) * 2 // 3])
    return path


def test_a_sound_project(tmp_path, capsys):
    path = tmp_path / "a.hazard.json"
    path.write_bytes(GOOD)
    assert run(["doctor", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: opens; nothing in it is damaged.\n"
    assert run(["doctor", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["opens"] is True


def test_what_can_be_saved_is_written_and_the_rest_listed(damaged, tmp_path, capsys):
    before, out = damaged.read_bytes(), tmp_path / "saved.hazard.json"
    assert run(["doctor", str(damaged)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert "not valid JSON" in told[0]
    assert "records can be saved" in told[1]
    assert told[-1] == f"To write what can be saved: hazard-workbench doctor {damaged} -o OUT.hazard.json"
    assert not out.exists()
    assert run(["doctor", str(damaged), "-o", str(out)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"Wrote what can be saved to {out}; {damaged} is as it was."
    assert damaged.read_bytes() == before
    assert len(load_project(out).store) > 20
    assert run(["doctor", str(damaged), "-o", str(out)]) == 2
    assert "--force" in capsys.readouterr().err
    assert run(["doctor", str(damaged), "-o", str(out), "--force", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["saved"] == len(load_project(out).store)
    assert {"record", "id", "field", "why"} == told["lost"][0].keys()


def test_errors_are_one_line(damaged, tmp_path, capsys):
    other = tmp_path / "x.hazard.json"
    other.write_text("hello")
    cases = (
        ([str(other)], "Nothing can be saved"),
        ([str(tmp_path / "none.hazard.json")], "there is no such file"),
        ([str(damaged), "-o", str(damaged), "--force"], "is left as it is"),
        (["-"], "give its file"),
        (["-o", str(other)], "-o needs a FILE"),
        ([str(damaged), "-o", str(tmp_path / "no" / "where.hazard.json")], "where.hazard.json"),
    )
    for arguments, words in cases:
        assert run(["doctor", *arguments]) == 2
        told = capsys.readouterr()
        assert told.err.count("\n") == 1
        assert words in told.err
    assert other.read_text() == "hello"
