"""The generator of large projects keeps what its users count on."""

from collections import Counter

import pytest

from tests.generator import TITLE_PREFIX, make_project
from workbench.layout.geometry import default_size
from workbench.model.drawing import Placement
from workbench.model.elements import Guard
from workbench.store.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    return Store(make_project(1_000, 1_300))


def test_exact_size(store):
    assert sum(store.count(kind) for kind in TITLE_PREFIX) == 1_000
    assert store.count("link") == 1_300


@pytest.mark.slow
def test_the_default_is_what_its_docstring_says():
    counts = Counter(record.TYPE for record in make_project())
    assert sum(counts[kind] for kind in TITLE_PREFIX) == 10_000
    assert counts["link"] == 13_000
    assert (counts["guard"], counts["placement"], sum(counts.values())) == (18_258, 6_327, 49_401)


def test_the_same_seed_gives_the_same_project():
    assert make_project(60) == make_project(60)
    assert make_project(60) != make_project(60, seed=8)


def test_boxes_do_not_overlap(store):
    boxes = []
    for placement in store.all(Placement):
        subject = store.get(placement.subject)
        if placement.hangs_on is None:
            width, height, _ = default_size(subject.TYPE)
            boxes.append(
                (placement.x - width / 2, placement.x + width / 2, placement.y - height / 2, placement.y + height / 2)
            )
    boxes.sort()
    for place, (_, right, top, bottom) in enumerate(boxes):
        for left2, _, top2, bottom2 in boxes[place + 1 :]:
            if left2 >= right:
                break
            assert top2 >= bottom or bottom2 <= top


def test_one_factor_hangs_under_a_bar(store):
    hangers = [placement.hangs_on for placement in store.all(Placement) if placement.hangs_on]
    assert len(hangers) == len(set(hangers)) == store.count("degradation_factor")
    assert all(store.find(bar, Guard) for bar in hangers)


def test_too_many_links_are_refused():
    with pytest.raises(ValueError, match="not 5000"):
        make_project(50, 5_000)
