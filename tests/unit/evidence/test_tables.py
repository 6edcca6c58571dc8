"""Tables read by a mapping of their columns."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.support import there
from workbench.evidence import parquet
from workbench.evidence.intake import Watch
from workbench.evidence.problems import ImportProblem, NeedsMapping
from workbench.evidence.reading import read_many, read_run
from workbench.evidence.statistics import wilson

BASIC = {"columns": {"item": "task"}, "metrics": [{"passed": "ok"}]}


def mapped(metric: dict[str, Any] | None = None, **columns: Any) -> dict[str, Any]:
    return {"profile": 1, "name": "m", "columns": columns, "metrics": [metric or {"passed": "ok"}]}


def table(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: Path, profile: dict[str, Any], **options: Any) -> Any:
    (imported,) = read_run(path, profile=profile, **options)
    return imported


ROWS = "task,ok\na,true\nb,false\nc,true\nd,true\n"


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        ROWS.replace(",", ";"),
        ROWS.replace(",", "\t"),
        ROWS.replace("\n", "\r\n"),
        "\ufeff" + ROWS,
        "sep=;\n" + ROWS.replace(",", ";"),
        ROWS.encode("utf-16"),
        b"\xfe\xff" + ROWS.encode("utf-16-be"),
        ROWS + "\n\n",
        ROWS.replace("\n", ",\n"),
        'task,ok\n"a\nand, ""more""",1\nb,0\nc,YES\nd,passed\n',
        "\n".join(json.dumps({"task": name, "ok": name != "b", "x": {"y": 1}}) for name in "abcd"),
        json.dumps([{"task": name, "ok": int(name != "b")} for name in "abcd"]),
    ],
    ids=[
        "comma",
        "semicolon",
        "tab",
        "crlf",
        "bom",
        "sep",
        "utf-16",
        "utf-16-be",
        "blank",
        "ends",
        "quoted",
        "jsonl",
        "json",
    ],
)
def test_every_way_to_write_a_table(tmp_path, content):
    imported = one(table(tmp_path / "whatever", content), BASIC)
    rate = imported.metrics[0]
    assert (imported.run.format, imported.run.status) == ("table", "unknown")
    assert (rate.name, rate.n, rate.successes, rate.missing) == ("pass_rate", 4, 3, 0)
    assert (rate.estimate.low, rate.estimate.high) == wilson(3, 4)
    assert imported.run.counts.planned == imported.run.counts.scored == 4
    assert any("which model" in doubt for doubt in imported.doubts)
    assert any("when the run was made" in doubt for doubt in imported.doubts)


def test_an_unmapped_table_lists_its_columns(tmp_path):
    for content in (ROWS, '{"alpha": 1, "beta": {"gamma": 2}}\n{"alpha": 2}\n'):
        with pytest.raises(NeedsMapping) as caught:
            read_run(table(tmp_path / "t", content))
        assert "--map" in str(caught.value)
        assert all(name in str(caught.value) for name in caught.value.columns)
    assert caught.value.columns == ("alpha", "beta.gamma")


@pytest.mark.parametrize(
    "content", ["hello, world\nthis is text\nand, more, of it\n", "int a;\nint b;\nint c;\n", "<a,b>\n<c,d>\n", "a,b\n"]
)
def test_text_that_is_no_table(tmp_path, content):
    with pytest.raises(ImportProblem, match="no run file"):
        read_run(table(tmp_path / "t", content))


def test_a_mapping_that_does_not_fit(tmp_path):
    path = table(tmp_path / "t.csv", ROWS)
    with pytest.raises(NeedsMapping, match="has no column 'works', which the mapping names; it has task, ok"):
        read_run(path, profile=mapped({"passed": "works"}))
    with pytest.raises(ImportProblem, match="cannot be read by this mapping"):
        read_run(path, profile={"metrics": []})
    with pytest.raises(ImportProblem, match=r"no row with a value that the mapping knows; it has 'true' 3 times"):
        read_run(path, profile=mapped({"passed": "ok", "pass_values": ["yes"], "fail_values": ["no"]}))
    with pytest.raises(ImportProblem, match="more than one column 'ok'"):
        read_run(table(tmp_path / "u.csv", "ok,ok\n1,0\n"), profile=mapped())
    with pytest.raises(ImportProblem, match="a header and no rows"):
        read_run(table(tmp_path / "v.csv", "task,ok\n"), profile=BASIC)


