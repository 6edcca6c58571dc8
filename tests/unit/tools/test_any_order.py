"""Whatever the pointer and the keys do, in whatever order: nothing raises, nothing is half done."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.tools.driver import DIAGRAM, EditorDriver
from workbench.commands import delete
from workbench.model.kinds import ELEMENT_KINDS
from workbench.store.integrity import find_dangling

PLACES = st.tuples(st.integers(-100, 900), st.integers(-100, 500)) | st.sampled_from(
    [(100, 100), (184, 100), (100, 300), (300, 100), (300, 300), (600, 200), (526, 200), (1000, 200), (300, 124)]
)
STEPS = st.one_of(
    st.tuples(st.just("press"), PLACES, st.sampled_from(["left", "middle", "right"]), st.sampled_from([1, 2])),
    st.tuples(st.just("move"), PLACES),
    st.tuples(st.just("release")),
    st.tuples(st.just("hold"), st.sampled_from(["shift", "ctrl", "alt", "space", ""])),
    st.tuples(
        st.just("key"),
        st.sampled_from(["Escape", "Left", "Right", "Up", "Down", "F2", "h", "b", "d", "Control", "s"]),
        st.sampled_from(["", "shift", "ctrl", "alt"]),
    ),
    st.tuples(st.just("tool"), st.sampled_from(["select", "connect", "pan", *ELEMENT_KINDS])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("delete")),
    st.tuples(st.just("all")),
    st.tuples(st.just("answer"), st.integers(0, 7)),
)


def world():
    driver = EditorDriver(snapping=True)
    top = driver.add("top_event", 600, 200, "Top")
    for y in (100, 300):
        driver.guard(driver.link(driver.add("cause", 100, y, f"Cause {y}"), top), f"Control {y}")
    driver.link(top, driver.add("consequence", 1000, 200, "Out"))
    driver.store.history.seal()
    return driver


def do(driver, step):
    what, *rest = step
    if what == "press":
        driver.press(*rest[0], rest[1], rest[2])
    elif what == "move":
        driver.move(*rest[0])
    elif what == "release":
        driver.button = getattr(driver, "button", "left")
        driver.release()
    elif what == "hold":
        driver.hold(**({rest[0]: True} if rest[0] else {}))
    elif what == "key":
        text = rest[0] if len(rest[0]) == 1 else ""
        driver.key(rest[0], text, **({rest[1]: True} if rest[1] else {}))
    elif what == "tool":
        if rest[0] in ELEMENT_KINDS:
            driver.machine.use("place", rest[0])
        else:
            driver.machine.use(rest[0])
    elif what == "undo":
        driver.store.undo()
    elif what == "redo":
        driver.store.redo()
    elif what == "delete":
        with driver.store.transaction("Delete") as tx:
            delete.take_off(tx, DIAGRAM, driver.session.selection)
    elif what == "all":
        driver.session.select([*driver.scene.picture.nodes, *driver.scene.picture.bars, *driver.scene.picture.links])
    elif driver.asked:
        kinds, _, chosen = driver.asked.pop()
        chosen(kinds[rest[0] % len(kinds)])


@settings(max_examples=150)
@given(st.lists(STEPS, max_size=25))
def test_any_order_of_events(steps):
    driver = world()
    for step in steps:
        do(driver, step)
    driver.machine.call_off()
    assert not driver.machine.busy
    assert driver.preview.band is None
    assert driver.machine.tool == "place" or not driver.preview.moves
    assert find_dangling(driver.store.records.values(), driver.store.records) == []
    while driver.store.undo():
        pass
    assert len(driver.store) == 1
