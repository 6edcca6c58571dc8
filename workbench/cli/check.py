"""``check``: the linter."""

import click

from workbench.analysis.findings import SEVERITIES, Finding
from workbench.analysis.lint.linter import check as lint
from workbench.cli.opening import open_for_reading
from workbench.cli.output import ERROR, FINDINGS, one_line, print_json
from workbench.cli.sarif import Lines, sarif
from workbench.files.places import lines_of

_COUNTING = {"error": ("error",), "warning": ("error", "warning"), "never": ()}


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="Least severity that makes the exit code 1.",
)
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...], form: str, fail_on: str) -> None:
    """Findings of the linter about projects; ``-`` reads standard input. Exit 1 where there are any that count.

    What somebody suppressed, with a reason kept in the project, is left out; SARIF lists it as suppressed.
    """
    failed = False
    found: list[tuple[str, Finding]] = []
    lines: dict[str, Lines] = {}
    for file in files:
        try:
            loaded = open_for_reading(file)
        except click.ClickException as error:
            failed = True
            click.echo(f"hazard-workbench: {' '.join(error.format_message().split())}", err=True)
            continue
        found += [(file, finding) for finding in lint(loaded.store)]
        if form == "sarif":
            lines[file] = lines_of(loaded)
    standing = [(file, finding) for file, finding in found if finding.open]
    if form == "json":
        print_json({"findings": [_as_data(file, finding, several=len(files) > 1) for file, finding in standing]})
    elif form == "sarif":
        print_json(sarif(found, lines))
    else:
        _print_text(standing, several=len(files) > 1, complete=not failed)
    if failed:
        ctx.exit(ERROR)
    if any(finding.severity in _COUNTING[fail_on] for _, finding in standing):
        ctx.exit(FINDINGS)


def _as_data(file: str, finding: Finding, *, several: bool) -> dict[str, str]:
    data = {
        "rule": finding.rule,
        "severity": finding.severity,
        "element": finding.element,
        "message": finding.message,
    }
    return {"file": file, **data} if several else data


def _print_text(found: list[tuple[str, Finding]], *, several: bool, complete: bool) -> None:
    """One line a finding and their numbers; that there is none is said only where every file could be read."""
    for file, finding in found:
        place = f"{file}: " if several else ""
        message = one_line(finding.message)
        click.echo(f"{place}{finding.severity}: {message} [{finding.rule}, {finding.element}]")
    counts = [sum(finding.severity == severity for _, finding in found) for severity in SEVERITIES]
    words = [
        f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in zip(counts, SEVERITIES, strict=True) if count
    ]
    if words or complete:
        click.echo(", ".join(words) if words else "No findings.")
