import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.layout.drawing import Drawing, link, node
from workbench.layout.bowtie import arrange_bow_tie
from workbench.layout.graph import LayoutGraph, LayoutHang, Plan


def draw(graph: LayoutGraph) -> Drawing:
    return Drawing(graph, arrange_bow_tie(graph))


def mock_up() -> LayoutGraph:
    """The diagram of the look's mock-ups."""
    return LayoutGraph(
        nodes=(
            *(node("T", "top_event"), node("H", "hazard")),
            *(node(f"C{i}", "cause") for i in range(1, 5)),
            *(node(f"E{i}", "consequence") for i in range(1, 4)),
        ),
        links=(
            link("C1", "T", "P1", "P2", label_h=46),
            link("C2", "T", "P3", "P2", label_h=46),
            link("C3", "T", "P4", "P5", label_h=46),
            link("C4", "T", "P6", label_h=46),
            link("T", "E1", "M1", "M2", label_h=46),
            link("T", "E2", "M3", label_h=46),
            link("T", "E3", "M4", label_h=46),
        ),
        hangs=(LayoutHang("D1", "C3>T#0", controls=1), LayoutHang("D2", "T>E1#1")),
        focus="T",
    )


def test_columns_of_the_mock_up():
    drawing = draw(mock_up())
    at = drawing.plan.positions
    assert at["T"] == (0.0, 0.0)
    assert {at[f"C{i}"][0] for i in range(1, 5)} == {-464}
    assert {at[f"E{i}"][0] for i in range(1, 4)} == {464}
    assert [drawing.spots[g].x for g in ("C1>T#0", "C1>T#1", "C4>T#0")] == [-308, -192, -192]
    assert [drawing.spots[g].x for g in ("T>E1#0", "T>E1#1", "T>E2#0")] == [192, 308, 192]
    assert drawing.plan.stations == {}  # all stand where they stand by themselves
    assert drawing.overlaps() == []
    assert drawing.crossings() == 0


def test_rows_of_the_mock_up():
    drawing = draw(mock_up())
    y = {id_: at[1] for id_, at in drawing.plan.positions.items()}
    assert [y[f"C{i}"] for i in range(1, 5)] == sorted(y[f"C{i}"] for i in range(1, 5))
    assert y["C1"] == -y["C4"]  # the knot at the middle of the taller side
    assert y["C2"] - y["C1"] == (24 + 5 + 46) + 24 + 14  # label under the bar, bar, gap
    assert y["C3"] - y["C2"] == 2 * (24 + 5 + 46) + 14  # labels above in a row that carries a factor
    assert y["E1"] == -y["E3"]
    assert y["E2"] - y["E1"] == y["E3"] - y["E2"]
    assert y["E3"] - y["E1"] < y["C4"] - y["C1"]


def test_factors_hang_under_their_bar_and_their_row_labels_stand_above():
    plan = arrange_bow_tie(mock_up())
    assert plan.labels_above == {"C3>T#0", "C3>T#1", "T>E1#0", "T>E1#1"}
    assert plan.hang_offsets == {"D1": (0, 24 + 48 + 22), "D2": (0, 24 + 24 + 22)}


def test_the_hazard_clears_the_fan_lines():
    drawing = draw(mock_up())
    hazard, top = drawing.boxes["H"], drawing.boxes["T"]
    assert hazard.x == top.x
    assert hazard.bottom < top.top
    corner = (hazard.left, hazard.bottom)
    for path in drawing.paths.values():
        for (ax, ay), (bx, by) in pairwise(path):
            for n in range(101):
                x, y = ax + (bx - ax) * n / 100, ay + (by - ay) * n / 100
                inside = hazard.left <= x <= hazard.right and y <= hazard.bottom
                assert not inside
                assert (x - corner[0]) ** 2 + (y - corner[1]) ** 2 >= 11.9**2


