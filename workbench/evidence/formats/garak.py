"""Reports of garak (``*.report.jsonl``): one rate for each probe and detector.

An attempt is written twice, before and after its answers were judged; only the second counts. An answer passes where
the detector's score is below the threshold: ``passed`` is the tool's word, and its interval is that of the failing
rate. Old versions write ``total`` for ``total_evaluated``, ``model_name`` for ``target_name``, a ``config`` entry for
the setup, and (before 0.9.0.11) no ``completion`` at the end.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.counted import many, rate_of_counts
from workbench.evidence.formats.garak_entries import Entries, Judged, read_entries
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, number_of, text_of
from workbench.evidence.items import metric_of, strata_of

_RATE: Final = "pass_rate"
_VERSION: Final = re.compile(r"0\.(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?")
_KNOWN_MINORS: Final = range(9, 18)
_SETTINGS: Final = {
    "target_type": ("plugins.target_type", "plugins.model_type", "model_type"),
    "probes": ("run.spec", "plugins.probe_spec", "probe_spec", "probes"),
    "detectors": ("plugins.detector_spec", "detector_spec"),
    "generations": ("run.generations", "generations"),
    "seed": ("run.seed", "seed"),
    "eval_threshold": ("run.eval_threshold", "eval_threshold"),
    "prompt_cap": ("run.soft_probe_prompt_cap",),
    "target_language": ("run.target_lang",),
}


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """JSON Lines whose first line has an ``entry_type``, with garak or its probes named near the beginning."""
    if "entry_type" not in head.keys:
        return 0
    return 90 if "garak" in head.text or "probe" in head.text else 0


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """The one run of the report.

    Raises:
        ImportProblem: a line is broken or no entry.
        Cancelled: the user asked to stop.
    """
    return [_draft(read_entries(path, watch))]


def _first(setup: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := text_of(setup.get(name), 500))), "")


def _draft(entries: Entries) -> Draft:
    setup, init = entries.setup, entries.init
    version = text_of(init.get("garak_version"), 60) or _first(setup, ("_config.version", "garak_version"))
    settings = {name: text for name, keys in _SETTINGS.items() if (text := _first(setup, keys))}
    model = _first(setup, ("plugins.target_name", "plugins.model_name", "model_name", "target_name"))
    probes = settings.get("probes", "")
    doubts: list[str] = []
    match = _VERSION.match(version)
    verified = match is not None and int(match[1]) in _KNOWN_MINORS
    run: dict[str, Any] = {
        "title": " · ".join(part for part in ("garak", probes[:200], model) if part),
        "format_version": version,
        "verified": verified,
        "run_id": text_of(init.get("orig_uuid"), 100) or text_of(init.get("run"), 100),
        "library": {"name": "garak", "version": version},
        "task": {"name": probes or "garak"},
        "model": {"name": model or settings.get("target_type", "")},
        "started_at": text_of(init.get("orig_start_time"), 60) or text_of(init.get("start_time"), 60),
        "completed_at": text_of((entries.completion or {}).get("end_time"), 60),
        "provenance": {"settings": settings},
    }
    draft = Draft(run, [], doubts)
    if not verified:
        doubts.append(f"Version {version or 'unknown'} of garak is none this importer was written for (0.9 to 0.17).")
    if not run["model"]["name"]:
        doubts.append("The report does not say which model was probed.")
    elif not model:
        doubts.append("The report names only the kind of target, not the model.")
    if not run["started_at"]:
        doubts.append("The report does not say when the run was made.")
    _state(entries, match, draft)
    _counts(entries, draft)
    _measure(entries, settings, draft)
    doubts.append("Passed means that a detector found nothing in an answer, not that nothing is there.")
    return draft


def _state(entries: Entries, version: re.Match[str] | None, draft: Draft) -> None:
    """Whether the run came to its end."""
    doubts = draft.doubts
    if len(entries.runs) > 1:
        doubts.append(f"The file holds entries of {len(entries.runs)} runs; they are read as one.")
    if entries.completion is not None:
        draft.run["status"] = "success"
    elif entries.setup.get("aggregation"):
        draft.run["status"] = "unknown"
        doubts.append("The report was put together from several; whether those ended normally is not in it.")
    elif version is not None and tuple(int(part or 0) for part in version.groups()) < (9, 0, 11):
        draft.run["status"] = "unknown"
        doubts.append("Versions as old as this one do not write whether the run came to its end.")
    else:
        draft.run["status"] = "started"
        doubts.append("There is no completion entry: the run was interrupted, or had not ended when it was copied.")
    if draft.run["status"] == "success" and entries.attempts and not entries.scored:
        draft.run["status"] = "error"
        doubts.append("The run came to its end, although no answer was judged; it is taken as failed.")


def _counts(entries: Entries, draft: Draft) -> None:
    doubts = draft.doubts
    if not entries.attempts and not entries.unfinished:
        doubts.append("The report holds no attempts, so nothing could be recomputed.")
        return
    unscored = entries.unscored + sum(answers for _, answers in entries.unfinished.values())
    attempted = entries.scored + entries.errors + unscored
    draft.run["counts"] = {
        "planned": attempted if entries.completion is not None else None,
        "attempted": attempted,
        "scored": entries.scored,
        "errors": entries.errors,
        "unscored": unscored,
        "clusters": entries.attempts if entries.repeated else None,
    }
    if entries.unfinished:
        doubts.append(
            f"{many(len(entries.unfinished), 'attempt')} without any judgement; the answers count as missing."
        )
    if entries.errors:
        doubts.append(f"{many(entries.errors, 'answer')} never came; what never came counts as missing.")
    if entries.repeated:
        doubts.append("Several answers were taken for a prompt; the interval is widened, for they are not independent.")


def _measure(entries: Entries, settings: dict[str, str], draft: Draft) -> None:
    doubts = draft.doubts
    if not entries.judged:
        doubts.append("Nothing was judged, so there is no figure.")
    fractional = differing = short = turned = False
    waiting: Counter[str] = Counter()
    for probe, answers in entries.unfinished.values():
        waiting[probe] += answers
    for (probe, detector), judged in entries.judged.items():
        fields: dict[str, Any] = {"scorer": f"{probe}/{detector}", "tool_says_higher_is_better": True}
        reported = _reported(judged)
        turned = turned or "low" in reported
        if reported:
            fields["reported"] = reported
        scored = sum(item.score is not None for item in judged.items)
        passes = sum(item.score == 1.0 for item in judged.items)
        if judged.items and (judged.total is None or (scored, passes) == (judged.total, judged.passed)):
            metric = metric_of(_RATE, judged.items, planned=len(judged.items) + waiting[probe], **fields)
            draft.metrics += [metric, *strata_of(metric)]
            fractional = fractional or judged.fractional
            continue
        total, passed = judged.total, judged.passed
        differing = differing or (bool(judged.items) and scored == total)
        short = short or (bool(judged.items) and scored != total)
        if total is None or passed is None:
            doubts.append(f"{probe}, {detector}: its counts are missing or contradict each other; there is no rate.")
            draft.metrics.append({"name": _RATE, **fields, **rate_of_counts(0, 0)})
            continue
        draft.metrics.append({"name": _RATE, **fields, **rate_of_counts(passed, total), "missing": judged.nones})
    if fractional and number_of(entries.threshold) is None:
        doubts.append("Some scores lie between 0 and 1; the threshold is not in the file, 0.5 (the default) was taken.")
    if differing:
        doubts.append("The scores of some attempts give other counts than the tool; the tool's counts were taken.")
    if short:
        doubts.append(
            "Some probes have fewer or more judged answers in the file than the tool counts; its counts hold."
        )
    lumped = any("items" not in metric for metric in draft.metrics)
    if lumped and settings.get("generations", "1") != "1":
        doubts.append(
            "Where only counts are known, repeats of a prompt are taken for independent; the interval is too narrow."
        )
    if turned:
        doubts.append(
            "The tool's interval is that of the failing rate, corrected for the detector's own errors; it is shown "
            "turned round and need not hold the rate."
        )


def _reported(judged: Judged) -> dict[str, float]:
    """The tool's figures as those of the passing rate."""
    found: dict[str, float] = {}
    if judged.total and judged.passed is not None:
        found["value"] = judged.passed / judged.total
    if judged.fail_low is not None and judged.fail_high is not None and 0 <= judged.fail_low <= judged.fail_high <= 1:
        found |= {"low": 1 - judged.fail_high, "high": 1 - judged.fail_low}
    return found


IMPORTER: Final = Importer("garak", "garak reports (JSON Lines)", sniff, read)
