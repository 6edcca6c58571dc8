"""What a HELM run says about itself besides its figures: model, scenario, settings, and how its requests went."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from workbench.evidence.intake import count_of, list_of, number_of, object_of, text_of

_ADAPTER: Final = (
    "method",
    "model_deployment",
    "temperature",
    "max_tokens",
    "num_outputs",
    "max_train_instances",
    "max_eval_instances",
    "num_train_trials",
    "num_trials",
    "sample_train",
    "random",
)
_MODEL: Final = re.compile(r"(^|[,:])(?:model|model_deployment)=[^,]*")


@dataclass(slots=True)
class Requests:
    """How the requests went.

    Attributes:
        failed: instances with a request that failed, by perturbation.
        begun: time of the first answer, ISO 8601; ``ended`` of the last.
        cached: answers that came from a cache; ``cut``: prompts cut to fit; ``silent``: answers that are empty.
    """

    failed: dict[str, set[str]] = field(default_factory=dict)
    total: int = 0
    cached: int = 0
    cut: int = 0
    silent: int = 0
    begun: str = ""
    ended: str = ""


def requests_of(state: Mapping[str, Any]) -> Requests:
    """The requests of ``scenario_state.json``."""
    requests = Requests()
    times = []
    for entry in list_of(state.get("request_states")):
        if not isinstance(entry, dict):
            continue
        requests.total += 1
        result = object_of(entry.get("result"))
        instance = object_of(entry.get("instance"))
        changed = text_of(object_of(instance.get("perturbation")).get("name"), 100)
        if result.get("success") is False:
            requests.failed.setdefault(changed, set()).add(text_of(instance.get("id"), 200))
        requests.cached += result.get("cached") is True
        texts = [object_of(completion).get("text") for completion in list_of(result.get("completions"))]
        requests.silent += bool(texts) and all(isinstance(text, str) and not text.strip() for text in texts)
        requests.cut += entry.get("prompt_truncated") is True
        moment = number_of(result.get("request_datetime"))
        if moment is not None and 1e9 < moment < 1e10:
            times.append(moment)
    if times:
        requests.begun, requests.ended = (
            datetime.fromtimestamp(at, UTC).isoformat() for at in (min(times), max(times))
        )
    return requests


def about(spec: Mapping[str, Any], scenario: Mapping[str, Any], own_adapter: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the run; ``own_adapter`` is that of the state, for where there is no spec."""
    adapter = object_of(spec.get("adapter_spec")) or own_adapter
    name = text_of(spec.get("name"), 600)
    model = text_of(adapter.get("model"), 300)
    # the model is no part of the task, else no two models would have been measured on the same one
    task = _MODEL.sub(lambda match: ":" if match[1] == ":" else "", name).replace(":,", ":").strip(",:")
    scenario_spec = object_of(spec.get("scenario_spec"))
    kind = text_of(scenario_spec.get("class_name"), 300).rpartition(".")[2]
    told = {key: adapter.get(key) for key in _ADAPTER}
    told |= {f"scenario {key}": value for key, value in list(object_of(scenario_spec.get("args")).items())[:30]}
    settings = {key: str(value) if isinstance(value, bool) else text_of(value, 300) for key, value in told.items()}
    annotators = [text_of(object_of(entry).get("class_name"), 200) for entry in list_of(spec.get("annotators"))[:20]]
    limit = count_of(adapter.get("max_eval_instances"))
    return {
        "title": " · ".join(part for part in (task, model) if part) or "HELM run",
        "run_id": name,
        "library": {"name": "helm"},
        "task": {"name": task},
        "dataset": {"name": text_of(scenario.get("name"), 200) or kind},
        "model": {"name": model},
        "limit": "" if limit is None else str(limit),
        "provenance": {
            "settings": {text_of(key, 100): text for key, text in settings.items() if text},
            "judges": [part for part in annotators if part],
        },
    }


def about_doubts(run: Mapping[str, Any], requests: Requests | None, instances: int | None) -> list[str]:
    """What the files do not say, or say that should give pause."""
    doubts = []
    if not run["model"]["name"]:
        doubts.append("The files given do not say which model was measured; run_spec.json does.")
    limit = run["limit"]
    if limit and instances is not None and instances >= int(limit):
        doubts.append(
            f"At most {limit} instances were run (max_eval_instances), drawn from the data set; how many it has is not "
            "said."
        )
    if run["provenance"]["judges"]:
        doubts.append("Answers were annotated before they were scored, in part perhaps by a model.")
    if requests is None:
        doubts.append("Without scenario_state.json it cannot be told when the run was made, nor which requests failed.")
    else:
        failed = sum(map(len, requests.failed.values()))
        if failed:
            doubts.append(
                f"Requests of {failed} instances failed; they count as missing, although HELM scores their empty "
                "answers."
            )
        if requests.silent:
            doubts.append(
                f"{requests.silent} of {requests.total} answers are empty; HELM scores them like any other, although "
                "they may be requests that failed."
            )
        if requests.cached:
            doubts.append(f"{requests.cached} of {requests.total} answers came from a cache of earlier requests.")
        if requests.cut:
            doubts.append(f"{requests.cut} of {requests.total} prompts were cut to fit the model.")
        if not requests.begun:
            doubts.append("The files do not say when the run was made.")
    doubts.append("HELM does not state its version in a run.")
    return doubts