def test_a_shared_control_takes_one_column_where_order_allows():
    graph = LayoutGraph(
        (node("T", "top_event"), *(node(f"C{i}", "cause") for i in range(3))),
        (link("C0", "T", "A", "B", "S"), link("C1", "T", "S", "Z"), link("C2", "T", "Z", "S", "Y")),
        focus="T",
    )
    drawing = draw(graph)
    assert drawing.spots["C0>T#2"].x == drawing.spots["C1>T#0"].x
    # The third line meets S and Z the other way round: there one of them stands apart.
    assert drawing.spots["C2>T#0"].x < drawing.spots["C2>T#1"].x < drawing.spots["C2>T#2"].x
    assert drawing.overlaps() == []


def test_causes_of_causes_stand_further_out():
    graph = LayoutGraph(
        (
            *(node("T", "top_event"), node("G", "gate"), node("U", "top_event")),
            *(node(f"C{i}", "cause") for i in range(5)),
            *(node("E", "consequence"), node("F", "consequence")),
        ),
        (
            *(link("C0", "G", "P", "Q"), link("C1", "G", "P"), link("G", "T", "R")),
            *(link("C2", "T"), link("C3", "C2", "P"), link("C4", "C3", "P"), link("C4", "T", "Q")),
            *(link("T", "U", "M"), link("U", "E", "M", "N"), link("U", "F", "N")),
        ),
        focus="T",
    )
    drawing = draw(graph)
    x = {id_: at[0] for id_, at in drawing.plan.positions.items()}
    assert x["C4"] < x["C3"] < x["C2"] < x["T"] < x["U"] < x["E"]
    assert x["C0"] < x["G"] < x["T"]
    assert drawing.overlaps() == []
    assert drawing.crossings() == 0


def test_a_hazard_that_takes_the_links_itself_stands_in_the_centre():
    graph = LayoutGraph(
        (
            node("H", "hazard"),
            *(node(f"C{i}", "cause") for i in range(6)),
            *(node(f"E{i}", "consequence") for i in range(3)),
        ),
        (
            *(link(f"C{i}", "H", *"ABCD"[: i % 4]) for i in range(6)),
            *(link("H", f"E{i}", "M", "N") for i in range(3)),
        ),
        (LayoutHang("D", "C3>H#1"),),
        focus="H",
    )
    drawing = draw(graph)
    assert all(len(path) == 2 for path in drawing.paths.values())
    assert all(drawing.boxes[f"C{i}"].right < drawing.boxes["H"].left for i in range(6))
    assert all(drawing.boxes[f"E{i}"].left > drawing.boxes["H"].right for i in range(3))
    assert drawing.overlaps() == []
    assert drawing.crossings() == 0


def test_everything_else_has_its_place():
    graph = LayoutGraph(
        (
            *(node("T", "top_event"), node("H1", "hazard"), node("H2", "hazard"), node("C", "cause")),
            *(node("N", "note"), node("M", "note"), node("X", "cause"), node("Y", "top_event")),
            *(node("Z", "consequence", below=60), node("Lone", "consequence"), node("E", "consequence")),
        ),
        (
            *(link("C", "T", "A"), link("T", "E", "B"), link("N", "C"), link("X", "Y", "A", "B")),
            *(link("Y", "Z", "A", "B"), link("X", "E", "K", "L")),
        ),
        (LayoutHang("Free", None), LayoutHang("Under", "X>E#0")),
        focus="T",
    )
    drawing = draw(graph)
    assert set(drawing.plan.positions) == {n.id for n in graph.nodes} | {"Free"}
    assert drawing.overlaps() == []
    boxes = drawing.boxes
    assert boxes["H1"].y == boxes["H2"].y < boxes["T"].top
    assert boxes["H1"].left - boxes["T"].x == -(boxes["H2"].right - boxes["T"].x)
    for id_ in ("X", "Y", "Z", "Lone", "M"):
        assert boxes[id_].top > max(boxes[main].bottom for main in ("C", "T", "E"))
    assert abs(boxes["N"].x - boxes["C"].x) <= boxes["C"].w
    assert abs(boxes["N"].y - boxes["C"].y) <= 200


