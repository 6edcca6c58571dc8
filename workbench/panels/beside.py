"""Steps of a long work that paint nothing, in a thread of their own while the window only waits for them."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Final, Generic, TypeVar

from typing_extensions import override

from workbench.export.steps import Step, Steps
from workbench.render.fonts import ThreadMeasure
from workbench.render.text import Measure

_LOOK: Final = 0.01
"""Seconds between two looks at the thread."""

T = TypeVar("T")


class _UnwantedError(Exception):
    """Nobody wants the result any more."""


class _Measure(ThreadMeasure):
    """Measures until the result is not wanted any more: then whatever it is measured for ends at once."""

    def __init__(self, unwanted: Event) -> None:
        super().__init__()
        self._unwanted = unwanted

    @override
    def width(self, text: str, size: int, weight: int) -> float:
        if self._unwanted.is_set():
            raise _UnwantedError
        return super().width(text, size, weight)


class _Job(Generic[T]):
    """Steps in a thread, how far they are, and what came of them."""

    def __init__(self, make: Callable[[Measure], Steps[T]]) -> None:
        self.step: Step = 0.0
        self.result: tuple[T] | None = None
        self.fault: Exception | None = None
        self.unwanted = Event()
        self.thread = Thread(target=self._run)
        self._make = make

    def _run(self) -> None:
        try:
            steps = self._make(_Measure(self.unwanted))
            while not self.unwanted.is_set():
                try:
                    self.step = next(steps)
                except StopIteration as done:
                    self.result = (done.value,)
                    return
            steps.close()
        except _UnwantedError:
            pass
        except Exception as fault:  # noqa: BLE001 - raised again where the work was asked for
            self.fault = fault


def beside(make: Callable[[Measure], Steps[T]]) -> Steps[T]:
    """Do steps in a thread; what they make meanwhile is said as often as the window can look.

    Closed early, it returns at once; the thread ends by itself with its next step or the next text it measures.

    Args:
        make: the steps, given a measure with fonts of its own. They must see nothing that changes meanwhile.

    Raises:
        Exception: what the steps raised.
    """
    job = _Job(make)
    job.thread.start()
    try:
        while job.thread.is_alive():
            job.thread.join(_LOOK)
            yield job.step
    finally:
        job.unwanted.set()
    if job.fault is not None:
        raise job.fault
    assert job.result is not None
    return job.result[0]
