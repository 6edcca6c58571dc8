"""The coverage of the operational design domain in files: figure and tables, the same bytes each time."""

import csv
import io
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from workbench.analysis.odd_coverage import STATES
from workbench.cli.main import run
from workbench.commands.odd import add_category, consider, load_baseline
from workbench.export.errors import ExportError
from workbench.export.odd import export_odd, odd_bytes, table_bytes
from workbench.export.odd_signs import sign_ops, state_ink
from workbench.export.options import ExportOptions
from workbench.files.project import save_project
from workbench.model.elements import Hazard
from workbench.model.judgement import Project
from workbench.render.theme import THEME_NAMES, load_theme
from workbench.store.store import Store

WHO = ("Ann", "2026-01-02T03:04:05Z")
SVG = ExportOptions(format="svg")


@pytest.fixture
def store():
    store = Store([Project(id="project", title="P <1>")])
    with store.transaction("Fill") as tx:
        load_baseline(tx)
        tx.put(Hazard(id="h", code="H-1", title="x", odd=("oc_assets_data",), impact_dimensions=("social",)))
        own = add_category(tx, "=Zone|<b>", "=1+1")
        consider(tx, [("oc_assets_data", None)], "judged_none", *WHO, "@SUM(A1)")
        consider(tx, [("oc_assets_compute", None)], "not_applicable", *WHO, "<script>\n-|-")
        consider(tx, [("oc_assets_compute", own)], "judged_none", *WHO, "pair")
    return store


def words(data):
    return [node.text for node in ET.fromstring(data).iter("{http://www.w3.org/2000/svg}text")]


def test_the_figure_says_states_hazards_counts_and_contradictions_in_words(store):
    said = words(odd_bytes(store, SVG))
    for text in ("Application/Domain", "0 of 17", "against H-1", "Not applicable", "Not yet considered", "Political"):
        assert text in said, said
    assert any(text and text.startswith("2 of 83 entries considered, 1 contradicts") for text in said)


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "csv", "md", "html"])
def test_the_same_project_gives_the_same_bytes(store, tmp_path, ending):
    first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
    assert export_odd(store, first) == first.stat().st_size
    export_odd(Store(list(store.records.values())[::-1]), second)
    assert first.read_bytes() == second.read_bytes()


def test_no_cell_of_the_csv_is_a_formula(store):
    rows = list(csv.reader(io.StringIO(table_bytes(store, "csv").decode("utf-8-sig"))))
    assert len(rows) == 1 + 83 + 4 + 1
    assert {len(row) for row in rows} == {9}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    pair = rows[-1]
    assert (pair[1], pair[3], pair[5]) == ("Compute", "Judged none", "pair")
    assert "=1+1" in pair[2]
    data = next(row for row in rows if row[:2] == ["Assets", "Data"])
    assert data[4] == "H-1"
    assert "H-1 carries it" in data[8]


def test_what_was_typed_is_text_in_markdown_and_html(store):
    marked = table_bytes(store, "md").decode()
    assert "&lt;script&gt; -\\|-" in marked
    tables = [line for line in marked.splitlines() if line.startswith("| Assets | Compute")]
    assert len(tables) == 2

    class Reader(HTMLParser):
        tags: set[str] = set()  # noqa: RUF012 - filled once

        def handle_starttag(self, tag, attrs):
            self.tags.add(tag)

    reader = Reader()
    reader.feed(table_bytes(store, "html").decode())
    assert not reader.tags & {"script", "b"}


def test_a_project_without_a_taxonomy_is_told_what_to_do(tmp_path):
    for ending in ("csv", "svg"):
        with pytest.raises(ExportError, match="baseline taxonomy"):
            export_odd(Store(), tmp_path / f"a.{ending}")
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_writes_it(store, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    project, out = tmp_path / "p.hazard.json", tmp_path / "odd.csv"
    save_project(store, project)
    asked = ["export", str(project), "--what", "odd", "-o"]
    assert run([*asked, str(out)]) == 0
    assert out.read_bytes() == table_bytes(store, "csv")
    assert run([*asked, str(tmp_path / "odd.xyz")]) == 2
    assert run([*asked, str(out), "--diagram", "1"]) == 2
    assert "without --diagram" in capsys.readouterr().err


@pytest.mark.parametrize("name", THEME_NAMES)
def test_each_state_has_a_sign_of_its_own_shape(name):
    theme = load_theme(name)
    shapes = [tuple(type(op) for op in sign_ops(state, theme)) for state in STATES]
    assert len(set(shapes)) == len(STATES)
    assert all(state_ink(state, theme).startswith("#") for state in STATES)
