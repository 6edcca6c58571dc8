"""``evidence refresh``: whether the verdicts of a project still stand on the files they were read from."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from workbench.cli.opening import open_for_reading
from workbench.cli.output import FINDINGS, CommandFailedError, print_json
from workbench.commands.names import describe
from workbench.evidence.dates import parse_time
from workbench.evidence.problems import one_line
from workbench.evidence.refresh import Reread, VerdictChange, reread_all, stale_claims, store_reread, verdict_changes
from workbench.evidence.staleness import OUTLIVED, called
from workbench.evidence.standing import Claim
from workbench.files.errors import ProjectFileError
from workbench.files.project import LoadedProject, save_project
from workbench.model.runs import Evidence, Metric, Run
from workbench.store.store import Store


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--save", is_flag=True, help="Store what the files say now; claims stay attached.")
@click.option(
    "--as-of", metavar="DATE", help="The day by which age is reckoned; else the newest stored in the project."
)
@click.option("--superseded-ok", is_flag=True, help="Do not fail for older runs that a newer one speaks for.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def refresh(file: str, save: bool, as_of: str | None, superseded_ok: bool, as_json: bool) -> None:
    """Read the runs of a project again; exit 1 where a verdict changed or evidence is stale.

    A run whose file is not on this machine is told, and is no failure.
    """
    day = _day(as_of)
    if save and file == "-":
        raise CommandFailedError("standard input cannot be saved; give the project's file")
    project = open_for_reading(file)
    store = project.store
    folder = project.path.parent if project.path is not None else None
    found = reread_all(store, folder)
    changes = [change for one in found for change in verdict_changes(store, one, as_of=day)]
    saved = _save(project, found) if save else set[str]()
    sources = {one.run.id: one.source for one in found if one.run.id not in saved}
    stale = stale_claims(store, sources, as_of=day)
    if as_json:
        print_json(_as_data(store, found, changes, stale, saved))
    else:
        _tell(store, found, changes, stale, saved)
    failing = [claim for claim in stale if not (superseded_ok and _outlived(claim))]
    if changes or failing:
        click.get_current_context().exit(FINDINGS)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    time = parse_time(text)
    if time is None:
        raise CommandFailedError(f"--as-of {text!r} is no date; write it as 2026-11-30.")
    return time.date()


def _save(project: LoadedProject, found: list[Reread]) -> set[str]:
    """Store what changed, in one step; ids of the runs that were."""
    assert project.path is not None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with project.store.transaction("Refresh evidence") as tx:
        stored = {one.run.id for one in found if store_reread(tx, one, at=now)}
    if stored:
        try:
            save_project(project.store, project.path, project.header)
        except ProjectFileError as error:
            raise CommandFailedError(one_line(str(error), 2_000)) from None
    return stored


def _outlived(claim: Claim) -> bool:
    return all(reason.kind in OUTLIVED for reason in claim.reasons)


def _claims_on(store: Store, run: Run) -> list[str]:
    metrics = store.referrers(run.id, Metric, "run")
    return [evidence.id for metric in metrics for evidence in store.referrers(metric.id, Evidence, "metric")]


def _as_data(
    store: Store, found: list[Reread], changes: list[VerdictChange], stale: list[Claim], saved: set[str]
) -> dict[str, Any]:
    def of_run(one: Reread, **more: Any) -> dict[str, Any]:
        return {"run": one.run.id, "path": one.run.source.path, "evidence": _claims_on(store, one.run), **more}

    return {
        "changed": [
            {
                "evidence": change.claim.evidence.id,
                "subject": change.claim.evidence.subject,
                "before": change.before.verdict,
                "after": change.after.verdict,
                "reasons": change.reasons,
                "title": describe(store, change.claim.evidence.subject),
                "run": change.claim.run.id if change.claim.run is not None else None,
            }
            for change in changes
        ],
        "stale": [
            {
                "evidence": claim.evidence.id,
                "subject": claim.evidence.subject,
                "verdict": claim.verdict,
                "reasons": claim.stale,
                "kinds": [reason.kind for reason in claim.reasons],
                "title": describe(store, claim.evidence.subject),
                "run": claim.run.id if claim.run is not None else None,
            }
            for claim in stale
        ],
        "figures": [of_run(one, differences=one.differences) for one in found if one.differences],
        "not_at_hand": [of_run(one) for one in found if one.state == "not at hand"],
        "unreadable": [of_run(one, reason=one.problem) for one in found if one.state == "unreadable"],
        "not_stored": [of_run(one, reason=one.problem) for one in found if one.now is not None and one.problem],
        "saved": sorted(saved),
        "read": sum(one.state in ("same", "changed") for one in found),
    }


def _tell(store: Store, found: list[Reread], changes: list[VerdictChange], stale: list[Claim], saved: set[str]) -> None:
    for change in changes:
        name = describe(store, change.claim.evidence.subject)
        click.echo(f"{name}: {change.before.verdict} is now {change.after.verdict}")
        for reason in change.reasons:
            click.echo(f"  {reason}")
    for claim in stale:
        click.echo(f"{describe(store, claim.evidence.subject)}: {claim.verdict or 'no verdict'}, suspended")
        for reason in claim.stale:
            click.echo(f"  {reason}")
    for one in found:
        if one.differences and not any(change.claim.run is one.run for change in changes):
            click.echo(f"{_named(one.run)}: other figures, the same verdicts")
            for difference in one.differences:
                click.echo(f"  {difference}")
        if one.problem:
            click.echo(f"{_named(one.run)}: {one.problem}")
        elif one.state == "not at hand":
            click.echo(f"{_named(one.run)}: not at hand ({one.run.source.path})")
    read = sum(one.state in ("same", "changed") for one in found)
    parts = [
        f"{read:,} of {len(found):,} runs read again",
        f"{len(changes):,} verdict{'' if len(changes) == 1 else 's'} changed",
        f"{len(stale):,} stale",
    ]
    if saved:
        parts.append(f"{len(saved):,} stored")
    click.echo("; ".join(parts) + ".")


def _named(run: Run) -> str:
    return f"Run {called(run)}" if run.title else f"Run {Path(run.source.path).name or run.id}"
