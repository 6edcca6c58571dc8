"""A level shown before is shown again as it was left, with all that has changed meanwhile."""

import random

import pytest
from PySide6.QtWidgets import QApplication

from tests.faults.edits import STEPS, Editor
from workbench.canvas import sync
from workbench.canvas.document_view import DocumentView
from workbench.canvas.scene import Scene
from workbench.commands.errors import CommandError
from workbench.files.project import load_project
from workbench.render.levels import at_level
from workbench.session.session import Session


@pytest.fixture
def it(root):
    store = load_project(root / "samples" / "code-synthesis-llm.hazard.json").store
    return Editor(dict(store.records), 3)


@pytest.fixture
def view(qapp, it):
    session = Session(it.store)
    made = DocumentView(session)
    made.resize(1200, 800)
    yield made
    made.dispose()
    session.close()
    made.deleteLater()
    QApplication.processEvents()


def told(scene):
    """What a scene knows, however it came to know it."""
    picture = scene.picture
    everything = {**picture.nodes, **picture.bars, **picture.links}
    return (
        everything,
        dict(scene.index.items()),
        {id: sorted(scene.links_of(id)) for id in picture.nodes},
        {id: scene.line_of(id) for id in picture.bars},
        {id: sorted(scene.index.touching(rect)) for id, rect in scene.index.items()},
    )


def as_built(view):
    """The same level, worked out anew."""
    builder = view.sync.builder
    return told(Scene(at_level(builder.picture, view.levels)))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_level_made_from_the_whole_is_as_one_made_alone(view, level):
    view.set_levels(level)
    assert told(view.scene) == as_built(view)


def test_a_level_comes_back_with_what_has_changed_since(view, it):
    chance = random.Random(4)
    kinds = set()
    with it.chance():
        for _ in range(60):
            view.set_levels(chance.randrange(1, 6))
            for _ in range(4):
                try:
                    with it.store.transaction("Edit") as tx:
                        chance.choice(STEPS)(it, tx)
                except (CommandError, KeyError, ValueError):
                    continue
                if chance.random() < 0.2:
                    it.store.undo()
            view.sync.flush()
            assert told(view.scene) == as_built(view)
            kinds.add(view.levels)
    assert kinds == {1, 2, 3, 4, 5}


def test_nothing_is_worked_out_twice(view, monkeypatch):
    for level in (4, 3, 2, 1, 5):
        view.set_levels(level)
    made: list[int] = []
    monkeypatch.setattr(sync, "Scene", lambda *_: made.append(1))
    scenes = []
    for level in (1, 2, 3, 4, 5, 2):
        view.set_levels(level)
        scenes.append(view.scene)
    assert not made
    assert scenes[1] is scenes[5]