def test_the_short_form_reads_a_csv_too(tmp_path):
    (imported,) = read_run(table(tmp_path / "t.csv", ROWS), columns={"item": "task", "passed": "ok"})
    assert imported.metrics[0].successes == 3


def test_errors_empty_answers_and_unclear_values_are_missing(tmp_path):
    content = "task,ok,answer,error\na,1,x,\nb,0,x,None\nc,0,,\nd,0,x,timed out at API\ne,maybe,x,\nf,1,,\n"
    path = table(tmp_path / "t.csv", content)
    profile = mapped(item="task", answer="answer", error="error")
    imported = one(path, profile)
    rate, counts = imported.metrics[0], imported.run.counts
    assert (rate.n, rate.successes, rate.missing) == (3, 2, 3)
    assert (counts.planned, counts.scored, counts.errors, counts.unscored) == (6, 3, 2, 1)
    text = " ".join(imported.doubts)
    assert "1 of 6 rows tell of an error" in text
    assert "1 of 6 rows hold no answer" in text
    assert "'maybe' 1 times" in text
    assert "between 33.3 % (none of them counts) and 83.3 % (all do)" in text
    told = one(path, profile, empty_answers_fail=True)
    assert told.metrics[0].n == 4
    assert any(doubt.startswith("1 of 6 rows hold no answer; they are counted as failures") for doubt in told.doubts)
    twice = profile | {"metrics": [{"name": "a", "passed": "ok"}, {"name": "b", "passed": "ok"}]}
    (said,) = (doubt for doubt in one(path, twice, empty_answers_fail=True).doubts if "hold no answer" in doubt)
    assert said in told.doubts, "a row counts once, however many metrics it has"


def test_ragged_rows_are_told_by_line_and_not_scored(tmp_path):
    content = 'task,ok,x\na,1,"p\nq"\nb,1\nc,0,1\nd,1,2,3\ne,1,2,,\n'
    imported = one(table(tmp_path / "t.csv", content), BASIC)
    assert (imported.metrics[0].n, imported.metrics[0].successes, imported.metrics[0].missing) == (3, 2, 2)
    assert any("2 rows have more or fewer cells than the header (line 4, 6)" in doubt for doubt in imported.doubts)


def test_repeats_widen_the_interval(tmp_path):
    lines = [f"{item},{1 if item < 6 else 0}" for item in range(10) for _ in range(5)]
    imported = one(table(tmp_path / "t.csv", "task,ok\n" + "\n".join(lines)), BASIC)
    rate = imported.metrics[0]
    assert (rate.n, rate.clusters, imported.run.counts.clusters) == (50, 10, 10)
    assert rate.estimate.method == "wilson-clustered"
    assert rate.estimate.n_effective <= 10


def test_a_table_is_split_into_runs_and_strata(tmp_path):
    lines = [
        f"{item},{model},{heat},{'py' if item % 2 else 'c'},{int(item < 4 and heat == '0.0')}"
        for model in ("m1", "m2")
        for heat in ("0.0", "1.0")
        for item in range(8)
    ]
    path = table(tmp_path / "t.csv", "task,model,temp,lang,ok\n" + "\n".join(lines))
    runs = read_run(path, profile=mapped(item="task", model="model", split=["model", "temp"], strata=["lang"]))
    assert [(run.run.model.name, run.run.provenance.settings["temp"]) for run in runs] == [
        ("m1", "0.0"),
        ("m1", "1.0"),
        ("m2", "0.0"),
        ("m2", "1.0"),
    ]
    assert len({run.run.id for run in runs}) == 4
    assert [(m.strata.get("lang", ""), m.n, m.successes) for m in runs[0].metrics] == [
        ("", 8, 4),
        ("c", 4, 2),
        ("py", 4, 2),
    ]
    assert {item.item for item in runs[0].items[runs[0].metrics[0].id]} == set("01234567")
    (whole,) = read_run(path, profile=mapped(item="task", model="model"))
    assert whole.run.model.name == ""
    assert any("The rows name 2 models (m1, m2)" in doubt for doubt in whole.doubts)


