"""A run as a record of Every Eval Ever (schema 0.3.0), the format in which evaluations are shared.

Names and rules: https://github.com/evaleval/every_eval_ever, ``eval.schema.json``. Nothing of the clock enters the
record: what the run does not say is "unknown".
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from workbench.evidence.labels import full_label
from workbench.model.runs import Metric, Run

SCHEMA_VERSION: Final = "0.3.0"
_UNKNOWN: Final = "unknown"
_RELATIONS: Final = frozenset({"first_party", "third_party", "collaborative", "other"})
_NO_DIRECTION: Final = "not known: lower_is_better says false because the format asks for a value"


def eee_record(run: Run, metrics: Sequence[Metric]) -> tuple[dict[str, Any], list[str]]:
    """The record of a run, and what could not be said in it.

    Args:
        run: as stored.
        metrics: those to write.

    Returns:
        The record as JSON holds it, and a sentence for each thing that was left out or had to be made up.
    """
    left_out = [
        f"{full_label(metric)} has no value and is left out."
        for metric in metrics
        if metric.value is None and metric.reported.value is None
    ]
    written = [metric for metric in metrics if metric.value is not None or metric.reported.value is not None]
    if any(metric.tool_says_higher_is_better is None for metric in written):
        left_out.append(f"Which direction is better is {_NO_DIRECTION}.")
    task = run.task.name or run.dataset.name or run.title or run.format or _UNKNOWN
    model = run.model.name or _UNKNOWN
    stamp = _epoch(run.completed_at) or _epoch(run.started_at)
    record: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": run.run_id or f"{task}/{model}/{stamp or run.source.sha256[:16] or run.id}",
        **({"evaluation_timestamp": stamp} if stamp else {}),
        "retrieved_timestamp": _epoch(run.imported_at) or stamp or _UNKNOWN,
        "source_metadata": {
            "source_type": "documentation" if run.origin == "typed" else "evaluation_run",
            "source_organization_name": _UNKNOWN,
            "evaluator_relationship": run.relationship if run.relationship in _RELATIONS else "other",
            "additional_details": _texts(
                format=run.format,
                format_version=run.format_version,
                sha256=run.source.sha256,
                status=run.status,
                doubts=" ".join(run.doubts),
            ),
        },
        "eval_library": {
            "name": run.library.name or run.format or _UNKNOWN,
            "version": run.library.version or _UNKNOWN,
        },
        "model_info": _model(run, model),
        "evaluation_results": [_result(run, metric, task) for metric in written],
    }
    return record, left_out


def _texts(**values: object) -> dict[str, str]:
    """Additional details: text only, what is empty left out."""
    return {name: str(value) for name, value in values.items() if value not in (None, "", {}, ())}


def _epoch(text: str) -> str:
    """A stored time as seconds since 1970, as the format has it; empty where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return f"{moment.timestamp():.0f}"


def _model(run: Run, name: str) -> dict[str, Any]:
    info: dict[str, Any] = {"name": name, "id": name}
    if run.provenance.developer:
        info["developer"] = run.provenance.developer
    details = {"deployment_type": _UNKNOWN, "model_availability": _UNKNOWN, **_texts(version=run.model.version)}
    return info | {"additional_details": details}


def _result(run: Run, metric: Metric, task: str) -> dict[str, Any]:
    ours = metric.value is not None
    score = metric.value if ours else metric.reported.value
    assert score is not None
    result: dict[str, Any] = {
        "evaluation_result_id": metric.id,
        "evaluation_name": task,
        "source_data": {"dataset_name": run.dataset.name or task, "source_type": "other"},
        "metric_config": _config(run, metric),
        "score_details": {
            "score": score,
            "details": _texts(
                computed_by="Hazard Workbench, from the items" if ours else "the tool, as reported",
                reported_value=_shown(metric.reported.value) if ours else "",
                reported_stderr=_shown(metric.reported.stderr) if ours else "",
                successes=_shown(metric.successes),
                items=metric.clusters,
                missing=metric.missing,
                planned=run.counts.planned,
                errors=run.counts.errors,
                n_effective=_shown(metric.estimate.n_effective) if metric.estimate else "",
                **{f"stratum {name}": value for name, value in metric.strata.items()},
            ),
        },
    }
    uncertainty = _uncertainty(metric, ours=ours)
    if uncertainty:
        result["score_details"]["uncertainty"] = uncertainty
    if run.provenance.settings:
        result["generation_config"] = {"additional_details": dict(run.provenance.settings)}
    return result


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _config(run: Run, metric: Metric) -> dict[str, Any]:
    better = metric.tool_says_higher_is_better
    config: dict[str, Any] = {
        "evaluation_description": full_label(metric),
        "metric_id": metric.name,
        "metric_name": full_label(metric),
        "metric_kind": f"pass@{metric.k}" if metric.k is not None else metric.kind,
        "metric_unit": metric.unit,
        "lower_is_better": better is False,
    }
    if metric.k is not None:
        config["metric_parameters"] = {"k": metric.k}
    if metric.unit in ("proportion", "percent"):
        config |= {"score_type": "continuous", "min_score": 0, "max_score": 100 if metric.unit == "percent" else 1}
    details = _texts(
        scorer=metric.scorer,
        reducer=metric.reducer,
        direction=_NO_DIRECTION if better is None else "",
        judges=", ".join(run.provenance.judges),
    )
    return config | ({"additional_details": details} if details else {})


def _uncertainty(metric: Metric, *, ours: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    estimate = metric.estimate if ours else None
    error, method = (metric.reported.stderr, "as the tool reports it")
    if estimate is not None:
        error, method = (estimate.standard_error, estimate.method)
        if estimate.low is not None and estimate.high is not None:
            found["confidence_interval"] = {
                "lower": estimate.low,
                "upper": estimate.high,
                "confidence_level": estimate.level,
                "method": estimate.method,
            }
    elif not ours and metric.reported.low is not None and metric.reported.high is not None:
        found["confidence_interval"] = {"lower": metric.reported.low, "upper": metric.reported.high}
    if error is not None and math.isfinite(error):
        found["standard_error"] = {"value": error, "method": method}
    if metric.n is not None:
        found["num_samples"] = metric.n
    return found
