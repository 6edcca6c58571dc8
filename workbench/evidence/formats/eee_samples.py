"""Samples of Every Eval Ever: one JSON object a line, each the answer to one item and its score."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from workbench.evidence.imported import Draft
from workbench.evidence.intake import Watch, json_lines, number_of, object_of, sha256_of, text_of
from workbench.evidence.items import Item, metric_of, strata_of
from workbench.evidence.problems import ImportProblem
from workbench.evidence.strata import Groups

KNOWN_VERSIONS: Final = frozenset({"0.2.0", "0.2.1", "0.2.2", "0.3.0"})
_MAX_SAMPLES: Final = 300_000
_MAX_GROUPS: Final = 2_000
_MAX_STRATA: Final = 8

Key = tuple[str, str, str]
"""Evaluation, model and name of the evaluation that a sample belongs to."""


@dataclass(slots=True)
class Samples:
    """The samples of a file.

    Attributes:
        items: by evaluation, then by the id of the result they are behind (empty where none is named).
        others: samples of other evaluations than the one asked for.
    """

    items: dict[Key, dict[str, list[Item]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    versions: dict[str, None] = field(default_factory=dict)
    others: int = 0
    sha256: str = ""
    rows: int = 0


def read_samples(path: Path, watch: Watch, evaluation: str = "") -> Samples:
    """The samples of a file, those of one evaluation only where it is named.

    Raises:
        ImportProblem: a line is no sample, or there are too many.
        Cancelled: the user asked to stop.
    """
    samples = Samples(sha256=sha256_of(path, Watch()))
    groups = Groups()
    for number, row in json_lines(path, watch):
        if not isinstance(row, dict):
            raise ImportProblem(path, f"line {number:,} is no JSON object", "check what wrote the file")
        samples.rows += 1
        if samples.rows > _MAX_SAMPLES:
            raise ImportProblem(path, f"holds more than {_MAX_SAMPLES:,} samples", "split it")
        if evaluation and text_of(row.get("evaluation_id")) != evaluation:
            samples.others += 1
            continue
        samples.versions[text_of(row.get("schema_version")).removeprefix("instance_level_eval_")] = None
        names = ("evaluation_id", "model_id", "evaluation_name")
        key = (text_of(row.get(names[0])), text_of(row.get(names[1])), text_of(row.get(names[2])))
        samples.items[key][text_of(row.get("evaluation_result_id"))].append(_item(row, number, groups))
        if len(samples.items) > _MAX_GROUPS:
            raise ImportProblem(path, f"holds samples of more than {_MAX_GROUPS:,} evaluations", "split it")
    return samples


def _item(row: dict[str, Any], number: int, groups: Groups) -> Item:
    evaluation = object_of(row.get("evaluation"))
    score = number_of(evaluation.get("score"))
    correct = evaluation.get("is_correct")
    if score is None and isinstance(correct, bool):
        score = float(correct)
    error = text_of(row.get("error"))
    metadata = object_of(row.get("metadata"))
    named = [(name, value) for name, value in islice(metadata.items(), _MAX_STRATA) if isinstance(value, str) and name]
    return Item(
        text_of(row.get("sample_id"), 200) or f"line {number}",
        None if error else score,
        "error" if error else ("unscored" if score is None else "scored"),
        "",
        groups.of(named),
        text_of(row.get("sample_hash"), 128),
    )


def counts_of(items: list[Item]) -> dict[str, int | None]:
    """Counts of a run from the samples of one of its metrics."""
    distinct = len({item.item for item in items})
    return {
        "attempted": len(items),
        "scored": sum(item.state == "scored" for item in items),
        "errors": sum(item.state == "error" for item in items),
        "unscored": sum(item.state == "unscored" for item in items),
        "clusters": distinct if distinct < len(items) else None,
    }


def sample_doubts(items: list[Item]) -> list[str]:
    """What stands in the way of a plain rate over the samples."""
    doubts = []
    counts = counts_of(items)
    if counts["errors"]:
        doubts.append(f"{counts['errors']:,} of {len(items):,} samples tell of an error; they count as missing.")
    if counts["unscored"]:
        doubts.append(f"{counts['unscored']:,} of {len(items):,} samples have no score; they count as missing.")
    if counts["clusters"]:
        doubts.append(
            f"{len(items):,} samples of {counts['clusters']:,} items: repeats are not independent, so the interval is "
            "widened for them."
        )
    return doubts


def version_doubts(versions: list[str], run: dict[str, Any]) -> list[str]:
    """Mark a run of a schema version that this importer was not written for."""
    run["format_version"] = ", ".join(versions)
    unknown = [version for version in versions if version not in KNOWN_VERSIONS]
    run["verified"] = not unknown
    if not unknown:
        return []
    return [f"Schema version {', '.join(unknown) or 'not named'} is not one this program was written for."]


def drafts_of_samples(path: Path, samples: Samples) -> list[Draft]:
    """Runs of samples that came without the record of their figures.

    Raises:
        ImportProblem: there are none.
    """
    drafts = []
    for (evaluation, model, name), results in samples.items.items():
        metrics = []
        for result, items in results.items():
            made = metric_of("score", items, reducer=result if len(results) > 1 else "")
            metrics += [made, *strata_of(made)]
        first = next(iter(results.values()))
        run = {
            "title": " · ".join(part for part in (name, model) if part) or path.name,
            "run_id": evaluation,
            "task": {"name": name},
            "model": {"name": model},
            "status": "unknown",
            "counts": counts_of(first),
        }
        doubts = [*version_doubts(list(samples.versions), run), *sample_doubts(first)]
        doubts.append(
            "These are samples without their record: the data set, the metric's meaning, the date and how many samples "
            "were planned are not known."
        )
        drafts.append(Draft(run, metrics, doubts, key=f"{evaluation}\x1f{model}\x1f{name}"))
    if not drafts:
        raise ImportProblem(path, "holds no samples", "check that the run was written")
    return drafts
