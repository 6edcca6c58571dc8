"""SARIF 2.1.0 (OASIS, 27 March 2020): what static analysers found.

A result says where something was found; nothing in the format says where nothing was. So there is a count, and a rate
only where the analyst says how many files were scanned. No result at all means nothing until that is known.
"""

from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.counted import NO_MODEL_CODE, count_of_things, many, rate_of_counts
from workbench.evidence.formats.sarif_results import Findings, Group, findings_of
from workbench.evidence.imported import FILES_LISTED, Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, list_of, object_of, read_json, text_of
from workbench.evidence.items import MAX_STRATA
from workbench.evidence.problems import ImportProblem

KNOWN_VERSION: Final = "2.1.0"
_MAX_RUNS: Final = 500


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """A JSON object with runs, and a version or the schema of SARIF near its beginning."""
    keys = set(head.keys)
    if not keys & {"runs", "version", "$schema"}:
        return 0
    if "runs" in keys and ("sarif" in head.text[:2_000].lower() or ("version" in keys and '"tool"' in head.text)):
        return 90
    if "runs" in keys and (keys <= {"runs", "version", "$schema", "properties", "inlineExternalProperties"}):
        return 70
    return 40 if "$schema" in keys and "sarif" in head.text[:2_000].lower() else 0


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """One run for each run of the log.

    Raises:
        ImportProblem: the log is broken, of a version with another layout, or holds no runs.
        Cancelled: the user asked to stop.
    """
    log = read_json(path)
    if not isinstance(log, dict):
        raise ImportProblem(path, "is no JSON object", "check what wrote the file")
    version = text_of(log.get("version"), 60)
    if version.startswith(("1.", "2.0")):
        raise ImportProblem(
            path,
            f"is SARIF {version}, a draft from before the standard, whose fields mean other things",
            "convert it to 2.1.0 (sarif-multitool: transform)",
        )
    runs = log.get("runs")
    if runs is None:
        said = "null" if "runs" in log else "missing"
        raise ImportProblem(path, f"its runs are {said}: no scan was recorded", "scan again and read the new file")
    if not isinstance(runs, list):
        raise ImportProblem(path, "its runs are no list", "check what wrote the file")
    if not runs:
        raise ImportProblem(path, "holds no runs: nothing was scanned", "scan again and read the new file")
    if len(runs) > _MAX_RUNS:
        raise ImportProblem(path, f"holds {len(runs):,} runs; {_MAX_RUNS} are read", "split it")
    drafts = []
    for index, run in enumerate(runs):
        watch.step(index / len(runs))
        if not isinstance(run, dict):
            raise ImportProblem(path, f"runs[{index}] is no object", "check what wrote the file")
        findings = findings_of(path, run, f"runs[{index}]")
        drafts.append(_draft(run, findings, version, f"{index}", len(runs), options))
    return drafts


def _draft(
    run: dict[str, Any], findings: Findings | None, version: str, key: str, runs: int, options: ReadOptions
) -> Draft:
    driver = object_of(object_of(run.get("tool")).get("driver"))
    tool = text_of(driver.get("name"), 200)
    details = object_of(run.get("automationDetails"))
    provenance = object_of(next(iter(list_of(run.get("versionControlProvenance"))), None))
    doubts: list[str] = []
    fields: dict[str, Any] = {
        "title": " · ".join(part for part in (tool or "SARIF", text_of(details.get("id"), 400)) if part),
        "format_version": version,
        "verified": version == KNOWN_VERSION,
        "run_id": text_of(details.get("guid"), 200) or text_of(details.get("id"), 400),
        "library": {
            "name": tool,
            "version": text_of(driver.get("version"), 200) or text_of(driver.get("semanticVersion"), 200),
        },
        "task": {"name": tool},
        "dataset": {"name": _without_credentials(text_of(provenance.get("repositoryUri"), 500))},
        "code_revision": {"commit": text_of(provenance.get("revisionId"), 200)},
    }
    if version != KNOWN_VERSION:
        doubts.append(f"The file says version {version or 'nothing'}; this importer was written for {KNOWN_VERSION}.")
    if not tool:
        doubts.append("The file does not say which tool made the scan.")
    failed = _invocations(run, fields, doubts)
    draft = Draft(fields, [], doubts, key=key)
    if findings is None:
        draft.metrics.append({"name": "findings", **count_of_things(None)})
        doubts.append(
            "The run holds no results at all: its findings were not written, which is not the same as none found."
        )
        if isinstance(object_of(run.get("externalPropertyFileReferences")).get("results"), list):
            doubts.append("Its results are kept in other files, which are not read.")
    else:
        _measure(draft, findings, failed, run, options)
        if options.scanned is not None and runs > 1:
            doubts.append(f"The {options.scanned} files given as scanned are taken for each of the {runs} runs.")
        doubts += findings.doubts()
    if not fields.get("completed_at") and not fields.get("started_at"):
        doubts.append("The file does not say when the scan was made.")
    doubts.append(NO_MODEL_CODE)
    return draft


def _without_credentials(uri: str) -> str:
    """A repository's address without the user name and password that some tools leave in it."""
    scheme, mark, rest = uri.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2] if '@' in rest.split('/')[0] else rest}" if mark else uri


