"""What the dialogs about evidence share: asking until all that is needed is said, named fields, the verdict."""

from collections.abc import Sequence
from typing import Any, Final

from pydantic import ValidationError
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.analysis.words import VERDICT_WORD, plain_error
from workbench.commands.errors import CommandError
from workbench.evidence.criterion import CriterionProblem
from workbench.panels.claim_card import Badge
from workbench.panels.common import Label, column, plain_tip
from workbench.panels.fields import Combo, restyle
from workbench.panels.forms import Editor
from workbench.panels.parsing import BadValueError, parse
from workbench.panels.style import SMALL_PX, TITLE_PX, current_theme, ui_font
from workbench.render.characters import brief, single_line

CHOOSE: Final = "Choose…"
_FRAME: Final = 48
"""Room that a window's frame takes from the screen, logical pixels."""

DAY_HINT: Final = "Such as 2026-03-31"


class WrongField(Exception):  # noqa: N818 - what the user typed is at fault, not the program
    """What stands in a field cannot be used.

    Attributes:
        field: the widget it stands in.
    """

    def __init__(self, field: QWidget, reason: str) -> None:
        """Keep the field, to mark it."""
        super().__init__(reason)
        self.field = field


class AskDialog(QDialog):
    """A dialog whose button can be pressed once everything that is needed has been said.

    ``read`` gives the answer or raises what is still missing; the reason stands beside the button.
    """

    def __init__(self, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._marked: QWidget | None = None
        outer = self._outer = column(self, 16, 12)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        outer.addLayout(self.body, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.reason = Label("", wrap=True)
        self.reason.setMinimumHeight(34)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.reason, 1)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(verb)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        foot.addWidget(self.buttons)
        outer.addLayout(foot)

    def read(self) -> Any:
        """The answer as the dialog stands.

        Raises:
            CommandError: something is missing. WrongField: something cannot be used.
        """
        raise NotImplementedError

    def answer(self) -> Any:
        """The answer, or None while something is missing or wrong."""
        try:
            return self.read()
        except (CommandError, WrongField, CriterionProblem, ValidationError):
            return None

    def refresh(self) -> None:
        """Say what is missing, and let the button be pressed once nothing is."""
        reason, wrong, field = "", False, None
        try:
            self.read()
        except WrongField as bad:
            reason, wrong, field = str(bad), True, bad.field
        except CommandError as missing:
            reason = str(missing)
        except CriterionProblem as bad:
            reason, wrong = str(bad), True
        except ValidationError as error:
            reason, wrong = plain_error(error), True
        self.reason.setText(reason)
        self.reason.setProperty("wrong", wrong)
        self.reason.setProperty("dim", not wrong)
        restyle(self.reason)
        self._mark(field)
        self.ok.setEnabled(not reason)
        self.ok.setToolTip(plain_tip(reason))
        self.ok.setAccessibleDescription(brief(reason))

    def _mark(self, field: QWidget | None) -> None:
        for one, on in ((self._marked, False), (field, True)):
            if one is not None and bool(one.property("wrong")) != on:
                one.setProperty("wrong", on)
                restyle(one)
        self._marked = field

    def show_modal(self) -> Any:
        """Show the dialog; its answer, or None where the user cancelled."""
        self.fit_screen()
        accepted = self.exec() == QDialog.DialogCode.Accepted
        answer = self.answer() if accepted else None
        self.deleteLater()
        return answer

    def fit_screen(self) -> None:
        """Make ready to be shown: say what is missing, and take no more room than the screen has."""
        self.refresh()
        self.fit(self.screen().availableGeometry().size() - QSize(_FRAME, _FRAME))

    def fit(self, room: QSize) -> None:
        """Take no more than some room; where that is too little for all that is asked, it scrolls above the buttons."""
        wanted = self.size().expandedTo(self.sizeHint())
        if self.minimumSizeHint().height() > room.height():
            focus, holder = self.focusWidget(), QWidget()
            self._outer.removeItem(self.body)
            self.body.setParent(None)
            holder.setLayout(self.body)
            self.body.setContentsMargins(0, 0, 6, 0)
            self._outer.insertWidget(0, scrolled(holder), 1)
            self._outer.activate()
            if focus is not None:
                focus.setFocus()
        self.resize(wanted.boundedTo(room))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.ok.isEnabled():
            self.accept()
            return
        super().keyPressEvent(event)

    # building

    def add_head(self, text: str, below: str = "") -> None:
        """What the dialog is about."""
        head = Label(text, wrap=True)
        head.setFont(ui_font(TITLE_PX, strong=True))
        self.body.addWidget(head)
        if below:
            self.body.addWidget(Label(below, dim=True, wrap=True))

    def line(self, name: str, hint: str = "", text: str = "", *, longest: int = 4_000) -> QLineEdit:
        """A line whose change refreshes the dialog."""
        made = QLineEdit(text)
        made.setMaxLength(longest)
        made.setPlaceholderText(hint)
        made.setAccessibleName(name)
        made.setAccessibleDescription(hint)
        made.textChanged.connect(lambda _text: self.refresh())
        return made

    def text_box(self, name: str, hint: str = "", text: str = "", *, lines: int = 3) -> QPlainTextEdit:
        """Several lines whose change refreshes the dialog; Tab leaves it."""
        made = QPlainTextEdit(text)
        made.setTabChangesFocus(True)
        made.setPlaceholderText(hint)
        made.setAccessibleName(name)
        made.setAccessibleDescription(hint)
        made.setFixedHeight(lines * made.fontMetrics().lineSpacing() + 18)
        made.textChanged.connect(self.refresh)
        return made

    def choice(self, name: str, options: Sequence[tuple[str, Any]], *, chosen: Any = None) -> "Choice":
        """A choice whose change refreshes the dialog."""
        made = Choice(name, options, chosen=chosen)
        made.changed.connect(self.refresh)
        return made


class Choice(Combo):
    """One of several values; nothing is chosen until somebody chooses, unless ``chosen`` is given."""

    changed = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, Any]], *, chosen: Any = None) -> None:
        super().__init__()
        self.setAccessibleName(brief(name))
        self.setPlaceholderText(CHOOSE)
        self._values: list[Any] = []
        self.set_options(options, chosen=chosen)
        self.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_options(self, options: Sequence[tuple[str, Any]], *, chosen: Any = None) -> None:
        """Offer other values."""
        self._values = [value for _, value in options]
        self.blockSignals(True)
        self.clear()
        self.addItems([single_line(text) for text, _ in options])
        self.setCurrentIndex(self._values.index(chosen) if chosen in self._values and chosen is not None else -1)
        self.blockSignals(False)

    @property
    def is_chosen(self) -> bool:
        """Whether anything is chosen."""
        return self.currentIndex() >= 0

    def value(self) -> Any:
        """The value chosen; None where nothing is."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def choose(self, value: Any) -> None:
        """Choose a value."""
        self.setCurrentIndex(self._values.index(value))


class VerdictBox(QWidget):
    """A verdict with the sentence that says why, on the verdict's tint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = "none"
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        self._badge = Badge()
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.sentence = Label("", wrap=True)
        self.more = Label("", dim=True, wrap=True)
        self.more.setFont(ui_font(SMALL_PX))
        words.addWidget(self.sentence)
        words.addWidget(self.more)
        row.addLayout(words, 1)

    def show_verdict(self, sign: str, sentence: str, more: str = "") -> None:
        """Show another verdict; ``more`` is what else should be known."""
        self._sign = sign
        self._badge.set_sign(sign)
        self.sentence.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.setAccessibleName(brief(f"{VERDICT_WORD.get(sign, '')}: {sentence}"))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        colours = theme.verdict.get(self._sign)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.tint if colours is not None else theme.surface.raised))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)


