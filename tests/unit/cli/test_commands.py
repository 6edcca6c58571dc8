"""The commands that draw nothing: shapes of their JSON, exit codes, one line for every error."""

import io
import json

import jsonschema
import pytest

from workbench.cli.table import COMMANDS
from workbench.files.header import Header
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause, Link
from workbench.model.judgement import PROJECT_ID, Project
from workbench.store.store import Store


def newer(path, major, minor):
    loaded = load_project(path)
    save_project(loaded.store, path, Header(major, minor))
    return path


def test_help_names_every_command(hazard):
    result = hazard("--help")
    assert result.code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.out
    assert "--or-export" in result.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(hazard, name):
    result = hazard(name, "--help")
    assert result.code == 0
    assert result.out.startswith(f"Usage: hazard-workbench {name}")


def test_version(hazard):
    assert hazard("--version").out.startswith("hazard-workbench ")


def test_wrong_use_is_one_line(refused):
    assert refused("info") == "Missing argument 'FILE'. See hazard-workbench info --help."
    assert "No such option" in refused("info", "a", "--nonsense")
    assert "neither a command nor a file" in refused("chek")
    assert "neither a command nor a file" in refused("x" * 300), "longer than a file's name may be"
    assert "there is no such file" in refused("none.hazard.json")


# info


def test_info_json(hazard, project):
    result = hazard("info", project, "--json")
    data = json.loads(result.out)
    assert result.code == 0
    assert data["title"].startswith("Tïtle")
    assert data["version"] == {"major": 1, "minor": 0}
    assert data["counts"] == {"cause": 1, "hazard": 1, "link": 1, "project": 1, "top_event": 1}
    assert data["diagrams"] == []


def test_info_lists_diagrams_in_order(hazard, root):
    data = json.loads(hazard("info", root / "resources" / "templates" / "bow-tie.hazard.json", "--json").out)
    (diagram,) = data["diagrams"]
    assert diagram["title"] == "Bow-tie 1"
    assert set(diagram) == {"id", "title"}


def test_info_text_is_safe_for_a_terminal(hazard, tmp_path):
    path = tmp_path / "a.hazard.json"
    save_project(Store([Project(id=PROJECT_ID, title="red \x1b[31m\nand \u202e more")]), path)
    result = hazard("info", path)
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    assert "Version 1.0" in result.out


def test_info_reads_standard_input(hazard, project, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(project.read_bytes())))
    assert json.loads(hazard("info", "-", "--json").out)["counts"]["cause"] == 1


def test_info_shows_a_newer_major_and_says_so(hazard, project):
    newer(project, 2, 0)
    data = json.loads(hazard("info", project, "--json").out)
    assert data["version"] == {"major": 2, "minor": 0}
    assert data["counts"]["cause"] == 1
    assert "2.0" in data["read_only"]
    assert "use a newer Hazard Workbench" in hazard("info", project).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("migrate",),
        ("export", "-o", "OUT.svg"),
        ("layout", "-o", "OUT.hazard.json"),
    ],
)
def test_every_other_command_refuses_a_newer_major(refused, project, tmp_path, arguments):
    newer(project, 3, 1)
    before = project.read_bytes()
    command, *rest = (str(tmp_path / part) if part.startswith("OUT") else part for part in arguments)
    assert "is of version 3.1" in refused(command, project, *rest)
    assert project.read_bytes() == before


@pytest.mark.parametrize("command", ["info", "check", "migrate"])
def test_bad_files_are_one_line(refused, tmp_path, command):
    bad = tmp_path / "bad.hazard.json"
    bad.write_text('{"format": "hazard-workbench", "version": NaN}')
    assert refused(command, bad).startswith(f"{bad}: NaN at version")
    assert "is a folder" in refused(command, tmp_path)
    assert "no such file" in refused(command, tmp_path / "none")


# check


@pytest.fixture
def looped(tmp_path):
    path = tmp_path / "loop.hazard.json"
    back_and_forth = [Link(id="l", source="a", target="b"), Link(id="m", source="b", target="a")]
    save_project(Store([Cause(id="a"), Cause(id="b"), *back_and_forth]), path)
    return path


def test_check_json(hazard, looped):
    result = hazard("check", looped, "--format", "json")
    findings = json.loads(result.out)["findings"]
    assert result.code == 1
    assert findings[0]["rule"] == "loop"
    for finding in findings:
        assert set(finding) == {"rule", "severity", "element", "message"}
        assert finding["severity"] in ("error", "warning", "note")


