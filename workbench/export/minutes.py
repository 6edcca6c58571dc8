"""Minutes of a meeting as a file whose ending says the format. Qt and document libraries load when used."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from workbench.export.errors import ExportError
from workbench.export.minutes_docx import write_docx
from workbench.export.minutes_html import write_html
from workbench.export.minutes_md import write_md
from workbench.export.minutes_sheet import Picture, Span, meeting_named, minutes, span_of
from workbench.export.out_file import check_place, put
from workbench.files.comparison import compare
from workbench.files.errors import ProjectFileError
from workbench.files.revisions import Revisions
from workbench.model.review import Meeting
from workbench.store.store import Store

ENDINGS: Final = ("docx", "html", "md")
_DPI: Final = 180.0


def export_minutes(
    store: Store, out: Path, *, meeting: str | None = None, project: Path | None = None, as_of: str | None = None
) -> list[tuple[Path, int]]:
    """Write the minutes of a meeting, replacing what lay there in one step.

    Markdown cannot hold pictures: they lie beside it as ``NAME-1.svg``, ``NAME-2.svg`` and so on.

    Args:
        store: the project.
        out: the file to write.
        meeting: id, number or title; None: the meeting under way, else the last.
        project: its file, beside which the revisions lie; None: it has none.
        as_of: ISO date by which actions are overdue; None: the newest time stored in the project.

    Returns:
        The files written with their bytes, the minutes first.

    Raises:
        ExportError: the ending, the meeting, the day or the folder does not do.
    """
    ending = out.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise ExportError(f"{out}: minutes are written as {', '.join(ENDINGS)}; give OUT one of these endings.")
    check_place(out)
    held = meeting_named(store, meeting)
    span = span_of(store, held, _kept(held, project))
    sheet = minutes(store, held, span, as_of)
    pictures = _pictures(span, "png" if ending == "docx" else "svg")
    if ending == "html":
        return [(out, put(out, write_html(sheet, pictures)))]
    if ending == "docx":
        try:
            return [(out, put(out, write_docx(sheet, pictures)))]
        except ImportError as error:
            raise ExportError(f"{error.name} is missing; install it with: pip install {error.name}.") from error
    beside = [out.with_name(f"{out.stem}-{number}.svg") for number in range(1, len(pictures) + 1)]
    for path in beside:
        check_place(path)
    named = [(picture.title, path.name) for picture, path in zip(pictures, beside, strict=True)]
    written = [(path, put(path, picture.data)) for picture, path in zip(pictures, beside, strict=True)]
    return [(out, put(out, write_md(sheet, named))), *written]


def _kept(meeting: Meeting, project: Path | None) -> Mapping[str, Store]:
    """The documents that revisions keep of the meeting's beginning and end; one that cannot be read is not there."""
    wanted = {hash for hash in (meeting.before, meeting.after) if hash}
    if project is None or not wanted:
        return {}
    revisions = Revisions(project)
    kept: dict[str, Store] = {}
    try:
        for revision in revisions.all():
            if revision.sha256 in wanted and revision.sha256 not in kept:
                kept[revision.sha256] = revisions.load(revision).store
    except ProjectFileError:
        return kept
    return kept


def _pictures(span: Span, format: Literal["png", "svg"]) -> list[Picture]:
    if span.before is None or span.after is None or not compare(span.before.records, span.after.records):
        return []
    from workbench.export.difference import changed_pictures  # noqa: PLC0415 - loads Qt, which words do not need
    from workbench.export.options import ExportOptions  # noqa: PLC0415 - as above

    options = ExportOptions(format=format, dpi=_DPI if format == "png" else None)
    return [Picture(title, data) for title, data in changed_pictures(span.before, span.after, options)]
