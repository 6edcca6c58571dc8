"""Slides and documents as LibreOffice opens them. Tried where it is installed (``soffice`` with Impress)."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped] # it brings none
import pytest

from workbench.cli.opening import open_for_reading
from workbench.export.deck import deck_bytes
from workbench.export.facts import diagrams_in_order
from workbench.export.slides import slides_bytes
from workbench.paths import data_root
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure

SAMPLES = sorted((data_root() / "samples").glob("*.hazard.json"))
needs_impress = pytest.mark.skipif(
    not any(Path("/usr/lib/libreoffice/program").glob("libsdlo.so")) or shutil.which("soffice") is None,
    reason="LibreOffice Impress is not installed",
)


def as_pdf(data: bytes, name: str, folder: Path) -> pypdfium2.PdfDocument:
    path = folder / name
    path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return pypdfium2.PdfDocument(io.BytesIO(path.with_suffix(".pdf").read_bytes()))


def plain(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe-]+", "", text)


@needs_impress
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_libreoffice_shows_every_slide_with_every_title(qapp, tmp_path, path):
    store = open_for_reading(str(path)).store
    sheets = diagrams_in_order(store)
    shown = as_pdf(slides_bytes(store, sheets), "slides.pptx", tmp_path)
    assert len(shown) == len(sheets)
    for page, diagram in zip(shown, sheets, strict=True):
        text = plain(page.get_textpage().get_text_range())
        picture = PictureBuilder(store, diagram.id, qt_measure(), None).picture
        for title in [node.title for node in picture.nodes.values()] + [bar.title for bar in picture.bars.values()]:
            assert plain(title) in text, title


@needs_impress
def test_libreoffice_shows_the_deck_of_a_route(qapp, tmp_path):
    store = open_for_reading(str(data_root() / "samples" / "code-synthesis-llm.hazard.json")).store
    shown = as_pdf(deck_bytes(store, "pptx"), "deck.pptx", tmp_path)
    ours = pypdfium2.PdfDocument(io.BytesIO(deck_bytes(store, "pdf")))
    assert len(shown) == len(ours) > 1
