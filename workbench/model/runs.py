"""Evaluation runs, what was measured in them, and the claims that lean on the measurements.

Names follow Every Eval Ever where it has one; counts that nobody knows are null, never zero.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from workbench.model.base import CascadeRef, ClearRef, Count, Finite, Line, Part, Probability, Record, Text, Title

RunStatus = Literal["success", "error", "cancelled", "started", "unknown"]
MetricKind = Literal["proportion", "mean", "pass_at_k", "count", "other"]
MetricUnit = Literal["proportion", "percent", "count", "other"]
Comparator = Literal["<=", "<", ">=", ">"]
Verdict = Literal["supports", "refutes", "inconclusive"]
BaselineKind = Literal["human", "model", "previous_run", "constant"]
DoubtKind = Literal["proxy_gap", "under_elicited", "sandbagging", "contaminated", "other"]
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


class Provenance(Part):
    """Settings a run was made with, as text by name, such as ``temperature`` or ``n_samples``; and who judged it.

    Attributes:
        developer: who made the model.
        judges: models that scored the answers, where models did.
    """

    settings: dict[str, Line] = Field(default_factory=dict)
    developer: Line = ""
    scorer: Line = ""
    judges: tuple[Line, ...] = ()


class Withdrawal(Part):
    """Why a run no longer counts, who said so and when."""

    reason: Line = ""
    by: Line = ""
    at: Line = ""


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
        companions: other files the run was read from, such as the samples beside a summary.
        origin: ``typed`` where a person entered the figures and there is no file.
        superseded_by: a later run that speaks in place of this one.
        copied_to: path of a copy beside the project, relative to it; empty where none was made.
    """

    TYPE: ClassVar[str] = "run"

    title: Title = ""
    format: Line = ""
    format_version: Line = ""
    verified: bool = True
    source: Source = Source.empty()
    run_id: Line = ""
    library: Named = Named.empty()
    task: Named = Named.empty()
    dataset: Named = Named.empty()
    model: Named = Named.empty()
    code_revision: CodeRevision = CodeRevision.empty()
    started_at: Line = ""
    completed_at: Line = ""
    imported_at: Line = ""
    status: RunStatus = "unknown"
    invalidated: bool = False
    limit: Line = ""
    epochs: Count | None = None
    counts: Counts = Counts.empty()
    doubts: tuple[Line, ...] = ()
    relationship: Literal["first_party", "third_party", "collaborative", "other", "unknown"] = "unknown"
    note: Text = ""
    origin: Literal["file", "typed"] = "file"
    companions: tuple[Source, ...] = ()
    provenance: Provenance = Provenance.empty()
    withdrawn: Withdrawal | None = None
    superseded_by: ClearRef | None = None
    copied_to: Line = ""


class Baseline(Part):
    """What a metric may be held against. Without ``n`` it is a constant and labelled so.

    Attributes:
        value: in the metric's unit; ``low`` and ``high`` bound it where they are known.
        n: items (or people) behind it; ``successes`` where it is a rate.
        source: where the figure comes from.
    """

    kind: BaselineKind = "human"
    value: Finite | None = None
    low: Finite | None = None
    high: Finite | None = None
    n: Count | None = None
    successes: Finite | None = None
    source: Line = ""


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
        strata: the part of the run the figure is about, such as ``{"language": "python"}``; empty for all of it.
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
    reported: Reported = Reported.empty()
    tool_says_higher_is_better: bool | None = None
    strata: dict[str, Line] = Field(default_factory=dict)
    baselines: tuple[Baseline, ...] = ()


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


class Defeater(Part):
    """A reason to doubt a claim that somebody recorded.

    Attributes:
        kind: what is doubted; ``proxy_gap``: the task stands for something else than the risk; ``under_elicited``: the
            model could do more than it was made to show; ``sandbagging``: it may have held back; ``contaminated``: it
            may have seen the items.
        state: ``open`` weakens the claim; ``answered`` and ``accepted`` carry their reason in ``answer``.
    """

    kind: DoubtKind = "other"
    text: Text = ""
    state: Literal["open", "answered", "accepted", "ruled_out"] = "open"
    answer: Text = ""
    by: Line = ""
    at: Line = ""


class Deficit(Part):
    """A gap in knowledge behind a claim, and how it is handled.

    Attributes:
        handling: ``open`` until somebody decides; the others after York's assurance-deficit practice.
    """

    text: Text = ""
    handling: Literal["open", "redesign", "restriction", "more_information", "accepted"] = "open"
    reason: Text = ""
    by: Line = ""
    at: Line = ""


class FormerCriterion(Part):
    """A criterion that a claim was held against before.

    Attributes:
        criterion: null where none was set for a while.
        reason: why it was left; ``by`` and ``at`` say who left it and when.
    """

    criterion: Criterion | None = None
    reason: Text = ""
    by: Line = ""
    at: Line = ""


class Evidence(Record):
    """A claim: this metric, held against this criterion, says something about this subject.

    Attributes:
        subject: an element, guard, link or assessment.
        metric: null for evidence that is no measurement.
        title: the claim in words.
        analyst_verdict: what a person judged, where it differs from, or replaces, the computed verdict.
        first_criterion: the criterion as it stood when the result was first seen; a later one suspends the claim until
            ``criterion_reason`` says why it changed.
        criteria_before: every criterion that was left after the result was seen, oldest first, with the reason.
        confidence: how sure the analyst is of the claim, in words, with ``confidence_reason``.
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
    date: Line = ""
    first_criterion: Criterion | None = None
    criterion_reason: Text = ""
    criteria_before: tuple[FormerCriterion, ...] = ()
    confidence: Literal["", "low", "moderate", "high"] = ""
    confidence_reason: Text = ""
    defeaters: tuple[Defeater, ...] = ()
    deficits: tuple[Deficit, ...] = ()
