"""The report as one HTML file, by templates that a user may replace. Jinja2 loads when the first report is written.

Templates come from users, so they run in a sandbox: everything they print is escaped, they see plain data only, no
attribute that begins with an underscore, and no file outside their folder and the program's own.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.export.errors import ExportError
from workbench.export.paper import whole
from workbench.export.report_model import Picture, Report
from workbench.export.svg import escape, write_svg
from workbench.paths import resource
from workbench.render.characters import clean

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MAIN: Final = "report.html.j2"
_ID: Final = re.compile(r'<g id="[^"]*"')
_LARGEST: Final = 256 * 1024 * 1024
_ENDING: Final = ".j2"


def write_html(report: Report, template: Path | None = None) -> Iterator[bytes]:
    """The file in pieces.

    Args:
        report: what to write.
        template: a folder with templates that stand in for the program's own, one by one.

    Raises:
        ExportError: a template does not do; one line that names its file and line.
    """
    pieces, size = _pieces(report, template), 0
    while True:
        try:
            piece = next(pieces, None)
        except Exception as error:
            raise ExportError(_told(error)) from error
        if piece is None:
            return
        data = piece.encode("utf-8", "replace")
        size += len(data)
        if size > _LARGEST:
            raise ExportError(f"The template writes more than {_LARGEST // 1024**2} MB; see what it repeats.")
        yield data


def _pieces(report: Report, template: Path | None) -> Iterator[str]:
    yield from _environment(template).get_template(MAIN).generate(report=report)


def check_template(template: Path) -> None:
    """See that a folder holds templates.

    Raises:
        ExportError: it does not.
    """
    if not template.is_dir():
        raise ExportError(f"{template} is no folder; give one that holds {MAIN} or a part of it.")
    known = {path.name for path in resource("templates", "report").iterdir()}
    if not any(path.name in known for path in template.iterdir()):
        raise ExportError(f"{template} holds none of {', '.join(sorted(known))}; copy those you want to change.")


def _environment(template: Path | None) -> "Environment":
    """Where templates are looked for, and what they may use."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [resource("templates", "report")]
    if template is not None:
        folders.insert(0, template)
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.pop("lipsum", None)  # makes up words at random
    environment.filters.pop("random", None)
    environment.filters["svg"] = _svg
    return environment


def _shown(value: object) -> object:
    """A text as it is shown, whatever a template made of it; what was escaped already stays."""
    return clean(value) if type(value) is str else value


def _svg(picture: object) -> "Markup":
    """A picture as part of the page. Ids go, since every diagram has the same."""
    from markupsafe import Markup

    if not isinstance(picture, Picture):
        raise TypeError("only a picture can be drawn with the filter svg")
    text = write_svg(whole(picture.sheet)).decode("utf-8")
    text = _ID.sub("<g", text[text.index("<svg") :])
    label = escape(clean(picture.caption or picture.sheet.title)[:1_000])
    return Markup(text.replace('role="img"', f'role="img" aria-label="{label}"', 1))  # noqa: S704 - written by us, escaped


def _told(error: Exception) -> str:
    """What is wrong with a template, where, in one line."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    if isinstance(error, ExportError):
        return str(error)
    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or MAIN}, line {error.lineno}: {' '.join((error.message or said).split())}."
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(_ENDING):
            place = f"{Path(file).name}, line {trace.tb_lineno}: "
        trace = trace.tb_next
    if isinstance(error, TemplateNotFound):
        said = f"there is no template {error.name!r}"
    return f"{place or f'{MAIN}: '}{said.rstrip('.')}."
