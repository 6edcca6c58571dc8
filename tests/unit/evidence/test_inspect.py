"""Inspect logs of every layout: what is counted, what is missing, what is doubted."""

import copy
import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.unit.evidence.logs import header, row, rows, score_entry, write_eval, write_json, zstd_zip
from workbench.evidence.imported import ImportedRun
from workbench.evidence.problems import Cancelled, ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson


def one(path: Path, **options: Any) -> Any:
    (imported,) = read_run(path, **options)
    return imported


def doubted(imported: ImportedRun, *words: str) -> bool:
    return any(all(word in doubt for word in words) for doubt in imported.doubts)


@pytest.mark.parametrize("method", ["deflate", "zstd"])
def test_a_finished_zip(tmp_path, method):
    imported = one(write_eval(tmp_path / "log.bin", header(), rows("C", "I", "C", "I"), method=method))
    run, (metric,) = imported.run, imported.metrics
    assert (run.format, run.format_version, run.verified, run.status) == ("inspect", "2", True, "success")
    assert (run.model.name, run.task.name, run.task.version, run.run_id) == ("lab/model-1", "secure_code", "3", "E1")
    assert run.code_revision.commit == "abc1234"
    assert run.code_revision.dirty is True
    assert (run.counts.planned, run.counts.attempted, run.counts.scored, run.counts.errors) == (4, 4, 4, 0)
    assert run.source.bytes == (tmp_path / "log.bin").stat().st_size
    assert len(run.source.sha256) == 64
    assert (metric.name, metric.scorer, metric.kind) == ("accuracy", "match", "proportion")
    assert (metric.value, metric.n, metric.successes, metric.missing) == (0.5, 4, 2, 0)
    assert (metric.estimate.low, metric.estimate.high) == wilson(2, 4)
    assert (metric.reported.value, metric.reported.stderr) == (0.5, 0.1)
    assert imported.doubts == ()


def test_the_same_file_gives_the_same_records_under_another_name(tmp_path):
    first = one(write_eval(tmp_path / "a.eval", header(), rows("C", "I", "C", "I")))
    (tmp_path / "b.txt").write_bytes((tmp_path / "a.eval").read_bytes())
    second = one(tmp_path / "b.txt")
    assert first.run.id == second.run.id
    assert first.metrics == second.metrics
    assert first.metrics[0].run == first.run.id


def test_letters_words_and_numbers(tmp_path):
    values = ["C", "I", True, False, 1, 0, "yes", "No", "1.0", "TRUE"]
    log = header()
    log["eval"]["dataset"]["sample_ids"] = list(range(10))
    log["results"] = {"total_samples": 10, "completed_samples": 10, "scores": [score_entry("match", 0.6)]}
    (metric,) = one(write_eval(tmp_path / "l.eval", log, rows(*values))).metrics
    assert (metric.successes, metric.n, metric.kind) == (6, 10, "proportion")


def test_partial_credit_makes_a_mean_that_stays_in_bounds(tmp_path):
    (metric,) = one(write_eval(tmp_path / "l.eval", header(), rows("C", "P", "C", "C"))).metrics
    assert (metric.kind, metric.unit, metric.value, metric.successes) == ("mean", "proportion", 0.875, None)
    assert 0 <= metric.estimate.low < 0.875 < metric.estimate.high <= 1
    assert metric.estimate.method == "t"


def test_plain_numbers_make_a_mean_without_bounds(tmp_path):
    log = header()
    log["results"]["scores"] = [score_entry("loss", 2.5, metric="mean")]
    samples = [row(i, v, scorer="loss") for i, v in zip("abcd", (1.0, 2.0, 3.0, 4.0), strict=True)]
    (metric,) = one(write_eval(tmp_path / "l.eval", log, samples)).metrics
    assert (metric.name, metric.kind, metric.unit, metric.value) == ("mean", "mean", "other", 2.5)
    assert metric.estimate.high > 4


def test_nan_is_unscored_and_leaves_the_denominator(tmp_path):
    log = header()
    log["results"]["scores"] = [score_entry("match", float("nan"))]
    imported = one(write_eval(tmp_path / "l.eval", log, rows("C", float("nan"), "C", float("inf"))))
    (metric,) = imported.metrics
    assert (metric.value, metric.n, metric.missing) == (1.0, 2, 2)
    assert metric.reported.value is None
    assert imported.run.counts.unscored == 2
    assert doubted(imported, "2 of 4 samples have no score")


