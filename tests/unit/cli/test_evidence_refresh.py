"""``evidence refresh``: what a CI job learns about the evidence of a project."""

import json

import pytest

from tests.support import there
from tests.unit.evidence.logs import header, row, score_entry, write_eval, write_lines
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause
from workbench.model.judgement import Project
from workbench.model.runs import Evidence, Metric, Named, Run
from workbench.store.store import Store


def results(path, passed, n=100, **more):
    return write_lines(path, *({"task_id": f"T/{i}", "completion": "x", "passed": i < passed} | more for i in range(n)))


def edit(path, label="Edit"):
    """The project's store, to be changed and saved."""
    project = load_project(path)

    class Editing:
        def __enter__(self):
            self.context = project.store.transaction(label)
            return self.context.__enter__()

        def __exit__(self, *problem):
            self.context.__exit__(*problem)
            save_project(project.store, path, project.header)

    return Editing()


@pytest.fixture
def attached(tmp_path, hazard):
    """A project with one claim on a run whose file lies beside it; returns both paths."""
    project = tmp_path / "p.hazard.json"
    save_project(Store([Cause(id="c", code="C-1", title="Wrong code is trusted")]), project)
    file = results(tmp_path / "r.jsonl", 95)
    done = hazard("evidence", "add", project, file, "--to", "C-1", "--metric", "pass_rate", "--criterion", ">= 80%")
    assert done.code == 0, done.err
    return project, file


def test_nothing_changed_is_no_failure_and_changes_no_byte(attached, hazard):
    project, _ = attached
    before = project.read_bytes()
    done = hazard("evidence", "refresh", project)
    assert (done.code, done.err) == (0, "")
    assert done.out == "1 of 1 runs read again; 0 verdicts changed; 0 stale.\n"
    assert hazard("evidence", "refresh", project, "--save").code == 0
    assert project.read_bytes() == before


def test_a_flipped_verdict_fails_and_is_told(attached, hazard):
    project, file = attached
    results(file, 60)
    before = project.read_bytes()
    done = hazard("evidence", "refresh", project, "--json")
    assert done.code == 1
    answer = json.loads(done.out)
    (changed,) = answer["changed"]
    assert (changed["subject"], changed["before"], changed["after"]) == ("c", "supports", "refutes")
    assert changed["reasons"][0] == "pass_rate: 95 % (95 of 100) is now 60 % (60 of 100)."
    assert "is below 80 %" in changed["reasons"][-1]
    (stale,) = answer["stale"]
    assert (stale["evidence"], stale["subject"], stale["kinds"]) == (changed["evidence"], "c", ["source"])
    assert "no longer the one that was read" in stale["reasons"][0]
    assert project.read_bytes() == before
    text = hazard("evidence", "refresh", project).out
    assert "supports is now refutes" in text
    assert "1 verdict changed; 1 stale" in text


def test_another_file_with_the_same_verdict_is_stale_until_it_is_stored(attached, hazard):
    project, file = attached
    results(file, 94)
    done = hazard("evidence", "refresh", project, "--json")
    answer = json.loads(done.out)
    assert (done.code, answer["changed"], len(answer["stale"])) == (1, [], 1)
    assert answer["figures"][0]["differences"] == [
        "pass_rate: 95 % (95 of 100) is now 94 % (94 of 100).",
        "pass@1: 95 % (95 of 100) is now 94 % (94 of 100).",
    ]
    assert hazard("evidence", "refresh", project, "--save").code == 0
    assert hazard("evidence", "refresh", project).code == 0


