"""Name, version and licence."""

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from workbench.panels.common import Label, column
from workbench.panels.style import ui_font

_TITLE_PX = 20


def program_version() -> str:
    """Version of the installed program; in a checkout that was never installed there is none."""
    try:
        return version("hazard-workbench")
    except PackageNotFoundError:
        return "not installed"


class AboutDialog(QDialog):
    """What this program is and whose it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Hazard Workbench")
        layout = column(self, 24, 8)
        name = Label("Hazard Workbench")
        name.setFont(ui_font(_TITLE_PX, strong=True))
        layout.addWidget(name)
        layout.addWidget(Label(f"Version {program_version()} · Qt {qVersion()}", dim=True))
        layout.addWidget(Label("Hazard-cause-control diagrams whose judgements rest on measured evidence."))
        layout.addWidget(
            Label("Licence: Apache-2.0. Qt is used under the LGPL; Source Sans Pro under the OFL.", dim=True)
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