@pytest.mark.parametrize(
    ("file", "fail_on", "code"),
    [
        ("loop", "error", 1),
        ("loop", "warning", 1),
        ("loop", "never", 0),
        ("small", "error", 0),
        ("small", "warning", 1),
        ("template", "warning", 0),
    ],
)
def test_check_fails_on_what_it_is_told_to(hazard, looped, project, root, file, fail_on, code):
    path = {"loop": looped, "small": project, "template": root / "resources/templates/simple.hazard.json"}[file]
    assert hazard("check", path, "--fail-on", fail_on).code == code


def test_check_of_several_files(hazard, looped, project, tmp_path):
    result = hazard("check", looped, project, tmp_path / "none", "--format", "json")
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert {finding["file"] for finding in json.loads(result.out)["findings"]} == {str(looped), str(project)}


def test_check_text(hazard, looped, root):
    result = hazard("check", looped)
    assert "error: These lead back to themselves" in result.out
    assert result.out.rstrip().splitlines()[-1] == "1 error, 2 warnings, 4 notes"
    clean = root / "resources/templates/empty.hazard.json"
    assert hazard("check", clean).out == "No findings.\n"
    for files in ([root / "nowhere.json"], [clean, root / "nowhere.json"]):
        unread = hazard("check", *files)
        assert unread.code == 2
        assert unread.out == "", "nothing is said of a file that was not read"


def test_check_sarif(hazard, looped):
    log = json.loads(hazard("check", looped, "--format", "sarif").out)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (place,) = result["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")


# new, migrate, schema, doctor


@pytest.mark.parametrize("template", ["empty", "simple", "bow-tie", "code-synthesis"])
def test_new(hazard, tmp_path, template):
    path = tmp_path / "new.hazard.json"
    assert hazard("new", path, "--template", template).code == 0
    assert load_project(path).is_current()
    assert hazard("check", path, "--fail-on", "warning").code == 0
    assert json.loads(hazard("info", path, "--json").out)["diagrams"]


def test_new_does_not_overwrite(hazard, refused, project):
    before = project.read_bytes()
    assert "exists already; give --force" in refused("new", project)
    assert project.read_bytes() == before
    assert hazard("new", project, "--force").code == 0
    assert project.read_bytes() != before


def test_new_where_nothing_can_be_written(refused, tmp_path):
    assert "there is no such folder" in refused("new", tmp_path / "none" / "a.hazard.json")
    assert "is not one of" in refused("new", tmp_path / "a", "--template", "colourful")


def test_migrate(hazard, project):
    before = project.read_bytes()
    assert "is of version 1.0 already" in hazard("migrate", project).out
    assert project.read_bytes() == before
    project.write_text(json.dumps(json.loads(before)))
    assert "canonical layout" in hazard("migrate", project).out
    assert project.read_bytes() == before


def test_migrate_goes_on_after_a_bad_file(hazard, refused, project, tmp_path):
    project.write_text(json.dumps(json.loads(project.read_bytes())))
    result = hazard("migrate", tmp_path / "none", project)
    assert result.code == 2
    assert load_project(project).is_current()
    assert "give a file" in refused("migrate", "-")


def test_schema(hazard, project):
    jsonschema.validate(json.loads(project.read_bytes()), json.loads(hazard("schema").out))


def test_doctor(hazard):
    result = hazard("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(result.out)["checks"]}
    assert result.code == any(check["state"] == "problem" for check in checks.values())
    assert checks["Python"]["state"] == "ok"
    assert checks["display"]["state"] == "note"
    assert {"zstd", "drawing", "resources", "state folder", "PySide6-Essentials"} <= set(checks)


def test_doctor_tells_what_is_missing(hazard, monkeypatch):
    monkeypatch.setattr("workbench.cli.doctor.missing_libraries", lambda platform: ["libEGL.so.1", "libGL.so.1"])
    result = hazard("doctor")
    assert result.code == 1
    assert "sudo apt-get install libegl1 libgl1" in result.out


def test_a_reader_that_goes_away_is_no_error(hazard, project, monkeypatch):
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    stderr = io.StringIO()
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setattr("sys.stdout", Closed())
    from workbench.cli.main import run

    assert run(["info", str(project)]) == 0
