"""Pausing the garbage collector while many records, values or shapes are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Pause:
    """How many pauses are under way, in all threads, and whether the collector ran before the first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if not self._count:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count and self._was_on:
                gc.enable()


_pause = _Pause()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Collect nothing meanwhile: what a parser, a loader or a painter makes in bulk has no cycles and is no garbage.

    Looking for some, over and over, takes from a third of the time to several times the work itself. Pauses of several
    threads may overlap: the collector rests until the last of them is over.
    """
    _pause.begin()
    try:
        yield
    finally:
        _pause.end()


def let_settle() -> None:
    """Let everything made so far join the oldest generation unread; for what was made in bulk and stays.

    Else the first collection after a pause looks through all of it, to find what is known: it is in use. Where the
    program has put objects aside for good, nothing is done, for they could not be told apart.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
