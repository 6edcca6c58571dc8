"""``evidence read`` and ``evidence add`` of several runs, folders, tables and standard input; runs written as EEE."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.unit.evidence.logs import header, rows, write_eval, write_lines
from workbench.cli.evidence import evidence
from workbench.evidence import profiles
from workbench.evidence.eee_export import eee_record
from workbench.evidence.profile import profile_from
from workbench.evidence.reading import read_run
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause
from workbench.model.runs import Run
from workbench.store.store import Store

TABLE = "task,model,lang,ok\n" + "".join(
    f"t{item},{model},{'py' if item % 2 else 'c'},{int(item < limit)}\n"
    for model, limit in (("m1", 9), ("m2", 3))
    for item in range(10)
)
PROFILE = {
    "profile": 1,
    "name": "mine",
    "columns": {"item": "task", "model": "model", "split": ["model"], "strata": ["lang"]},
    "metrics": [{"name": "pass_rate", "passed": "ok"}],
}


def call(*arguments: object, text: bytes | None = None) -> Result:
    return CliRunner().invoke(evidence, [str(argument) for argument in arguments], input=text)


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "runs"
    inside.mkdir()
    write_eval(inside / "a.eval", header(), rows("C", "I", "C", "I"))
    write_lines(inside / "b.jsonl", {"task_id": "HumanEval/1", "completion": "x", "passed": True})
    (inside / "t.csv").write_text(TABLE, encoding="utf-8")
    (inside / "notes.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "p.json").write_text(json.dumps(PROFILE), encoding="utf-8")
    return inside


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "p.hazard.json"
    save_project(Store([Cause(id="c1", code="C-1", title="Wrong code is trusted")]), path)
    return path


def test_a_folder_is_read_and_what_fails_is_told(folder):
    done = call("read", folder, "--json")
    assert done.exit_code == 2, "the table is not mapped"
    assert [run["format"] for run in json.loads(done.stdout)] == ["inspect", "human-eval"]
    assert "t.csv: is a CSV table, and nobody has said what its columns mean: task, model, lang, ok" in done.stderr
    mapped = call("read", folder, folder / "missing", "--map", folder.parent / "p.json")
    assert mapped.exit_code == 2
    assert "missing: does not exist" in mapped.stderr
    assert "1 file in folders passed over" in mapped.stderr
    assert "pass_rate · lang py" in mapped.stdout
    fine = call("read", folder, "--map", folder.parent / "p.json", "--json")
    assert (fine.exit_code, fine.stderr) == (0, "")
    found = json.loads(fine.stdout)
    assert [(run["format"], run["model"]) for run in found] == [
        ("inspect", "lab/model-1"),
        ("human-eval", ""),
        ("table", "m1"),
        ("table", "m2"),
    ]
    assert [metric["strata"] for metric in found[2]["metrics"]] == [{}, {"lang": "c"}, {"lang": "py"}]
    assert found[2]["settings"]["model"] == "m1"
    assert found[2]["companions"] == []


def test_a_saved_profile_is_known_by_name(folder, monkeypatch, tmp_path):
    monkeypatch.setattr(profiles, "profile_folder", lambda: tmp_path / "config")
    profiles.save_profile(profile_from(PROFILE))
    done = call("read", folder / "t.csv", "--map", "Mine", "--json")
    assert done.exit_code == 0
    assert len(json.loads(done.stdout)) == 2
    for name in ("other", "x" * 5_000, "a\0b"):
        refused = call("read", folder / "t.csv", "--map", name)
        assert refused.exit_code == 2
        assert "cannot be read" in refused.stderr


def test_runs_are_narrowed_by_model(folder):
    options = ("--map", folder.parent / "p.json", "--json")
    assert len(json.loads(call("read", folder, *options, "--model", "M1").stdout)) == 1
    assert len(json.loads(call("read", folder, *options, "--task", "mine · m2").stdout)) == 1


def test_standard_input_is_read(folder):
    whole = (folder / "a.eval").read_bytes()
    (found,) = json.loads(call("read", "-", "--json", text=whole).stdout)
    assert (found["format"], found["source"]["path"]) == ("inspect", "-")
    assert any("standard input" in doubt for doubt in found["doubts"])
    both = call("read", folder / "b.jsonl", "-", "--json", text=b"")
    assert both.exit_code == 2
    assert "standard input: is empty" in both.stderr
    assert len(json.loads(both.stdout)) == 1
    table = call("read", "-", text=TABLE.encode())
    assert "standard input: is a CSV table" in table.stderr


def test_a_run_of_a_folder_is_added(folder, project):
    options = (
        "--to",
        "C-1",
        "--metric",
        "pass_rate",
        "--criterion",
        ">= 50%",
        "--map",
        folder.parent / "p.json",
        "--json",
    )
    vague = call("add", project, folder, *options)
    assert vague.exit_code == 2
    assert "--task or --model: HumanEval: pass_rate, mine · m1: pass_rate, mine · m2: pass_rate" in vague.stderr
    done = call("add", project, folder, *options, "--model", "m1")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["n"], told["verdict"]) == (10, "supports")
    (run,) = load_project(project).store.all(Run)
    assert run.source.path == "runs/t.csv"
    part = call("add", project, folder, *options[:3], "pass_rate · lang c", *options[4:], "--model", "m2")
    assert json.loads(part.stdout)["n"] == 5


def test_a_run_from_standard_input_is_added(folder, project):
    options = ("--to", "C-1", "--metric", "accuracy", "--criterion", ">= 10%")
    assert call("add", project, "-", *options, text=(folder / "a.eval").read_bytes()).exit_code == 0
    (run,) = load_project(project).store.all(Run)
    assert run.source.path == "-"
    assert call("add", project, "-", *options, text=b"").exit_code == 2


def test_a_problem_beside_a_run_is_told_and_the_run_is_added(folder, project):
    done = call("add", project, folder, "--to", "C-1", "--metric", "accuracy", "--criterion", ">= 10%")
    assert done.exit_code == 0
    assert "t.csv: is a CSV table" in done.stderr


class TestWriting:
    def test_a_run_is_written_as_eee(self, folder, tmp_path):
        out = tmp_path / "out.json"
        done = call("read", folder / "a.eval", "--as", "eee", "-o", out)
        assert done.exit_code == 0
        assert "1 results written" in done.stdout
        record = json.loads(out.read_bytes())
        assert record["schema_version"] == "0.3.0"
        assert record["model_info"]["id"] == "lab/model-1"
        (result,) = record["evaluation_results"]
        assert result["score_details"]["score"] == 0.5
        assert result["score_details"]["uncertainty"]["num_samples"] == 4

    def test_one_run_at_a_time(self, folder, tmp_path):
        out = tmp_path / "out.json"
        options = ("--map", tmp_path / "p.json", "--as", "eee", "-o", out)
        assert "2 runs were read" in call("read", folder / "t.csv", *options).stderr
        assert not out.exists()
        assert call("read", folder / "t.csv", *options, "--model", "m2").exit_code == 0
        assert len(json.loads(out.read_bytes())["evaluation_results"]) == 3
        assert "--as needs -o" in call("read", folder / "a.eval", "--as", "eee").stderr
        assert "no such folder" in call("read", folder / "a.eval", "--as", "eee", "-o", tmp_path / "no" / "x").stderr

    def test_what_is_written_is_valid(self, folder, shared):
        import jsonschema

        schema = json.loads((shared / "evalruns" / "every_eval_ever" / "eval.schema.json").read_bytes())
        options: dict[str, Any] = {"profile": PROFILE}
        files = [path for path in folder.iterdir() if path.name != "notes.txt"]
        files += [*(shared / "evalruns" / "inspect").glob("*.eval"), *(shared / "evalruns" / "inspect").glob("*.json")]
        files += [*(shared / "evalruns" / "humaneval").glob("*1.jsonl")]
        for path in files:
            for imported in read_run(path, **(options if path.suffix == ".csv" else {})):
                record, left_out = eee_record(imported.run, imported.metrics)
                jsonschema.validate(json.loads(json.dumps(record)), schema)
                assert len(record["evaluation_results"]) + sum("left out" in line for line in left_out) == len(
                    imported.metrics
                )

    def test_nothing_of_the_clock_and_no_direction_of_ours(self, folder):
        (imported,) = read_run(folder / "b.jsonl")
        record, left_out = eee_record(imported.run, imported.metrics)
        assert record == eee_record(imported.run, imported.metrics)[0]
        assert record["retrieved_timestamp"] == "unknown"
        assert any("direction" in line for line in left_out)
        assert "not known" in record["evaluation_results"][0]["metric_config"]["additional_details"]["direction"]
