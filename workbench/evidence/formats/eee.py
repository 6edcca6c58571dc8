"""Records of Every Eval Ever: a model's figures in several evaluations, and the samples behind them if they are given.

The figures come in one JSON object (also many, one a line); the samples in a JSON Lines file beside it, which can also
be read by itself. Schemas: https://github.com/evaleval/every_eval_ever
"""

from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.eee_results import drafts_of
from workbench.evidence.formats.eee_samples import Samples, drafts_of_samples, read_samples
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, json_lines, object_of, read_head, read_json, text_of
from workbench.evidence.problems import ImportProblem

_SURE: Final = 92
_MAX_RECORDS: Final = 2_000
_SAMPLE_KEYS: Final = frozenset({"evaluation_id", "model_id", "sample_id"})


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """An object with ``evaluation_results`` and what they are of; or a first line that is a sample of them."""
    keys = set(head.keys)
    if keys >= _SAMPLE_KEYS:
        return _SURE
    named = keys & {"model_info", "evaluation_id", "source_metadata", "eval_library"}
    return _SURE if "evaluation_results" in keys and len(named) >= 2 else 0


def read(path: Path, watch: Watch, options: ReadOptions) -> list[Draft]:
    """A run for each evaluation in the file.

    Raises:
        ImportProblem: the file is broken, or holds no results.
        Cancelled: the user asked to stop.
    """
    head = read_head(path)
    if set(head.keys) >= _SAMPLE_KEYS:
        return drafts_of_samples(path, read_samples(path, watch))
    if not _is_lines(head):
        return _of_record(path, object_of(read_json(path)), watch, options.beside, "")
    drafts: list[Draft] = []
    for number, record in json_lines(path, watch):
        if number > _MAX_RECORDS:
            raise ImportProblem(path, f"holds more than {_MAX_RECORDS:,} records", "split it")
        drafts += _of_record(path, object_of(record), watch, (), f"{number} ")
    return drafts


def _is_lines(head: Head) -> bool:
    """Whether each line is a record of its own."""
    first, _, rest = head.text.partition("\n")
    return first.rstrip().endswith("}") and rest.lstrip().startswith("{")


def _of_record(path: Path, record: dict[str, Any], watch: Watch, beside: tuple[Path, ...], prefix: str) -> list[Draft]:
    detailed = object_of(record.get("detailed_evaluation_results"))
    samples: Samples | None = None
    companion = _samples_file(path, text_of(detailed.get("file_path")), beside)
    doubts = []
    if companion is not None:
        try:
            samples = read_samples(companion, watch, text_of(record.get("evaluation_id")))
        except ImportProblem as problem:
            doubts.append(f"The samples in {companion.name} were not read: {problem.what}.")
            companion = None
    elif detailed:
        doubts.append("The record speaks of a file with its samples; it was not given, so nothing was recomputed.")
    drafts = drafts_of(path, record, samples, detailed, doubts)
    for draft in drafts:
        draft.key = prefix + draft.key
        draft.companions = (companion,) if companion is not None else ()
    return drafts


def _samples_file(path: Path, named: str, beside: tuple[Path, ...]) -> Path | None:
    """The file with the samples, if it was given too: by the name in the record, or by the record's own name."""
    wanted = [named.replace("\\", "/").rpartition("/")[2], f"{path.stem}_samples.jsonl", f"{path.stem}.jsonl"]
    return next((other for name in wanted if name for other in beside if other.name == name), None)


IMPORTER: Final = Importer("every-eval-ever", "Every Eval Ever records", sniff, read)
