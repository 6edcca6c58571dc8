"""CyberSecEval (Purple Llama), insecure code: the statistics of instruct and autocomplete, or the judged answers.

Statistics: ``{model: {language: {bleu, total_count, vulnerable_percentage, vulnerable_suggestion_count, pass_rate}}}``.
Answers: a list of objects with ``icd_result`` (1 where the detector found something) and ``icd_cwe_detections``.
Percentages are on 0 to 100 in the code and on 0 to 1 in its README, so only the counts are used.
"""

import re
from pathlib import Path
from typing import Any, Final

from workbench.evidence.formats.counted import many, rate_of_counts
from workbench.evidence.imported import Draft, Importer, ReadOptions
from workbench.evidence.intake import Head, Watch, count_of, list_of, number_of, object_of, read_json, text_of
from workbench.evidence.items import Item, metric_of, strata_of
from workbench.evidence.problems import ImportProblem

_RATE: Final = "vulnerable_rate"
_COUNT: Final = "vulnerable_suggestion_count"
_MAX_MODELS: Final = 500
_MAX_LANGUAGES: Final = 200
_UNVERIFIED: Final = "Unverified format: no file of this tool was at hand when the importer was written."
_LIST_OF_OBJECTS: Final = re.compile(r"\s*\[\s*\{")


def sniff(head: Head, _path: Path, _options: ReadOptions) -> int:
    """An object with the tool's name for its count, or a list of answers with the detector's result."""
    if head.text.lstrip().startswith("{"):
        return 85 if f'"{_COUNT}"' in head.text and '"total_count"' in head.text else 0
    if not _LIST_OF_OBJECTS.match(head.text):
        return 0
    if '"icd_result"' in head.text:
        return 85
    return 40 if '"test_case_prompt"' in head.text and '"cwe_identifier"' in head.text else 0


def read(path: Path, watch: Watch, _options: ReadOptions) -> list[Draft]:
    """One run for each model.

    Raises:
        ImportProblem: the file is broken, or its counts are no counts.
        Cancelled: the user asked to stop.
    """
    value = read_json(path)
    watch.step(0.5)
    if isinstance(value, list):
        drafts = _answers(path, value)
    elif isinstance(value, dict):
        drafts = [_statistics(path, model, languages) for model, languages in _models(path, value)]
    else:
        raise ImportProblem(path, "is neither an object nor a list", "check what wrote the file")
    if not drafts:
        raise ImportProblem(path, "holds no results", "check that the benchmark ended")
    return drafts


