"""Looks at a file that another program writes: what came too late for one look is seen by the next."""

from threading import Event

from workbench.app import outside
from workbench.files.project import load_project, save_project
from workbench.model.elements import Cause
from workbench.model.judgement import PROJECT_ID, Project
from workbench.panels.notice_bar import NoticeBar
from workbench.store.store import Store


def test_a_look_asked_for_while_one_goes_on_is_made_after_it(open_project, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "p.hazard.json"
    save_project(Store([Project(id=PROJECT_ID, title="Audit")]), path)
    driver = open_project(path)
    watch = driver.window.files.outside
    qtbot.waitUntil(lambda: watch._work is None)
    has_read, may_end = Event(), Event()
    real = outside._digest

    def slow(file):
        found = real(file)
        has_read.set()
        assert may_end.wait(60)
        return found

    monkeypatch.setattr(outside, "_digest", slow)
    watch.look()
    assert has_read.wait(60)
    theirs = load_project(path)
    with theirs.store.transaction("Add") as tx:
        tx.put(Cause(id="c", title="Theirs"))
    save_project(theirs.store, path, theirs.header)
    watch.look()
    may_end.set()
    qtbot.waitUntil(lambda: watch.changed)
    assert [bar.isVisible() for bar in driver.window.findChildren(NoticeBar)] == [True]
