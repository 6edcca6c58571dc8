"""A piece of work in a thread of its own, watched from the thread of the window.

The worker touches no Qt object: the window asks now and then how far it is. So nothing can outlive its thread.
"""

from collections.abc import Callable
from threading import Event, Thread
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from workbench.evidence.problems import Cancelled

T = TypeVar("T")
_POLL_MS: Final = 60


class Work(Generic[T]):
    """One job. ``finished`` is called once, in the thread of ``owner``, unless the owner is gone.

    Attributes:
        result: what the job gave; None where it failed or was cancelled.
        error: what it raised; None where it went well or was cancelled.
        share: how far it is, 0 to 1.
    """

    def __init__(
        self,
        job: Callable[[Callable[[float], None], Callable[[], bool]], T],
        owner: QObject,
        finished: Callable[[], None],
        *,
        progress: Callable[[float], None] | None = None,
        poll_ms: int = _POLL_MS,
    ) -> None:
        """Prepare; ``job`` is given a function to tell its progress and one that says whether to stop."""
        self.result: T | None = None
        self.error: Exception | None = None
        self.share = 0.0
        self._job = job
        self._stop = Event()
        self._ended = Event()
        self._finished = finished
        self._progress = progress
        self._timer = QTimer(owner)
        self._timer.setInterval(poll_ms)
        self._timer.timeout.connect(self._poll)
        owner.destroyed.connect(self._stop.set)

    def start(self) -> None:
        """Begin."""
        self._timer.start()
        Thread(target=self._run, daemon=True, name="hazard-workbench work").start()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._stop.set()

    def drop(self) -> None:
        """Ask the job to stop and hear no more of it."""
        self._stop.set()
        self._timer.stop()
        self._timer.deleteLater()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def _tell(self, share: float) -> None:
        self.share = share

    def _run(self) -> None:
        try:
            self.result = self._job(self._tell, self._stop.is_set)
        except Cancelled:
            pass
        except Exception as error:  # noqa: BLE001 - told to whoever waits; a thread has nobody else to tell
            self.error = error
        finally:
            self._ended.set()

    def _poll(self) -> None:
        if self._progress is not None:
            self._progress(self.share)
        if self._ended.is_set():
            self._timer.stop()
            self._timer.deleteLater()
            self._finished()
