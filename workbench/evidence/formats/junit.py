"""JUnit XML as test runners write it, for which there is no standard.

Roots are ``testsuites`` or ``testsuite``; suites nest; a case has failed, ended in an error, was skipped, or passed.
An error is no failure: the test itself did not get so far as to judge. Document types are refused before anything of
them is read, so nothing is expanded and nothing is fetched.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.counted import many, rate_of_counts
from workbench.evidence.formats.junit_xml import Case, Suite, parse_report
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch
from workbench.evidence.items import Item, ItemState, metric_of, strata_of
from workbench.evidence.problems import ImportProblem

_PROLOGUE: Final = re.compile(r"\s*(?:(?:<\?[^>]{0,2000}\?>|<!--.*?-->)\s*)*", re.DOTALL)
_ROOT: Final = re.compile(r"<testsuites?[\s/>]")
_STATES: Final[dict[str, ItemState]] = {"error": "error", "skipped": "unscored"}
_RATE: Final = "pass_rate"


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """XML whose root is a suite; or one with a document type that speaks of suites, which is then refused by name."""
    text = head.text
    if head.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.data.decode("utf-16", "replace")
    text = text.lstrip("\ufeff")
    if not text.lstrip().startswith("<"):
        return 0
    prologue = _PROLOGUE.match(text)
    rest = text[prologue.end() :] if prologue is not None else text
    if _ROOT.match(rest):
        return 90
    return 50 if rest.startswith("<!DOCTYPE") and _ROOT.search(rest) else 0


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """The one run of the report.

    Raises:
        ImportProblem: not well-formed, with a document type, too large, or without any test.
        Cancelled: the user asked to stop.
    """
    report = parse_report(path, watch)
    stated = _stated(report.suites)
    if not report.cases and not (stated and stated["tests"]):
        raise ImportProblem(path, "holds no test cases", "check that the tests were found and run")
    named = [suite for suite in report.suites if suite.name]
    top = min((suite.depth for suite in named), default=0)
    outermost = {suite.name for suite in named if suite.depth == top}
    doubts: list[str] = []
    title = report.name or (outermost.pop() if len(outermost) == 1 and all(case.suite for case in report.cases) else "")
    run: dict[str, Any] = {
        "title": title or "Test report",
        "task": {"name": title},
        "library": {"name": "pytest" if any(suite.name == "pytest" for suite in named) else ""},
        "started_at": next((suite.timestamp for suite in report.suites if suite.timestamp), ""),
        "status": "unknown",
    }
    draft = Draft(run, [], doubts)
    if report.cases:
        _from_cases(draft, report.cases, stated)
    else:
        assert stated is not None
        _from_counts(path, draft, stated)
    if report.suite_errors:
        doubts.append(f"Errors of whole suites: {report.suite_errors}; tests may be missing for them.")
    if not run["started_at"]:
        doubts.append("The report does not say when the tests were run.")
    doubts.append(
        "The format does not say which model or which state of the code was tested, or whether the run ended."
    )
    return [draft]


def _stated(suites: list[Suite]) -> dict[str, int] | None:
    """Counts as the outermost suites state them, added up; None where one of them states none."""
    stating = [suite for suite in suites if suite.counts is not None and not suite.covered and not suite.root]
    stating = stating or [suite for suite in suites if suite.counts is not None][:1]
    if not stating:
        return None
    total = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in stating:
        for name, value in (suite.counts or {}).items():
            total[name] += value
    return total


def _item_name(case: Case) -> str:
    return "::".join(part for part in (case.classname or case.suite, case.name) if part) or "unnamed"


def _from_cases(draft: Draft, cases: list[Case], stated: dict[str, int] | None) -> None:
    doubts = draft.doubts
    items = []
    kinds: dict[tuple[str, str], dict[str, str]] = {}
    for case in cases:
        score = {"passed": 1.0, "failed": 0.0}.get(case.outcome)
        strata = kinds.setdefault((case.suite, case.classname), {"suite": case.suite, "class": case.classname})
        items.append(Item(_item_name(case), score, _STATES.get(case.outcome, "scored"), strata=strata))
    states = [item.state for item in items]
    scored, errors, skipped = (states.count(name) for name in ("scored", "error", "unscored"))
    told = [case for case in cases if case.stated] or cases
    lost = max(0, stated["tests"] - len(told)) if stated else 0
    metric = metric_of(_RATE, items, planned=len(items) + lost)
    draft.metrics = [metric, *strata_of(metric)]
    distinct = len({item.item for item in items})
    draft.run["counts"] = {
        "planned": len(items) + lost,
        "attempted": len(items),
        "scored": scored,
        "errors": errors,
        "unscored": skipped,
        "clusters": distinct if distinct < len(items) else None,
    }
    if errors:
        doubts.append(
            f"{errors} of {many(len(items), 'test')} ended in an error instead of a verdict and count as missing. Some "
            "runners call any exception of the tested code an error: then this is a failure."
        )
    if scored and "passed" not in {case.outcome for case in cases}:
        doubts.append(
            "No listed test passed; some linters write this format and list findings only, and then it is no rate."
        )
    if skipped:
        doubts.append(f"{skipped} of {many(len(items), 'test')} skipped; what is skipped counts as missing.")
    expected = sum(case.expected_failure for case in cases)
    if expected:
        doubts.append(f"Skipped tests that were expected to fail and did: {expected}.")
    flaky = sum(case.reruns for case in cases)
    if flaky:
        doubts.append(
            f"Tests that were run again after a failure: {flaky}; the last outcome counts, as the runner counts it."
        )
    if distinct < len(items):
        doubts.append(
            f"{many(len(items), 'test')} with {many(distinct, 'different name')}; one name means repeats of one test."
        )
    if stated and stated["tests"] != len(told):
        doubts.append(f"The suites state {many(stated['tests'], 'test')}, the report lists {len(told)}.")
    elif stated:
        found = Counter(case.outcome for case in told)
        listed = (found["failed"], found["error"], found["skipped"])
        said = (stated["failures"], stated["errors"], stated["skipped"])
        if said != listed:
            doubts.append(
                f"The suites state {said[0]} failures, {said[1]} errors and {said[2]} skipped, the listed tests show "
                f"{listed[0]}, {listed[1]} and {listed[2]}; the listed ones count."
            )


def _from_counts(path: Path, draft: Draft, stated: dict[str, int]) -> None:
    total, failures, errors, skipped = (stated[name] for name in ("tests", "failures", "errors", "skipped"))
    scored = total - errors - skipped
    if failures > scored:
        raise ImportProblem(path, "its counts contradict each other", "write the report again")
    metric = {"name": _RATE, **rate_of_counts(scored - failures, scored), "missing": errors + skipped}
    draft.metrics = [metric]
    draft.run["counts"] = {
        "planned": total,
        "attempted": total,
        "scored": scored,
        "errors": errors,
        "unscored": skipped,
    }
    draft.doubts.append(
        "The report holds counts and no tests, so nothing could be recomputed or compared test by test."
    )
    if errors or skipped:
        draft.doubts.append(f"Counted as missing: {many(errors, 'error')} and {many(skipped, 'skipped test')}.")


IMPORTER: Final = Importer("junit", "JUnit XML test reports", sniff, read)
