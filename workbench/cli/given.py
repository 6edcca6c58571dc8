"""Runs given on the command line: files, folders, standard input; and a run written in another format."""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
import orjson

from workbench.cli.output import CommandFailedError
from workbench.evidence.eee_export import eee_record
from workbench.evidence.imported import ImportedRun, Reading
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_many, read_run
from workbench.files.atomic import write_atomically
from workbench.files.errors import SaveError
from workbench.model.runs import Metric

STANDARD_INPUT: Final = "-"
_MOST: Final = 1024 * 1024 * 1024
_CHUNK: Final = 1024 * 1024


def read_given(runs: Sequence[str], options: Mapping[str, Any]) -> Reading:
    """What was given, read; ``-`` is standard input."""
    paths = [run for run in runs if run != STANDARD_INPUT]
    reading = read_many(paths, **options) if paths else Reading()
    if STANDARD_INPUT not in runs:
        return reading
    found, problems = _read_input(options)
    return Reading((*reading.runs, *found), (*reading.problems, *problems), reading.passed_over)


def _read_input(options: Mapping[str, Any]) -> tuple[list[ImportedRun], list[ImportProblem]]:
    """The runs that standard input holds. It is put in a file first, as formats are told from the whole."""
    with tempfile.TemporaryDirectory(prefix="hazard-workbench-") as folder:
        path = Path(folder) / "standard input"
        try:
            _copy_input(path)
            return [_from_input(imported) for imported in read_run(path, **options)], []
        except ImportProblem as problem:
            return [], [ImportProblem("standard input", problem.what, problem.what_to_do)]


def _copy_input(path: Path) -> None:
    done = 0
    try:
        with path.open("wb") as file:
            while chunk := sys.stdin.buffer.read(_CHUNK):
                done += len(chunk)
                if done > _MOST:
                    raise ImportProblem(path, "holds more than 1 GiB", "give a file instead")
                file.write(chunk)
    except OSError as error:
        raise ImportProblem(path, f"cannot be read ({error.strerror})", "give a file instead") from None


def _from_input(imported: ImportedRun) -> ImportedRun:
    run = imported.run
    doubts = (*run.doubts, "The run came from standard input: there is no file to look at again.")
    source = run.source.model_copy(update={"path": STANDARD_INPUT})
    return replace(imported, run=run.replace(source=source, doubts=doubts))


def write_run(chosen: Sequence[tuple[ImportedRun, Sequence[Metric]]], out: Path) -> None:
    """Write the one run that was chosen as a record of Every Eval Ever.

    Raises:
        CommandFailedError: it is not one, or cannot be written.
    """
    if len(chosen) != 1:
        what = f"{len(chosen)} runs were read" if chosen else "no run was read"
        raise CommandFailedError(f"{what}, and a record holds one; choose it with --task or --model")
    imported, metrics = chosen[0]
    record, left_out = eee_record(imported.run, metrics)
    try:
        write_atomically(out, orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    except SaveError as error:
        raise CommandFailedError(f"{out}: {error}") from None
    click.echo(f"{out}: {len(record['evaluation_results'])} results written")
    for sentence in left_out:
        click.echo(f"  - {sentence}")
