"""Exported drawings as other programs show them, against our own picture. Each is tried where it is installed.

``resvg_py`` and ``cairosvg`` come by pip, librsvg's ``rsvg-convert`` and Chromium from the system. Letters are drawn as
outlines, since none of them has the program's font; the drawing with text as text is compared by its boxes alone.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np  # noqa: TID253 - pixels are compared here
import pytest
from PySide6.QtGui import QImage

from workbench.cli.opening import open_for_reading
from workbench.export.api import render_bytes
from workbench.export.facts import diagrams_in_order
from workbench.export.options import ExportOptions
from workbench.paths import data_root

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
SAMPLES = sorted((data_root() / "samples").glob("*.hazard.json"))
WIDTH = 1200


def pixels_of(path: Path) -> Pixels:
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    assert not image.isNull(), path
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(float)


def blurred(pixels: Pixels, radius: int = 2) -> Pixels:
    total = np.zeros_like(pixels)
    side = 2 * radius + 1
    padded = np.pad(pixels, ((radius, radius), (radius, radius), (0, 0)), mode="edge")
    for i in range(side):
        for j in range(side):
            total += padded[i : i + pixels.shape[0], j : j + pixels.shape[1]]
    return total / side**2


def ink_box(pixels: Pixels) -> tuple[int, int, int, int]:
    """The rectangle around everything that is not the ground."""
    ink = np.argwhere(np.abs(pixels - pixels[0, 0]).max(axis=2) > 24)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    return int(left), int(top), int(right), int(bottom)


def resvg(svg: Path, png: Path) -> None:
    import resvg_py  # type: ignore[import-not-found,unused-ignore] # not among what tests need

    png.write_bytes(bytes(resvg_py.svg_to_bytes(svg_path=str(svg), width=WIDTH)))


def cairo(svg: Path, png: Path) -> None:
    import cairosvg  # type: ignore[import-not-found,import-untyped,unused-ignore] # as above

    cairosvg.svg2png(url=str(svg), write_to=str(png), output_width=WIDTH)


def librsvg(svg: Path, png: Path) -> None:
    subprocess.run(["rsvg-convert", "-w", str(WIDTH), "-o", str(png), str(svg)], check=True)


def chromium(svg: Path, png: Path) -> None:
    height = round(WIDTH * 1.5)
    asked = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--screenshot={png}"]
    command = ["chromium", *asked, f"--window-size={WIDTH},{height}", svg.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def missing(module: str = "", program: str = "") -> pytest.MarkDecorator:
    gone = importlib.util.find_spec(module) is None if module else shutil.which(program) is None
    return pytest.mark.skipif(gone, reason=f"{module or program} is not installed")


RENDERERS = [
    pytest.param(resvg, marks=missing("resvg_py")),
    pytest.param(cairo, marks=missing("cairosvg")),
    pytest.param(librsvg, marks=missing(program="rsvg-convert")),
    pytest.param(chromium, marks=missing(program="chromium")),
]


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_other_programs_show_the_same_drawing(qapp, tmp_path, path, render: Callable[[Path, Path], None]):
    store = open_for_reading(str(path)).store
    diagram = diagrams_in_order(store)[0].id
    svg, png, ours = tmp_path / "a.svg", tmp_path / "theirs.png", tmp_path / "ours.png"
    svg.write_bytes(render_bytes(store, diagram, ExportOptions("svg", width=WIDTH, outlines=True)))
    ours.write_bytes(render_bytes(store, diagram, ExportOptions("png", width=WIDTH)))
    render(svg, png)
    mine, theirs = pixels_of(ours), pixels_of(png)
    theirs = theirs[: mine.shape[0]]
    assert theirs.shape == mine.shape
    assert np.abs(np.subtract(ink_box(theirs), ink_box(mine))).max() <= 2
    assert np.abs(blurred(theirs) - blurred(mine)).mean() / 255 <= 0.03


@pytest.mark.parametrize("render", RENDERERS)
def test_boxes_stand_in_the_same_place_where_text_is_text(qapp, tmp_path, render: Callable[[Path, Path], None]):
    store = open_for_reading(str(SAMPLES[0])).store
    diagram = diagrams_in_order(store)[0].id
    svg, png, ours = tmp_path / "a.svg", tmp_path / "theirs.png", tmp_path / "ours.png"
    svg.write_bytes(render_bytes(store, diagram, ExportOptions("svg", width=WIDTH)))
    ours.write_bytes(render_bytes(store, diagram, ExportOptions("png", width=WIDTH)))
    render(svg, png)
    mine, theirs = pixels_of(ours), pixels_of(png)[: pixels_of(ours).shape[0]]
    frame = [np.abs(np.subtract(a, b)) for a, b in zip(ink_box(theirs)[:2], ink_box(mine)[:2], strict=True)]
    assert max(frame) <= 4
    assert np.abs(blurred(theirs) - blurred(mine)).mean() / 255 <= 0.03
