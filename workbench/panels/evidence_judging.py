"""Judging the claims of a document in slices of time: ten thousand of them must not stop the window."""

from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.analysis.claims import ClaimRow, ClaimRows
from workbench.evidence.standing import SourceState
from workbench.store.store import Store

_SLICE: Final = 0.02
"""Seconds a slice may take."""
_FIRST_SHOWN: Final = 0.4
"""Seconds after which what is judged so far is shown; each further time after twice as long."""


class Judging(QObject):
    """The rows of all claims, as far as they are judged.

    Attributes:
        progressed: some are judged and can be shown; emits how many.
        ended: all are judged.
    """

    progressed = Signal(int)
    ended = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._claims = ClaimRows(store)
        self._steps: Iterator[int] | None = None
        self._shown_at, self._show_after = 0.0, _FIRST_SHOWN
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether claims are left to judge."""
        return self._steps is not None

    @property
    def sources(self) -> Mapping[str, SourceState]:
        """What is known of the files of runs, by run."""
        return self._claims.sources

    def rows(self) -> list[ClaimRow]:
        """The rows judged so far, worst first."""
        return self._claims.rows()

    def begin(self, sources: Mapping[str, SourceState]) -> None:
        """Judge the document as it is now; what did not change since the last time is kept."""
        self._claims.sources = sources
        self._steps = self._claims.steps()
        self._shown_at, self._show_after = perf_counter(), _FIRST_SHOWN
        self._go_on()

    def finish(self) -> None:
        """Judge all that is left now."""
        if self._steps is not None:
            for _ in self._steps:
                pass
            self._go_on()

    def _go_on(self) -> None:
        if self._steps is None:
            return
        until = perf_counter() + _SLICE
        for done in self._steps:
            if perf_counter() > until:
                if not self._timer.isActive():
                    self._timer.start()
                if perf_counter() - self._shown_at > self._show_after:
                    self._shown_at, self._show_after = perf_counter(), self._show_after * 2
                    self.progressed.emit(done)
                return
        self._steps = None
        self._timer.stop()
        self.ended.emit()
