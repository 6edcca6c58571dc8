"""The title of a dock: its name, a short note at the right such as "6 hazards", and a close button."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton

from workbench.panels.common import Label
from workbench.panels.icons import icon
from workbench.panels.style import SMALL_PX, ui_font


class DockTitle(Label):
    """Put on a dock with ``install``; the note is set with ``set_note``."""

    def __init__(self, dock: QDockWidget, *, closable: bool = True) -> None:
        super().__init__("", dock)
        self.setProperty("panelTitle", True)
        self.setMinimumHeight(30)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        name = Label(dock.windowTitle())
        name.setFont(ui_font(strong=True))
        row.addWidget(name)
        row.addStretch(1)
        self._note = Label("", dim=True)
        self._note.setFont(ui_font(SMALL_PX))
        row.addWidget(self._note)
        if closable:
            shut = QToolButton()
            shut.setIcon(icon("close"))
            shut.setIconSize(QSize(14, 14))
            shut.setFixedSize(24, 24)
            shut.setAccessibleName(f"Close {dock.windowTitle()}")
            shut.setToolTip(f"Close {dock.windowTitle()}")
            shut.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            shut.clicked.connect(dock.close)
            row.addWidget(shut)
        dock.setTitleBarWidget(self)

    def set_note(self, text: str) -> None:
        """Say something short at the right of the title."""
        self._note.setText(text)
