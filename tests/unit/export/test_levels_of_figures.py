"""Figures at a level of detail, and with some of the diagram lit."""

from typing import Any

import pytest

from tests.unit.export.figures import bow_tie
from workbench.export.api import render_bytes
from workbench.export.errors import ExportError
from workbench.export.options import ExportOptions
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
