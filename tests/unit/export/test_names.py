import pytest

from tests.unit.export.figures import titled
from workbench.export.api import export_all
from workbench.export.errors import ExportError
from workbench.export.names import safe_name, unique_names
from workbench.model.drawing import Diagram
from workbench.store.store import Store


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Plain title", "Plain title"),
        ("a/b\\c:d", "a-b-c-d"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "diagram"),
        (" . ", "diagram"),
        ("CON", "CON-"),
        ("nul.txt", "nul.txt-"),
        (".hidden", "hidden"),
        ("tab\tand\nline", "tab-and-line"),
        ("right\u202eleft\u200b", "rightleft"),
        ("漢字 é", "漢字 é"),
    ],
)
def test_names_are_safe(title, name):
    assert safe_name(title) == name


def test_long_names_are_cut_between_letters():
    name = safe_name("漢" * 2_000)
    assert len(name.encode()) <= 120
    assert set(name) == {"漢"}


def test_names_differ_even_where_only_case_does():
    assert unique_names(["A", "a", "A 2", "a"]) == ["A", "a 2", "A 2 2", "a 3"]


def test_every_diagram_gets_a_file(tmp_path):
    store = Store(
        Diagram(id=f"s{n}", title=title, order=f"a{n}") for n, title in enumerate(["Same", "same", "x/y", ""])
    )
    done = export_all(store, tmp_path / "out", format="svg")
    names = ["Same.svg", "same 2.svg", "x-y.svg", "Untitled diagram.svg"]
    assert [path.name for path in done] == names
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)


def test_the_folder_for_all_may_not_be_a_file(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(ExportError, match="is a file, not a folder"):
        export_all(titled("A"), tmp_path / "out", format="svg")
    with pytest.raises(ExportError, match="figures are png, svg or pdf"):
        export_all(titled("A"), tmp_path / "other", format="gif")
