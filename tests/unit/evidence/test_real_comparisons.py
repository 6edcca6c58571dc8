"""Comparisons over real result files of public tools, where they are at hand: the figures that are known."""

import csv
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.support import there
from workbench.evidence.compare import compare_runs
from workbench.evidence.items import Item, metric_of
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import clustered_mean, effective_n

FOLDER = Path(os.environ.get("HAZARD_SHARED", "")) / "evalruns"
pytestmark = pytest.mark.skipif(
    not os.environ.get("HAZARD_SHARED") or not FOLDER.is_dir(),
    reason="HAZARD_SHARED does not name the folder with the collected evaluation runs",
)


def items(name: str, **options: Any) -> Any:
    (path,) = (FOLDER / "humaneval").glob(name)
    (imported,) = read_run(path, **options)
    return imported.items[imported.metrics[0].id]


def test_gpt_4_against_reflexion():
    simple, reflexion = items("humaneval-py*gpt-4*.jsonl"), items("reflexion*.jsonl")
    found = compare_runs(simple, reflexion)
    assert (found.n, found.both, found.only_a, found.only_b, found.neither) == (164, 140, 1, 10, 13)
    assert found.p_value == pytest.approx(0.012, abs=5e-4)
    assert found.difference == pytest.approx((141 - 150) / 164)
    assert there(found.high) < 0
    assert found.decided
    # the fourteen rows without an answer are said to be counted as failures; left out they would decide more
    assert (found.missing, found.counted, there(found.otherwise).n, there(found.otherwise).only_a) == (
        14,
        "as failures",
        150,
        0,
    )
    told = compare_runs(simple, items("reflexion*.jsonl", empty_answers_fail=True))
    assert (told.missing, told.only_a, told.only_b, told.p_value) == (0, 1, 10, found.p_value)


def test_a_run_that_is_incomplete_decides_nothing_by_its_empty_answers():
    found = compare_runs(items("simple_1_text-davinci*.jsonl"), items("reflexion*.jsonl"))
    assert found.missing >= 68
    low, high = there(found.bounds)
    assert low < 0 < high
    assert not found.decided


def test_other_data_sets_are_refused():
    found = compare_runs(items("humaneval-py*gpt-4*.jsonl"), items("mbpp-py*.jsonl"))
    assert "164 items only in the first run, 397 items only in the second" in found.refused


@pytest.fixture(scope="module")
def insecure():
    """Insecure or not, by model at temperature 0.2: one item for each sample, repeats under their prompt's name."""
    cells: dict[str, list[Item]] = defaultdict(list)
    with (FOLDER / "insecure_code_csv" / "Combined_Results.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Temp"] == "0.2":
                vulnerable = float(int(row["direct_vulnerable"]) + int(row["indirect_vulnerable"]) > 0)
                cells[row["model_name"]].append(Item(row["id"], vulnerable))
    return cells


def test_repeats_widen_the_interval_about_threefold(insecure):
    metric = metric_of("insecure", insecure["gpt-4"])
    assert (metric["n"], metric["clusters"], round(metric["value"], 3)) == (1000, 100, 0.66)
    error = metric["estimate"]["standard_error"]
    naive = (0.66 * 0.34 / 1000) ** 0.5
    assert naive == pytest.approx(0.015, abs=5e-4)
    assert error == pytest.approx(0.046, abs=1e-3)
    assert error / naive == pytest.approx(3.1, abs=0.05)
    assert metric["estimate"]["n_effective"] == pytest.approx(105, abs=2)


def test_pairing_halves_the_error_of_a_difference(insecure):
    one, other = insecure["gpt-4"], insecure["gpt-3.5-turbo"]
    found = compare_runs(one, other)
    assert (found.n, found.only_a, found.method) == (100, None, "paired difference")
    half = (there(found.high) - there(found.low)) / 2 / 1.984
    assert half == pytest.approx(0.030, abs=1e-3)
    unpaired = sum(
        there(clustered_mean([item.score for item in run], [item.item for item in run]).standard_error) ** 2
        for run in (one, other)
    )
    assert unpaired**0.5 == pytest.approx(0.067, abs=1e-3)
    assert effective_n(0.66, 0.046, 1000, 100) == pytest.approx(106, abs=1)
