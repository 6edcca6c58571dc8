"""Offering what a program that ended too early had not saved: what would come back, and what becomes of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from workbench.analysis.words import count_words
from workbench.files.recovery import Recoverable
from workbench.panels.common import Label, button, column
from workbench.panels.style import TITLE_PX, ui_font
from workbench.render.characters import single_line

_MOST_EDITS: Final = 500
_ROW: Final = 44
_WIDTH, _HEIGHT = 760, 440
_LIST_WIDTH: Final = 290
_DAY: Final = len("23 Nov 2026, ")


class RecoveryDialog(QDialog):
    """Lists documents with unsaved work; closing it leaves them for later.

    Attributes:
        restore_requested: emits the ``Recoverable`` to bring back; ``discard_requested``: the one to forget.
    """

    restore_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, found: Sequence[Recoverable], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Unsaved work was found")
        self.resize(_WIDTH, _HEIGHT)
        self._found = list(found)
        self._steps: dict[Path, Sequence[str]] = {}
        outer = column(self, 16, 12)
        head = Label("The program ended before this work was saved.")
        head.setFont(ui_font(TITLE_PX, strong=True))
        outer.addWidget(head)
        outer.addWidget(
            Label("Restore opens it in a window, with its undo steps. No file is changed until you save.", dim=True)
        )
        sides = QHBoxLayout()
        sides.setSpacing(16)
        self.documents = QListWidget()
        self.documents.setAccessibleName("Documents with unsaved work")
        self.documents.setObjectName("roomy")
        self.documents.setFixedWidth(_LIST_WIDTH)
        self.documents.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.documents.currentRowChanged.connect(self._show)
        sides.addWidget(self.documents)
        right = QWidget()
        rows = column(right, 0, 6)
        self.where = Label("", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows.addWidget(self.where)
        self.times = Label("", dim=True, wrap=True)
        rows.addWidget(self.times)
        self.count = Label("")
        self.count.setFont(ui_font(strong=True))
        rows.addWidget(self.count)
        self.edits = QListWidget()
        self.edits.setAccessibleName("What would come back, newest first")
        self.edits.setObjectName("roomy")
        self.edits.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        rows.addWidget(self.edits, 1)
        sides.addWidget(right, 1)
        outer.addLayout(sides, 1)
        foot = QHBoxLayout()
        self.discard = button("Discard…", self._discard, tip="Forget this work; it cannot be brought back after that")
        foot.addWidget(self.discard)
        foot.addStretch(1)
        self.later = button("Later", self.reject, tip="File › Recover unsaved work… offers it again")
        self.restore = button("Restore", self._restore, look="primary")
        self.restore.setDefault(True)
        foot.addWidget(self.later)
        foot.addWidget(self.restore)
        outer.addLayout(foot)
        for one in self._found:
            row = QListWidgetItem(self._row(one))
            row.setSizeHint(QSize(_LIST_WIDTH - 20, _ROW))
            self.documents.addItem(row)
        self.documents.setCurrentRow(0)
        self.documents.setFocus()

    def steps_of(self, one: Recoverable) -> Sequence[str]:
        """What would come back of a document, oldest first, in as many words as are known by now."""
        return self._steps.get(one.file) or one.unsaved

    def tell(self, steps: Mapping[Path, Sequence[str]]) -> None:
        """Say what each step was done to; by journal, oldest first."""
        self._steps |= steps
        for row, one in enumerate(self._found):
            self.documents.item(row).setText(self._row(one))
        self._show(self.documents.currentRow())

    def _row(self, one: Recoverable) -> str:
        edits = count_words(len(self.steps_of(one)), "edit", "edits")
        return f"{single_line(_name(one))}\n{edits}, {_when(one.when)}"

    def remove(self, one: Recoverable) -> None:
        """It is settled what becomes of it; the dialog closes after the last."""
        at = self._found.index(one)
        del self._found[at]
        self.documents.takeItem(at)
        if self._found:
            self._show(self.documents.currentRow())
            self.raise_()
        else:
            self.accept()

    def _current(self) -> Recoverable:
        return self._found[self.documents.currentRow()]

    def _restore(self) -> None:
        self.restore_requested.emit(self._current())

    def _discard(self) -> None:
        self.discard_requested.emit(self._current())

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._found) or self.documents.count() != len(self._found):
            return  # a row is just being taken out
        one = self._found[row]
        self.where.setText(str(one.path) if one.path is not None else "Was never saved to a file")
        began, ended = _when(one.began), _when(one.when)
        until = "" if began == ended else f" to {ended.removeprefix(began[:_DAY])}"
        self.times.setText(f"Edited {began}{until}, by process {one.owner.process} on {one.owner.host}")
        steps = self.steps_of(one)
        self.count.setText(f"{count_words(len(steps), 'edit', 'edits')} would come back, newest first:")
        self.edits.clear()
        lines = [(label, len(list(same))) for label, same in groupby(reversed(steps))]
        for label, times in lines[:_MOST_EDITS]:
            self.edits.addItem(single_line(label) + (f" (× {times})" if times > 1 else ""))
        if len(lines) > _MOST_EDITS:
            self.edits.addItem(f"and {len(lines) - _MOST_EDITS:,} more")


def _name(one: Recoverable) -> str:
    if one.path is not None:
        return one.path.name
    return " ".join(one.title.split()) or "Untitled"


def _when(iso: str) -> str:
    try:
        return f"{datetime.fromisoformat(iso).astimezone():%d %b %Y, %H:%M:%S}"
    except ValueError:
        return iso
