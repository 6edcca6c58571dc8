"""Lines written from the right stand in a PDF in the order in which they are read."""

import re
import zlib

import numpy as np  # noqa: TID253 - pixels are compared here
import pypdfium2  # type: ignore[import-untyped] # it brings none
import pytest

from tests.unit.export.figures import titled
from workbench.export import pdf_file
from workbench.export.api import render_bytes
from workbench.export.options import ExportOptions
from workbench.export.pdf_reading import in_reading_order, is_turned, mark

TITLES = (
    "\u062d\u0627\u062f\u062b then English",
    "\u05d7\u05d6\u05e8\u05d4 (\u05dc\u05d0\u05d7\u05d5\u05e8) \u05e9\u05dc\u05d5\u05dd",
    "42 \u062d\u0627\u062f\u062b 3.5%",
)


def streams(data: bytes) -> bytes:
    """What the pages and tables of a file hold."""
    found = re.findall(rb"stream\n(.*?)\nendstream", data, flags=re.DOTALL)
    return b"".join(zlib.decompress(one) for one in found if one[:1] == b"\x78")


def pixels(data: bytes):
    return np.asarray(pypdfium2.PdfDocument(data)[0].render(scale=2).to_numpy())


def test_what_is_written_from_the_right():
    assert not is_turned("Mixed text, \u6f22\u5b57 42")
    assert is_turned("a \u0645 b")
    assert is_turned("\u05e9")


def test_nothing_looks_otherwise_and_no_mark_is_left(qapp, monkeypatch):
    options = ExportOptions("pdf")
    sorted_ = render_bytes(titled(*TITLES), None, options)
    assert b"-77777" not in streams(sorted_)
    assert streams(sorted_).count(b"/ActualText") == 2
    monkeypatch.setattr(pdf_file, "in_reading_order", lambda _objects, _lines: None)
    as_drawn = render_bytes(titled(*TITLES), None, options)
    assert b"-77777" in streams(as_drawn)
    assert np.array_equal(pixels(sorted_), pixels(as_drawn))


def test_a_page_without_such_lines_is_as_qt_wrote_it(qapp, monkeypatch):
    options = ExportOptions("pdf")
    data = render_bytes(titled("Plain", "\u6f22\u5b57"), None, options)
    monkeypatch.setattr(pdf_file, "in_reading_order", lambda _objects, _lines: None)
    assert render_bytes(titled("Plain", "\u6f22\u5b57"), None, options) == data


def run(font: str, *glyphs: str) -> bytes:
    drawn = "".join(f"1 0 Td <{glyph}> Tj\n" for glyph in glyphs)
    return f"q\n0 0 0 scn\nBT\n/{font} 14 Tf 1 0 0 -1 0 0 Tm\n{drawn}ET\nQ\n".encode()


def marked(number: int, *runs: bytes) -> bytes:
    def sign(end: bool) -> bytes:
        return b"%d %d %d %d re\nf\n" % mark(number, end=end)

    return sign(False) + b"1 w\n" + b"".join(runs) + b"Q\n" + sign(True)


def sorted_page(code: bytes, *lines: str) -> bytes:
    table = b"1 beginbfrange\n<0001> <0005> [<0061> <0062> <05D0> <0029> <0009> ]\nendbfrange"
    objects = {
        1: b"<< /Type /Page\n/Contents 2 0 R\n/Resources 3 0 R >>",
        2: b"<< /Length 9 0 R >>\nstream\n" + zlib.compress(code) + b"\nendstream",
        3: b"<< /Font <<\n/F1 4 0 R\n>> >>",
        4: b"<< /Type /Font /ToUnicode 5 0 R >>",
        5: b"<< /Length 1 >>\nstream\n" + table + b"\nendstream",
    }
    in_reading_order(objects, lines)
    return zlib.decompress(objects[2].split(b"stream\n", 1)[1].removesuffix(b"\nendstream"))


def test_runs_are_sorted_by_the_text_and_blank_ones_come_last():
    a, b, blank = run("F1", "0001"), run("F1", "0003", "0003"), run("F1", "0005")
    assert sorted_page(marked(0, a, blank, b), "\u05d0\u05d0 a") == b"1 w\n" + b + a + blank + b"Q\n"


def test_a_mirrored_sign_says_what_it_means():
    code = sorted_page(marked(0, run("F1", "0003", "0004")), "\u05d0(")
    assert b"/Span <</ActualText <FEFF0028>>> BDC\n<0004> Tj\nEMC" in code
    assert code.count(b"BDC") == 1


@pytest.mark.parametrize("text", ["another text", "\u05d0b", ""])
def test_runs_that_do_not_give_the_text_stay_as_they_are(text):
    runs = (run("F1", "0001"), run("F1", "0003"))
    assert sorted_page(marked(0, *runs), text) == b"1 w\n" + b"".join(runs) + b"Q\n"


def test_many_runs_alike_take_no_time():
    runs = [run("F1", "0003")] * 30 + [run("F1", "0001")]
    assert sorted_page(marked(0, *runs), "\u05d0" * 29 + "ab").count(b"Tj") == 31
