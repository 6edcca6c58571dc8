"""Pages of a document: no line is lost or cut off, headings of tables stand on every page, pictures can be read."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.unit.export.reports import small
from tests.unit.render.support import FixedMeasure
from workbench.export.log_sheet import Cell
from workbench.export.pdf import Page
from workbench.export.report_model import Block, Heading, Paper, Picture, Report, Section, Table, Words
from workbench.export.report_pages import PAPERS, Pager
from workbench.export.report_pdf import write_pdf
from workbench.export.sheet import Sheet
from workbench.files.project import save_project
from workbench.render.ops import RoundRect, TextOp
from workbench.render.text import wrap
from workbench.render.theme import load_theme


def pager(paper: Paper = "portrait") -> Pager:
    made = Pager(load_theme("print"), FixedMeasure())
    made.new_page(paper)
    return made


def lines_on(made: Pager, page: int) -> list[str]:
    return [op.text for op in made.leaves[page].ops if isinstance(op, TextOp)]


def check_inside(made: Pager) -> None:
    measure = FixedMeasure()
    for leaf in made.leaves:
        wide, tall, margin = PAPERS[leaf.paper]
        for op in leaf.ops:
            if isinstance(op, TextOp):
                width = measure.width(op.text, op.size, op.weight)
                left = op.x - (width if op.anchor == "end" else 0.0)
                assert left >= margin - 0.01
                assert left + width <= wide - margin + 0.01
                assert op.y <= tall - margin
            elif isinstance(op, RoundRect):
                assert op.y + op.h <= tall - margin + 0.01
        for part in leaf.parts:
            assert part.scale > 0


def test_a_paragraph_goes_on_overleaf_with_every_word() -> None:
    made = pager()
    words = [f"word{number}" for number in range(2_000)]
    made.text(" ".join(words))
    assert len(made.leaves) > 1
    assert " ".join(line for page in range(len(made.leaves)) for line in lines_on(made, page)).split() == words
    check_inside(made)


def test_a_table_repeats_its_headings_and_loses_no_line() -> None:
    made = pager("wide")
    rows = tuple((Cell((f"row {n}",)), Cell(tuple(f"line {n}.{m}" for m in range(n)))) for n in range(90))
    made.table(Table(("Name", "Lines"), rows, (1, 3)))
    assert len(made.leaves) > 5
    for page in range(len(made.leaves)):
        assert lines_on(made, page)[:2] == ["Name", "Lines"]
    said = [line for page in range(len(made.leaves)) for line in lines_on(made, page)[2:]]
    assert sorted(said) == sorted(
        [f"row {n}" for n in range(90)] + [f"line {n}.{m}" for n in range(90) for m in range(n)]
    )
    check_inside(made)


def test_a_row_higher_than_a_page_is_continued_and_a_short_one_kept_whole() -> None:
    made = pager()
    long = tuple(f"entry {number}" for number in range(200))
    made.table(Table(("A",), ((Cell(long),),), (1,)))
    assert len(made.leaves) >= 3
    assert sum(line.startswith("entry") for page in range(len(made.leaves)) for line in lines_on(made, page)) == 200
    other = pager()
    while other.y < other.bottom - 60:
        other.text("filler")
    other.table(Table(("A",), ((Cell(("one", "two", "three", "four", "five")),),), (1,)))
    assert lines_on(other, 1) == ["A", "one", "two", "three", "four", "five"]


def test_a_rating_is_named_in_words_on_its_ground() -> None:
    made = pager()
    made.table(Table(("R",), ((Cell(("2B",), "Serious", 3),), (Cell(("not rated",)),)), (1,)))
    assert lines_on(made, 0) == ["R", "2B Serious", "not rated"]
    grounds = [op.fill for op in made.leaves[0].ops if isinstance(op, RoundRect)]
    assert grounds == ["#EEF1F4", "#FFDDB8", None]


@pytest.mark.parametrize(
    ("size", "paper"), [((600, 300), "portrait"), ((1_300, 600), "landscape"), ((3_000, 900), "wide")]
)
def test_a_picture_stands_on_the_smallest_page_it_can_be_read_on(size: tuple[float, float], paper: str) -> None:
    made = pager()
    made.text("before")
    sheet = Sheet("Picture", *size, "#FFFFFF", ())
    made.picture(Picture(sheet, "Its caption"))
    made.text("after")
    holder = next(leaf for leaf in made.leaves if leaf.parts)
    assert holder.paper == paper
    (part,) = holder.parts
    wide, tall, margin = PAPERS[holder.paper]
    assert part.x + size[0] * part.scale <= wide - margin + 0.01
    assert part.y + size[1] * part.scale <= tall - margin
    assert made.leaves[-1].paper == "portrait"
    assert lines_on(made, len(made.leaves) - 1)[-1] == "after"
    assert "Its caption" in [op.text for op in holder.ops if isinstance(op, TextOp)]
    check_inside(made)


def test_what_reads_from_the_right_stands_at_the_right() -> None:
    made = pager()
    made.text("مرحبا بالعالم")
    made.text("hello")
    first, second = [op for op in made.leaves[0].ops if isinstance(op, TextOp)]
    assert (first.anchor, second.anchor) == ("end", "start")
    assert first.x == made.left + made.width


def test_a_paragraph_is_not_torn_by_a_line_that_begins_with_another_script() -> None:
    made = pager()
    made.text("word " * 25 + "مرحبا بالعالم " * 12 + "word " * 25)
    assert {op.anchor for op in made.leaves[0].ops if isinstance(op, TextOp)} == {"start"}
    made.table(Table(("A",), ((Cell(("hello", "مرحبا")),),), (1,)))
    assert [op.anchor for op in made.leaves[0].ops if isinstance(op, TextOp)][-2:] == ["start", "end"]


def test_wrapping_keeps_every_character_of_a_long_text() -> None:
    text = (
        " ".join(f"Sentence number {n}." for n in range(500)) + "\n\nNew paragraph. 模型在没有提示的情况下" + "x" * 300
    )
    lines = wrap(text, width=200.0, size=12, weight=400, measure=FixedMeasure())
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(FixedMeasure().width(line, 12, 400) <= 200.01 for line in lines)
    assert wrap(" \n", width=50, size=12, weight=400, measure=FixedMeasure()) == []


def test_a_heading_stands_on_the_page_of_its_picture() -> None:
    sheet = Sheet("Picture", 600.0, 500.0, "#FFFFFF", ())
    fill = tuple(Words(f"Filler {number}") for number in range(22))
    blocks: tuple[Block, ...] = (*fill, Heading("Its heading", "h"), Picture(sheet, ""))
    report = Report("Report", "Project", (), (), None, (Section("x", "Section", blocks),))
    pages: list[Page] = []

    def kept(made: list[Page], _told: object, *, aside: object) -> Iterator[None]:
        pages.extend(made)
        yield

    with patch("workbench.export.report_pdf.page_steps", kept):
        list(write_pdf(report, load_theme("print"), FixedMeasure()))
    holder = next(page for page in pages if any(part.scale != 1.0 or part.y for part in page.parts))
    said = [op.text for part in holder.parts for op in part.ops if isinstance(op, TextOp)]
    assert "Its heading" in said
    assert "Filler 0" not in said


@pytest.mark.slow
def test_bytes_do_not_depend_on_process_seed_zone_or_language(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "p.hazard.json"
    save_project(small("漢字 שלום 🙂"), path)
    made = []
    for seed, zone, tongue in (("1", "UTC", "C"), ("2", "Asia/Kolkata", "de_DE.UTF-8")):
        files = []
        for ending in ("html", "docx", "pdf"):
            out = tmp_path / f"{seed}.{ending}"
            command = [sys.executable, "-m", "workbench", "export", str(path), "--what", "report", "-o", str(out)]
            environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": tongue, "PATH": "/usr/bin:/bin"}
            subprocess.run(command, check=True, cwd=root, env=environment, capture_output=True, timeout=120)
            files.append(out.read_bytes())
        made.append(files)
    assert made[0] == made[1]