def test_no_answer_is_missing_not_wrong(tmp_path):
    log = header()
    log["results"]["scores"] = [score_entry("match", 0.5)]
    imported = one(write_eval(tmp_path / "l.eval", log, rows("C", "N", "C", "N")))
    (metric,) = imported.metrics
    assert (metric.value, metric.n, metric.missing, imported.run.counts.refused) == (1.0, 2, 2, 2)
    assert doubted(imported, "2 of 4 samples are marked N")
    assert doubted(imported, "reports 0.5", "give 1")


def test_words_without_a_number_are_no_zeros(tmp_path):
    imported = one(write_eval(tmp_path / "l.eval", header(), rows("C", "I", "maybe", "dunno")))
    assert (imported.metrics[0].n, imported.metrics[0].missing) == (2, 2)
    assert doubted(imported, "2 of 4 values of match are words")


def test_errored_samples_are_missing_even_with_a_score(tmp_path):
    samples = [row("a", "C"), row("b", "I"), row("c", error="boom"), row("d", "I", error="late boom")]
    imported = one(write_eval(tmp_path / "l.eval", header(), samples))
    counts, (metric,) = imported.run.counts, imported.metrics
    assert (counts.scored, counts.errors) == (2, 2)
    assert (metric.n, metric.missing) == (2, 2)
    assert doubted(imported, "2 of 4 samples in the file ended in an error")
    assert doubted(imported, "1 of 4 samples have an error and scores")


def test_success_without_a_single_score_is_no_success(tmp_path):
    log = header()
    del log["results"]
    imported = one(write_eval(tmp_path / "l.eval", log, [row(i, error="no network") for i in "abcd"]))
    assert imported.run.status == "error"
    assert imported.metrics == ()
    assert imported.run.counts.errors == 4
    assert doubted(imported, "says success")


def test_scored_off_is_no_failure(tmp_path):
    log = header()
    log["results"]["scores"] = []
    imported = one(write_eval(tmp_path / "l.eval", log, [row(i) for i in "abcd"]))
    assert imported.run.status == "success"
    assert (imported.metrics, imported.run.counts.unscored) == ((), 4)
    assert doubted(imported, "Nothing was scored")


def epochs_log(
    *scores: Any, epochs: int = 3, reducers: tuple[str, ...] = ("mean",), ids: str = "abcd"
) -> dict[str, Any]:
    log = header()
    log["eval"]["config"] = {"epochs": epochs, "epochs_reducer": list(reducers)}
    log["eval"]["dataset"]["sample_ids"] = list(ids)
    total = epochs * len(ids)
    log["results"] = {"total_samples": total, "completed_samples": total, "scores": list(scores)}
    return log


def test_repeats_are_clustered_by_item(tmp_path):
    log = epochs_log(score_entry("match", 0.5, reducer="mean"))
    samples = [row(i, "C" if i in "ab" else "I", epoch=e) for i in "abcd" for e in (1, 2, 3)]
    imported = one(write_eval(tmp_path / "l.eval", log, samples))
    (metric,) = imported.metrics
    assert (metric.n, metric.successes, metric.clusters, metric.reducer) == (12, 6, 4, "mean")
    assert metric.estimate.method == "wilson-clustered"
    assert metric.estimate.n_effective == pytest.approx(3.0)  # four items that always agree with themselves
    assert metric.estimate.low < wilson(6, 12)[0]
    assert imported.run.counts.clusters == 4
    assert imported.run.epochs == 3


def test_repeats_that_all_pass_count_as_items_only(tmp_path):
    log = epochs_log(score_entry("match", 1.0, reducer="mean", stderr=0.0))
    samples = [row(i, "C", epoch=e) for i in "abcd" for e in (1, 2, 3)]
    imported = one(write_eval(tmp_path / "l.eval", log, samples))
    (metric,) = imported.metrics
    assert metric.estimate.n_effective == 4
    assert (metric.estimate.low, metric.estimate.high) == wilson(4, 4)
    assert doubted(imported, "standard error of 0")


