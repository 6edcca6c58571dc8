"""The figures in the sample are those of the public files they name, where these are at hand."""

import csv
import hashlib
import json
import os
from pathlib import Path

import pytest

from workbench import paths
from workbench.commands.evidence_replace import metric_key
from workbench.evidence.imported import options_of
from workbench.evidence.reading import read_run
from workbench.evidence.standing import subject_verdicts
from workbench.files.project import load_project
from workbench.model.judgement import CapabilityCell
from workbench.model.runs import Metric, Run
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


def test_every_source_is_the_file_it_says(store: Store) -> None:
    table = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for run in _imported(store):
        data = _file(run).read_bytes()
        assert run.source.sha256 == hashlib.sha256(data).hexdigest()
        assert run.source.bytes == len(data)
        wanted = (run.source.path, run.source.repository, run.source.repository_path, run.source.commit)
        if run.source.repository:
            assert any(all(part in line for part in wanted) for line in table.splitlines()), run.title


def test_imported_runs_are_what_the_importers_read(store: Store) -> None:
    """With the mapping and the options the project remembers."""
    runs = _imported(store)
    assert len(runs) == 9
    for run in runs:
        (fresh,) = (
            each
            for each in read_run(_file(run), **(options_of(run) or {}))
            if each.run.provenance.settings == run.provenance.settings
        )
        assert (run.format, run.counts, run.status) == (fresh.run.format, fresh.run.counts, fresh.run.status)
        kept = {metric_key(metric): metric for metric in store.referrers(run.id, Metric, "run")}
        assert len(kept) == len(fresh.metrics)
        for metric in fresh.metrics:
            mine = kept[metric_key(metric)]
            theirs = metric.model_dump(exclude={"estimate"})
            assert mine.replace(id=metric.id, run=metric.run, baselines=()).model_dump(exclude={"estimate"}) == theirs
            assert (mine.estimate is None) == (metric.estimate is None)
            if mine.estimate is not None and metric.estimate is not None:
                told = metric.estimate.model_dump()
                assert mine.estimate.model_dump() == {
                    name: pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
                    for name, value in told.items()
                }


def test_insecure_samples_of_gpt_4_counted_by_hand(store: Store) -> None:
    with (FOLDER / "insecure_code_csv" / "Combined_Results.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["model_name"], row["Temp"]) == ("gpt-4", "0.2")]
    found = [int(row["direct_vulnerable"]) + int(row["indirect_vulnerable"]) > 0 for row in rows]
    clean = [row["technique"] for row, bad in zip(rows, found, strict=True) if not bad]
    metric = _metric_of(store, "c_01_patterns", "ev_01_patterns")
    assert (metric.successes, metric.n, metric.clusters) == (sum(found), 1000, 100) == (660, 1000, 100)
    (cell,) = (cell for cell in store.all(CapabilityCell) if cell.attribute == "Hyperproperties")
    tainted = store.find(cell.metric, Metric)
    assert tainted is not None
    assert tainted.strata == {"technique": "Tainted"}
    assert tainted.successes == clean.count("Tainted")


def test_typed_figures_follow_from_the_files_they_name(store: Store) -> None:
    """Of what GPT-4 got wrong, Reflexion mended 10, and lost one of what it got right."""
    solved, wrong = [], []
    for name in ("humaneval-py..gz_simple_1_gpt-4_pass_at_k_1_py.jsonl", "reflexion_humaneval_py_pass_at_1.jsonl"):
        rows = [json.loads(line) for line in (FOLDER / "humaneval" / name).read_text(encoding="utf-8").splitlines()]
        solved.append({row["task_id"] for row in rows if row["is_solved"]})
        wrong.append({row["task_id"] for row in rows if not row["is_solved"]})
    metric = _metric_of(store, "gd_c08_complex_self_test", "ev_11_mended")
    assert (metric.successes, metric.n) == (len(wrong[0] & solved[1]), len(wrong[0])) == (10, 23)
    assert len(solved[0] - solved[1]) == 1


def _imported(store: Store) -> list[Run]:
    return [run for run in store.all(Run) if run.origin == "file"]


def _metric_of(store: Store, subject: str, evidence: str) -> Metric:
    (metric,) = (
        claim.metric for claim in subject_verdicts(store, subject) if claim.evidence.id == evidence and claim.metric
    )
    return metric
