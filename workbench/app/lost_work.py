"""What windows that crashed left behind, for the whole program: looked for, offered, brought back or forgotten."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psygnal import Signal
from PySide6.QtWidgets import QWidget

from workbench.files.errors import ProjectFileError
from workbench.panels.messages import confirm, show_error

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.files.recovery import Recoverable, Recovered
    from workbench.panels.recovery_dialog import RecoveryDialog
    from workbench.panels.run_worker import Work


class LostWork:
    """Unsaved work of windows that are gone.

    Attributes:
        changed: there is other work than when last looked.
        found: the work there was when last looked, newest first.
    """

    changed = Signal()

    def __init__(self, show: Callable[["Recovered"], object], retire: Callable[[QWidget], None]) -> None:
        """Look at nothing yet.

        Args:
            show: opens a window on what was brought back.
            retire: closes a window nothing was ever done in; any other stays.
        """
        self.found: list[Recoverable] = []
        self._show = show
        self._retire = retire
        self._work: Work[list[Recoverable]] | None = None
        self._dialog: RecoveryDialog | None = None

    def look(self, window: QWidget, nothing: Callable[[], None] = lambda: None) -> None:
        """Look in another thread, and offer what there is to the user of a window.

        Args:
            window: the parent of the dialog.
            nothing: called where there is nothing to offer.
        """
        from workbench.files.recovery import scan_recoverable  # noqa: PLC0415 - after the first picture, not before
        from workbench.panels.run_worker import Work  # noqa: PLC0415 - after the first picture, not before

        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        if self._work is not None:
            self._work.drop()

        def seen() -> None:
            self._work = None
            self.found = work.result or []
            self.changed.emit()
            if self.found:
                self._offer(window)
            else:
                nothing()

        work = self._work = Work(lambda _tell, _stop: scan_recoverable(), window, seen)
        window.destroyed.connect(lambda: self._forget(work))
        work.start()

    def _offer(self, window: QWidget) -> None:
        from workbench.panels.recovery_dialog import RecoveryDialog  # noqa: PLC0415 - seldom needed

        dialog = self._dialog = RecoveryDialog(self.found, window)
        restored: list[object] = []

        def restore(one: "Recoverable") -> None:
            if self._restore(one, dialog):
                restored.append(one)
                self._settled(one, dialog)

        def discard(one: "Recoverable") -> None:
            if self._discard(one, dialog):
                self._settled(one, dialog)

        def close() -> None:
            self._dialog = None
            dialog.deleteLater()
            if restored:
                self._retire(window)

        dialog.restore_requested.connect(restore)
        dialog.discard_requested.connect(discard)
        dialog.finished.connect(close)
        dialog.destroyed.connect(lambda: self._forget(dialog))
        dialog.open()
        self._tell(dialog)

    def _tell(self, dialog: "RecoveryDialog") -> None:
        """Say what each edit was done to, once that is known: all are done again for that, beside the window."""
        from workbench.commands.lost_steps import lost_steps  # noqa: PLC0415 - seldom needed
        from workbench.panels.run_worker import Work  # noqa: PLC0415 - seldom needed

        found = list(self.found)
        work: Work[dict[Path, list[str]]] = Work(
            lambda _tell, stop: {one.file: lost_steps(one) for one in found if not stop()},
            dialog,
            lambda: dialog.tell(work.result or {}),
        )
        work.start()

    def _forget(self, gone: object) -> None:
        """The window it belonged to went."""
        if self._dialog is gone:
            self._dialog = None
        if self._work is gone:
            self._work = None

    def _settled(self, one: "Recoverable", dialog: "RecoveryDialog") -> None:
        self.found = [other for other in self.found if other is not one]
        self.changed.emit()
        dialog.remove(one)

    def _restore(self, one: "Recoverable", parent: QWidget) -> bool:
        try:
            recovered = one.restore()
        except ProjectFileError as problem:
            show_error(parent, "Not restored", str(problem))
            return False
        self._show(recovered)
        return True

    def _discard(self, one: "Recoverable", parent: "RecoveryDialog") -> bool:
        name = one.path.name if one.path is not None else one.title or "Untitled"
        count = len(parent.steps_of(one))
        many = "1 edit" if count == 1 else f"{count:,} edits"
        question = f"Forget {many} of {name}? They cannot be brought back after that."
        if not confirm(parent, "Discard unsaved work", question, "Discard", careful=True):
            return False
        from workbench.panels.progress import work_beside  # noqa: PLC0415 - seldom needed

        text = f"Removing what was kept of {name}. The disk has not answered yet."
        work_beside(lambda _unwanted: one.discard(), title="Discard unsaved work", text=text, parent=parent)
        return True
