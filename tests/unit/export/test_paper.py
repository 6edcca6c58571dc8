import io
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np  # noqa: TID253 - pixels are compared here
import pypdfium2  # type: ignore[import-untyped] # it brings none
import pytest

from tests.unit.export.figures import bow_tie
from workbench.cli.main import run
from workbench.export import pdf
from workbench.export.api import render_bytes, render_image
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.export.paper import MM, Leaf, paper, poster, tiles
from workbench.export.sheet import Sheet
from workbench.paths import sample

WIDE = Sheet("Wide", 1600.0, 900.0, "#FFFFFF", ())
TALL = Sheet("Tall", 500.0, 900.0, "#FFFFFF", ())


def pages_of(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(data))


def test_paper_lies_as_the_figure_does():
    assert paper("a4", WIDE).width == pytest.approx(297 * MM)
    assert paper("A4", TALL).width == pytest.approx(210 * MM)
    assert paper("A4", TALL, "landscape").width == pytest.approx(297 * MM)


@pytest.mark.parametrize(("name", "size"), [("A4", (842, 595)), ("A0", (3370, 2384)), ("Letter", (792, 612))])
def test_a_figure_is_fitted_onto_the_page(name, size):
    (page,) = pages_of(render_bytes(bow_tie(), None, ExportOptions("pdf", page=name)))
    assert page.get_size() == pytest.approx(size, abs=1)


def test_svg_and_png_have_the_size_of_the_paper():
    root = ET.fromstring(render_bytes(bow_tie(), None, ExportOptions("svg", page="A4", orientation="landscape")))
    assert (root.get("width"), root.get("height")) == ("297mm", "210mm")
    image = render_image(bow_tie(), None, ExportOptions("png", page="A4", orientation="landscape", dpi=100))
    assert (image.width(), image.height()) == (1170, 827)
    assert image.dotsPerMeterX() == pytest.approx(100 / 0.0254, abs=1)


def test_all_of_the_figure_stands_within_the_margins():
    data = render_bytes(bow_tie(), None, ExportOptions("pdf", page="A4", margin=20))
    (page,) = pages_of(data)
    pixels = np.asarray(page.render(scale=2).to_pil().convert("L"))
    ink = np.argwhere(pixels < 250)
    margin = 20 / 25.4 * 72 * 2 - 2
    height, width = pixels.shape
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    assert top >= margin
    assert left >= margin
    assert bottom <= height - margin
    assert right <= width - margin
    assert right - left > 0.9 * (width - 2 * margin) or bottom - top > 0.9 * (height - 2 * margin)


def test_tiles_cover_the_poster_and_overlap():
    page = paper("A4", TALL, "portrait")
    cut = tiles(841 * MM, 1189 * MM, page, 10 * MM)
    assert len(cut) == 25
    wide, tall = page.room
    for tile in cut:
        assert tile.x == pytest.approx(tile.column * (wide - 10 * MM))
        assert tile.w <= wide + 1e-6
        assert tile.h <= tall + 1e-6
    assert max(tile.x + tile.w for tile in cut) == pytest.approx(841 * MM)
    assert max(tile.y + tile.h for tile in cut) == pytest.approx(1189 * MM)


def test_sheets_are_named_by_row_and_column():
    cut = tiles(300 * MM, 7_700 * MM, paper("A4", TALL, "portrait"), 0.0)
    names = [tile.name for tile in cut]
    assert names[:3] == ["A1", "A2", "B1"]
    assert names[-1] == "AB2"
    assert len(set(names)) == len(names)


def test_a_poster_says_how_it_is_put_together():
    leaf = Leaf(WIDE, 841 * MM, 594 * MM, title="Wide")
    made = poster(leaf, paper("A4", WIDE), 10.0)
    assert made[0].title.endswith("put together")
    assert len(made) == 1 + len(tiles(leaf.width, leaf.height, paper("A4", WIDE), 10 * MM))


needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")


DPI = 3 * 25.4
"""Three pixels a millimetre, so that sheets begin where pixels do."""
Pixels = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def poppler(path: Path) -> list[Pixels]:
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(path), str(path.with_suffix(""))], check=True)
    return [_pgm(page.read_bytes()) for page in sorted(path.parent.glob(f"{path.stem}-*.pgm"))]