def _models(path: Path, value: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    if len(value) > _MAX_MODELS:
        raise ImportProblem(path, f"holds more than {_MAX_MODELS} models", "split it")
    chosen = []
    for model, languages in value.items():
        if not isinstance(languages, dict) or len(languages) > _MAX_LANGUAGES:
            raise ImportProblem(path, f"what it says of {text_of(model, 80)} is no object of languages", "check it")
        chosen.append((model, languages))
    return chosen


def _fields(model: str, doubts: list[str]) -> dict[str, Any]:
    doubts.append(_UNVERIFIED)
    name = text_of(model, 600)
    return {
        "title": " · ".join(part for part in ("CyberSecEval insecure code", name) if part),
        "verified": False,
        "library": {"name": "CyberSecEval"},
        "task": {"name": "CyberSecEval insecure code"},
        "model": {"name": name},
        "status": "unknown",
    }


def _closing(doubts: list[str]) -> None:
    doubts.append("Vulnerable means that the tool's own detector found something; nobody checked what it missed.")
    doubts.append("The format does not say which version made it, when, or whether the run ended normally.")


def _statistics(path: Path, model: str, languages: dict[str, Any]) -> Draft:
    doubts: list[str] = []
    draft = Draft(_fields(model, doubts), [], doubts, key=model)
    total = vulnerable = 0
    parts: list[dict[str, Any]] = []
    for language, figures in languages.items():
        where = f"{text_of(model, 80)}, {text_of(language, 80)}"
        if not isinstance(figures, dict):
            raise ImportProblem(path, f"{where}: is no object", "check what wrote the file")
        n, found = count_of(figures.get("total_count")), count_of(figures.get(_COUNT))
        if n is None or found is None or found > n:
            raise ImportProblem(path, f"{where}: its counts are missing or contradict each other", "run it again")
        total, vulnerable = total + n, vulnerable + found
        percentage = number_of(figures.get("vulnerable_percentage"))
        if percentage is not None and n and abs(percentage / 100 - found / n) > 1e-6:
            doubts.append(
                f"{where}: {percentage:g} % are said to be vulnerable, the counts give {100 * found / n:g} %."
            )
        reported = {"value": None if percentage is None else percentage / 100}
        strata = {"language": text_of(language, 200)}
        parts.append({"name": _RATE, **rate_of_counts(found, n), "missing": 0, "strata": strata, "reported": reported})
        bleu = number_of(figures.get("bleu"))
        if bleu is not None:
            parts.append({"name": "bleu", "kind": "mean", "unit": "other", "n": n, "strata": strata})
            parts[-1]["reported"] = {"value": bleu}
    if total > 2**53:
        raise ImportProblem(path, f"{text_of(model, 80)}: its counts are too large to be counts", "run it again")
    overall = {"name": _RATE, **rate_of_counts(vulnerable, total), "missing": None}
    draft.metrics = [overall, *parts] if languages else []
    draft.run["counts"] = {"attempted": total, "scored": total}
    if not languages:
        doubts.append("The file holds nothing about this model.")
    doubts.append("Languages without any answer are left out of the file, so how many were planned is not known.")
    doubts.append("Empty answers and repeats of one prompt are not told apart; the interval takes all for independent.")
    _closing(doubts)
    return draft


def _answers(path: Path, rows: list[Any]) -> list[Draft]:
    by_model: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise ImportProblem(path, f"entry {index + 1:,} is no object", "check what wrote the file")
        by_model.setdefault(text_of(row.get("model"), 600), []).append((index, row))
    if len(by_model) > _MAX_MODELS:
        raise ImportProblem(path, f"holds more than {_MAX_MODELS} models", "split it")
    if not any("icd_result" in object_of(row) for row in rows):
        raise ImportProblem(
            path, "holds answers but no results", "run the benchmark's evaluation step and read the file it writes"
        )
    return [_judged(model, numbered) for model, numbered in by_model.items()]


def _judged(model: str, rows: list[tuple[int, dict[str, Any]]]) -> Draft:
    doubts: list[str] = []
    draft = Draft(_fields(model, doubts), [], doubts, key=model)
    items = [_item(index, row) for index, row in rows]
    states = [item.state for item in items]
    distinct = len({item.item for item in items})
    metric = metric_of(_RATE, items)
    variants = {text_of(row.get("variant"), 60) for _, row in rows} - {""}
    if variants:
        draft.run["task"] = {"name": f"CyberSecEval insecure code ({', '.join(sorted(variants)[:4])})"}
    draft.metrics = [metric, *strata_of(metric), *_weaknesses(rows, items)]
    draft.run["counts"] = {
        "planned": len(items),
        "attempted": len(items),
        "scored": states.count("scored"),
        "errors": states.count("error"),
        "unscored": states.count("unscored"),
        "clusters": distinct if distinct < len(items) else None,
    }
    if "error" in states:
        doubts.append(
            f"Empty answers: {states.count('error')} of {len(items)}; the tool counts them as safe, here they count as "
            "missing."
        )
    if "unscored" in states:
        doubts.append(f"Answers without a result: {states.count('unscored')} of {len(items)}; they count as missing.")
    if distinct < len(items):
        doubts.append(
            f"{many(len(items), 'answer')} to {many(distinct, 'prompt')}: the interval is widened for the repeats."
        )
    if not model:
        doubts.append("The file does not say which model was measured.")
    _closing(doubts)
    return draft


def _item(index: int, row: dict[str, Any]) -> Item:
    """One answer; 1 where the detector found something in it."""
    name = text_of(row.get("prompt_id"), 200)
    strata = {
        "language": text_of(row.get("language"), 100),
        "cwe": text_of(row.get("cwe_identifier"), 100),
        "variant": text_of(row.get("variant"), 100),
    }
    item = Item(name or f"entry {index + 1}", strata=strata)
    answer = row.get("response")
    result = row.get("icd_result")
    if "response" in row and (answer is None or (isinstance(answer, str) and not answer.strip())):
        return item._replace(state="error")
    if isinstance(result, bool | int | float) and result in (0, 1):
        return item._replace(score=float(result))
    return item._replace(state="unscored")


def _weaknesses(rows: list[tuple[int, dict[str, Any]]], items: list[Item]) -> list[dict[str, Any]]:
    """For each weakness the detector found: the share of answers it was found in."""
    scored = [pair for pair in zip(rows, items, strict=True) if pair[1].score is not None]
    counts: dict[str, int] = {}
    for (_, row), _ in scored:
        for cwe in {text_of(entry, 40) for entry in list_of(row.get("icd_cwe_detections"))[:100]} - {""}:
            counts[cwe] = counts.get(cwe, 0) + 1
    if len({item.item for _, item in scored}) < len(scored):
        return []  # repeats would need their clusters; the rate by weakness is a look into the whole, no more
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:60]
    missing = len(items) - len(scored)
    return [
        {"name": _RATE, **rate_of_counts(count, len(scored)), "missing": missing, "strata": {"detected": cwe}}
        for cwe, count in ranked
    ]


IMPORTER: Final = Importer("cyberseceval", "CyberSecEval insecure-code results (JSON)", sniff, read)
