import struct

import pytest
from PySide6.QtGui import QImage

from tests.unit.export.figures import bow_tie, titled
from workbench.export.api import render_bytes, render_image
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause
from workbench.store.store import Store


def chunks(data: bytes) -> dict[bytes, bytes]:
    at, found = 8, dict[bytes, bytes]()
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        found.setdefault(kind, data[at + 8 : at + 8 + length])
        at += 12 + length
    return found


def header(data: bytes) -> tuple[int, int, int, tuple[int, int, int]]:
    """Width, height, kind of colour, and dots by metre with their unit."""
    parts = chunks(data)
    width, height, _, colour = struct.unpack_from(">IIBB", parts[b"IHDR"])
    across, down, unit = struct.unpack(">IIB", parts[b"pHYs"])
    return width, height, colour, (across, down, unit)


def test_dpi_gives_pixels_and_stands_in_the_file():
    low = header(render_bytes(bow_tie(), None, ExportOptions(dpi=96)))
    high = header(render_bytes(bow_tie(), None, ExportOptions(dpi=300)))
    assert low[3] == (3780, 3780, 1)
    assert high[3] == (11811, 11811, 1)
    assert abs(high[0] - low[0] * 300 / 96) <= 1
    assert abs(high[1] - low[1] * 300 / 96) <= 1


def test_resolution_is_double_where_nobody_asks():
    assert header(render_bytes(titled("A")))[3] == (7559, 7559, 1)


def test_width_is_the_width_in_pixels():
    width, height, _, dots = header(render_bytes(bow_tie(), None, ExportOptions(width=777)))
    whole = header(render_bytes(bow_tie(), None, ExportOptions(dpi=96)))
    assert width == 777
    assert abs(height - whole[1] * 777 / whole[0]) <= 1
    assert dots[0] == round(96 * 777 / whole[0] / 0.0254)


def test_width_and_dpi_together_give_the_size_on_paper():
    width, _, _, dots = header(render_bytes(bow_tie(), None, ExportOptions(width=800, dpi=600)))
    assert (width, dots[0]) == (800, 23622)


def test_corners_are_transparent_only_where_asked():
    clear = QImage.fromData(render_bytes(bow_tie(), None, ExportOptions(dpi=96, transparent=True)))
    opaque = QImage.fromData(render_bytes(bow_tie(), None, ExportOptions(dpi=96)))
    for x, y in ((0, 0), (clear.width() - 1, 0), (0, clear.height() - 1), (clear.width() - 1, clear.height() - 1)):
        assert clear.pixelColor(x, y).alpha() == 0
        assert opaque.pixelColor(x, y).name() == "#ffffff"
    assert not opaque.hasAlphaChannel()


def test_nothing_but_the_picture_stands_in_the_file():
    assert set(chunks(render_bytes(bow_tie()))) <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}


def wide_store(width: float) -> Store:
    causes = [Cause(id="a", title="A"), Cause(id="b", title="B")]
    places = [Placement.at("d", "a", 0, 0), Placement.at("d", "b", width, 0)]
    return Store([Diagram(id="d"), *causes, *places])


def test_too_large_says_the_largest_that_works():
    store = wide_store(50_000)
    with pytest.raises(ExportError, match=r"too large; the largest for this diagram is --width (\d+) or --dpi (\d+)"):
        render_bytes(store, None, ExportOptions(dpi=300))
    with pytest.raises(ExportError, match="from 16 to 20000"):
        render_bytes(store, None, ExportOptions(width=1_000_000))
    image = render_image(store, None, ExportOptions(width=20_000, furniture=False))
    assert image.width() == 20_000


def test_a_huge_diagram_is_drawn_smaller_where_nobody_asks():
    image = render_image(wide_store(200_000))
    assert 10_000 < image.width() <= 20_000


def test_too_tall_is_refused_too():
    store = Store(
        [
            Diagram(id="d"),
            *(Cause(id=f"c{n}") for n in range(2)),
            *(Placement.at("d", f"c{n}", 0, n * 90_000) for n in range(2)),
        ]
    )
    with pytest.raises(ExportError, match="--width"):
        render_bytes(store, None, ExportOptions(width=2_000))
