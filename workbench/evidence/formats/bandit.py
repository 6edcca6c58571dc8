"""Bandit's own JSON report: findings, and figures for every file it looked at, clean ones included.

That list of files is a denominator, which SARIF lacks: the rate is that of files with at least one finding.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.counted import NO_MODEL_CODE, count_of_things, many
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, count_of, object_of, read_json, text_of
from workbench.evidence.items import MAX_STRATA, Item, metric_of
from workbench.evidence.problems import ImportProblem

_TOTALS: Final = "_totals"
_RATE: Final = "files_with_findings"
_VERSION: Final = re.compile(r"bandit\.readthedocs\.io/en/(\d[\w.]*)/")
_Groups = dict[str, dict[str, set[str]]]


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """A JSON object of errors, metrics and results, with bandit's names of counts in it."""
    keys = set(head.keys)
    if "errors" not in keys or "runs" in keys:
        return 0
    if "metrics" in keys:
        return 85 if "CONFIDENCE." in head.text or _TOTALS in head.text else 0
    return 40 if head.keys == ("errors",) and '"reason"' in head.text and '"filename"' in head.text else 0


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """The one run of the report.

    Raises:
        ImportProblem: the report is broken or not bandit's.
        Cancelled: the user asked to stop.
    """
    report = read_json(path)
    watch.step(0.4)
    if not isinstance(report, dict):
        raise ImportProblem(path, "is no JSON object", "check what wrote the file")
    metrics, results, errors = report.get("metrics"), report.get("results"), report.get("errors")
    if not isinstance(metrics, dict) or not isinstance(results, list) or not isinstance(errors, list):
        raise ImportProblem(
            path, "lacks the metrics, results or errors of a bandit report", "write it again (bandit -f json)"
        )
    for index, result in enumerate(results):
        if not isinstance(result, dict):
            raise ImportProblem(path, f"results[{index}] is no object", "check what wrote the file")
    return [_draft(report, metrics, results, errors)]


def _plain(name: object) -> str:
    return text_of(name, 2_000).removeprefix("./")


def _draft(report: dict[str, Any], metrics: dict[str, Any], results: list[dict[str, Any]], errors: list[Any]) -> Draft:
    failed = {_plain(object_of(entry).get("filename")) for entry in errors} - {""}
    listed = {_plain(name) for name in metrics if name != _TOTALS} - {""}
    groups, version = _groups(results)
    found = groups["file"].pop("", set())
    unlisted = found - listed
    files = sorted(listed | found | failed)
    items = [_item(name, found, failed) for name in files]
    lost = len(failed - found)
    doubts = _doubts(metrics, results, errors, found)
    if unlisted:
        doubts.append(f"Files with findings that are not in the list of files: {len(unlisted)}; they are counted in.")
    if not listed:
        doubts.append("The report lists no file, so nothing was scanned.")
    loc = count_of(object_of(metrics.get(_TOTALS)).get("loc"))
    run = {
        "title": "Bandit",
        "library": {"name": "bandit", "version": version},
        "task": {"name": "bandit"},
        "completed_at": text_of(report.get("generated_at"), 60),
        "status": "unknown",
        "counts": {
            "planned": len(files),
            "attempted": len(files),
            "scored": len(files) - lost,
            "errors": lost,
        },
        "provenance": {"settings": {} if loc is None else {"lines_of_code": f"{loc}"}},
    }
    draft = Draft(run, [metric_of(_RATE, items), {"name": "findings"} | count_of_things(len(results), len(items))])
    for kind in ("severity", "confidence", "test", "cwe"):
        ranked = sorted(groups[kind].items(), key=lambda pair: (-len(pair[1]), pair[0]))
        if len(ranked) > MAX_STRATA:
            doubts.append(f"Of {len(ranked)} values of {kind}, the {MAX_STRATA} most frequent are shown apart.")
        for value, named in ranked[:MAX_STRATA]:
            part = metric_of(_RATE, [_item(name, named, failed - named) for name in files], strata={kind: value})
            if kind != "severity":
                del part["items"]  # the many small groups are looked at, not paired
            draft.metrics.append(part)
    if not version:
        doubts.append("The report does not say which version of bandit wrote it.")
    if not run["completed_at"]:
        doubts.append("The report does not say when the scan was made.")
    draft.doubts = [*doubts, NO_MODEL_CODE]
    return draft


def _item(name: str, found: set[str], failed: set[str]) -> Item:
    """One file; 1 where something was found in it. What was found counts, even where the tool then failed."""
    if name in found:
        return Item(name, 1.0)
    return Item(name, None, "error") if name in failed else Item(name, 0.0)


def _groups(results: list[dict[str, Any]]) -> tuple[_Groups, str]:
    """Files by each property of the findings in them, and the version of bandit that their links name."""
    groups: _Groups = defaultdict(lambda: defaultdict(set))
    version = ""
    for result in results:
        name = _plain(result.get("filename"))
        if not name:
            continue
        groups["file"][""].add(name)
        groups["severity"][text_of(result.get("issue_severity"), 40)].add(name)
        groups["confidence"][text_of(result.get("issue_confidence"), 40)].add(name)
        groups["test"][text_of(result.get("test_id"), 80)].add(name)
        weakness = count_of(object_of(result.get("issue_cwe")).get("id"))
        groups["cwe"][f"CWE-{weakness}" if weakness else ""].add(name)
        match = _VERSION.search(text_of(result.get("more_info"), 300))
        version = version or (match[1] if match else "")
    for kind in ("severity", "confidence", "test", "cwe"):
        groups[kind].pop("", None)
    return groups, version


def _doubts(metrics: dict[str, Any], results: list[dict[str, Any]], errors: list[Any], found: set[str]) -> list[str]:
    doubts = []
    if errors:
        doubts.append(
            f"Files the tool could not read: {len(errors)}; without a finding they count as missing, not as clean."
        )
    nameless = sum(not _plain(result.get("filename")) for result in results)
    if nameless:
        doubts.append(f"Findings that name no file, so that they are in no rate: {nameless}.")
    totals = object_of(metrics.get(_TOTALS))
    counted = sum(
        int(value)
        for name, value in totals.items()
        if name.startswith("SEVERITY.") and isinstance(value, int | float) and 0 <= value < 2**53
    )
    if counted > len(results):
        doubts.append(
            f"The totals count {many(counted, 'issue')}, the list holds {len(results)}: the report was filtered by "
            "severity, by confidence or against a baseline, so the rate is that of what was left."
        )
    silenced = count_of(totals.get("nosec"))
    if silenced:
        doubts.append(f"Lines marked # nosec: {silenced}; what they hide is not counted.")
    skipped = count_of(totals.get("skipped_tests"))
    if skipped:
        doubts.append(f"Tests silenced by comments in the code: {skipped}; what they would find is not counted.")
    if found:
        doubts.append("A file counts once, however many findings it has.")
    return doubts


IMPORTER: Final = Importer("bandit", "bandit reports (JSON)", sniff, read)
