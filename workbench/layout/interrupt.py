"""Giving up an arrangement that takes long.

Who arranges says how to know that nobody wants the result any more; the work asks now and then, at the latest after
some hundredths of a second. Each thread has its own answer, so that several arrangements do not disturb each other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class ArrangementInterrupted(Exception):  # noqa: N818 - no error: the user has changed their mind
    """The arrangement was given up."""


_asked: ContextVar[Callable[[], bool] | None] = ContextVar("asked", default=None)


@contextmanager
def interruptible(unwanted: Callable[[], bool]) -> Iterator[None]:
    """What is arranged meanwhile in this thread is given up as soon as ``unwanted`` answers yes."""
    token = _asked.set(unwanted)
    try:
        yield
    finally:
        _asked.reset(token)


def breathe() -> None:
    """Ask whether to go on.

    Raises:
        ArrangementInterrupted: the result is not wanted any more.
    """
    unwanted = _asked.get()
    if unwanted is not None and unwanted():
        raise ArrangementInterrupted
