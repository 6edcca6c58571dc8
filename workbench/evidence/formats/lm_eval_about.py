"""What a results file of lm-evaluation-harness says about a run besides its figures: model, dates, settings."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from workbench.evidence.intake import count_of, number_of, object_of, text_of

_MODEL_KEYS: Final = ("pretrained", "model", "model_name", "engine", "model_path", "path")
_CONFIG: Final = (
    "model_args",
    "model_dtype",
    "model_num_parameters",
    "batch_size",
    "gen_kwargs",
    "limit",
    "bootstrap_iters",
    "random_seed",
    "numpy_seed",
    "torch_seed",
    "fewshot_seed",
    "use_cache",
)
_TOP: Final = ("chat_template_sha", "system_instruction_sha", "fewshot_as_multiturn", "transformers_version")
_TASK: Final = ("dataset_name", "test_split", "output_type", "repeats")
_VERSIONS: Final = re.compile(r"0\.4\.\d+\S*")
_DUMMY: Final = "dummy"


def is_modern(log: Mapping[str, Any]) -> bool:
    """Whether the layout is that of 0.4, where a metric's key also names the filter."""
    return any(key in log for key in ("configs", "n-shot", "n-samples"))


def about(log: Mapping[str, Any], task: str, doubts: list[str]) -> dict[str, Any]:
    """Fields of the run of one task."""
    config = object_of(log.get("config"))
    own = object_of(object_of(log.get("configs")).get(task))
    modern = is_modern(log)
    version = text_of(log.get("lm_eval_version"), 60)
    verified = not version or _VERSIONS.fullmatch(version) is not None
    if not verified:
        doubts.append(f"The file was written by version {version}; this reader was written for 0.3 and 0.4.")
    elif not version:
        doubts.append(
            f"The file does not state the tool's version; its layout is that of {'0.4' if modern else '0.3'}."
        )
    name, revision = _model(log, config, doubts)
    started, completed = _dates(log)
    if not started:
        doubts.append("The file does not say when the run was made.")
    commit = text_of(log.get("git_hash"), 80)
    if commit:
        doubts.append("The code revision is that of the folder the tool was started in, which need not be the tool's.")
    limit = config.get("limit")
    return {
        "title": " · ".join(part for part in (task, name) if part),
        "format_version": "0.4" if modern else "0.3",
        "verified": verified,
        "library": {"name": "lm-evaluation-harness", "version": version},
        "task": {"name": task, "version": _version(object_of(log.get("versions")).get(task))},
        "dataset": {"name": text_of(own.get("dataset_path"), 300)},
        "model": {"name": name, "version": revision},
        "code_revision": {"commit": commit},
        "started_at": started,
        "completed_at": completed,
        "status": "success",  # the tool writes this file when all tasks are done, and not before
        "limit": text_of(limit, 40),
        "provenance": {"settings": _settings(log, config, own, task)},
    }


def _version(value: object) -> str:
    return "" if value in ("N/A", "Yaml") else text_of(value, 60)


def _model(log: Mapping[str, Any], config: Mapping[str, Any], doubts: list[str]) -> tuple[str, str]:
    arguments = _arguments(config.get("model_args"))
    backend = text_of(config.get("model"), 200)
    version = text_of(config.get("model_sha"), 80) or arguments.get("revision", "")
    if _DUMMY in (backend, log.get("model_source")):
        doubts.append("The model is the tool's dummy model: no real model was measured.")
        return _DUMMY, ""
    for key in _MODEL_KEYS:
        if arguments.get(key):
            return arguments[key], version
    label = text_of(log.get("model_name"), 300)
    if label:
        doubts.append(f"The model's arguments do not name it; {label} is the tool's label for it.")
        return label, version
    if backend:
        doubts.append(f"The file names the program that ran the model ({backend}), not the model itself.")
    else:
        doubts.append("The file does not say which model was measured.")
    return backend, version


def _arguments(value: object) -> dict[str, str]:
    """The arguments of a model, an object or ``name=value`` parted by commas."""
    if isinstance(value, dict):
        return {text_of(name, 100): text_of(inner, 300) for name, inner in value.items()}
    pairs = (part.partition("=") for part in text_of(value, 4_000).split(","))
    return {name.strip(): inner.strip() for name, found, inner in pairs if found}


def _dates(log: Mapping[str, Any]) -> tuple[str, str]:
    """Begin and end; ``start_time`` and ``end_time`` of the file count from no known moment and are of no use."""
    date = number_of(log.get("date"))
    if date is None or not 1e9 < date < 1e10:
        return text_of(log.get("date"), 60), ""
    try:
        spent = float(text_of(log.get("total_evaluation_time_seconds"), 40))
    except ValueError:
        spent = -1.0
    begun = datetime.fromtimestamp(date, UTC)
    ended = datetime.fromtimestamp(date + spent, UTC).isoformat() if 0 <= spent < 1e9 else ""
    return begun.isoformat(), ended


def _settings(log: Mapping[str, Any], config: Mapping[str, Any], own: Mapping[str, Any], task: str) -> dict[str, str]:
    shots = object_of(log.get("n-shot")).get(task, config.get("num_fewshot"))
    told: dict[str, Any] = {"num_fewshot": shots, "backend": config.get("model")}
    told |= {name: config.get(name) for name in _CONFIG} | {name: log.get(name) for name in _TOP}
    told |= {name: own.get(name) for name in _TASK}
    told |= {f"generation {name}": value for name, value in object_of(own.get("generation_kwargs")).items()}
    told["task_hash"] = object_of(log.get("task_hashes")).get(task)
    texts = {text_of(name, 80): _written(value) for name, value in list(told.items())[:80]}
    return {name: text for name, text in texts.items() if text}


def _written(value: object) -> str:
    """A setting as text: an object as ``name=value`` parted by commas."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, dict):
        return ",".join(f"{text_of(name, 60)}={_written(inner)}" for name, inner in list(value.items())[:20])[:1_000]
    if isinstance(value, list):
        return ",".join(repr(text_of(inner, 40)) for inner in value[:10])
    return text_of(value, 500)


def sizes(log: Mapping[str, Any], task: str) -> tuple[int | None, int | None]:
    """Documents of the data set, and documents that were run, where the file says so."""
    entry = object_of(object_of(log.get("n-samples")).get(task))
    effective = count_of(entry.get("effective"))
    if effective is None:
        effective = count_of(object_of(object_of(log.get("results")).get(task)).get("sample_len"))
    return count_of(entry.get("original")), effective
