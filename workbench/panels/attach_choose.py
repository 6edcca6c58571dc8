"""Small questions about evidence: which one, how many files, why a run is withdrawn."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QRadioButton, QWidget
from typing_extensions import override

from workbench.analysis.fuzzy import fold
from workbench.commands.errors import CommandError
from workbench.panels.attach_base import AskDialog, WrongField, form_grid, labelled, parsed
from workbench.panels.common import Label
from workbench.render.characters import brief, single_line

_FILTER_FROM = 10
_ROW = 26
_ID = Qt.ItemDataRole.UserRole


class ChooseDialog(AskDialog):
    """One of several things: a claim, a run, an element."""

    def __init__(
        self,
        title: str,
        question: str,
        verb: str,
        rows: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        chosen: str = "",
    ) -> None:
        """Offer rows of (id, words)."""
        super().__init__(title, verb, parent)
        self.resize(460, 380)
        self.add_head(question)
        self.filter = self.line("Filter", "Type to filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setVisible(len(rows) >= _FILTER_FROM)
        self.filter.textChanged.connect(self._filter)
        self.filter.installEventFilter(self)
        self.body.addWidget(self.filter)
        self.list = QListWidget()
        self.list.setAccessibleName(brief(question))
        for id, text in rows:
            item = QListWidgetItem(single_line(" ".join(text.split())), self.list)
            item.setData(_ID, id)
            item.setSizeHint(QSize(0, _ROW))
            if id == chosen:
                self.list.setCurrentItem(item)
        self.list.currentItemChanged.connect(lambda _now, _before: self.refresh())
        self.list.itemActivated.connect(lambda _item: self.accept() if self.ok.isEnabled() else None)
        self.body.addWidget(self.list, 1)
        (self.filter if len(rows) >= _FILTER_FROM else self.list).setFocus()
        if len(rows) == 1:
            self.list.setCurrentRow(0)
        self.refresh()

    def _filter(self, text: str) -> None:
        wanted = fold(text.strip())
        for index in range(self.list.count()):
            item = self.list.item(index)
            item.setHidden(bool(wanted) and wanted not in fold(item.text()))
        current = self.list.currentItem()
        if current is None or current.isHidden():
            shown = [self.list.item(i) for i in range(self.list.count()) if not self.list.item(i).isHidden()]
            self.list.setCurrentRow(self.list.row(shown[0]) if shown and wanted else -1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go through the rows while the keyboard stays in the filter."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shown = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and shown:
                now = self.list.currentRow()
                place = shown.index(now) + step if now in shown else 0
                self.list.setCurrentRow(shown[max(0, min(len(shown) - 1, place))])
                return True
        return super().eventFilter(watched, event)

    @override
    def read(self) -> str:
        """Id of what is chosen."""
        item = self.list.currentItem()
        if item is None:
            raise CommandError("Choose one.")
        return str(item.data(_ID))


class ScannedDialog(AskDialog):
    """How many files a scanner looked at: without that, no finding means nothing."""

    def __init__(self, file: str, findings: str, parent: QWidget | None = None, *, listed: int | None = None) -> None:
        """Ask.

        Args:
            file: name of the file.
            findings: how many findings it lists, in words.
            parent: over which window it stands.
            listed: how many files the scanner's own metrics list: offered, for the user to agree or not.
        """
        super().__init__("Files scanned", "Continue", parent)
        self.setMinimumWidth(460)
        self.add_head(
            "How many files were scanned?",
            f"{file} lists {findings}, and not what was looked at. Without that number a rate cannot be given, and no "
            "findings is no proof of anything.",
        )
        self.known = QRadioButton("This many files")
        self.count = self.line("Files scanned", "Such as 601")
        self.unknown = QRadioButton("Not known: the claim stays inconclusive")
        for choice in (self.known, self.unknown):
            choice.toggled.connect(lambda _on: self.refresh())
        self.count.textEdited.connect(lambda _text: self.known.setChecked(True))
        self.body.addWidget(self.known)
        self.body.addWidget(self.count)
        if listed is not None:
            self.count.setText(f"{listed}")
            self.known.setChecked(True)
            told = f"The file’s own metrics list {listed:,} {'file' if listed == 1 else 'files'}."
            self.body.addWidget(Label(told, dim=True, wrap=True))
        self.body.addWidget(self.unknown)
        self.body.addStretch(1)
        self.count.setFocus()
        self.refresh()

    @override
    def read(self) -> tuple[int | None]:
        """The number, in a tuple; None in it where it is not known."""
        if self.unknown.isChecked():
            return (None,)
        if not self.known.isChecked():
            raise CommandError("Give the number, or say that it is not known.")
        count: int | None = parsed(self.count, "whole")
        if count is None:
            raise CommandError("Give the number of files.")
        if count < 0:
            raise WrongField(self.count, "Enter 0 or more files.")
        return (count,)


class WithdrawDialog(AskDialog):
    """Why a run no longer counts."""

    def __init__(self, run: str, claims: int, parent: QWidget | None = None) -> None:
        super().__init__("Withdraw run", "Withdraw", parent)
        self.setMinimumWidth(460)
        told = "No claim leans on it." if not claims else "The one claim on it is suspended, and stays visible."
        if claims > 1:
            told = f"The {claims:,} claims on it are suspended, and stay visible."
        self.add_head(run, told)
        grid = form_grid(1)
        self.why = self.text_box("Why it no longer counts", "Such as: the judge model scored the wrong field", lines=3)
        labelled(grid, 0, 0, "Why it no longer counts", self.why)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.why.setFocus()
        self.refresh()

    @override
    def read(self) -> str:
        """The reason."""
        why = self.why.toPlainText().strip()
        if not why:
            raise CommandError("Say why the run no longer counts.")
        return why
