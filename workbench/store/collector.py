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


def let_settle() -> None:
    """Let everything made so far join the oldest generation unread; for what was made in bulk and stays.

    Else the first collection after a pause looks through all of it, to find what is known: it is in use. Where the
    program has put objects aside for good, nothing is done, for they could not be told apart.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
