"""Bandit's JSON: clean files are listed too, so there is a rate; unreadable ones are missing, not clean."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson


def finding(name: str, severity: str = "LOW", **extra: Any) -> dict[str, Any]:
    return {
        "filename": name,
        "issue_severity": severity,
        "issue_confidence": "HIGH",
        "issue_cwe": {"id": 78, "link": "x"},
        "issue_text": "t",
        "line_number": 3,
        "more_info": "https://bandit.readthedocs.io/en/1.9.4/plugins/b101.html",
        "test_id": "B101",
        "test_name": "assert_used",
    } | extra


def report(names: list[str], results: list[Any], errors: list[Any] | None = None, **totals: Any) -> dict[str, Any]:
    row = {"SEVERITY.LOW": 0, "CONFIDENCE.HIGH": 0, "loc": 4, "nosec": 0, "skipped_tests": 0}
    metrics = {name: dict(row) for name in names} | {"_totals": row | {"SEVERITY.LOW": len(results)} | totals}
    return {"errors": errors or [], "generated_at": "2026-01-02T03:04:05Z", "metrics": metrics, "results": results}


def write(folder: Path, value: Any) -> Path:
    path = folder / "x"
    path.write_text(json.dumps(value))
    return path


def one(path: Path) -> Any:
    (imported,) = read_run(path)
    return imported


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


TEN = [f"./f{i}.py" for i in range(10)]


def test_the_rate_is_that_of_files(tmp_path):
    results = [finding("./f0.py"), finding("./f0.py", "HIGH"), finding("./f3.py")]
    imported = one(write(tmp_path, report(TEN, results)))
    rate, findings = imported.metrics[:2]
    assert (rate.name, rate.successes, rate.n, rate.missing) == ("files_with_findings", 2, 10, 0)
    assert (rate.estimate.low, rate.estimate.high) == wilson(2, 10)
    assert (findings.name, findings.value, findings.n) == ("findings", 3, 10)
    strata = {next(iter(m.strata.items())): m.successes for m in imported.metrics if m.strata}
    assert strata == {
        ("severity", "LOW"): 2,
        ("severity", "HIGH"): 1,
        ("confidence", "HIGH"): 2,
        ("test", "B101"): 2,
        ("cwe", "CWE-78"): 2,
    }
    assert (imported.run.completed_at, imported.run.library.version) == ("2026-01-02T03:04:05Z", "1.9.4")
    assert [item.item for item in imported.items[rate.id] if item.score] == ["f0.py", "f3.py"]


def test_files_the_tool_could_not_read_are_missing(tmp_path):
    errors = [{"filename": "./f1.py", "reason": "syntax error"}, {"filename": "gone.py", "reason": "no such file"}]
    imported = one(write(tmp_path, report(TEN, [finding("./f0.py")], errors)))
    rate = imported.metrics[0]
    assert (rate.successes, rate.n, rate.missing) == (1, 9, 2)
    assert (imported.run.counts.planned, imported.run.counts.errors) == (11, 2)
    assert says(imported, "could not read: 2")


def test_nothing_found_in_listed_files_is_a_rate_of_zero(tmp_path):
    rate = one(write(tmp_path, report(TEN, []))).metrics[0]
    assert (rate.value, rate.n) == (0.0, 10)


def test_nothing_listed_is_no_rate(tmp_path):
    imported = one(write(tmp_path, report([], [])))
    assert imported.metrics[0].value is None
    assert says(imported, "nothing was scanned")


def test_what_is_hidden_is_said(tmp_path):
    results = [finding("./f0.py"), finding("new.py"), finding("")]
    totals: dict[str, Any] = {"SEVERITY.LOW": 9.0, "nosec": 2, "skipped_tests": 1}
    imported = one(write(tmp_path, report(TEN, results, **totals)))
    assert imported.metrics[0].n == 11
    for words in (
        "count 9 issues, the list holds 3",
        "# nosec: 2",
        "comments in the code: 1",
        "name no file",
        "list of files: 1",
    ):
        assert says(imported, words)


def test_an_old_report_names_no_version(tmp_path):
    result = {name: value for name, value in finding("./f0.py").items() if name not in ("more_info", "issue_cwe")}
    imported = one(write(tmp_path, report(TEN, [result]) | {"stats": [{"filename": "./f0.py"}]}))
    assert imported.metrics[0].successes == 1
    assert says(imported, "which version of bandit")


@pytest.mark.parametrize("change", [{"results": 3}, {"metrics": []}, {"errors": None}, {"results": [3]}])
def test_refusals(tmp_path, change):
    with pytest.raises(ImportProblem):
        read_run(write(tmp_path, report(TEN, []) | change))


def test_wrong_types_at_every_place(tmp_path):
    fuzz.wrong_everywhere(tmp_path / "x", report(["a.py"], [finding("a.py")], [{"filename": "b.py", "reason": "r"}]))


def test_broken_files(tmp_path):
    fuzz.broken_variants(tmp_path / "x", json.dumps(report(TEN, [finding("./f0.py")])).encode())


@settings(max_examples=fuzz.rounds(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_mutated_bytes(tmp_path, seed):
    path = tmp_path / "x"
    path.write_bytes(fuzz.mutated(json.dumps(report(TEN[:3], [finding("./f0.py")])).encode(), seed))
    fuzz.holds(path)


@settings(max_examples=fuzz.rounds(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(fuzz.junk, fuzz.junk, st.lists(st.dictionaries(st.sampled_from(sorted(finding("a"))), fuzz.junk), max_size=3))
def test_junk_in_the_shape_of_a_report(tmp_path, metrics, errors, results):
    path = tmp_path / "x"
    path.write_text(
        json.dumps(report(TEN[:1], results) | {"errors": errors, "metrics": {"_totals": metrics, "a": metrics}})
    )
    fuzz.holds(path)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_the_real_report():
    path = fuzz.SHARED / "sarif/generated/bandit_on_gpt4_code.json"
    assert set(fuzz.claims(path)) - {"table"} == {"bandit"}
    imported = one(path)
    rate = imported.metrics[0]
    assert (rate.successes, rate.n, rate.missing) == (1, 601, 0)
    assert {next(iter(m.strata.items())) for m in imported.metrics if m.strata} == {
        ("severity", "HIGH"),
        ("confidence", "HIGH"),
        ("test", "B324"),
        ("cwe", "CWE-327"),
    }
