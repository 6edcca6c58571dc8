"""Editors for the fields of a form: each shows a value, reports edits, and keeps what cannot be accepted on screen."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.words import word
from workbench.panels.common import FlowLayout, Label, plain_tip
from workbench.panels.forms import Field
from workbench.panels.style import SMALL_PX, ui_font
from workbench.render.characters import single_line

MIXED: Final = "Several values"
_NOTHING: Final = object()
_ELSEWHERE: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The keyboard went to another program or to a menu: it comes back to a text that is still being typed."""


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a changed property of ``widget``."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class FieldEditor(QWidget):
    """One labelled field. ``edited`` carries the new value; ``left`` says that the keyboard went elsewhere.

    A value that was refused stays on screen with the reason under it until it is mended or the field changes.
    """

    edited = Signal(object)
    left = Signal()

    def __init__(self, field: Field, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.control = control
        self._shown: Any = _NOTHING
        self._needed: int | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        self.label = Label(field.label, dim=True)
        self.label.setFont(ui_font(SMALL_PX))
        self.label.setBuddy(control)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.label)
        layout.addWidget(control)
        self._error = Label("", wrap=True)
        self._error.setProperty("wrong", True)
        self._error.setFont(ui_font(SMALL_PX))
        self._error.hide()
        layout.addWidget(self._error)
        control.setAccessibleName(field.label)
        if field.hint:
            control.setAccessibleDescription(field.hint)
            control.setToolTip(plain_tip(field.hint))
        control.installEventFilter(self)
        self.setFocusProxy(control)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.control and isinstance(event, QFocusEvent):
            if event.reason() not in _ELSEWHERE:
                self.settle(leaving=True)
            self.left.emit()
            self.measure_again()  # a line keeps its place while it is typed in
        return super().eventFilter(watched, event)

    def set_value(self, value: Any, *, mixed: bool = False) -> None:
        """Show the document's value; what is being typed stays where the document has not changed."""
        state = (value, mixed)
        if state == self._shown:
            return
        self._shown = state
        self.set_error("")
        self.show_value(None if mixed else value, mixed=mixed)
        self.measure_again()

    def forget(self) -> None:
        """The next value belongs to another record: show it whatever stands here."""
        self._shown = _NOTHING
        self.set_error("")

    def committed(self, value: Any) -> None:
        """The document has taken ``value`` from this editor."""
        self._shown = (value, False)
        self.set_error("")

    def set_error(self, reason: str) -> None:
        """Say under the field why its value was refused; empty: it is fine."""
        self._error.setText(reason)
        self._error.setVisible(bool(reason))
        if bool(self.control.property("wrong")) != bool(reason):
            self.control.setProperty("wrong", bool(reason))
            restyle(self.control)
        self.control.setAccessibleDescription(reason or self.field.hint)

    @property
    def error(self) -> str:
        """Why the value on screen was refused; empty where it was not."""
        return self._error.text()

    def show_value(self, value: Any, *, mixed: bool) -> None:
        """Put a value on screen without reporting it as an edit."""
        raise NotImplementedError

    def fits(self, width: int) -> bool:
        """Whether label and value can be read whole at a width in logical pixels."""
        if self._needed is None:
            self._needed = max(self.label.sizeHint().width(), self.room())
        return self._needed <= width

    def measure_again(self) -> None:
        """Another value may need more room, or less; nothing is laid out anew where it does not."""
        before, self._needed = self._needed, None
        if before is not None and (not self.fits(before) or self._needed != before):
            self.updateGeometry()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """The style has given the editor its frame."""
        super().showEvent(event)
        self.measure_again()

    def room(self) -> int:
        """Width that the value takes on one line, in logical pixels; 0 where it wraps."""
        return 0

    def settle(self, *, leaving: bool = False) -> None:
        """Commit what is typed and not there yet; ``leaving``: what is refused makes room for the old value."""

    def draft(self) -> str | None:
        """The text on screen where it was refused, to bring it back later; None where nothing would be lost."""
        return None

    def restore(self, draft: str) -> None:
        """Bring a refused text back."""

    def set_read_only(self, on: bool) -> None:
        """Allow looking only."""
        self.control.setEnabled(not on)


