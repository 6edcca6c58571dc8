"""Evaluation runs, what was measured in them, and the claims that lean on the measurements.

Names follow Every Eval Ever where it has one; counts that nobody knows are null, never zero.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from workbench.model.base import CascadeRef, Count, Finite, Line, Part, Probability, Record, Text, Title

RunStatus = Literal["success", "error", "cancelled", "started", "unknown"]
MetricKind = Literal["proportion", "mean", "pass_at_k", "count", "other"]
MetricUnit = Literal["proportion", "percent", "count", "other"]
Comparator = Literal["<=", "<", ">=", ">"]
Verdict = Literal["supports", "refutes", "inconclusive"]
EvidenceKind = Literal[
    "eval_run",
    "static_analysis",
    "test_report",
    "red_team",
    "human_study",
    "document",
    "incident",
    "judgement",
]


class Source(Part):
    """The file a run was read from. The project stores a summary of it, never the file.

    Attributes:
        path: as the analyst gave it; not followed unasked.
        sha256: lower-case hex digest of the whole file.
        repository: public home of the file, where it has one, with ``repository_path`` and ``commit``.
    """

    path: Line = ""
    sha256: Line = ""
    bytes: Count | None = None
    repository: Line = ""
    repository_path: Line = ""
    commit: Line = ""


class Named(Part):
    """A tool, task, data set or model with its version."""

    name: Line = ""
    version: Line = ""


class CodeRevision(Part):
    """The state of the code the run was made with."""

    commit: Line = ""
    dirty: bool | None = None


class Counts(Part):
    """How many items a run had. Null means not known; it is never read as zero.

    Attributes:
        planned: samples the run set out to take (items x repeats).
        attempted: samples there is a record of.
        scored: samples with a score; the only ones that may enter a rate.
        errors: samples that ended in an error of the harness or the model, or hold no answer.
        unscored: samples without an error and without a score.
        refused: samples the model declined.
        clusters: distinct items, where an item was sampled more than once.
    """

    planned: Count | None = None
    attempted: Count | None = None
    scored: Count | None = None
    errors: Count | None = None
    unscored: Count | None = None
    refused: Count | None = None
    clusters: Count | None = None


class Reported(Part):
    """A figure as the tool printed it; shown beside ours, never used for a verdict."""

    value: Finite | None = None
    stderr: Finite | None = None
    low: Finite | None = None
    high: Finite | None = None


class Estimate(Part):
    """An interval for a metric, recomputed by us.

    Attributes:
        level: confidence level of the two-sided interval, as a fraction.
        method: ``wilson``, ``clopper-pearson``, ``wilson-clustered``, ``t-clustered``, ``normal``.
        n_effective: size of a simple random sample that would carry as much; at most n.
    """

    low: Finite | None = None
    high: Finite | None = None
    level: Probability = 0.95
    method: Line = ""
    standard_error: Finite | None = None
    n_effective: Finite | None = None


class Run(Record):
    """One evaluation run, normalised.

    Attributes:
        format: name of the importer's format, such as ``inspect`` or ``human-eval``.
        verified: false where the file's format version is not one the importer was written for.
        doubts: what the importer could not know or found odd, one plain sentence each.
        imported_at: time of import, ISO 8601 UTC.
    """

    TYPE: ClassVar[str] = "run"

    title: Title = ""
    format: Line = ""
    format_version: Line = ""
    verified: bool = True
    source: Source = Source()
    run_id: Line = ""
    library: Named = Named()
    task: Named = Named()
    dataset: Named = Named()
    model: Named = Named()
    code_revision: CodeRevision = CodeRevision()
    started_at: Line = ""
    completed_at: Line = ""
    imported_at: Line = ""
    status: RunStatus = "unknown"
    invalidated: bool = False
    limit: Line = ""
    epochs: Count | None = None
    counts: Counts = Counts()
    doubts: tuple[Line, ...] = ()
    relationship: Literal["first_party", "third_party", "collaborative", "other", "unknown"] = "unknown"
    note: Text = ""


class Metric(Record):
    """One figure of a run.

    Attributes:
        value: our value, from the scored items; a fraction where ``unit`` is ``proportion``.
        n: scored items behind the value.
        successes: items that count towards a proportion; null for other kinds.
        clusters: distinct items where items repeat; null where unknown or all distinct.
        missing: planned items with no score (errors, empty answers, lost rows); null where unknown.
        estimate: interval recomputed from the items.
        tool_says_higher_is_better: shown, never used: the direction is the comparator of the criterion.
    """

    TYPE: ClassVar[str] = "metric"

    run: CascadeRef
    name: Line = ""
    scorer: Line = ""
    reducer: Line = ""
    kind: MetricKind = "other"
    k: Annotated[int, Field(ge=1)] | None = None
    unit: MetricUnit = "proportion"
    value: Finite | None = None
    n: Count | None = None
    successes: Finite | None = None
    clusters: Count | None = None
    missing: Count | None = None
    estimate: Estimate | None = None
    reported: Reported = Reported()
    tool_says_higher_is_better: bool | None = None


class Criterion(Part):
    """What the metric must show, such as ``vulnerable_rate <= 0.10 at 95 %``.

    Attributes:
        threshold: in the metric's unit; a fraction for proportions.
        level: confidence level of the two-sided interval that decides, as a fraction.
        set_before_results: whether the threshold stood before anyone saw the result; null where not said.
    """

    comparator: Comparator = "<="
    threshold: Finite = 0.0
    level: Annotated[float, Field(gt=0, lt=1)] = 0.95
    min_n: Count | None = None
    max_error_rate: Probability | None = None
    max_age_days: Count | None = None
    set_before_results: bool | None = None


class Evidence(Record):
    """A claim: this metric, held against this criterion, says something about this subject.

    Attributes:
        subject: an element, guard, link or assessment.
        metric: null for evidence that is no measurement.
        title: the claim in words.
        analyst_verdict: what a person judged, where it differs from, or replaces, the computed verdict.
    """

    TYPE: ClassVar[str] = "evidence"

    subject: CascadeRef
    metric: CascadeRef | None = None
    kind: EvidenceKind = "eval_run"
    title: Title = ""
    criterion: Criterion | None = None
    analyst_verdict: Verdict | None = None
    analyst_reason: Text = ""
    reviewed_by: Line = ""
    reviewed_at: Line = ""
    attached_by: Line = ""
    attached_at: Line = ""
    quotation: Text = ""
    link: Line = ""
    note: Text = ""
