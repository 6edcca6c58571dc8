"""``log``: the hazard log on standard output."""

import sys

import click

from workbench.analysis.hazard_log import as_json, log_rows
from workbench.analysis.words import count_words
from workbench.cli.opening import open_for_reading
from workbench.cli.output import CommandFailedError, one_line, print_json
from workbench.export.log_csv import write_csv
from workbench.export.log_sheet import EMPTY, log_sheet


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: UTF-8, every field quoted, no formulas.")
def log(file: str, *, as_data: bool, as_csv: bool) -> None:
    """The hazard log of a project, one row per hazard; ``-`` reads standard input."""
    if as_data and as_csv:
        raise CommandFailedError("--json and --csv are two ways to print the log; give one.")
    store = open_for_reading(file).store
    if as_data:
        print_json({"rows": [as_json(row) for row in log_rows(store)]})
        return
    if as_csv:
        sys.stdout.buffer.write(write_csv(log_sheet(store), mark=False))
        return
    rows = log_rows(store)
    if not rows:
        click.echo(EMPTY)
    for row in rows:
        rated = [rating.index if rating is not None else "not rated" for rating in (row.hri, row.hri_post)]
        counts = ", ".join(
            count_words(len(row.entries(column)), word, f"{word}s")
            for column, word in (("trigger_event", "cause"), ("effects", "effect"), ("mitigations", "mitigation"))
        )
        click.echo(f"{row.code or row.element}  {' → '.join(rated)}  {one_line(row.title)}  ({counts})")