def _pgm(data: bytes) -> Pixels:
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    assert head is not None
    return np.frombuffer(data, np.uint8, offset=head.end()).astype(float).reshape(int(head[2]), int(head[1]))


@needs_poppler
def test_an_a0_poster_on_a4_is_put_together_again(tmp_path):
    whole, cut = tmp_path / "whole.pdf", tmp_path / "cut.pdf"
    whole.write_bytes(render_bytes(bow_tie(), None, ExportOptions("pdf", page="A0")))
    cut.write_bytes(render_bytes(bow_tie(), None, ExportOptions("pdf", page="A4", tile=True, poster="A0")))
    (expected,) = poppler(whole)
    first, *sheets = poppler(cut)
    assert (first < 250).sum() > 1_000  # the map shows the diagram
    size = (1189 * MM, 841 * MM)
    ways = [paper("A4", TALL, "portrait"), paper("A4", TALL, "landscape")]
    page = min(ways, key=lambda way: len(tiles(*size, way, 10 * MM)))
    made: Pixels = np.full(expected.shape, 255.0)
    unit = DPI / 96
    for tile, pixels in zip(tiles(*size, page, 10 * MM), sheets, strict=True):
        left, top = round(page.margin * unit), round(page.margin * unit)
        x, y = round(tile.x * unit), round(tile.y * unit)
        w, h = min(round(tile.w * unit), made.shape[1] - x), min(round(tile.h * unit), made.shape[0] - y)
        made[y : y + h, x : x + w] = pixels[top : top + h, left : left + w]
    blur = _blurred(made), _blurred(expected)
    assert (np.abs(blur[0] - blur[1]) > 16).mean() <= 0.005


def test_a_sheet_of_a_poster_draws_no_more_than_may_be_seen_on_it(monkeypatch):
    drawn: list[int] = []
    monkeypatch.setattr(pdf, "paint_once", lambda _painter, ops: drawn.append(len(ops)))
    render_bytes(bow_tie(), None, ExportOptions("pdf", page="A0"))
    (whole,) = drawn
    drawn.clear()
    render_bytes(bow_tie(), None, ExportOptions("pdf", page="A4", tile=True, poster="A0"))
    assert len(drawn) > 40  # the map, and on each sheet the figure and its marks
    assert sum(drawn) < 5 * whole


def _blurred(pixels: Pixels) -> Pixels:
    """Averages of 3 x 3: a sheet's own grid of pixels may lie half a pixel off that of the whole."""
    padded = np.pad(pixels, 1, mode="edge")
    rows, columns = pixels.shape
    total = np.zeros_like(pixels)
    for i in range(3):
        for j in range(3):
            total += padded[i : i + rows, j : j + columns]
    return total / 9


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (ExportOptions("pdf", page="A9"), "no page size 'A9'; the sizes are: A0, A1"),
        (ExportOptions("pdf", page="A4", margin=-1), "from 0 to 50 mm"),
        (ExportOptions("pdf", page="A4", tile=True, overlap=99), "from 0 to 50 mm"),
        (ExportOptions("pdf", page="A5", tile=True, margin=50, overlap=50), "less than 10 mm"),
        (ExportOptions("pdf", page="A5", tile=True, poster="A0", margin=40, overlap=50), "more than 400"),
        (ExportOptions("pdf", page="A4", width=800), "leave out one of them"),
        (ExportOptions("pdf", tile=True), "add --page A4"),
        (ExportOptions("png", page="A4", tile=True), "leave it out with .png"),
        (ExportOptions("pdf", page="A4", poster="A0"), "add --tile"),
        (ExportOptions("pdf", page="A4", orientation="sideways"), "portrait, landscape or auto"),  # type: ignore[arg-type] # what is refused
    ],
)
def test_what_cannot_be_printed_is_told(options, told):
    with pytest.raises(ExportError, match=re.escape(told)):
        render_bytes(bow_tie(), None, options)


def test_the_command_takes_paper_and_posters(tmp_path):
    out = tmp_path / "poster.pdf"
    asked = ["--diagram", "1", "--page", "A4", "--tile", "--poster", "A2"]
    assert run(["export", str(sample("autonomous-mower.hazard.json")), "-o", str(out), *asked]) == 0
    assert len(pages_of(out.read_bytes())) == 1 + 8
