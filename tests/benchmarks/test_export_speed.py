"""Time of exports of the large project beside a plain loop that puts as many things into the same kind of file.

Run with ``--benchmark-enable`` for the whole project of 10,000 elements; without it a tenth of it is drawn. Times are
processor time of one run, so that other work on the machine counts little.
"""

import json
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPdfWriter

from tests.generator import make_project
from workbench.export.api import render_bytes, render_image
from workbench.export.facts import facts_for
from workbench.export.options import FORMATS, ExportOptions, Format
from workbench.export.sheet import Sheet, sheet_for
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.fonts import canvas_font, qt_measure
from workbench.render.ops import TextOp, flatten
from workbench.render.theme import load_theme
from workbench.store.store import Store

MOST: dict[Format, float] = {"svg": 16.0, "pdf": 6.0, "png": 5.0}
"""Times the plain loop; the export also builds the picture from the document and wraps every title."""


def cpu(work: Callable[[], Any]) -> float:
    begin = process_time()
    work()
    return process_time() - begin


def plain_svg(sheet: Sheet) -> bytes:
    lines = []
    for op, dx, dy in flatten(sheet.ops):
        text = op.text if isinstance(op, TextOp) else ""
        lines.append(f'<text x="{dx:.2f}" y="{dy:.2f}" width="{dx:.2f}" fill="#000000">{text}</text>\n')
    return "".join(lines).encode()


def plain_painting(painter: QPainter, sheet: Sheet) -> None:
    """A rectangle for each shape, and each line of text."""
    for op, dx, dy in flatten(sheet.ops):
        if isinstance(op, TextOp):
            painter.setFont(canvas_font(op.size, op.weight))
            painter.drawText(QPointF(dx + op.x, dy + op.y), op.text)
        else:
            painter.drawRect(QRectF(dx, dy, 20.0, 10.0))
    painter.end()


def plain_pdf(sheet: Sheet) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.scale(0.1, 0.1)
    plain_painting(painter, sheet)


def plain_png(sheet: Sheet, width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(width / sheet.width, width / sheet.width)
    plain_painting(painter, sheet)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]


@pytest.mark.parametrize("format", FORMATS)
def test_a_large_diagram_is_exported_in_seconds(qapp, request, format):
    whole = request.config.getoption("benchmark_enable")
    project = Store(make_project(10_000 if whole else 1_000))
    diagram = next(project.all(Diagram))
    options = ExportOptions(format)
    measure = qt_measure()
    picture = PictureBuilder(project, diagram.id, measure).picture
    sheet = sheet_for(picture, facts_for(project, diagram, options), load_theme("print"), measure)
    baselines: dict[Format, Callable[[], Any]] = {"svg": lambda: plain_svg(sheet), "pdf": lambda: plain_pdf(sheet)}
    if format == "png":
        image = render_image(project, None, options)
        width, height = image.width(), image.height()
        del image
        baselines["png"] = lambda: plain_png(sheet, width, height)
    plain = min(cpu(baselines[format]) for _ in range(2))
    spent = min(cpu(lambda: render_bytes(project, None, options)) for _ in range(2))
    print(json.dumps({"format": format, "cpu_s": round(spent, 2), "plain_s": round(plain, 2), "whole": whole}))  # noqa: T201 - the numbers of a benchmark are its output
    assert spent <= MOST[format] * plain
