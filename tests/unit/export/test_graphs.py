import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from tests.unit.export.figures import bow_tie, titled
from workbench.cli.opening import open_for_reading
from workbench.export.errors import ExportError
from workbench.export.facts import diagrams_in_order
from workbench.export.graphs import GRAPHS, export_graph, export_graphs, graph_bytes
from workbench.export.options import ExportOptions
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Link, Note
from workbench.paths import data_root
from workbench.render.build import PictureBuilder
from workbench.render.fonts import qt_measure
from workbench.store.store import Store

SAMPLES = sorted((data_root() / "samples").glob("*.hazard.json"))
HOSTILE = (
    "<script>alert(1)</script>",
    'say "yes" & go \\N \\l <b>bold</b>',
    "=1+1 %%{init: {}}%% -- --> end",
    "1. first\n- second",
    "حادث 数据 🧨 \u202egpj.exe",
    "x" * 2_000,
    "\0\x07 control\x85\u2028",
    "`*_~#quot; &quot; ;",
)
needs_graphviz = pytest.mark.skipif(shutil.which("neato") is None, reason="Graphviz is not installed")


def diagrams() -> list[tuple[Store, Diagram]]:
    stores = [bow_tie(), *(open_for_reading(str(path)).store for path in SAMPLES)]
    return [(store, diagram) for store in stores for diagram in diagrams_in_order(store)]


def expected(store: Store, diagram: Diagram) -> tuple[set[str], set[tuple[str, str]]]:
    """What is drawn and joined: found from the picture itself, by the places of bars on their lines."""
    picture = PictureBuilder(store, diagram.id, qt_measure(), None).picture
    joined = set()
    for link in picture.links.values():
        target = link.target
        if target not in picture.nodes and target not in picture.bars:
            x, y = link.path[-1]
            bars = [bar for bar in picture.bars.values() if bar.control == target]
            target = min(bars, key=lambda bar: abs(bar.x - x) + abs(bar.y - y)).id if bars else link.target
        row = [link.source, *link.bars, target]
        joined |= {(row[i], row[i + 1]) for i in range(len(row) - 1)}
    return {*picture.nodes, *picture.bars}, joined


def read_drawio(data: bytes) -> tuple[dict[str, ET.Element], set[tuple[str, str]]]:
    root = ET.fromstring(data)
    shapes, joined = {}, set()
    for one in root.iter("object"):
        cell = one.find("mxCell")
        assert cell is not None
        if cell.get("vertex"):
            shapes[one.get("id") or ""] = one
        else:
            joined.add((cell.get("source") or "", cell.get("target") or ""))
    return shapes, joined


