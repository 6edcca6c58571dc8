"""What an importer made of a run file: for people as text, for scripts as plain data."""

from collections.abc import Sequence
from typing import Any, Final

from workbench.evidence.imported import ImportedRun
from workbench.evidence.labels import NOT_KNOWN, amount, full_label, number
from workbench.evidence.shown import WITH_MISSING, interval_of, interval_words, missing_words, with_missing
from workbench.model.runs import Counts, Metric, Run, Source

_COUNTS: Final = {
    "planned": "planned",
    "attempted": "attempted",
    "scored": "scored",
    "errors": "errors or empty answers",
    "unscored": "unscored",
    "refused": "refused",
    "clusters": "distinct items",
}
_MOST: Final = 3
_HEADINGS: Final = ("Metric", "Value", "95 % interval", "n", "Missing", WITH_MISSING, "The tool says")
_WITH: Final = _HEADINGS.index(WITH_MISSING)


def run_as_data(imported: ImportedRun, metrics: Sequence[Metric]) -> dict[str, Any]:
    """One entry of ``evidence read --json``."""
    run = imported.run
    return {
        "format": run.format,
        "format_version": run.format_version,
        "verified": run.verified,
        "title": run.title,
        "source": _source(run.source),
        "companions": [_source(part) for part in run.companions],
        "status": run.status,
        "invalidated": run.invalidated,
        "run_id": run.run_id,
        "model": run.model.name,
        "task": run.task.name,
        "dataset": run.dataset.name,
        "library": {"name": run.library.name, "version": run.library.version},
        "started_at": run.started_at,
        "completed_at": run.completed_at,
        "settings": dict(run.provenance.settings),
        "judges": list(run.provenance.judges),
        "limit": run.limit,
        "epochs": run.epochs,
        "counts": {name: getattr(run.counts, name) for name in _COUNTS},
        "metrics": [metric_as_data(metric) for metric in metrics],
        "doubts": list(run.doubts),
    }


def _source(source: Source) -> dict[str, Any]:
    return {"path": source.path, "sha256": source.sha256, "bytes": source.bytes}


def metric_as_data(metric: Metric) -> dict[str, Any]:
    """One metric of ``evidence read --json``.

    ``interval`` is at 95 % and of the scored items; ``interval_with_missing`` allows for every outcome of the missing
    ones, and is null where none are.
    """
    estimate, reported, shown = metric.estimate, metric.reported, interval_of(metric)
    said = any(value is not None for value in (reported.value, reported.stderr, reported.low, reported.high))
    return {
        "name": metric.name,
        "scorer": metric.scorer,
        "reducer": metric.reducer,
        "strata": dict(metric.strata),
        "kind": metric.kind,
        "k": metric.k,
        "unit": metric.unit,
        "value": metric.value,
        "n": metric.n,
        "successes": metric.successes,
        "clusters": metric.clusters,
        "missing": metric.missing,
        "interval": [shown.low, shown.high] if shown is not None else None,
        "interval_with_missing": with_missing(metric),
        "method": estimate.method if estimate is not None else "",
        "standard_error": estimate.standard_error if estimate is not None else None,
        "n_effective": estimate.n_effective if estimate is not None else None,
        "reported": {"value": reported.value, "stderr": reported.stderr} if said else None,
    }


def run_as_text(imported: ImportedRun, metrics: Sequence[Metric]) -> str:
    """A report of one run for the terminal."""
    run = imported.run
    lines = [run.title or run.format, ""]
    lines += [f"  {name:<9} {text}" for name, text in facts_of_run(run)]
    lines += ["", *_table(metrics), ""]
    lines.append("  Gaps and doubts" if run.doubts else "  No gaps or doubts found")
    lines += [f"  - {doubt}" for doubt in run.doubts]
    return "\n".join(lines)


def facts_of_run(run: Run) -> list[tuple[str, str]]:
    """Where a run comes from and how it was made, by name."""
    source = run.source
    library = " ".join(part for part in (run.library.name, run.library.version) if part)
    version = f" {run.format_version}" if run.format_version else ""
    verified = "" if run.verified else ", a version this program was not written for"
    written = f", written by {library}" if library else ""
    dates = f"; started {run.started_at or NOT_KNOWN}, ended {run.completed_at or NOT_KNOWN}"
    code = f"{run.code_revision.commit}{', with uncommitted changes' if run.code_revision.dirty else ''}"
    facts = [
        ("File", f"{source.path} ({source.bytes or 0:,} bytes)"),
        ("SHA-256", source.sha256),
        ("Format", f"{run.format}{version}{written}{verified}"),
        ("Status", f"{'not said' if run.status == 'unknown' else run.status}{dates}"),
        ("Task", _named(run.task.name, run.task.version)),
        ("Data set", run.dataset.name or NOT_KNOWN),
        ("Model", _named(run.model.name, run.model.version)),
        ("Samples", _counts(run.counts)),
    ]
    if run.code_revision.commit:
        facts.insert(-1, ("Code", code))
    facts[1:1] = [("With", f"{part.path} ({part.bytes or 0:,} bytes)") for part in run.companions[:_MOST]]
    if len(run.companions) > _MOST:
        facts.insert(1 + _MOST, ("With", f"{len(run.companions) - _MOST} more files"))
    settings = ", ".join(f"{name} {value}" for name, value in run.provenance.settings.items())
    if settings:
        facts.insert(-1, ("Settings", settings))
    return facts


def _named(name: str, version: str) -> str:
    if not name:
        return NOT_KNOWN
    return f"{name} (version {version})" if version and version != "0" else name


def _counts(counts: Counts) -> str:
    known = [(getattr(counts, name), word) for name, word in _COUNTS.items()]
    return ", ".join(f"{value:,} {word}" for value, word in known if value is not None) or NOT_KNOWN


def _table(metrics: Sequence[Metric]) -> list[str]:
    if not metrics:
        return ["  No metric."]
    rows = [_HEADINGS, *(_row(metric) for metric in metrics)]
    if not any(row[_WITH] for row in rows[1:]):
        rows = [(*row[:_WITH], *row[_WITH + 1 :]) for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _row(metric: Metric) -> tuple[str, ...]:
    estimate, reported, shown = metric.estimate, metric.reported, interval_of(metric)
    interval = interval_words(metric, "none")
    if shown is not None and shown.method:
        interval += f" ({shown.method})"
    if metric.n is None:
        items = NOT_KNOWN
    elif metric.successes is not None:
        items = f"{number(metric.successes, 10)} of {metric.n:,}"
    else:
        items = f"{metric.n:,}"
    if estimate is not None and estimate.n_effective is not None and metric.clusters is not None:
        items += f", worth {estimate.n_effective:,.0f}"
    said = "" if reported.value is None else number(reported.value)
    if reported.stderr is not None:
        said += f" ± {number(reported.stderr, 3)}"
    return (
        full_label(metric),
        "not given" if metric.value is None else amount(metric.value, metric.unit),
        interval,
        items,
        NOT_KNOWN if metric.missing is None else f"{metric.missing:,}",
        missing_words(metric),
        said,
    )
