"""Painting: everything is drawn in every theme without a word from Qt, and pictures equal the painting."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.unit.render.support import DIAGRAM, project
from workbench.render.build import PictureBuilder
from workbench.render.fonts import canvas_font, load_fonts, qt_measure
from workbench.render.ops import Ellipse, Group, Lines, Op, PathOp, Polygon, RoundRect, TextOp, bounds, flatten
from workbench.render.paint import Compiled, compile_ops, paint, paint_once
from workbench.render.picture import DiagramPicture
from workbench.render.shapes import bar_ops, link_ops, node_ops
from workbench.render.sprites import Sprites
from workbench.render.theme import THEME_NAMES, Theme, ThemeName, load_theme

LEFT, TOP, WIDTH, HEIGHT = -570, -120, 1140, 760


@pytest.fixture
def picture(qtbot: QtBot) -> DiagramPicture:
    return PictureBuilder(project(), DIAGRAM, qt_measure()).picture


def compiled(
    picture: DiagramPicture, theme: Theme, *, cosmetic: bool = True
) -> Iterator[tuple[Compiled, float, float]]:
    measure = qt_measure()
    for link in picture.links.values():
        yield compile_ops(link_ops(link, theme), cosmetic=cosmetic), 0.0, 0.0
    for node in picture.nodes.values():
        yield compile_ops(node_ops(node, theme, measure), cosmetic=cosmetic), node.box.x, node.box.y
    for bar in picture.bars.values():
        yield compile_ops(bar_ops(bar, theme, measure), cosmetic=cosmetic), bar.x, bar.y


def canvas(theme: Theme) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(theme.surface.canvas))
    return image


def start(image: QImage, zoom: float = 1.0) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(zoom, zoom)
    painter.translate(-LEFT, -TOP)
    return painter


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(0, image.height(), 2)}


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_theme_paints_its_own_colours(name: ThemeName, picture: DiagramPicture) -> None:
    theme = load_theme(name)
    image = canvas(theme)
    painter = start(image)
    for item, x, y in compiled(picture, theme):
        paint(painter, item, x, y)
    assert painter.worldTransform().dx() == -LEFT
    painter.end()
    seen = colours(image)
    for kind in ("hazard", "top_event", "cause", "consequence", "preventive_control", "degradation_factor", "note"):
        assert theme.kind[kind].fill.upper() in seen, kind
    assert theme.kind.hazard.stripe_light.upper() in seen
    assert theme.canvas.edge.upper() in seen


def test_what_is_painted_first_does_not_change_what_follows(qtbot: QtBot) -> None:
    square = compile_ops([RoundRect(0, 0, 20, 20, fill="#FF0000")])
    before = compile_ops(
        [Polygon(((0, 0), (9, 0), (9, 9)), "#00FF00", "#0000FF"), TextOp(0, 9, "x", 14, 400, "#0000FF")]
    )
    images = []
    for items in ((square,), (before, square)):
        image = QImage(30, 30, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        for item in items:
            paint(painter, item)
        painter.end()
        images.append(image)
    assert images[0] == images[1]


def test_a_picture_taken_while_panning_equals_the_painting(picture: DiagramPicture) -> None:
    theme = load_theme("light")
    items = [item for item in compiled(picture, theme) if item[1] or item[2]]
    sprites = Sprites()
    images = []
    for _ in range(3):
        image = canvas(theme)
        painter = start(image)
        for item, x, y in items:
            sprites.paint(painter, item, x, y)
        painter.end()
        images.append(image)
    first, last = (
        images[0].convertToFormat(QImage.Format.Format_RGB32),
        images[2].convertToFormat(QImage.Format.Format_RGB32),
    )
    worst = max(abs(a - b) for a, b in zip(bytes(first.constBits()), bytes(last.constBits()), strict=True))
    assert worst <= 3


def test_pictures_are_few_enough_and_zooming_takes_none(picture: DiagramPicture) -> None:
    theme = load_theme("dark")
    items = [item for item in compiled(picture, theme) if item[1] or item[2]]
    sprites = Sprites(limit=200_000)
    for zoom in (1.0, 0.9, 0.8):
        image = canvas(theme)  # kept: a painter does not hold what it paints on
        painter = start(image, zoom)
        for item, x, y in items:
            sprites.paint(painter, item, x, y)
        painter.end()
        assert sprites.used == 0
    for _ in range(3):
        image = canvas(theme)
        painter = start(image)
        for item, x, y in items:
            sprites.paint(painter, item, x, y)
        painter.end()
    assert 0 < sprites.used <= 200_000


def test_hairlines_keep_their_width_on_screen_and_grow_in_files(qtbot: QtBot) -> None:
    line = [Lines(((0.0, 10.0, 60.0, 10.0),), "#000000")]
    dark = []
    for cosmetic in (True, False):
        image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        painter.scale(4, 4)
        paint(painter, compile_ops(line, cosmetic=cosmetic))
        painter.end()
        dark.append(sum(image.pixelColor(40, y).lightness() < 128 for y in range(100)))
    assert dark == [1, 4]


def test_markup_in_a_title_is_drawn_as_typed(qtbot: QtBot) -> None:
    images = []
    for text in ("<b>x</b>", "x"):
        image = QImage(90, 24, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        paint(painter, compile_ops([TextOp(2, 16, text, 14, 400, "#000000")]))
        painter.end()
        images.append(image)
    assert images[0] != images[1]


def test_text_is_measured_in_the_packaged_typeface_and_grows_evenly(qtbot: QtBot) -> None:
    assert load_fonts()
    assert canvas_font(14, 400).families()[0] == "Source Sans Pro"
    measure = qt_measure()
    small, large = (
        measure.width("Model reproduces patterns", 14, 400),
        measure.width("Model reproduces patterns", 28, 400),
    )
    assert large == pytest.approx(2 * small, rel=0.002)
    assert measure.width("Title", 14, 600) > measure.width("Title", 14, 400)
    assert measure.ascent(14, 400) > measure.descent(14, 400) > 0


def test_bounds_and_groups() -> None:
    ops: tuple[Op, ...] = (
        Group((Ellipse(0, 0, 5, 5), Group((PathOp((("M", 0, 0), ("L", 4, 4)), stroke="#000000"),), dx=10)), dx=100),
        Lines(((0.0, 0.0, 1.0, 1.0),), "#000000", width=2.0),
    )
    assert [(type(op).__name__, dx) for op, dx, _ in flatten(ops)] == [("Ellipse", 100), ("PathOp", 110), ("Lines", 0)]
    assert bounds(ops) == (-1.0, -5.0, 114.5, 5.0)
    assert bounds(()) == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize("zoom", [0.37, 1.0, 2.0])
def test_what_is_painted_once_looks_like_what_is_prepared(picture: DiagramPicture, zoom: float) -> None:
    theme, measure = load_theme("print"), qt_measure()
    ops: list[Op] = [Group(link_ops(link, theme)) for link in picture.links.values()]
    ops += [Group(node_ops(node, theme, measure), dx=node.box.x, dy=node.box.y) for node in picture.nodes.values()]
    ops += [Group(bar_ops(bar, theme, measure), dx=bar.x, dy=bar.y) for bar in picture.bars.values()]
    prepared, once = canvas(theme), canvas(theme)
    painter = start(prepared, zoom)
    paint(painter, compile_ops(ops, cosmetic=False))
    painter.end()
    painter = start(once, zoom)
    paint_once(painter, ops)
    painter.end()
    assert len(colours(once)) > 5
    assert once == prepared
