"""How long Word documents take, beside the same put together by the library's own means.

Times are processor time of one run on one computer, so that a slow or busy one changes both alike.
"""

from collections.abc import Callable
from time import process_time

import pytest

from workbench.export.docx_parts import Body, Box, run

docx = pytest.importorskip("docx")
ROWS, COLUMNS, PARAGRAPHS = 24, 8, 100


def least(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        begin = process_time()
        work()
        best = min(best, process_time() - begin)
    return best


def by_the_library() -> None:
    document = docx.Document()
    table = document.add_table(rows=ROWS, cols=COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            table.cell(row, column).paragraphs[0].add_run("Some words").bold = True
    for _ in range(PARAGRAPHS):
        document.add_paragraph("Some words", style="List Bullet")


def by_us(times: int = 1) -> Callable[[], None]:
    def work() -> None:
        body = Body(docx.Document())
        for _ in range(times):
            row = [Box(("Some words",), bold=True)] * COLUMNS
            for _ in body.table([20.0] * COLUMNS, [row] * ROWS, 9.0):
                pass
            for _ in range(PARAGRAPHS):
                body.paragraph(run("Some words"), style="List Bullet")

    return work


def test_a_document_is_written_many_times_as_fast_as_element_by_element() -> None:
    assert least(by_the_library) >= 5 * least(by_us())


def test_ten_times_as_much_takes_about_ten_times_as_long() -> None:
    few, many = least(by_us(20)), least(by_us(200))
    assert many <= 20 * few
