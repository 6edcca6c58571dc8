"""Pausing the garbage collector while many records, values or shapes are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Collect nothing meanwhile: what a parser, a loader or a painter makes in bulk has no cycles and is no garbage.

    Looking for some, over and over, takes from a third of the time to several times the work itself.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
