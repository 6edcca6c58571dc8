"""What poppler reads out of an exported PDF: lines and letters alone, and every label as it was typed.

Read in the order of the file (``-raw``). Without it poppler orders a line by itself, from the left wherever most of the
page is written so, and no file can say otherwise.
"""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests.unit.export.figures import titled
from workbench.cli.opening import open_for_reading
from workbench.export.api import chosen_diagrams, render_bytes, sheets_of
from workbench.export.options import ExportOptions
from workbench.paths import data_root
from workbench.render.ops import TextOp, flatten
from workbench.store.store import Store

SAMPLES = sorted((data_root() / "samples").glob("*.hazard.json"))
LABELS = (
    "حادث في النظام الحرج",
    "数据泄露风险分析与控制",
    "日本語のハザード",
    "Ünïcödé ﬁne office",
    "Mixed حادث text 42",
    "حادث then English words",
    "حادث 42 في النظام",
    "نموذج GPT-4 يفشل",
    "(حادث) [النظام]",
    "חזרה (לאחור) שלום",
    "שלום world שלום",
    "حادث 12:30 و 3.5%",
    "abc حادث، نظام def",
    "42 حادث",
    "حادث A b C نظام D",
)
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")


def plain(text: str) -> str:
    """After NFKC, without blanks and without the marks that turn the direction of writing."""
    return re.sub(r"[\s\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]+", "", unicodedata.normalize("NFKC", text))


def read(store: Store, diagram: str, folder: Path) -> str:
    path = folder / "a.pdf"
    path.write_bytes(render_bytes(store, diagram, ExportOptions("pdf")))
    listed = subprocess.run(["pdfimages", "-list", str(path)], capture_output=True, text=True, check=True).stdout
    assert len(listed.splitlines()) == 2, listed  # its heading alone
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout


@needs_poppler
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_word_of_every_diagram_is_read_and_nothing_is_pixels(qapp, tmp_path, path):
    store = open_for_reading(str(path)).store
    for diagram in chosen_diagrams(store, None, every=True):
        (sheet,) = sheets_of(store, [diagram], ExportOptions("pdf"))
        text = plain(read(store, diagram.id, tmp_path))
        for op, _, _ in flatten(sheet.ops):
            if isinstance(op, TextOp):
                assert plain(op.text) in text, op.text


@needs_poppler
@pytest.mark.parametrize("label", LABELS)
def test_labels_of_other_scripts_are_read_as_they_were_typed(qapp, tmp_path, label):
    store = titled(label)
    diagram = chosen_diagrams(store, None, every=False)[0]
    assert plain(label) in plain(read(store, diagram.id, tmp_path))
