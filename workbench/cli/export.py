"""``export``: diagrams as figures."""

from pathlib import Path
from typing import Any

import click

from workbench.analysis.levels import ALL
from workbench.cli.export_whats import WHOLE, draw, draw_all, draw_capability
from workbench.cli.output import CommandFailedError


@click.command()
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", "out", metavar="OUT", type=click.Path(path_type=Path), help="Its ending is the format.")
@click.option("--diagram", metavar="D", help="Id, title or number; else the first by order (PDF: all, one a page).")
@click.option(
    "--what",
    type=click.Choice(["diagram", "capability", *WHOLE]),
    default="diagram",
    show_default=True,
)
@click.option("--grid", metavar="G", help="With --what capability: id, title or number; else the first by title.")
@click.option("--meeting", metavar="M", help="With --what minutes: id, title or number; else the last.")
@click.option("--template", metavar="DIR", type=click.Path(path_type=Path), help="With --what report: for HTML.")
@click.option("--dpi", type=float, metavar="N", help="Resolution of a PNG.")
@click.option("--width", type=float, metavar="PX", help="Width of the whole figure.")
@click.option(
    "--theme", default="print", show_default=True, metavar="NAME", help="light, dark, print, projector or grey."
)
@click.option("--transparent", is_flag=True, help="No canvas behind the figure.")
@click.option("--findings", is_flag=True, help="The linter's findings as badges on the diagram.")
@click.option("--as-of", metavar="DATE", help="The day the figure speaks of; else the newest stored in the project.")
@click.option(
    "--only", multiple=True, metavar="ELEMENT", help="Draw this alone, and lines between such; may be repeated."
)
@click.option("--level", "levels", type=int, default=5, metavar="N", help="1 hazard and top event, to 5 everything.")
@click.option("--light", multiple=True, metavar="ELEMENT", help="Dim all but this; may be repeated.")
@click.option("--footnotes", is_flag=True, help="Numbers beside verdicts, and what each rests on beneath.")
@click.option("--legend/--no-legend", default=True, help="The signs in use, below.")
@click.option("--block/--no-block", default=True, help="The title block: project, date, authors, classification.")
@click.option("--revision", default="", metavar="TEXT", help="What the title block says of the revision.")
@click.option("--outlines", is_flag=True, help="Letters of an SVG as outlines, for programs without the font.")
@click.option("--page", default="", metavar="SIZE", help="Fit the figure onto paper: A0 to A5, Letter, Legal, Tabloid.")
@click.option(
    "--orientation", default="auto", metavar="WAY", help="Of that paper: portrait, landscape; else as the figure."
)
@click.option("--margin", default=10.0, show_default=True, metavar="MM", help="Of that paper.")
@click.option("--tile", is_flag=True, help="A PDF of many such pages, to be put together as a poster.")
@click.option("--poster", default="", metavar="SIZE", help="With --tile: size of the poster; else the figure's own.")
@click.option("--overlap", default=10.0, show_default=True, metavar="MM", help="With --tile: of the pages.")
@click.option("--all", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Every diagram, into DIR.")
@click.option(
    "--format", "ending", metavar="FORMAT", default="png", show_default=True, help="With --all; as the endings of OUT."
)
def export(
    file: str,
    out: Path | None,
    diagram: str | None,
    what: str,
    grid: str | None,
    meeting: str | None,
    template: Path | None,
    folder: Path | None,
    ending: str,
    **options: Any,
) -> None:
    """Draw diagrams to PNG, SVG, PDF, PowerPoint, draw.io, DOT or Mermaid, and write what else a project holds.

    No display is needed; the same project gives the same bytes.
    """
    _check_alone(what, options, meeting=meeting, template=template)
    if what in WHOLE:
        if out is None or folder is not None or diagram is not None or grid is not None:
            raise CommandFailedError(
                f"--what {what} writes one file: give -o OUT, without --diagram, --grid and --all."
            )
        own: dict[str, dict[str, Any]] = {"minutes": {"meeting": meeting}, "report": {"template": template}}
        for path in WHOLE[what](file, out, **options, **own.get(what, {})) or [out]:
            click.echo(f"{path}")
        return
    if what == "capability":
        if out is None or folder is not None or diagram is not None:
            raise CommandFailedError(
                "--what capability draws one grid: give -o OUT, and --grid G where there are several."
            )
        draw_capability(file, out, grid=grid, **options)
        click.echo(f"{out}")
        return
    if grid is not None:
        raise CommandFailedError("--grid names a capability grid; add --what capability.")
    if (out is None) == (folder is None):
        raise CommandFailedError("say where to: -o OUT for one file, or --all DIR for every diagram.")
    if folder is not None and diagram is not None:
        raise CommandFailedError("--all takes every diagram; leave out --diagram, or use -o OUT.")
    if out is not None:
        draw(file, out, diagram, **options)
        click.echo(f"{out}")
    elif folder is not None:
        for path in draw_all(file, folder, ending, **options):
            click.echo(f"{path}")


def _check_alone(what: str, options: dict[str, Any], *, meeting: str | None, template: Path | None) -> None:
    if template is not None and what != "report":
        raise CommandFailedError("--template is for reports; add --what report.")
    if meeting is not None and what != "minutes":
        raise CommandFailedError("--meeting names a meeting; add --what minutes.")
    if options["only"] and what != "diagram":
        raise CommandFailedError(f"--only names parts of a diagram; leave it out with --what {what}.")
    if (options["levels"] != ALL or options["light"]) and what != "diagram":
        raise CommandFailedError(f"--level and --light are for diagrams; leave them out with --what {what}.")
    if options["findings"] and what != "diagram":
        raise CommandFailedError(f"--findings puts badges on diagrams; leave it out with --what {what}.")
