"""The garbage collector rests while anything is made in bulk, in whichever thread."""

import gc

import pytest

from workbench.store.collector import collector_paused, let_settle


@pytest.fixture(autouse=True)
def collecting():
    gc.enable()
    yield
    gc.enable()


def test_it_rests_and_goes_on():
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error():
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()


def test_one_that_was_off_stays_off():
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_pauses_that_overlap_end_with_the_last():
    """As those of two threads do, where the first to begin is the first to end."""
    window, worker = collector_paused(), collector_paused()
    window.__enter__()
    worker.__enter__()
    window.__exit__(None, None, None)
    assert not gc.isenabled(), "the worker is still at it"
    worker.__exit__(None, None, None)
    assert gc.isenabled()


def test_what_was_put_aside_for_good_stays_aside(monkeypatch):
    done = []
    monkeypatch.setattr(gc, "freeze", lambda: done.append("freeze"))
    monkeypatch.setattr(gc, "unfreeze", lambda: done.append("unfreeze"))
    monkeypatch.setattr(gc, "get_freeze_count", lambda: 5)
    let_settle()
    assert done == []
    monkeypatch.setattr(gc, "get_freeze_count", lambda: 0)
    let_settle()
    assert done == ["freeze", "unfreeze"]
