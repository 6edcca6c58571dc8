"""The report of a project as a file whose ending says the format: HTML by templates, Word, PDF.

It is made in steps, so that a window can show how far it is and stop it. The same project on the same day gives the
same bytes.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Final, TypeVar

from workbench.export.errors import ExportError
from workbench.export.gui import here
from workbench.export.out_file import check_place, put
from workbench.export.report_build import build_report
from workbench.export.report_docx import write_docx
from workbench.export.report_html import check_template, write_html
from workbench.export.report_model import Block, Report, Table
from workbench.export.report_pdf import write_pdf
from workbench.export.steps import Aside, Step, Steps, finished
from workbench.files.errors import ProjectFileError
from workbench.files.revisions import Revision, Revisions
from workbench.render.fonts import qt_measure
from workbench.render.text import Measure
from workbench.render.theme import load_theme
from workbench.store.store import Store

T = TypeVar("T")
FORMATS: Final = ("docx", "html", "pdf")


def export_report(
    store: Store, out: Path, *, project: Path | None = None, as_of: str | None = None, template: Path | None = None
) -> int:
    """Write the report, replacing what lay there in one step; returns the bytes of the file.

    Raises:
        ExportError: as ``report_steps``, or the folder does not do. Nothing was written.
    """
    check_place(out)
    return put(out, finished(report_steps(store, out, project=project, as_of=as_of, template=template)))


def report_steps(
    store: Store,
    out: Path,
    *,
    project: Path | None = None,
    as_of: str | None = None,
    template: Path | None = None,
    aside: Aside = here,
) -> Steps[bytes]:
    """Make the bytes of the report step by step, each some hundredths of a second.

    Args:
        store: the document; it must not change meanwhile.
        out: its ending is the format.
        project: the project's file, beside which its revisions lie; None: it was never saved.
        as_of: the day the report speaks of, ISO; None: the newest day stored in the project.
        template: a folder of templates for HTML that stand in for the program's own.
        aside: where is done what Qt does not paint.

    Raises:
        ExportError: the ending, the day or a template does not do.
    """
    ending = out.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise ExportError(f"{out}: the report is written as {', '.join(FORMATS)}; give OUT one of these endings.")
    if template is not None:
        if ending != "html":
            raise ExportError(f"templates are for html, and {out.name} is {ending}; leave out --template.")
        check_template(template)
    history, told = _history(project)
    theme = load_theme("print")

    def build(measure: Measure) -> Steps[Report]:
        made = build_report(store, theme, measure, as_of=as_of, history=history, history_told=told)
        return _shared(made, _steps_of(store), 0.0, 0.4)

    report = yield from aside(build)
    blocks = sum(_weight(block) for section in report.sections for block in section.blocks)
    if ending == "pdf":
        pages = write_pdf(report, theme, qt_measure(), aside=aside)
        return (yield from _shared(pages, blocks + blocks // 4, 0.4, 1.0))
    if ending == "docx":
        try:
            return (yield from _shared(write_docx(report), blocks, 0.4, 1.0))
        except ImportError as error:
            raise ExportError(f"{error.name} is missing; install it with: pip install python-docx.") from error

    def pieces(_measure: Measure) -> Steps[bytes]:
        made = []
        for piece in write_html(report, template):
            made.append(piece)
            yield 0.4 + 0.6 * min(1.0, len(made) / (60 * blocks + 1))
        return b"".join(made)

    return (yield from aside(pieces))


def _shared(steps: Generator[Step | None, None, T], expected: int, begin: float, end: float) -> Steps[T]:
    """Steps that tell how far they are, from one share to another, as far as can be said beforehand."""
    done = 0
    while True:
        try:
            next(steps)
        except StopIteration as finished:
            result: T = finished.value
            return result
        done += 1
        yield begin + (end - begin) * min(1.0, done / max(1, expected))


def _weight(block: Block) -> int:
    """About how many steps a block takes to be written."""
    return 1 + (len(block.rows) // 8 if isinstance(block, Table) else 0)


def _steps_of(store: Store) -> int:
    """About how many steps a report takes to be put together."""
    return 8 + store.count("hazard") + store.count("diagram") + 2 * store.count("evidence")


def _history(project: Path | None) -> tuple[list[Revision], str]:
    """The saved states of a project, oldest first; and what is wrong with them."""
    if project is None:
        return [], ""
    try:
        return Revisions(project).all(), ""
    except ProjectFileError as error:
        return [], str(error)
