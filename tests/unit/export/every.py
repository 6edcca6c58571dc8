"""A project with something for every export, and every export of it: what the command line can write."""

import hashlib
import sys
from pathlib import Path

from click.testing import CliRunner

from tests.unit.export.reports import small
from workbench.cli.export import export
from workbench.commands import meeting as log
from workbench.export.deck import ENDINGS as DECK
from workbench.export.log import WRITERS as LOG
from workbench.export.minutes import ENDINGS as MINUTES
from workbench.export.report import FORMATS as REPORT
from workbench.model.drawing import Diagram
from workbench.model.elements import Hazard
from workbench.model.judgement import CapabilityCell, CapabilityGrid, HumanBaseline, Measured, SweepPoint
from workbench.model.review import Stop
from workbench.store.store import Store

DIAGRAM = ("png", "svg", "pdf", "pptx", "drawio", "dot", "mmd")
FIGURE = ("png", "svg", "pdf")
ODD = (*FIGURE, "html", "md")
THEMES = ("light", "dark", "projector", "grey")
JOBS: dict[str, list[str]] = {
    **{f"diagram.{ending}": [] for ending in DIAGRAM},
    **{f"{theme}.svg": ["--theme", theme] for theme in THEMES},
    "footnotes.pdf": ["--footnotes", "--findings", "--revision", "r7"],
    "outlines.svg": ["--outlines"],
    "page.pdf": ["--page", "A3"],
    "poster.pdf": ["--page", "A4", "--tile", "--poster", "A2"],
    **{f"log.{ending}": ["--what", "log"] for ending in LOG},
    **{f"report.{ending}": ["--what", "report"] for ending in REPORT},
    **{f"deck.{ending}": ["--what", "deck"] for ending in DECK},
    **{f"minutes.{ending}": ["--what", "minutes"] for ending in MINUTES},
    **{f"matrix.{ending}": ["--what", "matrix"] for ending in FIGURE},
    **{f"odd.{ending}": ["--what", "odd"] for ending in ODD},
    **{f"capability.{ending}": ["--what", "capability"] for ending in FIGURE},
}
"""What is written, by the name of the file, and what asks for it."""
AT = "2026-02-03T09:00:00Z"


def project(word: str = "") -> Store:
    """A project with a route, a meeting, an operating domain and a capability grid; ``word`` stands in every text."""
    store = small(word)
    hazard, sheet = next(store.all(Hazard)).id, next(store.all(Diagram)).id
    line = f"Row{word}"[:150]
    with store.transaction("More") as tx:
        tx.patch(sheet, description=f"What it shows{word}"[:9_000])
        tx.put(Stop(id="s1", diagram=sheet, title=f"First{word}"[:1_900], notes=f"Say{word}"[:9_000], order="a"))
        tx.put(Stop(id="s2", shows="evidence", subject="e1", title=f"Claim{word}"[:1_900], order="b"))
        tx.put(Stop(id="s3", shows="log", subject=hazard, order="c"))
        tx.put(CapabilityGrid(id="g", title=f"Grid{word}"[:1_900], attributes=(line,), levels=("Unit",), model=line))
        cell = CapabilityCell.of("g", line, "Unit", "execution")
        tx.put(cell.replace(typed=Measured(value=0.4, n=50, source=line), human=HumanBaseline(value=0.9)))
        tx.put(SweepPoint(id="w", grid="g", blocks=2, series=line, typed=Measured(value=0.3, n=20)))
        meeting = log.start_meeting(tx, f"Review{word}"[:1_900], (line,), (f"First{word}"[:1_900],), at=AT)
        log.decide(tx, hazard, f"Go on{word}", by=line, at=AT)
        log.vote(tx, hazard, f"Accept?{word}", (5, 1, 0), by=line, at=AT)
        log.comment(tx, None, f"Scope?{word}", by=line, at=AT)
        log.capture_action(tx, hazard, f"Renew{word}", owner=line, due="2026-03-01", at=AT)
        log.end_meeting(tx, meeting, at=AT)
    return store


def write_every(path: Path, out: Path) -> dict[str, bytes]:
    """Every export of a project file, through the command; what each file holds, by its name."""
    out.mkdir()
    for name, asked in JOBS.items():
        answer = CliRunner().invoke(export, [str(path), "-o", str(out / name), *asked])
        assert answer.exit_code == 0, (name, answer.output, answer.exception)
    return {one.name: one.read_bytes() for one in sorted(out.iterdir())}


if __name__ == "__main__":
    for made, data in write_every(Path(sys.argv[1]), Path(sys.argv[2])).items():
        sys.stdout.write(f"{made} {hashlib.sha256(data).hexdigest()}\n")
