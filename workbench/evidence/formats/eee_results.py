"""The figures of a record of Every Eval Ever: from ``evaluation_results`` to runs and metrics."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.eee_samples import Samples, counts_of, sample_doubts, version_doubts
from workbench.evidence.imported import Draft
from workbench.evidence.intake import count_of, list_of, number_of, object_of, text_of
from workbench.evidence.items import Item, metric_of, strata_of
from workbench.evidence.problems import ImportProblem
from workbench.evidence.rates import successes_of_float
from workbench.evidence.statistics import wilson

_MAX_RESULTS: Final = 5_000
_RELATIONS: Final = frozenset({"first_party", "third_party", "collaborative", "other"})
_RATES: Final = ("accuracy", "pass_rate", "pass rate", "exact_match", "exact match", "correct", "success_rate")
_UNLIKE: Final = 0.005


def drafts_of(
    path: Path, record: dict[str, Any], samples: Samples | None, detailed: dict[str, Any], doubts: list[str]
) -> list[Draft]:
    """A run for each evaluation that the record has results of.

    Raises:
        ImportProblem: it has none.
    """
    results = [entry for entry in list_of(record.get("evaluation_results")) if isinstance(entry, dict)]
    if not results or len(results) > _MAX_RESULTS:
        what = f"holds more than {_MAX_RESULTS:,} results" if results else "holds no evaluation results"
        raise ImportProblem(path, what, "check what wrote the record")
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for entry in results:
        dataset = text_of(object_of(entry.get("source_data")).get("dataset_name"), 300)
        groups[text_of(entry.get("evaluation_name"), 300), dataset].append(entry)
    found = _items_by_name(samples)
    drafts = []
    for (name, dataset), entries in groups.items():
        run = _run(path, record, name, dataset, entries)
        said = [*version_doubts([text_of(record.get("schema_version"), 40)], run), *doubts]
        said += _samples_doubts(samples, detailed)
        draft = Draft(run, [], said, key=f"{name}\x1f{dataset}")
        _add_metrics(draft, entries, found.get(name, {}))
        draft.doubts += _general_doubts(record)
        drafts.append(draft)
    return drafts


def _items_by_name(samples: Samples | None) -> dict[str, dict[str, list[Item]]]:
    """Items by evaluation name and result id."""
    found: dict[str, dict[str, list[Item]]] = defaultdict(dict)
    if samples is not None:
        for (_, _, name), results in samples.items.items():
            found[name] |= results
    return found


def _run(path: Path, record: dict[str, Any], name: str, dataset: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    info = object_of(record.get("model_info"))
    library = object_of(record.get("eval_library"))
    metadata = object_of(record.get("source_metadata"))
    model = text_of(info.get("id"), 300) or text_of(info.get("name"), 300)
    relation = text_of(metadata.get("evaluator_relationship"))
    data = object_of(entries[0].get("source_data"))
    when = text_of(entries[0].get("evaluation_timestamp")) or text_of(record.get("evaluation_timestamp"))
    judges = {judge: None for entry in entries for judge in _judges(entry)}
    version = text_of(library.get("version"))
    return {
        "title": " · ".join(part for part in (name, model) if part) or path.name,
        "run_id": text_of(record.get("evaluation_id"), 600),
        "library": {"name": text_of(library.get("name")), "version": "" if version == "unknown" else version},
        "task": {"name": name},
        "dataset": {"name": dataset or text_of(data.get("hf_repo")), "version": text_of(data.get("hf_split"))},
        "model": {"name": model},
        "completed_at": time_of(when),
        "status": "unknown",
        "relationship": relation if relation in _RELATIONS else "unknown",
        "provenance": {
            "settings": _settings(entries[0]),
            "developer": text_of(info.get("developer"), 300),
            "judges": list(judges)[:20],
        },
    }


def time_of(text: str) -> str:
    """A time as ISO 8601: the format gives seconds since 1970 as text, older records a date."""
    try:
        return datetime.fromtimestamp(float(text), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        pass
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text


def _judges(entry: dict[str, Any]) -> list[str]:
    scoring = object_of(object_of(entry.get("metric_config")).get("llm_scoring"))
    models = (object_of(object_of(judge).get("model_info")) for judge in list_of(scoring.get("judges")))
    return [text for model in models if (text := text_of(model.get("id"), 300) or text_of(model.get("name"), 300))]


def _settings(entry: dict[str, Any]) -> dict[str, str]:
    config = object_of(entry.get("generation_config"))
    pairs = {**object_of(config.get("additional_details")), **object_of(config.get("generation_args"))}
    texts = {name[:100]: text_of(value, 300) for name, value in list(pairs.items())[:40]}
    return {name: text for name, text in texts.items() if text}


def _add_metrics(draft: Draft, entries: list[dict[str, Any]], samples: dict[str, list[Item]]) -> None:
    used: set[str] = set()
    for index, entry in enumerate(entries):
        metric = _metric(entry, draft.doubts)
        result = text_of(entry.get("evaluation_result_id"), 300)
        if metric["name"] in used:  # two results of one name: the id, or the order, tells them apart
            metric["reducer"] = result or f"result {index + 1}"
        used.add(metric["name"])
        items = samples.get(result, [])
        if not items and len(entries) == 1 and len(samples) == 1:
            items = next(iter(samples.values()))  # the only result, and samples that name none or another
        draft.metrics += _recomputed(metric, items, draft) if items else [metric]
    planned = count_of(object_of(entries[0].get("source_data")).get("samples_number"))
    counts = draft.run.setdefault("counts", {})
    if planned is not None and planned >= (counts.get("attempted") or 0):
        counts["planned"] = planned
    elif not counts:
        known = {metric["n"] for metric in draft.metrics if metric.get("n") is not None}
        counts["scored"] = known.pop() if len(known) == 1 else None


def _recomputed(metric: dict[str, Any], items: list[Item], draft: Draft) -> list[dict[str, Any]]:
    """The metric from its samples, in the same unit, with the record's figure beside it."""
    draft.run.setdefault("counts", counts_of(items))
    draft.doubts += sample_doubts(items)
    kept = {name: metric[name] for name in ("reducer", "tool_says_higher_is_better", "reported") if name in metric}
    made = metric_of(metric["name"], items, **kept)
    said = metric["reported"]["value"]
    if said is not None and made.get("value") is not None and abs(said - made["value"]) > _UNLIKE:
        draft.doubts.append(
            f"{metric['name']}: the record says {said:.4g}, its samples give {made['value']:.4g}; the samples count."
        )
    return [made, *strata_of(made)]


