"""Real result files of public tools, where they are at hand: the counts that are known, and no surprises."""

import os
from pathlib import Path
from typing import Any

import pytest

from workbench.evidence.criterion import parse_criterion
from workbench.evidence.reading import read_many, read_run
from workbench.evidence.verdict import judge

FOLDER = Path(os.environ.get("HAZARD_SHARED", "")) / "evalruns"
pytestmark = pytest.mark.skipif(
    not os.environ.get("HAZARD_SHARED") or not FOLDER.is_dir(),
    reason="HAZARD_SHARED does not name the folder with the collected evaluation runs",
)


def one(name: str) -> Any:
    (path,) = FOLDER.glob(name)
    (imported,) = read_run(path)
    return imported


@pytest.mark.parametrize(
    ("name", "status", "scored", "errors", "successes"),
    [
        ("humaneval/humaneval-py*gpt-4*.jsonl", "unknown", 164, 0, 141),
        ("humaneval/mbpp-py*.jsonl", "unknown", 397, 0, 318),
        ("humaneval/reflexion*.jsonl", "unknown", 150, 14, 150),
        ("humaneval/simple_1_text-davinci*.jsonl", "unknown", 96, 68, 96),
        ("inspect/2025-02-11T15-18-04*.eval", "success", 10, 0, 8),
        ("inspect/2025-09-23*.eval", "success", 100, 0, 63),
        ("inspect/2025-11-07*.eval", "success", 1, 0, 1),
        ("inspect/2025-05-12T20-27-36*.json", "success", 1, 0, 1),
        ("inspect/2025-05-12T20-28-13*.json", "cancelled", 3, 0, 2),
        ("inspect/2025-05-12T20-28-26*.json", "success", 3, 0, 3),
        ("inspect/data_arc_qwen.json", "success", 3, 0, 1),
        ("inspect/data_pubmedqa*.json", "success", 2, 0, 2),
        ("inspect/log_formats.eval", "success", 1, 0, 0),
        ("inspect/log_formats.json", "success", 1, 0, 0),
        ("inspect/log_images.json", "success", 1, 0, 0),
        ("inspect/log_streaming.eval", "success", 4, 0, 3),
        ("inspect/generated/zstd_secure_code_40x3.eval", "success", 118, 2, 55),
        ("inspect/generated/json_secure_code_40x3.json", "success", 118, 2, 55),
        ("inspect/generated/zstd_big_1500x4.eval", "success", 5998, 2, 2933),
        ("inspect/generated/zstd_status_error.eval", "error", 7, 2, 2),
    ],
)
def test_counts(name, status, scored, errors, successes):
    imported = one(name)
    assert imported.run.status == status
    assert (imported.run.counts.scored, imported.run.counts.errors) == (scored, errors)
    assert imported.metrics[0].successes == successes


def test_our_figures_agree_with_the_log_s_where_nothing_is_missing():
    for path in [*FOLDER.glob("inspect/*.eval"), *FOLDER.glob("inspect/*.json")]:
        (imported,) = read_run(path)
        for metric in imported.metrics:
            if metric.value is not None and not metric.missing:
                assert metric.value == pytest.approx(metric.reported.value)


def test_the_run_in_which_every_sample_failed_has_no_rate():
    imported = one("inspect/generated/zstd_all_samples*.eval")
    assert (imported.run.status, imported.run.counts.errors, imported.metrics) == ("error", 120, ())


def test_a_header_without_its_samples_gives_counts_and_no_rate():
    imported = one("inspect/data_cvebench*.json")
    counts = imported.run.counts
    assert (counts.planned, counts.scored, counts.errors) == (80, 78, 2)
    assert imported.metrics[0].value is None
    assert imported.metrics[0].reported.value == pytest.approx(55 / 78)


def test_a_weak_run_with_empty_answers_is_judged_by_its_bounds():
    imported = one("humaneval/simple_1_text-davinci*.jsonl")
    (metric,) = imported.metrics
    assert judge(metric, imported.run, parse_criterion(">= 50%")).verdict == "supports"  # 96 of 164 at the least
    assert judge(metric, imported.run, parse_criterion("<= 60%")).verdict == "inconclusive"
    assert judge(metric, imported.run, parse_criterion(">= 90%")).verdict == "inconclusive"


def test_the_whole_folder_is_read_at_once_and_every_refusal_has_its_reason():
    found = read_many([FOLDER])
    why = {
        "example_samples.jsonl": "answers but no results",
        "At_k_Results.csv": "nobody has said what its columns mean",
        "Combined_Results.csv": "nobody has said what its columns mean",
        "results_cwe_089.csv": "is empty",
        "empty.xml": "is empty",
        "corrupt-xml.xml": "not well-formed",
        "Comprehensive.sarif": "SARIF 2.0.0",
        "invalid-sarif.sarif": "results is no list",
        "tutorial_Empty_runs.sarif": "no runs",
        "tutorial_No_runs.sarif": "runs are null",
    }
    assert {problem.path.name for problem in found.problems} == set(why)
    for problem in found.problems:
        assert why[problem.path.name] in str(problem)
    files = {imported.run.source.path for imported in found.runs}
    assert len(files) >= 60
