"""``doctor FILE``: whether a project opens, what is damaged where it does not, and a copy of what can be saved."""

from pathlib import Path
from typing import Any

import click

from workbench.cli.output import FINDINGS, CommandFailedError, one_line, print_json, refuse_overwrite
from workbench.files.errors import ProjectFileError
from workbench.files.project import STDIN, LoadedProject, load_bytes, read_bounded, save_project
from workbench.files.salvage import Salvaged, salvage


def examine(file: str, out: Path | None, *, as_json: bool, force: bool) -> int:
    """Look at a project and write what can be saved of it; the exit code.

    Raises:
        CommandFailedError: there is no such file, nothing of it can be saved, or ``out`` cannot be written.
    """
    if file == STDIN:
        raise CommandFailedError("a damaged project is looked at where it lies; give its file.")
    path = Path(file)
    if out is not None and out.exists() and path.exists() and out.samefile(path):
        raise CommandFailedError(f"{file} is left as it is; give another file for what can be saved.")
    try:
        data = read_bounded(path)
    except ProjectFileError as problem:
        raise CommandFailedError(str(problem)) from None
    try:
        loaded = load_bytes(data, file, path=path)
    except ProjectFileError as problem:
        return _save(file, str(problem), _salvaged(data, file, problem), out, as_json=as_json, force=force)
    _tell_sound(file, loaded, as_json=as_json)
    return 0


def _tell_sound(file: str, loaded: LoadedProject, *, as_json: bool) -> None:
    notes = [sentence for sentence in (loaded.read_only, *loaded.notes) if sentence]
    if as_json:
        print_json({"file": file, "opens": True, "problem": "", "saved": len(loaded.store), "lost": [], "notes": notes})
        return
    click.echo(f"{file}: opens; nothing in it is damaged.")
    for sentence in notes:
        click.echo(one_line(sentence))


def _salvaged(data: bytes, file: str, problem: ProjectFileError) -> Salvaged:
    try:
        return salvage(data, file)
    except ProjectFileError as nothing:
        raise CommandFailedError(f"{problem} Nothing can be saved: {nothing}") from None


def _save(file: str, problem: str, saved: Salvaged, out: Path | None, *, as_json: bool, force: bool) -> int:
    if out is not None:
        refuse_overwrite(out, force=force)
        try:
            save_project(saved.store, out, saved.header)
        except ProjectFileError as error:
            raise CommandFailedError(str(error)) from None
    if as_json:
        print_json(_as_json(file, problem, saved))
        return FINDINGS
    click.echo(problem)
    click.echo(f"{saved.summary}\n")
    for line in saved.as_lines():
        click.echo(line)
    click.echo("")
    if out is not None:
        click.echo(f"Wrote what can be saved to {out}; {file} is as it was.")
    else:
        click.echo(f"To write what can be saved: hazard-workbench doctor {file} -o OUT.hazard.json")
    return FINDINGS


def _as_json(file: str, problem: str, saved: Salvaged) -> dict[str, Any]:
    lost = [{"record": one.kind, "id": one.id, "field": one.field, "why": one.why} for one in saved.lost]
    text = {"file": file, "opens": False, "problem": problem, "saved": len(saved.store), "lost": lost}
    return {**text, "notes": list(saved.notes)}
