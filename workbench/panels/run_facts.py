"""Where a run comes from, in full: sections of facts for the run card and for the clipboard. No Qt."""

from collections.abc import Iterable, Sequence
from typing import Final

from workbench.analysis.claims import named, run_name
from workbench.analysis.words import UNTITLED, short_name, word
from workbench.evidence.labels import amount, metric_label, number
from workbench.evidence.shown import interval_of, interval_words, missing_words
from workbench.model.runs import Baseline, Evidence, Metric, Run, Source
from workbench.panels.run_rows import SOURCE_WORD, RunSource, figure, standing_of
from workbench.store.store import Store
from workbench.values import value_type

METRIC_HEADINGS: Final = ("Metric", "Recomputed here", "95 % interval", "n", "Reported by the tool", "The tool says")
_COUNTS: Final = (
    ("planned", "planned"),
    ("attempted", "attempted"),
    ("scored", "scored"),
    ("errors", "errors or empty answers"),
    ("unscored", "unscored"),
    ("refused", "refused"),
    ("clusters", "distinct items"),
)
_RELATION: Final = {
    "first_party": "Run by the maker of the model",
    "third_party": "Run by a third party",
    "collaborative": "Run together with the maker",
    "other": "Other",
    "unknown": "",
}
NOT_KNOWN: Final = "not known"


