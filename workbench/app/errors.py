"""When something goes wrong that nobody foresaw: it is written to a file, said in one sentence, and work goes on."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from workbench.files.own import write_report
from workbench.panels.messages import show_error


class ErrorReporter:
    """Takes the place of Python's own report on standard error while the window runs."""

    def __init__(self) -> None:
        """Take over."""
        self._showing = False
        self._previous = sys.excepthook
        sys.excepthook = self._report

    def remove(self) -> None:
        """Give it back."""
        sys.excepthook = self._previous

    def _report(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        path = write_report("".join(traceback.format_exception(kind, value, trace)))
        if self._showing:
            return
        self._showing = True
        where = f" A report lies in {path}." if path else ""
        QTimer.singleShot(0, lambda: self._tell(f"What you just did could not be finished ({kind.__name__}).{where}"))

    def _tell(self, sentence: str) -> None:
        show_error(
            QApplication.activeWindow(),
            "Something went wrong",
            f"{sentence}\n\nThe document is as it was before. Save it under another name to be safe.",
        )
        self._showing = False
