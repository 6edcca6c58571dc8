"""The same project gives the same bytes: in another process, hash seed, time zone, language, and later."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.export.figures import bow_tie
from workbench.export.api import render_bytes
from workbench.export.options import FORMATS, ExportOptions

SCRIPT = """
import hashlib
from tests.unit.export.figures import bow_tie, titled
from workbench.export.api import export_file, render_bytes
from workbench.export.options import ExportOptions
from pathlib import Path
import sys
for format in ("png", "svg", "pdf"):
    for store in (bow_tie(sheets=2), titled("漢字", "שלום", "é ﬁ 🙂", "Ω β")):
        print(hashlib.sha256(render_bytes(store, None, ExportOptions(format, dpi=96))).hexdigest())
target = Path(sys.argv[1])
print(hashlib.sha256(export_file(bow_tie(sheets=3), target).path.read_bytes()).hexdigest())
"""


def hashes(tmp_path: Path, **environment: str) -> list[str]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    env.pop("QT_HASH_SEED", None)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "a.pdf")],
        capture_output=True,
        check=True,
        text=True,
        env=env,
    )
    return done.stdout.split()


def test_bytes_do_not_depend_on_process_seed_zone_or_language(tmp_path):
    first = hashes(tmp_path, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C", LANG="C")
    second = hashes(tmp_path, PYTHONHASHSEED="2", TZ="Asia/Kolkata", LC_ALL="de_DE.UTF-8", LANG="de_DE.UTF-8")
    third = hashes(tmp_path, PYTHONHASHSEED="3", TZ="America/St_Johns", LC_ALL="ar_EG.UTF-8", LANG="ar_EG.UTF-8")
    assert len(first) == 7
    assert first == second == third


@pytest.mark.parametrize("format", FORMATS)
def test_bytes_do_not_depend_on_what_was_drawn_before(format):
    options = ExportOptions(format, dpi=96)
    before = hashlib.sha256(render_bytes(bow_tie(), None, options)).digest()
    render_bytes(bow_tie("Another title, other words"), None, ExportOptions("pdf", theme="dark"))
    assert hashlib.sha256(render_bytes(bow_tie(), None, options)).digest() == before


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_records_in_the_document_does_not_matter(format):
    store, other = bow_tie(), bow_tie()
    with other.transaction("out and in again") as tx:
        record = tx.get("ev-c1")
        assert record is not None
        tx.remove("ev-c1")
        tx.put(record)
    options = ExportOptions(format, dpi=96)
    assert render_bytes(store, None, options) == render_bytes(other, None, options)
