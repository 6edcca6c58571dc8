"""A log of 6,000 samples is read in little more than the time that its header and summaries alone take."""

import json
import random
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.effort import within
from tests.unit.evidence.logs import header, score_entry, text, zstd_zip
from workbench.evidence.reading import read_run

FACTOR = 2.0


@pytest.fixture(scope="module")
def large_log(tmp_path_factory):
    """11 MB: 1,500 items four times over, every sample in a file of its own, NaN among the scores."""
    chance = random.Random(1)
    log = header()
    log["eval"]["config"] = {"epochs": 4, "epochs_reducer": ["mean", "pass_at_2"]}
    log["eval"]["dataset"]["sample_ids"] = [f"s-{item}" for item in range(1500)]
    names = (("func_secure", "functional"), ("func_secure", "secure"), ("includes", "includes"))
    scores = [
        score_entry(scorer, 0.5, name=name, reducer=reducer)
        for scorer, name in names
        for reducer in ("mean", "pass_at_2")
    ]
    log["results"] = {"total_samples": 6000, "completed_samples": 6000, "scores": scores}
    rows = []
    members = {}
    for item in range(1500):
        for epoch in range(1, 5):
            both = {"functional": chance.randint(0, 1), "secure": chance.randint(0, 1)}
            rows.append(
                {
                    "id": f"s-{item}",
                    "epoch": epoch,
                    "input": "Write a function with 7 chained requirements",
                    "target": "ok",
                    "metadata": {"complexity": 7, "cwe": "CWE-78"},
                    "scores": {
                        "func_secure": {"value": float("nan") if item % 9 == 0 else both, "history": []},
                        "includes": {"value": chance.choice("CI"), "answer": "no", "explanation": "no", "history": []},
                    },
                    "model_usage": {},
                    "started_at": "2026-11-22T07:23:00.581339+00:00",
                    "completed_at": "2026-11-22T07:23:00.668724+00:00",
                    "total_time": 0.087,
                    "uuid": f"{chance.getrandbits(128):022x}",
                    "retries": 0,
                    "completed": True,
                }
            )
            members[f"samples/s-{item}_epoch_{epoch}.json"] = f"{chance.getrandbits(10_000):x}".encode()
    path = tmp_path_factory.mktemp("speed") / "big.eval"
    path.write_bytes(zstd_zip(members | {"summaries.json": text(rows), "header.json": text(log)}))
    return path


def bare(path: Path) -> Any:
    """Header and summaries, and nothing else."""
    from backports.zstd import zipfile as zstd_zipfile

    with zstd_zipfile.ZipFile(path) as archive:
        json.loads(archive.read("header.json"))
        return json.loads(archive.read("summaries.json"))


def test_a_large_log_within_twice_the_bare_reading(large_log):
    assert large_log.stat().st_size > 7_000_000
    assert len(zipfile.ZipFile(large_log).namelist()) > 6000
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    bare(large_log)
    read_run(large_log)
    for _ in range(9):  # interleaved, so that a busy machine slows both
        start = time.process_time()
        bare(large_log)
        times["bare"].append(time.process_time() - start)
        start = time.process_time()
        (imported,) = read_run(large_log)
        times["ours"].append(time.process_time() - start)
    assert imported.run.counts.scored == 6000
    ratio = min(times["ours"]) / min(times["bare"])  # the fastest of each: what a busy machine leaves of a figure
    print(f"evidence read: {ratio:.2f} x bare ({min(times['ours']) * 1000:.0f} ms)")  # noqa: T201 - shown with -s
    assert ratio <= FACTOR


def test_a_subject_without_evidence_costs_one_look_up(benchmark):
    from workbench.evidence.standing import subject_verdicts
    from workbench.model.elements import Cause
    from workbench.store.store import Store

    store = Store([Cause(id=f"c{i}") for i in range(1000)])
    with within(3):
        for index in range(1000):
            assert subject_verdicts(store, f"c{index}") == []
    benchmark(subject_verdicts, store, "c1")
