"""The samples are shown whole in every theme: no text is cut, and no label lies on another, on a bar or on a box."""

from pathlib import Path

import pytest

from tests.labels import cut_texts, label_clashes
from tests.unit.samples.test_samples import FILES
from workbench.files.project import load_project
from workbench.model.drawing import Diagram
from workbench.render.build import PictureBuilder
from workbench.render.fonts import QtMeasure
from workbench.render.theme import THEME_NAMES, load_theme, stage_theme

THEMES = [*map(load_theme, THEME_NAMES), stage_theme(dark=True)]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_texts_of_samples_are_whole_and_apart_in_every_theme(file: Path):
    store, measure = load_project(file).store, QtMeasure()
    diagrams = list(store.all(Diagram))
    for diagram in diagrams:
        picture = PictureBuilder(store, diagram.id, measure).picture
        for theme in THEMES:
            assert not cut_texts(picture, theme, measure), (diagram.title, theme.name)
            assert not label_clashes(picture, theme, measure), (diagram.title, theme.name)