def test_save_keeps_ids_so_that_claims_stay_attached(attached, hazard):
    project, file = attached
    old = load_project(project).store
    (evidence,) = old.all(Evidence)
    with edit(project) as tx:
        tx.patch(next(tx.all(Run)).id, note="Kept", title="My run")
        tx.patch(evidence.metric, baselines=({"kind": "human", "value": 0.9},))
    results(file, 60)
    done = hazard("evidence", "refresh", project, "--save", "--json")
    assert done.code == 1  # the verdict flipped
    answer = json.loads(done.out)
    (run,) = load_project(project).store.all(Run)
    assert answer["saved"] == [run.id]
    assert answer["stale"] == []
    store = load_project(project).store
    assert [record.id for record in store.all(Evidence)] == [evidence.id]
    metric = store.find(evidence.metric, Metric)
    assert (there(metric).successes, there(metric).baselines[0].value) == (60, 0.9)
    assert (run.note, run.title, run.source.path) == ("Kept", "My run", "r.jsonl")
    assert len(list(store.all(Metric))) == len(list(old.all(Metric)))
    assert hazard("evidence", "refresh", project).code == 0


def test_a_source_not_on_this_machine_is_told_and_no_failure(attached, hazard):
    project, file = attached
    file.unlink()
    done = hazard("evidence", "refresh", project, "--json")
    answer = json.loads(done.out)
    assert (done.code, answer["stale"]) == (0, [])
    (lost,) = answer["not_at_hand"]
    assert lost["path"] == "r.jsonl"
    assert len(lost["evidence"]) == 1
    assert "not at hand (r.jsonl)" in hazard("evidence", "refresh", project).out


def test_the_copy_beside_the_project_stands_in(attached, hazard):
    project, file = attached
    copy = project.parent / "runs" / "copy.jsonl"
    copy.parent.mkdir()
    copy.write_bytes(file.read_bytes())
    with edit(project) as tx:
        tx.patch(next(tx.all(Run)).id, copied_to="runs/copy.jsonl")
    file.unlink()
    assert "1 of 1 runs read again" in hazard("evidence", "refresh", project).out
    results(copy, 10)
    assert hazard("evidence", "refresh", project).code == 1


def test_a_file_that_became_something_else_is_stale(attached, hazard):
    project, file = attached
    file.write_text("no run at all\n", encoding="utf-8")
    done = hazard("evidence", "refresh", project, "--json")
    answer = json.loads(done.out)
    assert done.code == 1
    assert answer["unreadable"][0]["reason"]
    assert answer["stale"][0]["kinds"] == ["source"]
    before = project.read_bytes()
    assert hazard("evidence", "refresh", project, "--save").code == 1
    assert project.read_bytes() == before


def test_a_figure_that_is_gone_is_not_stored_away(tmp_path, hazard):
    project = tmp_path / "p.hazard.json"
    save_project(Store([Cause(id="c", code="C-1")]), project)

    def log(scorer):
        made = header()
        made["results"]["scores"] = [score_entry(scorer, 0.75)]
        return write_eval(tmp_path / "r.eval", made, [row(id, "C", scorer=scorer) for id in "abcd"])

    file = log("match")
    done = hazard("evidence", "add", project, file, "--to", "C-1", "--metric", "accuracy", "--criterion", ">= 20%")
    assert done.code == 0, done.err
    log("other")
    before = project.read_bytes()
    done = hazard("evidence", "refresh", project, "--save", "--json")
    answer = json.loads(done.out)
    assert (done.code, answer["saved"]) == (1, [])
    assert "no longer in the file" in answer["not_stored"][0]["reason"]
    assert answer["stale"][0]["kinds"] == ["source"]
    assert project.read_bytes() == before


def test_age_is_reckoned_by_the_day_that_is_given(attached, hazard, refused):
    project, _ = attached
    with edit(project) as tx:
        tx.patch(next(tx.all(Run)).id, completed_at="2026-01-01T00:00:00Z", imported_at="2026-01-01T00:00:00Z")
        claim = next(tx.all(Evidence))
        criterion = claim.criterion.model_copy(update={"max_age_days": 30})
        tx.patch(claim.id, criterion=criterion, attached_at="2026-01-02")
    assert hazard("evidence", "refresh", project).code == 0
    assert hazard("evidence", "refresh", project, "--as-of", "2026-01-20").code == 0
    done = hazard("evidence", "refresh", project, "--as-of", "2026-03-01", "--json")
    assert done.code == 1
    assert json.loads(done.out)["stale"][0]["reasons"] == [
        "The run is 59 days old on 2026-03-01; the criterion allows 30."
    ]
    assert "is no date" in refused("evidence", "refresh", project, "--as-of", "tomorrow")


