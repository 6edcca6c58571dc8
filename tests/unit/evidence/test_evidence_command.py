"""``evidence read`` and ``evidence add`` as a script sees them."""

import json

import pytest
from click.testing import CliRunner, Result

from tests.unit.evidence.logs import header, row, score_entry, write_eval, write_lines
from workbench.cli.evidence import evidence
from workbench.cli.main import run
from workbench.evidence.statistics import wilson
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause, Control, Guard, Link, TopEvent
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.store import Store


def call(*arguments: object) -> Result:
    return CliRunner().invoke(evidence, [str(argument) for argument in arguments])


@pytest.fixture
def results(tmp_path):
    lines = ({"task_id": f"HumanEval/{i}", "completion": "x", "passed": i < 141} for i in range(164))
    return write_lines(tmp_path / "results.jsonl", *lines)


@pytest.fixture
def log(tmp_path):
    made = header()
    entries = [
        score_entry("both", 0.5, name="works"),
        score_entry("both", 0.75, name="safe"),
        score_entry("match", 1.0),
    ]
    made["results"]["scores"] = entries
    rows = []
    for item, works, safe in zip("abcd", (1, 0, 1, 0), (1, 1, 1, float("nan")), strict=True):
        sample = row(item, "C")
        sample["scores"]["both"] = {"value": {"works": works, "safe": safe}}
        rows.append(sample)
    return write_eval(tmp_path / "log.eval", made, rows)


@pytest.fixture
def project(tmp_path):
    records = [
        Cause(id="c1", code="C-1", title="Wrong code is trusted"),
        TopEvent(id="t1", code="T-1", title="Unsafe code is used"),
        Control(id="b1", code="B-1", title="Review"),
        Link(id="l1", source="c1", target="t1"),
        Guard(id="g1", control="b1", subject="l1"),
    ]
    path = tmp_path / "p.hazard.json"
    save_project(Store(records), path)
    return path


def test_read_as_json_has_the_shape_of_the_contract(results, log):
    done = call("read", results, log, "--json")
    assert done.exit_code == 0
    assert done.stderr == ""
    first, second = json.loads(done.stdout)
    assert first["format"] == "human-eval"
    assert first["source"]["path"] == str(results)
    assert len(first["source"]["sha256"]) == 64
    assert (first["status"], first["model"], first["task"]) == ("unknown", "", "HumanEval")
    assert first["counts"]["scored"] == 164
    rate = first["metrics"][0]
    assert (rate["name"], rate["n"], rate["successes"], rate["method"]) == ("pass_rate", 164, 141, "wilson")
    assert rate["value"] == pytest.approx(141 / 164)
    assert rate["interval"] == pytest.approx(list(wilson(141, 164)))
    assert rate["reported"] is None
    assert all(isinstance(doubt, str) for doubt in first["doubts"])
    assert [metric["scorer"] for metric in second["metrics"]] == ["both/works", "both/safe", "match"]
    assert second["metrics"][1]["reported"]["value"] == 0.75
    assert "NaN" not in done.stdout


def test_read_as_text_says_all_of_it(log):
    done = call("read", log)
    assert done.exit_code == 0
    for words in (
        "secure_code · lab/model-1",
        "4 planned",
        "accuracy · both/safe",
        "3 of 3",
        "Gaps and doubts",
        "unscored",
    ):
        assert words in done.stdout


def test_read_can_be_narrowed(log):
    names = [m["scorer"] for m in json.loads(call("read", log, "--json", "--scorer", "safe").stdout)[0]["metrics"]]
    assert names == ["both/safe"]
    assert json.loads(call("read", log, "--json", "--task", "other").stdout) == []


def test_what_can_be_read_is_read_although_another_cannot(tmp_path, results):
    broken = tmp_path / "broken.eval"
    broken.write_bytes(b"PK\x03\x04")
    done = call("read", broken, results, tmp_path / "missing", "--json")
    assert done.exit_code == 2
    assert [entry["format"] for entry in json.loads(done.stdout)] == ["human-eval"]
    errors = done.stderr.splitlines()
    assert len(errors) == 2
    assert "broken.eval" in errors[0]
    assert "missing" in errors[1]


