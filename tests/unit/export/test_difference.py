"""The picture of two versions: every difference that is drawn carries its mark, and nothing else does."""

import re
from pathlib import Path

import pytest

from workbench.cli.main import run
from workbench.export.difference import export_difference
from workbench.export.errors import ExportError
from workbench.files.project import save_project
from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.elements import Cause, Consequence, Control, Guard, Hazard, Link, TopEvent
from workbench.model.judgement import Assessment
from workbench.store.store import Store

RECORDS: tuple[Record, ...] = (
    Diagram(id="dg", title="Overview", focus="t"),
    Hazard(id="h", code="H-1", title="Hazard"),
    TopEvent(id="t", code="T-1", title="Top", hazard="h"),
    Cause(id="c1", code="C-1", title="Stays"),
    Cause(id="c2", code="C-2", title="Goes"),
    Consequence(id="e", code="E-1", title="Moves"),
    Control(id="b", code="B-1", title="Guards"),
    Link(id="l1", source="c1", target="t"),
    Link(id="l2", source="c2", target="t"),
    Link(id="l3", source="t", target="e"),
    Guard(id="g", control="b", subject="l1"),
    Assessment(id="as", subject="h", severity="2", frequency="B"),
    *(
        Placement(id=f"pl_{key}", diagram="dg", subject=key, x=x, y=y)
        for key, x, y in (("h", 0, -300), ("t", 0, 0), ("c1", -500, 0), ("c2", -500, 200), ("e", 500, 0))
    ),
)


def versions() -> tuple[Store, Store]:
    """One with everything, and one where one thing of each sort differs."""
    gone = {"c2", "l2", "pl_c2"}
    after = {record.id: record for record in RECORDS if record.id not in gone}
    after["pl_e"] = after["pl_e"].replace(y=240)
    after["b"] = after["b"].replace(title="Reworded")
    after["as"] = after["as"].replace(severity="1")
    new = (Cause(id="c3", code="C-3"), Link(id="l4", source="c3", target="t"))
    placed = Placement(id="pl_c3", diagram="dg", subject="c3", x=-500, y=400)
    return Store(RECORDS), Store([*after.values(), *new, placed])


def drawn(path: Path) -> dict[str, int]:
    """How many marks of each kind the picture has."""
    text = path.read_text(encoding="utf-8")
    return {mark: len(re.findall(f'class="change {mark}"', text)) for mark in ("added", "removed", "changed", "moved")}


def test_everything_that_differs_is_marked_once(tmp_path: Path) -> None:
    out = tmp_path / "d.svg"
    export_difference(*versions(), out)
    assert drawn(out) == {"added": 2, "removed": 2, "changed": 2, "moved": 1}
    text = out.read_text(encoding="utf-8")
    assert "was here" in text
    assert "Goes" in text
    assert "Hazard H-1 Hazard: initial rating: severity 2 → 1" in text


def test_the_same_versions_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        for ending in ("svg", "png", "pdf"):
            export_difference(*versions(), tmp_path / f"{name}.{ending}")
    for ending in ("svg", "png", "pdf"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_equal_versions_carry_no_mark(tmp_path: Path) -> None:
    out = tmp_path / "d.svg"
    export_difference(Store(RECORDS), Store(RECORDS), out)
    assert not any(drawn(out).values())
    assert "Nothing on this diagram differs." in out.read_text(encoding="utf-8")


def test_a_diagram_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="none"):
        export_difference(*versions(), tmp_path / "d.svg", diagram="none")
    with pytest.raises(ExportError, match="no diagram"):
        export_difference(Store(), Store(), tmp_path / "d.svg")


def test_the_command_draws_it(tmp_path: Path) -> None:
    files = []
    for name, store in zip("ab", versions(), strict=True):
        files.append(str(tmp_path / f"{name}.hazard.json"))
        save_project(store, files[-1])
    out = tmp_path / "d.svg"
    assert run(["diff", *files, "--picture", str(out)]) == 1
    assert drawn(out)["added"] == 2
    assert run(["diff", *files, "--picture", str(tmp_path / "d.bmp")]) == 2