def _invocations(run: dict[str, Any], fields: dict[str, Any], doubts: list[str]) -> set[str]:
    """Status and times into ``fields``; returns the files the tool says it could not deal with."""
    invocations = [object_of(entry) for entry in list_of(run.get("invocations"))]
    said = [entry.get("executionSuccessful") for entry in invocations]
    fields["status"] = "unknown"
    if False in said:
        fields["status"] = "error"
        doubts.append("The tool says that it did not end successfully, so files may have been left out.")
    elif said and all(value is True for value in said):
        fields["status"] = "success"
    else:
        doubts.append("The file does not say whether the scan ended well.")
    begun = sorted(filter(None, (text_of(entry.get("startTimeUtc"), 60) for entry in invocations)))
    ended = sorted(filter(None, (text_of(entry.get("endTimeUtc"), 60) for entry in invocations)))
    fields["started_at"] = begun[0] if begun else ""
    fields["completed_at"] = ended[-1] if ended else ""
    errors = 0
    files: set[str] = set()
    for entry in invocations:
        for kind in ("toolExecutionNotifications", "toolConfigurationNotifications"):
            for note in map(object_of, list_of(entry.get(kind))):
                if note.get("level") == "error":
                    errors += 1
                    for place in map(object_of, list_of(note.get("locations"))):
                        where = object_of(object_of(place.get("physicalLocation")).get("artifactLocation"))
                        files.add(text_of(where.get("uri"), 600))
    if errors:
        doubts.append(
            f"The tool reported {many(errors, 'error')} of its own; what that concerns may not have been scanned."
        )
    return files - {""}


def _listed(run: dict[str, Any]) -> int | None:
    """How many files the tool's own metrics have figures for, as bandit writes them; None where it writes none."""
    metrics = object_of(object_of(run.get("properties")).get("metrics"))
    measured = len(metrics) - ("_totals" in metrics)
    whole = all(isinstance(value, dict) and "loc" in value for value in metrics.values())
    return measured if measured and whole else None


def _hints(run: dict[str, Any]) -> str:
    """What the file itself says of the files scanned; some tools do, each in its own way."""
    listed = _listed(run)
    if listed is not None:
        return f" The file's own metrics list {many(listed, 'file')}."
    targets = sum("analysisTarget" in list_of(object_of(entry).get("roles")) for entry in list_of(run.get("artifacts")))
    return f" The file names {many(targets, 'file')} as a target of the scan." if targets else ""


def _measure(draft: Draft, findings: Findings, failed: set[str], run: dict[str, Any], options: ReadOptions) -> None:
    doubts = draft.doubts
    scanned, listed = options.scanned, _listed(run)
    distinct = len(findings.files)
    if listed is not None:
        draft.run["provenance"] = {"settings": {FILES_LISTED: f"{listed}"}}
    if scanned is None:
        hint = _hints(run)
        if findings.total:
            draft.metrics.append({"name": "findings", **count_of_things(findings.total)})
            doubts.append(
                f"{many(findings.total, 'finding')} in {many(distinct, 'file')}; how many files were scanned is not in "
                f"the format, so there is no rate: give the number of files scanned (--scanned N).{hint}"
            )
        else:
            draft.metrics.append({"name": "findings", **count_of_things(None)})
            doubts.append(
                "No finding; what was scanned is not in the format, so this says nothing yet: give the number of files "
                f"scanned (--scanned N).{hint}"
            )
        draft.metrics += [{"name": "findings", **count_of_things(n), "strata": s} for s, n in _groups(draft, findings)]
        return
    lost = min(len(failed - findings.files), max(0, scanned - distinct))
    loose = min(findings.without_file, max(0, scanned - distinct - lost))
    n = scanned - lost - loose
    draft.run["counts"] = {"planned": scanned, "attempted": scanned, "scored": n, "errors": lost, "unscored": loose}
    if distinct > scanned or not scanned:
        draft.run["counts"] = {"planned": scanned}
        draft.metrics.append({"name": "findings", **count_of_things(findings.total or None)})
        doubts.append(
            f"Findings lie in {many(distinct, 'file')}, yet {scanned} are said to have been scanned; no rate is given: "
            "check the number."
        )
        return
    if findings.without_file:
        doubts.append(
            f"Findings that name no file: {findings.without_file}; as many files count as missing, so that the bounds "
            "hold wherever they lie."
        )
    rate = {"name": "files_with_findings", **rate_of_counts(distinct, n), "missing": lost + loose}
    draft.metrics += [rate, {"name": "findings", **count_of_things(findings.total, scanned)}]
    doubts.append(f"That {scanned} files were scanned is the analyst's word; the format does not say so.")
    if listed is not None and listed != scanned:
        doubts.append(f"The file's own metrics list {many(listed, 'file')}, and {scanned} were given as scanned.")
    for strata, files in _file_groups(draft, findings):
        part = rate_of_counts(files, n)
        draft.metrics.append({"name": "files_with_findings", **part, "missing": lost + loose, "strata": strata})


def _groups(draft: Draft, findings: Findings) -> list[tuple[dict[str, str], int]]:
    return [({kind: value}, group.total) for kind, value, group in _largest(draft, findings)]


def _file_groups(draft: Draft, findings: Findings) -> list[tuple[dict[str, str], int]]:
    return [({kind: value}, len(group.files)) for kind, value, group in _largest(draft, findings)]


def _largest(draft: Draft, findings: Findings) -> list[tuple[str, str, Group]]:
    """The groups of findings, the most frequent first where there are too many."""
    chosen = []
    for kind, groups in findings.groups.items():
        ranked = sorted(groups.items(), key=lambda pair: (-pair[1].total, pair[0]))
        if len(ranked) > MAX_STRATA:
            draft.doubts.append(f"Of {len(ranked)} values of {kind}, the {MAX_STRATA} most frequent are shown apart.")
        chosen += [(kind, value, group) for value, group in ranked[:MAX_STRATA]]
    return chosen


IMPORTER: Final = Importer("sarif", "SARIF 2.1.0", sniff, read)
