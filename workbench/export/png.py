"""Draws a figure into an image and writes it as PNG: the same pixels and bytes for the same figure."""

from itertools import islice
from math import ceil, floor, sqrt
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from workbench.export.errors import ExportError
from workbench.export.gui import here
from workbench.export.options import MAX_PIXELS, MAX_SIDE, ExportOptions
from workbench.export.paper import Leaf, leaf_of
from workbench.export.sheet import Sheet
from workbench.export.steps import Aside, Steps, between, finished
from workbench.render.ops import Group, flatten
from workbench.render.paint import paint_once

SCENE_DPI: Final = 96.0
DEFAULT_DPI: Final = 192.0
_PIXELS_UNASKED: Final = 40_000_000
"""A picture whose resolution nobody chose stays below this: it takes about three seconds."""
_COMPRESSION: Final = 30
"""0.7 times the time of Qt's own choice for 6 % more bytes."""
_INCH: Final = 0.0254
_DRAWN: Final = 0.8
"""Share of the work that goes into the image; the rest packs it."""
_AT_ONCE: Final = 400
"""Ops drawn between two looks at whether the picture is still wanted."""


def write_png(sheet: Sheet, options: ExportOptions) -> bytes:
    """The PNG file of a figure.

    Raises:
        ExportError: the picture would be larger than allowed, or there is not enough memory.
    """
    return finished(png_steps(sheet, options))


def png_steps(sheet: Sheet, options: ExportOptions, *, aside: Aside = here) -> Steps[bytes]:
    """The same step by step.

    Args:
        aside: where the image is packed.

    Raises:
        ExportError: as ``write_png``.
    """
    image = yield from between(0.0, _DRAWN, image_steps(sheet, options))
    return (yield from aside(lambda _measure: _packed(image)))


def _packed(image: QImage) -> Steps[bytes]:
    yield _DRAWN
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setCompression(_COMPRESSION)
    if not writer.write(image):
        raise ExportError(f"the picture could not be written as PNG ({writer.errorString()}); try a smaller --width.")
    return bytes(buffer.data().data())


def draw_image(sheet: Sheet, options: ExportOptions) -> QImage:
    """The figure as an image, without colour profile or text in it.

    Raises:
        ExportError: it would be larger than allowed, or there is not enough memory.
    """
    return finished(image_steps(sheet, options))


def image_steps(sheet: Sheet, options: ExportOptions) -> Steps[QImage]:
    """The same, some of the figure a step.

    Raises:
        ExportError: as ``draw_image``.
    """
    leaf = leaf_of(sheet, options)
    scale = _scale(leaf, options)
    if options.width is not None:
        width, height = round(options.width), max(1, round(leaf.height))
    else:
        width, height = ceil(leaf.width * scale - 1e-6), ceil(leaf.height * scale - 1e-6)
    _check_size(leaf, width, height)
    kind = QImage.Format.Format_ARGB32_Premultiplied if options.transparent else QImage.Format.Format_RGB32
    image = QImage(width, height, kind)
    if image.isNull():
        raise ExportError(f"there is not enough memory for {width} × {height} pixels; give a smaller --width or --dpi.")
    image.fill(Qt.GlobalColor.transparent if options.transparent else QColor(sheet.canvas))
    dots = round((options.dpi or scale * leaf.scale * SCENE_DPI) / _INCH)
    if options.page:
        dots = round(scale * SCENE_DPI / _INCH)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(leaf.x, leaf.y)
    painter.scale(leaf.scale, leaf.scale)
    try:
        count = sum(1 for _ in flatten(sheet.ops))
        ops = (Group((op,), dx=dx, dy=dy) for op, dx, dy in flatten(sheet.ops))
        for done in range(0, count, _AT_ONCE):
            yield done / count
            painter.save()
            paint_once(painter, islice(ops, _AT_ONCE))
            painter.restore()
    finally:
        painter.end()
    return image


def _scale(leaf: Leaf, options: ExportOptions) -> float:
    """Pixels by unit of the page."""
    if options.width is not None:
        return 1.0
    if options.dpi is not None:
        return options.dpi / SCENE_DPI
    return min(
        DEFAULT_DPI / SCENE_DPI,
        MAX_SIDE / max(leaf.width, leaf.height),
        sqrt(_PIXELS_UNASKED / (leaf.width * leaf.height)),
    )


def _check_size(leaf: Leaf, width: int, height: int) -> None:
    if max(width, height) <= MAX_SIDE and width * height <= MAX_PIXELS:
        return
    largest = min(MAX_SIDE / max(leaf.width, leaf.height), sqrt(MAX_PIXELS / (leaf.width * leaf.height)))
    raise ExportError(
        f"a picture of {width} × {height} pixels is too large; the largest for this diagram is "
        f"--width {floor(leaf.width * largest)} or --dpi {floor(largest * SCENE_DPI)}; svg and pdf have no such limit."
    )
