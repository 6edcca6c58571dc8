"""What to say where a tool's own figure and ours differ, or only one of them is there; shared by the formats."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from workbench.evidence.imported import ReadOptions
from workbench.evidence.intake import number_of, open_regular, text_of
from workbench.evidence.labels import apart_from, label_of
from workbench.evidence.problems import ImportProblem

_MOST: Final = 8
"""Metrics of one kind of doubt that are named one by one; more are told in one sentence."""
_LARGEST: Final = 1e100
_CHUNK: Final = 4 * 1024 * 1024


def score_of(value: object) -> float | None:
    """A score as a number; None for what is none, or so large that sums of squares would overflow."""
    if isinstance(value, bool):
        return float(value)
    number = number_of(value)
    return number if number is not None and abs(number) <= _LARGEST else None


def line_of(value: object, limit: int = 200) -> str:
    """The same as ``text_of``, quickly for the short plain texts that every row of a large file holds."""
    if type(value) is str and len(value) <= limit and value.isascii() and value.isprintable():
        return " ".join(value.split())
    return text_of(value, limit)


def check_lines(path: Path, most: int) -> None:
    """Refuse a file of too many lines before any is parsed.

    Raises:
        ImportProblem: there are more than ``most``, or the file cannot be read.
    """
    file, _ = open_regular(path)
    lines = 0
    with file:
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            if lines > most:
                raise ImportProblem(path, f"holds more than {most:,} lines", "split it")


def figures_of(value: float | None, stderr: float | None = None) -> dict[str, Any]:
    """The ``reported`` field of a metric."""
    return {"reported": {"value": value, "stderr": stderr}}


def only_reported(name: str, value: float | None, stderr: float | None = None, **fields: Any) -> dict[str, Any]:
    """A metric of which there is nothing but the tool's own figure: it has no value of ours, and no interval."""
    return {"name": name, "kind": "other", "unit": "other", **figures_of(value, stderr), **fields}


def name_of(metric: Mapping[str, Any]) -> str:
    """A metric's label with the part of the run it is about."""
    strata = ", ".join(f"{name} {value}" for name, value in metric.get("strata", {}).items())
    return label_of(metric["name"], metric.get("scorer", ""), metric.get("reducer", "")) + (strata and f" ({strata})")


def figure_doubts(metrics: Iterable[Mapping[str, Any]], tolerance: float = 1e-6) -> list[str]:
    """Which figures could not be recomputed, which came out differently, and which error bars say nothing.

    Args:
        metrics: fields of metrics, as a draft holds them.
        tolerance: difference that rounding in the file explains.
    """
    bare: list[str] = []
    apart: list[str] = []
    flat: list[str] = []
    for metric in metrics:
        reported: Mapping[str, float | None] = metric.get("reported", {})
        value, given, unit = metric.get("value"), reported.get("value"), metric.get("unit", "other")
        if given is None:
            continue
        name = name_of(metric)
        if value is None:
            bare.append(f"{name}: {given:.4g} is the tool's own figure; it could not be recomputed.")
        elif not math.isclose(value, given, rel_tol=1e-6, abs_tol=tolerance):
            apart.append(
                f"{name}: the tool reports {apart_from(given, value, unit)}, the scored items give "
                f"{apart_from(value, given, unit)}; {metric.get('missing') or 0} are missing."
            )
        if reported.get("stderr") == 0 and len(flat) < _MOST:
            flat.append(f"{name}: the tool's standard error of 0 comes from equal values; it does not mean certainty.")
    if len(bare) > _MOST:
        bare = [f"{len(bare)} figures are the tool's own; they could not be recomputed."]
    return [*bare, *apart, *flat]


def neighbours(path: Path, options: ReadOptions) -> list[Path]:
    """Files given together with ``path`` that lie in the same folder, in the order of their names."""
    others = {Path(other) for other in options.beside} - {path}
    return sorted(other for other in others if other.parent == path.parent)
