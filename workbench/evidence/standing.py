"""What evidence says about the things of a project: the claims on a subject, and the badge they add up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, Literal

from workbench.evidence.claim import Claim
from workbench.evidence.dates import newest_day
from workbench.evidence.doubts import doubts_about
from workbench.evidence.intake import Watch, sha256_of
from workbench.evidence.problems import ImportProblem
from workbench.evidence.staleness import (
    Measurement,
    SourceState,
    claim_reasons,
    measurement_of,
    newest,
    outlived,
    run_reasons,
)
from workbench.evidence.verdict import judge
from workbench.model.elements import Control, Guard
from workbench.model.judgement import PROJECT_ID, Assessment, Project
from workbench.model.runs import Evidence, Metric, Run, Verdict
from workbench.store.reader import Reader
from workbench.values import value_type

__all__ = ["Claim", "SourceState", "Spoken", "newest_day", "refuted", "source_state", "speaks_for", "subject_verdicts"]

BadgeKind = Literal["supports", "refutes", "inconclusive", "stale"]
_WORST_FIRST: Final[tuple[Verdict, ...]] = ("refutes", "inconclusive", "supports")


@value_type(frozen=True, slots=True)
class Spoken:
    """What all claims on one subject add up to.

    Attributes:
        kind: the worst verdict that is not suspended; ``stale`` where all are.
        analyst: a person's verdict, other than the computed one, is part of it.
        by_hand: so is a person's verdict where nothing was computed.
    """

    kind: BadgeKind
    analyst: bool = False
    by_hand: bool = False


def subject_verdicts(
    store: Reader,
    subject: str,
    *,
    as_of: date | None = None,
    sources: Mapping[str, SourceState] | None = None,
    doubts: bool = True,
) -> list[Claim]:
    """The claims on a subject, in order of entry; none costs one look-up.

    Args:
        store: the document, or a transaction on it.
        subject: id of an element, guard, link or assessment.
        as_of: the day by which age is reckoned; else the newest day stored in the project.
        sources: state of the source file by id of the run, where somebody has looked; files are not looked at here.
        doubts: also say what weakens each claim; a badge does not need it.
    """
    found = store.referrers(subject, Evidence, "subject")
    if not found:
        return []
    project = store.find(PROJECT_ID, Project)
    system = project.system if project is not None else None
    if as_of is None and any(e.criterion is not None and e.criterion.max_age_days is not None for e in found):
        as_of = newest_day(store)
    claims = []
    for evidence in found:
        metric = store.find(evidence.metric, Metric)
        run = store.find(metric.run, Run) if metric is not None else None
        judgement, reasons = None, []
        criterion = evidence.criterion
        if metric is not None and run is not None:
            if criterion is not None:
                judgement = judge(metric, run, criterion, as_of=as_of, system=system)
            reasons = run_reasons(run, criterion, as_of=as_of, system=system)
        source = sources.get(run.id) if sources is not None and run is not None else None
        reasons += claim_reasons(store, evidence, run, as_of=as_of, source=source)
        claims.append(Claim(evidence, metric, run, judgement, tuple(reasons)))
    if len(claims) > 1:
        claims = _newest_speaks(claims)
    if doubts:
        said = doubts_about(store, claims)
        claims = [claim._replace(doubts=some) for claim, some in zip(claims, said, strict=True)]
    return claims


def _newest_speaks(claims: list[Claim]) -> list[Claim]:
    """Suspend claims of which a newer valid run of the same task, metric and model says more; figures never mix."""
    groups: dict[Measurement, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        if claim.metric is not None and claim.run is not None:
            measured = measurement_of(claim.metric, claim.run)
            if measured is not None:
                groups[measured].append(index)
    for group in groups.values():
        runs = {run.id: run for index in group if (run := _speaker(claims[index])) is not None}
        speaker = newest(runs.values())
        for index in group if speaker is not None else ():
            claim = claims[index]
            assert claim.run is not None
            assert speaker is not None
            reason = outlived(claim.run, speaker)
            if reason is not None and claim.run.superseded_by is None:
                claims[index] = claim._replace(reasons=(*claim.reasons, reason))
    return claims


def _speaker(claim: Claim) -> Run | None:
    """The run of a claim that says something and may silence older ones."""
    silent = claim.verdict is None or any(reason.kind in ("source", "criterion", "edited") for reason in claim.reasons)
    return None if silent else claim.run


def speaks_for(claims: Iterable[Claim]) -> Spoken | None:
    """The badge of a subject: refutes before inconclusive before supports; None where nothing is said."""
    judged = [claim for claim in claims if claim.verdict is not None]
    if not judged:
        return None
    standing = [claim for claim in judged if not claim.suspended]
    if not standing:
        return _spoken("stale", judged)
    worst = min((_WORST_FIRST.index(claim.verdict) for claim in standing if claim.verdict is not None), default=0)
    kind = _WORST_FIRST[worst]
    return _spoken(kind, [claim for claim in standing if claim.verdict == kind])


def _spoken(kind: BadgeKind, claims: list[Claim]) -> Spoken:
    return Spoken(kind, any(claim.analyst_differs for claim in claims), any(claim.by_hand for claim in claims))


def refuted(store: Reader, *, as_of: date | None = None) -> frozenset[str]:
    """Ids of everything a refuting claim that is not suspended stands on.

    A refuted control is so on each of its lines, so its guards are among them; a refuted rating marks what it rates.
    """
    found: set[str] = set()
    subjects = dict.fromkeys(evidence.subject for evidence in store.all(Evidence))
    day = as_of or newest_day(store)
    for subject in subjects:
        spoken = speaks_for(subject_verdicts(store, subject, as_of=day, doubts=False))
        if spoken is None or spoken.kind != "refutes":
            continue
        found.add(subject)
        record = store.get(subject)
        if isinstance(record, Control):
            found.update(guard.id for guard in store.referrers(subject, Guard, "control"))
        elif isinstance(record, Assessment):
            found.add(record.subject)
    return frozenset(found)


def source_state(run: Run, base_folder: Path | None, *, check_hash: bool = False) -> SourceState:
    """Whether the file a run was read from, or where that is away its copy beside the project, is as it was.

    A file that is not here is *not at hand*, which says nothing against the run. One that was changed speaks against it
    although a copy is as it was: somebody had a reason to write it anew.

    Args:
        run: its source names the file; a relative path is looked for below ``base_folder``.
        base_folder: the project's folder; None where the project was never saved.
        check_hash: also read the file and compare its SHA-256; else only its size tells.
    """
    for path in source_paths(run, base_folder):
        state = _state_of(path, run, check_hash=check_hash)
        if state != "not at hand":
            return state
    return "not at hand"


def source_paths(run: Run, base_folder: Path | None) -> list[Path]:
    """Where the file of a run may lie: as it was read, then the copy beside the project."""
    paths = []
    for text in (run.source.path, run.copied_to):
        path = Path(text)
        if text and (path.is_absolute() or base_folder is not None):
            paths.append(path if base_folder is None else base_folder / path)
    return paths


def _state_of(path: Path, run: Run, *, check_hash: bool) -> SourceState:
    source = run.source
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