def test_one_scorer_once_for_each_reducer(tmp_path):
    log = epochs_log(
        score_entry("match", 0.5, reducer="mean"),
        score_entry("match", 2 / 3, reducer="pass_at_2"),
        score_entry("match", 0.25, reducer="at_least_3"),
        score_entry("match", 1.0, reducer="max"),
        score_entry("match", 0.5, reducer="somebody_s_own"),
    )
    passes = {"a": "CCC", "b": "CII", "c": "ICI", "d": "IIC"}
    samples = [row(i, v, epoch=e + 1) for i, values in passes.items() for e, v in enumerate(values)]
    imported = one(write_eval(tmp_path / "l.eval", log, samples))
    found = {metric.reducer: metric for metric in imported.metrics}
    assert found["mean"].value == pytest.approx(0.5)
    assert (found["pass_at_2"].kind, found["pass_at_2"].k) == ("pass_at_k", 2)
    assert found["pass_at_2"].value == pytest.approx((1 + 3 * 2 / 3) / 4)
    assert (found["at_least_3"].value, found["at_least_3"].n) == (0.25, 4)
    assert found["max"].value == 1.0
    assert found["somebody_s_own"].value is None
    assert found["somebody_s_own"].reported.value == 0.5
    assert len({metric.id for metric in imported.metrics}) == 5


def test_an_item_that_lost_repeats_is_missing_from_pass_at_k(tmp_path):
    log = epochs_log(score_entry("match", 0.5, reducer="pass_at_2"))
    samples = [row(i, "C", epoch=e) for i in "abcd" for e in (1, 2, 3)]
    samples[0] = row("a", epoch=1, error="boom")
    (metric,) = one(write_eval(tmp_path / "l.eval", log, samples)).metrics
    assert (metric.n, metric.missing) == (3, 1)


def test_dict_and_list_values_are_metrics_of_their_own(tmp_path):
    log = header()
    log["results"]["scores"] = [
        score_entry("both", 0.5, name="works"),
        score_entry("both", 0.75, name="safe"),
        score_entry("pair", 0.5, name="0"),
    ]
    values = [{"works": 1, "safe": 1}, {"works": 0, "safe": 1}, {"works": 1, "safe": 0}, {"works": 0, "safe": 1}]
    samples = [
        {"id": i, "epoch": 1, "scores": {"both": {"value": v}, "pair": {"value": [v["works"], 0]}}}
        for i, v in zip("abcd", values, strict=True)
    ]
    found = {metric.scorer: metric.value for metric in one(write_eval(tmp_path / "l.eval", log, samples)).metrics}
    assert found == {"both/works": 0.5, "both/safe": 0.75, "pair/0": 0.5}


def test_a_truncated_data_set_is_said(tmp_path):
    log = header()
    log["eval"]["config"]["limit"] = 4
    log["eval"]["dataset"]["samples"] = 100
    imported = one(write_eval(tmp_path / "l.eval", log, rows("C", "I", "C", "I")))
    assert imported.run.limit == "4"
    assert doubted(imported, "Only 4 of the data set's 100 items")


def test_stopped_samples_edited_scores_and_updates_are_said(tmp_path):
    samples = rows("C", "I", "C", "I")
    samples[0]["limit"] = "token"
    samples[1]["scores"]["match"]["history"] = [{"value": "C"}]
    log = header(invalidated=True, log_updates=[{"edits": []}])
    imported = one(write_eval(tmp_path / "l.eval", log, samples))
    assert imported.run.invalidated
    for words in (["stopped at a limit"], ["Scores of 1 of 4 samples were edited"], ["edited after"], ["invalid"]):
        assert doubted(imported, *words)


@pytest.mark.parametrize(("version", "verified"), [(1, True), (2, True), (3, False), (None, False), ("x", False)])
def test_unknown_versions_are_unverified(tmp_path, version, verified):
    log = header(version=version)
    if version is None:
        del log["version"]
    imported = one(write_eval(tmp_path / "l.eval", log, rows("C", "I", "C", "I")))
    assert imported.run.verified is verified
    assert imported.metrics[0].n == 4
    assert doubted(imported, "version") is not verified


def test_an_unfinished_log_is_read_from_its_journal(tmp_path):
    start = {"eval": header()["eval"], "plan": {}}
    journal = {"_journal/summaries/2.json": rows("C", "I", "C")[2:], "_journal/summaries/1.json": rows("C", "I")}
    path = write_eval(tmp_path / "l.eval", None, None, start=start, more=journal)
    imported = one(path)
    assert imported.run.status == "started"
    assert (imported.run.counts.planned, imported.run.counts.attempted) == (4, 3)
    (metric,) = imported.metrics
    assert (metric.name, metric.successes, metric.n, metric.missing) == ("accuracy", 2, 3, 1)
    assert doubted(imported, "no header")