def test_a_note_covers_neither_elements_nor_lines():
    # Above and below the top event stand its hazard and its lines; to its sides run the level lines.
    graph = LayoutGraph(
        (node("T", "top_event"), node("N", "note"), node("C", "cause"), node("E", "consequence")),
        (link("C", "T"), link("T", "E"), link("N", "E"), link("N", "T")),
        focus="T",
    )
    drawing = draw(graph)
    note = drawing.boxes["N"]
    assert drawing.overlaps() == []
    for id_ in ("C>T", "T>E"):
        for (ax, ay), (bx, by) in pairwise(drawing.paths[id_]):
            for n in range(101):
                assert not note.contains((ax + (bx - ax) * n / 100, ay + (by - ay) * n / 100))
    beside_top = LayoutGraph(
        (
            *graph.nodes[:1],
            node("H", "hazard"),
            *(node(f"N{i}", "note", w=40, h=40) for i in range(4)),
            *graph.nodes[2:],
        ),
        (*graph.links[:2], *(link(f"N{i}", "T") for i in range(4))),
        focus="T",
    )
    drawing = draw(beside_top)
    assert drawing.overlaps() == []
    assert not any(drawing.boxes[f"N{i}"].top < 0 < drawing.boxes[f"N{i}"].bottom for i in range(4))


def test_a_control_twice_on_one_line_stands_in_two_columns():
    graph = LayoutGraph((node("T", "top_event"), node("C", "cause")), (link("C", "T", "A", "B", "A"),), focus="T")
    drawing = draw(graph)
    xs = [drawing.spots[f"C>T#{i}"].x for i in range(3)]
    assert xs == [-134 - 58 - 116 * i for i in (2, 1, 0)]


def test_wide_labels_and_tall_boxes_push_others_away():
    wide = [link(f"C{i}", "T", "A", "B") for i in range(3)]
    wide = [
        type(li)(li.id, li.source, li.target, tuple(type(g)(g.id, g.control, 160, 90, 30) for g in li.guards))
        for li in wide
    ]
    graph = LayoutGraph(
        (node("T", "top_event"), *(node(f"C{i}", "cause", w=280, h=160, below=40) for i in range(3))),
        tuple(wide),
        focus="T",
    )
    assert draw(graph).overlaps() == []
    assert len(arrange_bow_tie(graph).labels_above) == 6


@pytest.mark.parametrize(
    "graph",
    [
        LayoutGraph(),
        LayoutGraph((node("T", "top_event"),)),
        LayoutGraph((node("C", "cause"), node("E", "consequence")), (link("C", "E"),)),
        LayoutGraph((node("T", "top_event"), node("C", "cause")), (link("C", "gone"), link("C", "T")), focus="x"),
        LayoutGraph(
            (node("T", "top_event"), node("C", "cause"), node("E", "consequence")),
            (link("C", "T"), link("T", "E"), link("E", "C"), link("T", "T")),
            focus="T",
        ),
    ],
    ids=["empty", "alone", "without focus", "dangling", "loop"],
)
def test_incomplete_and_looping_graphs(graph):
    plan = arrange_bow_tie(graph)
    assert set(plan.positions) == {n.id for n in graph.nodes}
    assert plan == arrange_bow_tie(graph)
    places = list(plan.positions.values())
    assert len(set(places)) == len(places)


def test_without_focus_the_top_event_is_taken():
    graph = LayoutGraph((node("C", "cause"), node("T", "top_event")), (link("C", "T"),))
    assert arrange_bow_tie(graph).positions["T"] == (0, 0)
    assert arrange_bow_tie(LayoutGraph()) == Plan()


