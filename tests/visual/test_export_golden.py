"""The figure of a known project, as text: a change of the picture shows as a change of lines.

After a change that is meant, look at the new picture, then write it down with
``HAZARD_WRITE_GOLDEN=1 pytest tests/visual/test_export_golden.py``.
"""

import os
import re
from pathlib import Path

import pytest

from tests.unit.export.figures import bow_tie, empty
from workbench.export.api import render_bytes
from workbench.export.options import ExportOptions
from workbench.render.fonts import load_fonts

FOLDER = Path(__file__).parent / "export"
CASES = {"bow-tie": bow_tie, "empty": empty}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def numbers(line: str) -> list[float]:
    return [float(value) for value in _NUMBER.findall(line)]


@pytest.mark.parametrize("name", CASES)
def test_figure_is_the_one_written_down(qapp, name):
    if not load_fonts():
        pytest.skip("the packaged typeface is missing, so that text measures otherwise")
    text = render_bytes(CASES[name](), None, ExportOptions("svg")).decode()
    path = FOLDER / f"{name}.svg"
    if os.environ.get("HAZARD_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    golden = path.read_text(encoding="utf-8").splitlines()
    drawn = text.splitlines()
    assert [_NUMBER.sub("0", line) for line in drawn] == [_NUMBER.sub("0", line) for line in golden]
    for line, expected in zip(drawn, golden, strict=True):
        assert numbers(line) == pytest.approx(numbers(expected), abs=0.06), line
