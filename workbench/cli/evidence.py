"""``evidence read`` and ``evidence add``: what a run file says, and what it says about an element."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from workbench.cli.evidence_refresh import refresh
from workbench.cli.given import STANDARD_INPUT, read_given, write_run
from workbench.cli.opening import open_for_reading
from workbench.cli.output import ERROR, CommandFailedError, print_json
from workbench.commands.attach import attach_evidence
from workbench.commands.errors import CommandError
from workbench.commands.find import resolve
from workbench.commands.names import describe
from workbench.evidence.choosing import NoSuchMetric, choose_metric, selected
from workbench.evidence.criterion import CriterionProblem, check_meant, format_criterion, parse_criterion
from workbench.evidence.imported import placed_beside, records_for
from workbench.evidence.labels import amount, full_label
from workbench.evidence.mapping import read_profile
from workbench.evidence.problems import ImportProblem, lines_of, one_line
from workbench.evidence.profiles import load_profile
from workbench.evidence.report import run_as_data, run_as_text
from workbench.evidence.standing import Claim, subject_verdicts
from workbench.files.errors import ProjectFileError
from workbench.files.project import LoadedProject, save_project

Command = Callable[..., None]


def _complain(message: str) -> None:
    """One line on standard error, while the command goes on."""
    click.echo(f"hazard-workbench: {one_line(message, 2_000)}", err=True)


def _run_options(function: Command) -> Command:
    options: tuple[Callable[[Any], Any], ...] = (
        click.option("--task", default="", help="Only this task, where a file holds several."),
        click.option("--model", default="", help="Only runs of this model."),
        click.option("--scorer", default="", help="Only metrics of this scorer."),
        click.option("--reducer", default="", help="Only metrics of this reducer over repeats, such as mean."),
        click.option(
            "--scanned",
            type=click.IntRange(min=0),
            help="How many files a scanner looked at, for formats that do not say.",
        ),
        click.option(
            "--map",
            "profile",
            metavar="PROFILE.json",
            help="What the columns of a table mean: a profile's file, or the name of a saved one.",
        ),
        click.option(
            "--empty-answers-fail",
            is_flag=True,
            help="Count rows without an answer as failures, where you know that they are; else they count as missing.",
        ),
    )
    for option in options:
        function = option(function)
    return function


def _options(profile: str | None, scanned: int | None, *, empty_answers_fail: bool) -> dict[str, Any]:
    options: dict[str, Any] = {"scanned": scanned, "empty_answers_fail": empty_answers_fail}
    if profile is not None:
        options |= _mapping(profile)
    return options


def _mapping(named: str) -> dict[str, Any]:
    """The mapping of a file, or of a saved profile, as an option of the reader.

    Raises:
        ImportProblem: it cannot be read or is no profile.
    """
    saved = None if os.path.lexists(named) else load_profile(named)
    profile = saved or read_profile(Path(named))
    return {"columns": profile.as_short()} if profile.is_short else {"profile": profile.as_data()}


@click.group()
def evidence() -> None:
    """Evaluation runs as evidence."""


evidence.add_command(refresh)


@evidence.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--as", "written_as", type=click.Choice(["eee"]), help="Write the run in another format, to --output.")
@click.option("-o", "--output", metavar="OUT", help="Where to write it.")
@_run_options
def read(
    runs: tuple[str, ...],
    as_json: bool,
    written_as: str | None,
    output: str | None,
    task: str,
    model: str,
    scorer: str,
    reducer: str,
    scanned: int | None,
    profile: str | None,
    empty_answers_fail: bool,
) -> None:
    """Say what an importer makes of run files and folders of them, gaps and doubts included; - is standard input."""
    if bool(written_as) != bool(output):
        raise CommandFailedError("--as needs -o OUT, and -o needs --as: say both the format and where to write it")
    try:
        options = _options(profile, scanned, empty_answers_fail=empty_answers_fail)
    except ImportProblem as problem:
        raise CommandFailedError(str(problem)) from None
    reading = read_given(runs, options)
    for line in lines_of(reading.problems):
        _complain(line)
    chosen = selected(reading.runs, task=task, model=model, scorer=scorer, reducer=reducer)
    if written_as is not None and output is not None:
        write_run(chosen, Path(output))
    elif as_json:
        print_json([run_as_data(imported, metrics) for imported, metrics in chosen])
    elif chosen:
        click.echo("\n\n".join(run_as_text(imported, metrics) for imported, metrics in chosen))
    if reading.passed_over and not as_json:
        count = reading.passed_over
        _complain(f"{count:,} {'file' if count == 1 else 'files'} in folders passed over: no run of a known format")
    if reading.problems:
        click.get_current_context().exit(ERROR)


@evidence.command()
@click.argument("file", metavar="FILE")
@click.argument("run", metavar="RUN")
@click.option("--to", "subject", required=True, metavar="SUBJECT", help="An id, a code, a title, or B-7@C-12.")
@click.option("--metric", required=True, metavar="NAME")
@click.option("--criterion", required=True, metavar="TEXT", help="What the metric must show: '<= 0.10 @95%'.")
@click.option("--title", default="", help="The claim in words.")
@click.option("--by", default="", help="Who attaches it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_run_options
def add(
    file: str,
    run: str,
    subject: str,
    metric: str,
    criterion: str,
    title: str,
    by: str,
    as_json: bool,
    task: str,
    model: str,
    scorer: str,
    reducer: str,
    scanned: int | None,
    profile: str | None,
    empty_answers_fail: bool,
) -> None:
    """Attach a metric of a run to an element and print the verdict."""
    try:
        wanted = parse_criterion(criterion)
        project = open_for_reading(file)
        store, path = project.store, _writable(project)
        target = resolve(store, subject)
        options = _options(profile, scanned, empty_answers_fail=empty_answers_fail)
        reading = read_given([run], options)
        if reading.problems and not reading.runs:
            raise reading.problems[0]
        for line in lines_of(reading.problems):
            _complain(line)
        imported, chosen = choose_metric(reading.runs, metric, task=task, model=model, scorer=scorer, reducer=reducer)
        check_meant(wanted, chosen)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        placed = imported if run == STANDARD_INPUT else placed_beside(imported, path.parent)
        records = records_for(placed, imported_at=now)
        with store.transaction("Attach evidence") as tx:
            key = attach_evidence(tx, target, records, chosen.id, wanted, title=title, by=by, at=now)
        save_project(store, path, project.header)
    except (ImportProblem, CriterionProblem, NoSuchMetric, CommandError, ProjectFileError) as error:
        raise CommandFailedError(one_line(str(error), 2_000)) from None
    claim = next(claim for claim in subject_verdicts(store, target) if claim.evidence.id == key)
    _tell(claim, describe(store, target), as_json=as_json)


def _writable(project: LoadedProject) -> Path:
    """Where a project can be saved again.

    Raises:
        CommandFailedError: it came from standard input.
    """
    if project.path is None:
        raise CommandFailedError("standard input cannot be changed; give the project's file")
    return project.path


def _tell(claim: Claim, subject: str, *, as_json: bool) -> None:
    """Print the verdict of a claim that was just made."""
    judgement, metric, criterion = claim.judgement, claim.metric, claim.evidence.criterion
    assert judgement is not None
    assert metric is not None
    assert criterion is not None
    if as_json:
        print_json(
            {
                "verdict": judgement.verdict,
                "reason": judgement.reason,
                "value": judgement.value,
                "n": judgement.n,
                "interval": judgement.interval,
                "method": judgement.method,
                "level": criterion.level,
                "metric": full_label(metric),
                "evidence": claim.evidence.id,
                "stale": claim.stale,
                "weakened_by": claim.doubts,
                "doubts": claim.run.doubts if claim.run is not None else (),
            }
        )
        return
    value = "no value" if judgement.value is None else amount(judgement.value, metric.unit)
    click.echo(f"{subject}: {full_label(metric)} {format_criterion(criterion, metric.unit)}: {judgement.verdict}")
    click.echo(f"  {judgement.reason}")
    if judgement.interval is not None:
        low, high = (amount(edge, metric.unit) for edge in judgement.interval)
        click.echo(f"  {value}, n {judgement.n:,}, {low} to {high} ({judgement.method})")
    for reason in claim.stale:
        click.echo(f"  Suspended: {reason}")
    for doubt in claim.doubts:
        click.echo(f"  Doubt: {doubt}")
    for doubt in claim.run.doubts if claim.run is not None else ():
        click.echo(f"  - {doubt}")