@st.composite
def bow_ties(draw_, deep=False):
    controls = [f"B{i}" for i in range(8)]
    rows = st.lists(st.sampled_from(controls), max_size=6)
    causes, outcomes = draw_(st.integers(1, 12)), draw_(st.integers(0, 8))
    heights = st.sampled_from([48.0, 84.0, 160.0])
    nodes = [node("T", "top_event"), node("H", "hazard")]
    nodes += [node(f"C{i}", "cause", h=draw_(heights)) for i in range(causes)]
    nodes += [
        node(f"E{i}", "consequence", h=draw_(heights), below=draw_(st.sampled_from([0.0, 30.0])))
        for i in range(outcomes)
    ]
    label = st.sampled_from([16.0, 32.0, 48.0])
    links = [link(f"C{i}", "T", *draw_(rows), label_h=draw_(label)) for i in range(causes)]
    links += [link("T", f"E{i}", *draw_(rows), label_h=draw_(label)) for i in range(outcomes)]
    if deep:
        few = st.lists(st.sampled_from(controls), max_size=3)
        for i in range(draw_(st.integers(1, 8))):
            nodes.append(node(f"X{i}", draw_(st.sampled_from(["cause", "gate"]))))
            inner = [f"C{n}" for n in range(causes)] + [f"X{n}" for n in range(i)]
            for target in draw_(st.lists(st.sampled_from(inner), min_size=1, max_size=2, unique=True)):
                links.append(link(f"X{i}", target, *draw_(few)))
    guards = [g.id for li in links for g in li.guards]
    hung = draw_(st.lists(st.sampled_from(guards), max_size=6)) if guards else []
    hangs = [LayoutHang(f"D{i}", g, controls=draw_(st.integers(0, 2))) for i, g in enumerate(hung)]
    return LayoutGraph(tuple(nodes), tuple(links), tuple(hangs), "T")


@settings(max_examples=60, deadline=None)
@given(bow_ties())
def test_a_bow_tie_has_no_crossing_no_overlap_and_level_lines(graph):
    drawing = draw(graph)
    assert drawing.overlaps() == []
    assert drawing.crossings() == 0
    for li in graph.links:
        for g in li.guards:
            outer = li.source if li.target == "T" else li.target
            assert drawing.spots[g.id].y == pytest.approx(drawing.boxes[outer].y)
    assert drawing.boxes["H"].bottom < drawing.boxes["T"].top


@settings(max_examples=40, deadline=None)
@given(bow_ties(deep=True))
def test_deeper_causes_never_overlap(graph):
    drawing = draw(graph)
    assert drawing.overlaps() == []
    for li in graph.links:
        if li.target != "T" and li.source != "T":
            assert drawing.boxes[li.source].right < drawing.boxes[li.target].left


@pytest.mark.parametrize("shape", ["rows", "chains", "notes"])
def test_work_grows_with_the_diagram_not_with_its_square(shape):
    small, large = (calls(wide(count, shape)) for count in (30, 240))
    assert large < 12 * small  # eight times as much, and a little


def wide(count: int, shape: str) -> LayoutGraph:
    causes = [node(f"C{i}", "cause") for i in range(count)]
    links = [link(f"C{i}", "T", f"A{i}", f"B{i}") for i in range(count)]
    if shape == "chains":
        causes += [node(f"D{i}", "cause") for i in range(count)]
        links += [link(f"D{i}", f"C{i}", f"E{i}") for i in range(count)]
    if shape == "notes":
        causes += [node(f"N{i}", "note") for i in range(count)]
        links += [link(f"N{i}", f"C{i}") for i in range(count)]
    return LayoutGraph((node("T", "top_event"), *causes), tuple(links), focus="T")


def calls(graph: LayoutGraph) -> int:
    """How many Python functions, comprehensions included, an arrangement runs: the same on every machine."""
    count = 0

    def tally(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        arrange_bow_tie(graph)
    finally:
        sys.setprofile(before)
    return count
