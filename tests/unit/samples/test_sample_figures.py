"""The figures in the sample are those of the public files they name, where these are at hand."""

import csv
import hashlib
import json
import os
from pathlib import Path

import pytest

from workbench import paths
from workbench.evidence.estimate import of_rate
from workbench.evidence.reading import read_run
from workbench.files.project import load_project
from workbench.model.runs import Estimate, Metric, Run
from workbench.store.store import Store

FOLDER = Path(os.environ.get("HAZARD_SHARED", "")) / "evalruns"
pytestmark = pytest.mark.skipif(
    not os.environ.get("HAZARD_SHARED") or not FOLDER.is_dir(),
    reason="HAZARD_SHARED does not name the folder with the collected evaluation runs",
)


@pytest.fixture(scope="module")
def store() -> Store:
    return load_project(paths.sample("code-synthesis-llm.hazard.json")).store


def _file(run: Run) -> Path:
    found = [path for path in FOLDER.rglob("*") if path.name == run.source.path]
    assert len(found) == 1, run.source.path
    return found[0]


def _run(store: Store, id: str) -> tuple[Run, Path]:
    run = store.find(id, Run)
    assert run is not None
    return run, _file(run)


def _same_rate(metric: Metric | None, values: list[float], items: list[str]) -> None:
    assert metric is not None
    fresh = of_rate(values, items)
    assert metric.value == pytest.approx(fresh["value"])
    assert (metric.n, metric.successes) == (fresh["n"], fresh["successes"])
    assert metric.clusters == fresh.get("clusters")
    assert metric.estimate is not None
    assert metric.estimate.model_dump() == pytest.approx(Estimate(**fresh["estimate"]).model_dump())


def test_every_source_is_the_file_it_says(store: Store) -> None:
    for run in store.all(Run):
        data = _file(run).read_bytes()
        assert run.source.sha256 == hashlib.sha256(data).hexdigest()
        assert run.source.bytes == len(data)
    table = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for run in store.all(Run):
        if run.source.repository:
            wanted = (run.source.path, run.source.repository, run.source.repository_path, run.source.commit)
            assert any(all(part in line for part in wanted) for line in table.splitlines()), run.title


def test_imported_runs_are_what_the_importers_read(store: Store) -> None:
    imported = [run for run in store.all(Run) if run.format != "typed in"]
    assert len(imported) == 5
    for run in imported:
        (fresh,) = read_run(_file(run))
        assert run.format == fresh.run.format
        assert run.counts == fresh.run.counts
        assert run.status == fresh.run.status
        kept = {(m.name, m.scorer, m.reducer): m for m in store.referrers(run.id, Metric, "run")}
        for metric in fresh.metrics:
            mine = kept[metric.name, metric.scorer, metric.reducer]
            assert mine.replace(id=metric.id, run=metric.run) == metric


def test_insecure_samples_of_gpt_4(store: Store) -> None:
    run, path = _run(store, "r_sallm")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["model_name"], row["Temp"]) == ("gpt-4", "0.2")]
    found = [float(int(row["direct_vulnerable"]) + int(row["indirect_vulnerable"]) > 0) for row in rows]
    assert (run.counts.scored, run.counts.clusters) == (1000, 100)
    assert sum(found) == 660
    _same_rate(store.find("m_sallm_insecure", Metric), found, [row["id"] for row in rows])


def test_files_with_a_finding(store: Store) -> None:
    run, path = _run(store, "r_bandit")
    report = json.loads(path.read_text(encoding="utf-8"))
    files = [name for name in report["metrics"] if name != "_totals"]
    found = {result["filename"] for result in report["results"]}
    assert run.counts.scored == len(files) == 601
    assert len(found) == 1
    of_gpt_4 = [name for name in files if name.startswith("./gpt4")]
    _same_rate(store.find("m_bandit_files", Metric), [float(name in found) for name in of_gpt_4], of_gpt_4)


def test_passing_answers_that_stricter_tests_refute(store: Store) -> None:
    run, path = _run(store, "r_evalplus")
    rows = [tries[0] for tries in json.loads(path.read_text(encoding="utf-8"))["eval"].values()]
    passing = [row for row in rows if row["base_status"] == "pass"]
    assert run.counts.scored == len(rows) == 164
    refuted = [float(row["plus_status"] != "pass") for row in passing]
    assert (len(refuted), sum(refuted)) == (119, 15)
    _same_rate(store.find("m_evalplus_missed", Metric), refuted, [row["task_id"] for row in passing])
