"""SARIF: what counts as a finding, and that a count is no rate until somebody says what was scanned."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.evidence.formats import fuzz
from workbench.evidence.criterion import parse_criterion
from workbench.evidence.imported import FILES_LISTED
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run
from workbench.evidence.statistics import wilson
from workbench.evidence.verdict import judge


def result(rule: str = "R1", uri: str = "a.py", **extra: Any) -> dict[str, Any]:
    place = [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 3}}}] if uri else []
    return {"ruleId": rule, "message": {"text": "m"}, "locations": place} | extra


def scan(results: Any, **extra: Any) -> dict[str, Any]:
    rules = [
        {"id": "R1", "defaultConfiguration": {"level": "error"}, "properties": {"tags": ["external/cwe/cwe-089"]}},
        {"id": "R2", "properties": {"tags": ["CWE-798: Use of Hard-coded Credentials"]}},
    ]
    run = {"tool": {"driver": {"name": "Scanner", "version": "3.1", "rules": rules}}, "results": results}
    return run | extra


def log(*runs: Any, version: Any = "2.1.0") -> dict[str, Any]:
    return {"$schema": "https://example.org/sarif-2.1.0.json", "version": version, "runs": list(runs)}


def write(folder: Path, value: Any) -> Path:
    path = folder / "x"
    path.write_text(json.dumps(value))
    return path


def one(path: Path, **options: Any) -> Any:
    (imported,) = read_run(path, **options)
    return imported


def whole(imported: Any) -> dict[str, Any]:
    return {metric.name: metric for metric in imported.metrics if not metric.strata}


def part(imported: Any, kind: str) -> dict[str, Any]:
    return {m.strata[kind]: m for m in imported.metrics if kind in m.strata}


def says(imported: Any, words: str) -> bool:
    return any(words in doubt for doubt in imported.doubts)


FIVE = [result(), result(uri="b.py"), result("R2", "b.py"), result("R2", "./b.py", level="note"), result("R3", "c.py")]


def test_without_the_number_of_files_there_is_a_count_and_no_rate(tmp_path):
    imported = one(write(tmp_path, log(scan(FIVE))))
    assert {name: (m.value, m.n, m.kind) for name, m in whole(imported).items()} == {"findings": (5, None, "count")}
    assert {value: m.value for value, m in part(imported, "rule").items()} == {"R1": 2, "R2": 2, "R3": 1}
    assert {value: m.value for value, m in part(imported, "level").items()} == {"error": 2, "warning": 2, "note": 1}
    assert {value: m.value for value, m in part(imported, "cwe").items()} == {"CWE-89": 2, "CWE-798": 2}
    assert says(imported, "5 findings in 3 files")
    assert says(imported, "--scanned N")
    assert imported.run.counts.scored is None
    verdict = judge(whole(imported)["findings"], imported.run, parse_criterion("<= 10"))
    assert verdict.verdict == "inconclusive"


def test_with_the_number_of_files_it_is_the_rate_of_files_with_findings(tmp_path):
    imported = one(write(tmp_path, log(scan(FIVE))), scanned=20)
    rate = whole(imported)["files_with_findings"]
    assert (rate.successes, rate.n, rate.missing, rate.value) == (3, 20, 0, 0.15)
    assert (rate.estimate.low, rate.estimate.high) == wilson(3, 20)
    assert whole(imported)["findings"].value == 5
    assert {value: m.successes for value, m in part(imported, "rule").items()} == {"R1": 2, "R2": 1, "R3": 1}
    assert {value: m.successes for value, m in part(imported, "level").items()} == {"error": 2, "warning": 2, "note": 1}
    assert imported.run.counts.scored == 20


def test_no_finding_says_nothing_until_the_coverage_is_known(tmp_path):
    path = write(tmp_path, log(scan([])))
    unknown = one(path)
    assert whole(unknown)["findings"].value is None
    assert judge(whole(unknown)["findings"], unknown.run, parse_criterion("<= 1")).verdict == "inconclusive"
    assert says(unknown, "No finding")
    known = one(path, scanned=100)
    rate = whole(known)["files_with_findings"]
    assert (rate.successes, rate.n, rate.value) == (0, 100, 0.0)
    assert judge(rate, known.run, parse_criterion("<= 0.05")).verdict == "supports"


@pytest.mark.parametrize("scanned", [2, 0])
def test_fewer_files_scanned_than_have_findings_is_no_rate(tmp_path, scanned):
    imported = one(write(tmp_path, log(scan(FIVE))), scanned=scanned)
    assert set(whole(imported)) == {"findings"}
    assert says(imported, f"yet {scanned} are said to have been scanned")


def test_missing_results_are_not_the_same_as_none(tmp_path):
    run = scan([])
    del run["results"]
    imported = one(write(tmp_path, log(run)), scanned=10)
    assert [metric.value for metric in imported.metrics] == [None]
    assert says(imported, "holds no results at all")


def test_what_is_no_finding(tmp_path):
    results = [
        result(kind="pass"),
        result(kind="notApplicable"),
        result(baselineState="absent"),
        result(suppressions=[{"kind": "inSource"}]),
        result(suppressions=[{"kind": "external", "status": "rejected"}]),
        result(suppressions=[]),
        result(baselineState="unchanged", kind="fail"),
    ]
    imported = one(write(tmp_path, log(scan(results))))
    assert whole(imported)["findings"].value == 3
    assert says(imported, "not counted: 1; with them there would be 4")
    assert says(imported, "gone since the baseline, which are not counted: 1")
    assert says(imported, "no findings: 2")
    assert says(imported, "already there in the baseline, which are counted: 1")


def test_findings_without_a_file_widen_the_bounds(tmp_path):
    imported = one(write(tmp_path, log(scan([result(), result(uri="")]))), scanned=10)
    rate = whole(imported)["files_with_findings"]
    assert (rate.successes, rate.n, rate.missing) == (1, 9, 1)
    assert says(imported, "name no file: 1")


def test_rules_of_extensions_and_files_by_index(tmp_path):
    run = scan(
        [
            {
                "rule": {"id": "X/sub", "index": 0, "toolComponent": {"index": 0}},
                "taxa": [{"id": "079", "toolComponent": {"name": "CWE"}}],
                "locations": [{"physicalLocation": {"artifactLocation": {"index": 1}}}],
            },
            {"ruleId": "R1/sub", "analysisTarget": {"uri": "t.py"}, "ruleIndex": 99},
        ],
        artifacts=[{"location": {"uri": "0.py"}}, {"location": {"uri": "1.py"}, "roles": ["analysisTarget"]}],
    )
    run["tool"]["extensions"] = [{"name": "pack", "rules": [{"id": "X", "defaultConfiguration": {"level": "note"}}]}]
    imported = one(write(tmp_path, log(run)))
    assert set(part(imported, "rule")) == {"X/sub", "R1/sub"}
    assert set(part(imported, "level")) == {"note", "error"}
    assert set(part(imported, "cwe")) == {"CWE-79", "CWE-89"}
    assert says(imported, "names 1 file as a target")
    assert whole(one(write(tmp_path, log(run)), scanned=2))["files_with_findings"].successes == 2


def test_what_the_tool_says_of_itself(tmp_path):
    invocation = {
        "executionSuccessful": True,
        "startTimeUtc": "2026-01-01T10:00:00Z",
        "endTimeUtc": "2026-01-01T10:01:00Z",
        "toolExecutionNotifications": [
            {
                "level": "error",
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "broken.py"}}}],
                "message": {"text": "crash"},
            }
        ],
    }
    provenance = [{"repositoryUri": "https://me:secret@example.org/repo.git", "revisionId": "abc"}]
    run = scan([result()], invocations=[invocation], versionControlProvenance=provenance)
    imported = one(write(tmp_path, log(run)), scanned=10)
    rate = whole(imported)["files_with_findings"]
    assert (imported.run.status, rate.n, rate.missing, imported.run.counts.errors) == ("success", 9, 1, 1)
    assert (imported.run.started_at, imported.run.completed_at) == ("2026-01-01T10:00:00Z", "2026-01-01T10:01:00Z")
    assert imported.run.code_revision.commit == "abc"
    assert imported.run.dataset.name == "https://example.org/repo.git"
    assert (imported.run.library.name, imported.run.library.version) == ("Scanner", "3.1")
    failed = one(write(tmp_path, log(scan([], invocations=[invocation, {"executionSuccessful": False}]))), scanned=5)
    assert failed.run.status == "error"


def test_several_runs_in_one_file(tmp_path):
    runs = read_run(write(tmp_path, log(scan([result()]), scan([]), scan(FIVE))))
    assert [whole(run)["findings"].value for run in runs] == [1, None, 5]
    assert len({run.run.id for run in runs}) == 3


def test_many_rules_are_cut_to_the_most_frequent(tmp_path):
    results = [result(f"R{i:03}") for i in range(100)] + [result("R099")]
    imported = one(write(tmp_path, log(scan(results))))
    assert len(part(imported, "rule")) == 60
    assert "R099" in part(imported, "rule")
    assert says(imported, "Of 100 values of rule")


def test_versions(tmp_path):
    assert one(write(tmp_path, log(scan([]), version="2.2.0"))).run.verified is False
    assert one(write(tmp_path, log(scan([])))).run.verified is True
    for version in ("2.0.0", "1.0.0", "2.0.0-csd.2.beta.2019-01-24"):
        with pytest.raises(ImportProblem, match="a draft from before the standard"):
            read_run(write(tmp_path, log(scan([]), version=version)))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (log() | {"runs": None}, "its runs are null"),
        (log(), "holds no runs"),
        (log() | {"runs": 3}, "its runs are no list"),
        (log(3), "is no object"),
        (log(scan(42)), "results is no list"),
        (log(scan([3])), "is no object"),
    ],
)
def test_refusals(tmp_path, value, words):
    with pytest.raises(ImportProblem, match=words):
        read_run(write(tmp_path, value))


def test_wrong_types_at_every_place(tmp_path):
    run = scan(
        [
            result()
            | {
                "rule": {"id": "R1", "index": 0, "toolComponent": {"index": 0}},
                "taxa": [{"id": "1"}],
                "suppressions": [{}],
            }
        ],
        invocations=[{"executionSuccessful": True, "toolExecutionNotifications": [{"level": "error"}]}],
        artifacts=[{"location": {"uri": "a"}, "roles": ["analysisTarget"]}],
        versionControlProvenance=[{"revisionId": "a"}],
        properties={"metrics": {"_totals": {"loc": 1}, "a.py": {"loc": 1}}},
    )
    fuzz.wrong_everywhere(tmp_path / "x", log(run), scanned=3)


def test_broken_files(tmp_path):
    fuzz.broken_variants(tmp_path / "x", json.dumps(log(scan(FIVE))).encode())


@settings(max_examples=fuzz.rounds(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.none() | st.integers(-5, 2**60))
def test_mutated_bytes(tmp_path, seed, scanned):
    path = tmp_path / "x"
    path.write_bytes(fuzz.mutated(json.dumps(log(scan(FIVE), scan([]))).encode(), seed))
    fuzz.holds(path, scanned=scanned)


@settings(max_examples=fuzz.rounds(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "ruleId": fuzz.junk,
                "level": fuzz.junk,
                "kind": fuzz.junk,
                "locations": fuzz.junk,
                "suppressions": fuzz.junk,
                "taxa": fuzz.junk,
                "ruleIndex": fuzz.junk,
                "rule": fuzz.junk,
                "properties": fuzz.junk,
            },
        ),
        max_size=4,
    ),
    fuzz.junk,
)
def test_junk_in_the_shape_of_results(tmp_path, results, invocations):
    path = tmp_path / "x"
    path.write_text(json.dumps(log(scan(results, invocations=invocations))))
    fuzz.holds(path, scanned=7)


REAL = [
    ("CppCheck_issueLog1_raw.xml.sarif", [188], [34]),
    ("empty-sarif.sarif", [None], [0]),
    ("tutorial_Baseline.sarif", [3], [0]),
    ("tutorial_One_run_empty_results.sarif", [None], [0]),
    ("tutorial_One_run_with_results.sarif", [1], [0]),
    ("valid-sarif.sarif", [1, 2], [1, 2]),
    ("generated/bandit_on_gpt4_code.sarif", [1], [1]),
    ("generated/ruff_on_gpt4_code.sarif", [104], [40]),
]


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
@pytest.mark.parametrize(("name", "findings", "files"), REAL)
def test_real_files(name, findings, files):
    path = fuzz.SHARED / "sarif" / name
    assert set(fuzz.claims(path)) - {"table"} == {"sarif"}
    assert [whole(run)["findings"].value for run in read_run(path)] == findings
    rates = [whole(run)["files_with_findings"] for run in read_run(path, scanned=601)]
    assert [rate.successes for rate in rates] == files


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_a_scan_of_601_files_says_so_once_it_is_told():
    path = fuzz.SHARED / "sarif/generated/bandit_on_gpt4_code.sarif"
    assert says(one(path), "The file's own metrics list 601 files")
    rate = whole(one(path, scanned=601))["files_with_findings"]
    assert (rate.successes, rate.n) == (1, 601)


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Comprehensive.sarif", "SARIF 2.0.0, a draft"),
        ("invalid-sarif.sarif", "results is no list"),
        ("tutorial_Empty_runs.sarif", "holds no runs"),
        ("tutorial_No_runs.sarif", "its runs are null"),
    ],
)
def test_real_files_that_are_refused(name, words):
    with pytest.raises(ImportProblem, match=words):
        read_run(fuzz.SHARED / "sarif" / name)


class TestTheToolsOwnMetrics:
    @staticmethod
    def path(folder):
        own = {f"f{i}.py": {"loc": 3} for i in range(7)} | {"_totals": {"loc": 21}}
        return write(folder, log(scan([result(), result(uri="b.py")], properties={"metrics": own})))

    def test_they_are_kept_and_never_used_unasked(self, tmp_path):
        run = one(self.path(tmp_path))
        assert run.run.provenance.settings[FILES_LISTED] == "7"
        assert whole(run)["findings"].n is None
        assert says(run, "The file's own metrics list 7 files")

    def test_another_number_is_contradicted(self, tmp_path):
        run = one(self.path(tmp_path), scanned=9)
        assert says(run, "The file's own metrics list 7 files, and 9 were given as scanned.")
        assert not says(one(self.path(tmp_path), scanned=7), "were given as scanned")
        assert "files_with_findings" not in whole(one(self.path(tmp_path), scanned=1))
