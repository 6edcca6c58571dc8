"""The question before an address is opened: all of it is read first, with its host set apart."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.analysis.addresses import Address
from workbench.panels.common import Label, button, column
from workbench.panels.messages import show_error
from workbench.panels.style import figure_font, ui_font
from workbench.render.characters import brief, single_line

_WIDTH: Final = 560
_MOST_ROWS: Final = 6
_HOST_PX: Final = 18


class LinkDialog(QDialog):
    """Shows where an address leads; where there are several, one is chosen first.

    Attributes:
        list: the addresses; None where there is one.
        host, target: where the chosen one leads, and the whole of it.
        remarks: what may be overlooked in it, or why it may not be opened.
    """

    def __init__(self, addresses: Sequence[Address], parent: QWidget | None = None) -> None:
        """Show the first of some addresses."""
        super().__init__(parent)
        self.setWindowTitle("Open link")
        self.setMinimumWidth(_WIDTH)
        self._addresses = tuple(addresses)
        outer = column(self, 16, 10)
        self.list: QListWidget | None = self._choices(outer) if len(addresses) > 1 else None
        self._where = Label("", dim=True)
        self._where.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        outer.addWidget(self._where)
        self.host = Label("", wrap=True)
        self.host.setFont(ui_font(_HOST_PX, strong=True))
        self.host.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        outer.addWidget(self.host)
        self.target = QPlainTextEdit()
        self.target.setReadOnly(True)
        self.target.setAccessibleName("The whole address")
        self.target.setTabChangesFocus(True)
        self.target.setFont(figure_font())
        self.target.setFixedHeight(4 * self.target.fontMetrics().lineSpacing() + 12)
        outer.addWidget(self.target)
        self.remarks = Label("", wrap=True)
        outer.addWidget(self.remarks)
        outer.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.cancel = button("Cancel", self.reject)
        self.open_it: QPushButton = button("Open", self.accept)
        foot.addWidget(self.cancel)
        foot.addWidget(self.open_it)
        outer.addLayout(foot)
        self._show(0)
        (self.list or (self.open_it if self.open_it.isDefault() else self.cancel)).setFocus()

    def _choices(self, outer: QVBoxLayout) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName("Addresses")
        for one in self._addresses:
            made.addItem(QListWidgetItem(single_line(one.text)))
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setFixedHeight(min(_MOST_ROWS, len(self._addresses)) * made.sizeHintForRow(0) + 8)
        made.setCurrentRow(0)
        made.currentRowChanged.connect(self._show)
        outer.addWidget(made)
        return made

    def chosen(self) -> Address:
        """The address that is shown."""
        return self._addresses[max(0, self.list.currentRow() if self.list is not None else 0)]

    def _show(self, _row: int) -> None:
        one = self.chosen()
        mail = one.target.startswith("mailto:")
        self._where.setText("" if one.refused else "Writes a mail to" if mail else "Opens outside this program, at")
        self._where.setVisible(not one.refused)
        self.host.setText("This address is not opened" if one.refused else one.host)
        self.target.setPlainText(brief(one.text) if one.refused else one.target)
        self.remarks.setText(one.refused or "\n".join(one.remarks))
        self.remarks.setVisible(bool(self.remarks.text()))
        self.open_it.setEnabled(not one.refused)
        self.open_it.setDefault(not one.remarks and not one.refused)  # what needs a look is not opened by Enter alone
        self.cancel.setDefault(bool(one.remarks or one.refused))
        self.adjustSize()

    def sizeHint(self) -> QSize:
        """As wide as an address of usual length."""
        return QSize(_WIDTH, super().sizeHint().height())


def open_link(addresses: Sequence[Address], parent: QWidget | None) -> None:
    """Ask about some addresses, and let the system open the one the user wants opened."""
    dialog = LinkDialog(addresses, parent)
    if not dialog.exec():
        return
    target = dialog.chosen().target
    if target and not QDesktopServices.openUrl(QUrl.fromEncoded(target.encode("ascii"), QUrl.ParsingMode.StrictMode)):
        show_error(parent, "Not opened", f"The system has no program that opens {target}; copy the address instead.")
