"""Presentations of the sample, with a route of three stops and without one."""

import json

import pytest

from tests.gui.app.presenting.person import begun
from workbench.model.review import Stop
from workbench.session.session import diagrams


@pytest.fixture
def path(root, tmp_path):
    made = tmp_path / "talk.hazard.json"
    whole = json.loads((root / "samples" / "code-synthesis-llm.hazard.json").read_text(encoding="utf-8"))
    whole["records"].pop("stop", None)  # its own route is another matter
    made.write_text(json.dumps(whole), encoding="utf-8")
    return made


@pytest.fixture
def driver(open_project, path):
    made = open_project(path)
    made.window.view.motion = False
    return made


@pytest.fixture
def route(driver):
    """Three stops: a diagram at level 2 with notes, another one, the risk matrix."""
    first, second = diagrams(driver.store)[:2]
    with driver.store.transaction("Route") as tx:
        tx.put(Stop(id="s1", order="a", diagram=first.id, title="Start", levels=2, notes="Say hello"))
        tx.put(Stop(id="s2", order="b", diagram=second.id))
        tx.put(Stop(id="s3", order="c", shows="matrix"))
    driver.turn()
    return driver


@pytest.fixture
def talk(request, route):
    """A presentation of the route, begun with F5."""
    return begun(route)


@pytest.fixture
def free(driver):
    """A presentation of a project without stops."""
    return begun(driver)
