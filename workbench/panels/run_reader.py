"""Reading a run file beside the user interface, with progress and Cancel."""

from pathlib import Path
from threading import Event
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QWidget
from typing_extensions import override

from workbench.evidence.imported import ImportedRun
from workbench.evidence.problems import Cancelled, ImportProblem
from workbench.evidence.reading import read_run
from workbench.panels.common import Label, button, column
from workbench.panels.messages import show_error

_PATIENCE_MS: Final = 250
"""A file read sooner than this shows no progress window."""


class RunReader(QObject):
    """Reads one file in a worker thread. Exactly one of ``done``, ``failed`` and ``cancelled`` follows ``start``.

    Attributes:
        progress: share read, 0 to 1.
        done: emits the runs as read (a list of ``ImportedRun``).
        failed: emits one sentence for the user.
    """

    progress = Signal(float)
    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._stop = Event()

    def start(self) -> None:
        """Begin to read."""
        QThreadPool.globalInstance().start(_Job(self))

    def cancel(self) -> None:
        """Ask the worker to stop; ``cancelled`` follows when it has."""
        self._stop.set()

    def work(self) -> None:
        """Read the file; called in the worker thread."""
        try:
            runs = read_run(self.path, progress=self.progress.emit, cancelled=self._stop.is_set)
        except Cancelled:
            self.cancelled.emit()
        except ImportProblem as problem:
            self.failed.emit(str(problem))
        except MemoryError:
            self.failed.emit(f"{self.path}: too large for this machine's memory; read a smaller file")
        except Exception as error:  # noqa: BLE001 - a worker must always report, or the window would wait for ever
            self.failed.emit(f"{self.path}: could not be read ({type(error).__name__}); this is a fault of the program")
        else:
            self.done.emit(runs)


class _Job(QRunnable):
    def __init__(self, reader: RunReader) -> None:
        super().__init__()
        self._reader = reader

    @override
    def run(self) -> None:
        self._reader.work()


class ProgressDialog(QDialog):
    """What is being read, how far it is, and Cancel (also Esc)."""

    cancel_requested = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reading evaluation run")
        self.setMinimumWidth(380)
        layout = column(self, 16, 10)
        layout.addWidget(Label(text, wrap=True))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1_000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        layout.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch(1)
        self._cancel = button("Cancel", self.reject)
        row.addWidget(self._cancel)
        layout.addLayout(row)

    def show_progress(self, share: float) -> None:
        """Move the bar."""
        self.bar.setValue(round(max(0.0, min(1.0, share)) * 1_000))

    @override
    def reject(self) -> None:
        """Cancel: the window closes once the worker has stopped."""
        self._cancel.setEnabled(False)
        self.cancel_requested.emit()


class _Receiver(QObject):
    """Takes the worker's signals in the thread of the window: a plain function would run in the worker's."""

    def __init__(self, wait: "_Wait") -> None:
        super().__init__()
        self._wait = wait

    def on_done(self, runs: list[ImportedRun]) -> None:
        self._wait.runs = runs
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
        self.runs: list[ImportedRun] = []
        self.problem = ""
        self.ended = False

    def finish(self) -> None:
        self.ended = True
        self.loop.quit()


def read_runs(path: Path, parent: QWidget | None) -> list[ImportedRun]:
    """The runs in a file, read without freezing the window; empty where it failed (said) or the user cancelled."""
    wait = _Wait()
    receiver = _Receiver(wait)
    reader = RunReader(path)
    dialog = ProgressDialog(path.name, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.cancel_requested.connect(reader.cancel)
    reader.progress.connect(dialog.show_progress)
    reader.done.connect(receiver.on_done)
    reader.failed.connect(receiver.on_failed)
    reader.cancelled.connect(receiver.on_cancelled)
    reader.start()
    QTimer.singleShot(_PATIENCE_MS, wait.loop.quit)
    wait.loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not wait.ended:
        dialog.show()
        wait.loop.exec()
    dialog.hide()
    dialog.deleteLater()
    if wait.problem:
        show_error(parent, "Not read", wait.problem)
    return wait.runs
