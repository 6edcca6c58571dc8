"""Reading a run file beside the user interface, with progress and Cancel."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workbench.evidence.imported import ImportedRun, Reading
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_many, read_run
from workbench.panels.messages import show_error
from workbench.panels.progress import PATIENCE_MS, ProgressDialog
from workbench.panels.run_worker import Work

_POLL_MS: Final = 15


class RunReader(QObject):
    """Reads files in a worker thread. Exactly one of ``done``, ``failed`` and ``cancelled`` follows ``start``.

    Attributes:
        progress: share read, 0 to 1.
        done: emits what was read: a list of ``ImportedRun`` for one file, a ``Reading`` for several or a folder.
        failed: emits one sentence for the user.
    """

    progress = Signal(float)
    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, path: Path | Sequence[Path], parent: QObject | None = None, **options: Any) -> None:
        """``options`` are fields of ``ReadOptions``."""
        super().__init__(parent)
        self.path = path
        self._options = options
        self._work = Work(self._read, self, self._ended, progress=self.progress.emit, poll_ms=_POLL_MS)

    def start(self) -> None:
        """Begin to read."""
        self._work.start()

    def cancel(self) -> None:
        """Ask the worker to stop; ``cancelled`` follows when it has."""
        self._work.cancel()

    def _read(self, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> list[ImportedRun] | Reading:
        if isinstance(self.path, Path):
            return read_run(self.path, progress=progress, cancelled=cancelled, **self._options)
        return read_many(self.path, progress=progress, cancelled=cancelled, **self._options)

    def _ended(self) -> None:
        error = self._work.error
        subject = self.path if isinstance(self.path, Path) else ", ".join(path.name for path in self.path[:3])
        if isinstance(error, ImportProblem):
            self.failed.emit(str(error))
        elif isinstance(error, MemoryError):
            self.failed.emit(f"{subject}: too large for this machine's memory; read a smaller file")
        elif error is not None:
            self.failed.emit(f"{subject}: could not be read ({type(error).__name__}); this is a fault of the program")
        elif self._work.result is None:
            self.cancelled.emit()
        else:
            self.done.emit(self._work.result)


class _Wait:
    """Waiting for one reader."""

    def __init__(self, reader: RunReader) -> None:
        self.loop = QEventLoop()
        self.reading: Reading | None = None
        self.problem = ""
        self.ended = False
        reader.done.connect(self._done)
        reader.failed.connect(self._failed)
        reader.cancelled.connect(self._finish)

    def _done(self, reading: Reading) -> None:
        self.reading = reading
        self._finish()

    def _failed(self, reason: str) -> None:
        self.problem = reason
        self._finish()

    def _finish(self) -> None:
        self.ended = True
        self.loop.quit()


def gather(paths: Sequence[Path], parent: QWidget | None, **options: Any) -> Reading | None:
    """What files and folders hold, read without freezing the window; None where the user cancelled.

    Nothing is said of files that could not be read: they are in the reading's ``problems``.
    """
    reader = RunReader(paths, **options)
    wait = _Wait(reader)
    text = paths[0].name if len(paths) == 1 else f"{len(paths)} files and folders"
    dialog = ProgressDialog("Reading evaluation run", text, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.cancel_requested.connect(reader.cancel)
    reader.progress.connect(dialog.show_progress)
    reader.start()
    QTimer.singleShot(PATIENCE_MS, wait.loop.quit)
    wait.loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not wait.ended:
        dialog.show()
        wait.loop.exec()
    dialog.hide()
    dialog.deleteLater()
    if wait.problem:
        show_error(parent, "Not read", wait.problem)
    return wait.reading
