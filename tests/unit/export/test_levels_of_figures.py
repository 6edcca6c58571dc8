"""Figures at a level of detail, and with some of the diagram lit."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.unit.export.figures import bow_tie
from workbench.cli.export import export
from workbench.export.api import render_bytes
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
from workbench.files.project import save_project
from workbench.model.elements import Cause, Control
from workbench.render.theme import load_theme
from workbench.store.store import Store


def svg(store: Store, **options: Any) -> str:
    return render_bytes(store, None, ExportOptions("svg", furniture=False, **options)).decode()


def drawn(text: str, store: Store) -> set[str]:
    return {id for id in store.records if f'id="{id}"' in text}


def test_a_level_leaves_out_what_comes_after_it() -> None:
    store = bow_tie()
    causes = {cause.id for cause in store.all(Cause)}
    everything, first, second = (drawn(svg(store, levels=level), store) for level in (5, 1, 2))
    assert causes & everything
    assert not causes & first
    assert first < second < everything
    control = next(store.all(Control))
    assert control.title.split()[0] in svg(store)
    assert control.title.split()[0] not in svg(store, levels=2)


def test_what_is_not_lit_is_dimmed_and_nothing_is_left_out() -> None:
    store = bow_tie()
    cause = next(store.all(Cause)).id
    plain, lit = svg(store), svg(store, light=(cause,))
    assert drawn(plain, store) == drawn(lit, store)
    theme = load_theme("print")
    strong, faint = theme.kind["cause"].border.lower(), theme.dimmed().kind["cause"].border.lower()
    assert faint not in plain.lower()
    assert strong in lit.lower()
    assert faint in lit.lower()
    assert svg(store, light=("gone",)) == plain, "what is not drawn lights nothing"


@pytest.mark.parametrize("level", [0, 6])
def test_there_are_five_levels(level: int) -> None:
    with pytest.raises(ExportError, match=f"--level {level}"):
        svg(bow_tie(), levels=level)


@pytest.mark.parametrize("option", ["only", "light"])
def test_the_command_line_takes_codes_of_what_is_left_or_lit(tmp_path: Path, option: str) -> None:
    store = bow_tie()
    cause = next(store.all(Cause))
    file, out = tmp_path / "p.hazard.json", tmp_path / "out.svg"
    save_project(store, file)
    refused = CliRunner().invoke(export, [str(file), "-o", str(out), f"--{option}", "Z-99"])
    assert refused.exit_code == 2
    assert f"--{option}: nothing is called 'Z-99'" in refused.output
    assert not out.exists()
    written = CliRunner().invoke(export, [str(file), "-o", str(out), f"--{option}", cause.code])
    assert written.exit_code == 0, written.output
    wanted: Any = {option: (cause.id,)}
    assert out.read_bytes() == render_bytes(store, None, ExportOptions("svg", **wanted))
