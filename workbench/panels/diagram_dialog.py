"""Asking for the title of a diagram, and for a new one its notation."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from workbench.model.drawing import Notation
from workbench.panels.common import column
from workbench.panels.fields import Combo

_NOTATIONS: tuple[tuple[str, Notation], ...] = (
    ("Bow-tie: top event in the centre", "bow_tie"),
    ("Simple: the hazard takes the lines itself", "simple"),
)


class DiagramDialog(QDialog):
    """Title and notation of a diagram; with a ``title`` given, only that is asked for."""

    def __init__(self, parent: QWidget | None = None, *, title: str | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New diagram" if title is None else "Rename diagram")
        layout = column(self, 16, 12)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        layout.addLayout(form)
        self._title = QLineEdit(title or "")
        self._title.setMaxLength(2_000)
        self._title.setMinimumWidth(300)
        self._title.setAccessibleName("Title")
        self._title.selectAll()
        form.addRow("Title", self._title)
        self._notation: Combo | None = None
        if title is None:
            self._notation = Combo()
            for word, value in _NOTATIONS:
                self._notation.addItem(word, value)
            self._notation.setAccessibleName("Notation")
            form.addRow("Notation", self._notation)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText("Add" if title is None else "Rename")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._title.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        self._ok.setEnabled(bool(self._title.text().strip()))

    @property
    def title(self) -> str:
        """The title asked for, without white space at its ends."""
        return self._title.text().strip()

    @property
    def notation(self) -> Notation:
        """The notation asked for."""
        return self._notation.currentData() if self._notation is not None else "bow_tie"
