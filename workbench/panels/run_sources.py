"""Whether the files of runs are on this machine: looked at beside the user interface, since a disk may be slow."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from workbench.evidence.standing import SourceState, source_state
from workbench.model.runs import Run
from workbench.panels.run_rows import RunSource
from workbench.panels.run_worker import Work

_POLL_MS: Final = 40


class SourceStates(QObject):
    """The states by run, as they were when somebody looked last; ``changed`` says that more are known."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states: dict[str, RunSource] = {}
        self._seen: dict[str, tuple[str, int | None, str]] = {}
        self._waiting: dict[str, Run] = {}
        self._folder: Path | None = None
        self._work: Work[dict[str, RunSource]] | None = None

    def state(self, run: str) -> RunSource:
        """The state of a run's file; empty until somebody looked."""
        return self._states.get(run, "")

    def known(self) -> dict[str, SourceState]:
        """The files that are, or are not, as they were read; of runs without a file nothing is said."""
        return {run: state for run, state in self._states.items() if state in ("at hand", "changed", "not at hand")}

    def look(self, runs: Iterable[Run], folder: Path | None, *, again: bool = False) -> None:
        """Look for the files of runs that were not looked for yet; ``again``: for all of them."""
        if folder != self._folder or again:
            self._folder, self._seen = folder, {}
        for run in runs:
            told = (run.source.path, run.source.bytes, run.origin)
            if self._seen.get(run.id) != told:
                self._seen[run.id] = told
                self._waiting[run.id] = run
        self._next()

    def _next(self) -> None:
        if self._work is not None or not self._waiting:
            return
        wanted, self._waiting = list(self._waiting.values()), {}
        folder = self._folder

        def work(_progress: Callable[[float], None], cancelled: Callable[[], bool]) -> dict[str, RunSource]:
            found: dict[str, RunSource] = {}
            for run in wanted:
                if cancelled():
                    break
                typed = run.origin == "typed" or not run.source.path
                found[run.id] = "no file" if typed else source_state(run, folder)
            return found

        self._work = Work(work, self, self._done, poll_ms=_POLL_MS)
        self._work.start()

    def _done(self) -> None:
        work, self._work = self._work, None
        if work is not None and work.result:
            self._states.update(work.result)
            self.changed.emit()
        self._next()
