"""Work beside the user interface: a thread, a progress window where it takes long, and Cancel."""

from collections.abc import Callable
from threading import Event, Thread
from time import perf_counter
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QWidget
from shiboken6 import isValid
from typing_extensions import override

from workbench.export.steps import Doing, Step, Steps
from workbench.panels.common import Label, button, column

PATIENCE_MS: Final = 250
"""What ends sooner than this shows no progress window."""
_STEPS: Final = 1_000
_SLICE: Final = 0.015
"""Seconds of work between two looks at what the user does."""

T = TypeVar("T")


class ProgressDialog(QDialog):
    """What is being done, how far it is, and Cancel (also Esc).

    The bar shows that something goes on until ``show_progress`` says how far it is.
    """

    cancel_requested = Signal()

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        layout = column(self, 16, 10)
        layout.addWidget(Label(text, wrap=True))
        self.doing = Label(dim=True, wrap=True)
        self.doing.hide()
        layout.addWidget(self.doing)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
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
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(max(0.0, min(1.0, share)) * _STEPS))

    def show_step(self, step: Step) -> None:
        """Move the bar, and say what is made now where the step says it."""
        if isinstance(step, Doing) and step.told != self.doing.text():
            self.doing.setText(step.told)
            self.doing.show()
        self.show_progress(step.share if isinstance(step, Doing) else step)

    @override
    def reject(self) -> None:
        """Cancel: the window closes once the worker has stopped."""
        self._cancel.setEnabled(False)
        self.cancel_requested.emit()


class _Bell(QObject):
    rung = Signal()


class _Waiter(QObject):
    """Hears the bell in the thread of the window: a plain function would run in the worker's."""

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self.heard = False
        self._loop = loop

    def hear(self) -> None:
        self.heard = True
        self._loop.quit()


class _Job(Generic[T]):
    """One piece of work in a thread of its own, and what came of it."""

    def __init__(self, work: Callable[[Callable[[], bool]], T]) -> None:
        self.bell = _Bell()
        self.unwanted = Event()
        self.result: T | None = None
        self.fault: Exception | None = None
        self._work = work
        self.thread = Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self.result = self._work(self.unwanted.is_set)
        except Exception as fault:  # noqa: BLE001 - raised again where the work was asked for
            self.fault = fault
        self.bell.rung.emit()


def work_beside(
    work: Callable[[Callable[[], bool]], T], *, title: str, text: str, parent: QWidget | None
) -> tuple[T | None, bool]:
    """Do something in a thread while the window stays alive.

    Meanwhile the window takes no input but Cancel, first because input waits, then because the progress window is in
    front of it; the document may still change by other ways, which the caller must look at.

    Args:
        work: what to do. It is handed a function that says whether the result is not wanted any more, and should then
            end, with whatever result.
        title: heading of the progress window.
        text: what is being done.
        parent: the window; when it goes, so does the wish for the result.

    Returns:
        The result, and whether it is still wanted.

    Raises:
        Exception: what the work raised, unless it is not wanted any more.
    """
    job = _Job(work)
    loop = QEventLoop()
    waiter = _Waiter(loop)
    job.bell.rung.connect(waiter.hear)
    dialog = ProgressDialog(title, text, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.cancel_requested.connect(job.unwanted.set)
    gone: list[bool] = []

    def give_up() -> None:
        gone.append(True)
        job.unwanted.set()
        loop.quit()

    dialog.destroyed.connect(give_up)
    job.thread.start()
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not waiter.heard and not gone:
        dialog.show()
        loop.exec()
    if not waiter.heard:  # the window has gone, or the program ends and every loop with it
        job.unwanted.set()
    job.thread.join()
    if not gone:
        dialog.destroyed.disconnect(give_up)
        had_keyboard = dialog.isActiveWindow()
        dialog.hide()
        if had_keyboard and parent is not None:  # not every system gives it back by itself
            parent.window().activateWindow()
        dialog.deleteLater()
    wanted = not job.unwanted.is_set()
    if wanted and job.fault is not None:
        raise job.fault
    return job.result, wanted


class _Slices(QObject, Generic[T]):
    """Work that yields, done a slice at a time by the event loop of the window."""

    def __init__(self, steps: Steps[T], dialog: ProgressDialog, loop: QEventLoop) -> None:
        super().__init__()
        self.result: T | None = None
        self.fault: Exception | None = None
        self.ended = self.unwanted = False
        self._told = ""
        self._steps = steps
        self._dialog = dialog
        self._loop = loop
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._work)
        self._clock.start(0)

    def _work(self) -> None:
        until = perf_counter() + _SLICE
        try:
            step = self._next()
            while perf_counter() < until:
                step = self._next()
        except StopIteration as done:
            self.result = done.value
            self.end()
        except Exception as fault:  # noqa: BLE001 - raised again where the work was asked for
            self.fault = fault
            self.end()
        else:
            if self._dialog.isVisible():
                self._dialog.show_step(step)

    def _next(self) -> Step:
        """The next step; where it says nothing new, what was said last still holds."""
        step = next(self._steps)
        if isinstance(step, Doing):
            self._told = step.told
        elif self._told:
            return Doing(step, self._told)
        return step

    def give_up(self) -> None:
        """Nobody wants the result any more."""
        self.unwanted = True
        self.end()

    def end(self) -> None:
        """Stop, and let whoever waits go on."""
        self.ended = True
        self._clock.stop()
        self._steps.close()
        self._loop.quit()


def work_in_slices(steps: Steps[T], *, title: str, text: str, parent: QWidget | None) -> tuple[T | None, bool]:
    """Do something on the thread of the window, as drawing needs it, in slices that leave the window alive.

    As ``work_beside``, but for the thread.

    Args:
        steps: what to do: yields how far it is every few hundredths of a second, and may say what it makes now.
        title: heading of the progress window.
        text: what is being done.
        parent: the window; when it goes, so does the wish for the result.

    Returns:
        The result, and whether it is still wanted.

    Raises:
        Exception: what the work raised, unless it is not wanted any more.
    """
    loop = QEventLoop()
    dialog = ProgressDialog(title, text, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    work = _Slices(steps, dialog, loop)
    dialog.cancel_requested.connect(work.give_up)
    dialog.destroyed.connect(work.give_up)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not work.ended:
        dialog.show()
        loop.exec()
    if not work.ended:  # the program ends and every loop with it
        work.give_up()
    if isValid(dialog):
        dialog.destroyed.disconnect(work.give_up)
        dialog.hide()
        dialog.deleteLater()
    if work.fault is not None and not work.unwanted:
        raise work.fault
    return work.result, not work.unwanted