def test_add_attaches_and_prints_the_verdict(project, results):
    arguments = ["--to", "C-1", "--metric", "pass_rate", "--criterion", ">= 0.75 @95%", "--by", "R. Analyst"]
    done = call("add", project, results, *arguments, "--json")
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["verdict"] == "supports"
    assert answer["weakened_by"] == ["Nobody has said whether the criterion was set before the results were seen."]
    assert answer["reason"] == "141 of 164: the lower bound 79.7 % is above 75 %."
    assert (answer["n"], answer["value"]) == (164, pytest.approx(141 / 164))
    assert answer["interval"] == pytest.approx([0.797, 0.909], abs=1e-3)
    store = load_project(project).store
    (claim,) = store.all(Evidence)
    assert claim.criterion is not None
    assert (claim.subject, claim.attached_by, claim.criterion.threshold) == ("c1", "R. Analyst", 0.75)
    (run,) = store.all(Run)
    assert run.source.path == "results.jsonl"  # it lies beside the project
    assert run.imported_at
    metric = store.find(claim.metric, Metric)
    assert metric is not None
    assert metric.successes == 141


def test_add_exits_0_whatever_the_verdict_and_shares_the_run(project, results):
    common = ["--metric", "pass_rate", "--to"]
    assert "refutes" in call("add", project, results, *common, "C-1", "--criterion", ">= 95%").stdout
    done = call("add", project, results, *common, "B-1@C-1", "--criterion", ">= 0.8")
    assert done.exit_code == 0
    assert "inconclusive" in done.stdout
    assert "the lower bound 79.7 % is below 80 %" in done.stdout
    store = load_project(project).store
    assert (store.count("run"), store.count("evidence")) == (1, 2)
    assert {claim.subject for claim in store.all(Evidence)} == {"c1", "g1"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"--metric": "accuracy"}, "3 metrics are called 'accuracy'; choose one with --scorer"),
        ({"--metric": "nonsense"}, "the run has: accuracy · both/works, accuracy · both/safe, accuracy · match"),
        ({"--to": "C-99"}, "C-99"),
        ({"--criterion": "0.1"}, "does not begin with"),
        ({"--criterion": "<= 10"}, "for percent write 10%"),
        ({"--map": "nowhere.json"}, "nowhere.json: cannot be read"),
    ],
)
def test_add_refuses_in_one_line_and_changes_nothing(project, log, changes, words):
    before = project.read_bytes()
    options = {"--to": "C-1", "--metric": "accuracy · match", "--criterion": ">= 10%"} | changes
    done = call("add", project, log, *(part for pair in options.items() for part in pair))
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr
    assert done.stdout == ""
    assert project.read_bytes() == before


def test_add_finds_a_metric_by_scorer(project, log):
    done = call("add", project, log, "--to", "C-1", "--metric", "accuracy", "--scorer", "safe", "--criterion", "<= 90%")
    assert done.exit_code == 0
    assert "accuracy · both/safe ≤ 90 % at 95 %: inconclusive" in done.stdout
    assert "1 missing" in done.stdout


def test_errors_come_out_of_the_program_as_one_line(project, tmp_path, capsys):
    """Through the program's own entry, which scripts call."""
    assert run(["evidence", "read", str(tmp_path / "missing.eval")]) == 2
    assert run(["evidence", "add", str(project), "x", "--to", "C-1", "--metric", "m", "--criterion", "=1"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 2
    assert all(line.startswith("hazard-workbench: ") for line in err.splitlines())


def test_a_profile_names_the_columns(tmp_path):
    path = write_lines(tmp_path / "r.jsonl", *({"q": i, "fine": i < 2} for i in range(3)))
    profile = tmp_path / "profile.json"
    profile.write_text('{"item": "q", "passed": "fine"}')
    done = call("read", path, "--map", profile, "--json")
    assert json.loads(done.stdout)[0]["metrics"][0]["successes"] == 2
    for content in ("[]", "{}", '{"x": "y"}', '{"item": 3}', "nonsense"):
        profile.write_text(content)
        done = call("read", path, "--map", profile)
        assert done.exit_code == 2
        assert len(done.stderr.splitlines()) == 1


def test_no_window_toolkit_is_loaded_and_importers_only_when_reading():
    import subprocess
    import sys

    code = (
        "import sys, workbench.cli.evidence\n"
        "late = [n for n in sys.modules if n.startswith(('PySide6', 'numpy', 'networkx', 'backports.zstd'))]\n"
        "late += [n for n in sys.modules if n.startswith('workbench.evidence.formats.')]\n"
        "print(late)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
