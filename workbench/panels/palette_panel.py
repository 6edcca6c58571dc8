"""The palette: the kinds of element to draw, dragged to the canvas or placed by a click."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from workbench.canvas.drops import kind_data
from workbench.model.kinds import ELEMENT_KINDS, LABEL
from workbench.panels.common import Panel, allow_change
from workbench.panels.icons import KIND_SIZE, kind_icon
from workbench.panels.style import current_theme
from workbench.session.session import Session

KEYS: Final = {
    "hazard": "H",
    "top_event": "T",
    "cause": "C",
    "consequence": "E",
    "control": "B",
    "degradation_factor": "D",
    "gate": "G",
    "note": "N",
}
"""Keys named in the tooltips unless the window says otherwise."""
_SHORT: Final = {"degradation_factor": "Degradation"}
_COLUMNS: Final = 2


class PalettePanel(Panel):
    """The kinds in two columns.

    Attributes:
        armed: emits the kind whose next click on the canvas places it; empty where none is armed any more.
        placed: emits the kind to place in the middle of the view (Enter on it).
    """

    armed = Signal(str)
    placed = Signal(str)

    def __init__(self, session: Session, keys: dict[str, str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAccessibleName("Palette")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(0)
        self._buttons: dict[str, _KindButton] = {}
        for index, kind in enumerate(ELEMENT_KINDS):
            made = _KindButton(kind, (keys or KEYS).get(kind, ""), self)
            made.clicked.connect(lambda on, kind=kind: self._clicked(kind, on))
            made.moved.connect(lambda step, index=index: self._focus(index + step))
            made.confirmed.connect(self.placed)
            grid.addWidget(made, index // _COLUMNS, index % _COLUMNS)
            self._buttons[kind] = made
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.refresh()

    @override
    def focus_target(self) -> QWidget:
        """The kind picked up, or the first."""
        made = list(self._buttons.values())
        return next((one for one in made if one.isChecked()), made[0])

    @override
    def refresh(self) -> None:
        theme = current_theme()
        for kind, made in self._buttons.items():
            made.setIcon(kind_icon(kind, theme))
            allow_change(made, self.store.read_only)

    def button(self, kind: str) -> QToolButton:
        """The button of a kind."""
        return self._buttons[kind]

    def disarm(self) -> None:
        """The canvas has placed the element, or the user pressed Esc there."""
        for made in self._buttons.values():
            made.setChecked(False)

    def _clicked(self, kind: str, on: bool) -> None:
        for other, made in self._buttons.items():
            if other != kind:
                made.setChecked(False)
        self.armed.emit(kind if on else "")

    def _focus(self, index: int) -> None:
        kinds = list(self._buttons)
        if 0 <= index < len(kinds):
            self._buttons[kinds[index]].setFocus(Qt.FocusReason.OtherFocusReason)


class _KindButton(QToolButton):
    """One kind: silhouette and word."""

    moved = Signal(int)
    confirmed = Signal(str)

    def __init__(self, kind: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._pressed_at: QPoint | None = None
        word = LABEL[kind]
        self.setText(_SHORT.get(kind, word))
        self.setIconSize(KIND_SIZE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(QSize(90, 28))
        self.setToolTip(f"{word} ({key}): drag to the diagram, or click and click there" if key else word)
        self.setAccessibleName(word)
        self.setAccessibleDescription("Enter places it, Space picks it up for the next click on the diagram")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_COLUMNS,
            Qt.Key.Key_Down: _COLUMNS,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit(self._kind)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed_at
        far = start is not None and (event.position().toPoint() - start).manhattanLength()
        if not far or far < QApplication.startDragDistance() or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        self._pressed_at = None
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(kind_data(self._kind))
        drag.setPixmap(self.icon().pixmap(KIND_SIZE, self.devicePixelRatio()))
        drag.exec(Qt.DropAction.CopyAction)
