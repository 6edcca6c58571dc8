"""Reading a run file beside the user interface, with progress and Cancel."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.evidence.imported import ImportedRun, Reading
from workbench.evidence.problems import Cancelled, ImportProblem
from workbench.evidence.reading import read_many, read_run
from workbench.panels.messages import show_error
from workbench.panels.progress import PATIENCE_MS, ProgressDialog

_MOST_PROBLEMS: Final = 8


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
        self._stop = Event()

    def start(self) -> None:
        """Begin to read."""
        QThreadPool.globalInstance().start(_Job(self))

    def cancel(self) -> None:
        """Ask the worker to stop; ``cancelled`` follows when it has."""
        self._stop.set()

    def work(self) -> None:
        """Read; called in the worker thread."""
        subject = self.path if isinstance(self.path, Path) else ", ".join(path.name for path in self.path[:3])
        try:
            read = self._read()
        except Cancelled:
            self.cancelled.emit()
        except ImportProblem as problem:
            self.failed.emit(str(problem))
        except MemoryError:
            self.failed.emit(f"{subject}: too large for this machine's memory; read a smaller file")
        except Exception as error:  # noqa: BLE001 - a worker must always report, or the window would wait for ever
            self.failed.emit(f"{subject}: could not be read ({type(error).__name__}); this is a fault of the program")
        else:
            self.done.emit(read)

    def _read(self) -> list[ImportedRun] | Reading:
        if isinstance(self.path, Path):
            return read_run(self.path, progress=self.progress.emit, cancelled=self._stop.is_set, **self._options)
        return read_many(self.path, progress=self.progress.emit, cancelled=self._stop.is_set, **self._options)


class _Job(QRunnable):
    def __init__(self, reader: RunReader) -> None:
        super().__init__()
        self._reader = reader

    @override
    def run(self) -> None:
        self._reader.work()


class _Receiver(QObject):
    """Takes the worker's signals in the thread of the window: a plain function would run in the worker's."""

    def __init__(self, wait: "_Wait") -> None:
        super().__init__()
        self._wait = wait

    def on_done(self, reading: Reading) -> None:
        self._wait.reading = reading
        self._wait.finish()

    def on_failed(self, reason: str) -> None:
        self._wait.problem = reason
        self._wait.finish()

    def on_cancelled(self) -> None:
        self._wait.finish()


class _Wait:
    """Waiting for one reader."""

    def __init__(self) -> None:
        self.loop = QEventLoop()
        self.reading: Reading | None = None
        self.problem = ""
        self.ended = False

    def finish(self) -> None:
        self.ended = True
        self.loop.quit()


def gather(paths: Sequence[Path], parent: QWidget | None, **options: Any) -> Reading | None:
    """What files and folders hold, read without freezing the window; None where the user cancelled.

    Nothing is said of files that could not be read: they are in the reading's ``problems``.
    """
    wait = _Wait()
    receiver = _Receiver(wait)
    reader = RunReader(paths, **options)
    text = paths[0].name if len(paths) == 1 else f"{len(paths)} files and folders"
    dialog = ProgressDialog("Reading evaluation run", text, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.cancel_requested.connect(reader.cancel)
    reader.progress.connect(dialog.show_progress)
    reader.done.connect(receiver.on_done)
    reader.failed.connect(receiver.on_failed)
    reader.cancelled.connect(receiver.on_cancelled)
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


def read_runs(paths: Path | Sequence[Path], parent: QWidget | None, **options: Any) -> list[ImportedRun]:
    """The runs in files and folders, read without freezing the window; what could not be read is said.

    Args:
        paths: one file or folder, or several.
        parent: the window.
        options: fields of ``ReadOptions``.

    Returns:
        The runs; none where all failed or the user cancelled.
    """
    several = [paths] if isinstance(paths, Path) else list(paths)
    reading = gather(several, parent, **options)
    if reading is None:
        return []
    if reading.problems:
        show_error(parent, "Not read", _told(reading))
    return list(reading.runs)


def _told(reading: Reading) -> str:
    """The problems of a reading, not so many that the message fills the screen."""
    lines = [str(problem) for problem in reading.problems[:_MOST_PROBLEMS]]
    if len(reading.problems) > _MOST_PROBLEMS:
        lines.append(f"{len(reading.problems) - _MOST_PROBLEMS} more could not be read.")
    return "\n".join(lines)