def _metric(entry: dict[str, Any], doubts: list[str]) -> dict[str, Any]:
    config = object_of(entry.get("metric_config"))
    details = object_of(entry.get("score_details"))
    uncertainty = object_of(details.get("uncertainty"))
    interval = object_of(uncertainty.get("confidence_interval") or details.get("confidence_interval"))
    name = _name(config)
    share = _scale(config)
    scale = share or 1.0
    score = number_of(details.get("score"))
    if score == -1 and config.get("has_unknown_level") is True:
        score = None
    lower = config.get("lower_is_better")
    n = count_of(uncertainty.get("num_samples"))
    k = count_of(object_of(config.get("metric_parameters")).get("k"))
    fields: dict[str, Any] = {
        "name": name,
        "kind": "pass_at_k" if k else ("other" if share is None else "proportion"),
        "k": k or None,
        "unit": "other" if share is None else "proportion",
        "n": n,
        "tool_says_higher_is_better": not lower if isinstance(lower, bool) else None,
        "reported": {
            "value": _scaled(score, scale),
            "stderr": _scaled(number_of(object_of(uncertainty.get("standard_error")).get("value")), scale),
            "low": _scaled(number_of(interval.get("lower")), scale),
            "high": _scaled(number_of(interval.get("upper")), scale),
        },
    }
    if score is None:
        doubts.append(f"{name} has no score.")
        return fields
    words = " ".join((name, text_of(config.get("metric_kind")), text_of(config.get("evaluation_description")))).lower()
    is_rate = config.get("score_type") == "binary" or any(word in words for word in _RATES)
    successes = None
    if share is not None and is_rate and n and k in (None, 0, 1) and 0 <= score <= scale:
        successes = successes_of_float(score / scale, n)
    if successes is not None and n:
        low, high = wilson(successes, n)
        estimate = {"low": low, "high": high, "level": 0.95, "method": "wilson", "n_effective": n}
        doubts.append(
            f"{name}: {successes:,} of {n:,} follows from the rate and the number of samples; repeats cannot be seen."
        )
        return fields | {"value": successes / n, "successes": successes, "estimate": estimate}
    why = "the number of samples is not given" if n is None else "it is not a count of samples passed"
    doubts.append(f"{name} is shown as the record gives it: {why}, so there is no interval of ours.")
    return fields


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else value / scale


def _name(config: dict[str, Any]) -> str:
    named = (text_of(config.get(key), 120) for key in ("metric_name", "metric_id", "evaluation_description"))
    return next((name for name in named if name), "score")


def _scale(config: dict[str, Any]) -> float | None:
    """What a proportion of 1 is written as: 1, or 100 for percent; None where the figure is no proportion."""
    unit = text_of(config.get("metric_unit")).lower()
    bounds = (number_of(config.get("min_score")), number_of(config.get("max_score")))
    if unit in ("percent", "%", "percentage") or (not unit and bounds == (0, 100)):
        return 100.0
    if unit in ("proportion", "fraction", "ratio", "probability") or (not unit and bounds == (0, 1)):
        return 1.0
    return None


def _samples_doubts(samples: Samples | None, detailed: dict[str, Any]) -> list[str]:
    if samples is None:
        return []
    doubts = []
    checksum = text_of(detailed.get("checksum")).lower()
    if checksum and text_of(detailed.get("hash_algorithm")) in ("", "sha256") and checksum != samples.sha256:
        doubts.append("The file of samples is not the one the record was made with: its checksum differs.")
    rows = count_of(detailed.get("total_rows"))
    if rows is not None and rows != samples.rows:
        doubts.append(f"The record speaks of {rows:,} samples; their file holds {samples.rows:,}.")
    if samples.others:
        doubts.append(f"{samples.others:,} samples are of another evaluation and were left out.")
    return doubts


def _general_doubts(record: dict[str, Any]) -> list[str]:
    doubts = []
    metadata = object_of(record.get("source_metadata"))
    if metadata.get("source_type") == "documentation":
        source = text_of(metadata.get("source_name"), 120) or text_of(metadata.get("source_organization_name"), 120)
        doubts.append(f"The figures were copied from a publication{f' ({source})' if source else ''}, not from a run.")
    doubts.append("The format does not say whether the run ended normally, or how many samples failed.")
    return doubts
