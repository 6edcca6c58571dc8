"""Small files in the layouts that promptfoo writes."""

import csv
import json
from pathlib import Path
from typing import Any

from workbench.evidence.reading import read_run

RATE = "pass_rate"


def row(
    index: int, success: bool = False, *, task: str = "", tested: bool = True, error: str = "", **extra: Any
) -> Any:
    """One result as version 3 writes it; ``kind`` is its severity."""
    kind = extra.pop("kind", "")
    variables = {"task": task or f"task {index}", "sessionId": f"s{index}"}
    asserts = [{"type": "contains", "metric": "safe"}] if tested else []
    grading = {"pass": success, "score": 1, "reason": "All assertions passed" if tested else "No assertions"}
    result = {
        "success": success,
        "score": float(success),
        "failureReason": 2 if error else int(not success),
        "gradingResult": None if error else grading,
        "namedScores": {},
        "promptIdx": 0,
        "testIdx": index,
        "provider": {"id": "lab:model-1", "label": ""},
        "prompt": {"raw": "Do it", "label": "Do {{task}}"},
        "response": {"error": error} if error else {"output": "x"},
        "testCase": {"vars": variables, "assert": asserts, "metadata": {"severity": kind} if kind else {}},
        "vars": variables,
    }
    return result | ({"error": error} if error else {}) | extra


FOUR = [row(0, True), row(1, False), row(2, True, tested=False), row(3, error="x")]


def version_3(rows: list[Any], *, prompts: int = 1, named: dict[str, float] | None = None) -> dict[str, Any]:
    """A whole file of version 3."""
    good = [entry for entry in rows if isinstance(entry, dict)]
    passed = sum(entry["success"] is True for entry in good)
    errors = sum(entry["failureReason"] == 2 for entry in good)
    metrics = {
        "testPassCount": passed,
        "testFailCount": len(good) - passed - errors,
        "testErrorCount": errors,
        "namedScores": named or {},
        "namedScoresCount": dict.fromkeys(named or {}, 4),
    }
    listed = [{"raw": "Do it", "label": "Do {{task}}", "provider": "p", "metrics": metrics}] * (prompts if rows else 0)
    return {
        "evalId": "eval-1",
        "results": {
            "version": 3,
            "timestamp": "2026-01-01T00:00:00Z",
            "prompts": listed,
            "results": rows,
            "stats": {"successes": passed, "failures": len(good) - passed - errors, "errors": errors},
        },
        "config": {
            "description": "a test",
            "providers": [{"id": "lab:model-1", "config": {"temperature": 0.2, "apiKey": "secret"}}],
        },
        "metadata": {"promptfooVersion": "0.120.0"},
    }


def cells() -> list[list[str]]:
    """A wide table: two prompts, a named metric, red-team columns."""
    block = ["Status", "Score", "Named Scores"]
    header = ["Description", "task", "[lab:a] Do {{task}}", *block, "Metric: safe", "Grader Reason", "Comment"]
    header += ["[lab:b] Do {{task}}", *block, "Grader Reason", "Comment", "pluginId"]
    good = ["PASS", "1.00", '{"safe":1}', "1.00", "All assertions passed", ""]
    right = ["answer", "PASS", "1.00", '{"safe":1}', "All assertions passed", ""]
    return [
        header,
        ["d", "a", "answer", *good, *right, "pii"],
        ["d", "b", "answer", *good, *right, "shell"],
        ["d", "b", "answer", "FAIL", "0.00", "", "", "wrong", "", "answer", "FAIL", "0.00", "", "wrong", "", "shell"],
        ["d", "c", "", "ERROR", "0.00", "", "", "", "", *right, "shell"],
        ["d", "e", "answer", "PASS", "1.00", "", "", "No assertions", "", "", "", "", "", "", "", "shell"],
    ]


def write(folder: Path, value: Any) -> Path:
    """A JSON file."""
    path = folder / "x"
    path.write_text(json.dumps(value, indent=1))
    return path


def write_lines(folder: Path, *lines: Any) -> Path:
    """A JSON Lines file."""
    path = folder / "x"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def table(folder: Path, *rows: list[str]) -> Path:
    """A CSV file."""
    path = folder / "x"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def one(path: Path, **options: Any) -> Any:
    """The only run of a file."""
    (imported,) = read_run(path, **options)
    return imported


def says(imported: Any, words: str) -> bool:
    """Whether a doubt says so."""
    return any(words in doubt for doubt in imported.doubts)