def test_too_many_runs_are_refused(tmp_path):
    path = table(tmp_path / "t.csv", "task,ok\n" + "\n".join(f"{n},1" for n in range(500)))
    with pytest.raises(ImportProblem, match="more than 400 runs by task"):
        read_run(path, profile=mapped(split=["task"]))


@pytest.mark.parametrize(
    ("unit", "cells", "value", "kept"),
    [
        ("proportion", ("0.5", "0.25", "0.75"), 0.5, "proportion"),
        ("percent", ("50", "25", "75"), 0.5, "proportion"),
        ("proportion", ("50%", "25 %", "75%"), 0.5, "proportion"),
        ("proportion", ('"0,5"', '"0,25"', '"0,75"'), 0.5, "proportion"),
        ("other", ("3", "4", "8"), 5, "other"),
        ("proportion", ("3", "4", "8"), 5, "other"),
        ("proportion", ("nan", "0.25", "0.75"), 0.5, "proportion"),
    ],
)
def test_scores_and_their_units(tmp_path, unit, cells, value, kept):
    content = "task,s\n" + "\n".join(f"t{index},{cell}" for index, cell in enumerate(cells))
    metric = one(table(tmp_path / "t.csv", content), mapped({"name": "s", "score": "s", "unit": unit})).metrics[0]
    assert (metric.value, metric.unit) == (pytest.approx(value), kept)
    assert metric.missing == sum(cell == "nan" for cell in cells)


def test_a_comma_that_may_part_thousands_makes_no_number(tmp_path):
    path = table(tmp_path / "t.csv", 'task,elo\na,"1,203"\nb,"1203,5"\nc,1190\n')
    imported = one(path, mapped({"name": "elo", "score": "elo", "unit": "other"}))
    assert (imported.metrics[0].n, imported.metrics[0].missing) == (2, 1)
    assert imported.metrics[0].value == pytest.approx((1203.5 + 1190) / 2)
    assert "Some values are no plain number and count as missing: '1,203' 1 times." in imported.doubts
    share = one(table(tmp_path / "u.csv", 'task,s\na,"0,203"\n'), mapped({"name": "s", "score": "s"}))
    assert share.metrics[0].value == pytest.approx(0.203)
    rate = one(table(tmp_path / "v.csv", 'model,elo\nm,"1,203"\n'), mapped({"rate": "elo", "unit": "other"}))
    assert rate.metrics[0].reported.value is None


def test_a_table_of_results(tmp_path):
    content = "model,acc,n,half\nm1,85.98,164,0.5\nm2,86,164,0.51\nm3,,164,7\nm4,50.000,2000,0.5\n"
    path = table(tmp_path / "t.csv", content)
    metric = {"name": "acc", "rate": "acc", "n": "n", "unit": "percent"}
    runs = read_run(path, profile=mapped(metric, model="model", split=["model"]))
    first, second, third, fourth = (run.metrics[0] for run in runs)
    assert (first.n, first.successes, first.value) == (164, 141, 141 / 164)
    assert first.reported.value == pytest.approx(0.8598)
    assert (there(first.estimate).low, there(first.estimate).high) == wilson(141, 164)
    assert second.value is None, "86 % of 164 may be 141 only, but 85.5 to 86.5 may be more"
    assert second.reported.value == pytest.approx(0.86)
    assert (third.value, third.reported.value) == (None, None)
    assert (fourth.n, fourth.successes) == (2000, 1000)
    assert all("figures, not samples" in run.doubts[0] for run in runs)
    with pytest.raises(ImportProblem, match="lines 2 and 3 are results of one and the same run"):
        read_run(path, profile=mapped(metric))
    strata = read_run(path, profile=mapped(metric, strata=["model"]))
    assert len(strata) == 1
    assert [m.strata for m in strata[0].metrics] == [{"model": f"m{n}"} for n in range(1, 5)]
    outside = read_run(path, profile=mapped({"rate": "half"}, split=["model"]))
    assert any("perhaps it is in percent" in doubt for doubt in outside[2].doubts)