def test_samples_are_never_opened(tmp_path):
    damaged = {f"samples/{i}_epoch_1.json": b"{ this is no json" for i in "abcd"}
    assert one(write_eval(tmp_path / "l.eval", header(), rows("C", "I", "C", "I"), more=damaged)).metrics[0].n == 4


def test_a_header_that_speaks_of_more_samples_than_the_file_holds(tmp_path):
    log = header()
    log["results"] = {"total_samples": 80, "completed_samples": 78, "scores": [score_entry("match", 0.7)]}
    log["results"]["scores"][0]["scored_samples"] = 78
    imported = one(write_json(tmp_path / "l.json", log, [row("a", error="boom")]))
    counts, (metric,) = imported.run.counts, imported.metrics
    assert (counts.planned, counts.scored, counts.errors) == (80, 78, 2)
    assert (metric.value, metric.n, metric.reported.value) == (None, None, 0.7)
    assert doubted(imported, "header speaks of 78 samples, the file holds 1")


def test_reductions_stand_in_for_samples_that_were_not_logged(tmp_path):
    log = header(status="cancelled")
    log["results"] = {"total_samples": 3, "completed_samples": 3, "scores": [score_entry("match", 2 / 3)]}
    log["reductions"] = [
        {"scorer": "match", "samples": [{"value": v, "sample_id": i} for i, v in enumerate((1.0, 1.0, 0))]}
    ]
    imported = one(write_json(tmp_path / "l.json", log, []))
    assert imported.run.status == "cancelled"
    (metric,) = imported.metrics
    assert (metric.successes, metric.n) == (2, 3)
    assert doubted(imported, "did not end")


