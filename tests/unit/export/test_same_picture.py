"""PNG, SVG and PDF show one picture: each is drawn by an independent program and compared at low resolution."""

import os
import shutil
import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.unit.export.figures import bow_tie
from workbench.export.api import export_file, render_image
from workbench.export.options import ExportOptions
from workbench.render.fonts import font_folder

WIDTH = 300
GREY = QImage.Format.Format_Grayscale8


def small(image: QImage) -> QImage:
    height = round(image.height() * WIDTH / image.width())
    mode = Qt.TransformationMode.SmoothTransformation
    return image.scaled(WIDTH, height, Qt.AspectRatioMode.IgnoreAspectRatio, mode).convertToFormat(GREY)


def differences(one: QImage, other: QImage) -> tuple[float, float]:
    """Mean difference of grey, 0 to 255, and the share of points that differ by more than a quarter of the range."""
    assert abs(one.height() - other.height()) <= 1
    pairs = [
        abs(one.pixelColor(x, y).red() - other.pixelColor(x, y).red())
        for y in range(min(one.height(), other.height()))
        for x in range(WIDTH)
    ]
    return sum(pairs) / len(pairs), sum(d > 64 for d in pairs) / len(pairs)


def tool(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} ({package}) is not installed")
    return path


@pytest.fixture
def font_environment(tmp_path):
    """The packaged typeface, for programs that look for fonts on the system."""
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{font_folder()}</dir></fontconfig>'
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config), "XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.mark.parametrize("theme", ["print", "dark"])
def test_svg_by_librsvg(tmp_path, font_environment, theme):
    rsvg = tool("rsvg-convert", "librsvg2-bin")
    options = ExportOptions(theme=theme, dpi=192)
    svg = export_file(bow_tie(), tmp_path / "a.svg", options=options).path
    subprocess.run([rsvg, "-z", "2", str(svg), "-o", str(tmp_path / "a.png")], check=True, env=font_environment)
    mean, far = differences(small(render_image(bow_tie(), None, options)), small(QImage(str(tmp_path / "a.png"))))
    assert mean < 1.5
    assert far < 0.002


@pytest.mark.parametrize("theme", ["print", "dark"])
def test_pdf_by_poppler(tmp_path, theme):
    poppler = tool("pdftoppm", "poppler-utils")
    options = ExportOptions(theme=theme, dpi=192)
    pdf = export_file(bow_tie(), tmp_path / "a.pdf", options=options).path
    subprocess.run([poppler, "-r", "192", "-png", "-singlefile", str(pdf), str(tmp_path / "a")], check=True)
    mean, far = differences(small(render_image(bow_tie(), None, options)), small(QImage(str(tmp_path / "a.png"))))
    assert mean < 3  # poppler draws text a little bolder
    assert far < 0.002


def test_a_missing_control_would_be_noticed():
    whole, less = bow_tie(), bow_tie()
    with less.transaction("one less") as tx:
        tx.remove("g-c2-template")
    options = ExportOptions(dpi=192, furniture=False)
    mean, far = differences(small(render_image(whole, None, options)), small(render_image(less, None, options)))
    assert far > 0.0005
    assert mean > 0
