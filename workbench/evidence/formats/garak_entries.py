"""The entries of a garak report, added up as they are read: a long run is never held in memory."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workbench.evidence.intake import Watch, count_of, json_lines, list_of, number_of, object_of, text_of
from workbench.evidence.items import Item
from workbench.evidence.problems import ImportProblem

COMPLETE: Final = 2
DEFAULT_THRESHOLD: Final = 0.5
_MAX_ATTEMPTS: Final = 500_000
_MAX_JUDGED: Final = 1_000_000
_MAX_PAIRS: Final = 5_000


@dataclass(slots=True)
class Judged:
    """What one detector made of the answers to one probe.

    Attributes:
        items: one for each answer, 1 where it passed; from the attempts.
        passed: as the tool counts them, with ``total`` and ``nones`` (answers it could not judge).
        fail_low: the tool's interval of the failing rate, with ``fail_high``.
        fractional: a score lies strictly between 0 and 1.
    """

    items: list[Item] = field(default_factory=list)
    passed: int | None = None
    total: int | None = None
    nones: int | None = None
    fail_low: float | None = None
    fail_high: float | None = None
    fractional: bool = False


@dataclass(slots=True)
class Entries:
    """What a report says.

    Attributes:
        attempts: those whose answers were judged; ``unfinished`` has the others: probe and number of answers.
        scored: answers with at least one score; ``errors`` never came; ``unscored`` have no score.
        repeated: a prompt got more than one answer.
        threshold: from the setup, where it says.
    """

    setup: dict[str, Any] = field(default_factory=dict)
    init: dict[str, Any] = field(default_factory=dict)
    completion: dict[str, Any] | None = None
    runs: set[str] = field(default_factory=set)
    judged: dict[tuple[str, str], Judged] = field(default_factory=dict)
    unfinished: dict[str, tuple[str, int]] = field(default_factory=dict)
    attempts: int = 0
    scored: int = 0
    errors: int = 0
    unscored: int = 0
    repeated: bool = False
    threshold: Any = None


def read_entries(path: Path, watch: Watch) -> Entries:
    """All entries of a report.

    Raises:
        ImportProblem: a line is broken or no entry, or there are too many.
        Cancelled: the user asked to stop.
    """
    entries = Entries()
    done: set[str] = set()
    judged = 0
    for number, entry in json_lines(path, watch):
        if not isinstance(entry, dict) or not isinstance(entry.get("entry_type"), str):
            raise ImportProblem(path, f"line {number:,} is no entry of a garak report", "check what wrote the file")
        kind = entry["entry_type"]
        if kind in ("start_run setup", "config"):
            entries.setup = entries.setup or entry
            entries.threshold = entries.setup.get("run.eval_threshold", entries.setup.get("eval_threshold"))
        elif kind == "init":
            entries.init = entries.init or entry
            entries.runs |= {text_of(entry.get("run"), 100)} - {""}
        elif kind == "completion":
            entries.completion = entry
        elif kind == "attempt":
            judged += _attempt(entries, entry, done, number)
            if len(done) + len(entries.unfinished) > _MAX_ATTEMPTS or judged > _MAX_JUDGED:
                raise ImportProblem(path, f"holds more than {_MAX_JUDGED:,} judged answers", "split it")
        elif kind == "eval":
            _evaluation(entries, entry)
        if len(entries.judged) > _MAX_PAIRS:
            raise ImportProblem(path, f"holds more than {_MAX_PAIRS:,} pairs of probe and detector", "split it")
    return entries


def _plain(name: object, prefixes: tuple[str, ...]) -> str:
    text = text_of(name, 200)
    for prefix in prefixes:
        text = text.removeprefix(prefix)
    return text or "unnamed"


def _probe(name: object) -> str:
    return _plain(name, ("probes.", "probe."))


def _detector(name: object) -> str:
    return _plain(name, ("detectors.", "detector."))


def _attempt(entries: Entries, entry: dict[str, Any], done: set[str], number: int) -> int:
    """Take one attempt; returns how many judgements of answers it holds."""
    name = text_of(entry.get("uuid"), 80) or f"line {number}"
    outputs = list_of(entry.get("outputs"))
    probe = _probe(entry.get("probe_classname"))
    if entry.get("status") != COMPLETE:
        if name not in done:
            entries.unfinished[name] = (probe, len(outputs))
        return 0
    if name in done:
        return 0
    done.add(name)
    entries.unfinished.pop(name, None)
    entries.attempts += 1
    text = _prompt_text(entry.get("prompt"))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""
    seq = count_of(entry.get("seq"))
    item = f"{probe}/{seq}" if seq is not None else f"{probe}/{digest or name}"
    strata = {"intent": text_of(entry.get("intent"), 200)}
    threshold = number_of(entries.threshold)
    limit = DEFAULT_THRESHOLD if threshold is None else threshold
    results = object_of(entry.get("detector_results"))
    size, judged = len(outputs), 0
    has_score: set[int] = set()
    for detector, values in results.items():
        found = entries.judged.setdefault((probe, _detector(detector)), Judged())
        scores = list_of(values)
        size = max(size, len(scores))
        judged += len(scores)
        for index, value in enumerate(scores):
            score = float(value) if isinstance(value, bool) else number_of(value)
            if score is None:
                found.items.append(Item(item, None, "unscored", strata=strata, digest=digest))
                continue
            has_score.add(index)
            found.fractional = found.fractional or 0 < score < 1
            found.items.append(Item(item, float(score < limit), strata=strata, digest=digest))
    entries.repeated = entries.repeated or size > 1
    never = sum(index not in has_score and output is None for index, output in enumerate(outputs))
    entries.scored += len(has_score)
    entries.errors += never
    entries.unscored += size - len(has_score) - never
    return judged


def _prompt_text(prompt: object) -> str:
    """The text of a prompt, as a string, a message, or turns of a conversation."""
    if isinstance(prompt, str):
        return prompt
    fields = object_of(prompt)
    if isinstance(fields.get("text"), str):
        return str(fields["text"])
    parts = []
    for turn in map(object_of, list_of(fields.get("turns"))):
        content = turn.get("content")
        text = content if isinstance(content, str) else object_of(content).get("text")
        parts.append(f"{text_of(turn.get('role'), 40)}: {text if isinstance(text, str) else ''}")
    return "\n".join(parts)


def _evaluation(entries: Entries, entry: dict[str, Any]) -> None:
    """Take the tool's counts for one probe and detector; those of a report put together from several are added."""
    key = (_probe(entry.get("probe")), _detector(entry.get("detector")))
    judged = entries.judged.setdefault(key, Judged())
    total = count_of(entry.get("total_evaluated"))
    total = count_of(entry.get("total")) if total is None else total
    passed, fails = count_of(entry.get("passed")), count_of(entry.get("fails"))
    if passed is None and fails is not None and total is not None:
        passed = total - fails
    if total is None and passed is not None and fails is not None:
        total = passed + fails
    if total is None or passed is None or not 0 <= passed <= total:
        return
    first = judged.total is None
    judged.total = min((judged.total or 0) + total, 2**53)
    judged.passed = min((judged.passed or 0) + passed, judged.total)
    nones = count_of(entry.get("nones"))
    judged.nones = min((judged.nones or 0) + nones, 2**53) if nones is not None else judged.nones
    judged.fail_low = number_of(entry.get("confidence_lower")) if first else None
    judged.fail_high = number_of(entry.get("confidence_upper")) if first else None