def test_json_of_today_and_of_early_2024_agree(tmp_path):
    log = header()
    new = one(write_json(tmp_path / "new.json", log, rows("C", "I", "C", "I")))
    old_log = copy.deepcopy(log)
    old_log["results"] = {
        "scorer": {"name": "match", "params": {}},
        "metrics": {"accuracy": {"name": "accuracy", "value": 0.5, "options": {}}},
    }
    old_rows = [{"id": r["id"], "epoch": 1, "score": r["scores"]["match"]} for r in rows("C", "I", "C", "I")]
    old = one(write_json(tmp_path / "old.json", old_log, old_rows))
    for imported in (new, old):
        (metric,) = imported.metrics
        assert (metric.name, metric.scorer, metric.successes, metric.n) == ("accuracy", "match", 2, 4)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = write_json(tmp_path / "l.json", header(), rows("C", float("nan"), "C", "I"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert one(path).metrics[0].n == 3


def test_lone_surrogates_and_control_characters_are_made_harmless(tmp_path):
    log = header()
    log["eval"]["model"] = "bad\ud800name\x00\x1b[31m"
    log["eval"]["task"] = "line\nbreak"
    run = one(write_json(tmp_path / "l.json", log, rows("C", "I", "C", "I"))).run
    run.model_dump_json().encode()
    assert run.task.name == "line break"
    assert "\x1b" not in run.model.name
    assert "\x00" not in run.model.name


def test_odd_types_everywhere_do_not_break_it(tmp_path):
    log = {
        "version": [2],
        "status": {"a": 1},
        "eval": {"task": ["x"], "model": 5, "dataset": [], "config": "no", "packages": 3, "revision": 7, "metadata": 0},
        "results": {"scores": [None, 3, {"name": None, "metrics": {"accuracy": 4, "x": {"value": 10**400}}}]},
        "stats": [],
        "log_updates": {},
        "error": "text",
    }
    samples: list[Any] = [
        None,
        3,
        {"id": [1], "epoch": "x", "scores": {"m": 3, "n": {"value": {"k": [1]}}}},
        {"id": {}, "error": {}},
    ]
    imported = one(write_json(tmp_path / "l.json", log, samples))
    assert imported.run.status == "unknown"
    assert all(metric.value is None or math.isfinite(metric.value) for metric in imported.metrics)


def test_progress_runs_to_one_and_cancel_stops(tmp_path):
    path = write_eval(tmp_path / "l.eval", header(), rows("C", "I", "C", "I"))
    steps: list[float] = []
    read_run(path, progress=steps.append)
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    with pytest.raises(Cancelled):
        read_run(path, progress=steps.append, cancelled=lambda: len(steps) > 8)


def test_zstd_in_several_frames(tmp_path):
    import zlib

    from backports import zstd

    from tests.unit.evidence.logs import text, zip_of

    data, more = text(header()), text(rows("C", "I", "C", "I"))
    packed = zstd.compress(more[:50]) + zstd.compress(more[50:])
    blob = zip_of(
        {
            "header.json": (0, data, len(data), zlib.crc32(data)),
            "summaries.json": (93, packed, len(more), zlib.crc32(more)),
        }
    )
    (tmp_path / "l.eval").write_bytes(blob)
    assert one(tmp_path / "l.eval").metrics[0].n == 4


def test_a_zip_that_is_no_inspect_log(tmp_path):
    (tmp_path / "x.eval").write_bytes(zstd_zip({"notes.txt": b"hello"}))
    with pytest.raises(ImportProblem, match="no Inspect log"):
        read_run(tmp_path / "x.eval")


@pytest.fixture
def streamed(monkeypatch):
    """Every ``.json`` log counts as large, and is read in small bites."""
    from workbench.evidence.formats import inspect_log, json_stream

    monkeypatch.setattr(inspect_log, "STREAM_ABOVE", 0)
    monkeypatch.setattr(json_stream, "_CHUNK", 7)


@pytest.mark.parametrize("indent", [None, 2])
def test_a_large_json_log_is_read_sample_by_sample(tmp_path, streamed, indent):
    values = ["C", "I", float("nan"), "C"]
    samples = [r | {"messages": ["é\U0001f600" * 50, {"a": [1, 2.5e-3, -7]}]} for r in rows(*values)]
    log = header() | {"samples": samples, "after": True, "empty": {}, "none": [], "number": 12345678901234567890}
    path = tmp_path / "l.json"
    path.write_text(json.dumps(log, indent=indent, ensure_ascii=indent is None), encoding="utf-8")
    (metric,) = one(path).metrics
    assert (metric.successes, metric.n, metric.missing) == (2, 3, 1)


def test_a_large_json_log_without_samples(tmp_path, streamed):
    assert one(write_json(tmp_path / "l.json", header(), [])).run.counts.attempted in (0, 4)
    assert one(write_json(tmp_path / "m.json", header())).run.task.name == "secure_code"


@pytest.mark.parametrize(
    ("cut", "added", "words"),
    [
        (-1, b"", "cut off"),
        (-40, b"", "cut off"),
        (-1, b", 3: 4}", "no text"),
        (-1, b" x", "not valid JSON"),
        (None, b" {}", "more than one JSON value"),
        (-1, b', "x": tru}', "broken"),
        (-1, b', "x": tru, "y": "' + b"z" * 99 + b'"}', "not valid JSON"),
        (-1, b', "x": "\xff"}', "not UTF-8"),
        (-1, b', "x": ' + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_broken_large_json_logs(tmp_path, streamed, monkeypatch, cut, added, words):
    from workbench.evidence.formats import json_stream

    monkeypatch.setattr(json_stream, "_CHUNK", 4096)
    path = write_json(tmp_path / "l.json", header(), rows("C", "I", "C", "I"))
    path.write_bytes(path.read_bytes()[:cut] + added)
    with pytest.raises(ImportProblem, match=words):
        read_run(path)


def test_reading_a_large_json_log_can_be_cancelled(tmp_path, streamed):
    path = write_json(tmp_path / "l.json", header(), rows("C", "I", "C", "I"))
    steps: list[float] = []
    with pytest.raises(Cancelled):
        read_run(path, progress=steps.append, cancelled=lambda: len(steps) > 6)
    assert steps == sorted(steps)


def test_a_flood_of_score_names_is_bounded(tmp_path):
    samples = [row("a", {f"k{i}": 1 for i in range(1500)}), row("b", "C")]
    imported = one(write_eval(tmp_path / "l.eval", header(), samples))
    assert len(imported.metrics) <= 1001
    assert doubted(imported, "more than 1,000 kinds of scores")
