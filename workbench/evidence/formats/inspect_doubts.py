"""What an analyst should doubt about an Inspect log, in the order to read it in."""

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Final

from workbench.evidence.formats.inspect_scores import ScoreColumn
from workbench.evidence.imported import Draft
from workbench.evidence.intake import count_of, list_of, object_of, text_of
from workbench.evidence.labels import apart_from, label_of

KNOWN_VERSIONS: Final = (1, 2)
MAX_COLUMNS: Final = 1_000


@dataclass(slots=True)
class Tally:
    """What the rows of a log add up to, and the ``samples`` themselves by item and epoch."""

    rows: int = 0
    scored: int = 0
    errors: int = 0
    errors_with_scores: int = 0
    unscored: int = 0
    refused: int = 0
    stopped: int = 0
    edited: int = 0
    twice: int = 0
    items: int = 0
    last_epoch: int = 1
    crowded: bool = False
    samples: dict[tuple[Hashable, int], dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Size:
    """How large the run was meant to be; null where the log does not say."""

    epochs: int
    planned: int | None
    completed: int | None


def version_doubts(header: dict[str, Any], draft: Draft) -> None:
    """Whether the log is of a version the importer was written for."""
    version = header.get("version")
    if version is None:
        draft.doubts.append("The log states no format version; it was read as version 2, unverified.")
    elif version not in KNOWN_VERSIONS:
        draft.doubts.append(
            f"The log is of format version {text_of(version) or '?'}; this importer was written for versions 1 and 2."
        )


def state_doubts(header: dict[str, Any], tally: Tally, doubts: list[str]) -> None:
    """How the run ended, what was changed afterwards, and which samples are missing."""
    error = text_of(object_of(header.get("error")).get("message"), 200)
    if error:
        doubts.append(f"The run ended with an error: {error}")
    if header.get("status") in ("cancelled", "started"):
        doubts.append(f"The run did not end: its status is {header['status']}.")
    if header.get("invalidated"):
        doubts.append("Somebody marked the log as invalid.")
    if list_of(header.get("log_updates")):
        doubts.append("Tags or metadata of the log were edited after the run.")
    if tally.edited:
        doubts.append(f"Scores of {tally.edited} of {tally.rows} samples were edited after the run.")
    if tally.errors:
        doubts.append(f"{tally.errors} of {tally.rows} samples in the file ended in an error; they count as missing.")
    if tally.errors_with_scores:
        doubts.append(
            f"{tally.errors_with_scores} of {tally.rows} samples have an error and scores; these scores are not used."
        )
    if tally.refused:
        doubts.append(
            f"{tally.refused} of {tally.rows} samples are marked N (no answer or refusal); they count as missing, "
            "where Inspect counts them as wrong."
        )
    if tally.unscored:
        doubts.append(f"{tally.unscored} of {tally.rows} samples have no score, and no error; they count as missing.")
    if tally.stopped:
        doubts.append(f"{tally.stopped} of {tally.rows} samples were stopped at a limit (time, tokens or messages).")
    if tally.twice:
        doubts.append(f"{tally.twice} of {tally.rows} samples stand in the log twice; the last of each was taken.")
    if tally.crowded:
        doubts.append(f"The samples have more than {MAX_COLUMNS:,} kinds of scores; the others are left out.")
    if object_of(header.get("results")).get("early_stopping"):
        doubts.append("Items were stopped early by a rule; a rate over what was run may lean one way.")


def scope_doubts(evaluation: dict[str, Any], size: Size, draft: Draft) -> None:
    """What was measured: how much of the data set, which model, judged by whom."""
    dataset = object_of(evaluation.get("dataset"))
    available = count_of(dataset.get("samples"))
    items = None if size.planned is None else size.planned // size.epochs
    if available is not None and items is not None and items < available:
        limit = f" (limit {draft.run['limit']})" if draft.run["limit"] else ""
        draft.doubts.append(
            f"Only {items} of the data set's {available} items were run{limit}; how they were chosen is not said."
        )
    model = draft.run["model"]["name"]
    if not model or model == "none/none":
        draft.doubts.append("The log does not name the model.")
    elif model.startswith("mockllm/"):
        draft.doubts.append("The model is Inspect's mock model: no real model was measured.")
    if not draft.run["completed_at"] and draft.run["status"] == "success":
        draft.doubts.append("The log does not say when the run ended.")
    graded = {name for name in (metric["scorer"] for metric in draft.metrics) if name.startswith("model_graded")}
    draft.doubts += [f"Scores of {name} are a model's judgement, not a test's." for name in sorted(graded)]


def column_doubts(draft: Draft, columns: dict[tuple[str, str], ScoreColumn], tally: Tally) -> None:
    """Samples that a scorer left without a usable value."""
    several = {scorer for scorer, key in columns if key}
    for (scorer, key), column in columns.items():
        if not key and scorer in several:
            continue  # a scorer of several values that gave none for some samples: told for each of its values
        label = f"{scorer}/{key}" if key else scorer
        if column.words:
            draft.doubts.append(
                f"{column.words} of {tally.rows} values of {label} are words without a number; they count as missing."
            )
        without = tally.rows - tally.errors - tally.unscored - len(column.values) - column.refused - column.words
        if without > 0:
            draft.doubts.append(
                f"{without} of {tally.rows} samples have no value from {label} (unscored); they count as missing."
            )


def metric_doubts(draft: Draft) -> None:
    """Where our figure and the log's differ, and where the log's own error bar says nothing."""
    if not draft.metrics:
        draft.doubts.append("Nothing was scored, so there is no figure.")
    for metric in draft.metrics:
        value = metric.get("value")
        reported: dict[str, Any] = metric.get("reported", {})
        given = reported.get("value")
        label = label_of(metric["name"], metric["scorer"], metric["reducer"])
        if given is not None and value is None:
            draft.doubts.append(f"{label}: {given:.4g} is the log's own figure; it could not be recomputed.")
        elif given is not None and value is not None and not math.isclose(value, given, rel_tol=1e-6, abs_tol=1e-9):
            draft.doubts.append(
                f"{label}: the log reports {apart_from(given, value, 'other')}, its scored samples give "
                f"{apart_from(value, given, 'other')}; {metric.get('missing') or 0} are missing."
            )
        if reported.get("stderr") == 0 and value is not None:
            draft.doubts.append(
                f"{label}: the log's standard error of 0 comes from {metric['n']} equal values; it does not mean "
                "certainty."
            )