def is_undo(event: QEvent) -> bool:
    """Whether the window's undo or redo is asked for; what is typed is in the document already, so it decides."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
    )


class Combo(QComboBox):
    """A combo box that the wheel changes only while it has the keyboard, and that fills itself when first needed.

    A choice that is wider than the box ends in an ellipsis, and the tooltip has all of it; the list shows all in full.
    """

    needed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def room(self) -> int:
        """Width that shows the choice in full, in logical pixels."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        inner = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2
        return self.fontMetrics().horizontalAdvance(self.currentText() or self.placeholderText()) + self.width() - inner

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        over = self.room() - self.width()
        if over <= 0:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        metrics = self.fontMetrics()
        whole = self.currentText() or self.placeholderText()
        room = metrics.horizontalAdvance(whole) - over
        option.currentText = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self.room() > self.width():
            at = event.globalPos() if isinstance(event, QHelpEvent) else self.mapToGlobal(self.rect().bottomLeft())
            QToolTip.showText(at, plain_tip(self.currentText()), self)
            return True
        return super().event(event)

    @override
    def showPopup(self) -> None:
        self.needed.emit()
        rows = self.view()
        rows.setMinimumWidth(min(rows.sizeHintForColumn(0) + 24, self.screen().availableGeometry().width() // 2))
        super().showPopup()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.needed.emit()
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.needed.emit()
        super().focusInEvent(event)


class ChoiceEditor(FieldEditor):
    """One of several stored values, shown in words; the values are the field's own or given by ``options``."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self._combo = Combo()
        super().__init__(field, self._combo, parent)
        self._options: list[tuple[str, Any]] = [(word(value), value) for value in field.choices]
        if field.optional:
            self._options.insert(0, ("Not set", None))
        if field.blank:
            self._options.insert(0, (field.blank, ""))
        self._fill()
        self._combo.activated.connect(self._chosen)

    def set_options(self, options: list[tuple[str, Any]]) -> None:
        """Offer other values: (text, stored value)."""
        if options != self._options:
            self._options = options
            self._fill()
            if self._shown is not _NOTHING:
                value, mixed = self._shown
                self.show_value(None if mixed else value, mixed=mixed)

    def _fill(self) -> None:
        self._combo.clear()
        for text, _ in self._options:
            self._combo.addItem(single_line(text))

    @override
    def show_value(self, value: Any, *, mixed: bool) -> None:
        index = -1 if mixed else next((i for i, (_, v) in enumerate(self._options) if v == value), -1)
        if index < 0 and not mixed and value not in (None, ""):
            self._options.append((word(str(value)), value))
            self._combo.addItem(single_line(self._options[-1][0]))
            index = len(self._options) - 1
        self._combo.setPlaceholderText(MIXED if mixed else "Not set")
        self._combo.setCurrentIndex(index)

    @override
    def room(self) -> int:
        return self._combo.room()

    def _chosen(self, index: int) -> None:
        self.edited.emit(self._options[index][1])
        self.measure_again()


class FlagsEditor(FieldEditor):
    """Any number of fixed values, one check box each."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        group = QWidget()
        flow = FlowLayout(group, 6)
        self._boxes = {value: QCheckBox(word(value)) for value in field.choices}
        for box in self._boxes.values():
            flow.addWidget(box)
            box.clicked.connect(self._clicked)
        super().__init__(field, group, parent)
        self.label.setBuddy(next(iter(self._boxes.values())))

    @override
    def show_value(self, value: Any, *, mixed: bool) -> None:
        for name, box in self._boxes.items():
            box.setTristate(mixed)
            box.setCheckState(
                Qt.CheckState.PartiallyChecked
                if mixed
                else Qt.CheckState.Checked
                if name in (value or ())
                else Qt.CheckState.Unchecked
            )

    def _clicked(self) -> None:
        chosen = Qt.CheckState.Checked
        self.edited.emit(tuple(name for name, box in self._boxes.items() if box.checkState() == chosen))
