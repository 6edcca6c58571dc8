"""What evidence says about the things of a project: the claims on a subject, and the badge they add up to."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final, Literal, NamedTuple

from workbench.evidence.intake import Watch, sha256_of
from workbench.evidence.problems import ImportProblem
from workbench.evidence.verdict import Judgement, day_of, judge
from workbench.model.judgement import PROJECT_ID, Project
from workbench.model.runs import Evidence, Metric, Run, Verdict
from workbench.store.reader import Reader
from workbench.values import value_type

SourceState = Literal["at hand", "changed", "not at hand"]
BadgeKind = Literal["supports", "refutes", "inconclusive", "stale"]
_WORST_FIRST: Final[tuple[Verdict, ...]] = ("refutes", "inconclusive", "supports")


class Claim(NamedTuple):
    """One piece of evidence with what it leans on.

    Attributes:
        judgement: null where there is nothing to compute: no metric, or no criterion.
    """

    evidence: Evidence
    metric: Metric | None
    run: Run | None
    judgement: Judgement | None

    @property
    def verdict(self) -> Verdict | None:
        """The analyst's verdict where there is one, else the computed one."""
        if self.evidence.analyst_verdict is not None:
            return self.evidence.analyst_verdict
        return self.judgement.verdict if self.judgement is not None else None

    @property
    def suspended(self) -> bool:
        """Whether the evidence is stale: its verdict is kept but does not count."""
        return self.judgement is not None and bool(self.judgement.stale)

    @property
    def analyst_differs(self) -> bool:
        """Whether a person's verdict stands in place of the computed one."""
        chosen = self.evidence.analyst_verdict
        return chosen is not None and (self.judgement is None or chosen != self.judgement.verdict)


@value_type(frozen=True, slots=True)
class Spoken:
    """What all claims on one subject add up to.

    Attributes:
        kind: the worst verdict that is not suspended; ``stale`` where all are.
        analyst: a person's verdict, other than the computed one, is part of it.
    """

    kind: BadgeKind
    analyst: bool = False


def subject_verdicts(store: Reader, subject: str, *, as_of: date | None = None) -> list[Claim]:
    """The claims on a subject, in order of entry; none costs one look-up.

    Args:
        store: the document, or a transaction on it.
        subject: id of an element, guard, link or assessment.
        as_of: the day by which age is reckoned; else the newest day stored in the project.
    """
    found = store.referrers(subject, Evidence, "subject")
    if not found:
        return []
    project = store.find(PROJECT_ID, Project)
    claims = []
    for evidence in found:
        metric = store.find(evidence.metric, Metric)
        run = store.find(metric.run, Run) if metric is not None else None
        judgement = None
        criterion = evidence.criterion
        if metric is not None and run is not None and criterion is not None:
            day = as_of
            if day is None and criterion.max_age_days is not None:
                day = newest_day(store)
            system = project.system if project is not None else None
            judgement = judge(metric, run, criterion, as_of=day, system=system)
        claims.append(Claim(evidence, metric, run, judgement))
    return claims


def speaks_for(claims: Iterable[Claim]) -> Spoken | None:
    """The badge of a subject: refutes before inconclusive before supports; None where nothing is said."""
    judged = [claim for claim in claims if claim.verdict is not None]
    if not judged:
        return None
    standing = [claim for claim in judged if not claim.suspended]
    if not standing:
        return Spoken("stale", any(claim.analyst_differs for claim in judged))
    worst = min((_WORST_FIRST.index(claim.verdict) for claim in standing if claim.verdict is not None), default=0)
    kind = _WORST_FIRST[worst]
    return Spoken(kind, any(claim.analyst_differs for claim in standing if claim.verdict == kind))


def newest_day(store: Reader) -> date | None:
    """The newest day stored with the runs and claims of a project: what "today" means where nobody says."""
    texts = [text for run in store.all(Run) for text in (run.imported_at, run.completed_at)]
    texts += [text for claim in store.all(Evidence) for text in (claim.attached_at, claim.reviewed_at)]
    days = [day for day in map(day_of, texts) if day is not None]
    return max(days, default=None)


def source_state(run: Run, base_folder: Path | None, *, check_hash: bool = False) -> SourceState:
    """Whether the file a run was read from lies on this machine, as it was.

    A file that is not here is *not at hand*, which says nothing against the run.

    Args:
        run: its source names the file; a relative path is looked for below ``base_folder``.
        base_folder: the project's folder; None where the project was never saved.
        check_hash: also read the file and compare its SHA-256; else only its size tells.
    """
    source = run.source
    if not source.path:
        return "not at hand"
    path = Path(source.path)
    if not path.is_absolute():
        if base_folder is None:
            return "not at hand"
        path = base_folder / path
    try:
        if not path.is_file():
            return "not at hand"
        size = path.stat().st_size
    except (OSError, ValueError):
        return "not at hand"
    if source.bytes is not None and size != source.bytes:
        return "changed"
    if check_hash and source.sha256:
        try:
            return "at hand" if sha256_of(path, Watch()) == source.sha256 else "changed"
        except ImportProblem:
            return "not at hand"
    return "at hand"
