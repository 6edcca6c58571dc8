"""The statistics of a HELM run: what it reports over all instances, and the values of each instance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from workbench.evidence.formats.reported import line_of, score_of
from workbench.evidence.intake import list_of, object_of
from workbench.evidence.items import Item, ItemState
from workbench.evidence.problems import ImportProblem

MAX_VALUES: Final = 600_000
WORST: Final = "worst"
_PLAIN: Final = ("", "perturbed")
_EFFORT: Final = ("num_", "training_", "inference_", "finish_reason_")
_ASIDE: Final = frozenset({"batch_size", "prompt_truncated", "max_prob", "logprob"})
_LIKELIHOOD: Final = frozenset({"perplexity", "bits_per_byte", "logprob_per_byte"})


class Part(NamedTuple):
    """A part of the instances: a split, and how they were changed; ``computed_on`` is empty for plain values."""

    split: str = ""
    sub_split: str = ""
    perturbation: str = ""
    computed_on: str = ""


class Value(NamedTuple):
    """A statistic of one instance; null where the file has no number."""

    instance: str
    trial: int
    number: float | None


@dataclass(slots=True)
class Instances:
    """The values of each instance.

    Attributes:
        values: by part and name of the statistic.
        kinds: whether a perturbation is one of robustness, and one of fairness.
        keys: distinct (instance, perturbation, trial).
    """

    values: dict[Part, dict[str, list[Value]]] = field(default_factory=dict)
    kinds: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    keys: set[tuple[str, str, int]] = field(default_factory=set)
    malformed: int = 0


def is_aside(name: str, *, language_modelling: bool = False) -> bool:
    """Whether a statistic is about effort or likelihood rather than about how good the answers are."""
    return name in _ASIDE or name.startswith(_EFFORT) or (name in _LIKELIHOOD and not language_modelling)


def _part(name: Mapping[str, Any], perturbation: Mapping[str, Any] | None = None) -> Part:
    changed = object_of(name.get("perturbation")) or perturbation or {}
    on = line_of(changed.get("computed_on"), 40)
    label = line_of(changed.get("name"), 100) or ("unnamed" if changed else "")
    return Part(line_of(name.get("split"), 100), line_of(name.get("sub_split"), 100), label, "" if on in _PLAIN else on)


def _stats(value: object) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Name, name object and statistic of each entry of a list of statistics."""
    for stat in list_of(value):
        name = object_of(object_of(stat).get("name"))
        label = line_of(name.get("name"))
        if label:
            yield label, name, stat


def reported_figures(stats: object) -> dict[Part, dict[str, float | None]]:
    """What ``stats.json`` reports, by part and name; a mean over trials, of which there is mostly one."""
    found: dict[Part, dict[str, float | None]] = {}
    for label, name, stat in _stats(stats):
        found.setdefault(_part(name), {})[label] = score_of(stat.get("mean"))
    return found


def read_instances(path: Path, rows: object) -> Instances:
    """The rows of ``per_instance_stats.json``.

    Raises:
        ImportProblem: there are more values than are read.
    """
    instances = Instances()
    total = 0
    for row in list_of(rows):
        instance = line_of(object_of(row).get("instance_id"))
        if not instance:
            instances.malformed += 1
            continue
        changed = object_of(row.get("perturbation"))
        trial = row.get("train_trial_index")
        trial = trial if isinstance(trial, int) else 0
        seen: set[tuple[Part, str]] = set()
        for label, name, stat in _stats(row.get("stats")):
            part = _part(name, changed)
            own = object_of(name.get("perturbation")) or changed
            if part.perturbation:
                instances.kinds[part.perturbation] = (own.get("robustness") is True, own.get("fairness") is True)
            total += 1
            if total > MAX_VALUES:
                raise ImportProblem(path, f"holds more than {MAX_VALUES:,} values", "read a smaller run")
            if (part, label) in seen:
                instances.malformed += 1
                continue
            seen.add((part, label))
            number = score_of(stat.get("mean")) if stat.get("count") != 0 else None
            instances.values.setdefault(part, {}).setdefault(label, []).append(Value(instance, trial, number))
            instances.keys.add((instance, part.perturbation, trial))
    return instances


def items_of(values: list[Value], failed: set[str]) -> list[Item]:
    """An item for each value; instances whose request failed have none, whatever was computed from the empty answer."""
    items = []
    for value in values:
        state: ItemState = "scored" if value.number is not None else "unscored"
        if value.instance in failed:
            state = "error"
        items.append(Item(value.instance, value.number if state == "scored" else None, state))
    return items


def worst_of(instances: Instances, part: Part, name: str) -> list[Value] | None:
    """Each instance's lowest value over its plain and its changed versions, as HELM computes ``worst``.

    Args:
        part: a perturbation's name, or ``robustness`` or ``fairness``, which stand for all of their kind.

    Returns:
        None where the file has no changed versions that the part speaks of.
    """
    kind = {"robustness": 0, "fairness": 1}.get(part.perturbation)
    wanted = {
        label
        for label, kinds in instances.kinds.items()
        if (label == part.perturbation if kind is None else kinds[kind])
    }
    changed = [Part(part.split, part.sub_split, label) for label in sorted(wanted)]
    changed = [other for other in changed if instances.values.get(other, {}).get(name)]
    if not changed:
        return None
    lowest: dict[tuple[str, int], float | None] = {}
    for other in changed:
        for value in instances.values[other][name]:
            lowest[value.instance, value.trial] = _lower(lowest.get((value.instance, value.trial)), value.number)
    for value in instances.values.get(Part(part.split, part.sub_split), {}).get(name, []):
        if kind is not None or (value.instance, value.trial) in lowest:
            lowest[value.instance, value.trial] = _lower(lowest.get((value.instance, value.trial)), value.number)
    return [Value(instance, trial, number) for (instance, trial), number in lowest.items()]


def _lower(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else min(one, other)