def test_counts_of_successes(tmp_path):
    path = table(tmp_path / "t.csv", 'name,ok,n\na,7,10\nb,"1,000","2,000"\nc,11,10\nd,x,10\n')
    runs = read_run(path, profile=mapped({"successes": "ok", "n": "n"}, split=["name"]))
    assert [(run.metrics[0].successes, run.metrics[0].n) for run in runs] == [
        (7, 10),
        (1000, 2000),
        (None, 10),
        (None, 10),
    ]


def test_pass_at_k_of_a_table_is_never_recomputed(tmp_path):
    path = table(tmp_path / "t.csv", "model,pass@5,n\nm,0.5,10\n")
    metric = one(path, mapped({"name": "pass@5", "rate": "pass@5", "n": "n", "k": 5})).metrics[0]
    assert (metric.kind, metric.k, metric.value, metric.reported.value) == ("pass_at_k", 5, None, 0.5)


def test_a_table_from_a_tracking_site(tmp_path):
    """The shape in which Weights & Biases exports its runs table."""
    content = (
        '"Name","State","Created","eval/accuracy","Notes"\n'
        '"run-1","finished","2026-01-02","0.91","-"\n'
        '"run-2","crashed","","",""\n'
    )
    runs = read_run(table(tmp_path / "w.csv", content), profile=mapped({"rate": "eval/accuracy"}, split=["Name"]))
    assert [run.metrics[0].reported.value for run in runs] == [0.91, None]


def test_the_same_table_read_twice_gives_the_same_records(tmp_path):
    path = table(tmp_path / "t.csv", ROWS)
    assert one(path, BASIC).run.id == one(path, BASIC).run.id


def test_tables_with_one_mapping_among_other_files(tmp_path):
    table(tmp_path / "a.csv", ROWS)
    table(tmp_path / "b.csv", "x,y\n1,2\n")
    table(tmp_path / "c.jsonl", '{"task_id": "t", "completion": "x", "passed": true}')
    found = read_many([tmp_path], profile=BASIC)
    assert [run.run.format for run in found.runs] == ["table", "human-eval"]
    assert ["has no column" in str(problem) for problem in found.problems] == [True]


class TestHostile:
    def refused(self, path: Path, words: str, profile: dict[str, Any] | None = None) -> None:
        with pytest.raises(ImportProblem, match=words) as caught:
            read_run(path, profile=BASIC if profile is None else profile)
        assert "\n" not in str(caught.value)

    def test_a_million_columns(self, tmp_path):
        names = ",".join(f"c{n}" for n in range(10**6))
        self.refused(table(tmp_path / "t.csv", f"task,ok,{names}\n1,1,{names}\n"), "columns; up to 2,000")
        line = json.dumps({f"c{n}": n for n in range(10**5)} | {"task": "a", "ok": True})
        self.refused(table(tmp_path / "t.jsonl", line + "\n" + line), "columns; up to 2,000|no run file")

    def test_a_row_of_a_million_cells(self, tmp_path):
        self.refused(table(tmp_path / "t.csv", ROWS + "1," * 10**6), "columns; up to 2,000")

    def test_a_gibibyte_on_one_line(self, tmp_path):
        path = table(tmp_path / "t.csv", ROWS)
        with path.open("ab") as file:
            file.truncate(2**30)
        self.refused(path, "line 6 is longer than 16 MiB")

    def test_a_quote_that_is_never_closed(self, tmp_path):
        self.refused(table(tmp_path / "t.csv", ROWS + 'e,"' + "x,1\n" * 3_000_000), "perhaps a quote is never closed")

    def test_bytes_that_are_no_text(self, tmp_path):
        self.refused(table(tmp_path / "t.csv", ROWS.encode() + b"e,\xff\xfe\n"), "no UTF-8; save it as CSV UTF-8")
        self.refused(table(tmp_path / "u.csv", ROWS.encode("utf-16")[:-1]), "no UTF-16")

    def test_a_list_that_breaks_off_or_is_none(self, tmp_path):
        self.refused(table(tmp_path / "t.json", '[{"task": 1, "ok": 1}, {"ta'), "cut off|broken|valid JSON")
        self.refused(table(tmp_path / "u.json", '[{"task": 1, "ok": 1}, 3]'), "entry 2 is no JSON object")

    def test_too_many_rows(self, tmp_path, monkeypatch):
        monkeypatch.setattr("workbench.evidence.tables.MAX_ROWS", 3)
        self.refused(table(tmp_path / "t.csv", ROWS), "holds more than 3 rows")


