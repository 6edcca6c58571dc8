"""The claims on a subject, the badge they add up to, and whether the source is at hand."""

from datetime import date
from typing import Any

import pytest

from tests.unit.evidence.logs import write_lines
from workbench.evidence.imported import placed_beside, records_for
from workbench.evidence.reading import read_run
from workbench.evidence.standing import Spoken, newest_day, source_state, speaks_for, subject_verdicts
from workbench.model.elements import Cause
from workbench.model.judgement import Project
from workbench.model.runs import Comparator, Criterion, Evidence, Metric, Run
from workbench.store.store import Store


def store_with(*claims: dict[str, Any], model: str = "lab/model-1", **run: Any) -> Store:
    fields = {"id": "r", "status": "success", "model": {"name": model}, "completed_at": "2026-01-01T00:00:00Z"} | run
    records: list[Any] = [Cause(id="c", title="Wrong code is trusted"), Run.model_validate(fields)]
    metric = {"id": "m", "run": "r", "kind": "proportion", "value": 0.0, "successes": 0, "n": 100, "missing": 0}
    records.append(Metric.model_validate(metric))
    for index, claim in enumerate(claims):
        records.append(Evidence.model_validate({"id": f"e{index}", "subject": "c", **claim}))
    return Store(records)


def held(comparator: Comparator, threshold: float, **more: Any) -> dict[str, Any]:
    return {"metric": "m", "criterion": Criterion(comparator=comparator, threshold=threshold), **more}


SUPPORTS, REFUTES, OPEN = held("<=", 0.1), held(">=", 0.5), held("<=", 0.01)


def badge(*claims: dict[str, Any], **run: Any) -> Spoken | None:
    return speaks_for(subject_verdicts(store_with(*claims, **run), "c"))


@pytest.mark.parametrize(
    ("claims", "kind", "analyst"),
    [
        ([SUPPORTS], "supports", False),
        ([SUPPORTS, OPEN], "inconclusive", False),
        ([SUPPORTS, OPEN, REFUTES], "refutes", False),
        ([REFUTES | {"analyst_verdict": "supports"}], "supports", True),
        ([SUPPORTS | {"analyst_verdict": "supports"}], "supports", False),
        ([SUPPORTS, {"kind": "document", "analyst_verdict": "refutes"}], "refutes", False),
        ([REFUTES, SUPPORTS | {"analyst_verdict": "inconclusive"}], "refutes", False),
    ],
)
def test_the_worst_verdict_speaks(claims, kind, analyst):
    spoken = badge(*claims)
    assert spoken is not None
    assert (spoken.kind, spoken.analyst) == (kind, analyst)


def test_a_verdict_by_hand_differs_from_nothing():
    assert badge(SUPPORTS, {"kind": "document", "analyst_verdict": "refutes"}) == Spoken("refutes", by_hand=True)
    assert badge({"kind": "document", "analyst_verdict": "supports"}, SUPPORTS) == Spoken("supports", by_hand=True)


def test_nothing_said_gives_no_badge():
    assert badge() is None
    assert badge({"kind": "document"}) is None
    assert badge({"metric": "m"}) is None


def test_suspended_claims_do_not_count():
    old = Criterion(comparator=">=", threshold=0.5, max_age_days=10)
    stale = {"metric": "m", "criterion": old}
    store = store_with(stale, SUPPORTS)
    assert speaks_for(subject_verdicts(store, "c", as_of=date(2026, 3, 1))) == Spoken("supports")
    assert speaks_for(subject_verdicts(store, "c", as_of=date(2026, 1, 5))) == Spoken("refutes")
    store = store_with(stale)
    assert speaks_for(subject_verdicts(store, "c", as_of=date(2026, 3, 1))) == Spoken("stale")
    assert subject_verdicts(store, "c", as_of=date(2026, 3, 1))[0].verdict == "refutes"


def test_without_a_day_the_newest_stored_one_counts():
    old = {"metric": "m", "criterion": Criterion(comparator="<=", threshold=0.5, max_age_days=10)}
    assert badge(old) == Spoken("supports")
    assert badge(old, imported_at="2026-02-01T00:00:00Z") == Spoken("stale")
    assert newest_day(store_with(old | {"attached_at": "2026-04-01"})) == date(2026, 4, 1)
    assert newest_day(Store()) is None


def test_evidence_from_another_model_is_suspended():
    store = store_with(SUPPORTS)
    with store.transaction("Name the system") as tx:
        tx.put(Project.model_validate({"id": "project", "system": {"model": "model-2"}}))
        (claim,) = subject_verdicts(tx, "c")
    assert claim.suspended
    assert claim.judgement is not None
    assert "lab/model-1" in claim.judgement.stale[0]


def test_claims_on_other_things_are_not_mixed_in():
    assert subject_verdicts(store_with(SUPPORTS), "r") == []


@pytest.fixture
def imported(tmp_path):
    folder = tmp_path / "project" / "runs"
    folder.mkdir(parents=True)
    path = write_lines(folder / "r.jsonl", *({"task_id": f"T/{i}", "passed": i < 3} for i in range(4)))
    return read_run(path)[0]


def test_a_source_below_the_project_is_kept_relative(imported, tmp_path):
    kept = placed_beside(imported, tmp_path / "project")
    assert kept.run.source.path == "runs/r.jsonl"
    assert kept.run.id == imported.run.id
    assert placed_beside(imported, tmp_path / "elsewhere").run.source.path == str(tmp_path / "project/runs/r.jsonl")


def test_the_state_of_the_source(imported, tmp_path):
    project = tmp_path / "project"
    run = placed_beside(imported, project).run
    assert source_state(run, project) == "at hand"
    assert source_state(run, project, check_hash=True) == "at hand"
    assert source_state(run, None) == "not at hand"
    assert source_state(run, tmp_path) == "not at hand"
    file = project / "runs" / "r.jsonl"
    data = file.read_bytes()
    file.write_bytes(data.replace(b"true", b"\ttru", 1))
    assert source_state(run, project) == "at hand"  # same size; only the hash tells
    assert source_state(run, project, check_hash=True) == "changed"
    file.write_bytes(data + b"\n")
    assert source_state(run, project) == "changed"
    file.unlink()
    assert source_state(run, project) == "not at hand"
    file.mkdir()
    assert source_state(run, project) == "not at hand"
    assert source_state(run.replace(source={"path": "a\0b"}), project) == "not at hand"


def test_records_for_the_store(imported):
    records = records_for(imported, imported_at="2026-05-01T00:00:00+00:00")
    assert isinstance(records[0], Run)
    assert records[0].imported_at == "2026-05-01T00:00:00+00:00"
    store = Store()
    with store.transaction("Import") as tx:
        for record in records:
            tx.put(record)
    assert store.count("metric") == len(imported.metrics)