def test_another_model_than_the_system_s_is_stale(attached, hazard):
    project, _ = attached
    with edit(project) as tx:
        tx.patch(next(tx.all(Run)).id, model={"name": "model-1"})
        tx.put(Project.model_validate({"id": "project", "system": {"model": "model-2"}}))
    answer = json.loads(hazard("evidence", "refresh", project, "--json").out)
    assert answer["stale"][0]["kinds"] == ["model"]


def test_older_runs_need_not_fail_a_job(attached, hazard):
    project, _ = attached
    with edit(project) as tx:
        run = next(tx.all(Run))
        later = tx.put(run.replace(id="", title="Later").model_copy(update={"id": "later"}))
        tx.put(Metric(id="m2", run=later.id, name="pass_rate"))
        tx.patch(run.id, superseded_by="later")
    done = hazard("evidence", "refresh", project, "--json")
    assert (done.code, json.loads(done.out)["stale"][0]["kinds"]) == (1, ["superseded"])
    assert hazard("evidence", "refresh", project, "--superseded-ok").code == 0


def test_the_file_is_read_as_it_was_read_before(tmp_path, hazard):
    project = tmp_path / "p.hazard.json"
    save_project(Store([Cause(id="c", code="C-1")]), project)
    rows = [{"task_id": f"T/{i}", "completion": "" if i > 7 else "x", "passed": i < 7} for i in range(10)]
    file = write_lines(tmp_path / "r.jsonl", *rows)
    arguments = ["--to", "C-1", "--metric", "pass_rate", "--criterion", ">= 30%", "--empty-answers-fail"]
    assert hazard("evidence", "add", project, file, *arguments).code == 0
    done = hazard("evidence", "refresh", project, "--json")
    answer = json.loads(done.out)
    assert (done.code, answer["figures"], answer["read"]) == (0, [], 1)


def test_what_a_person_named_stays_where_the_file_says_nothing(attached, hazard):
    project, _ = attached
    run = there(next(iter(load_project(project).store.all(Run))))
    with edit(project) as tx:
        tx.patch(run.id, model=Named(name="gpt-4"))
    done = hazard("evidence", "refresh", project, "--json", "--save")
    assert (done.code, json.loads(done.out)["figures"]) == (0, [])
    assert there(next(iter(load_project(project).store.all(Run)))).model.name == "gpt-4"


def test_typed_runs_and_documents_have_no_file(tmp_path, hazard):
    project = tmp_path / "p.hazard.json"
    records = [
        Cause(id="c", code="C-1"),
        Run(id="r", origin="typed", completed_at="2026-01-01"),
        Metric(id="m", run="r", value=0.0, kind="proportion", successes=0, n=10),
        Evidence(id="e", subject="c", metric="m"),
        Evidence(id="d", subject="c", kind="document", analyst_verdict="supports"),
    ]
    save_project(Store(records), project)
    done = hazard("evidence", "refresh", project, "--json")
    answer = json.loads(done.out)
    assert (done.code, answer["not_at_hand"], answer["stale"], answer["read"]) == (0, [], [], 0)


def test_what_cannot_be_read_is_an_error(tmp_path, refused):
    assert "missing.hazard.json" in refused("evidence", "refresh", tmp_path / "missing.hazard.json")


def test_standard_input_is_not_saved(refused):
    assert "standard input" in refused("evidence", "refresh", "-", "--save")
