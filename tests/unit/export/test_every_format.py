"""Every export at once: what a person typed stays text, and the same project gives the same bytes."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2  # type: ignore[import-untyped] # it brings none
import pytest
from click import Choice
from click.testing import CliRunner
from typing_extensions import override

from tests.unit.export.every import JOBS, project, write_every
from workbench.cli.export import export
from workbench.files.project import save_project
from workbench.model.elements import Hazard

WORDS = {
    "markup": " <script>alert(1)</script><img src=x onerror=alert(2)> &amp; ]]> --> {{7*7}} \"'",
    "formula": "=cmd|'/c calc'!A0 +1 @SUM(1) -2 | `x` [l](javascript:alert(1)) \\ %s ${x}",
    "right to left": " \u202eevil\u202c \u2067x\u2069 \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "emoji": " \U0001f469\u200d\U0001f4bb \U0001f1e9\U0001f1ea \u26a0\ufe0f \u6f22\u5b57 e\u0301",
    "control": " a\x00b\x07c\x1bd\x7fe\x85f\u2028g\ufffeh\uffffi\tj\rk",
    "long": " " + "Z" * 10_000,
}
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
RUNS = re.compile(r"[\s\x00]*[=+\-@＝＋－＠]")


class Page(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.handlers += [
            value or "" for name, value in attrs if name in ("href", "src") and "javascript:" in (value or "")
        ]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def check_office(name: str, data: bytes) -> None:
    for member, part in members(data).items():
        if member.endswith((".xml", ".rels")):
            ET.fromstring(part)
            text = part.decode("utf-8")
            if not name.endswith(".xlsx"):  # a log in a sheet is read again as it was typed
                assert not HIDDEN.search(text), (name, member)
            assert "<f>" not in text, (name, member)
            assert not re.search(r'TargetMode="External"|w:instrText|<script', text), (name, member)
        assert "vba" not in member.lower()


def check_page(name: str, text: str) -> None:
    page = Page(text)
    assert not page.tags & {"script", "iframe", "object", "link", "base", "form"}, name
    assert page.handlers == [], name
    assert not HIDDEN.search(text), name


def check_file(name: str, data: bytes) -> None:
    ending = name.rsplit(".", 1)[1]
    if ending in ("docx", "pptx", "xlsx"):
        check_office(name, data)
    elif ending in ("svg", "drawio"):
        root = ET.fromstring(data)
        assert not any(one.tag.endswith(("script", "foreignObject")) for one in root.iter()), name
        assert not any(key.startswith("on") for one in root.iter() for key in one.attrib), name
        assert not HIDDEN.search(data.decode("utf-8")), name
    elif ending == "html":
        check_page(name, data.decode("utf-8"))
    elif ending == "pdf":
        outside = re.sub(rb"stream\n.*?\nendstream", b"", data, flags=re.DOTALL)
        assert not re.search(rb"/JS\b|/JavaScript|/Launch|/URI", outside), name
        assert len(pypdfium2.PdfDocument(data)) >= 1
    elif ending == "png":
        assert data.startswith(b"\x89PNG")
        assert len(data) > 1_000
    else:
        text = data.decode("utf-8-sig")
        if ending == "csv":  # goes round without loss, hence holds every character as typed; nothing is computed
            assert not any(RUNS.match(cell) for row in csv.reader(io.StringIO(text, newline="")) for cell in row), name
            return
        assert not HIDDEN.search(text), name
        if ending == "md":
            assert not re.search(r"(?<!\\)<(script|img)|(?<!\\)\]\(java", text), name


@pytest.mark.parametrize("kind", WORDS)
def test_whatever_is_typed_stays_text_in_every_format(qapp, tmp_path, kind):
    path = tmp_path / "project.hazard.json"
    save_project(project(WORDS[kind]), path)
    written = write_every(path, tmp_path / "out")
    assert set(JOBS) <= set(written)
    for name, data in written.items():
        check_file(name, data)
    if shutil.which("dot") is not None:
        command = ["dot", "-Tplain", str(tmp_path / "out" / "diagram.dot")]
        assert subprocess.run(command, capture_output=True, check=True).stdout.count(b"node") >= 4


def test_half_a_character_never_gets_into_a_project():
    with pytest.raises(ValueError, match="unicode"):
        Hazard(id="h", title="a\ud800b")


def test_no_export_of_the_command_is_left_out():
    what = next(one for one in export.params if one.name == "what")
    assert isinstance(what.type, Choice)
    asked = {asked[at + 1] for asked in JOBS.values() for at, word in enumerate(asked) if word == "--what"}
    assert asked | {"diagram"} == set(what.type.choices)
    path = Path("p.hazard.json")
    for kind in what.type.choices:
        told = CliRunner().invoke(export, [str(path), "-o", "x.nothing", "--what", kind])
        assert told.exit_code != 0


def hashes(path: Path, out: Path, **environment: str) -> list[str]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    command = [sys.executable, "-m", "tests.unit.export.every", str(path), str(out)]
    root = Path(__file__).parents[3]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, check=True, text=True).stdout.splitlines()


@pytest.mark.slow
def test_every_format_has_the_same_bytes_in_another_process(tmp_path):
    path = tmp_path / "project.hazard.json"
    save_project(project(" \u6f22\u5b57 \u05e9\u05dc\u05d5\u05dd \U0001f642"), path)
    first = hashes(path, tmp_path / "a", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C", LANG="C")
    second = hashes(path, tmp_path / "b", PYTHONHASHSEED="2", TZ="Asia/Kolkata", LC_ALL="de_DE.UTF-8", LANG="de_DE")
    assert len(first) >= len(JOBS)
    assert first == second