class Text(HTMLParser):
    """The text of a label, as a browser shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self.text += "\n" if tag == "br" else ""


def label_of(shape: ET.Element) -> Text:
    reader = Text()
    reader.feed(shape.get("label") or "")
    reader.close()
    return reader


def test_draw_io_holds_the_same_graph_as_every_diagram_of_every_sample():
    for store, diagram in diagrams():
        shapes, joined = read_drawio(graph_bytes(store, diagram, "drawio"))
        drawn, lines = expected(store, diagram)
        assert set(shapes) == drawn
        assert joined == lines


def test_draw_io_shapes_stand_where_the_diagram_has_them_and_lines_end_on_them():
    store = bow_tie()
    diagram = diagrams_in_order(store)[0]
    data = graph_bytes(store, diagram, "drawio")
    shapes, _ = read_drawio(data)
    picture = PictureBuilder(store, diagram.id, qt_measure(), None).picture

    def place(id: str) -> tuple[float, float, float, float]:
        found = shapes[id].find("mxCell/mxGeometry")
        assert found is not None
        x, y, w, h = (float(found.get(name) or "nan") for name in ("x", "y", "width", "height"))
        return x + w / 2, y + h / 2, w, h

    hazard = picture.nodes["h1"].box
    for node in picture.nodes.values():
        here, first = place(node.id), place("h1")
        assert here[0] - first[0] == pytest.approx(node.box.x - hazard.x, abs=0.01)
        assert here[1] - first[1] == pytest.approx(node.box.y - hazard.y, abs=0.01)
        assert here[2:] == pytest.approx((node.box.w, node.box.h), abs=0.01)
    for one in ET.fromstring(data).iter("object"):
        cell = one.find("mxCell")
        assert cell is not None
        if cell.get("edge"):
            style = dict(part.split("=", 1) for part in (cell.get("style") or "").split(";") if part)
            for end in ("exitX", "exitY", "entryX", "entryY"):
                assert -0.01 <= float(style[end]) <= 1.01


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_text_in_draw_io(title):
    store = titled(title)
    shapes, _ = read_drawio(graph_bytes(store, diagrams_in_order(store)[0], "drawio"))
    label = label_of(shapes["c0"])
    assert set(label.tags) <= {"br"}
    for word in re.findall(r"[A-Za-z]{4,200}", title[:200]):
        assert word in label.text


@needs_graphviz
def test_graphviz_reads_the_same_graph_and_keeps_the_places():
    for store, diagram in diagrams():
        data = graph_bytes(store, diagram, "dot")
        read = json.loads(
            subprocess.run(["neato", "-n2", "-Tjson"], input=data, capture_output=True, check=True).stdout
        )
        names = [one["name"] for one in read.get("objects", ())]
        joined = {(names[edge["tail"]], names[edge["head"]]) for edge in read.get("edges", ())}
        drawn, lines = expected(store, diagram)
        assert set(names) == drawn
        assert joined == lines
        places = {one["name"]: tuple(map(float, one["pos"].split(","))) for one in read.get("objects", ())}
        picture = PictureBuilder(store, diagram.id, qt_measure(), None).picture
        if places:
            origin = next(iter(picture.nodes.values()))
            for node in picture.nodes.values():
                dx, dy = (places[node.id][i] - places[origin.id][i] for i in (0, 1))
                assert dx == pytest.approx((node.box.x - origin.box.x) * 0.75, abs=0.1)
                assert -dy == pytest.approx((node.box.y - origin.box.y) * 0.75, abs=0.1)


@needs_graphviz
@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_text_in_dot(title):
    store = titled(title)
    data = graph_bytes(store, diagrams_in_order(store)[0], "dot")
    done = subprocess.run(["dot", "-Tjson"], input=data, capture_output=True, check=True)
    (shape,) = json.loads(done.stdout)["objects"]
    assert shape["hw_kind"] == "cause"
    texts = [op["text"] for op in shape["_ldraw_"] if op["op"] == "T"]
    for word in re.findall(r"[A-Za-z]{4,12}", title[:60]):
        assert word in " ".join(texts).replace("- ", "")


def read_mermaid(data: bytes) -> tuple[dict[str, str], set[tuple[str, str]]]:
    nodes, joined = {}, set()
    for line in data.decode().splitlines():
        node = re.fullmatch(r'  (n\d+)[^"]+"(.*)"[^"]+:::(\w+)', line)
        edge = re.fullmatch(r"  (n\d+) (-->|---|-\.-) (n\d+)", line)
        if node:
            nodes[node[1]] = node[2]
        elif edge:
            joined.add((edge[1], edge[3]))
    return nodes, joined


def test_mermaid_holds_the_same_graph():
    for store, diagram in diagrams():
        nodes, joined = read_mermaid(graph_bytes(store, diagram, "mmd"))
        drawn, lines = expected(store, diagram)
        picture = PictureBuilder(store, diagram.id, qt_measure(), None).picture
        names = dict(
            zip((*sorted(picture.nodes), *sorted(picture.bars)), (f"n{i + 1}" for i in range(len(drawn))), strict=True)
        )
        assert set(nodes) == set(names.values())
        assert joined == {(names[a], names[b]) for a, b in lines if a in names and b in names}
        for id, node in picture.nodes.items():
            assert node.code in nodes[names[id]]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_text_in_mermaid(title):
    store = titled(title)
    data = graph_bytes(store, diagrams_in_order(store)[0], "mmd")
    (label,) = read_mermaid(data)[0].values()
    plain = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), label.replace("<br/>", "\n"))
    for word in re.findall(r"[A-Za-z]{4,200}", title[:200]):
        assert word in plain
    assert not re.search(r'[<>"`*%&\[\]{}]|#(?!\d+;)', label.replace("<br/>", ""))


def test_a_note_about_a_line_is_told_where_the_format_can():
    store = bow_tie()
    with store.transaction("Note") as tx:
        tx.put(Note(id="n9", title="See minutes"))
        tx.put(Placement.at("sheet-1", "n9", 0.0, 500.0))
        tx.put(Link(id="l9", kind="annotates", source="n9", target="l-c1"))
    diagram = diagrams_in_order(store)[0]
    assert ("n9", "l-c1") not in read_drawio(graph_bytes(store, diagram, "drawio"))[1]
    assert ("n9", "") in read_drawio(graph_bytes(store, diagram, "drawio"))[1]
    assert '"n9" -> "l9/end"' in graph_bytes(store, diagram, "dot").decode()


@pytest.mark.parametrize("format", GRAPHS)
def test_the_same_project_gives_the_same_bytes(format):
    first, second = bow_tie(), bow_tie()
    assert graph_bytes(first, diagrams_in_order(first)[0], format) == graph_bytes(
        second, diagrams_in_order(second)[0], format
    )


def test_files_are_written_one_and_all(tmp_path):
    store = bow_tie(sheets=3)
    assert export_graph(store, tmp_path / "a.dot", diagram="Sheet 2") == (tmp_path / "a.dot").stat().st_size
    written = export_graphs(store, tmp_path / "all", "mmd")
    assert [path.name for path in written] == [
        "Code assistant suggests vulnerable code.mmd",
        "Sheet 2.mmd",
        "Sheet 3.mmd",
    ]


def test_options_of_figures_are_refused(tmp_path):
    with pytest.raises(ExportError, match=r"--dpi is for figures; leave it out with \.dot"):
        export_graph(bow_tie(), tmp_path / "a.dot", options=ExportOptions(dpi=300))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_diagram_is_an_empty_graph():
    store = Store((Diagram(id="d"), Cause(id="c")))
    diagram = diagrams_in_order(store)[0]
    for format in GRAPHS:
        assert graph_bytes(store, diagram, format)