@value_type(frozen=True, slots=True)
class Section:
    """A heading with facts (name and value) or with a table whose first row is its heading."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


def run_facts(store: Store, run: Run, source: RunSource = "") -> list[Section]:
    """Everything the project knows about a run; what is not known is said where it matters."""
    metrics = store.referrers(run.id, Metric, "run")
    whole = [metric for metric in metrics if not metric.strata]
    parts = [metric for metric in metrics if metric.strata]
    sections = [
        Section("Run", tuple(_identity(store, run))),
        Section("Source", tuple(_source(run, source))),
        Section("Counts", (("Samples", counts_words(run)), *_limits(run))),
        Section("Metrics", table=metric_table(whole)) if whole else Section("Metrics", (("Metrics", "none"),)),
    ]
    if parts:
        rows = [("Part", *row) for row in metric_table(parts)[:1]]
        rows += [(strata_words(m), *metric_row(m)) for m in parts]
        sections.append(Section("By part of the run", table=tuple(rows)))
    baselines = [(metric_label(metric), baseline_words(b, metric.unit)) for metric in metrics for b in metric.baselines]
    if baselines:
        sections.append(Section("Baselines", tuple(baselines)))
    if run.provenance.settings:
        sections.append(Section("Settings", tuple(sorted(run.provenance.settings.items()))))
    doubts = tuple((f"Doubt {place}", doubt) for place, doubt in enumerate(run.doubts, 1))
    sections.append(Section("Gaps and doubts", doubts or (("None", "The importer found none."),)))
    claims = [e for metric in metrics for e in store.referrers(metric.id, Evidence, "metric")]
    leaning = tuple((short_name(store, e.subject), " ".join(e.title.split()) or UNTITLED) for e in claims)
    sections.append(Section("Claims that lean on it", leaning or (("None", "No claim leans on this run."),)))
    return sections


def facts_text(sections: Iterable[Section]) -> str:
    """The sections as plain text: a name and a value a line, tables with tabs."""
    lines: list[str] = []
    for section in sections:
        lines += ["", section.title] if lines else [section.title]
        lines += [f"{name}\t{value}" for name, value in section.facts]
        lines += ["\t".join(row) for row in section.table]
    return "\n".join(lines)


def _identity(store: Store, run: Run) -> list[tuple[str, str]]:
    _, why = standing_of(store, run)
    developer = run.provenance.developer
    revision = run.code_revision.commit
    if revision and run.code_revision.dirty:
        revision += ", with uncommitted changes"
    facts = [
        ("Name", run_name(run)),
        ("Standing", why or "Stands."),
        ("Status", "not said" if run.status == "unknown" else word(run.status)),
        ("Task", named(run.task) or NOT_KNOWN),
        ("Data set", named(run.dataset) or NOT_KNOWN),
        ("Model", (named(run.model) or NOT_KNOWN) + (f", by {developer}" if developer else "")),
        ("Started", run.started_at or NOT_KNOWN),
        ("Completed", run.completed_at or NOT_KNOWN),
        ("Imported", run.imported_at),
        ("Run id", run.run_id),
        ("Written by", named(run.library)),
        ("Code revision", revision),
        ("Scored by", run.provenance.scorer),
        ("Judged by models", ", ".join(run.provenance.judges)),
        ("Relationship", _RELATION[run.relationship]),
        ("Note", " ".join(run.note.split())),
    ]
    return [(name, value) for name, value in facts if value]


def _source(run: Run, state: RunSource) -> list[tuple[str, str]]:
    if run.origin == "typed":
        return [("Origin", "Typed in by a person; there is no file.")]
    version = f" {run.format_version}" if run.format_version else ""
    trust = "" if run.verified else " (a version this program was not written for)"
    source = run.source
    facts = [
        *_file("File", source),
        ("On this machine", SOURCE_WORD[state] if state else ""),
        ("Format", f"{run.format}{version}{trust}"),
        ("Copy beside the project", run.copied_to),
    ]
    for place, companion in enumerate(run.companions, 1):
        facts += _file(f"Companion {place}", companion)
    return [(name, value) for name, value in facts if value]


def _file(name: str, source: Source) -> list[tuple[str, str]]:
    size = f" ({figure(source.bytes)} bytes)" if source.bytes is not None else ""
    return [
        (name, f"{source.path}{size}" if source.path else NOT_KNOWN),
        ("SHA-256", source.sha256 or NOT_KNOWN),
        ("Repository", source.repository),
        ("Path there", source.repository_path),
        ("Commit", source.commit),
    ]


def counts_words(run: Run) -> str:
    """The counts of a run that are known."""
    known = [(getattr(run.counts, name), said) for name, said in _COUNTS]
    return ", ".join(f"{figure(count)} {said}" for count, said in known if count is not None) or NOT_KNOWN


def _limits(run: Run) -> list[tuple[str, str]]:
    epochs = f"{run.epochs} a sample" if run.epochs is not None else ""
    return [(name, value) for name, value in (("Limit", run.limit), ("Repeats", epochs)) if value]


def metric_table(metrics: Sequence[Metric]) -> tuple[tuple[str, ...], ...]:
    """Metrics with what the tool printed and what was recomputed from the items, side by side."""
    return (METRIC_HEADINGS, *(metric_row(metric) for metric in metrics))


def metric_row(metric: Metric) -> tuple[str, ...]:
    """One metric of ``metric_table``."""
    reported = metric.reported
    said = [] if reported.value is None else [amount(reported.value, metric.unit)]
    if reported.stderr is not None:
        said.append(f"± {amount(reported.stderr, metric.unit)}")
    if reported.low is not None and reported.high is not None:
        said.append(f"({amount(reported.low, metric.unit)} to {amount(reported.high, metric.unit)})")
    better = {True: "higher is better", False: "lower is better", None: "nothing"}
    return (
        metric_label(metric),
        amount(metric.value, metric.unit) if metric.value is not None else "no value",
        _interval(metric),
        count_words(metric),
        " ".join(said) or "nothing",
        better[metric.tool_says_higher_is_better],
    )


def _interval(metric: Metric) -> str:
    """The interval of the scored items with how it was made, and what the missing ones could make of it."""
    shown = interval_of(metric)
    method = f" ({shown.method})" if shown is not None and shown.method else ""
    missing = missing_words(metric)
    return f"{interval_words(metric)}{method}{f'; with {missing}' if missing else ''}"


def count_words(metric: Metric) -> str:
    """The items behind a metric, such as "66 of 100, 12 missing"."""
    if metric.n is None:
        return NOT_KNOWN
    if metric.value is None and metric.missing:
        return f"{figure(metric.n)} of {figure(metric.n + metric.missing)} scored, {figure(metric.missing)} missing"
    text = f"{number(metric.successes, 10)} of {figure(metric.n)}" if metric.successes is not None else figure(metric.n)
    if metric.clusters is not None and metric.clusters < metric.n:
        text += f", {figure(metric.clusters)} distinct items"
        if metric.estimate is not None and metric.estimate.n_effective is not None:
            text += f", worth {metric.estimate.n_effective:.0f}"
    return f"{text}, {figure(metric.missing)} missing" if metric.missing else text


def strata_words(metric: Metric) -> str:
    """The part of a run that a metric is about, such as "language: python"."""
    return ", ".join(f"{name}: {value}" for name, value in metric.strata.items())


def baseline_words(baseline: Baseline, unit: str) -> str:
    """A baseline with its uncertainty, such as "human 71.1 %, 62 % to 79 %, n 120 (study A)"."""
    text = word(baseline.kind)
    if baseline.value is not None:
        text += f" {amount(baseline.value, unit)}"
    if baseline.low is not None and baseline.high is not None:
        text += f", {amount(baseline.low, unit)} to {amount(baseline.high, unit)}"
    text += f", n {figure(baseline.n)}" if baseline.n is not None else ", a constant (n not known)"
    return f"{text} ({baseline.source})" if baseline.source else text