def labelled(grid: QGridLayout, row: int, place: int, text: str, field: QWidget, span: int = 1) -> None:
    """Put a field with its name above it into a grid; ``row`` counts fields, ``place`` columns."""
    label = Label(text, dim=True)
    label.setFont(ui_font(SMALL_PX))
    label.setBuddy(field)
    label.setContentsMargins(0, 5 if row else 0, 0, 0)
    field.setAccessibleName(text)
    grid.addWidget(label, row * 2, place, 1, span)
    grid.addWidget(field, row * 2 + 1, place, 1, span)


class _Scrolled(QScrollArea):
    """Scrolls up and down on the ground it stands on; never so narrow that something would be cut at the right."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        for ground in (self.viewport(), inner):
            ground.setAutoFillBackground(False)

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        within = self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), within), least.height())


def scrolled(inner: QWidget) -> QScrollArea:
    """A widget that scrolls up and down where a small screen has no room for all of it; on the dialog's own ground."""
    return _Scrolled(inner)


def form_grid(columns: int = 2) -> QGridLayout:
    """A grid for named fields, with columns of one width."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(3)
    for place in range(columns):
        grid.setColumnStretch(place, 1)
    return grid


def parsed(field: QLineEdit, kind: Editor) -> Any:
    """What a line holds; None where it is empty.

    Raises:
        WrongField: it cannot be read.
    """
    try:
        return parse(kind, field.text())
    except BadValueError as bad:
        raise WrongField(field, f"{field.accessibleName()}: {str(bad)[0].lower()}{str(bad)[1:]}") from None
