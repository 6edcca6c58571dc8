"""Reading what was dropped or chosen, with the questions some formats leave open: columns, files scanned."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from workbench.analysis.words import count_words
from workbench.evidence.imported import FILES_LISTED, ImportedRun
from workbench.evidence.problems import ImportProblem, NeedsMapping, lines_of
from workbench.panels.attach_choose import ScannedDialog
from workbench.panels.mapping_dialog import Mapped, MappingDialog
from workbench.panels.messages import show_error
from workbench.panels.run_reader import gather

_WITHOUT_DENOMINATOR: Final = frozenset({"sarif"})
_MOST_PROBLEMS: Final = 8


def needs_scanned(imported: ImportedRun) -> bool:
    """Whether a run counts findings and nobody has said how many files were looked at."""
    return imported.run.format in _WITHOUT_DENOMINATOR and all(metric.n is None for metric in imported.metrics)


def ask_scanned(
    file: str, findings: str, parent: QWidget | None, listed: int | None = None
) -> tuple[int | None] | None:
    """Ask how many files were scanned; None where the user cancelled.

    Args:
        file: name of the file.
        findings: how many findings it lists, in words.
        parent: over which window the question stands.
        listed: how many files the scanner's own metrics list, where they do.
    """
    answer: tuple[int | None] | None = ScannedDialog(file, findings, parent, listed=listed).show_modal()
    return answer


def read_asking(paths: Sequence[Path], parent: QWidget | None) -> list[ImportedRun]:
    """The runs of files and folders; asks where a file leaves something open, and says what could not be read.

    Returns:
        The runs; none where all failed or the user cancelled.
    """
    reading = gather(paths, parent)
    if reading is None:
        return []
    runs: list[ImportedRun] = []
    problems: list[ImportProblem] = [p for p in reading.problems if not isinstance(p, NeedsMapping)]
    asked: set[str] = set()
    for imported in reading.runs:
        if not needs_scanned(imported):
            runs.append(imported)
        elif imported.run.source.path not in asked:
            asked.add(imported.run.source.path)
            runs += _with_scanned(imported, [r for r in reading.runs if _same_file(r, imported)], parent)
    tables = [problem for problem in reading.problems if isinstance(problem, NeedsMapping)]
    runs += _mapped(tables, problems, parent)
    if problems:
        show_error(parent, "Not read", told(problems))
    return runs


def _mapped(tables: list[NeedsMapping], problems: list[ImportProblem], parent: QWidget | None) -> list[ImportedRun]:
    """The runs of tables, asking once for all that have the same columns; cancelling leaves out the rest of those."""
    runs: list[ImportedRun] = []
    known: dict[tuple[str, ...], Mapped | None] = {}
    for table in tables:
        first = table.columns not in known
        if first:
            try:
                known[table.columns] = MappingDialog.ask(table.path, parent)
            except ImportProblem as problem:
                problems.append(problem)
                continue
        mapped = known[table.columns]
        if mapped is None:
            continue
        if first:
            runs += mapped.runs
            continue
        reading = gather([table.path], parent, profile=mapped.profile.as_data())
        if reading is not None:
            runs += reading.runs
            problems += reading.problems
    return runs


def _same_file(one: ImportedRun, other: ImportedRun) -> bool:
    return one.run.source.path == other.run.source.path


def _with_scanned(imported: ImportedRun, together: list[ImportedRun], parent: QWidget | None) -> list[ImportedRun]:
    path = Path(imported.run.source.path)
    counts = [metric for run in together for metric in run.metrics if metric.name == "findings" and not metric.strata]
    found = sum(metric.value or 0 for metric in counts)
    said = {run.run.provenance.settings.get(FILES_LISTED, "") for run in together}
    listed = next(iter(said)) if len(said) == 1 else ""
    findings = count_words(round(found), "finding", "findings")
    answer = ask_scanned(path.name, findings, parent, int(listed) if listed.isdecimal() else None)
    if answer is None:
        return []
    if answer[0] is None:
        return together
    again = read_again(path, parent, scanned=answer[0])
    return again or []


def read_again(path: Path, parent: QWidget | None, **options: Any) -> list[ImportedRun] | None:
    """One file read with what was answered; None where that failed (said) or was cancelled."""
    reading = gather([path], parent, **options)
    if reading is None:
        return None
    if reading.problems:
        show_error(parent, "Not read", told(reading.problems))
        return None
    return list(reading.runs)


def told(problems: Sequence[ImportProblem]) -> str:
    """Problems in a message, not so many that it fills the screen."""
    lines = lines_of(problems[:_MOST_PROBLEMS])
    if len(problems) > _MOST_PROBLEMS:
        lines.append(f"{len(problems) - _MOST_PROBLEMS} more could not be read.")
    return "\n".join(lines)