class TestParquet:
    def test_without_pyarrow_the_message_says_how_to_get_it(self, tmp_path, monkeypatch):
        monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
        path = table(tmp_path / "t.parquet", b"PAR1" + b"\0" * 100 + b"PAR1")
        with pytest.raises(ImportProblem, match=r"pip install 'hazard-workbench\[parquet\]'"):
            parquet.parquet_columns(path, 10)

    def test_a_table(self, tmp_path):
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet as writer

        path = tmp_path / "t.parquet"
        columns = {"task": ["a", "b", "c", "d"], "ok": [True, False, None, True], "s": [0.5, math.nan, 1.0, None]}
        writer.write_table(pyarrow.table(columns), path)
        with pytest.raises(NeedsMapping, match="task, ok, s"):
            read_run(path)
        rate = one(path, BASIC).metrics[0]
        assert (rate.n, rate.successes, rate.missing) == (3, 2, 1)
        score = one(path, mapped({"score": "s"})).metrics[0]
        assert (score.n, score.missing) == (2, 2)
        path.write_bytes(path.read_bytes()[:-20] + b"x" * 16 + b"PAR1")
        with pytest.raises(ImportProblem, match="Parquet table that cannot be read"):
            read_run(path, profile=BASIC)

    def test_a_worker_that_dies_is_told_in_one_line(self, tmp_path, monkeypatch):
        worker = tmp_path / "worker.py"
        rows = 'import os\nprint(\'{"rows": 3}\')\nprint("[1]", flush=True)\nos.abort()\n'
        worker.write_text(rows, encoding="utf-8")
        monkeypatch.setattr(parquet, "_WORKER", worker)
        monkeypatch.setattr("importlib.util.find_spec", lambda _name: object())
        path = table(tmp_path / "t.parquet", b"PAR1" + b"\0" * 100)
        with pytest.raises(ImportProblem, match="gave up"):
            list(parquet.parquet_rows(path, ["a"], Watch()))
        worker.write_text('print(\'{"error": "no good"}\')\n', encoding="utf-8")
        with pytest.raises(ImportProblem, match="no good"):
            parquet.parquet_columns(path, 10)


SALLM = {
    "profile": 1,
    "name": "SALLM",
    "columns": {
        "item": "id",
        "model": "model_name",
        "split": ["model_name", "Temp"],
        "strata": ["technique", "source"],
    },
    "metrics": [
        {
            "name": "insecure_rate",
            "passed": ["direct_vulnerable", "indirect_vulnerable"],
            "pass_values": [">0"],
            "fail_values": ["0"],
        }
    ],
}


def test_repeated_prompts_of_a_real_table(shared):
    folder = shared / "evalruns" / "insecure_code_csv"
    runs = read_run(folder / "Combined_Results.csv", profile=SALLM)
    assert len(runs) == 28
    assert all(run.run.counts.scored == 1000 and run.run.counts.clusters == 100 for run in runs)
    by_cell = {(run.run.model.name, run.run.provenance.settings["Temp"]): run for run in runs}
    rate = by_cell["gpt-4", "0.2"].metrics[0]
    assert (rate.value, rate.n, rate.clusters) == (0.66, 1000, 100)
    naive = math.sqrt(0.66 * 0.34 / 1000)
    assert there(there(rate.estimate).standard_error) / naive == pytest.approx(3.1, abs=0.05)
    assert there(rate.estimate).n_effective == pytest.approx(105, abs=3)
    figures = read_run(
        folder / "At_k_Results.csv",
        profile=mapped(
            {"name": "in_vul", "rate": "in_vul_at_k@1", "unit": "percent", "k": 1},
            model="model",
            split=["model", "dataset"],
        ),
    )
    assert len(figures) == 28
    for run in figures:
        cell = by_cell[run.run.model.name, run.run.provenance.settings["dataset"]]
        assert run.metrics[0].reported.value == pytest.approx(cell.metrics[0].value), "two tables of one study agree"
    with pytest.raises(ImportProblem, match="'nothing found' from 'not run'"):
        read_run(folder / "results_cwe_089.csv", profile=SALLM)
